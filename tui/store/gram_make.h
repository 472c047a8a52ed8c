/*
 * The lists of whole chunks, two at a time, by threads of their own: they only
 * read, each in a transaction of its own. For store/ only.
 */
#ifndef STORE_GRAM_MAKE_H
#define STORE_GRAM_MAKE_H

#include <pthread.h>
#include <stdatomic.h>

#include "store/gram_build.h"
#include "store/internal.h"

struct progress;

enum { GRAM_MAKERS = 2 };

struct gram_make {
	const struct store *store;
	uint32_t chunk, indexed; /* its first slots, that many */
	struct gram_build build;
	uint32_t *revisions; /* of its slots, as they were read */
	bool ok;             /* false: something of it is damaged */
	atomic_uint *done;   /* slots, for who waits */
	pthread_t thread;
	bool threaded;
};

/*
 * Fill `build` of each. Nothing is told of but how far they are; no reading
 * may be open.
 */
void gram_make_all(struct gram_make *makes, size_t count,
		   struct progress *progress);

/* What it was filled with. */
void gram_make_free(struct gram_make *make);

/* The revisions of the first slots of a chunk; false: damaged. */
MUST_USE
bool gram_revisions(const struct store *store, MDB_txn *txn, uint32_t chunk,
		    uint32_t count, uint32_t *out);

#endif
