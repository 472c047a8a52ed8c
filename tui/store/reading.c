#include "store/history.h"

#include <string.h>

#include "store/watch.h"

static bool may_read(struct reading *reading, struct err *err)
{
	const struct store *store = reading->store;

	return user_find(store, reading->txn, store->uid, &reading->access,
			 err) &&
	       access_may(reading->access, ACTION_READ, PHASE_COUNT, err);
}

bool reading_begin(struct store *store, struct reading **out, struct err *err)
{
	struct reading *reading = &store->reading;

	if (reading->open)
		return err_set(err, ERR_INTERNAL,
			       "程序错误：上一次读取没有结束");
	if (!env_reopen(store, err) || !file_same(store, err))
		return false;
	watch_begin(watch_budget(store, 0));
	int rc = reading->txn ? mdb_txn_renew(reading->txn)
			      : begin_txn(store, MDB_RDONLY, &reading->txn);
	if (rc == MDB_MAP_RESIZED) {
		mdb_txn_abort(reading->txn);
		rc = begin_txn(store, MDB_RDONLY, &reading->txn);
	}
	if (rc || !file_newest(store, reading->txn, false, err) ||
	    !state_load(store, reading->txn, &reading->state, err) ||
	    !may_read(reading, err)) {
		watch_end();
		if (rc)
			return store_failed(err, rc, store->dir);
		mdb_txn_reset(reading->txn);
		return false;
	}
	sound_begin(reading);
	reading->open = true;
	*out = reading;
	return true;
}

void reading_end(struct reading *reading)
{
	if (!reading || !reading->open)
		return;
	mdb_txn_reset(reading->txn);
	watch_end();
	reading->open = false;
}

enum access reading_access(const struct reading *reading)
{
	return reading->access;
}

uint32_t reading_uid(const struct reading *reading)
{
	return reading->store->uid;
}

const unsigned char *reading_chain(const struct reading *reading)
{
	return reading->state.chain;
}

uint64_t reading_version(const struct reading *reading)
{
	return mdb_txn_id(reading->txn);
}

uint32_t reading_slots(const struct reading *reading)
{
	return reading->state.slots;
}

enum found record_find(const struct store *store, MDB_txn *txn, key k,
		       struct slice *bytes, uint32_t *slot, bool *removed)
{
	int rc = table_get(store, txn, TABLE_RECORDS, place_of(k), bytes);

	if (rc == MDB_NOTFOUND)
		return FOUND_NOT;
	if (rc || !record_head(k, *bytes, slot, removed))
		return FOUND_DAMAGED;
	return FOUND_YES;
}

bool column_find_key(const struct reading *reading, key k, uint32_t *slot)
{
	uint32_t slots = reading->state.slots, used;

	for (uint32_t chunk = 0; (used = chunk_used(slots, chunk)); chunk++) {
		const uint32_t *keys =
			reading_chunk(reading, COLUMN_KEY, chunk);

		for (uint32_t at = 0; at < used; at++) {
			if (keys[at] != k)
				continue;
			*slot = chunk * CHUNK_SLOTS + at;
			return true;
		}
	}
	return false;
}

/*
 * A proposal whose record is damaged is still there, and reading it says so:
 * the column of keys knows its slot.
 */
static bool find_in_column(const struct reading *reading, key k, uint32_t *slot)
{
	return column_find_key(reading, k, slot) &&
	       reading_value(reading, COLUMN_SESSION, *slot);
}

bool reading_find(const struct reading *reading, key k, uint32_t *slot)
{
	struct slice bytes;
	bool removed;

	enum found found = record_find(reading->store, reading->txn, k, &bytes,
				       slot, &removed);
	if (found == FOUND_DAMAGED)
		return find_in_column(reading, k, slot);
	return found == FOUND_YES && !removed;
}

static void doubt_table(const struct reading *reading, int rc)
{
	struct err why;

	if (rc)
		store_failed(&why, rc, reading->store->dir);
	else
		store_broken(&why, "记录");
	sound_doubt(reading, &why);
}

/* A tree that leads in circles, or to a proposal which stands elsewhere. */
static bool out_of_order(const struct reading *reading, key least, key k,
			 uint32_t slot)
{
	uint32_t own;

	if (k >= least &&
	    (slot == NO_SLOT ||
	     (column_value(reading, COLUMN_KEY, slot, &own) && own == k)))
		return false;
	doubt_table(reading, 0);
	return true;
}

/* One step of reading_next(); the value at the cursor. */
static bool take(const struct reading *reading, key k, struct slice bytes,
		 uint32_t *slot)
{
	bool removed;

	if (record_head(k, bytes, slot, &removed))
		return !removed;
	return find_in_column(reading, k, slot);
}

