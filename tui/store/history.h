/*
 * How a proposal became what it is: one event after the other, newest first,
 * each proved against what the proposal is now. For store/ only.
 */
#ifndef STORE_HISTORY_H
#define STORE_HISTORY_H

#include "store/internal.h"

/* What a proposal is now; points into the map. */
struct present {
	key key;
	struct record record;
	const char *status; /* its code, in the dictionary */
	uint32_t revision, batch;
};
bool present_load(const struct reading *reading, uint32_t slot,
		  struct present *out, struct err *err);

/*
 * An old page that a disk brings back passes every checksum: the history tells
 * whether record and status are those that it led to.
 */
bool present_proved(const struct reading *reading,
		    const struct present *present, struct err *err);

/* `content` is what it was after the event. */
struct step {
	key key;
	uint32_t batch;
	const struct entry *entry;
	const struct content *content;
};
typedef bool step_fn(void *arg, const struct step *step, struct err *err);
bool history_walk(const struct reading *reading, const struct present *present,
		  step_fn *each, void *arg, struct err *err);

#endif
