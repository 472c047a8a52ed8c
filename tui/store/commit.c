#include "store/commit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/clock.h"
#include "base/mem.h"
#include "store/work.h"

enum { PROGRESS_EVERY = 1024, CHECK_READERS_EVERY = 64 };

static int by_key(const void *a, const void *b)
{
	const struct edit *x = a, *y = b;

	return (x->key > y->key) - (x->key < y->key);
}

static bool edit_sound(const struct edit *edit)
{
	key k = edit->key;

	if (k == KEY_NONE || key_make(key_session(k), key_number(k)) != k)
		return false;
	return edit->kind != EDIT_PUT || edit->next->key == k;
}

static bool sort_edits(const struct commit *commit, struct err *err)
{
	struct edit *edits = commit->edits;
	size_t at = 1;

	while (at < commit->count && by_key(&edits[at - 1], &edits[at]) < 0)
		at++;
	if (at < commit->count)
		qsort(edits, commit->count, sizeof(*edits), by_key);
	for (size_t i = 0; i < commit->count; i++)
		if (!edit_sound(&edits[i]) ||
		    (i && edits[i].key == edits[i - 1].key))
			return err_set(
				err, ERR_INTERNAL,
				"程序错误：修改清单里有重复或无效的编号");
	return true;
}

static bool random_operation(struct work *work, struct err *err)
{
	size_t size = sizeof(work->operation);

	if (getrandom(work->operation, size, 0) == (ssize_t)size)
		return true;
	return store_failed(err, errno, work->store->dir);
}

static int last_key(struct work *work)
{
	MDB_val k, value;
	int rc = mdb_cursor_get(work->records, &k, &value, MDB_LAST);

	if (!rc)
		work->last_key = place_id(k, 0);
	return rc == MDB_NOTFOUND ? 0 : rc;
}

static bool begin(struct work *work, struct err *err)
{
	struct store *store = work->store;
	size_t most = work->commit->count;

	if (!file_same(store, err) || !random_operation(work, err))
		return false;
	int rc = begin_txn(store, 0, &work->txn);
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
	work->state = work->before;
	work->batch = work->before.last_batch + 1;
	work->at = clock_now();
	work->chunk_count =
		(work->before.slots + (uint32_t)most) / CHUNK_SLOTS + 1;
	work->slots = mem_array(most, sizeof(*work->slots));
	return true;
}

/* The slot of an edit's proposal, and the revision that it has now. */
static bool look_up(struct work *work, const struct edit *edit, uint32_t *slot,
		    uint32_t *revision, struct err *err)
{
	struct slice bytes;
	uint32_t k;
	bool removed;

	*slot = NO_SLOT;
	*revision = 0;
	switch (record_find(work->store, work->txn, edit->key, &bytes, slot,
			    &removed)) {
	case FOUND_NOT:
		return true;
	case FOUND_DAMAGED:
		return store_damaged(err, edit->key, "记录");
	case FOUND_YES:
		break;
	}
	if (*slot >= work->before.slots)
		return store_damaged(err, edit->key, "记录");
	if (!draft_get(work, COLUMN_KEY, *slot, &k, err) ||
	    !draft_get(work, COLUMN_REVISION, *slot, revision, err))
		return false;
	if (k != edit->key)
		return store_damaged(err, edit->key, "记录");
	if (removed)
		*revision = 0;
	return true;
}

/* Say which proposal it was, where the sentence does not. */
static bool name_edit(const struct edit *edit, struct err *err)
{
	char label[64];

	key_label(edit->key, 0, label);
	return strstr(err->text, label) ? false : err_in(err, "%s", label);
}

/* Only a put can have something to do where nothing is. */
static bool stale(const struct edit *edit, uint32_t revision)
{
	return edit->revision != revision ||
	       (!revision && edit->kind != EDIT_PUT);
}

static bool compare_revisions(struct work *work, struct err *err)
{
	const struct commit *commit = work->commit;
	struct committed *out = work->out;

	for (size_t i = 0; i < commit->count; i++) {
		const struct edit *edit = &commit->edits[i];
		uint32_t revision;

		if (!look_up(work, edit, &work->slots[i], &revision, err))
			return name_edit(edit, err);
		if (!stale(edit, revision))
			continue;
		if (!out->conflicts)
			out->conflicts =
				mem_array(commit->count - i, sizeof(key));
		out->conflicts[out->conflict_count++] = edit->key;
	}
	if (!out->conflict_count)
		return true;
	return err_set(err, ERR_CONFLICT,
		       "有 %zu 件提案刚被他人修改过，没有保存，请重新查看",
		       out->conflict_count);
}

static bool proceed(const struct commit *commit, size_t done, struct err *err)
{
	if (!commit->progress || done % PROGRESS_EVERY ||
	    commit->progress(commit->progress_arg, done))
		return true;
	return err_set(err, ERR_REFUSED, "已取消，没有保存");
}

