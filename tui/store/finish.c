#include <errno.h>
#include <string.h>

#include "base/crash.h"
#include "store/room.h"
#include "store/work.h"

static bool put_batch(struct work *work, const struct batch *batch,
		      const struct stamp *stamp, struct err *err)
{
	batch_encode(batch, stamp, &work->value);
	int rc = table_put(work->store, work->txn, TABLE_BATCHES,
			   place_of(batch->number), &work->value);
	return rc ? store_failed(err, rc, work->store->dir) : true;
}

static bool mark_undone(struct work *work, uint32_t number, struct err *err)
{
	struct arena arena = {0};
	struct stamp stamp;
	struct batch batch;
	struct slice bytes;
	bool ok = false;
	int rc = table_get(work->store, work->txn, TABLE_BATCHES,
			   place_of(number), &bytes);

	if (rc == MDB_NOTFOUND)
		err_set(err, ERR_NOT_FOUND, "没有批次 %u", (unsigned)number);
	else if (rc)
		store_failed(err, rc, work->store->dir);
	else if (!batch_decode(number, bytes, &arena, &batch, &stamp))
		store_broken(err, "批次");
	else if (batch.undone_by)
		err_set(err, ERR_REFUSED, "批次 %u 已由批次 %u 撤销",
			(unsigned)number, (unsigned)batch.undone_by);
	else if (batch.kind == BATCH_USER)
		err_set(err, ERR_REFUSED,
			"批次 %u 改的是用户权限，不能撤销，请用 proposals user "
			"role 改回",
			(unsigned)number);
	else if (authorize_undo(work, &batch, err)) {
		batch.undone_by = work->batch;
		ok = put_batch(work, &batch, &stamp, err);
	}
	arena_free(&arena);
	return ok;
}

bool finish_state(struct work *work, struct err *err)
{
	work->state.last_batch = work->batch;
	memcpy(work->state.chain, work->chain.last, sizeof(work->state.chain));
	state_encode(&work->state, &work->value);
	int rc = table_put(work->store, work->txn, TABLE_META,
			   place_name("state"), &work->value);
	return rc ? store_failed(err, rc, work->store->dir) : true;
}

static struct batch batch_of(const struct work *work)
{
	const struct commit *commit = work->commit;
	struct batch batch = {
		.number = work->batch,
		.kind = commit->kind,
		.at = work->at,
		.who = commit->who,
		.note = commit->note,
		.summary = commit->summary,
		.count = (uint32_t)work->out->changed,
		.undoes = commit->undoes,
	};

	if (commit->grant)
		batch.grant = *commit->grant;
	return batch;
}

/* The link of the chain has to be made before the batch can carry it. */
static bool put_new_batch(struct work *work, struct err *err)
{
	struct batch batch = batch_of(work);
	struct stamp stamp;

	chain_batch(&work->chain, &batch, work->operation, &work->value);
	memcpy(stamp.operation, work->operation, sizeof(stamp.operation));
	memcpy(stamp.chain, work->chain.last, sizeof(stamp.chain));
	return put_batch(work, &batch, &stamp, err);
}

bool finish_batch(struct work *work, struct err *err)
{
	const struct commit *commit = work->commit;

	work->wrote = work->out->changed || commit->grant;
	if (!work->wrote)
		return true;
	if (commit->undoes && !mark_undone(work, commit->undoes, err))
		return false;
	if (commit->grant && !grant_apply(work, err))
		return false;
	return put_new_batch(work, err) && draft_flush(work, err) &&
	       finish_state(work, err);
}

void finish_nothing(struct work *work)
{
	if (work->txn)
		mdb_txn_abort(work->txn);
	work->txn = NULL;
	for (int i = 0; i < DICT_COUNT && work->before.dicts[i]; i++)
		dict_cut(&work->store->dicts[i], work->before.dicts[i]);
}

#define UNSURE "不能确定是否已保存，请重新登录后查看批次"

/* For a way out that cannot ask any more. */
static void note_saved(const struct store *store)
{
	if (store->saved)
		crash_note("已保存：批次 %u 和在它之前的修改",
			   (unsigned)store->saved);
	else
		crash_note("没有保存任何修改");
}

/*
 * LMDB does not know itself whether a failed commit is on disk, and answers
 * nothing more in this environment. A new one knows.
 */
static bool settle(struct work *work, int rc, struct err *err)
{
	struct store *store = work->store;
	struct reading *reading;
	struct err why;

	env_drop(store);
	finish_nothing(work);
	if (!reading_begin(store, &reading, &why))
		return err_set(err, ERR_STORE, "保存时出错，" UNSURE "：%s",
			       why.text);
	work->batch = reading_operation(reading, work->operation);
	reading_end(reading);
	if (work->batch)
		return true;
	note_saved(store);
	return store_failed(err, room_why(store, rc), "未保存");
}

bool finish_commit(struct work *work, struct err *err)
{
	MDB_txn *txn = work->txn;

	work->txn = NULL;
	crash_note(UNSURE);
	int rc = mdb_txn_commit(txn);
	if (rc && !settle(work, rc, err))
		return false;
	work->store->saved = work->batch;
	note_saved(work->store);
	work->out->batch = work->batch;
	room_make(work->store);
	return true;
}
