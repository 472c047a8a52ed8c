#include "query/listing.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "domain/workflow.h"
#include "query/sorter.h"
#include "query/tally.h"

/* Whether the keys of the new rows rise, from *last on. */
static bool rising(const uint32_t *slots, size_t count, const uint32_t *keys,
		   key *last)
{
	bool rises = true;

	for (size_t i = 0; i < count; i++) {
		key k = keys[slots[i] % CHUNK_SLOTS];

		rises &= k > *last;
		*last = k;
	}
	return rises;
}

static size_t add_rows(const struct sieve *sieve, uint32_t first,
		       uint32_t *slots)
{
	size_t count = 0;

	for (uint32_t i = 0; i < CHUNK_SLOTS; i++) {
		slots[count] = first + i;
		count += sieve->fails[i] == 0;
	}
	return count;
}

/* Room for a whole chunk more than there can be: add_rows() writes ahead. */
static void listing_start(struct listing *listing, size_t chunks)
{
	size_t cap = (chunks + 1) * CHUNK_SLOTS;

	listing->count = 0;
	if (cap <= listing->cap)
		return;
	free(listing->slots);
	listing->slots = mem_resize(NULL, cap * sizeof(*listing->slots));
	listing->cap = cap;
}

void listing_run(const struct query *query, struct listing *listing,
		 struct counts *counts)
{
	bool grouped = query->groups && query->order.grouped;
	struct sieve *sieve = sieve_new(query, counts || grouped, counts);
	struct tally *tally = counts ? tally_new() : NULL;
	struct group_counts *groups =
		grouped ? group_counts_new(query->catalog, query->order.group)
			: NULL;
	bool ascending = true;
	key last = KEY_NONE;

	if (listing)
		listing_start(listing, sieve->chunks);
	if (query->widths)
		widths_begin(query->widths, query->catalog);
	for (size_t chunk = 0; chunk < sieve->chunks; chunk++) {
		sieve_chunk(sieve, chunk);
		if (sieve->barren)
			continue;
		if (tally)
			tally_add(tally, sieve, chunk);
		if (!listing)
			continue;

		uint32_t *rows = listing->slots + listing->count;
		size_t count =
			add_rows(sieve, (uint32_t)chunk * CHUNK_SLOTS, rows);
		ascending &= rising(rows, count,
				    reading_chunk(query->reading, COLUMN_KEY,
						  (uint32_t)chunk),
				    &last);
		if (query->widths && count)
			widths_add(query->widths, query->reading, rows, count);
		if (groups && count)
			group_counts_add(groups, query->reading, rows, count,
					 sieve->late);
		listing->count += count;
	}
	if (listing)
		sorter_run(query, listing, ascending,
			   sieve->has_texts ? &sieve->texts : NULL);
	if (counts)
		tally_end(tally, query, counts);
	if (groups)
		group_counts_end(groups, query->groups);
	else if (query->groups)
		groups_free(query->groups);
	sieve_free(sieve);
}

long listing_row(const struct listing *listing, uint32_t slot)
{
	enum { BLOCK = 64 };
	size_t i = 0;

	/* Whole blocks without a way out are compared side by side. */
	for (; i + BLOCK <= listing->count; i += BLOCK) {
		uint32_t hit = 0;

		for (size_t k = 0; k < BLOCK; k++)
			hit |= listing->slots[i + k] == slot;
		if (hit)
			break;
	}
	for (; i < listing->count; i++)
		if (listing->slots[i] == slot)
			return (long)i;
	return -1;
}

void listing_free(struct listing *listing)
{
	free(listing->slots);
	*listing = (struct listing){0};
}

day listing_due(const struct reading *reading, const struct catalog *catalog,
		uint32_t slot)
{
	const struct deadline_rule *rule = &catalog->config->reply;
	enum column from = (enum column)(COLUMN_RECEIVED + (int)rule->from);
	day dates[DATE_COUNT] = {0};

	dates[rule->from] = (day)reading_value(reading, from, slot);
	dates[DATE_DUE] = (day)reading_value(reading, COLUMN_DUE, slot);
	return deadline_due(rule, dates);
}
