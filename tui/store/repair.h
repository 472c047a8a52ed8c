/*
 * What can be told from records, history and batches is made anew: columns,
 * dictionaries, searchable texts, counters, the table of users, and the pages
 * that LMDB lost. Those three themselves are copied as they are, and never
 * changed: where one is damaged only a backup helps.
 */
#ifndef STORE_REPAIR_H
#define STORE_REPAIR_H

#include "store/copy.h"

struct repaired {
	uint64_t findings; /* in the old one; 0: nothing was done */
	struct swapped swapped;
};

/*
 * The new store is built and checked aside, then takes the old one's place,
 * which is kept. `statuses` are the codes of the configuration: the status of
 * a proposal stands in a column alone, and one that never changed is found
 * again by its digest, among those known. Errors as those of
 * store_restore().
 */
MUST_USE
bool store_repair(const char *dir, const struct strings *statuses,
		  finding_fn *tell, void *arg, struct repaired *out,
		  struct err *err);

#endif
