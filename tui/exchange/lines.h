/*
 * The lines of a file that may be hostile: none is kept that is longer than
 * its limit, and only one is in memory, or all of them in somebody's arena.
 */
#ifndef EXCHANGE_LINES_H
#define EXCHANGE_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct lines {
	int fd;     /* borrowed */
	size_t max; /* bytes of one line */
	unsigned number;
	int failed;          /* errno when the file could not be read on */
	struct arena *arena; /* where they stay, or NULL */
	char *data;          /* owned, or in the arena */
	size_t at, len, cap;
	bool ended;
};

struct line {
	char *text; /* until the next call, or in the arena; yours to change,
		       not NUL-terminated */
	size_t len; /* without \n and \r\n */
	unsigned number; /* from 1 */
	bool cut;        /* it was longer; the rest is thrown away */
};

/* `fd` from where it stands; with an arena all lines stay as long as that. */
void lines_begin(struct lines *lines, int fd, size_t max, struct arena *arena);

/* False at the end, or when `failed`. */
bool lines_next(struct lines *lines, struct line *out);
void lines_end(struct lines *lines);

#endif
