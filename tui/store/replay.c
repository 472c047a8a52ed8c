#include "store/replay.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/privilege.h"
#include "domain/excerpt.h"
#include "store/aside.h"
#include "store/gram_store.h"
#include "store/room.h"
#include "store/swap.h"
#include "store/work.h"

/* Of one batch: more than anybody has, and what memory is taken for. */
enum { COUNT_MAX = 20000000 };

struct replay {
	struct swap swap;
	bool keep; /* the old one: it has users */
	struct store *store;

	/* The batch at hand; work.txn is NULL between two. */
	struct work work;
	struct commit commit;
	struct committed done;
	struct batch batch;
	struct arena arena; /* of the batch */
	key last;           /* of its events */

	/* By number, of batches that say so: who takes them back. */
	uint32_t *undone_by; /* owned */
	size_t count;
	size_t open; /* of them not seen yet */
};

static bool wrong_batch(const struct replay *replay, const char *what,
			struct err *err)
{
	return err_set(err, ERR_USAGE, "批次 %u %s",
		       (unsigned)replay->batch.number, what);
}

static bool wrong_event(const struct event *event, const char *what,
			struct err *err)
{
	char label[64];

	key_label(event->key, 0, label);
	return err_set(err, ERR_USAGE, "%s%s", label, what);
}

/* Users may be there already: init gives the first. */
static bool refuse_used(struct replay *replay, struct err *err)
{
	const char *dir = replay->swap.dir;
	struct reading *reading;
	struct store *old;

	if (!aside_open(&old, replay->swap.old, dir, err))
		return false;
	bool ok = reading_begin(old, &reading, err);
	if (ok) {
		replay->keep = reading->state.last_batch;
		ok = !reading->state.slots;
		if (!ok)
			err_set(err, ERR_REFUSED,
				"%s "
				"里已经有提案，整库导入只能用在空的提案库上："
				"%s",
				dir,
				privilege_held()
					? "请 root 把它移走，再用 proposals "
					  "init --system 新建"
					: "请用 proposals init 另建一个");
		reading_end(reading);
	}
	store_close(old);
	return ok;
}

bool replay_begin(struct replay **out, const char *dir, bool roles,
		  struct err *err)
{
	struct replay *replay = mem_new(sizeof(*replay));

	/* What one person had becomes the register of many. */
	roles |= privilege_held();
	*out = NULL;
	if (!swap_begin(&replay->swap, dir, false, err)) {
		free(replay);
		return false;
	}
	if (refuse_used(replay, err) &&
	    aside_create(&replay->store, replay->swap.file.fd, dir, roles,
			 err)) {
		*out = replay;
		return true;
	}
	replay_end(replay);
	return false;
}

/* Each batch that was taken back is named by the one that did it. */
static bool follow_undo(struct replay *replay, struct err *err)
{
	const struct batch *batch = &replay->batch;
	size_t size = (replay->count + 1) * sizeof(uint32_t);

	replay->undone_by = mem_resize(replay->undone_by, size);
	replay->undone_by[replay->count++] = batch->undone_by;
	replay->open += batch->undone_by != 0;
	if (!batch->undoes)
		return true;
	if (batch->undoes >= batch->number ||
	    replay->undone_by[batch->undoes - 1] != batch->number)
		return wrong_batch(replay, "与它撤销的批次对不上", err);
	replay->open--;
	return true;
}

static const char *keep(struct replay *replay, const char *text)
{
	return arena_str(&replay->arena, text, strlen(text));
}

/* The caller's texts are his only until the call returns. */
static void take_batch(struct replay *replay, const struct batch *batch)
{
	struct batch *own = &replay->batch;

	arena_free(&replay->arena);
	*own = *batch;
	own->who.name = keep(replay, batch->who.name);
	own->who.from = keep(replay, batch->who.from);
	own->note = keep(replay, batch->note);
	own->summary = keep(replay, batch->summary);
	if (batch->kind == BATCH_USER)
		own->grant.name = keep(replay, batch->grant.name);
	replay->commit = (struct commit){
		.kind = own->kind,
		.who = own->who,
		.note = own->note,
		.summary = own->summary,
		.undoes = own->undoes,
		.grant = own->kind == BATCH_USER ? &own->grant : NULL,
	};
}

