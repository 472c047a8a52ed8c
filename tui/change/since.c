#include "change/since.h"

#include "store/columns.h"

/* The batch that this one took back, 0 for one that did not. */
static bool taken_back(const struct reading *reading, uint32_t number,
		       uint32_t *undoes, struct err *err)
{
	struct arena arena = {0};
	struct batch batch;
	bool ok = reading_batch(reading, number, &arena, &batch, err);

	*undoes = ok ? batch.undoes : 0;
	arena_free(&arena);
	return ok;
}

/*
 * From the newest event back: an undo and all down to what it took back
 * cancel out. What took nothing back ends it, for no batch has the number 0.
 */
static bool walk_back(const struct reading *reading, const struct event *events,
		      size_t count, uint32_t batch, bool *same, struct err *err)
{
	size_t i = 0;

	while (i < count && events[i].batch != batch) {
		uint32_t undoes;

		if (!taken_back(reading, events[i].batch, &undoes, err))
			return false;
		while (i < count && events[i].batch != undoes)
			i++;
		i++;
	}
	*same = i < count;
	return true;
}

bool since_same(const struct reading *reading, uint32_t slot, uint32_t batch,
		bool *same, struct err *err)
{
	uint32_t newest = reading_value(reading, COLUMN_BATCH, slot), undoes;
	struct arena arena = {0};
	struct event *events;
	size_t count;
	bool ok;

	*same = newest == batch;
	if (*same)
		return true;
	/* As a rule it was no undo, and its history need not be read. */
	if (!taken_back(reading, newest, &undoes, err))
		return false;
	if (!undoes)
		return true;
	ok = reading_history(reading, reading_value(reading, COLUMN_KEY, slot),
			     &arena, &events, &count, err) &&
	     walk_back(reading, events, count, batch, same, err);
	arena_free(&arena);
	return ok;
}
