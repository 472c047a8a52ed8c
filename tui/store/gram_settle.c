#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/progress.h"
#include "store/gram_store.h"
#include "store/posting.h"
#include "store/watch.h"

enum { SAMPLE = 2048, COMMON_PERCENT = 3, PROGRESS_EVERY = 256 };

static uint32_t step_of(uint32_t indexed)
{
	return indexed > SAMPLE ? indexed / SAMPLE : 1;
}

static bool add_slots(struct gram_build *build, const struct reading *reading,
		      uint32_t chunk, uint32_t indexed, uint32_t step,
		      struct progress *progress)
{
	struct slot_texts texts;
	struct err why;

	for (uint32_t at = 0; at < indexed; at += step) {
		if (reading_slot_texts(reading, chunk * GRAM_SLOTS + at,
				       &texts))
			gram_build_add(build, (uint16_t)at, &texts);
		/* What it is made of is saved: there is no way back. */
		if (progress && at % PROGRESS_EVERY == 0)
			(void)progress_at(progress,
					  progress->done + PROGRESS_EVERY);
	}
	return reading_sound(reading, &why);
}

/* Again and again: longer grams are common only where their parts are. */
static bool sample(struct gram_build *build, const struct reading *reading,
		   uint32_t chunk, uint32_t indexed)
{
	uint32_t step = step_of(indexed);
	uint32_t least = indexed / step * COMMON_PERCENT / 100;

	for (unsigned symbols = 2; symbols < GRAM_MAX; symbols++) {
		if (!add_slots(build, reading, chunk, indexed, step, NULL))
			return false;
		gram_build_mark(build, symbols, least > 3 ? least : 3);
	}
	return true;
}

/* What a chunk is made to be. */
struct remake {
	struct store *store;
	uint32_t chunk, indexed;
	struct gram_build build;
	MDB_txn *txn;
	MDB_cursor *cursor;
	bool end;  /* the cursor is behind the last entry of the chunk … */
	bool last; /* … and of the table: more fits at the end of its page */
	struct buf value;
};

static bool in_chunk(const struct remake *remake, MDB_val k)
{
	struct place from = place_chunk(remake->chunk);

	return k.mv_size >= 2 && memcmp(k.mv_data, from.bytes, 2) == 0;
}

/* Which comes first: what stands under the cursor, or a key; 0: the same. */
static int order(MDB_val k, struct place at)
{
	size_t len = k.mv_size < at.len ? k.mv_size : at.len;
	int order = memcmp(k.mv_data, at.bytes, len);

	return order ? order : (k.mv_size > at.len) - (k.mv_size < at.len);
}

static int move(struct remake *remake, MDB_val *k, MDB_val *value, unsigned how)
{
	int rc = mdb_cursor_get(remake->cursor, k, value, how);

	remake->last = rc == MDB_NOTFOUND;
	remake->end = remake->last || (!rc && !in_chunk(remake, *k));
	return rc == MDB_NOTFOUND ? 0 : rc;
}

/* Take away what stands before a key; *same when the value there is right. */
static int clear_before(struct remake *remake, struct place at, bool *same)
{
	MDB_val k, value;
	int rc = 0;

	*same = false;
	if (!remake->end)
		rc = move(remake, &k, &value, MDB_GET_CURRENT);
	while (!rc && !remake->end && order(k, at) < 0) {
		rc = mdb_cursor_del(remake->cursor, 0);
		/* The next one stands there, if there is one on the page. */
		if (!rc)
			rc = move(remake, &k, &value, MDB_NEXT);
	}
	if (!rc && !remake->end && order(k, at) == 0)
		*same = value.mv_size == remake->value.len &&
			memcmp(value.mv_data, remake->value.data,
			       value.mv_size) == 0;
	return rc;
}

