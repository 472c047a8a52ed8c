/*
 * Linked into each program of `make coverage`: when it ends in order, adds
 * what it counted to a file of its own that all its runs share.
 *
 * clang's own way writes that file at the end: a limit on files forbids it,
 * which the tests set, and what then stands on standard error they refuse.
 * Counting into the file all along would count too much of a program that is
 * killed: most counts are worked out from others (not taken = came here -
 * taken), which holds only for what was left again.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* clang's runtime; this name keeps its own beginning and end out. */
int __llvm_profile_runtime;
uint64_t __llvm_profile_get_size_for_buffer(void);
int __llvm_profile_write_buffer(char *buffer);
int __llvm_profile_merge_from_buffer(const char *buffer, uint64_t size);

static char path[8192], *file; /* NULL: not to be counted */
static size_t size;

/* By the kernel's own calls: those of the C library may be made to fail. */
static long open_file(void)
{
	return syscall(SYS_open, path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
}

/* Now, for later there may be no descriptor left. */
static void map_file(void)
{
	long fd = open_file();

	if (fd < 0)
		return;
	syscall(SYS_fchmod, fd, 0666); /* for runs as somebody else */
	if (syscall(SYS_ftruncate, fd, size) == 0) {
		long start = syscall(SYS_mmap, NULL, size,
				     PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

		if (start > 0)
			file = (char *)start;
	}
	syscall(SYS_close, fd);
}

static void finish(void)
{
	if (!file)
		return;

	/* Without a lock rather than not at all. */
	long fd = open_file();
	syscall(SYS_flock, fd, LOCK_EX);
	if (!*file || !__llvm_profile_merge_from_buffer(file, size))
		__llvm_profile_write_buffer(file);
	syscall(SYS_close, fd);
	file = NULL;
}

/* As the children of tests end. */
_Noreturn void __real__exit(int status);
_Noreturn void __wrap__exit(int status);
_Noreturn void __wrap__exit(int status)
{
	finish();
	__real__exit(status);
}

/* What gives the terminal back in a hurry ends in the middle of things. */
void __real_crash_restore(void);
void __wrap_crash_restore(void);
void __wrap_crash_restore(void)
{
	file = NULL;
	__real_crash_restore();
}

__attribute__((constructor)) static void start(void)
{
	char self[4096];
	long len =
		syscall(SYS_readlink, "/proc/self/exe", self, sizeof(self) - 1);

	if (len <= 0)
		return;
	size = __llvm_profile_get_size_for_buffer();
	self[len] = '\0';
	snprintf(path, sizeof(path), "%s/%s-%zx.profraw", COUNTS,
		 strrchr(self, '/') + 1, size);
	map_file();
	atexit(finish);
}
