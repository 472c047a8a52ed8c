#include "store/history.h"

#include <string.h>

/* A proposal on its way back through time. */
struct walk {
	key key;
	uint32_t batch, revision;
	bool alive;
	bool quick; /* see creation_right() */
	struct content content;
	/* Where the status is not known yet: what it may have been at the
	 * creation, and where to put what it is found to be. */
	const struct strings *codes;
	struct slice *status;
	struct buf scratch;
};

bool present_load(const struct reading *reading, uint32_t slot,
		  struct present *out, struct err *err)
{
	struct store *store = reading->store;
	uint32_t status;

	if (!record_load(reading, slot, &out->record, &out->key, err))
		return false;
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
	out->status = slice_text(code);
	return true;
}

static struct walk start(const struct present *present)
{
	struct walk walk = {
		.key = present->key,
		.batch = present->batch,
		.revision = present->revision,
		.alive = !present->record.removed,
		.content = present->record.content,
	};

	walk.content.of[FIELD_STATUS] = present->status;
	return walk;
}

static bool undo_changes(struct walk *walk, const struct entry *entry)
{
	for (size_t i = 0; i < entry->count; i++) {
		const struct change *change = &entry->changes[i];
		struct slice *now = &walk->content.of[change->field];

		if (change->field == FIELD_STATUS && walk->status) {
			*walk->status = change->after;
			walk->status = NULL;
		} else if (!slice_equal(*now, change->after)) {
			return false;
		}
		*now = change->before;
	}
	return walk->alive;
}

static bool digest_right(struct walk *walk, const struct entry *entry)
{
	unsigned char digest[16];

	content_digest(&walk->content, walk->key, &walk->scratch, digest);
	return !memcmp(digest, entry->digest, sizeof(digest));
}

static bool find_status(struct walk *walk, const struct entry *entry)
{
	struct slice *now = &walk->content.of[FIELD_STATUS];

	for (size_t i = 0; i < walk->codes->count; i++) {
		*now = slice_text(walk->codes->items[i]);
		if (digest_right(walk, entry)) {
			*walk->status = *now;
			walk->status = NULL;
			return true;
		}
	}
	return false;
}

static bool creation_right(struct walk *walk, const struct entry *entry)
{
	if (walk->status)
		return find_status(walk, entry);
	/* In a first life every field that differs from what it was created
	 * with has an event of its own, which was compared. */
	return (walk->quick && !entry->previous) || digest_right(walk, entry);
}

static bool undo_creation(struct walk *walk, const struct entry *entry)
{
	bool right = walk->alive && creation_right(walk, entry);

	memset(&walk->content, 0, sizeof(walk->content));
	walk->alive = false;
	return right;
}

static bool undo_removal(struct walk *walk, const struct entry *entry)
{
	bool was_alive = walk->alive;

	walk->content = entry->removed;
	walk->alive = true;
	return !was_alive;
}

/* False when the event does not lead to what the proposal is. */
static bool undo(struct walk *walk, const struct entry *entry)
{
	if (entry->revision != walk->revision || entry->previous >= walk->batch)
		return false;
	walk->revision--;
	walk->batch = entry->previous;
	if (entry->kind == EVENT_CREATED)
		return undo_creation(walk, entry);
	if (entry->kind == EVENT_CHANGED)
		return undo_changes(walk, entry);
	return undo_removal(walk, entry);
}

static bool step_back(const struct reading *reading, struct walk *walk,
		      struct entry *entry, struct err *err)
{
	struct slice bytes;
	int rc = table_get(reading->store, reading->txn, TABLE_EVENTS,
			   place_pair(walk->batch, walk->key), &bytes);

	if (rc && rc != MDB_NOTFOUND)
		return store_failed(err, rc, reading->store->dir);
	if (rc || !entry_decode(walk->batch, walk->key, bytes, entry) ||
	    !undo(walk, entry))
		return store_damaged(err, walk->key, "历史");
	return true;
}

/* Back in its own time, before it was created, nothing is left of it. */
static bool at_rest(const struct walk *walk, struct err *err)
{
	if (walk->revision || walk->alive)
		return store_damaged(err, walk->key, "历史");
	return true;
}

bool present_proved(const struct reading *reading,
		    const struct present *present, struct err *err)
{
	struct walk walk = start(present);
	struct entry entry;
	bool ok = true;

	walk.quick = true;
	while (ok && walk.batch)
		ok = step_back(reading, &walk, &entry, err);
	ok = ok && at_rest(&walk, err);
	buf_free(&walk.scratch);
	return ok;
}

static bool walk_back(const struct reading *reading, struct walk *walk,
		      step_fn *each, void *arg, struct err *err)
{
	bool ok = true;

	while (ok && walk->batch) {
		struct entry entry;
		struct content after = walk->content;
		struct step step = {walk->key, walk->batch, &entry, &after};

		ok = step_back(reading, walk, &entry, err) &&
		     each(arg, &step, err);
	}
	ok = ok && at_rest(walk, err);
	buf_free(&walk->scratch);
	return ok;
}

bool history_walk(const struct reading *reading, const struct present *present,
		  step_fn *each, void *arg, struct err *err)
{
	struct walk walk = start(present);

	return walk_back(reading, &walk, each, arg, err);
}

bool history_rebuild(const struct reading *reading, struct present *present,
		     const struct strings *codes, step_fn *each, void *arg,
		     struct err *err)
{
	present->status = slice_text("");
	struct walk walk = start(present);

	if (!present->record.removed)
		walk.status = &present->status;
	walk.codes = codes;
	return walk_back(reading, &walk, each, arg, err);
}
