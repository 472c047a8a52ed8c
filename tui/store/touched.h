/*
 * Which proposals were changed when, without what was changed.
 */
#ifndef STORE_TOUCHED_H
#define STORE_TOUCHED_H

#include "store/store.h"

/*
 * Only which proposals a batch changed, removed ones as well; and the batch
 * that changed one before that batch did, 0 when it is the first. These are
 * for filters and have no way to fail: what is damaged is not there, and
 * reading_sound() tells (store/columns.h).
 */
typedef void key_fn(void *arg, key k);
void reading_touched(const struct reading *reading, uint32_t batch,
		     key_fn *each, void *arg);
uint32_t reading_before(const struct reading *reading, key k, uint32_t batch);

#endif
