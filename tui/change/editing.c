#include "change/editing.h"

#include <string.h>

#include "domain/permit.h"
#include "store/columns.h"

bool editing_open(struct editing *out, const struct config *config,
		  const struct reading *reading, uint32_t slot, struct err *err)
{
	struct versions *versions = &out->versions;

	*out = (struct editing){.config = config};
	if (!reading_proposal(reading, slot, &out->arena, &versions->base,
			      err)) {
		editing_free(out);
		return false;
	}
	if (!permit(reading_access(reading), config,
		    &(struct deed){.action = ACTION_EDIT,
				   .from = versions->base.status},
		    err)) {
		editing_free(out);
		return false;
	}
	versions->mine = versions->theirs = versions->base;
	out->key = versions->base.key;
	out->opened = versions->base.batch;
	return true;
}

void editing_free(struct editing *editing)
{
	arena_free(&editing->arena);
	*editing = (struct editing){0};
}

static bool trace_batch(struct editing *editing, const struct reading *reading,
			uint32_t number, struct trace *out, struct err *err)
{
	struct batch batch;

	if (!reading_batch(reading, number, &editing->arena, &batch, err))
		return false;
	*out = (struct trace){batch.who.name, batch.at, number};
	return true;
}

static void trace_event(struct editing *editing, const struct event *event,
			const struct trace *trace)
{
	if (event->kind == EVENT_REMOVED && !editing->removed.name)
		editing->removed = *trace;
	for (size_t i = 0; i < event->field_count; i++) {
		struct trace *known = &editing->traces[event->fields[i].field];

		if (!known->name)
			*known = *trace;
	}
}

/* Events come newest first: the first that names a field made it so. */
static bool trace_all(struct editing *editing, const struct reading *reading,
		      struct err *err)
{
	struct arena arena = {0};
	struct event *events;
	size_t count = 0;
	bool ok = reading_history(reading, editing->key, &arena, &events,
				  &count, err);

	memset(editing->traces, 0, sizeof(editing->traces));
	editing->removed = (struct trace){0};
	for (size_t i = 0; ok && i < count; i++) {
		struct trace trace;

		if (events[i].batch <= editing->opened)
			break;
		ok = trace_batch(editing, reading, events[i].batch, &trace,
				 err);
		if (ok)
			trace_event(editing, &events[i], &trace);
	}
	arena_free(&arena);
	return ok;
}

/* What was picked was picked against a value that is no longer there. */
static void reopen(struct editing *editing, const struct proposal *before)
{
	for (int id = FIELD_TITLE; id < FIELD_END; id++)
		if (!field_equal(&fields[id], before,
				 &editing->versions.theirs))
			editing->picks[id] = PICK_NONE;
}

bool editing_look(struct editing *editing, const struct reading *reading,
		  bool *moved, struct err *err)
{
	struct proposal *theirs = &editing->versions.theirs, now;
	uint32_t slot;
	bool there = reading_find(reading, editing->key, &slot);

	*moved = there == editing->gone;
	if (there && !*moved)
		*moved = reading_value(reading, COLUMN_BATCH, slot) !=
			 theirs->batch;
	if (!*moved)
		return true;
	if (there) {
		const struct proposal before = *theirs;

		if (!reading_proposal(reading, slot, &editing->arena, &now,
				      err))
			return false;
		*theirs = now;
		reopen(editing, &before);
	}
	editing->gone = !there;
	return trace_all(editing, reading, err);
}

void editing_begin(struct editing *editing, enum field_id id)
{
	struct versions *versions = &editing->versions;

	if (editing_source(editing, id) != &versions->theirs)
		return;
	field_borrow(&fields[id], &versions->base, &versions->theirs);
	field_borrow(&fields[id], &versions->mine, &versions->theirs);
	editing->picks[id] = PICK_NONE;
}

const struct proposal *editing_source(const struct editing *editing,
				      enum field_id id)
{
	return merge_source(&editing->versions, id, editing->picks[id]);
}

enum merge_state editing_state(const struct editing *editing, enum field_id id)
{
	return merge_state(&editing->versions, id);
}

bool editing_undecided(const struct editing *editing, enum field_id id)
{
	return editing->picks[id] == PICK_NONE &&
	       editing_state(editing, id) == MERGE_CONFLICT;
}

bool editing_changed(const struct editing *editing, enum field_id id)
{
	return editing_source(editing, id) == &editing->versions.mine;
}

static size_t count(const struct editing *editing,
		    bool (*what)(const struct editing *, enum field_id))
{
	size_t sum = 0;

	for (int id = FIELD_TITLE; id < FIELD_END; id++)
		sum += what(editing, (enum field_id)id);
	return sum;
}

size_t editing_conflicts(const struct editing *editing)
{
	return count(editing, editing_undecided);
}

size_t editing_changes(const struct editing *editing)
{
	return count(editing, editing_changed);
}
