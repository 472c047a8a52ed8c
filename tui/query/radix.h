/*
 * Sorting the rows of a listing by several digits. Private to query/.
 *
 * What the rows are sorted by is read while they stand in the order of their
 * slots, into digits of 16 bits, the least weighty first. Digits that fit
 * into one together become one: two facets as a rule. Then one pass for each
 * digit sorts the rows, and the digits that have to come along with them.
 */
#ifndef QUERY_RADIX_H
#define QUERY_RADIX_H

#include "query/listing.h"

enum {
	DIGITS = UINT16_MAX + 1,
	DIGIT_NONE = UINT16_MAX,
	/* Two for each key, for the number behind them, and for the group. */
	PASSES_MAX = 2 * ORDER_KEYS + 4
};

/* The values that digits have, and in which order they are to stand. */
struct scale {
	uint32_t least, most; /* of those that are a value */
	uint32_t none;        /* the digit that is none; above all: each is */
	bool reverse;         /* all but none, which is last */
	uint32_t count;       /* of the values, none among them if it occurs */
};

struct digits {
	uint16_t *items; /* by row */
	uint16_t *moved; /* room for them while they come along */
	struct scale scale;
};

struct radix {
	struct listing *listing;
	uint16_t *digits; /* as they are read */
	struct digits passes[PASSES_MAX];
	size_t count;
	uint32_t *spare;  /* the rows, after a pass */
	uint32_t *starts; /* where the rows of each digit begin */
};

void radix_open(struct radix *radix, struct listing *listing);
void radix_close(struct radix *radix);

/*
 * radix->digits, one for each row of the listing, are read: they weigh more
 * than all before. Of `scale` only `none` and `reverse` have to be set.
 */
void radix_take(struct radix *radix, struct scale scale);

/* Sort the rows; then they are no longer in the order of their slots. */
void radix_run(struct radix *radix);

#endif
