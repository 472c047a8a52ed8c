/*
 * The filtered, sorted rows of one moment, and how many there would be under
 * each value of each facet.
 */
#ifndef QUERY_LISTING_H
#define QUERY_LISTING_H

#include "base/day.h"
#include "query/filter.h"
#include "query/groups.h"
#include "query/order.h"
#include "query/widths.h"

struct listing {
	uint32_t *slots; /* in order; owned */
	size_t count;
	size_t cap;
};

/* Counts under the other facets: a value's count if it were chosen. */
struct counts {
	uint32_t of[FACET_COUNT][FACET_VALUES_MAX];
	uint32_t overdue, soon; /* among the rows that pass the filter */
};

struct selection;

/* What the query runs on. */
struct query {
	const struct reading *reading;
	const struct catalog *catalog;
	const struct filter *filter;
	struct order order;
	day today;
	const struct selection *marked; /* what 已选 is about; NULL: nothing */
	struct widths *widths;          /* to be filled; NULL: not wanted */
	struct groups *groups;          /* likewise, by the order */
	unsigned uncounted; /* 1 << facet: leave its counts 0, and be quicker */
};

/*
 * Fill both, either may be NULL; widths and groups, too, are of the
 * listing. Cost: a
 * few bytes a proposal read in order; no record. Reuses the listing's memory.
 */
void listing_run(const struct query *query, struct listing *listing,
		 struct counts *counts);

/* The row of a slot, or -1. */
long listing_row(const struct listing *listing, uint32_t slot);
void listing_free(struct listing *listing);

/* Due day as the rule has it, and lateness, of one slot. */
day listing_due(const struct reading *reading, const struct catalog *catalog,
		uint32_t slot);

/* Cross table by x by y: cells[x * y_count + y], all rows of the filter. */
struct cross {
	size_t x_count, y_count;
	uint64_t *cells; /* owned */
};
void listing_cross(const struct query *query, enum facet x, enum facet y,
		   struct cross *out);

#endif
