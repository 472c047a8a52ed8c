#include "query/order.h"

#include <stdlib.h>

#include "base/mem.h"
#include "domain/workflow.h"
#include "query/facet.h"
#include "query/probe.h"

/*
 * Each pass sorts by a digit of 16 bits, and keeps the order of equals: the
 * key goes first, the value that is asked for after it.
 */
enum { DIGITS = UINT16_MAX + 1, DIGIT_NONE = UINT16_MAX };

struct sorter {
	const struct query *query;
	struct listing *listing;
	uint16_t *digits; /* of the rows as they stand */
	uint32_t *spare;  /* the rows, after a pass */
	uint32_t *starts; /* where the rows of each digit begin */
};

static void sorter_open(struct sorter *sorter, const struct query *query,
			struct listing *listing)
{
	*sorter = (struct sorter){
		.query = query,
		.listing = listing,
		.digits = mem_resize(NULL, listing->count * sizeof(uint16_t)),
		.spare = mem_resize(NULL, listing->cap * sizeof(uint32_t)),
		.starts = mem_array(DIGITS, sizeof(uint32_t)),
	};
}

static void sorter_close(struct sorter *sorter)
{
	free(sorter->digits);
	free(sorter->spare);
	free(sorter->starts);
}

/* The least and the greatest digit; between them stand all others. */
static void span(const struct sorter *sorter, uint32_t *least, uint32_t *most)
{
	uint16_t low = UINT16_MAX, high = 0;

	for (size_t i = 0; i < sorter->listing->count; i++) {
		uint16_t digit = sorter->digits[i];

		low = digit < low ? digit : low;
		high = digit > high ? digit : high;
	}
	*least = low;
	*most = high;
}

static void pass(struct sorter *sorter)
{
	struct listing *listing = sorter->listing;
	uint32_t *rows = listing->slots, *starts = sorter->starts;
	uint32_t least, most, start = 0;

	span(sorter, &least, &most);
	if (least >= most)
		return;
	for (uint32_t digit = least; digit <= most; digit++)
		starts[digit] = 0;
	for (size_t i = 0; i < listing->count; i++)
		starts[sorter->digits[i]]++;
	for (uint32_t digit = least; digit <= most; digit++) {
		uint32_t count = starts[digit];

		starts[digit] = start;
		start += count;
	}
	for (size_t i = 0; i < listing->count; i++)
		sorter->spare[starts[sorter->digits[i]]++] = rows[i];
	listing->slots = sorter->spare;
	sorter->spare = rows;
}

/* Rows that stand together in one chunk. */
struct run {
	size_t start, end;
	uint32_t chunk, first; /* the chunk and its first slot */
};

/* The run behind the last one; false at the end. Begin with a zeroed one. */
static bool next_run(const struct listing *listing, struct run *run)
{
	size_t at = run->end;

	if (at == listing->count)
		return false;
	run->start = at;
	run->chunk = listing->slots[at] / CHUNK_SLOTS;
	run->first = run->chunk * CHUNK_SLOTS;
	while (at < listing->count &&
	       listing->slots[at] - run->first < CHUNK_SLOTS)
		at++;
	run->end = at;
	return true;
}

/* By a column of 32 bits. */
static void sort_wide(struct sorter *sorter, enum column column, bool down)
{
	uint32_t flip = down ? UINT32_MAX : 0;
	struct probe probe;

	probe_open(&probe, sorter->query->reading, column);
	for (unsigned shift = 0; shift < 32; shift += 16) {
		const uint32_t *rows = sorter->listing->slots;
		struct run run = {0};

		while (next_run(sorter->listing, &run)) {
			const uint32_t *values = probe_chunk(&probe, run.chunk);

			for (size_t i = run.start; i < run.end; i++)
				sorter->digits[i] =
					(uint16_t)((values[rows[i] -
							   run.first] ^
						    flip) >>
						   shift);
		}
		pass(sorter);
	}
	probe_close(&probe);
}

/* By dict id: in the catalogue's order, the empty value last. */
static uint16_t *facet_ranks(const struct catalog *catalog, enum facet facet)
{
	uint16_t *ranks = mem_array(DIGITS, sizeof(*ranks));

	for (uint32_t id = 0; id < DIGITS; id++) {
		struct indexes values = catalog_values(catalog, facet, id);

		ranks[id] = id && values.count ? values.items[0] : DIGIT_NONE;
	}
	return ranks;
}

static void sort_facet(struct sorter *sorter, enum facet facet)
{
	uint16_t *ranks = facet_ranks(sorter->query->catalog, facet);
	const uint32_t *rows = sorter->listing->slots;
	struct run run = {0};
	struct probe probe;

	probe_open(&probe, sorter->query->reading, facet_source(facet)->column);
	while (next_run(sorter->listing, &run)) {
		const void *ids = probe_chunk(&probe, run.chunk);
		const uint8_t *narrow = ids;
		const uint16_t *wide = ids;

		for (size_t i = run.start; i < run.end; i++) {
			uint32_t at = rows[i] - run.first;

			sorter->digits[i] =
				ranks[probe.width == 1 ? narrow[at] : wide[at]];
		}
	}
	probe_close(&probe);
	free(ranks);
	pass(sorter);
}

