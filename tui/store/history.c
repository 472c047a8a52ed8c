#include "store/history.h"

#include <string.h>

/* A proposal on its way back through time. */
struct walk {
	key key;
	uint32_t batch, revision;
	bool alive;
	bool quick; /* see digest_right() */
	struct content content;
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
	out->status = dict_code(&store->dicts[DICT_STATUS], status);
	return out->status ? true : store_damaged(err, out->key, "状态");
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

	walk.content.of[FIELD_STATUS] = slice_text(present->status);
	return walk;
}

static bool undo_changes(struct walk *walk, const struct entry *entry)
{
	for (size_t i = 0; i < entry->count; i++) {
		const struct change *change = &entry->changes[i];
		struct slice *now = &walk->content.of[change->field];

		if (!slice_equal(*now, change->after))
			return false;
		*now = change->before;
	}
	return walk->alive;
}

static bool digest_right(struct walk *walk, const struct entry *entry)
{
	unsigned char digest[16];

	/* In a first life every field that differs from what it was created
	 * with has an event of its own, which was compared. */
	if (walk->quick && !entry->previous)
		return true;
	content_digest(&walk->content, walk->key, &walk->scratch, digest);
	return !memcmp(digest, entry->digest, sizeof(digest));
}

static bool undo_creation(struct walk *walk, const struct entry *entry)
{
	bool same = digest_right(walk, entry);
	bool was_alive = walk->alive;

	memset(&walk->content, 0, sizeof(walk->content));
	walk->alive = false;
	return same && was_alive;
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
	switch (entry->kind) {
	case EVENT_CREATED:
		return undo_creation(walk, entry);
	case EVENT_CHANGED:
		return undo_changes(walk, entry);
	case EVENT_REMOVED:
		return undo_removal(walk, entry);
	}
	return false;
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

bool history_walk(const struct reading *reading, const struct present *present,
		  step_fn *each, void *arg, struct err *err)
{
	struct walk walk = start(present);
	bool ok = true;

	while (ok && walk.batch) {
		struct entry entry;
		struct content after = walk.content;
		struct step step = {walk.key, walk.batch, &entry, &after};

		ok = step_back(reading, &walk, &entry, err) &&
		     each(arg, &step, err);
	}
	ok = ok && at_rest(&walk, err);
	buf_free(&walk.scratch);
	return ok;
}
