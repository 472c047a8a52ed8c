#include "base/personal.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/privilege.h"

enum { LOCK_TRIES = 50, LOCK_PAUSE = 20 * 1000 * 1000 };

static const struct {
	const char *variable, *under; /* below the home */
} places[] = {
	[PERSONAL_SETTINGS] = {"XDG_CONFIG_HOME", ".config"},
	[PERSONAL_STATE] = {"XDG_STATE_HOME", ".local/state"},
};

/* The specification has a relative one ignored. */
static const char *absolute(const char *path)
{
	return path && *path == '/' ? path : NULL;
}

static const char *home(void)
{
	if (!privilege_held())
		return absolute(secure_getenv("HOME"));
	/* cppcheck-suppress getpwuidCalled ; there is one thread */
	const struct passwd *account = getpwuid(getuid());
	return account ? absolute(account->pw_dir) : NULL;
}

bool personal_path(enum personal_kind kind, const char *name, struct buf *path,
		   struct err *err)
{
	const char *dir = absolute(secure_getenv(places[kind].variable));
	const char *own = dir ? NULL : home();

	if (dir)
		buf_str(path, dir);
	else if (own)
		buf_printf(path, "%s/%s", own, places[kind].under);
	else
		return err_set(err, ERR_USAGE, "没有主目录（HOME）");
	buf_printf(path, "/proposals/%s", name);
	return true;
}

static bool failed(const char *what, const char *path, int why, struct err *err)
{
	return err_set(err, ERR_STORE, "%s %s：%s", what, path, err_words(why));
}

/* 0, or why not. Only a file: a pipe would be waited for. */
static int read_file(int fd, struct buf *out)
{
	struct stat st;
	char block[4096];
	ssize_t got;

	if (fstat(fd, &st))
		return errno;
	if (!S_ISREG(st.st_mode))
		return EINVAL;
	while ((got = read(fd, block, sizeof(block))) > 0) {
		buf_add(out, block, (size_t)got);
		if (out->len > PERSONAL_SIZE_MAX)
			return EFBIG;
	}
	return got < 0 ? errno : 0;
}

bool personal_read(const char *path, struct buf *out, struct err *err)
{
	int fd = open_as_user(path, O_RDONLY | O_NONBLOCK, 0);
	int why = fd >= 0 ? read_file(fd, out) : errno;

	if (fd >= 0)
		close(fd);
	else if (why == ENOENT || why == ENOTDIR)
		return true;
	return !why || failed("读不了", path, why, err);
}

/* The folders above the file, each for its owner alone. */
static int make_folders(const char *path)
{
	struct buf part = {0};
	int why = 0;

	for (const char *at = path + 1; !why && (at = strchr(at, '/')); at++) {
		buf_reset(&part);
		buf_add(&part, path, (size_t)(at - path));
		if (mkdir(buf_text(&part), 0700) && errno != EEXIST)
			why = errno;
	}
	buf_free(&part);
	return why;
}

/* The folder of the file, opened; -1 with errno. With lowered rights. */
static int open_folder(const char *path)
{
	struct buf dir = {0};

	buf_add(&dir, path, (size_t)(strrchr(path, '/') - path));
	int fd = open(buf_text(&dir), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT) {
		errno = make_folders(path);
		if (!errno)
			fd = open(buf_text(&dir),
				  O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	}
	buf_free(&dir);
	return fd;
}

static int write_all(int fd, const struct buf *text)
{
	const char *at = buf_text(text);
	size_t left = text->len;

	while (left) {
		ssize_t done = write(fd, at, left);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return errno;
		at += done;
		left -= (size_t)done;
	}
	return 0;
}

/* Under another name first, one for each process. */
static int replace(int dir, const char *name, const struct buf *text,
		   bool durable)
{
	struct buf other = {0};
	int why;

	buf_printf(&other, ".%s.%ld", name, (long)getpid());
	int fd = openat(dir, buf_text(&other),
			O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC,
			0600);
	why = fd < 0 ? errno : write_all(fd, text);
	if (!why && durable && fsync(fd))
		why = errno;
	if (fd >= 0 && close(fd) && !why)
		why = errno;
	if (!why && renameat(dir, buf_text(&other), dir, name))
		why = errno;
	if (why && fd >= 0)
		unlinkat(dir, buf_text(&other), 0);
	/* Not every file system can: then it will be there soon. */
	if (!why && durable)
		(void)fsync(dir);
	buf_free(&other);
	return why;
}

bool personal_replace(const char *path, const struct buf *text, bool durable,
		      struct err *err)
{
	int why = EACCES;

	if (privilege_lower()) {
		int dir = open_folder(path);

		why = dir < 0 ? errno
			      : replace(dir, strrchr(path, '/') + 1, text,
					durable);
		if (dir >= 0)
			close(dir);
	}
	privilege_raise();
	return !why || failed("写不了", path, why, err);
}

/* 0, EWOULDBLOCK, or what leaves nothing but to go on without. */
static int lock_folder(int dir)
{
	for (int i = 0; i < LOCK_TRIES; i++) {
		if (!flock(dir, LOCK_EX | LOCK_NB))
			return 0;
		if (errno != EWOULDBLOCK && errno != EINTR)
			return 0;
		nanosleep(&(struct timespec){.tv_nsec = LOCK_PAUSE}, NULL);
	}
	return EWOULDBLOCK;
}

bool personal_lock(const char *path, int *lock, struct err *err)
{
	bool lowered = privilege_lower();

	*lock = lowered ? open_folder(path) : -1;
	privilege_raise();
	if (*lock < 0)
		return failed("写不了", path, errno, err);
	if (!lock_folder(*lock))
		return true;
	personal_unlock(*lock);
	return err_set(err, ERR_BUSY,
		       "您的另一个窗口正在保存，什么都没有写，请再试一次");
}

void personal_unlock(int lock)
{
	close(lock);
}
