/*
 * Whom the register knows: those with a role, and those who ever changed
 * something. Private to query/.
 */
#ifndef QUERY_PEOPLE_H
#define QUERY_PEOPLE_H

#include "query/filter.h"

struct people {
	struct arena arena;
	const char **names; /* in the arena */
	size_t count;
};

/* Cost: every batch once. What is damaged is left out. */
void people_load(const struct reading *reading, struct people *out);
void people_free(struct people *people);

/* PERSON_ME for me and 我, a known name, a uid in digits; else NULL. */
const char *people_find(const struct people *people, const char *text);

#endif
