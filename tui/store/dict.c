#include "store/internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/seal.h"

enum { FIRST_CAP = 64 };

/* Stands for a code that cannot be read; known by its address. */
static const char damaged[] = "?";

/* Where the code is in the index, or would be. */
static uint16_t *seat(const struct dictionary *dict, const char *code,
		      size_t len)
{
	uint32_t mask = dict->index_size - 1;
	uint32_t at = (uint32_t)seal_hash(code, len) & mask;

	for (;; at = (at + 1) & mask) {
		uint16_t id = dict->index[at];

		if (!id || (strlen(dict->items[id]) == len &&
			    !memcmp(dict->items[id], code, len)))
			return &dict->index[at];
	}
}

static void enter(struct dictionary *dict, uint32_t id)
{
	const char *code = dict->items[id];

	if (code != damaged)
		*seat(dict, code, strlen(code)) = (uint16_t)id;
}

static void index_again(struct dictionary *dict)
{
	memset(dict->index, 0, dict->index_size * sizeof(*dict->index));
	for (uint32_t id = 1; id < dict->count; id++)
		enter(dict, id);
}

/* The old array stays in the arena: a reading may have lent it out. */
static void grow(struct dictionary *dict)
{
	uint32_t cap = dict->cap ? dict->cap * 2 : FIRST_CAP;
	const char **items = arena_alloc(&dict->arena, cap * sizeof(*items));

	if (dict->count)
		memcpy(items, dict->items, dict->count * sizeof(*items));
	else
		items[dict->count++] = "";
	dict->items = items;
	dict->cap = cap;
	dict->index_size = cap * 2;
	free(dict->index);
	dict->index = mem_array(dict->index_size, sizeof(*dict->index));
	index_again(dict);
}

static void append(struct dictionary *dict, const char *code)
{
	if (dict->count == dict->cap)
		grow(dict);
	dict->damaged |= code == damaged;
	dict->items[dict->count] = code;
	enter(dict, dict->count++);
}

uint32_t dict_add(struct dictionary *dict, const char *code, size_t len)
{
	append(dict, arena_str(&dict->arena, code, len));
	return dict->count - 1;
}

bool dict_load(struct store *store, MDB_txn *txn, enum dict dict,
	       uint32_t count, struct err *err)
{
	struct dictionary *to = &store->dicts[dict];

	if (!to->cap)
		grow(to);
	while (to->count < count) {
		uint32_t id = to->count;
		struct slice bytes, code;
		int rc = table_get(store, txn, TABLE_DICT, place_byte(dict, id),
				   &bytes);

		if (rc && rc != MDB_NOTFOUND)
			return store_failed(err, rc, store->dir);
		if (!rc && code_decode(dict, id, bytes, &code))
			dict_add(to, code.text, code.len);
		else
			append(to, damaged);
	}
	return true;
}

const char *dict_code(const struct dictionary *dict, uint32_t id)
{
	return id < dict->count && dict->items[id] != damaged ? dict->items[id]
							      : NULL;
}

uint32_t dict_find(const struct dictionary *dict, const char *code)
{
	return *code ? *seat(dict, code, strlen(code)) : 0;
}

void dict_cut(struct dictionary *dict, uint32_t count)
{
	if (dict->count <= count)
		return;
	dict->count = count;
	index_again(dict);
}

void dict_free(struct dictionary *dict)
{
	free(dict->index);
	arena_free(&dict->arena);
}

struct strings reading_dict(const struct reading *reading, enum dict dict)
{
	struct store *store = reading->store;
	uint32_t count = reading->state.dicts[dict];
	struct err err;

	/* LMDB's refusal ends the list early. */
	if (!dict_load(store, reading->txn, dict, count, &err)) {
		count = store->dicts[dict].count;
		sound_doubt(reading, &err);
	} else if (store->dicts[dict].damaged) {
		store_broken(&err, "字典");
		sound_doubt(reading, &err);
	}
	return (struct strings){store->dicts[dict].items, count};
}
