/*
 * crashrec.so: LD_PRELOAD recorder of everything that changes files.
 *
 *   CRASHREC_DIR=DIR     record what happens in DIR and below; it has to be
 *                        there and empty
 *   CRASHREC_LOG=FILE    the log, appended to with one write() an event, so
 *                        that several processes may share it
 *   CRASHREC_ACK=FILE    what the program writes into FILE is recorded as
 *                        acknowledged: "this is saved"
 *   CRASHREC_IGNORE=KIND "sync": no fsync() or fdatasync() is made or recorded;
 *                        "dsync": O_DSYNC counts for nothing. A replay that
 *                        then finds no fault is worth nothing.
 *
 * An event is logged after the real call has returned, with
 * the number of bytes it wrote. Not seen: what stdio writes inside the C
 * library, and changes through a writable mapping.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "crashlog.h"

#define EXPORT __attribute__((visibility("default")))

enum { FDS = 4096, LOG_FD = 900 };

struct known {
	bool used, durable, ack, folder;
	uint64_t inode;
};

static struct known files[FDS];
static int log_fd = -1;
static const char *root, *ack_path;
static bool no_sync, no_dsync;

/* The next definition of a function; the linker's, not ours. */
#define REAL(result, name, ...) \
	static result (*real)(__VA_ARGS__); \
	if (!real) { \
		void *found = dlsym(RTLD_NEXT, #name); \
		memcpy(&real, &found, sizeof(found)); \
	}

static void put(enum crash_type type, uint64_t inode, uint64_t offset,
		const void *bytes, size_t length)
{
	struct crash_event event = {CRASH_MAGIC, type, inode, offset, length};
	struct iovec parts[2] = {{.iov_base = &event, .iov_len = sizeof(event)},
				 {.iov_len = length}};
	int saved = errno;

	memcpy(&parts[1].iov_base, &bytes, sizeof(bytes));
	if (log_fd >= 0 &&
	    syscall(SYS_writev, log_fd, parts, length ? 2 : 1) < 0)
		abort();
	errno = saved;
}

static void start(void)
{
	static bool started;
	const char *path = getenv("CRASHREC_LOG");
	const char *ignore = getenv("CRASHREC_IGNORE");
	struct stat st;

	if (started)
		return;
	started = true;
	root = getenv("CRASHREC_DIR");
	ack_path = getenv("CRASHREC_ACK");
	no_sync = ignore && !strcmp(ignore, "sync");
	no_dsync = ignore && !strcmp(ignore, "dsync");
	if (!root || !path || stat(root, &st))
		return;
	long fd = syscall(SYS_openat, AT_FDCWD, path,
			  O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	log_fd = (int)syscall(SYS_fcntl, fd, F_DUPFD_CLOEXEC, LOG_FD);
	syscall(SYS_close, fd);
	put(CRASH_ROOT, st.st_ino, 0, NULL, 0);
}

/* The path behind a descriptor. */
static bool path_of(int fd, char path[PATH_MAX])
{
	char link[64];

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	ssize_t len = readlink(link, path, PATH_MAX - 1);
	path[len < 0 ? 0 : len] = '\0';
	return len > 0;
}

/* What is below the root, relative to it; the root itself is ""; NULL. */
static const char *below(const char *path)
{
	size_t len = root ? strlen(root) : 0;

	if (!len || strncmp(path, root, len) || (path[len] && path[len] != '/'))
		return NULL;
	return path[len] ? path + len + 1 : path + len;
}

/* The same for a name as a call was given it. */
static const char *below_at(int dir, const char *name, char path[PATH_MAX])
{
	char folder[PATH_MAX];

	start();
	if (log_fd < 0)
		return NULL;
	if (*name == '/') {
		snprintf(path, PATH_MAX, "%s", name);
	} else {
		if (dir == AT_FDCWD ? !getcwd(folder, sizeof(folder))
				    : !path_of(dir, folder))
			return NULL;
		if ((size_t)snprintf(path, PATH_MAX, "%s/%s", folder, name) >=
		    PATH_MAX)
			return NULL;
	}
	return below(path);
}

static struct known *known(int fd)
{
	return log_fd >= 0 && fd >= 0 && fd < FDS && files[fd].used ? &files[fd]
								    : NULL;
}

static void opened(int fd, int flags, bool is_new)
{
	char path[PATH_MAX];
	struct stat st;

	if (fd < 0 || fd >= FDS || log_fd < 0)
		return;
	files[fd] = (struct known){0};
	if (!path_of(fd, path) || fstat(fd, &st))
		return;
	if (ack_path && !strcmp(path, ack_path)) {
		files[fd] = (struct known){.used = true, .ack = true};
		return;
	}
	const char *name = below(path);
	if (!name || !(S_ISREG(st.st_mode) || S_ISDIR(st.st_mode)))
		return;
	files[fd] = (struct known){
		.used = S_ISDIR(st.st_mode) || !crash_no_contents(path),
		.durable = (flags & (O_DSYNC | O_SYNC)) && !no_dsync,
		.folder = S_ISDIR(st.st_mode),
		.inode = st.st_ino,
	};
	if ((flags & O_TMPFILE) == O_TMPFILE)
		put(CRASH_NAMELESS, st.st_ino, 0, NULL, 0);
	else if (is_new)
		put(CRASH_CREATE, st.st_ino, 0, name, strlen(name));
	else if (files[fd].used && !files[fd].folder)
		put(CRASH_KNOWN, st.st_ino, (uint64_t)st.st_size, name,
		    strlen(name));
	if (files[fd].used && !is_new && flags & O_TRUNC)
		put(CRASH_CUT, st.st_ino, 0, NULL, 0);
}

static int open_at(int dir, const char *path, int flags, mode_t mode)
{
	start();
	bool is_new = flags & O_CREAT && log_fd >= 0 &&
		      syscall(SYS_faccessat, dir, path, F_OK) < 0;
	int fd = (int)syscall(SYS_openat, dir, path, flags, mode);
	opened(fd, flags, is_new);
	return fd;
}

/* A mode stands behind the flags only of what may be made. */
#define MODE_OF(flags) \
	mode_t mode = 0; \
	if (flags & (O_CREAT | O_TMPFILE)) { \
		va_list ap; \
		va_start(ap, flags); \
		mode = va_arg(ap, mode_t); \
		va_end(ap); \
	}

EXPORT int open(const char *path, int flags, ...)
{
	MODE_OF(flags)
	return open_at(AT_FDCWD, path, flags, mode);
}

EXPORT int openat(int dir, const char *path, int flags, ...)
{
	MODE_OF(flags)
	return open_at(dir, path, flags, mode);
}

EXPORT int close(int fd)
{
	if (fd == log_fd && fd >= 0) {
		errno = EBADF;
		return -1;
	}
	if (fd >= 0 && fd < FDS)
		files[fd].used = false;
	return (int)syscall(SYS_close, fd);
}

static void wrote_part(const struct known *file, const void *bytes,
		       size_t length, off_t offset)
{
	if (file->ack)
		put(CRASH_ACK, 0, 0, bytes, length);
	else
		put(CRASH_WRITE, file->inode, (uint64_t)offset, bytes, length);
}

static void wrote(int fd, const struct iovec *parts, int count, ssize_t length,
		  off_t offset)
{
	const struct known *file = known(fd);
	size_t left = length < 0 ? 0 : (size_t)length;

	if (!file || !left)
		return;
	for (int i = 0; i < count && left; i++) {
		size_t part = parts[i].iov_len < left ? parts[i].iov_len : left;

		wrote_part(file, parts[i].iov_base, part, offset);
		offset += (off_t)part;
		left -= part;
	}
	if (file->durable)
		put(CRASH_SYNC, file->inode, 0, NULL, 0);
}

/* Where a write() without a place has begun. */
static off_t began(int fd, ssize_t length)
{
	return known(fd) && length > 0 ? lseek(fd, 0, SEEK_CUR) - length : 0;
}

static struct iovec one_part(const void *bytes, size_t length)
{
	struct iovec part = {.iov_len = length};

	memcpy(&part.iov_base, &bytes, sizeof(bytes));
	return part;
}

EXPORT ssize_t write(int fd, const void *bytes, size_t length)
{
	struct iovec part = one_part(bytes, length);
	ssize_t done = syscall(SYS_write, fd, bytes, length);

	wrote(fd, &part, 1, done, began(fd, done));
	return done;
}

EXPORT ssize_t writev(int fd, const struct iovec *parts, int count)
{
	ssize_t done = syscall(SYS_writev, fd, parts, count);

	wrote(fd, parts, count, done, began(fd, done));
	return done;
}

EXPORT ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset)
{
	struct iovec part = one_part(bytes, length);
	ssize_t done = syscall(SYS_pwrite64, fd, bytes, length, offset);

	wrote(fd, &part, 1, done, offset);
	return done;
}

EXPORT ssize_t pwritev(int fd, const struct iovec *parts, int count,
		       off_t offset)
{
	REAL(ssize_t, pwritev, int, const struct iovec *, int, off_t)
	ssize_t done = real(fd, parts, count, offset);

	wrote(fd, parts, count, done, offset);
	return done;
}

/* What came to stand there, for the call has not told the bytes. */
static void copied(int fd, off_t offset, ssize_t length)
{
	static char bytes[1 << 16];
	const struct known *file = known(fd);

	while (file && length > 0) {
		size_t part = (size_t)length < sizeof(bytes) ? (size_t)length
							     : sizeof(bytes);
		ssize_t got = pread(fd, bytes, part, offset);

		if (got <= 0)
			abort();
		wrote_part(file, bytes, (size_t)got, offset);
		offset += got;
		length -= got;
	}
}

EXPORT ssize_t copy_file_range(int from, off_t *from_at, int to, off_t *to_at,
			       size_t length, unsigned flags)
{
	ssize_t done = syscall(SYS_copy_file_range, from, from_at, to, to_at,
			       length, flags);

	copied(to, to_at ? *to_at - done : began(to, done), done);
	return done;
}

static int sync_with(long call, int fd)
{
	start();
	if (no_sync)
		return 0;
	int rc = (int)syscall(call, fd);
	if (!rc && known(fd))
		put(CRASH_SYNC, known(fd)->inode, 0, NULL, 0);
	return rc;
}

EXPORT int fsync(int fd)
{
	return sync_with(SYS_fsync, fd);
}

EXPORT int fdatasync(int fd)
{
	return sync_with(SYS_fdatasync, fd);
}

EXPORT int ftruncate(int fd, off_t size)
{
	int rc = (int)syscall(SYS_ftruncate, fd, size);

	if (!rc && known(fd))
		put(CRASH_CUT, known(fd)->inode, (uint64_t)size, NULL, 0);
	return rc;
}

EXPORT int fallocate(int fd, int mode, off_t offset, off_t length)
{
	int rc = (int)syscall(SYS_fallocate, fd, mode, offset, length);

	if (known(fd) && mode & ~FALLOC_FL_KEEP_SIZE)
		abort(); /* a hole or a shift: not known here */
	if (!rc && !mode && known(fd))
		put(CRASH_GROW, known(fd)->inode, (uint64_t)(offset + length),
		    NULL, 0);
	return rc;
}

EXPORT int posix_fallocate(int fd, off_t offset, off_t length)
{
	return fallocate(fd, 0, offset, length) ? errno : 0;
}

EXPORT int renameat2(int from_dir, const char *from, int to_dir, const char *to,
		     unsigned flags)
{
	char from_path[PATH_MAX], to_path[PATH_MAX], both[2 * PATH_MAX];
	const char *a = below_at(from_dir, from, from_path);
	const char *b = below_at(to_dir, to, to_path);
	int rc = (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, flags);

	if (rc || !a || !b)
		return rc;
	int used = snprintf(both, sizeof(both), "%s", a) + 1;
	used += snprintf(both + used, sizeof(both) - (size_t)used, "%s", b) + 1;
	put(CRASH_MOVE, 0, 0, both, (size_t)used);
	return rc;
}

EXPORT int renameat(int from_dir, const char *from, int to_dir, const char *to)
{
	return renameat2(from_dir, from, to_dir, to, 0);
}

EXPORT int rename(const char *from, const char *to)
{
	return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0);
}

