/*
 * Slips of a Chinese keyboard that YAML takes for something else: ： for :,
 * “ ” for quotes, Tab or a full-width blank for indentation, a quote or a
 * bracket that is never closed. A line by line reading finds each of them,
 * where libyaml would stop at the first, often far behind it; and mends them
 * in a copy, so that libyaml can go on to the other mistakes.
 */
#ifndef CONFIG_SLIPS_H
#define CONFIG_SLIPS_H

#include "config/encoding.h"

/* A place where the mended text differs. */
struct edit {
	uint32_t line;
	uint32_t column; /* in the mended text, behind what was put in */
	uint32_t back;   /* the same place in the file */
};

struct mended {
	struct span text;         /* what to read instead */
	const struct edit *edits; /* in their order */
	size_t edit_count;
	/* Lines whose indentation had to be guessed; 0: none. */
	uint32_t bent_first, bent_last;
};

/*
 * Find and mend. A Tab in an indentation becomes `tab` blanks; nobody knows
 * how many were meant. What was found is noted in `mistakes`, whose arena
 * owns the copy; without slips *out is `text` itself.
 */
void slips_mend(struct span text, unsigned tab, struct mended *out,
		struct mistakes *mistakes);

/* Where something in the mended text stands in the file. */
struct place slips_place(const struct mended *mended, struct place at);

#endif
