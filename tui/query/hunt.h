/*
 * One text in one chunk of the index. Private to query/.
 */
#ifndef QUERY_HUNT_H
#define QUERY_HUNT_H

#include "query/needle.h"
#include "query/search.h"
#include "store/gram.h"

struct hunt {
	const struct reading *reading;
	struct hits *out;
	struct needle needle;
	struct gram *units; /* owned; the departments that it names */
	size_t unit_count;
	uint32_t words[PART_COUNT][GRAM_WORDS]; /* what hunt_chunk() found */
	uint32_t pending[GRAM_WORDS];
};

/* Fill words[]. */
void hunt_chunk(struct hunt *hunt, uint32_t chunk);

/* hunt_sound.c: add what sounds like it. */
void hunt_sounds(struct hunt *hunt, uint32_t chunk, enum part part);

/* The text of a title or of the proposers. */
struct span hunt_span(const struct hunt *hunt, enum part part, uint32_t slot);

#endif
