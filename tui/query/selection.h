/*
 * 已选: marked proposals. Marks belong to slots, so they survive sorting,
 * filtering and other people's changes.
 */
#ifndef QUERY_SELECTION_H
#define QUERY_SELECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "query/listing.h"

struct selection {
	uint64_t *bits; /* owned */
	size_t words;
	size_t count;
};

bool selection_has(const struct selection *selection, uint32_t slot);
void selection_set(struct selection *selection, uint32_t slot, bool marked);
void selection_clear(struct selection *selection);
void selection_all(struct selection *selection, const struct listing *listing);
void selection_invert(struct selection *selection,
		      const struct listing *listing);

/* How many of the marked are in the listing. */
size_t selection_within(const struct selection *selection,
			const struct listing *listing);

/* The first marked slot >= from; false when there is no more. */
bool selection_next(const struct selection *selection, uint32_t from,
		    uint32_t *slot);
void selection_free(struct selection *selection);

#endif
