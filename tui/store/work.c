#include "store/work.h"

#include <stdlib.h>

static int last_key(struct work *work)
{
	MDB_val k, value;
	int rc = mdb_cursor_get(work->records, &k, &value, MDB_LAST);

	if (!rc)
		work->last_key = place_id(k, 0);
	return rc == MDB_NOTFOUND ? 0 : rc;
}

bool work_begin(struct work *work, size_t most, struct err *err)
{
	struct store *store = work->store;
	int rc = begin_txn(store, 0, &work->txn);

	if (!rc && !file_newest(store, work->txn, true, err))
		return false;
	if (!rc)
		rc = mdb_cursor_open(work->txn, store->tables[TABLE_RECORDS],
				     &work->records);
	if (!rc)
		rc = mdb_cursor_open(work->txn, store->tables[TABLE_EVENTS],
				     &work->events);
	if (!rc)
		rc = last_key(work);
	if (rc)
		return store_failed(err, rc, store->dir);
	if (!state_load(store, work->txn, &work->before, err))
		return false;
	if (most > UINT32_MAX / 2 - work->before.slots)
		return err_set(err, ERR_REFUSED, "一次改得太多");
	chain_begin(&work->chain, work->before.chain);
	work->state = work->before;
	work->batch = work->before.last_batch + 1;
	work->chunk_count =
		(work->before.slots + (uint32_t)most) / CHUNK_SLOTS + 1;
	return true;
}

void work_free(struct work *work)
{
	draft_free(work);
	free(work->slots);
	buf_free(&work->memory);
	buf_free(&work->old);
	buf_free(&work->record);
	buf_free(&work->event);
	buf_free(&work->value);
	buf_free(&work->text);
}
