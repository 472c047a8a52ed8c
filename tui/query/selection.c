#include "query/selection.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static uint64_t mask(uint32_t slot)
{
	return UINT64_C(1) << (slot % 64);
}

bool selection_has(const struct selection *selection, uint32_t slot)
{
	return slot / 64 < selection->words &&
	       (selection->bits[slot / 64] & mask(slot)) != 0;
}

static void grow(struct selection *selection, size_t words)
{
	size_t old = selection->words;

	if (words <= old)
		return;
	words += words / 2;
	selection->bits =
		mem_resize(selection->bits, words * sizeof(*selection->bits));
	memset(selection->bits + old, 0,
	       (words - old) * sizeof(*selection->bits));
	selection->words = words;
}

void selection_set(struct selection *selection, uint32_t slot, bool marked)
{
	if (selection_has(selection, slot) == marked)
		return;
	grow(selection, (size_t)slot / 64 + 1);
	selection->bits[slot / 64] ^= mask(slot);
	if (marked)
		selection->count++;
	else
		selection->count--;
}

void selection_clear(struct selection *selection)
{
	if (selection->count)
		memset(selection->bits, 0,
		       selection->words * sizeof(*selection->bits));
	selection->count = 0;
}

void selection_all(struct selection *selection, const struct listing *listing)
{
	for (size_t i = 0; i < listing->count; i++)
		selection_set(selection, listing->slots[i], true);
}

void selection_invert(struct selection *selection,
		      const struct listing *listing)
{
	for (size_t i = 0; i < listing->count; i++) {
		uint32_t slot = listing->slots[i];

		selection_set(selection, slot, !selection_has(selection, slot));
	}
}

size_t selection_within(const struct selection *selection,
			const struct listing *listing)
{
	size_t count = 0;

	if (selection->count == 0)
		return 0;
	for (size_t i = 0; i < listing->count; i++)
		count += selection_has(selection, listing->slots[i]);
	return count;
}

bool selection_next(const struct selection *selection, uint32_t from,
		    uint32_t *slot)
{
	for (size_t word = from / 64; word < selection->words; word++) {
		uint64_t bits = selection->bits[word];

		if (word == from / 64)
			bits &= ~UINT64_C(0) << (from % 64);
		if (!bits)
			continue;
		*slot = (uint32_t)word * 64 + (uint32_t)__builtin_ctzll(bits);
		return true;
	}
	return false;
}

void selection_free(struct selection *selection)
{
	free(selection->bits);
	*selection = (struct selection){0};
}
