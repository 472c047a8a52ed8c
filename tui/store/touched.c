#include "store/touched.h"

#include "store/internal.h"

static void give_keys(MDB_cursor *cursor, uint32_t batch, key_fn *each,
		      void *arg)
{
	struct place from = place_pair(batch, 0);
	MDB_val at = {.mv_size = from.len, .mv_data = from.bytes}, value;
	int rc = mdb_cursor_get(cursor, &at, &value, MDB_SET_RANGE);
	key last = KEY_NONE;

	/* A damaged tree may lead in circles. */
	while (!rc && place_id(at, 0) == batch && place_id(at, 4) > last) {
		last = place_id(at, 4);
		each(arg, last);
		rc = mdb_cursor_get(cursor, &at, &value, MDB_NEXT);
	}
}

void reading_touched(const struct reading *reading, uint32_t batch,
		     key_fn *each, void *arg)
{
	MDB_cursor *cursor;
	struct err why;
	int rc = mdb_cursor_open(reading->txn,
				 reading->store->tables[TABLE_EVENTS], &cursor);

	if (rc) {
		store_failed(&why, rc, reading->store->dir);
		sound_doubt(reading, &why);
		return;
	}
	give_keys(cursor, batch, each, arg);
	mdb_cursor_close(cursor);
}

uint32_t reading_before(const struct reading *reading, key k, uint32_t batch)
{
	struct slice bytes;
	struct entry entry;
	struct err why;
	int rc = table_get(reading->store, reading->txn, TABLE_EVENTS,
			   place_pair(batch, k), &bytes);

	/* An event follows those before it: it never leads in circles. */
	if (!rc && entry_decode(batch, k, bytes, &entry) &&
	    entry.previous < batch)
		return entry.previous;
	store_damaged(&why, k, "历史");
	sound_doubt(reading, &why);
	return 0;
}
