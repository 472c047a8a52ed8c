#include "store/commit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/progress.h"
#include "store/gram_store.h"
#include "store/room.h"
#include "store/watch.h"
#include "store/work.h"

enum { CHECK_READERS_EVERY = 64 };

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

static bool begin(struct work *work, struct err *err)
{
	struct store *store = work->store;
	size_t most = work->commit->count;

	if (!file_same(store, err) || !room_for(store, work->commit, err) ||
	    !random_operation(work, err) || !work_begin(work, most, err))
		return false;
	work->at = clock_now();
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
	enum found found = record_find(work->store, work->txn, edit->key,
				       &bytes, slot, &removed);
	if (found == FOUND_NOT)
		return true;
	if (found == FOUND_DAMAGED || *slot >= work->before.slots)
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
		       "有 %zu 件提案刚被他人修改过，未保存，请重新查看",
		       out->conflict_count);
}

static bool apply_edits(struct work *work, struct err *err)
{
	const struct commit *commit = work->commit;

	progress_phase(commit->progress, "写入", "件", commit->count);
	for (size_t i = 0; i < commit->count; i++) {
		const struct edit *edit = &commit->edits[i];
		bool changed = false;

		if (!apply_edit(work, edit, work->slots[i], &changed, err))
			return name_edit(edit, err);
		work->out->changed += changed;
		if (!progress_step(commit->progress, i + 1))
			return progress_cancelled(err);
	}
	return true;
}

/* Readers that were killed keep the file growing. */
static void forget_dead_readers(struct store *store, uint32_t batch)
{
	int dead;

	if (batch % CHECK_READERS_EVERY == 0)
		(void)mdb_reader_check(store->env, &dead);
}

/* Behind this it cannot be taken back any more. */
static bool last_word(const struct commit *commit, struct err *err)
{
	if (!progress_at(commit->progress, commit->count))
		return progress_cancelled(err);
	progress_final(commit->progress, "存到磁盘", "", 0);
	(void)progress_at(commit->progress, 0);
	return true;
}

/* With the gate in our hands. */
static bool write_it(struct work *work, struct err *err)
{
	bool ok = begin(work, err) && authorize_batch(work, err) &&
		  compare_revisions(work, err) && apply_edits(work, err) &&
		  finish_batch(work, err);

	if (ok && work->wrote && last_word(work->commit, err))
		return finish_commit(work, err);
	ok = ok && !work->wrote;
	finish_nothing(work);
	return ok;
}

static bool may_wait(void *arg)
{
	const struct commit *commit = arg;

	return progress_at(commit->progress, 0);
}

static bool write_alone(struct work *work, struct err *err)
{
	struct store *store = work->store;
	struct commit commit = *work->commit;

	progress_phase(commit.progress, progress_waiting, "", 0);
	if (!gate_enter(&store->gate, store->dir, &commit.who, may_wait,
			&commit, err))
		return false;
	watch_begin(watch_budget(store, commit.count));
	bool ok = write_it(work, err);
	watch_end();
	gate_leave(&store->gate);
	if (ok && work->wrote)
		gram_settle(store, &commit.who, commit.progress);
	return ok;
}

/* Whatever stood in the way, and whoever found it. */
static void say_unsaved(struct err *err)
{
	if (err->code == ERR_STORE && !strstr(err->text, "保存"))
		err_in(err, "未保存");
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
	if (!commit->count && !commit->grant)
		return true;
	bool ok = sort_edits(commit, err) && env_reopen(store, err) &&
		  write_alone(&work, err);
	if (!ok) {
		out->changed = 0;
		say_unsaved(err);
	} else if (out->batch) {
		forget_dead_readers(store, out->batch);
	}
	work_free(&work);
	return ok;
}
