/*
 * A set of slots as bits: what a search finds, what somebody changed. Bit
 * slot % 32 of word slot / 32, so that one word is one segment of texts and a
 * chunk of the columns is SLOTSET_CHUNK words.
 */
#ifndef QUERY_SLOTSET_H
#define QUERY_SLOTSET_H

#include "store/columns.h"

#define SLOTSET_CHUNK (CHUNK_SLOTS / 32)

struct slotset {
	uint32_t *words; /* owned; NULL while there is none */
	size_t count;    /* of the words; what lies behind them is not in */
};

/* Empty, with room for `slots` rounded up to whole chunks. */
void slotset_init(struct slotset *set, uint32_t slots);
void slotset_free(struct slotset *set);

/* A slot that there is no room for stays out. */
static inline void slotset_add(struct slotset *set, uint32_t slot)
{
	if (slot / 32 < set->count)
		set->words[slot / 32] |= UINT32_C(1) << (slot % 32);
}

static inline bool slotset_has(const struct slotset *set, uint32_t slot)
{
	return slot / 32 < set->count &&
	       (set->words[slot / 32] >> (slot % 32) & 1);
}

/* What is in both; in either, as far as there is room; not in `other`. */
void slotset_and(struct slotset *set, const struct slotset *other);
void slotset_or(struct slotset *set, const struct slotset *other);
void slotset_without(struct slotset *set, const struct slotset *other);

/* Nothing of a chunk is in. */
bool slotset_lacks(const struct slotset *set, size_t chunk);

size_t slotset_size(const struct slotset *set);

/* Set `mark` in fails[] of each slot of the chunk that is not in the set. */
void slotset_fail(const struct slotset *set, size_t chunk, uint8_t *fails,
		  uint8_t mark);

#endif
