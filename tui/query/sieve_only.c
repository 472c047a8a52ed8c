/*
 * Conditions that no facet and no date is about: marks, changes, numbers, what
 * was merged.
 */
#include <string.h>

#include "query/selection.h"
#include "query/sieve.h"

static const struct filter *filter_of(const struct sieve *sieve)
{
	return sieve->query->filter;
}

static void fill(struct slotset *set)
{
	memset(set->words, 0xff, set->count * sizeof(*set->words));
}

static void add_marked(struct slotset *set, const struct selection *marked)
{
	uint32_t slot;

	if (!marked)
		return;
	for (uint32_t from = 0; selection_next(marked, from, &slot);
	     from = slot + 1)
		slotset_add(set, slot);
}

static void keep_marked(struct sieve *sieve)
{
	const struct query *query = sieve->query;
	struct slotset marked;

	slotset_init(&marked, reading_slots(query->reading));
	add_marked(&marked, query->marked);
	if (query->filter->marked == FLAG_YES)
		slotset_and(&sieve->only, &marked);
	else
		slotset_without(&sieve->only, &marked);
	slotset_free(&marked);
}

void sieve_only_open(struct sieve *sieve)
{
	const struct filter *filter = filter_of(sieve);

	changes_open(&sieve->changes, sieve->query);
	if (!filter->marked && !filter->person_count)
		return;
	slotset_init(&sieve->only, reading_slots(sieve->query->reading));
	fill(&sieve->only);
	if (filter->marked)
		keep_marked(sieve);
	changes_narrow(&sieve->changes, sieve->query, &sieve->only);
}

/* --- A chunk --- */

static void fail_changed(struct sieve *sieve, const uint32_t *batches)
{
	const struct changes *changes = &sieve->changes;

	for (size_t i = 0; i < CHUNK_SLOTS; i++) {
		uint32_t batch = batches[i] < changes->count ? batches[i] : 0;

		sieve->fails[i] =
			(uint8_t)(sieve->fails[i] |
				  (changes->batches[batch] & CHANGED_THEN
					   ? 0
					   : FAILS_ALL));
	}
}

static void fail_merged(uint8_t *restrict fails, const uint32_t *restrict keys,
			bool wanted)
{
	for (size_t i = 0; i < CHUNK_SLOTS; i++)
		fails[i] =
			(uint8_t)(fails[i] |
				  ((keys[i] != 0) == wanted ? 0 : FAILS_ALL));
}

static void add_range(uint8_t *restrict hits, const uint32_t *restrict keys,
		      const struct filter_numbers *numbers)
{
	uint32_t first = numbers->first, last = numbers->last;
	/* Without a session, what is left of a key is its number. */
	uint32_t mask =
		key_session(first) ? UINT32_MAX : key_number(UINT32_MAX);

	for (size_t i = 0; i < CHUNK_SLOTS; i++)
		hits[i] |= (uint8_t)(((keys[i] & mask) >= first) &
				     ((keys[i] & mask) <= last));
}

static void fail_numbers(struct sieve *sieve, const uint32_t *keys, bool no)
{
	const struct filter *filter = filter_of(sieve);
	uint8_t hits[CHUNK_SLOTS] = {0};
	bool any = false;

	for (size_t i = 0; i < filter->number_count; i++) {
		if (!filter->numbers[i].no == no)
			continue;
		add_range(hits, keys, &filter->numbers[i]);
		any = true;
	}
	for (size_t i = 0; any && i < CHUNK_SLOTS; i++)
		sieve->fails[i] =
			(uint8_t)(sieve->fails[i] |
				  ((hits[i] != 0) != no ? 0 : FAILS_ALL));
}

static const void *column_at(const struct sieve *sieve, enum column column,
			     size_t chunk)
{
	return reading_chunk(sieve->query->reading, column, (uint32_t)chunk);
}

void sieve_only(struct sieve *sieve, size_t chunk)
{
	const struct filter *filter = filter_of(sieve);

	if (sieve->only.words)
		slotset_fail(&sieve->only, chunk, sieve->fails, FAILS_ALL);
	if (sieve->changes.by_last)
		fail_changed(sieve, column_at(sieve, COLUMN_BATCH, chunk));
	if (filter->merged)
		fail_merged(sieve->fails,
			    column_at(sieve, COLUMN_MERGED, chunk),
			    filter->merged == FLAG_YES);
	if (!filter->number_count)
		return;
	fail_numbers(sieve, column_at(sieve, COLUMN_KEY, chunk), false);
	fail_numbers(sieve, column_at(sieve, COLUMN_KEY, chunk), true);
}
