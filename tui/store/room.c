#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "store/room.h"

/*
 * Space on the disk. LMDB writes every changed page anew, so on a full disk
 * even taking something away fails. The file therefore owns some space behind
 * its end, and large changes are refused while there is still room for small
 * ones.
 */
#define RESERVE ((off_t)64 << 20)

enum {
	SMALL = 20,       /* edits that are always tried */
	EDIT_BYTES = 256, /* what a change of status takes, about */
	PUT_BYTES = 6000, /* … and a proposal with all that belongs to it */
	LITTLE = 16 * STORE_PAGE,
	MARGIN = 16, /* pages */
};

static off_t reserved(const struct stat *st)
{
	off_t beyond = (off_t)st->st_blocks * 512 - st->st_size;

	return beyond > 0 ? beyond : 0;
}

void room_reserve(const struct stat *st, uint64_t *have, uint64_t *most)
{
	*have = (uint64_t)reserved(st);
	*most = (uint64_t)RESERVE;
}

static uint64_t wanted(const struct commit *commit)
{
	uint64_t bytes = LITTLE;

	for (size_t i = 0; i < commit->count; i++)
		bytes += commit->edits[i].kind == EDIT_STATUS ? EDIT_BYTES
							      : PUT_BYTES;
	return bytes;
}

/* RLIMIT_FSIZE would cut the commit short in the middle. */
static bool within_limit(const struct stat *st, uint64_t bytes, struct err *err)
{
	struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};

	(void)getrlimit(RLIMIT_FSIZE, &limit);
	if (limit.rlim_cur == RLIM_INFINITY ||
	    (uint64_t)st->st_size + bytes <= limit.rlim_cur)
		return true;
	return err_set(err, ERR_STORE,
		       "未保存：文件大小被限制在 %llu KiB 以内（ulimit "
		       "-f），请联系管理员",
		       (unsigned long long)limit.rlim_cur >> 10);
}

bool room_for(const struct store *store, const struct commit *commit,
	      struct err *err)
{
	uint64_t bytes = wanted(commit);
	struct statvfs fs;
	struct stat st;
	int fd;

	mdb_env_get_fd(store->env, &fd);
	if (fstat(fd, &st))
		return true;
	if (!within_limit(&st, bytes, err))
		return false;
	if (commit->count <= SMALL || fstatvfs(fd, &fs))
		return true;
	uint64_t free =
		(uint64_t)fs.f_bavail * fs.f_frsize + (uint64_t)reserved(&st);
	if (free >= bytes)
		return true;
	return err_set(err, ERR_STORE,
		       "未保存：磁盘只剩 %llu MiB，这次修改约需 %llu MiB，"
		       "请腾出空间，或分几次进行",
		       (unsigned long long)(free >> 20),
		       (unsigned long long)(bytes >> 20) + 1);
}

int room_why(const struct store *store, int rc)
{
	struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
	struct statvfs fs;

	if (rc != EIO)
		return rc;
	(void)getrlimit(RLIMIT_FSIZE, &limit);
	if (limit.rlim_cur != RLIM_INFINITY)
		return EFBIG;
	if (!statvfs(store->dir, &fs) && fs.f_bavail * fs.f_frsize < LITTLE)
		return ENOSPC;
	return rc;
}

int room_lock(const char *dir)
{
	enum { HEADER = 192, SLOT = 64 }; /* of LMDB 0.9 on 64 bits */
	const off_t whole = HEADER + (STORE_READERS - 1) * SLOT;
	char path[4096];
	mode_t mask = umask(007);
	struct stat st;
	int rc = 0;

	snprintf(path, sizeof(path), "%s/lock.mdb", dir);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0660);
	umask(mask);
	if (fd < 0)
		return 0;
	if (!fstat(fd, &st)) {
		off_t size = st.st_size ? st.st_size : whole;

		if (st.st_blocks * 512 < size && fallocate(fd, 0, 0, size) &&
		    (errno == ENOSPC || errno == EDQUOT))
			rc = errno;
	}
	close(fd);
	return rc;
}

/* In memory there is no disk to fill, and space is zeroed when it is taken. */
static bool in_memory(int fd)
{
	struct statfs fs;

	return fstatfs(fd, &fs) || fs.f_type == TMPFS_MAGIC;
}

/* As long as there is room for twice as much besides. */
static void renew_reserve(int fd, const struct stat *st)
{
	struct statvfs fs;

	if (reserved(st) >= RESERVE / 2 || in_memory(fd) || fstatvfs(fd, &fs) ||
	    fs.f_bavail * fs.f_frsize < 2 * (uint64_t)RESERVE)
		return;
	(void)!fallocate(fd, FALLOC_FL_KEEP_SIZE, st->st_size, RESERVE);
}

/*
 * LMDB does not write a page that it took at the end and gave back within one
 * transaction, so a sound file can be shorter than its meta page says, and
 * would look cut off. Keep it longer than that. fallocate() never makes a file
 * shorter, whoever else writes; a full disk is no error here: the next commit
 * will tell.
 */
void room_make(const struct store *store)
{
	MDB_envinfo info;
	struct stat st;
	int fd;

	mdb_env_info(store->env, &info);
	mdb_env_get_fd(store->env, &fd);
	if (fstat(fd, &st))
		return;
	off_t needed = (off_t)(info.me_last_pgno + 1 + MARGIN) * STORE_PAGE;
	if (st.st_size < needed)
		(void)!fallocate(fd, 0, st.st_size,
				 needed + MARGIN * STORE_PAGE - st.st_size);
	renew_reserve(fd, &st);
}
