#include "store/internal.h"

#include <string.h>

#include "store/replay.h"

/* How far back an operation is looked for: others write as well. */
enum { NEWEST = 4096 };

uint32_t reading_last_batch(const struct reading *reading)
{
	return reading->state.last_batch;
}

static bool load(const struct reading *reading, uint32_t number,
		 struct arena *arena, struct batch *out, struct stamp *stamp,
		 struct err *err)
{
	struct slice bytes;

	if (!number || number > reading->state.last_batch)
		return err_set(err, ERR_NOT_FOUND, "没有批次 %u",
			       (unsigned)number);
	int rc = table_get(reading->store, reading->txn, TABLE_BATCHES,
			   place_of(number), &bytes);
	if (rc && rc != MDB_NOTFOUND)
		return store_failed(err, rc, reading->store->dir);
	if (rc || !batch_decode(number, bytes, arena, out, stamp))
		return err_set(err, ERR_STORE,
			       "批次 %u 的记录已损坏，请从备份恢复",
			       (unsigned)number);
	return true;
}

bool reading_batch(const struct reading *reading, uint32_t number,
		   struct arena *arena, struct batch *out, struct err *err)
{
	struct stamp stamp;

	return load(reading, number, arena, out, &stamp, err);
}

uint32_t reading_operation(const struct reading *reading,
			   const unsigned char id[16])
{
	uint32_t last = reading->state.last_batch;
	struct arena arena = {0};
	uint32_t found = 0;

	for (uint32_t i = 0; !found && i < NEWEST && i < last; i++) {
		struct stamp stamp;
		struct batch batch;
		struct err err;

		if (load(reading, last - i, &arena, &batch, &stamp, &err) &&
		    !memcmp(stamp.operation, id, sizeof(stamp.operation)))
			found = last - i;
		arena_free(&arena);
	}
	return found;
}

bool past_batch(const struct reading *reading, uint32_t number,
		struct arena *arena, struct batch *out,
		unsigned char operation[OPERATION_SIZE], struct err *err)
{
	struct stamp stamp;

	if (!load(reading, number, arena, out, &stamp, err))
		return false;
	memcpy(operation, stamp.operation, OPERATION_SIZE);
	return true;
}

void past_sums(const struct reading *reading, struct check_sums *out)
{
	*out = (struct check_sums){
		.proposals = reading->state.proposals,
		.removed = reading->state.removed,
		.events = reading->state.events,
		.batches = reading->state.last_batch,
	};
}
