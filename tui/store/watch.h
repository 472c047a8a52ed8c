/*
 * A damaged tree can lead LMDB, or a loop of ours that nobody thought of, in
 * circles. What has taken far more of the processor than it can need ends by
 * base/crash.h's way out. Time that somebody else has does not count, so a
 * slow disk, a stopped process and a full machine change nothing.
 */
#ifndef STORE_WATCH_H
#define STORE_WATCH_H

#include "store/store.h"

/* Until watch_end(): so many seconds of the processor, and no more. */
void watch_begin(unsigned seconds);
void watch_end(void);

/* What is enough for everything that can be done in one transaction with this
 * store and so many edits, a hundred times over. */
unsigned watch_budget(const struct store *store, size_t edits);

#endif
