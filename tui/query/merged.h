/*
 * 并案, as the records have it. Private to query/.
 */
#ifndef QUERY_MERGED_H
#define QUERY_MERGED_H

#include "store/store.h"

/* The proposal this one was merged into, one step; or KEY_NONE. */
MUST_USE
bool merged_into(const struct reading *reading, uint32_t slot, key *out,
		 struct err *err);

#endif
