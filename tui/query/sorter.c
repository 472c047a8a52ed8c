#include "query/sorter.h"

#include <stdlib.h>

#include "base/mem.h"
#include "domain/workflow.h"
#include "query/facet.h"
#include "query/probe.h"
#include "query/radix.h"

struct sorter {
	const struct query *query;
	const struct listing *listing;
	struct radix radix;
};

static void take_values(struct sorter *sorter, bool reverse)
{
	radix_take(&sorter->radix,
		   (struct scale){.none = DIGIT_NONE, .reverse = reverse});
}

/* Half a number: none of its digits is none. */
static void take_half(struct sorter *sorter, bool reverse)
{
	radix_take(&sorter->radix,
		   (struct scale){.none = DIGITS, .reverse = reverse});
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
static void take_wide(struct sorter *sorter, enum column column, bool reverse)
{
	const uint32_t *rows = sorter->listing->slots;
	struct probe probe;

	probe_open(&probe, sorter->query->reading, column);
	for (unsigned shift = 0; shift < 32; shift += 16) {
		struct run run = {0};

		while (next_run(sorter->listing, &run)) {
			const uint32_t *values = probe_chunk(&probe, run.chunk);

			for (size_t i = run.start; i < run.end; i++)
				sorter->radix.digits[i] =
					(uint16_t)(values[rows[i] -
							  run.first] >>
						   shift);
		}
		take_half(sorter, reverse);
	}
	probe_close(&probe);
}

static void take_facet(struct sorter *sorter, enum facet facet, bool reverse)
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

			sorter->radix.digits[i] =
				ranks[probe.width == 1 ? narrow[at] : wide[at]];
		}
	}
	probe_close(&probe);
	free(ranks);
	take_values(sorter, reverse);
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

static void take_due(struct sorter *sorter, bool reverse)
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

			sorter->radix.digits[i] =
				day_digit(given[at] ? given[at] : counted);
		}
	}
	probe_close(&due);
	probe_close(&from);
	free(calendar);
	take_values(sorter, reverse);
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
static void take_match(struct sorter *sorter, const struct hits *hits,
		       bool reverse)
{
	const uint32_t *rows = sorter->listing->slots;

	for (size_t i = 0; i < sorter->listing->count; i++)
		sorter->radix.digits[i] = (uint16_t)place_of(hits, rows[i]);
	take_values(sorter, reverse);
}

/* The day of a column, as it is given. */
static void take_days(struct sorter *sorter, enum column column, bool reverse)
{
	const uint32_t *rows = sorter->listing->slots;
	struct run run = {0};
	struct probe probe;

	probe_open(&probe, sorter->query->reading, column);
	while (next_run(sorter->listing, &run)) {
		const uint16_t *days = probe_chunk(&probe, run.chunk);

		for (size_t i = run.start; i < run.end; i++)
			sorter->radix.digits[i] =
				day_digit(days[rows[i] - run.first]);
	}
	probe_close(&probe);
	take_values(sorter, reverse);
}

static void take_key(struct sorter *sorter, enum sort by, bool reverse,
		     const struct hits *hits)
{
	switch (by) {
	case SORT_MATCH:
		if (hits)
			take_match(sorter, hits, reverse);
		break;
	case SORT_NUMBER:
		take_wide(sorter, COLUMN_KEY, reverse);
		break;
	case SORT_DUE:
		take_due(sorter, reverse);
		break;
	case SORT_UNIT:
		take_facet(sorter, FACET_UNIT, reverse);
		break;
	case SORT_STATUS:
		take_facet(sorter, FACET_STATUS, reverse);
		break;
	case SORT_CHANGED:
		take_wide(sorter, COLUMN_BATCH, !reverse);
		break;
	case SORT_LEVEL:
		take_facet(sorter, FACET_LEVEL, reverse);
		break;
	case SORT_CATEGORY:
		take_facet(sorter, FACET_CATEGORY, reverse);
		break;
	case SORT_RESULT:
		take_facet(sorter, FACET_RESULT, reverse);
		break;
	case SORT_FEEDBACK:
		take_facet(sorter, FACET_FEEDBACK, reverse);
		break;
	case SORT_RECEIVED:
		take_days(sorter, COLUMN_RECEIVED, reverse);
		break;
	case SORT_FILED:
		take_days(sorter, COLUMN_FILED, reverse);
		break;
	case SORT_ASSIGNED:
		take_days(sorter, COLUMN_ASSIGNED, reverse);
		break;
	case SORT_REPLIED:
		take_days(sorter, COLUMN_REPLIED, reverse);
		break;
	case SORT_CLOSED:
		take_days(sorter, COLUMN_CLOSED, reverse);
		break;
	case SORT_COUNT:
		break;
	}
}

/* The keys that weigh: none does behind the number. */
static size_t keys_that_weigh(const struct order *order)
{
	int number = order_place(order, SORT_NUMBER);

	return number < 0 ? order->count : (size_t)number + 1;
}

/* Rows whose keys rise already are not sorted by them again. */
static bool is_sorted(const struct order *order, size_t count,
		      const struct hits *hits)
{
	const struct order_key *first = order->keys;

	if (order->grouped || count > 1)
		return false;
	if (count == 0 || first->by == SORT_MATCH)
		return !hits;
	return first->by == SORT_NUMBER && !first->reverse;
}

/*
 * Nothing but where texts are found, which is asked for with every key that is
 * typed: in one pass, without digits.
 */
static void rank(struct listing *listing, const struct hits *hits)
{
	uint32_t *rows = listing->slots, *ranked;
	size_t starts[WHERE_COUNT + 1] = {0};

	ranked = mem_resize(NULL, listing->cap * sizeof(*ranked));
	for (size_t i = 0; i < listing->count; i++)
		starts[place_of(hits, rows[i]) + 1]++;
	for (int where = 1; where < WHERE_COUNT; where++)
		starts[where] += starts[where - 1];
	for (size_t i = 0; i < listing->count; i++)
		ranked[starts[place_of(hits, rows[i])]++] = rows[i];
	listing->slots = ranked;
	free(rows);
}

static bool is_turned(const struct order *order, size_t count)
{
	return !order->grouped && count == 1 &&
	       order->keys[0].by == SORT_NUMBER && order->keys[0].reverse;
}

static void turn(struct listing *listing)
{
	uint32_t *rows = listing->slots;
	size_t last = listing->count - 1;

	for (size_t i = 0; i < listing->count / 2; i++) {
		uint32_t row = rows[i];

		rows[i] = rows[last - i];
		rows[last - i] = row;
	}
}

void sorter_run(const struct query *query, struct listing *listing,
		bool ascending, const struct hits *hits)
{
	const struct order *order = &query->order;
	size_t count = keys_that_weigh(order);
	struct sorter sorter;

	if (listing->count < 2 || (ascending && is_sorted(order, count, hits)))
		return;
	if (ascending && is_turned(order, count)) {
		turn(listing);
		return;
	}
	if (ascending && count == 0 && !order->grouped) {
		rank(listing, hits);
		return;
	}
	sorter = (struct sorter){.query = query, .listing = listing};
	radix_open(&sorter.radix, listing);
	if (!ascending && order_place(order, SORT_NUMBER) < 0)
		take_key(&sorter, SORT_NUMBER, false, hits);
	if (count == 0)
		take_key(&sorter, SORT_MATCH, false, hits);
	while (count--)
		take_key(&sorter, order->keys[count].by,
			 order->keys[count].reverse, hits);
	if (order->grouped)
		take_facet(&sorter, order->group, false);
	radix_run(&sorter.radix);
	radix_close(&sorter.radix);
}
