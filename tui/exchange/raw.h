/*
 * A table as proposals-sheet gives it: cells without meaning.
 */
#ifndef EXCHANGE_RAW_H
#define EXCHANGE_RAW_H

#include "base/arena.h"
#include "base/progress.h"
#include "base/strings.h"

struct raw_row {
	unsigned line;        /* where it begins in the file, from 1 */
	struct strings cells; /* trimmed; none empty at the end */
	size_t width;         /* with the empty ones at the end */
};

struct raw {
	const char *encoding;
	struct raw_row *items; /* owned */
	size_t count;
};

/*
 * Let the child read the table in `fd`; texts live in the arena. ERR_USAGE
 * with what the child says about the file, ERR_INTERNAL about the child.
 */
MUST_USE
bool raw_read(struct raw *out, int fd, struct arena *arena,
	      struct progress *progress, struct err *err);

/*
 * What the child says, which is believed no more than the file was: its words
 * are cleaned, and ERR_INTERNAL for what no honest child says.
 */
MUST_USE
bool raw_lines(struct raw *out, int fd, struct arena *arena,
	       struct progress *progress, struct err *err);
void raw_free(struct raw *raw);

#endif
