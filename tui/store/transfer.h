/*
 * Tables of one store into another that is being built aside, entry by entry:
 * what LMDB has lost of its own pages is not taken along. For store/ only.
 */
#ifndef STORE_TRANSFER_H
#define STORE_TRANSFER_H

#include "store/internal.h"

/* Looks at an entry before it goes over; false with its error stops. */
typedef bool transfer_fn(void *arg, MDB_val at, struct slice value,
			 struct err *err);

struct transfer {
	const struct store *from, *to;
	MDB_txn *txn; /* of `from`, which is read in it */
};

/* `each` may be NULL. Written in portions, and committed. */
MUST_USE
bool transfer_table(const struct transfer *transfer, enum table table,
		    transfer_fn *each, void *arg, struct err *err);

/* A whole store into an empty file. */
MUST_USE
bool transfer_store(struct store *from, int fd, const char *name,
		    struct err *err);

#endif