static bool end_batch(struct replay *replay, struct err *err)
{
	struct work *work = &replay->work;

	if (!work->txn)
		return true;
	if (replay->done.changed != replay->batch.count)
		return wrong_batch(replay, "的历史不完整", err);
	if (!finish_batch(work, err)) {
		if (err->code != ERR_STORE)
			err->code = ERR_USAGE;
		return false;
	}
	if (!work->wrote)
		return wrong_batch(replay, "什么都没有改", err);
	int rc = mdb_txn_commit(work->txn);
	work->txn = NULL;
	work_free(work);
	*work = (struct work){0};
	return rc ? store_failed(err, room_why(replay->store, rc), "未保存")
		  : true;
}

bool replay_batch(struct replay *replay, const struct batch *batch,
		  const unsigned char operation[OPERATION_SIZE],
		  struct err *err)
{
	struct work *work = &replay->work;

	if (!end_batch(replay, err))
		return false;
	take_batch(replay, batch);
	if (batch->number != replay->count + 1)
		return wrong_batch(replay, "不是下一个", err);
	if (batch->count > COUNT_MAX)
		return wrong_batch(replay, "的件数太大", err);
	if (!follow_undo(replay, err))
		return false;
	*work = (struct work){.store = replay->store,
			      .commit = &replay->commit,
			      .out = &replay->done};
	replay->done = (struct committed){0};
	replay->last = KEY_NONE;
	if (!work_begin(work, batch->count, err))
		return false;
	work->at = batch->at;
	memcpy(work->operation, operation, sizeof(work->operation));
	return true;
}

/* What a proposal is before the event; a copy, in the arena. */
struct before {
	uint32_t slot, revision;
	bool alive;
	struct content content;
};

static struct slice copy(struct arena *arena, struct slice text)
{
	return (struct slice){arena_str(arena, text.text, text.len), text.len};
}

static bool load_status(struct work *work, key k, struct before *before,
			struct arena *arena, struct err *err)
{
	uint32_t id;

	if (!draft_get(work, COLUMN_STATUS, before->slot, &id, err) ||
	    !dict_load(work->store, work->txn, DICT_STATUS,
		       work->state.dicts[DICT_STATUS], err))
		return false;
	const char *code = dict_code(&work->store->dicts[DICT_STATUS], id);
	if (!code)
		return store_damaged(err, k, "状态");
	before->content.of[FIELD_STATUS] = copy(arena, slice_text(code));
	return true;
}

static bool load_before(struct work *work, key k, struct before *before,
			struct arena *arena, struct err *err)
{
	struct record record;
	struct slice bytes;
	int rc = table_get(work->store, work->txn, TABLE_RECORDS, place_of(k),
			   &bytes);

	*before = (struct before){.slot = NO_SLOT};
	if (rc == MDB_NOTFOUND)
		return true;
	if (rc)
		return store_failed(err, rc, work->store->dir);
	if (!record_decode(k, bytes, &record))
		return store_damaged(err, k, "记录");
	before->slot = record.slot;
	before->alive = !record.removed;
	for (unsigned id = 1; id < FIELD_END; id++)
		before->content.of[id] = copy(arena, record.content.of[id]);
	return draft_get(work, COLUMN_REVISION, record.slot, &before->revision,
			 err) &&
	       load_status(work, k, before, arena, err);
}

/* A creation starts from nothing, a change from what there is. */
static bool change_fields(const struct event *event, struct content *content,
			  struct err *err)
{
	for (size_t i = 0; i < event->field_count; i++) {
		const struct event_field *change = &event->fields[i];
		struct slice *now = &content->of[change->field];

		if (!slice_equal(*now, slice_text(change->before)))
			return wrong_event(event, "的原值与之前的历史对不上",
					   err);
		*now = slice_text(change->after);
	}
	return true;
}

