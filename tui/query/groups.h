/*
 * The groups of a listing, by a facet: how many rows each has, and how many
 * of them are late. In a group of departments is what it answers first.
 */
#ifndef QUERY_GROUPS_H
#define QUERY_GROUPS_H

#include "query/catalog.h"

struct group_head {
	const char *label; /* of the catalogue: 经信局, 未填 */
	size_t first;      /* row */
	size_t count, late;
};

/* Zero-initialise it; listing_run() fills it. None while nothing is grouped. */
struct groups {
	struct group_head *items; /* owned */
	size_t count;
};

void groups_free(struct groups *groups);

/* The group of a row; there is one. */
size_t groups_of(const struct groups *groups, size_t row);

/* Private to query/: counts while the chunks go by. */
struct group_counts;
struct group_counts *group_counts_new(const struct catalog *catalog,
				      enum facet facet);
void group_counts_add(struct group_counts *counts,
		      const struct reading *reading, const uint32_t *rows,
		      size_t count, const uint8_t *late);
void group_counts_end(struct group_counts *counts, struct groups *out);

#endif
