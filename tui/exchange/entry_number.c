#include <stdlib.h>

#include "exchange/entry.h"

static int by_key(const void *a, const void *b)
{
	const struct numbered *x = a, *y = b;

	return (x->key > y->key) - (x->key < y->key);
}

/* The first of a number, whether there is one or not. */
static struct numbered *first_of(const struct entries *entries, key k)
{
	size_t low = 0, high = entries->rows->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (entries->index[middle].key < k)
			low = middle + 1;
		else
			high = middle;
	}
	return &entries->index[low];
}

struct entry *entries_holder(const struct entries *entries, key k)
{
	const struct numbered *first = first_of(entries, k);

	if (first == entries->index + entries->rows->count || first->key != k ||
	    !first->holder)
		return NULL;
	return &entries->items[first->holder - 1];
}

static void hold(struct entries *entries, uint32_t row)
{
	struct entry *entry = &entries->items[row];
	const struct entry *holder = entries_holder(entries, entry->key);

	if (!holder) {
		first_of(entries, entry->key)->holder = row + 1;
		return;
	}
	if (entry_equal(holder->next, entry->next)) {
		entry->verdict = IMPORT_SAME;
		return;
	}

	unsigned line = entries->rows->items[holder - entries->items].line;
	char label[64];
	key_label(entry->key, entries->config->current, label);
	entry_reject(entries, entry, "%s在第%u行已经有了，内容不同", label,
		     line);
}

void entries_number(struct entries *entries)
{
	size_t count = entries->rows->count;

	entries->index =
		arena_alloc(entries->arena, count * sizeof(*entries->index));
	for (size_t i = 0; i < count; i++)
		entries->index[i].key = entries->items[i].key;
	if (count > 0)
		qsort(entries->index, count, sizeof(*entries->index), by_key);
	for (size_t i = 0; i < count; i++)
		if (entries->items[i].verdict != IMPORT_REJECT)
			hold(entries, (uint32_t)i);
}
