#include "sheet/limits.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define MEMORY_MAX ((rlim_t)512 << 20)
#define SECONDS_MAX 60
#define BYTES_A_SECOND ((size_t)4 << 20)

#if defined(__SANITIZE_ADDRESS__)
#define SHADOWED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SHADOWED 1
#endif
#endif
#ifndef SHADOWED
#define SHADOWED 0
#endif

static void limit(__rlimit_resource_t what, rlim_t max)
{
	struct rlimit old = {max, max};

	(void)getrlimit(what, &old);
	if (old.rlim_max < max)
		max = old.rlim_max;
	/* Under a limit that cannot be set the parent's still holds. */
	(void)setrlimit(what, &(struct rlimit){max, max});
}

void limits_set(size_t mapped)
{
	struct stat out;

	/* The sanitizer's shadow is terabytes of address space. */
	if (!SHADOWED) {
		limit(RLIMIT_DATA, MEMORY_MAX);
		limit(RLIMIT_AS, MEMORY_MAX + mapped);
	}
	limit(RLIMIT_CPU, SECONDS_MAX + mapped / BYTES_A_SECOND);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_NPROC, 0);
	if (fstat(STDOUT_FILENO, &out) == 0 && !S_ISREG(out.st_mode))
		limit(RLIMIT_FSIZE, 0);
	(void)prctl(PR_SET_NO_NEW_PRIVS, 1UL, 0UL, 0UL, 0UL);
}
