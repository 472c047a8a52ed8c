#include "store/gram_build.h"

#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "base/mem.h"

/*
 * A gram is known by the gram before its last symbol, which is a list too, or
 * by the first symbol of two: 5 bits of part and symbols, 32, 22 of a symbol.
 */
struct gram_list {
	uint64_t code;
	uint32_t stamp; /* the slot that was added last, + 1 */
	uint32_t count;
	uint32_t at;  /* of its slots in the pool */
	uint8_t room; /* for 1 << room of them, 0 none */
	bool common;
};

#define NO_LIST UINT32_MAX

enum { FIRST_ROOM = 2, SYMBOL_BITS = 22 };

#define SYMBOL_MASK ((UINT32_C(1) << SYMBOL_BITS) - 1)
#define NO_CODE 0

static uint64_t code_of(enum part part, unsigned symbols, uint32_t before,
			uint32_t symbol)
{
	return (uint64_t)(part * 8 + symbols) << 54 |
	       (uint64_t)before << SYMBOL_BITS | symbol;
}

static unsigned code_symbols(uint64_t code)
{
	return code >> 54 & 7;
}

static uint32_t code_before(uint64_t code)
{
	return (uint32_t)(code >> SYMBOL_BITS);
}

void gram_build_free(struct gram_build *build)
{
	free(build->lists);
	free(build->index);
	free(build->pool);
	free(build->symbols);
	free(build->ids);
	free(build->codes);
	*build = (struct gram_build){0};
}

static size_t home(const struct gram_build *build, uint64_t code)
{
	return (size_t)(code * UINT64_C(0x9E3779B97F4A7C15) >> 32) &
	       build->mask;
}

static void enter(struct gram_build *build, uint32_t id)
{
	size_t at = home(build, build->lists[id].code);

	while (build->index[at])
		at = (at + 1) & build->mask;
	build->index[at] = id + 1;
}

/* Room for so many more lists; they move. */
static void reserve(struct gram_build *build, size_t more)
{
	size_t size = build->index ? build->mask + 1 : 0, wanted = size;

	if (build->count + more > build->cap) {
		build->cap = 2 * (build->count + more);
		build->lists = mem_resize(build->lists,
					  build->cap * sizeof(*build->lists));
	}
	while ((build->count + more) * 2 > wanted)
		wanted = wanted ? 2 * wanted : 4096;
	if (wanted == size)
		return;
	free(build->index);
	build->index = mem_array(wanted, sizeof(*build->index));
	build->mask = wanted - 1;
	for (size_t i = 0; i < build->count; i++)
		enter(build, (uint32_t)i);
}

/* The list of a code, made if there is none. */
static uint32_t list_of(struct gram_build *build, uint64_t code)
{
	size_t at = home(build, code);
	uint32_t id;

	while ((id = build->index[at]) && build->lists[id - 1].code != code)
		at = (at + 1) & build->mask;
	if (!id) {
		build->lists[build->count] = (struct gram_list){.code = code};
		build->index[at] = id = (uint32_t)++build->count;
	}
	return id - 1;
}

static void grow(struct gram_build *build, struct gram_list *list)
{
	uint8_t room = list->room ? list->room + 1 : FIRST_ROOM;
	size_t wanted = build->pool_len + ((size_t)1 << room);

	if (wanted > build->pool_cap) {
		build->pool_cap = 2 * wanted;
		build->pool = mem_resize(build->pool,
					 build->pool_cap * sizeof(uint16_t));
	}
	if (list->count)
		memcpy(build->pool + build->pool_len, build->pool + list->at,
		       list->count * sizeof(uint16_t));
	list->at = (uint32_t)build->pool_len;
	list->room = room;
	build->pool_len = wanted;
}

static void post(struct gram_build *build, uint32_t id, uint16_t slot)
{
	struct gram_list *list = &build->lists[id];

	if (list->stamp == slot + 1u)
		return;
	list->stamp = slot + 1u;
	if (!list->room || list->count == UINT32_C(1) << list->room)
		grow(build, list);
	build->pool[list->at + list->count++] = slot;
}

/*
 * All of codes[], and their lists to ids[]: in passes, so that what each needs
 * of the memory was asked for long before.
 */
static void post_codes(struct gram_build *build, size_t count, uint16_t slot)
{
	const uint64_t *codes = build->codes;
	uint32_t *ids = build->ids;

	for (size_t i = 0; i < count; i++)
		__builtin_prefetch(&build->index[home(build, codes[i])]);
	for (size_t i = 0; i < count; i++) {
		uint32_t id = build->index[home(build, codes[i])];

		if (id)
			__builtin_prefetch(&build->lists[id - 1], 1);
	}
	for (size_t i = 0; i < count; i++) {
		const struct gram_list *list;

		ids[i] = NO_LIST;
		if (codes[i] == NO_CODE)
			continue;
		ids[i] = list_of(build, codes[i]);
		list = &build->lists[ids[i]];
		if (list->count)
			__builtin_prefetch(build->pool + list->at + list->count,
					   1);
	}
	for (size_t i = 0; i < count; i++)
		if (ids[i] != NO_LIST)
			post(build, ids[i], slot);
}

