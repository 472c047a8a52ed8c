/*
 * failshim.so: LD_PRELOAD shim that lets the Nth call of one kind fail.
 *
 *   FAIL_KIND=KIND    malloc, write, sync, open, mmap, size (truncate and
 *                     allocate), name (rename, remove, new folders), read,
 *                     lock, other (pipes, programs, modes, facts of files)
 *   FAIL_AT=N         the Nth, from 1; 0: none, only count
 *   FAIL_MODE=MODE    once       only that one (if nothing is said)
 *                     after      that one and all later ones
 *                     short      half of it is done, and said to be
 *                     interrupt  once with EINTR, nothing is done
 *                     kill       SIGKILL just before it
 *                     killafter  SIGKILL just after it
 *                     late       it is done, but said to have failed
 *   FAIL_ERRNO=N      instead of the kind's usual error
 *   FAIL_REPORT=FILE  "hit" when it came to that, or else, at the end, how
 *                     many calls there were
 *
 * What the C library calls inside itself, stdio's write() for one, is not
 * seen: tests/fault/run reaches that with strace.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <pthread.h>
#include <pwd.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

enum kind {
	NONE,
	MALLOC,
	WRITE,
	SYNC,
	OPEN,
	MMAP,
	SIZE,
	NAME,
	READ,
	LOCK,
	OTHER,
	KINDS
};

enum mode { ONCE, AFTER, SHORT, INTERRUPT, KILL, KILL_AFTER, LATE, MODES };

static const struct {
	const char *name;
	int error;
} kinds[KINDS] = {
	{"none", 0},      {"malloc", ENOMEM}, {"write", ENOSPC},
	{"sync", EIO},    {"open", EMFILE},   {"mmap", ENOMEM},
	{"size", ENOSPC}, {"name", EACCES},   {"read", EIO},
	{"lock", ENOLCK}, {"other", EACCES},
};

static const char *const modes[MODES] = {
	"once", "after", "short", "interrupt", "kill", "killafter", "late",
};

static enum kind kind;
static enum mode mode;
static int error;
static long at, count;
static bool started, hit;
static const char *report;

/* glibc's own, for what dlsym() needs before it can answer. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t many, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t align, size_t size);

/* The next definition of a function; the linker's, not ours. */
#define REAL(result, name, ...) \
	static result (*real)(__VA_ARGS__); \
	if (!real) { \
		void *found = dlsym(RTLD_NEXT, #name); \
		memcpy(&real, &found, sizeof(found)); \
	}

static long number(const char *name, long otherwise)
{
	const char *text = getenv(name);
	char *end;
	long value = text ? strtol(text, &end, 10) : otherwise;

	return value;
}

static int find(const char *name, const char *word)
{
	const char *text = getenv(name);

	return text && !strcmp(text, word);
}

static void start(void)
{
	if (started)
		return;
	started = true;
	for (int i = 0; i < KINDS; i++)
		if (find("FAIL_KIND", kinds[i].name))
			kind = (enum kind)i;
	for (int i = 0; i < MODES; i++)
		if (find("FAIL_MODE", modes[i]))
			mode = (enum mode)i;
	at = number("FAIL_AT", 0);
	error = (int)number("FAIL_ERRNO", kinds[kind].error);
	if (mode == INTERRUPT)
		error = EINTR;
	report = getenv("FAIL_REPORT");
}

static void tell(const char *text, size_t length)
{
	int saved = errno;

	if (!report)
		return;
	long fd = syscall(SYS_openat, AT_FDCWD, report,
			  O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	syscall(SYS_write, fd, text, length);
	syscall(SYS_close, fd);
	errno = saved;
}

__attribute__((destructor)) static void finish(void)
{
	char text[32];

	start();
	if (!hit)
		tell(text, (size_t)snprintf(text, sizeof(text), "%ld", count));
}

static void die(void)
{
	syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
}

/* This call is the one; it is yet to be done when `passes()`. */
static bool due(enum kind call)
{
	start();
	if (call != kind)
		return false;
	long n = __atomic_add_fetch(&count, 1, __ATOMIC_RELAXED);
	if (!at || (n != at && !(mode == AFTER && n > at)))
		return false;
	if (!hit)
		tell("hit", 3);
	hit = true;
	if (mode == KILL)
		die();
	return true;
}

static bool passes(bool failing)
{
	if (!failing || mode == KILL_AFTER || mode == LATE || mode == SHORT)
		return true;
	errno = error;
	return false;
}

/* After it was done: true, it is to be called a failure all the same. */
static bool spoiled(bool failing)
{
	if (failing && mode == KILL_AFTER)
		die();
	if (!failing || mode != LATE)
		return false;
	errno = error;
	return true;
}

/* How much is done of so much. */
static size_t much(bool failing, size_t length)
{
	return failing && mode == SHORT && length > 1 ? length / 2 : length;
}

/* A call whose failure is `bad`, and which takes nothing back when late. */
#define CALL(what, result, bad, call) \
	bool failing = due(what); \
	if (!passes(failing)) \
		return bad; \
	result done = (call); \
	return spoiled(failing) ? bad : done;

/* -- memory */

/*
 * While the C library looks an account up: glibc 2.36 crashes, aborts or exits
 * there when it gets no memory, and no program can help it.
 */
static bool spared;

static bool no_memory(void)
{
	if (spared || !due(MALLOC))
		return false;
	errno = error;
	return true;
}

EXPORT void *malloc(size_t size)
{
	return no_memory() ? NULL : __libc_malloc(size);
}

EXPORT void *calloc(size_t many, size_t size)
{
	return no_memory() ? NULL : __libc_calloc(many, size);
}

EXPORT void *realloc(void *old, size_t size)
{
	return no_memory() ? NULL : __libc_realloc(old, size);
}

EXPORT int posix_memalign(void **out, size_t align, size_t size)
{
	if (no_memory())
		return error;
	*out = __libc_memalign(align, size);
	return *out ? 0 : ENOMEM;
}

#define SPARED(result, name, proto, types, args) \
	EXPORT result name proto \
	{ \
		REAL(result, name, types) \
		spared = true; \
		result found = real args; \
		spared = false; \
		return found; \
	}
#define TYPES(...) __VA_ARGS__

SPARED(int, getpwuid_r,
       (uid_t uid, struct passwd *entry, char *room, size_t size,
	struct passwd **out),
       TYPES(uid_t, struct passwd *, char *, size_t, struct passwd **),
       (uid, entry, room, size, out))
SPARED(struct passwd *, getpwuid, (uid_t uid), TYPES(uid_t), (uid))
SPARED(struct passwd *, getpwnam, (const char *name), TYPES(const char *),
       (name))
SPARED(struct passwd *, getpwent, (void), TYPES(void), ())
SPARED(struct group *, getgrgid, (gid_t gid), TYPES(gid_t), (gid))
SPARED(struct group *, getgrnam, (const char *name), TYPES(const char *),
       (name))

EXPORT void *mmap(void *where, size_t size, int prot, int flags, int fd,
		  off_t offset){
	CALL(fd < 0 ? NONE : MMAP, void *, MAP_FAILED,
	     (void *)syscall(SYS_mmap, where, size, prot, flags, fd, offset))}

/* -- bytes */

EXPORT ssize_t write(int fd, const void *bytes, size_t size){
	CALL(WRITE, ssize_t, -1,
	     syscall(SYS_write, fd, bytes, much(failing, size)))}

EXPORT ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset){
	CALL(WRITE, ssize_t, -1,
	     syscall(SYS_pwrite64, fd, bytes, much(failing, size), offset))}

/* Half of several parts is the first of them. */
EXPORT ssize_t writev(int fd, const struct iovec *parts, int many){
	CALL(WRITE, ssize_t, -1,
	     syscall(SYS_writev, fd, parts,
		     failing &&mode == SHORT ? 1 : many))}

EXPORT ssize_t
	pwritev(int fd, const struct iovec *parts, int many, off_t offset){
		REAL(ssize_t, pwritev, int, const struct iovec *, int, off_t)
			CALL(WRITE, ssize_t, -1,
			     real(fd, parts, failing &&mode == SHORT ? 1 : many,
				  offset))}

EXPORT ssize_t copy_file_range(int from, off_t *from_at, int to, off_t *to_at,
			       size_t size, unsigned flags){
	CALL(WRITE, ssize_t, -1,
	     syscall(SYS_copy_file_range, from, from_at, to, to_at,
		     much(failing, size), flags))}

EXPORT ssize_t read(int fd, void *bytes, size_t size){
	CALL(READ, ssize_t, -1,
	     syscall(SYS_read, fd, bytes, much(failing, size)))}

EXPORT ssize_t pread(int fd, void *bytes, size_t size, off_t offset){
	CALL(READ, ssize_t, -1,
	     syscall(SYS_pread64, fd, bytes, much(failing, size), offset))}

EXPORT int fsync(int fd){CALL(SYNC, int, -1, (int)syscall(SYS_fsync, fd))}

EXPORT int fdatasync(int fd){
	CALL(SYNC, int, -1, (int)syscall(SYS_fdatasync, fd))}

EXPORT int ftruncate(int fd, off_t size){
	CALL(SIZE, int, -1, (int)syscall(SYS_ftruncate, fd, size))}

EXPORT int fallocate(int fd, int how, off_t offset, off_t size){
	CALL(SIZE, int, -1, (int)syscall(SYS_fallocate, fd, how, offset, size))}

EXPORT int posix_fallocate(int fd, off_t offset, off_t size)
{
	return fallocate(fd, 0, offset, size) ? errno : 0;
}

/* -- files and their names */

/* A mode stands behind the flags only of what may be made. */
#define MODE_OF(flags) \
	mode_t bits = 0; \
	if (flags & (O_CREAT | O_TMPFILE)) { \
		va_list ap; \
		va_start(ap, flags); \
		bits = va_arg(ap, mode_t); \
		va_end(ap); \
	}

static int open_at(int dir, const char *path, int flags, mode_t bits){
	CALL(OPEN, int, -1, (int)syscall(SYS_openat, dir, path, flags, bits))}

EXPORT int open(const char *path, int flags, ...)
{
	MODE_OF(flags)
	return open_at(AT_FDCWD, path, flags, bits);
}

EXPORT int openat(int dir, const char *path, int flags, ...)
{
	MODE_OF(flags)
	return open_at(dir, path, flags, bits);
}

EXPORT FILE *fopen(const char *path, const char *how){
	REAL(FILE *, fopen, const char *, const char *)
		CALL(OPEN, FILE *, NULL, real(path, how))}

EXPORT int renameat2(int from_dir, const char *from, int to_dir, const char *to,
		     unsigned flags){
	CALL(NAME, int, -1,
	     (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, flags))}

EXPORT int renameat(int from_dir, const char *from, int to_dir, const char *to)
{
	return renameat2(from_dir, from, to_dir, to, 0);
}

EXPORT int rename(const char *from, const char *to)
{
	return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0);
}

