/*
 * `proposals check`: read everything and believe nothing.
 */
#ifndef STORE_CHECK_H
#define STORE_CHECK_H

#include "store/store.h"

struct check_sums {
	uint64_t proposals, removed, events, batches;
	/* Findings about what follows from records, events and batches: where
	 * that is all, `--repair` makes it anew. */
	uint64_t derived;
	/* Tables whose pages are damaged, a bit each: LMDB must not be asked
	 * for them, it would follow them anywhere. */
	unsigned broken;
};

/* One finding: which proposal or table, what is wrong, what to do. */
typedef void finding_fn(void *arg, const char *sentence);

/*
 * Read every record, column, text, event and batch; verify checksums, order
 * and counts; undo the history of each proposal back to its creation and
 * compare; compare columns, dictionaries and texts with the records.
 * `*findings` counts what was told. False only if it could not go on.
 */
MUST_USE
bool store_check(struct store *store, finding_fn *tell, void *arg,
		 struct check_sums *sums, uint64_t *findings, struct err *err);

#endif