/* What the rule makes of days; each is computed when it is first seen. */
struct calendar {
	const struct deadline_rule *rule;
	day due[DIGITS];
};

static day due_from(struct calendar *calendar, day from)
{
	day dates[DATE_COUNT] = {0};

	if (from && !calendar->due[from]) {
		dates[calendar->rule->from] = from;
		calendar->due[from] = deadline_due(calendar->rule, dates);
	}
	return calendar->due[from];
}

/* The calendar without DAY_NONE, and that at its end. */
static uint16_t day_digit(day d)
{
	return (uint16_t)(d - 1);
}

static void sort_due(struct sorter *sorter)
{
	const struct reading *reading = sorter->query->reading;
	const uint32_t *rows = sorter->listing->slots;
	struct calendar *calendar = mem_new(sizeof(*calendar));
	struct run run = {0};
	struct probe due, from;

	calendar->rule = &sorter->query->catalog->config->reply;
	probe_open(&due, reading, COLUMN_DUE);
	probe_open(&from, reading,
		   (enum column)(COLUMN_RECEIVED + (int)calendar->rule->from));
	while (next_run(sorter->listing, &run)) {
		const uint16_t *given = probe_chunk(&due, run.chunk);
		const uint16_t *start = probe_chunk(&from, run.chunk);

		for (size_t i = run.start; i < run.end; i++) {
			uint32_t at = rows[i] - run.first;
			day counted = due_from(calendar, start[at]);

			sorter->digits[i] =
				day_digit(given[at] ? given[at] : counted);
		}
	}
	probe_close(&due);
	probe_close(&from);
	free(calendar);
	pass(sorter);
}

static void turn(uint32_t *rows, size_t count)
{
	for (size_t i = 0; i < count / 2; i++) {
		uint32_t row = rows[i];

		rows[i] = rows[count - 1 - i];
		rows[count - 1 - i] = row;
	}
}

/* The first row without a date, which are last. */
static size_t first_undated(const struct query *query,
			    const struct listing *listing)
{
	size_t low = 0, high = listing->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (listing_due(query->reading, query->catalog,
				listing->slots[middle]) == DAY_NONE)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

static void reverse(const struct query *query, struct listing *listing)
{
	size_t dated = listing->count;

	if (query->order.by == SORT_DUE)
		dated = first_undated(query, listing);
	turn(listing->slots, dated);
	turn(listing->slots + dated, listing->count - dated);
}

/* Each set holds those before it, so a row's place is how many lack it. */
static unsigned place_of(const struct hits *hits, uint32_t row)
{
	unsigned place = 0;

	for (int where = 0; where < WHERE_REST; where++)
		place += !(hits->in[where].words[row / 32] >> row % 32 & 1);
	return place;
}

/* The best place first. */
static void sort_match(struct sorter *sorter, const struct hits *hits)
{
	struct listing *listing = sorter->listing;
	uint32_t *rows = listing->slots;
	size_t starts[WHERE_COUNT + 1] = {0};

	for (size_t i = 0; i < listing->count; i++)
		starts[place_of(hits, rows[i]) + 1]++;
	for (int where = 1; where < WHERE_COUNT; where++)
		starts[where] += starts[where - 1];
	for (size_t i = 0; i < listing->count; i++)
		sorter->spare[starts[place_of(hits, rows[i])]++] = rows[i];
	listing->slots = sorter->spare;
	sorter->spare = rows;
}

static void sort_by(struct sorter *sorter, enum sort by,
		    const struct hits *hits)
{
	switch (by) {
	case SORT_MATCH:
		if (hits)
			sort_match(sorter, hits);
		break;
	case SORT_DUE:
		sort_due(sorter);
		break;
	case SORT_UNIT:
		sort_facet(sorter, FACET_UNIT);
		break;
	case SORT_STATUS:
		sort_facet(sorter, FACET_STATUS);
		break;
	case SORT_CHANGED:
		sort_wide(sorter, COLUMN_BATCH, true);
		break;
	case SORT_NUMBER:
	case SORT_COUNT:
		break;
	}
}

/* What is sorted by nothing but the number. */
static bool by_number(const struct query *query, const struct hits *hits)
{
	return query->order.by == SORT_NUMBER ||
	       (query->order.by == SORT_MATCH && !hits);
}

void order_rows(const struct query *query, struct listing *listing,
		bool ascending, const struct hits *hits)
{
	struct sorter sorter;

	if (listing->count < 2)
		return;
	if (!ascending || !by_number(query, hits)) {
		sorter_open(&sorter, query, listing);
		if (!ascending)
			sort_wide(&sorter, COLUMN_KEY, false);
		sort_by(&sorter, query->order.by, hits);
		sorter_close(&sorter);
	}
	if (query->order.reverse)
		reverse(query, listing);
}
