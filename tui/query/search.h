/*
 * 检索: which proposals hold a text, anywhere in what is written in them, in
 * their departments or in the notes of their history; in titles and names also
 * by how it sounds. By the index of the store, with what it does not know yet
 * read from the records: a few ms at any size.
 */
#ifndef QUERY_SEARCH_H
#define QUERY_SEARCH_H

#include "query/catalog.h"
#include "query/slotset.h"

/* Where, the best first. */
enum where {
	WHERE_NUMBER,
	WHERE_TITLE,
	WHERE_PROPOSERS,
	WHERE_REST,
	WHERE_COUNT
};

/* Each holds those before it: found there, or better. */
struct hits {
	struct slotset in[WHERE_COUNT];
};

/* Slots of removed proposals may be in. Free with hits_free(). */
void search_text(const struct reading *reading, const struct config *config,
		 const char *text, struct hits *out);
void hits_free(struct hits *hits);

/* Everything, as if it were found in the best place. */
void hits_all(struct hits *out, uint32_t slots);

/* Keep what is in both; the worse place counts. */
void hits_and(struct hits *hits, const struct hits *other);

#endif
