/*
 * Lists of numbers, pasted from a letter.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "domain/number.h"
#include "query/lookup.h"
#include "query/probe.h"
#include "store/columns.h"

/* Gaps of longer ranges are not told; more numbers than these are no list. */
enum { GAPS_SPAN = 1000, LIST_MAX = 1000000 };

/* Keys or slots, on the heap until they are all there. */
struct pile {
	uint32_t *items;
	size_t count, cap;
};

struct gathering {
	const struct reading *reading;
	struct probe keys, into;
	uint8_t *seen; /* by slot: how often, up to 2 */
	struct pile slots, unknown, merged, repeated;
};

static void pile_add(struct pile *pile, uint32_t item)
{
	if (pile->count == pile->cap) {
		pile->cap = pile->cap ? 2 * pile->cap : 64;
		pile->items = mem_resize(pile->items,
					 pile->cap * sizeof(*pile->items));
	}
	pile->items[pile->count++] = item;
}

static int by_key(const void *a, const void *b)
{
	const key *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Each once, in order. */
static void pile_sort(struct pile *pile)
{
	size_t kept = 0;

	if (pile->count)
		qsort(pile->items, pile->count, sizeof(*pile->items), by_key);
	for (size_t i = 0; i < pile->count; i++)
		if (!kept || pile->items[kept - 1] != pile->items[i])
			pile->items[kept++] = pile->items[i];
	pile->count = kept;
}

static uint32_t *pile_move(const struct pile *pile, struct arena *arena,
			   size_t *count)
{
	size_t size = pile->count * sizeof(*pile->items);
	uint32_t *copy = arena_alloc(arena, size);

	if (size)
		memcpy(copy, pile->items, size);
	*count = pile->count;
	return copy;
}

static void take(struct gathering *all, uint32_t slot, key k)
{
	if (all->seen[slot]) {
		if (all->seen[slot]++ == 1)
			pile_add(&all->repeated, k);
		all->seen[slot] = 2;
		return;
	}
	all->seen[slot] = 1;
	if (probe_value(&all->into, slot) != KEY_NONE)
		pile_add(&all->merged, k);
	pile_add(&all->slots, slot);
}

static void take_range(struct gathering *all, struct number_range range)
{
	bool gaps = range.last - range.first < GAPS_SPAN;
	key at = range.first;
	uint32_t slot;

	while (at <= range.last) {
		key found = range.last + 1, next;

		/* A damaged column may name a key that was passed already. */
		if (reading_next(all->reading, at, &slot) &&
		    (next = probe_value(&all->keys, slot)) >= at &&
		    next <= range.last)
			found = next;
		for (; at < found; at++)
			if (gaps)
				pile_add(&all->unknown, at);
		if (found > range.last)
			return;
		take(all, slot, found);
		at = found + 1;
	}
}

static bool take_all(struct gathering *all, const struct numbers *numbers,
		     struct err *err)
{
	size_t total = 0;

	for (size_t i = 0; i < numbers->count; i++)
		total += numbers->items[i].last - numbers->items[i].first + 1;
	if (total > LIST_MAX)
		return err_set(err, ERR_USAGE,
			       "一次最多找 %d 个编号，这里有 %zu 个，请分几次",
			       LIST_MAX, total);
	for (size_t i = 0; i < numbers->count; i++)
		take_range(all, numbers->items[i]);
	return true;
}

bool lookup_list(const struct reading *reading, const char *text,
		 session current, struct arena *arena, struct lookup_list *out,
		 struct err *err)
{
	struct gathering all = {.reading = reading};
	struct numbers numbers;
	bool ok;

	*out = (struct lookup_list){0};
	if (!number_list(text, current, arena, &numbers, err))
		return false;
	all.seen = mem_array(reading_slots(reading) + 1u, 1);
	probe_open(&all.keys, reading, COLUMN_KEY);
	probe_open(&all.into, reading, COLUMN_MERGED);
	ok = take_all(&all, &numbers, err);
	probe_close(&all.keys);
	probe_close(&all.into);
	free(all.seen);
	pile_sort(&all.unknown);
	pile_sort(&all.merged);
	pile_sort(&all.repeated);
	out->slots = pile_move(&all.slots, arena, &out->count);
	reading_prove_absent(reading, all.unknown.items, all.unknown.count);
	out->unknown = pile_move(&all.unknown, arena, &out->unknown_count);
	out->merged = pile_move(&all.merged, arena, &out->merged_count);
	out->repeated = pile_move(&all.repeated, arena, &out->repeated_count);
	free(all.slots.items);
	free(all.unknown.items);
	free(all.merged.items);
	free(all.repeated.items);
	return ok;
}
