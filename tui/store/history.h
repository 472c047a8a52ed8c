/*
 * How a proposal became what it is: one event after the other, newest first,
 * each proved against what the proposal is now. For store/ only.
 */
#ifndef STORE_HISTORY_H
#define STORE_HISTORY_H

#include "store/internal.h"

/* `content` is what it was after the event. */
struct step {
	key key;
	uint32_t batch;
	const struct entry *entry;
	const struct content *content;
};
typedef bool step_fn(void *arg, const struct step *step, struct err *err);
bool history_walk(const struct reading *reading, uint32_t slot, step_fn *each,
		  void *arg, struct err *err);

#endif