/* True at the end, and when one is found: *slot, else NO_SLOT. */
static bool step(const struct reading *reading, key *least, MDB_val at,
		 MDB_val value, uint32_t *slot)
{
	key k = place_id(at, 0);
	struct slice bytes = {value.mv_data, value.mv_size};
	bool found = take(reading, k, bytes, slot);

	if (!found)
		*slot = NO_SLOT;
	if (out_of_order(reading, *least, k, *slot)) {
		*slot = NO_SLOT;
		return true;
	}
	*least = k + 1;
	return found || !*least;
}

bool reading_next(const struct reading *reading, key k, uint32_t *slot)
{
	struct place from = place_of(k);
	MDB_val at = {.mv_size = from.len, .mv_data = from.bytes}, value;
	MDB_cursor *cursor;

	*slot = NO_SLOT;
	int rc = mdb_cursor_open(
		reading->txn, reading->store->tables[TABLE_RECORDS], &cursor);
	if (rc) {
		doubt_table(reading, rc);
		return false;
	}
	rc = mdb_cursor_get(cursor, &at, &value, MDB_SET_RANGE);
	while (!rc && !step(reading, &k, at, value, slot))
		rc = mdb_cursor_get(cursor, &at, &value, MDB_NEXT);
	mdb_cursor_close(cursor);
	if (rc && rc != MDB_NOTFOUND)
		doubt_table(reading, rc);
	return *slot != NO_SLOT;
}

static void doubt_record(const struct reading *reading, key k)
{
	struct err why;

	store_damaged(&why, k, "记录");
	sound_doubt(reading, &why);
}

static bool wanted(const key *keys, size_t count, key k)
{
	size_t from = 0;

	while (from < count) {
		size_t middle = from + (count - from) / 2;

		if (keys[middle] == k)
			return true;
		if (keys[middle] < k)
			from = middle + 1;
		else
			count = middle;
	}
	return false;
}

void reading_prove_absent(const struct reading *reading, const key *keys,
			  size_t count)
{
	uint32_t slots = count ? reading->state.slots : 0, used;

	for (uint32_t chunk = 0; (used = chunk_used(slots, chunk)); chunk++) {
		const uint32_t *have =
			reading_chunk(reading, COLUMN_KEY, chunk);
		const uint8_t *there =
			reading_chunk(reading, COLUMN_SESSION, chunk);

		for (uint32_t at = 0; at < used; at++)
			if (there[at] && have[at] >= keys[0] &&
			    have[at] <= keys[count - 1] &&
			    wanted(keys, count, have[at]))
				doubt_record(reading, have[at]);
	}
}

bool record_load(const struct reading *reading, uint32_t slot,
		 struct record *out, key *k, struct err *err)
{
	struct slice bytes;
	uint32_t id;

	if (slot >= reading->state.slots)
		return err_set(err, ERR_NOT_FOUND, "没有这件提案");
	if (!column_value(reading, COLUMN_KEY, slot, &id))
		return store_broken(err, "编号列");
	*k = id;
	int rc = table_get(reading->store, reading->txn, TABLE_RECORDS,
			   place_of(id), &bytes);
	if (rc && rc != MDB_NOTFOUND)
		return store_failed(err, rc, reading->store->dir);
	if (rc || !record_decode(id, bytes, out) || out->slot != slot)
		return store_damaged(err, id, "记录");
	return true;
}

/* Who changed it last. */
static bool load_changer(const struct reading *reading, struct arena *arena,
			 struct proposal *out, struct err *err)
{
	struct batch batch;

	if (!reading_batch(reading, out->batch, arena, &batch, err))
		return store_damaged(err, out->key, "批次");
	out->changed_at = batch.at;
	out->changed_by = batch.who.name;
	return true;
}

bool reading_proposal(const struct reading *reading, uint32_t slot,
		      struct arena *arena, struct proposal *out,
		      struct err *err)
{
	struct present present;
	struct err why;

	if (!present_load(reading, slot, &present, err) ||
	    !present_proved(reading, &present, err))
		return false;
	if (present.record.removed) {
		char label[64];

		key_label(present.key, 0, label);
		return err_set(err, ERR_NOT_FOUND, "%s已被撤销，不再存在",
			       label);
	}
	if (!content_proposal(&present.record.content, present.key, arena, out,
			      &why))
		return store_damaged(err, present.key, "记录");
	out->status = arena_str(arena, present.status.text, present.status.len);
	out->revision = present.revision;
	out->batch = present.batch;
	return load_changer(reading, arena, out, err);
}
