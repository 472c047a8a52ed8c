/*
 * Cross tables: 主办 by 状态 and the like.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "domain/workflow.h"
#include "query/sieve.h"

/*
 * Rows are counted by pairs of dict ids first, and the pairs by their values
 * after. FACET_UNIT, whose ids are two bytes wide, is always the long side.
 */
struct crossing {
	const struct catalog *catalog;
	enum facet x, y, side, other;
	size_t side_ids, other_ids; /* in use; one place more for the rest */
	uint32_t *pairs;            /* owned */
};

static size_t ids_of(const struct catalog *catalog, enum facet facet)
{
	if (facet == FACET_UNIT)
		return catalog->leads_count;
	return facet == FACET_DUE ? LATE_COUNT : catalog->index_count[facet];
}

static void crossing_open(struct crossing *crossing,
			  const struct catalog *catalog, enum facet x,
			  enum facet y)
{
	bool turned = y == FACET_UNIT;

	*crossing = (struct crossing){
		.catalog = catalog,
		.x = x,
		.y = y,
		.side = turned ? y : x,
		.other = turned ? x : y,
	};
	crossing->side_ids = ids_of(catalog, crossing->side);
	/* With itself a facet makes pairs of equals: its ids are enough. */
	crossing->other_ids = x == y ? 0 : ids_of(catalog, crossing->other);
	crossing->pairs =
		mem_array((crossing->side_ids + 1) * (crossing->other_ids + 1),
			  sizeof(*crossing->pairs));
}

static size_t at_most(size_t id, size_t most)
{
	return id < most ? id : most;
}

static void add_bytes(struct crossing *crossing, const uint8_t *fails,
		      const uint8_t *side, const uint8_t *other)
{
	size_t ids = crossing->side_ids, others = crossing->other_ids;

	for (size_t i = 0; i < CHUNK_SLOTS; i++)
		crossing->pairs[at_most(side[i], ids) * (others + 1) +
				at_most(other[i], others)] += fails[i] == 0;
}

static void add_leads(struct crossing *crossing, const uint8_t *fails,
		      const uint16_t *side, const uint8_t *other)
{
	size_t ids = crossing->side_ids, others = crossing->other_ids;

	for (size_t i = 0; i < CHUNK_SLOTS; i++)
		crossing->pairs[at_most(side[i], ids) * (others + 1) +
				at_most(other[i], others)] += fails[i] == 0;
}

static const void *ids_at(const struct sieve *sieve, enum facet facet,
			  size_t chunk)
{
	return facet == FACET_DUE ? sieve->late
				  : sieve_column(sieve, facet, chunk);
}

static void add_chunk(struct crossing *crossing, const struct sieve *sieve,
		      size_t chunk)
{
	static const uint8_t equals[CHUNK_SLOTS];
	const void *side = ids_at(sieve, crossing->side, chunk);
	const void *other = crossing->x == crossing->y
				    ? equals
				    : ids_at(sieve, crossing->other, chunk);

	if (crossing->side == FACET_UNIT)
		add_leads(crossing, sieve->fails, side, other);
	else
		add_bytes(crossing, sieve->fails, side, other);
}

static struct indexes values_of(const struct crossing *crossing,
				enum facet facet, size_t id, uint16_t *late)
{
	if (facet != FACET_DUE)
		return catalog_values(crossing->catalog, facet, (uint32_t)id);
	*late = (uint16_t)id;
	return (struct indexes){late, 1};
}

static void add_pair(const struct crossing *crossing, size_t x_id, size_t y_id,
		     uint32_t count, struct cross *out)
{
	uint16_t x_late, y_late;
	struct indexes xs = values_of(crossing, crossing->x, x_id, &x_late);
	struct indexes ys = values_of(crossing, crossing->y, y_id, &y_late);

	for (size_t i = 0; i < xs.count; i++)
		for (size_t j = 0; j < ys.count; j++)
			out->cells[xs.items[i] * out->y_count + ys.items[j]] +=
				count;
}

static void crossing_close(struct crossing *crossing, struct cross *out)
{
	bool same = crossing->x == crossing->y;
	bool turned = crossing->side != crossing->x;
	size_t others = crossing->other_ids;

	for (size_t id = 0; id < crossing->side_ids; id++) {
		for (size_t other = 0; other < others + same; other++) {
			uint32_t count =
				crossing->pairs[id * (others + 1) + other];
			size_t y_id = same ? id : other;

			if (count)
				add_pair(crossing, turned ? y_id : id,
					 turned ? id : y_id, count, out);
		}
	}
	free(crossing->pairs);
}

void listing_cross(const struct query *query, enum facet x, enum facet y,
		   struct cross *out)
{
	const struct catalog *catalog = query->catalog;
	struct sieve *sieve =
		sieve_new(query, x == FACET_DUE || y == FACET_DUE, false);
	struct crossing crossing;

	*out = (struct cross){
		.x_count = catalog->facets[x].count,
		.y_count = catalog->facets[y].count,
	};
	out->cells =
		mem_array(out->x_count * out->y_count, sizeof(*out->cells));
	crossing_open(&crossing, catalog, x, y);
	for (size_t chunk = 0; chunk < sieve->chunks; chunk++) {
		sieve_chunk(sieve, chunk);
		if (!sieve->barren)
			add_chunk(&crossing, sieve, chunk);
	}
	crossing_close(&crossing, out);
	sieve_free(sieve);
}