static int put(struct remake *remake, struct place at)
{
	MDB_val k = {at.len, at.bytes}, value;
	bool same;
	int rc = clear_before(remake, at, &same);

	if (!rc && !same) {
		value = (MDB_val){remake->value.len, remake->value.data};
		rc = mdb_cursor_put(remake->cursor, &k, &value,
				    remake->last ? MDB_APPEND : 0);
	}
	/* Behind it, also where it is new: what was there comes next. */
	return rc ? rc : move(remake, &k, &value, MDB_NEXT);
}

static int put_lists(struct remake *remake)
{
	size_t count;
	struct gram_entry *lists = gram_build_sorted(&remake->build, &count);
	int rc = 0;

	for (size_t i = 0; !rc && i < count; i++) {
		struct place at = place_gram(remake->chunk, lists[i].name);
		struct slice name = {(const char *)at.bytes, at.len};

		posting_encode(name, lists[i].slots, lists[i].count,
			       lists[i].common, &remake->value);
		rc = put(remake, at);
	}
	free(lists);
	return rc;
}

static int put_all(struct remake *remake)
{
	struct place from = place_chunk(remake->chunk);
	struct place behind = place_chunk(remake->chunk + 1);
	MDB_val k = {from.len, from.bytes}, value;
	bool same;
	int rc = move(remake, &k, &value, MDB_SET_RANGE);

	gram_head_encode(remake->chunk, remake->indexed, NULL, 0,
			 &remake->value);
	if (!rc)
		rc = put(remake, from);
	if (!rc)
		rc = put_lists(remake);
	behind.len = 2;
	return rc ? rc : clear_before(remake, behind, &same);
}

static bool write_chunk(struct remake *remake)
{
	struct store *store = remake->store;
	int rc = begin_txn(store, 0, &remake->txn);

	if (rc)
		return false;
	rc = mdb_cursor_open(remake->txn, store->tables[TABLE_GRAMS],
			     &remake->cursor);
	if (!rc)
		rc = put_all(remake);
	if (rc) {
		mdb_txn_abort(remake->txn);
		return false;
	}
	rc = mdb_txn_commit(remake->txn);
	/* LMDB answers nothing more in this environment then. */
	if (rc)
		env_drop(store);
	return !rc;
}

static bool make_chunk(struct store *store, uint32_t chunk,
		       struct progress *progress)
{
	struct remake remake = {.store = store, .chunk = chunk};
	struct reading *reading;
	struct err why;

	if (!reading_begin(store, &reading, &why))
		return false;
	remake.indexed = gram_used(reading->state.slots, chunk);
	watch_begin(watch_budget(store, remake.indexed));
	bool ok = sample(&remake.build, reading, chunk, remake.indexed) &&
		  add_slots(&remake.build, reading, chunk, remake.indexed, 1,
			    progress);
	reading_end(reading);
	watch_begin(watch_budget(store, remake.indexed));
	ok = ok && write_chunk(&remake);
	watch_end();
	gram_build_free(&remake.build);
	buf_free(&remake.value);
	return ok;
}

/* How many texts are pending in all; *most: the chunk that has most of them. */
static uint64_t pending(struct store *store, uint32_t *most)
{
	uint64_t sum = 0, highest = 0;
	struct reading *reading;
	struct gram_head head;
	struct err why;

	if (!reading_begin(store, &reading, &why))
		return 0;
	for (uint32_t i = 0; i < gram_chunks(reading->state.slots); i++) {
		uint32_t used = gram_used(reading->state.slots, i), here;

		if (!gram_head_get(store, reading->txn, i, &head) ||
		    head.indexed > used)
			continue; /* it was told of, or will be */
		here = head.stale + used - head.indexed;
		sum += here;
		if (here > highest) {
			highest = here;
			*most = i;
		}
	}
	reading_end(reading);
	return sum;
}

void gram_settle(struct store *store, struct progress *progress)
{
	uint32_t chunk = 0;
	uint64_t left = pending(store, &chunk);

	if (left <= store->pending_most)
		return;
	progress_phase(progress, "已保存，正在建检索索引", "件", left);
	while (left > store->pending_most / 2 &&
	       make_chunk(store, chunk, progress))
		left = pending(store, &chunk);
}