EXPORT int linkat(int from_dir, const char *from, int to_dir, const char *to,
		  int flags){
	CALL(NAME, int, -1,
	     (int)syscall(SYS_linkat, from_dir, from, to_dir, to, flags))}

EXPORT int link(const char *from, const char *to)
{
	return linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
}

EXPORT int unlinkat(int dir, const char *name, int flags){
	CALL(NAME, int, -1, (int)syscall(SYS_unlinkat, dir, name, flags))}

EXPORT int unlink(const char *path)
{
	return unlinkat(AT_FDCWD, path, 0);
}

EXPORT int rmdir(const char *path)
{
	return unlinkat(AT_FDCWD, path, AT_REMOVEDIR);
}

EXPORT int mkdirat(int dir, const char *name, mode_t bits){
	CALL(NAME, int, -1, (int)syscall(SYS_mkdirat, dir, name, bits))}

EXPORT int mkdir(const char *path, mode_t bits)
{
	return mkdirat(AT_FDCWD, path, bits);
}

EXPORT char *mkdtemp(char *path){REAL(char *, mkdtemp, char *)
					 CALL(NAME, char *, NULL, real(path))}

EXPORT int fcntl(int fd, int command, ...)
{
	va_list ap;

	va_start(ap, command);
	void *arg = va_arg(ap, void *);
	va_end(ap);
	bool locks = command == F_SETLK || command == F_SETLKW ||
		     command == F_OFD_SETLK || command == F_OFD_SETLKW;
	CALL(locks ? LOCK : OTHER, int, -1,
	     (int)syscall(SYS_fcntl, fd, command, arg))
}

