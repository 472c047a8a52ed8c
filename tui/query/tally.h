/*
 * How many rows there are under each value of each facet. Private to query/.
 */
#ifndef QUERY_TALLY_H
#define QUERY_TALLY_H

#include "query/sieve.h"

struct tally;

struct tally *tally_new(void);

/* The chunk that the sieve has just looked at. */
void tally_add(struct tally *tally, const struct sieve *sieve, size_t chunk);

/* Fill `counts`, and free the tally. */
void tally_end(struct tally *tally, const struct query *query,
	       struct counts *counts);

#endif
