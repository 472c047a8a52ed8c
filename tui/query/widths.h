/*
 * How wide the values are that occur in a listing: all of it, not only what
 * the screen shows, so that nothing jumps while one scrolls.
 */
#ifndef QUERY_WIDTHS_H
#define QUERY_WIDTHS_H

#include "query/catalog.h"

/* No column is wider, so nothing wider has to be looked for. */
enum { WIDTH_MOST = 16 };

/* Zero-initialise it; listing_run() fills it, and keeps what it learned. */
struct widths {
	int facets[FACET_COUNT]; /* cells; FACET_DUE: 0 */
	uint32_t number;         /* the greatest */

	/* Private to query/: cells by dict id, and the most of them. */
	int ambiguous;
	uint8_t *cells[FACET_COUNT]; /* owned */
	size_t counts[FACET_COUNT];
	int most[FACET_COUNT];
};

void widths_free(struct widths *widths);

/* Private to query/: a listing begins; rows of one chunk that are in it. */
void widths_begin(struct widths *widths, const struct catalog *catalog);
void widths_add(struct widths *widths, const struct reading *reading,
		const uint32_t *rows, size_t count);

#endif