EXPORT int flock(int fd,
		 int how){CALL(LOCK, int, -1, (int)syscall(SYS_flock, fd, how))}

/* -- the rest */

EXPORT int pipe2(int ends[2], int flags){
	CALL(OTHER, int, -1, (int)syscall(SYS_pipe2, ends, flags))}

EXPORT int memfd_create(const char *name, unsigned flags){
	CALL(OTHER, int, -1, (int)syscall(SYS_memfd_create, name, flags))}

EXPORT int posix_spawn(pid_t *pid, const char *path,
		       const posix_spawn_file_actions_t *files,
		       const posix_spawnattr_t *attr, char *const argv[],
		       char *const env[]){
	REAL(int, posix_spawn, pid_t *, const char *,
	     const posix_spawn_file_actions_t *, const posix_spawnattr_t *,
	     char *const[], char *const[])
		CALL(OTHER, int, error,
		     real(pid, path, files, attr, argv, env))}

EXPORT int pthread_create(pthread_t *thread, const pthread_attr_t *attr,
			  void *(*start_at)(void *), void *arg){
	REAL(int, pthread_create, pthread_t *, const pthread_attr_t *,
	     void *(*)(void *), void *)
		CALL(OTHER, int, EAGAIN, real(thread, attr, start_at, arg))}

