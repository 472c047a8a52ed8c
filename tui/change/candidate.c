#include "change/plan.h"

/* Further back nobody remembers what he did. */
enum { LOOK_BACK = 10000 };

/* What a batch of this user means for the search. */
enum answer { GO_ON, THIS_ONE, NO_MORE };

static enum answer undo_takes(const struct batch *batch)
{
	return batch->kind == BATCH_UNDO || batch->kind == BATCH_USER ||
			       batch->undone_by
		       ? GO_ON
		       : THIS_ONE;
}

/* A new batch ends it: what it went on from is no longer what was undone. */
static enum answer redo_takes(const struct batch *batch)
{
	if (batch->kind == BATCH_UNDO)
		return batch->undone_by ? GO_ON : THIS_ONE;
	return batch->kind == BATCH_REDO || batch->kind == BATCH_USER ? GO_ON
								      : NO_MORE;
}

static enum answer ask(const struct reading *reading, uint32_t number,
		       uint32_t uid, enum answer (*takes)(const struct batch *))
{
	struct arena arena = {0};
	struct err unreadable;
	struct batch batch;
	enum answer answer = NO_MORE;

	if (reading_batch(reading, number, &arena, &batch, &unreadable))
		answer = batch.who.uid == uid ? takes(&batch) : GO_ON;
	arena_free(&arena);
	return answer;
}

static uint32_t newest(const struct reading *reading, uint32_t uid,
		       enum answer (*takes)(const struct batch *))
{
	uint32_t number = reading_last_batch(reading);

	for (int i = 0; i < LOOK_BACK && number; i++, number--) {
		enum answer answer = ask(reading, number, uid, takes);

		if (answer != GO_ON)
			return answer == THIS_ONE ? number : 0;
	}
	return 0;
}

uint32_t undo_candidate(const struct reading *reading, uint32_t uid)
{
	return newest(reading, uid, undo_takes);
}

uint32_t redo_candidate(const struct reading *reading, uint32_t uid)
{
	return newest(reading, uid, redo_takes);
}
