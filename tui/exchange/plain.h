/*
 * A line of JSON as nearly all of them are: one object of known names, texts,
 * whole numbers, null, lists of texts and of units. It is read where it
 * stands, ten times as fast as by the whole reader, and only when it is beyond
 * doubt: what is strange in any way, or wrong, is left for that one, whose
 * values and sentences are what counts.
 */
#ifndef EXCHANGE_PLAIN_H
#define EXCHANGE_PLAIN_H

#include "exchange/value.h"

struct plain {
	struct arena *arena;    /* for the cells */
	int names[VALUE_NAMES]; /* where each stood in the line before */
};

/*
 * Fill row->cells; their texts lie in `line`, which is changed and must live
 * as long. False, with everything as it was: not for this reader.
 */
MUST_USE
bool plain_read(struct plain *plain, char *line, size_t len, struct row *row);

#endif
