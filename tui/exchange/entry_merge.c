#include <stdlib.h>

#include "base/mem.h"
#include "exchange/entry.h"

/* A chain in the store that is longer is nobody's work; it is not followed. */
enum { STORED_MAX = 1000 };

struct walk {
	struct entries *entries;
	uint32_t *seen; /* for each row: the walk that came by, or 0 */
	uint32_t id;
	unsigned stored; /* steps that the store had to tell */
};

static bool stored_link(struct walk *walk, key k, key *next, struct err *err)
{
	struct arena arena = {0};
	struct proposal p;
	uint32_t slot;
	bool ok = true;

	*next = KEY_NONE;
	if (walk->stored++ < STORED_MAX &&
	    reading_find(walk->entries->reading, k, &slot)) {
		ok = reading_proposal(walk->entries->reading, slot, &arena, &p,
				      err);
		if (ok)
			*next = p.merged_into;
	}
	arena_free(&arena);
	return ok;
}

static void reject(struct walk *walk, struct entry *entry)
{
	char into[64];

	key_label(entry->next->merged_into, key_session(entry->key), into);
	entry_reject(walk->entries, entry, "并入%s会绕回这件提案自己，请改并案",
		     into);
}

/*
 * Follow one chain to its end. Every row that an earlier walk passed is known
 * to lead to an end; coming by a row twice in one walk is a circle, which is
 * cut there.
 */
static bool follow(struct walk *walk, key k, struct err *err)
{
	while (k != KEY_NONE) {
		struct entry *entry = entries_holder(walk->entries, k);

		if (!entry || entry->verdict == IMPORT_REJECT) {
			if (!stored_link(walk, k, &k, err))
				return false;
			continue;
		}

		uint32_t *seen = &walk->seen[entry - walk->entries->items];
		if (*seen && *seen != walk->id)
			return true;
		if (*seen) {
			reject(walk, entry);
			continue;
		}
		*seen = walk->id;
		k = entry->next->merged_into;
	}
	return true;
}

bool entries_merge(struct entries *entries, struct err *err)
{
	size_t count = entries->rows->count;
	struct walk walk = {.entries = entries,
			    .seen = mem_array(count, sizeof(*walk.seen))};
	bool ok = true;

	for (size_t i = 0; ok && i < count; i++) {
		const struct entry *entry = &entries->items[i];

		if (walk.seen[i] || entry->verdict == IMPORT_REJECT ||
		    entry->next->merged_into == KEY_NONE)
			continue;
		walk.id = (uint32_t)i + 1;
		walk.stored = 0;
		ok = follow(&walk, entry->key, err);
	}
	free(walk.seen);
	return ok;
}
