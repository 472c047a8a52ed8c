/*
 * One pass over the columns, a chunk at a time: which rows a filter lets
 * through, and which facet alone stands in a row's way. Private to query/.
 */
#ifndef QUERY_SIEVE_H
#define QUERY_SIEVE_H

#include "query/changes.h"
#include "query/facet.h"
#include "query/listing.h"
#include "query/search.h"

/* fails[] of a row that no choice of facets brings back. */
#define FAILS_ALL 0xffu

/*
 * 期限 for a whole column. A later day is never more overdue, so each
 * lateness is one stretch of the calendar: LATE_OVERDUE until ends[0],
 * LATE_SOON until ends[1], LATE_LATER until ends[2], then LATE_NONE.
 */
struct late_steps {
	day ends[3];
};

/* A condition on days. */
struct day_test {
	enum filter_date date;
	struct stretch days; /* of its own column, … */
	struct stretch from; /* … of what the rule counts from without it */
	bool choice;         /* any of those of one date */
	bool owed;           /* only of what is still owed */
	bool no;
};

struct sieve {
	const struct query *query;
	size_t chunks;
	bool wants_late; /* fill late[]; so does a filter of FACET_DUE */
	unsigned hard;   /* 1 << facet: rows it alone keeps out do not matter */

	/* Of the chunk that was looked at last. */
	bool barren; /* no row matters, and the rest is not filled */
	uint8_t fails[CHUNK_SLOTS]; /* 1 << facet for each that says no */
	uint8_t late[CHUNK_SLOTS];  /* enum lateness */

	/* By dict id, FACET_DUE by lateness: the filter chose it. */
	uint8_t pass[FACET_COUNT][256];
	uint8_t pass_leads[UINT16_MAX + 1];
	uint8_t owed[256]; /* by dict id of the status: the clock runs */
	struct late_steps by_due, by_from;
	enum column from; /* the column that the rule counts from */

	struct day_test tests[FILTER_DAYS];
	size_t test_count;
	struct changes changes;
	struct slotset only; /* without words: everything may be in */

	struct hits texts; /* what has all texts of the filter and none of … */
	bool has_texts;    /* there are any */
};

struct sieve *sieve_new(const struct query *query, bool wants_late,
			bool wants_near);
void sieve_free(struct sieve *sieve);

/* The columns of facets, NULL for FACET_DUE: see late[]. */
const void *sieve_column(const struct sieve *sieve, enum facet facet,
			 size_t chunk);

/* Fill fails[] and late[], or say that the chunk is barren. */
void sieve_chunk(struct sieve *sieve, size_t chunk);

/* The conditions of the filter that are no facets. */
void sieve_days_open(struct sieve *sieve);
void sieve_only_open(struct sieve *sieve);
void sieve_texts_open(struct sieve *sieve);

/* Set fails[] to FAILS_ALL where days, numbers, changes … say no. */
void sieve_days(struct sieve *sieve, size_t chunk);
void sieve_only(struct sieve *sieve, size_t chunk);

#endif
