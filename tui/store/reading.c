#include "store/internal.h"

#include <string.h>

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
	int rc = reading->txn ? mdb_txn_renew(reading->txn)
			      : begin_txn(store, MDB_RDONLY, &reading->txn);
	if (rc == MDB_MAP_RESIZED) {
		mdb_txn_abort(reading->txn);
		rc = begin_txn(store, MDB_RDONLY, &reading->txn);
	}
	if (rc)
		return store_failed(err, rc, store->dir);
	if (!state_load(store, reading->txn, &reading->state, err) ||
	    !may_read(reading, err)) {
		mdb_txn_reset(reading->txn);
		return false;
	}
	memset(reading->verified, 0, sizeof(reading->verified));
	reading->open = true;
	*out = reading;
	return true;
}

void reading_end(struct reading *reading)
{
	if (!reading || !reading->open)
		return;
	mdb_txn_reset(reading->txn);
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
	uint32_t slots = reading->state.slots;

	for (uint32_t at = 0; at < slots; at++) {
		const uint32_t *keys =
			reading_chunk(reading, COLUMN_KEY, at / CHUNK_SLOTS);

		if (keys[at % CHUNK_SLOTS] == k) {
			*slot = at;
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

	switch (record_find(reading->store, reading->txn, k, &bytes, slot,
			    &removed)) {
	case FOUND_YES:
		return !removed;
	case FOUND_DAMAGED:
		return find_in_column(reading, k, slot);
	case FOUND_NOT:
		break;
	}
	return false;
}

/* One step of reading_next(); the value at the cursor. */
static bool take(const struct reading *reading, MDB_val at, MDB_val value,
		 uint32_t *slot)
{
	struct slice bytes = {value.mv_data, value.mv_size};
	key k = place_id(at, 0);
	bool removed;

	if (record_head(k, bytes, slot, &removed))
		return !removed;
	return find_in_column(reading, k, slot);
}

bool reading_next(const struct reading *reading, key k, uint32_t *slot)
{
	struct place from = place_of(k);
	MDB_val at = {.mv_size = from.len, .mv_data = from.bytes}, value;
	MDB_cursor *cursor;
	bool found = false;

	if (mdb_cursor_open(reading->txn, reading->store->tables[TABLE_RECORDS],
			    &cursor))
		return false;
	int rc = mdb_cursor_get(cursor, &at, &value, MDB_SET_RANGE);
	while (!rc && !(found = take(reading, at, value, slot)))
		rc = mdb_cursor_get(cursor, &at, &value, MDB_NEXT);
	mdb_cursor_close(cursor);
	return found;
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

/* The fields that change without the record, and who changed it. */
static bool load_columns(const struct reading *reading, uint32_t slot,
			 struct arena *arena, struct proposal *out,
			 struct err *err)
{
	struct store *store = reading->store;
	uint32_t status;
	struct batch batch;

	if (!column_value(reading, COLUMN_STATUS, slot, &status) ||
	    !column_value(reading, COLUMN_REVISION, slot, &out->revision) ||
	    !column_value(reading, COLUMN_BATCH, slot, &out->batch))
		return store_damaged(err, out->key, "状态");
	if (!dict_load(store, reading->txn, DICT_STATUS,
		       reading->state.dicts[DICT_STATUS], err))
		return false;
	const char *code = dict_code(&store->dicts[DICT_STATUS], status);
	if (!code)
		return store_damaged(err, out->key, "状态");
	out->status = arena_str(arena, code, strlen(code));
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
	struct record record;
	key k = KEY_NONE;
	struct err why;

	if (!record_load(reading, slot, &record, &k, err))
		return false;
	if (record.removed) {
		char label[64];

		key_label(k, 0, label);
		return err_set(err, ERR_NOT_FOUND, "%s已被撤销，不再存在",
			       label);
	}
	if (!content_proposal(&record.content, k, arena, out, &why))
		return store_damaged(err, k, "记录");
	return load_columns(reading, slot, arena, out, err);
}
