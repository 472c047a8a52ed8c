/*
 * Whether two stores hold the same: proposals with all fields, status,
 * revision and history, batches with who, when and why, users, and the head
 * of the chain of hashes. How it is laid out in the files plays no part.
 */
#ifndef STORE_COMPARE_H
#define STORE_COMPARE_H

#include "store/check.h"

/*
 * Open another store to compare with: a folder, or a file that is a copy, both
 * with the person's own rights. ERR_USAGE when it is the same one, ERR_DENIED
 * for who may not make copies.
 */
MUST_USE
bool store_open_other(struct store **out, struct store *own, const char *path,
		      struct err *err);

/*
 * Every difference is told in one sentence that names it, the other store
 * called `name`; *differences counts them. No reading may be open in either.
 */
MUST_USE
bool store_compare(struct store *own, struct store *other, const char *name,
		   finding_fn *tell, void *arg, uint64_t *differences,
		   struct err *err);

#endif
