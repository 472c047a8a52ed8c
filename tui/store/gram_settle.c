#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/progress.h"
#include "store/gram_make.h"
#include "store/gram_store.h"
#include "store/posting.h"
#include "store/room.h"
#include "store/watch.h"

/* A chunk while it is written. */
struct remake {
	struct store *store;
	uint32_t chunk, indexed;
	const struct gram_make *made;
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
	struct gram_entry *lists =
		gram_build_sorted(&remake->made->build, &count);
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

/* Who changed something while the index was made is not in it. */
static bool encode_head(struct remake *remake)
{
	const uint32_t *then = remake->made->revisions;
	uint32_t *now = mem_array(GRAM_SLOTS, sizeof(*now));
	uint16_t *stale = mem_array(GRAM_SLOTS, sizeof(*stale));
	uint32_t count = 0;
	bool ok = gram_revisions(remake->store, remake->txn, remake->chunk,
				 remake->indexed, now);

	for (uint32_t at = 0; ok && at < remake->indexed; at++)
		if (now[at] != then[at])
			stale[count++] = (uint16_t)at;
	if (ok)
		gram_head_encode(remake->chunk, remake->indexed, stale, count,
				 &remake->value);
	free(now);
	free(stale);
	return ok;
}

static int put_all(struct remake *remake)
{
	struct place from = place_chunk(remake->chunk);
	struct place behind = place_chunk(remake->chunk + 1);
	MDB_val k = {from.len, from.bytes}, value;
	bool same;
	int rc = move(remake, &k, &value, MDB_SET_RANGE);

	if (!encode_head(remake))
		return MDB_CORRUPTED;
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
	struct err why;
	int rc = begin_txn(store, 0, &remake->txn);

	if (rc)
		return false;
	if (!file_newest(store, remake->txn, true, &why)) {
		mdb_txn_abort(remake->txn);
		return false;
	}
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
	else
		room_make(store);
	return !rc;
}

/* With the gate, for no longer than it takes to write. */
static bool write_made(struct store *store, struct gram_make *make,
		       const struct who *who)
{
	struct remake remake = {.store = store,
				.chunk = make->chunk,
				.indexed = make->indexed,
				.made = make};
	struct err why;
	bool ok = make->ok &&
		  (store->aside ||
		   gate_enter(&store->gate, store->dir, who, NULL, NULL, &why));

	if (ok) {
		ok = file_same(store, &why) && write_chunk(&remake);
		if (!store->aside)
			gate_leave(&store->gate);
	}
	gram_make_free(make);
	buf_free(&remake.value);
	return ok;
}

/* Texts that are pending, in all and where most of them are. */
struct pending {
	uint64_t sum;
	struct gram_make worst[GRAM_MAKERS];
	uint64_t counts[GRAM_MAKERS];
	size_t chunks; /* in worst[] */
};

static void add_pending(struct pending *pending, const struct store *store,
			uint32_t chunk, uint32_t used, uint64_t count)
{
	size_t at = pending->chunks;

	pending->sum += count;
	while (at && pending->counts[at - 1] < count)
		at--;
	if (!count || at == GRAM_MAKERS)
		return;
	pending->chunks += pending->chunks < GRAM_MAKERS;
	for (size_t i = pending->chunks - 1; i > at; i--) {
		pending->worst[i] = pending->worst[i - 1];
		pending->counts[i] = pending->counts[i - 1];
	}
	pending->worst[at] = (struct gram_make){
		.store = store, .chunk = chunk, .indexed = used};
	pending->counts[at] = count;
}

static struct pending find_pending(struct store *store)
{
	struct pending pending = {0};
	struct reading *reading;
	struct gram_head head;
	struct err why;

	if (!reading_begin(store, &reading, &why))
		return pending;
	for (uint32_t i = 0; i < gram_chunks(reading->state.slots); i++) {
		uint32_t used = gram_used(reading->state.slots, i);

		/* Otherwise it was told of, or will be. */
		if (gram_head_get(store, reading->txn, i, &head) &&
		    head.indexed <= used)
			add_pending(&pending, store, i, used,
				    (uint64_t)head.stale + used - head.indexed);
	}
	reading_end(reading);
	return pending;
}

/* False: no use in going on. */
static bool make_worst(struct store *store, struct pending *pending,
		       const struct who *who, struct progress *progress)
{
	uint32_t slots = 0;
	bool ok = true;

	for (size_t i = 0; i < pending->chunks; i++)
		slots += pending->worst[i].indexed;
	watch_begin(watch_budget(store, slots));
	gram_make_all(pending->worst, pending->chunks, progress);
	for (size_t i = 0; i < pending->chunks; i++)
		ok &= write_made(store, &pending->worst[i], who);
	watch_end();
	return ok;
}

void gram_settle(struct store *store, const struct who *who,
		 struct progress *progress)
{
	struct pending pending = find_pending(store);

	if (pending.sum <= store->pending_most)
		return;
	progress_final(progress, "已保存，正在建检索索引", "件", pending.sum);
	while (pending.sum > store->pending_most / 2 &&
	       make_worst(store, &pending, who, progress))
		pending = find_pending(store);
}
