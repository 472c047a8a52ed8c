#include "store/history.h"
#include "store/replay.h"

#include <string.h>

static const char *copy(struct arena *arena, struct slice text)
{
	return text.len ? arena_str(arena, text.text, text.len) : "";
}

static void show_changes(const struct entry *entry, struct arena *arena,
			 struct event *out)
{
	struct event_field *to = arena_alloc(arena, entry->count * sizeof(*to));

	for (size_t i = 0; i < entry->count; i++) {
		const struct change *from = &entry->changes[i];

		to[i] = (struct event_field){from->field,
					     copy(arena, from->before),
					     copy(arena, from->after)};
	}
	out->fields = to;
	out->field_count = entry->count;
}

/* A creation as a change from nothing. */
static void show_creation(const struct content *content, struct arena *arena,
			  struct event *out)
{
	struct event_field *to = arena_alloc(arena, FIELD_END * sizeof(*to));
	size_t count = 0;

	for (unsigned id = 1; id < FIELD_END; id++)
		if (content->of[id].len)
			to[count++] = (struct event_field){
				(enum field_id)id, "",
				copy(arena, content->of[id])};
	out->fields = to;
	out->field_count = count;
}

static bool show_removed(const struct entry *entry, struct arena *arena,
			 struct event *out, struct err *err)
{
	struct proposal *was = arena_alloc(arena, sizeof(*was));
	struct err why;

	if (!content_proposal(&entry->removed, out->key, arena, was, &why))
		return store_damaged(err, out->key, "历史");
	was->revision = entry->revision - 1;
	was->batch = entry->previous;
	out->removed = was;
	return true;
}

/* `content` as it was after a creation, or NULL to leave its fields out. */
static bool show(const struct step *step, struct arena *arena,
		 struct event *out, struct err *err)
{
	*out = (struct event){
		.key = step->key,
		.batch = step->batch,
		.revision = step->entry->revision,
		.kind = step->entry->kind,
	};
	if (out->kind == EVENT_REMOVED)
		return show_removed(step->entry, arena, out, err);
	if (out->kind == EVENT_CHANGED)
		show_changes(step->entry, arena, out);
	else if (step->content)
		show_creation(step->content, arena, out);
	return true;
}

struct gather {
	struct arena *arena;
	struct event *events;
	size_t count, cap;
};

static bool gather_one(void *arg, const struct step *step, struct err *err)
{
	struct gather *gather = arg;

	if (gather->count == gather->cap) {
		size_t cap = gather->cap ? gather->cap * 2 : 16;
		struct event *events =
			arena_alloc(gather->arena, cap * sizeof(*events));

		if (gather->count)
			memcpy(events, gather->events,
			       gather->count * sizeof(*events));
		gather->events = events;
		gather->cap = cap;
	}
	return show(step, gather->arena, &gather->events[gather->count++], err);
}

bool reading_history(const struct reading *reading, key k, struct arena *arena,
		     struct event **out, size_t *count, struct err *err)
{
	struct gather gather = {.arena = arena};
	struct slice bytes;
	uint32_t slot;
	bool removed;

	*out = NULL;
	*count = 0;
	struct present present;

	enum found found = record_find(reading->store, reading->txn, k, &bytes,
				       &slot, &removed);
	if (found == FOUND_NOT && !column_find_key(reading, k, &slot))
		return true;
	if (found != FOUND_YES)
		return store_damaged(err, k, "记录");
	if (!present_load(reading, slot, &present, err) ||
	    !history_walk(reading, &present, gather_one, &gather, err))
		return false;
	*out = gather.events;
	*count = gather.count;
	return true;
}

/* What a proposal was created as, by way of all that came after. */
struct birth {
	uint32_t batch;
	bool found;
	struct content content; /* points into the map */
};

static bool find_birth(void *arg, const struct step *step, struct err *err)
{
	struct birth *birth = arg;

	(void)err;
	if (step->batch != birth->batch)
		return true;
	birth->found = true;
	birth->content = *step->content;
	return false;
}

static bool load_birth(const struct reading *reading, key k,
		       struct birth *birth, struct err *err)
{
	struct present present;
	struct slice bytes;
	uint32_t slot;
	bool removed;

	if (record_find(reading->store, reading->txn, k, &bytes, &slot,
			&removed) != FOUND_YES)
		return store_damaged(err, k, "记录");
	/* Found, it stops there: what came before does not matter. */
	return present_load(reading, slot, &present, err) &&
	       (history_walk(reading, &present, find_birth, birth, err)
			? store_damaged(err, k, "历史")
			: birth->found);
}

/* How events are given. */
struct giving {
	const struct reading *reading;
	bool whole; /* creations with their fields */
	event_fn *each;
	void *arg;
};

/* One event of a batch; its memory goes with the call. */
static bool give(const struct giving *giving, key k, uint32_t batch,
		 MDB_val value, struct err *err)
{
	struct slice bytes = {value.mv_data, value.mv_size};
	struct birth birth = {.batch = batch};
	struct arena arena = {0};
	struct entry entry;
	struct event event;
	struct step step = {k, batch, &entry, NULL};

	if (!entry_decode(batch, k, bytes, &entry))
		return store_damaged(err, k, "历史");
	if (giving->whole && entry.kind == EVENT_CREATED) {
		if (!load_birth(giving->reading, k, &birth, err))
			return false;
		step.content = &birth.content;
	}
	bool ok = show(&step, &arena, &event, err) &&
		  giving->each(giving->arg, &event, err);
	arena_free(&arena);
	return ok;
}

static bool events_walk(const struct giving *giving, MDB_cursor *cursor,
			const struct batch *batch, struct err *err)
{
	struct place from = place_pair(batch->number, 0);
	MDB_val at = {.mv_size = from.len, .mv_data = from.bytes}, value;
	int rc = mdb_cursor_get(cursor, &at, &value, MDB_SET_RANGE);
	uint32_t given = 0;
	key last = KEY_NONE;

	/* A damaged tree may lead in circles. */
	while (!rc && place_id(at, 0) == batch->number &&
	       place_id(at, 4) > last) {
		last = place_id(at, 4);
		if (!give(giving, last, batch->number, value, err))
			return false;
		given++;
		rc = mdb_cursor_get(cursor, &at, &value, MDB_NEXT);
	}
	if (rc && rc != MDB_NOTFOUND)
		return store_failed(err, rc, "历史");
	if (given != batch->count)
		return err_set(err, ERR_STORE,
			       "批次 %u 的历史不完整，请从备份恢复",
			       (unsigned)batch->number);
	return true;
}

static bool give_all(const struct giving *giving, uint32_t batch,
		     struct err *err)
{
	const struct reading *reading = giving->reading;
	struct arena arena = {0};
	struct batch record;
	MDB_cursor *cursor;

	bool ok = reading_batch(reading, batch, &arena, &record, err);
	arena_free(&arena);
	if (!ok)
		return false;
	int rc = mdb_cursor_open(reading->txn,
				 reading->store->tables[TABLE_EVENTS], &cursor);
	if (rc)
		return store_failed(err, rc, reading->store->dir);
	ok = events_walk(giving, cursor, &record, err);
	mdb_cursor_close(cursor);
	return ok;
}

bool reading_events(const struct reading *reading, uint32_t batch,
		    event_fn *each, void *arg, struct err *err)
{
	const struct giving giving = {reading, false, each, arg};

	return give_all(&giving, batch, err);
}

bool past_events(const struct reading *reading, uint32_t batch, event_fn *each,
		 void *arg, struct err *err)
{
	const struct giving giving = {reading, true, each, arg};

	return give_all(&giving, batch, err);
}
