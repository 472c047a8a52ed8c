/*
 * What may stand where the caret is, in the language of conditions.
 */
#ifndef QUERY_COMPLETE_H
#define QUERY_COMPLETE_H

#include "query/language.h"
#include "query/listing.h"

#define COMPLETIONS_MAX 64u

struct completion {
	const char *text;  /* what takes the place of the word */
	const char *label; /* 办理中, 状态 */
	const char *code;  /* handling, status; what it means; or "" */
	uint32_t count;    /* of a value, if `counted` */
	bool counted;
};

struct completions {
	size_t from, to; /* bytes that the text takes the place of */
	size_t begin;    /* where the condition begins that they belong to */
	int facet;       /* whose values they are; -1: of none */
	bool names;      /* they are conditions, not values of one */
	struct completion *items;
	size_t count;
};

/*
 * The best first. `counts` may be NULL; facets in `uncounted` (1 << facet)
 * are not counted in it. Texts live in the arena or in the catalogue.
 */
void filter_complete(const struct language *language,
		     const struct counts *counts, unsigned uncounted,
		     const char *text, size_t caret, struct arena *arena,
		     struct completions *out);

#endif
