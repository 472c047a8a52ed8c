#include "store/history.h"

#include <string.h>

/* A proposal on its way back through time. */
struct walk {
	key key;
	uint32_t batch, revision;
	bool alive;
	struct content content;
	struct buf scratch;
};

static bool start(const struct reading *reading, uint32_t slot,
		  struct walk *walk, struct err *err)
{
	struct store *store = reading->store;
	struct record record;
	uint32_t status;

	if (!record_load(reading, slot, &record, &walk->key, err))
		return false;
	walk->alive = !record.removed;
	walk->content = record.content;
	if (!column_value(reading, COLUMN_STATUS, slot, &status) ||
	    !column_value(reading, COLUMN_REVISION, slot, &walk->revision) ||
	    !column_value(reading, COLUMN_BATCH, slot, &walk->batch))
		return store_damaged(err, walk->key, "状态");
	if (!dict_load(store, reading->txn, DICT_STATUS,
		       reading->state.dicts[DICT_STATUS], err))
		return false;
	const char *code = dict_code(&store->dicts[DICT_STATUS], status);
	if (!code)
		return store_damaged(err, walk->key, "状态");
	walk->content.of[FIELD_STATUS] = slice_text(code);
	return true;
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

static bool undo_creation(struct walk *walk, const struct entry *entry)
{
	unsigned char digest[16];

	content_digest(&walk->content, walk->key, &walk->scratch, digest);
	bool same = !memcmp(digest, entry->digest, sizeof(digest));
	memset(&walk->content, 0, sizeof(walk->content));
	bool was_alive = walk->alive;
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
		      step_fn *each, void *arg, struct err *err)
{
	struct entry entry;
	struct slice bytes;
	struct content after = walk->content;
	struct step step = {walk->key, walk->batch, &entry, &after};
	int rc = table_get(reading->store, reading->txn, TABLE_EVENTS,
			   place_pair(walk->batch, walk->key), &bytes);

	if (rc && rc != MDB_NOTFOUND)
		return store_failed(err, rc, reading->store->dir);
	if (rc || !entry_decode(walk->batch, walk->key, bytes, &entry) ||
	    !undo(walk, &entry))
		return store_damaged(err, walk->key, "历史");
	return each(arg, &step, err);
}

bool history_walk(const struct reading *reading, uint32_t slot, step_fn *each,
		  void *arg, struct err *err)
{
	struct walk walk = {0};
	bool ok = start(reading, slot, &walk, err);

	while (ok && walk.batch)
		ok = step_back(reading, &walk, each, arg, err);
	if (ok && (walk.revision || walk.alive))
		ok = store_damaged(err, walk.key, "历史");
	buf_free(&walk.scratch);
	return ok;
}
