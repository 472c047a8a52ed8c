/*
 * What became of a proposal after a batch. Private to change/.
 */
#ifndef CHANGE_SINCE_H
#define CHANGE_SINCE_H

#include "store/store.h"

/*
 * *same: the proposal is as the batch left it; nothing changed it since, or
 * what did was taken back.
 */
MUST_USE
bool since_same(const struct reading *reading, uint32_t slot, uint32_t batch,
		bool *same, struct err *err);

#endif
