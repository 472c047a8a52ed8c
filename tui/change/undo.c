#include <string.h>

#include "change/items.h"
#include "change/since.h"
#include "domain/field_words.h"
#include "store/columns.h"

/* Undo of an undo of an undo …: its name is looked for so far. */
enum { CHAIN_MAX = 100 };

struct undoing {
	struct plan *plan;
	const struct reading *reading;
	struct strings statuses; /* by dict id */
};

static const char *keep(struct undoing *all, const char *text)
{
	return arena_str(&all->plan->arena, text, strlen(text));
}

static const char *status_now(struct undoing *all, uint32_t slot)
{
	uint32_t id = reading_value(all->reading, COLUMN_STATUS, slot);

	return id < all->statuses.count ? keep(all, all->statuses.items[id])
					: "";
}

/* The status that the event came from; `now` if it left that alone. */
static const char *status_before(struct undoing *all, const struct event *event,
				 const char *now)
{
	for (size_t i = 0; i < event->field_count; i++)
		if (event->fields[i].field == FIELD_STATUS)
			return keep(all, event->fields[i].before);
	return now;
}

static bool only_status(const struct event *event)
{
	return event->field_count == 1 &&
	       event->fields[0].field == FIELD_STATUS;
}

static bool set_field(struct undoing *all, struct proposal *p,
		      const struct event_field *change, struct err *err)
{
	return field_set(&fields[change->field], p, change->before,
			 strlen(change->before), &all->plan->arena, err);
}

/* The proposal as it is, but for what the event changed. */
static bool before(struct undoing *all, uint32_t slot,
		   const struct event *event, const struct proposal **out,
		   struct err *err)
{
	struct arena *arena = &all->plan->arena;
	struct proposal *p = arena_alloc(arena, sizeof(*p));

	*out = p;
	if (!reading_proposal(all->reading, slot, arena, p, err))
		return false;
	for (size_t i = 0; i < event->field_count; i++)
		if (!set_field(all, p, &event->fields[i], err))
			return false;
	return true;
}

/* A copy that outlives the event. */
static bool copy(struct undoing *all, const struct proposal *from,
		 const struct proposal **out, struct err *err)
{
	struct arena *arena = &all->plan->arena;
	struct proposal *p = arena_alloc(arena, sizeof(*p));
	struct buf text = {0};
	bool ok = true;

	proposal_init(p, from->key);
	for (int id = FIELD_TITLE; ok && id < FIELD_END; id++) {
		buf_reset(&text);
		field_canonical(&fields[id], from, &text);
		ok = field_set(&fields[id], p, buf_text(&text), text.len, arena,
			       err);
	}
	buf_free(&text);
	*out = p;
	return ok;
}

/* What goes back, in words. */
static const char *backwards(struct undoing *all, const struct event *event)
{
	struct buf words = {0};

	for (size_t i = 0; i < event->field_count; i++) {
		const struct event_field *change = &event->fields[i];

		field_words(&fields[change->field], change->after,
			    change->before, all->plan->config,
			    key_session(event->key), &words);
	}
	const char *kept = keep(all, buf_text(&words));
	buf_free(&words);
	return kept;
}

/* It was there after the batch, and must be as the batch left it. */
static bool undo_present(struct undoing *all, struct plan_item *item,
			 const struct event *event, struct err *err)
{
	struct edit *edit = &item->edit;
	bool same;

	if (!since_same(all->reading, item->slot, event->batch, &same, err))
		return false;
	item->revision =
		reading_value(all->reading, COLUMN_REVISION, item->slot);
	edit->revision = item->revision;
	item->from = status_now(all, item->slot);
	item_judge(all->plan, item, same ? VERDICT_OK : VERDICT_CONFLICT);
	if (event->kind == EVENT_CREATED) {
		edit->kind = EDIT_REMOVE;
		return true;
	}
	item->to = status_before(all, event, item->from);
	edit->kind = only_status(event) ? EDIT_STATUS : EDIT_PUT;
	edit->status = item->to;
	if (edit->kind == EDIT_PUT)
		item->what = backwards(all, event);
	return edit->kind == EDIT_STATUS || !same ||
	       before(all, item->slot, event, &edit->next, err);
}

static bool undo_removal(struct undoing *all, struct plan_item *item,
			 const struct event *event, struct err *err)
{
	item->to = keep(all, event->removed->status);
	item->edit.kind = EDIT_PUT;
	item_judge(all->plan, item, VERDICT_OK);
	return copy(all, event->removed, &item->edit.next, err);
}

static bool undo_event(void *arg, const struct event *event, struct err *err)
{
	struct undoing *all = arg;
	struct plan_item *item = item_add(all->plan);
	bool there = reading_find(all->reading, event->key, &item->slot);

	item->key = item->edit.key = event->key;
	if (!there)
		item->slot = UINT32_MAX;
	if (event->kind == EVENT_REMOVED && !there)
		return undo_removal(all, item, event, err);
	if (event->kind != EVENT_REMOVED && there)
		return undo_present(all, item, event, err);
	item_judge(all->plan, item, there ? VERDICT_CONFLICT : VERDICT_GONE);
	return true;
}

/* What the batch was about, not how often it was taken back and forth. */
static const char *first_summary(const struct reading *reading,
				 struct batch batch, struct arena *arena)
{
	struct err missing;
	struct batch older;

	for (int i = 0; i < CHAIN_MAX && batch.undoes; i++) {
		if (!reading_batch(reading, batch.undoes, arena, &older,
				   &missing))
			break;
		batch = older;
	}
	return batch.summary;
}

static void summarize(struct plan *plan, const struct reading *reading,
		      const struct batch *batch, struct arena *arena)
{
	bool redo = batch->kind == BATCH_UNDO;

	plan->kind = redo ? BATCH_REDO : BATCH_UNDO;
	plan->undoes = batch->number;
	plan->summary = arena_printf(&plan->arena, "%s批次 %u：%s",
				     redo ? "重做" : "撤销",
				     redo ? batch->undoes : batch->number,
				     first_summary(reading, *batch, arena));
}

static bool undoable(const struct reading *reading, uint32_t number,
		     struct arena *arena, struct batch *out, struct err *err)
{
	if (!reading_batch(reading, number, arena, out, err))
		return false;
	if (out->kind == BATCH_USER)
		return err_set(err, ERR_REFUSED,
			       "批次 %u 改的是用户权限，不能撤销，请用 "
			       "proposals user role 改回",
			       number);
	if (!access_may(reading_access(reading),
			out->who.uid == reading_uid(reading) ? ACTION_UNDO
							     : ACTION_UNDO_ANY,
			PHASE_COUNT, err))
		return false;
	if (out->undone_by)
		return err_set(err, ERR_REFUSED, "批次 %u 已经由批次 %u 撤销",
			       number, out->undone_by);
	return true;
}

bool plan_undo(struct plan *out, const struct config *config,
	       const struct reading *reading, uint32_t batch, struct err *err)
{
	struct undoing all = {
		.plan = out,
		.reading = reading,
		.statuses = reading_dict(reading, DICT_STATUS),
	};
	struct arena arena = {0};
	struct batch taken;
	bool ok;

	*out = (struct plan){.config = config};
	ok = undoable(reading, batch, &arena, &taken, err);
	if (ok) {
		summarize(out, reading, &taken, &arena);
		ok = reading_events(reading, batch, undo_event, &all, err);
		plan_permit(out, reading);
	}
	arena_free(&arena);
	if (!ok)
		plan_free(out);
	return ok;
}
