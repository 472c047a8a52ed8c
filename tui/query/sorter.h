/*
 * Sorting a listing. Private to query/.
 */
#ifndef QUERY_SORTER_H
#define QUERY_SORTER_H

#include "query/listing.h"
#include "query/search.h"

/*
 * Bring the rows, which are in the order of their slots, into the order that
 * the query asks for. `ascending`: their keys rise already. `hits`: where the
 * texts of the filter are, NULL if it has none.
 */
void sorter_run(const struct query *query, struct listing *listing,
		bool ascending, const struct hits *hits);

#endif
