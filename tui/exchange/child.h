/*
 * proposals-sheet as a child: without our group, descriptors or environment,
 * so that a file that takes it over has taken nothing.
 */
#ifndef EXCHANGE_CHILD_H
#define EXCHANGE_CHILD_H

#include <sys/types.h>

#include "base/err.h"

struct child {
	pid_t pid;
	int out; /* its standard output, to read */
};

/* Start it with `in` as its standard input. ERR_INTERNAL if it is missing. */
MUST_USE
bool child_start(struct child *child, int in, struct err *err);

/*
 * Wait for its end. ERR_INTERNAL when a signal or a fault of its own ended
 * it; the refusal of a file is its to explain on its output, and true here.
 */
MUST_USE
bool child_end(struct child *child, struct err *err);

#endif
