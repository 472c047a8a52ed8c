/*
 * Everything that made the register, out and in again: its batches, each with
 * all it did. A store that is made from them is equal to the first, to the
 * last link of the chain of hashes.
 */
#ifndef STORE_REPLAY_H
#define STORE_REPLAY_H

#include "store/copy.h"

/* Sizes of what is random or a hash. */
enum { OPERATION_SIZE = 16, HEAD_SIZE = 32 };

/* As reading_batch(), with the id of the operation. */
MUST_USE
bool past_batch(const struct reading *reading, uint32_t number,
		struct arena *arena, struct batch *out,
		unsigned char operation[OPERATION_SIZE], struct err *err);

/* As reading_events(), creations with the fields that were filled then. */
MUST_USE
bool past_events(const struct reading *reading, uint32_t batch, event_fn *each,
		 void *arg, struct err *err);

/* How many proposals, events and batches there are and were. */
void past_sums(const struct reading *reading, struct check_sums *out);

/* A store that is being made again. */
struct replay;

/*
 * In place of the one in `dir`, which must never have held a proposal:
 * ERR_REFUSED. Nobody else is in from here on: ERR_BUSY; ERR_DENIED without
 * the role. `roles`, and always where many share it: it has roles.
 */
MUST_USE
bool replay_begin(struct replay **out, const char *dir, bool roles,
		  struct err *err);

/*
 * The next batch, then each of its events, in key order; of an event the
 * fields are looked at, of a removal none. ERR_USAGE says what does not
 * follow from what was before.
 */
MUST_USE
bool replay_batch(struct replay *replay, const struct batch *batch,
		  const unsigned char operation[OPERATION_SIZE],
		  struct err *err);
MUST_USE
bool replay_event(struct replay *replay, const struct event *event,
		  struct err *err);

/*
 * All of it was given: its last link must be `head`. Checked as a whole, then
 * put in place; nothing is kept of the empty one but where it had users.
 */
MUST_USE
bool replay_finish(struct replay *replay, const unsigned char head[HEAD_SIZE],
		   finding_fn *tell, void *arg, struct swapped *out,
		   struct err *err);

/* Always; what was not finished was never there. NULL will do. */
void replay_end(struct replay *replay);

#endif
