/*
 * How a proposal became what it is: one event after the other, newest first,
 * each proved against what the proposal is now. For store/ only.
 */
#ifndef STORE_HISTORY_H
#define STORE_HISTORY_H

#include "store/internal.h"

/* What a proposal is now; points into the map and into the dictionary. */
struct present {
	key key;
	struct record record;
	struct slice status; /* its code; "" of a removed one */
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

/* One step back; `content` is what the proposal was after the event. */
struct step {
	key key;
	uint32_t batch;
	const struct entry *entry;
	const struct content *content;
};
typedef bool step_fn(void *arg, const struct step *step, struct err *err);

/* From now to the creation, newest first; every value is proved on the way. */
bool history_walk(const struct reading *reading, const struct present *present,
		  step_fn *each, void *arg, struct err *err);

/*
 * The same for one whose columns are not believed: key, record, and of the
 * newest event revision and batch are given; the status is found. Where no
 * event changed it, it is the one of `codes` that the creation was made with.
 */
bool history_rebuild(const struct reading *reading, struct present *present,
		     const struct strings *codes, step_fn *each, void *arg,
		     struct err *err);

#endif
