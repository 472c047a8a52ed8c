/*
 * 逾期, of a row here and there.
 */
#ifndef QUERY_LATE_H
#define QUERY_LATE_H

#include "query/listing.h"

/*
 * The next row of the listing behind `row` whose reply is overdue, by +1 or
 * -1, going on at the other end; -1 when there is no other. Cost: a few bytes
 * of each row that is passed over.
 */
long late_next(const struct query *query, const struct listing *listing,
	       size_t row, int by);

#endif
