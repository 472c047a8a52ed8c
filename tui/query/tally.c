#include "query/tally.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "domain/workflow.h"

/*
 * Values that lie close together, as dict ids do, are counted one after the
 * other with vector instructions, many rows at a time; WIDE is as many values
 * as that is quicker for than a table.
 */
enum { WIDE = 24, LANES = 16 };

typedef uint8_t lanes __attribute__((vector_size(LANES)));

static_assert(CHUNK_SLOTS % LANES == 0, "a chunk is whole vectors");
static_assert(CHUNK_SLOTS / LANES <= UINT8_MAX, "a lane counts a chunk");

struct tally {
	uint32_t ids[FACET_COUNT][256]; /* by dict id or lateness */
	uint32_t leads[UINT16_MAX + 1]; /* by dict id */
	uint8_t counted[CHUNK_SLOTS];   /* 1 where no other facet says no */
};

struct tally *tally_new(void)
{
	return mem_new(sizeof(struct tally));
}

static void mark_counted(uint8_t *restrict counted,
			 const uint8_t *restrict fails, uint8_t bit)
{
	for (size_t i = 0; i < CHUNK_SLOTS; i++)
		counted[i] = (fails[i] & (uint8_t)~bit) == 0;
}

static void span(const uint8_t *ids, uint8_t *least, uint8_t *most)
{
	uint8_t low = UINT8_MAX, high = 0;

	for (size_t i = 0; i < CHUNK_SLOTS; i++) {
		low = ids[i] < low ? ids[i] : low;
		high = ids[i] > high ? ids[i] : high;
	}
	*least = low;
	*most = high;
}

static uint32_t count_id(const uint8_t *ids, const uint8_t *counted, uint8_t id)
{
	lanes sums = {0}, some, which;
	uint32_t count = 0;

	for (size_t i = 0; i < CHUNK_SLOTS; i += LANES) {
		memcpy(&some, ids + i, LANES);
		memcpy(&which, counted + i, LANES);
		sums += (lanes)(some == id) & which;
	}
	for (size_t i = 0; i < LANES; i++)
		count += sums[i];
	return count;
}

static void add_ids(struct tally *tally, const uint8_t *ids, uint32_t *counts)
{
	uint8_t least, most;

	span(ids, &least, &most);
	if (most - least >= WIDE) {
		for (size_t i = 0; i < CHUNK_SLOTS; i++)
			counts[ids[i]] += tally->counted[i];
		return;
	}
	for (unsigned id = least; id <= most; id++)
		counts[id] += count_id(ids, tally->counted, (uint8_t)id);
}

static void add_leads(struct tally *tally, const uint16_t *ids)
{
	for (size_t i = 0; i < CHUNK_SLOTS; i++)
		tally->leads[ids[i]] += tally->counted[i];
}

void tally_add(struct tally *tally, const struct sieve *sieve, size_t chunk)
{
	for (int f = 0; f < FACET_COUNT; f++) {
		enum facet facet = (enum facet)f;

		if (sieve->query->uncounted & 1u << f)
			continue;
		mark_counted(tally->counted, sieve->fails, (uint8_t)(1u << f));
		if (facet == FACET_UNIT)
			add_leads(tally, sieve_column(sieve, facet, chunk));
		else if (facet == FACET_DUE)
			add_ids(tally, sieve->late, tally->ids[f]);
		else
			add_ids(tally, sieve_column(sieve, facet, chunk),
				tally->ids[f]);
	}
}

static void add_count(const struct catalog *catalog, struct counts *counts,
		      enum facet facet, uint32_t id, uint32_t count)
{
	struct indexes values = catalog_values(catalog, facet, id);

	for (size_t i = 0; count && i < values.count; i++)
		counts->of[facet][values.items[i]] += count;
}

/* Of the rows that pass all facets, 期限 included. */
static uint32_t late_count(const struct filter *filter,
			   const struct counts *counts, enum lateness late)
{
	return filter_lets(filter, FACET_DUE, late)
		       ? counts->of[FACET_DUE][late]
		       : 0;
}

void tally_end(struct tally *tally, const struct query *query,
	       struct counts *counts)
{
	const struct catalog *catalog = query->catalog;

	memset(counts, 0, sizeof(*counts));
	for (uint32_t id = 0; id <= UINT16_MAX && id < catalog->leads_count;
	     id++)
		add_count(catalog, counts, FACET_UNIT, id, tally->leads[id]);
	for (int f = 0; f < FACET_COUNT; f++)
		for (uint32_t id = 0; id < 256; id++)
			if (f != FACET_UNIT && f != FACET_DUE)
				add_count(catalog, counts, (enum facet)f, id,
					  tally->ids[f][id]);
	memcpy(counts->of[FACET_DUE], tally->ids[FACET_DUE],
	       LATE_COUNT * sizeof(uint32_t));
	counts->overdue = late_count(query->filter, counts, LATE_OVERDUE);
	counts->soon = late_count(query->filter, counts, LATE_SOON);
	free(tally);
}
