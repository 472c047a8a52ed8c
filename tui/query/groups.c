#include "query/groups.h"

#include <stdlib.h>

#include "base/mem.h"
#include "domain/workflow.h"
#include "query/facet.h"

enum { RANKS = UINT16_MAX + 1 };

struct group_counts {
	const struct catalog *catalog;
	enum facet facet;
	uint16_t *ranks; /* by dict id */
	struct {
		uint32_t rows, late;
	} by_rank[RANKS];
};

void groups_free(struct groups *groups)
{
	free(groups->items);
	*groups = (struct groups){0};
}

size_t groups_of(const struct groups *groups, size_t row)
{
	size_t low = 0, high = groups->count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (groups->items[middle].first <= row)
			low = middle;
		else
			high = middle;
	}
	return low;
}

struct group_counts *group_counts_new(const struct catalog *catalog,
				      enum facet facet)
{
	struct group_counts *counts = mem_new(sizeof(*counts));

	counts->catalog = catalog;
	counts->facet = facet;
	counts->ranks = facet_ranks(catalog, facet);
	return counts;
}

void group_counts_add(struct group_counts *counts,
		      const struct reading *reading, const uint32_t *rows,
		      size_t count, const uint8_t *late)
{
	enum column column = facet_source(counts->facet)->column;
	const void *ids = reading_chunk(reading, column, rows[0] / CHUNK_SLOTS);
	const uint8_t *narrow = ids;
	const uint16_t *wide = ids;
	bool bytes = column_width(column) == 1;

	for (size_t i = 0; i < count; i++) {
		uint32_t at = rows[i] % CHUNK_SLOTS;
		uint16_t rank = counts->ranks[bytes ? narrow[at] : wide[at]];

		counts->by_rank[rank].rows++;
		counts->by_rank[rank].late += late[at] == LATE_OVERDUE;
	}
}

static const char *label_of(const struct group_counts *counts, uint32_t rank)
{
	const struct facet_values *values =
		&counts->catalog->facets[counts->facet];

	if (rank == NO_VALUE)
		rank = catalog_code(counts->catalog, counts->facet, "");
	return rank < values->count ? values->items[rank].label : "其他";
}

void group_counts_end(struct group_counts *counts, struct groups *out)
{
	size_t row = 0, used = 0;

	for (uint32_t rank = 0; rank < RANKS; rank++)
		used += counts->by_rank[rank].rows > 0;
	free(out->items);
	out->items = mem_array(used + 1, sizeof(*out->items));
	out->count = 0;
	for (uint32_t rank = 0; rank < RANKS; rank++) {
		if (!counts->by_rank[rank].rows)
			continue;
		out->items[out->count++] = (struct group_head){
			.label = label_of(counts, rank),
			.first = row,
			.count = counts->by_rank[rank].rows,
			.late = counts->by_rank[rank].late,
		};
		row += counts->by_rank[rank].rows;
	}
	free(counts->ranks);
	free(counts);
}