static bool put(const struct event *event, struct before *before,
		struct arena *arena, struct edit *edit, struct err *err)
{
	struct proposal *next = arena_alloc(arena, sizeof(*next));

	if (!before->alive)
		memset(&before->content, 0, sizeof(before->content));
	if (!change_fields(event, &before->content, err) ||
	    !content_proposal(&before->content, event->key, arena, next, err))
		return false;
	edit->kind = EDIT_PUT;
	edit->next = next;
	return true;
}

static bool apply(struct replay *replay, const struct event *event,
		  struct before *before, struct arena *arena, struct err *err)
{
	struct edit edit = {.key = event->key, .kind = EDIT_REMOVE};
	bool changed = false;

	if (before->alive == (event->kind == EVENT_CREATED))
		return wrong_event(event,
				   before->alive ? "已经有了，不能再新增"
						 : "不存在，不能修改或移除",
				   err);
	if (event->revision != before->revision + 1)
		return wrong_event(event, "的修订号与之前的历史对不上", err);
	if (event->kind != EVENT_REMOVED &&
	    !put(event, before, arena, &edit, err))
		return false;
	if (!apply_edit(&replay->work, &edit, before->slot, &changed, err))
		return false;
	return changed ? true
		       : wrong_event(event, "的这次修改什么都没有改", err);
}

bool replay_event(struct replay *replay, const struct event *event,
		  struct err *err)
{
	key k = event->key;
	struct arena arena = {0};
	struct before before;

	if (!replay->work.txn || event->batch != replay->batch.number)
		return wrong_event(event, "的历史不在它的批次之后", err);
	if (k <= replay->last || key_make(key_session(k), key_number(k)) != k)
		return wrong_event(event, "的历史次序不对，或有重复", err);
	if (replay->done.changed == replay->batch.count)
		return wrong_event(event, "的历史多于它的批次所说的件数", err);
	replay->last = k;
	bool ok = load_before(&replay->work, k, &before, &arena, err) &&
		  apply(replay, event, &before, &arena, err);
	replay->done.changed += ok;
	/* Whatever it is that a change may not be. */
	if (!ok && err->code != ERR_STORE)
		err->code = ERR_USAGE;
	arena_free(&arena);
	return ok;
}

/* The same links from the first batch to the last. */
static bool compare_head(struct replay *replay,
			 const unsigned char head[HEAD_SIZE], struct err *err)
{
	struct reading *reading;

	if (!reading_begin(replay->store, &reading, err))
		return false;
	bool same = !memcmp(reading_chain(reading), head, HEAD_SIZE);
	reading_end(reading);
	if (!same)
		return err_set(err, ERR_USAGE,
			       "历史校验值对不上：内容被改动过，或不完整");
	return true;
}

bool replay_finish(struct replay *replay, const unsigned char head[HEAD_SIZE],
		   finding_fn *tell, void *arg, struct swapped *out,
		   struct err *err)
{
	if (!end_batch(replay, err))
		return false;
	if (replay->open)
		return err_set(err, ERR_USAGE,
			       "有 %zu 个批次说被撤销过，却没有撤销它的批次",
			       replay->open);
	if (!compare_head(replay, head, err))
		return false;
	gram_settle(replay->store, NULL, NULL);
	aside_close(replay->store);
	replay->store = NULL;
	return swap_finish(&replay->swap, replay->keep, tell, arg, out, err);
}

void replay_end(struct replay *replay)
{
	if (!replay)
		return;
	if (replay->work.txn)
		mdb_txn_abort(replay->work.txn);
	work_free(&replay->work);
	store_close(replay->store);
	swap_end(&replay->swap);
	arena_free(&replay->arena);
	free(replay->undone_by);
	free(replay);
}
