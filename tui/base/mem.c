#include "base/mem.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/crash.h"
#include "base/err.h"

static bool lent;

static void last_words(void)
{
	crash_restore();
	fprintf(stderr, "proposals: 内存不足，程序已退出；%s。\n",
		crash_noted());
}

_Noreturn void mem_die(void)
{
	lent = false;
	last_words();
	exit(err_status(ERR_INTERNAL));
}

static void at_exit(void)
{
	if (!lent)
		return;
	last_words();
	_exit(err_status(ERR_INTERNAL));
}

void mem_lend(void)
{
	static bool registered;

	if (!registered)
		registered = !atexit(at_exit);
	lent = true;
}

void mem_lent(void)
{
	lent = false;
}

void *mem_new(size_t size)
{
	return mem_array(1, size);
}

void *mem_array(size_t count, size_t size)
{
	size_t whole;

	if (__builtin_mul_overflow(count, size, &whole))
		mem_die();
	void *start = calloc(1, whole ? whole : 1);
	if (!start)
		mem_die();
	return start;
}

void *mem_resize(void *old, size_t size)
{
	void *start = realloc(old, size ? size : 1);

	if (!start)
		mem_die();
	return start;
}