EXPORT int chmod(const char *path, mode_t bits){
	CALL(OTHER, int, -1, (int)syscall(SYS_chmod, path, bits))}

EXPORT int fchmod(int fd, mode_t bits){
	CALL(OTHER, int, -1, (int)syscall(SYS_fchmod, fd, bits))}

EXPORT int stat(const char *path, struct stat *st){
	CALL(OTHER, int, -1,
	     (int)syscall(SYS_newfstatat, AT_FDCWD, path, st, 0))}

EXPORT int fstat(int fd, struct stat *st){
	CALL(OTHER, int, -1,
	     (int)syscall(SYS_newfstatat, fd, "", st, AT_EMPTY_PATH))}

EXPORT int statfs(const char *path, struct statfs *st){
	CALL(OTHER, int, -1, (int)syscall(SYS_statfs, path, st))}

EXPORT int statvfs(const char *path, struct statvfs *st){
	REAL(int, statvfs, const char *, struct statvfs *)
		CALL(OTHER, int, -1, real(path, st))}

EXPORT int fstatat(int dir, const char *path, struct stat *st, int flags){
	CALL(OTHER, int, -1,
	     (int)syscall(SYS_newfstatat, dir, path, st, flags))}

EXPORT int fstatfs(int fd, struct statfs *st){
	CALL(OTHER, int, -1, (int)syscall(SYS_fstatfs, fd, st))}

EXPORT int fstatvfs(int fd, struct statvfs *st){
	REAL(int, fstatvfs, int, struct statvfs *)
		CALL(OTHER, int, -1, real(fd, st))}

EXPORT DIR *fdopendir(int fd){REAL(DIR *, fdopendir, int)
				      CALL(OTHER, DIR *, NULL, real(fd))}

EXPORT ssize_t getrandom(void *bytes, size_t size, unsigned flags){
	CALL(OTHER, ssize_t, -1,
	     syscall(SYS_getrandom, bytes, much(failing, size), flags))}

EXPORT ssize_t readlink(const char *path, char *target, size_t size)
{
	CALL(OTHER, ssize_t, -1, syscall(SYS_readlink, path, target, size))
}