static void add_symbol(struct gram_build *build, uint32_t symbol)
{
	if (build->length == build->room) {
		build->room = build->room ? 2 * build->room : 1024;
		build->symbols = mem_resize(
			build->symbols, build->room * sizeof(*build->symbols));
		build->ids = mem_resize(build->ids,
					build->room * sizeof(*build->ids));
		build->codes = mem_resize(build->codes,
					  build->room * sizeof(*build->codes));
	}
	build->symbols[build->length++] = symbol;
}

/* Folded, and an end behind each line. */
static void read_symbols(struct gram_build *build, struct span text)
{
	const char *at = text.text, *end = at + text.len;

	build->length = 0;
	while (at < end)
		add_symbol(build, fold_next(&at, end) & SYMBOL_MASK);
	add_symbol(build, '\n');
}

static bool is_common(const struct gram_build *build, uint32_t id)
{
	return id != NO_LIST && build->lists[id].common;
}

static void add_pairs(struct gram_build *build, enum part part, uint16_t slot)
{
	const uint32_t *symbols = build->symbols;
	size_t count = build->length - 1;

	for (size_t i = 0; i < count; i++)
		build->codes[i] =
			symbols[i] == '\n'
				? NO_CODE
				: code_of(part, 2, symbols[i], symbols[i + 1]);
	post_codes(build, count, slot);
}

/* Where both parts are common; and none with an end in it. */
static bool add_longer(struct gram_build *build, enum part part,
		       unsigned symbols, uint16_t slot)
{
	size_t count = build->length - symbols + 1;
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		uint32_t last = build->symbols[i + symbols - 1];

		build->codes[i] = NO_CODE;
		if (last == '\n' || !is_common(build, build->ids[i]) ||
		    !is_common(build, build->ids[i + 1]))
			continue;
		build->codes[i] = code_of(part, symbols, build->ids[i], last);
		any = true;
	}
	if (any)
		post_codes(build, count, slot);
	return any;
}

static void add_text(struct gram_build *build, enum part part, uint16_t slot,
		     struct span text)
{
	if (!text.len)
		return;
	read_symbols(build, text);
	reserve(build, (GRAM_MAX - 1) * build->length);
	add_pairs(build, part, slot);
	for (unsigned symbols = 3;
	     symbols <= GRAM_MAX && symbols <= build->length; symbols++)
		if (!add_longer(build, part, symbols, slot))
			return;
}

/* The list of a gram, with those of what it begins with. */
static uint32_t chain(struct gram_build *build, const struct gram *gram)
{
	uint32_t before = gram->symbols[0];

	for (unsigned count = 2; count <= gram->count; count++)
		before = list_of(build, code_of(gram->part, count, before,
						gram->symbols[count - 1]));
	return before;
}

void gram_build_post(struct gram_build *build, const struct gram *gram,
		     uint16_t slot)
{
	reserve(build, GRAM_MAX);
	post(build, chain(build, gram), slot);
}

void gram_build_add(struct gram_build *build, uint16_t slot,
		    const struct slot_texts *texts)
{
	add_text(build, PART_TITLE, slot, texts->title);
	add_text(build, PART_PROPOSERS, slot, texts->proposers);
	for (size_t i = 0; i < REST_TEXTS; i++)
		add_text(build, PART_REST, slot, texts->rest[i]);
	gram_build_sounds(build, PART_TITLE, slot, texts->title);
	gram_build_sounds(build, PART_PROPOSERS, slot, texts->proposers);
	gram_build_units(build, slot, texts->units);
}

void gram_build_mark(struct gram_build *build, unsigned symbols, uint32_t least)
{
	for (size_t i = 0; i < build->count; i++) {
		struct gram_list *list = &build->lists[i];

		if (code_symbols(list->code) == symbols && list->count > least)
			list->common = true;
		list->stamp = list->count = list->room = 0;
	}
	build->pool_len = 0;
}

void gram_build_common(struct gram_build *build, const struct gram *gram)
{
	reserve(build, GRAM_MAX);
	build->lists[chain(build, gram)].common = true;
}

static struct gram_name list_name(const struct gram_build *build, uint64_t code)
{
	struct gram gram = {.part = (enum part)(code >> 57),
			    .count = code_symbols(code)};

	for (unsigned i = gram.count - 1; i > 1; i--) {
		gram.symbols[i] = code & SYMBOL_MASK;
		code = build->lists[code_before(code)].code;
	}
	gram.symbols[1] = code & SYMBOL_MASK;
	gram.symbols[0] = code_before(code);
	return gram_name(&gram);
}

static int by_name(const void *a, const void *b)
{
	const struct gram_entry *x = a, *y = b;

	if (x->name.high != y->name.high)
		return x->name.high < y->name.high ? -1 : 1;
	return (x->name.low > y->name.low) - (x->name.low < y->name.low);
}

struct gram_entry *gram_build_sorted(const struct gram_build *build,
				     size_t *count)
{
	struct gram_entry *out = mem_array(build->count + 1, sizeof(*out));

	*count = 0;
	for (size_t i = 0; i < build->count; i++) {
		const struct gram_list *list = &build->lists[i];

		if (list->count)
			out[(*count)++] = (struct gram_entry){
				list_name(build, list->code),
				build->pool + list->at, list->count,
				list->common};
	}
	qsort(out, *count, sizeof(*out), by_name);
	return out;
}
