#include "store/presence.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/process.h"
#include "store/internal.h"

/* Of many people the first few are named. */
enum { NAMED = 8, COUNTED = 1024 };

static bool open_file(const char *dir, int *fd, struct err *err)
{
	char path[4096];
	mode_t mask = umask(007);

	snprintf(path, sizeof(path), "%s/" PRESENCE_FILE, dir);
	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY,
		   0660);
	int why = errno;
	umask(mask);
	return *fd < 0 ? store_failed(err, why, path) : true;
}

/* A lock of the open file: it stays whatever else this process closes. */
static int lock(int fd, int type)
{
	struct flock all = {.l_type = (short)type, .l_whence = SEEK_SET};

	return fcntl(fd, F_OFD_SETLK, &all) ? errno : 0;
}

bool presence_share(const char *dir, int *fd, struct err *err)
{
	if (!open_file(dir, fd, err))
		return false;
	int rc = lock(*fd, F_RDLCK);
	if (!rc)
		return true;
	close(*fd);
	*fd = -1;
	if (rc != EAGAIN)
		return store_failed(err, rc, dir);
	return err_set(
		err, ERR_BUSY,
		"提案库 %s 正在恢复、压缩或修复，现在不能使用，请稍后再试",
		dir);
}

static void add_people(const uint32_t *pids, size_t count, struct buf *out)
{
	for (size_t i = 0; i < count && i < NAMED; i++) {
		if (i)
			buf_str(out, "、");
		process_words(pids[i], out);
	}
	if (count > NAMED)
		buf_printf(out, "等 %zu 个程序", count);
}

/*
 * Whether anybody has the store open as LMDB does, also one who knows nothing
 * of this lock: mdb_dump. That drops the locks that this process itself has on
 * the file, but who wants to be alone has none.
 */
static int look_open(const char *dir, bool *out)
{
	struct flock all = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	char path[4096];

	*out = false;
	snprintf(path, sizeof(path), "%s/lock.mdb", dir);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0)
		return errno == ENOENT ? 0 : errno;
	int rc = fcntl(fd, F_GETLK, &all) ? errno : 0;
	close(fd);
	*out = all.l_type != F_UNLCK;
	return rc;
}

/*
 * The lock itself does not know its holders, LMDB's lock does. A list to tell
 * and not to judge by: it may have those of another file on another disk.
 */
static size_t look_who(const char *dir, uint32_t *pids)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/lock.mdb", dir);
	return process_lockers(path, pids, COUNTED);
}

static bool refuse(const char *dir, struct err *err)
{
	uint32_t pids[COUNTED];
	size_t count = look_who(dir, pids);
	struct buf people = {0};

	add_people(pids, count, &people);
	err_set(err, ERR_BUSY, "提案库 %s 正在使用%s%s，请他们退出后再试", dir,
		count ? "：" : "", buf_text(&people));
	buf_free(&people);
	return false;
}

bool presence_alone(const char *dir, int *fd, struct err *err)
{
	if (!open_file(dir, fd, err))
		return false;
	bool others = false;
	int rc = lock(*fd, F_WRLCK);
	if (!rc)
		rc = look_open(dir, &others);
	if (!rc && !others)
		return true;
	close(*fd);
	*fd = -1;
	if (rc && rc != EAGAIN)
		return store_failed(err, rc, dir);
	return refuse(dir, err);
}
