/*
 * Is everything there that was called saved, and is it sound?
 */
#ifndef FAULT_JUDGE_H
#define FAULT_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * What the worker appends to its file of acknowledgements, a line each:
 *
 *   made             the store was created
 *   saved B N NOTE   batch B with N changes and this note is saved
 *   failed NOTE      no batch with this note is saved
 */
enum finding {
	FOUND_GOOD,
	FOUND_LOST,       /* called saved, and is not there */
	FOUND_GHOST,      /* called not saved, and is there */
	FOUND_HALF,       /* a batch of which a part is there */
	FOUND_UNOPENABLE, /* the store does not open, or takes nothing more */
	FOUND_UNSOUND,    /* the check has something to say */
	FOUND_COUNT
};

extern const char *const finding_words[FOUND_COUNT];

struct judgement {
	enum finding finding;
	char text[1000]; /* what exactly, unless good */
};

/*
 * Read the whole store, look for everything acknowledged, and write one more
 * batch. At most `slack` batches may be there that were not acknowledged: one
 * for each writer that was interrupted. Without a store, and without an
 * acknowledgement, one must be possible to make.
 */
void judge(const char *store, const char *acks, size_t length, size_t slack,
	   struct judgement *verdict);

#endif
