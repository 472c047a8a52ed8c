#include "query/slotset.h"

#include <stdlib.h>

#include "base/mem.h"

void slotset_init(struct slotset *set, uint32_t slots)
{
	size_t chunks = ((size_t)slots + CHUNK_SLOTS - 1) / CHUNK_SLOTS;

	set->count = chunks * SLOTSET_CHUNK;
	set->words = mem_array(set->count ? set->count : 1, sizeof(uint32_t));
}

void slotset_free(struct slotset *set)
{
	free(set->words);
	*set = (struct slotset){0};
}

static size_t common(const struct slotset *a, const struct slotset *b)
{
	return a->count < b->count ? a->count : b->count;
}

void slotset_and(struct slotset *set, const struct slotset *other)
{
	size_t both = common(set, other);

	for (size_t i = 0; i < both; i++)
		set->words[i] &= other->words[i];
	for (size_t i = both; i < set->count; i++)
		set->words[i] = 0;
}

void slotset_or(struct slotset *set, const struct slotset *other)
{
	size_t both = common(set, other);

	for (size_t i = 0; i < both; i++)
		set->words[i] |= other->words[i];
}

void slotset_without(struct slotset *set, const struct slotset *other)
{
	size_t both = common(set, other);

	for (size_t i = 0; i < both; i++)
		set->words[i] &= ~other->words[i];
}

bool slotset_lacks(const struct slotset *set, size_t chunk)
{
	uint32_t any = 0;

	for (size_t i = 0; i < SLOTSET_CHUNK; i++) {
		size_t at = chunk * SLOTSET_CHUNK + i;

		any |= at < set->count ? set->words[at] : 0;
	}
	return !any;
}

size_t slotset_size(const struct slotset *set)
{
	size_t size = 0;

	for (size_t i = 0; i < set->count; i++)
		size += (size_t)__builtin_popcount(set->words[i]);
	return size;
}

/* Branches on nothing, so that it becomes vector instructions. */
static void fail_word(uint8_t *restrict fails, uint32_t missing, uint8_t mark)
{
	for (uint32_t i = 0; i < 32; i++)
		fails[i] = (uint8_t)(fails[i] |
				     (mark & (0u - (missing >> i & 1))));
}

void slotset_fail(const struct slotset *set, size_t chunk, uint8_t *fails,
		  uint8_t mark)
{
	for (size_t i = 0; i < SLOTSET_CHUNK; i++) {
		size_t at = chunk * SLOTSET_CHUNK + i;
		uint32_t word = at < set->count ? set->words[at] : 0;

		if (word != UINT32_MAX)
			fail_word(fails + 32 * i, ~word, mark);
	}
}