EXPORT int linkat(int from_dir, const char *from, int to_dir, const char *to,
		  int flags)
{
	char path[PATH_MAX];
	const char *made = below_at(to_dir, to, path);
	int rc = (int)syscall(SYS_linkat, from_dir, from, to_dir, to, flags);
	struct stat st;

	if (!rc && made && !fstatat(to_dir, to, &st, AT_SYMLINK_NOFOLLOW))
		put(CRASH_LINK, st.st_ino, 0, made, strlen(made));
	return rc;
}

EXPORT int link(const char *from, const char *to)
{
	return linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
}

EXPORT int unlinkat(int dir, const char *name, int flags)
{
	char path[PATH_MAX];
	const char *gone = below_at(dir, name, path);
	int rc = (int)syscall(SYS_unlinkat, dir, name, flags);

	if (!rc && gone)
		put(CRASH_REMOVE, 0, 0, gone, strlen(gone));
	return rc;
}

EXPORT int unlink(const char *path)
{
	return unlinkat(AT_FDCWD, path, 0);
}

EXPORT int rmdir(const char *path)
{
	return unlinkat(AT_FDCWD, path, AT_REMOVEDIR);
}

static void made_folder(int dir, const char *name)
{
	char path[PATH_MAX];
	const char *made = below_at(dir, name, path);
	struct stat st;

	if (made && !fstatat(dir, name, &st, 0))
		put(CRASH_FOLDER, st.st_ino, 0, made, strlen(made));
}

EXPORT int mkdirat(int dir, const char *name, mode_t mode)
{
	int rc = (int)syscall(SYS_mkdirat, dir, name, mode);

	if (!rc)
		made_folder(dir, name);
	return rc;
}

EXPORT int mkdir(const char *path, mode_t mode)
{
	return mkdirat(AT_FDCWD, path, mode);
}

EXPORT char *mkdtemp(char *path)
{
	REAL(char *, mkdtemp, char *)
	char *made = real(path);

	if (made)
		made_folder(AT_FDCWD, made);
	return made;
}