static bool apply_edits(struct work *work, struct err *err)
{
	const struct commit *commit = work->commit;

	for (size_t i = 0; i < commit->count; i++) {
		const struct edit *edit = &commit->edits[i];
		bool changed = false;

		if (!apply_edit(work, edit, work->slots[i], &changed, err))
			return name_edit(edit, err);
		work->out->changed += changed;
		if (!proceed(commit, i + 1, err))
			return false;
	}
	return true;
}

static bool put_batch(struct work *work, const struct batch *batch,
		      const unsigned char operation[16], struct err *err)
{
	batch_encode(batch, operation, &work->value);
	int rc = table_put(work->store, work->txn, TABLE_BATCHES,
			   place_of(batch->number), &work->value);
	return rc ? store_failed(err, rc, work->store->dir) : true;
}

static bool mark_undone(struct work *work, uint32_t number, struct err *err)
{
	unsigned char operation[16];
	struct arena arena = {0};
	struct batch batch;
	struct slice bytes;
	bool ok = false;
	int rc = table_get(work->store, work->txn, TABLE_BATCHES,
			   place_of(number), &bytes);

	if (rc == MDB_NOTFOUND)
		err_set(err, ERR_NOT_FOUND, "没有批次 %u", (unsigned)number);
	else if (rc)
		store_failed(err, rc, work->store->dir);
	else if (!batch_decode(number, bytes, &arena, &batch, operation))
		store_broken(err, "批次");
	else if (batch.undone_by)
		err_set(err, ERR_REFUSED, "批次 %u 已由批次 %u 撤销",
			(unsigned)number, (unsigned)batch.undone_by);
	else {
		batch.undone_by = work->batch;
		ok = put_batch(work, &batch, operation, err);
	}
	arena_free(&arena);
	return ok;
}

static bool put_state(struct work *work, struct err *err)
{
	work->state.last_batch = work->batch;
	state_encode(&work->state, &work->value);
	int rc = table_put(work->store, work->txn, TABLE_META,
			   place_name("state"), &work->value);
	return rc ? store_failed(err, rc, work->store->dir) : true;
}

static bool finish(struct work *work, struct err *err)
{
	const struct commit *commit = work->commit;
	const struct batch batch = {
		.number = work->batch,
		.kind = commit->kind,
		.at = work->at,
		.who = commit->who,
		.note = commit->note,
		.summary = commit->summary,
		.count = (uint32_t)work->out->changed,
		.undoes = commit->undoes,
	};

	if (!work->out->changed)
		return true;
	if (commit->undoes && !mark_undone(work, commit->undoes, err))
		return false;
	return put_batch(work, &batch, work->operation, err) &&
	       draft_flush(work, err) && put_state(work, err);
}

static void abort_work(struct work *work)
{
	if (work->txn)
		mdb_txn_abort(work->txn);
	work->txn = NULL;
	for (int i = 0; i < DICT_COUNT && work->before.dicts[i]; i++)
		dict_cut(&work->store->dicts[i], work->before.dicts[i]);
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
	abort_work(work);
	if (!reading_begin(store, &reading, &why))
		return err_set(err, ERR_STORE,
			       "保存时出错，不能确定是否已保存，请重新登录后"
			       "查看批次：%s",
			       why.text);
	work->batch = reading_operation(reading, work->operation);
	reading_end(reading);
	return work->batch ||
	       store_failed(err, file_why(store, rc), "没有保存");
}

static bool make_durable(struct work *work, struct err *err)
{
	MDB_txn *txn = work->txn;

	work->txn = NULL;
	int rc = mdb_txn_commit(txn);
	if (rc && !settle(work, rc, err))
		return false;
	work->out->batch = work->batch;
	file_make_room(work->store);
	return true;
}

static void free_work(struct work *work)
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

/* Readers that were killed keep the file growing. */
static void forget_dead_readers(struct store *store, uint32_t batch)
{
	int dead;

	if (batch % CHECK_READERS_EVERY == 0)
		(void)mdb_reader_check(store->env, &dead);
}

bool store_commit(struct store *store, const struct commit *commit,
		  struct committed *out, struct err *err)
{
	struct work work = {.store = store, .commit = commit, .out = out};

	memset(out, 0, sizeof(*out));
	if (store->mode == STORE_READ_ONLY)
		return err_set(err, ERR_REFUSED,
			       "提案库是只读打开的，不能保存");
	if (store->reading.open)
		return err_set(err, ERR_INTERNAL, "程序错误：读取中不能保存");
	if (!commit->count)
		return true;
	bool ok = sort_edits(commit, err) && env_reopen(store, err) &&
		  begin(&work, err) && compare_revisions(&work, err) &&
		  apply_edits(&work, err) && finish(&work, err);
	if (ok && out->changed)
		ok = make_durable(&work, err);
	else
		abort_work(&work);
	if (!ok)
		out->changed = 0;
	else if (out->batch)
		forget_dead_readers(store, out->batch);
	free_work(&work);
	return ok;
}
