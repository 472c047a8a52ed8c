/*
 * Conditions on days: each is one stretch of the calendar, so that a whole
 * chunk is compared without a branch.
 */
#include <string.h>

#include "domain/workflow.h"
#include "query/sieve.h"

/* Due days rise with the day that they are counted from: the first day from
 * which `wanted` is reached, one past the calendar if none. */
static uint32_t reaches(const struct sieve *sieve, uint32_t wanted)
{
	const struct deadline_rule *rule =
		&sieve->query->catalog->config->reply;
	uint32_t low = 1, high = UINT16_MAX + 1u;

	while (low < high) {
		uint32_t middle = (low + high) / 2;
		day dates[DATE_COUNT] = {0};

		dates[rule->from] = (day)middle;
		day due = deadline_due(rule, dates);
		if (due == DAY_NONE || due >= wanted)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

/* Those from which the rule leads into `due`. */
static struct stretch counted_from(const struct sieve *sieve,
				   struct stretch due)
{
	uint32_t first = reaches(sieve, due.first);
	uint32_t past = reaches(sieve, due.last + 1u);

	if (due.first > due.last || first >= past)
		return (struct stretch){1, 0};
	return (struct stretch){(day)first, (day)(past - 1)};
}

/* 7d: what falls due from today on, unless it is all in the past. */
static struct stretch owed_stretch(struct stretch days, enum compare compare,
				   day today)
{
	bool before = compare == COMPARE_LESS || compare == COMPARE_LESS_EQUAL;

	if (before && days.first <= days.last && days.last >= today)
		days.first = today;
	return days;
}

static void test_add(struct sieve *sieve, const struct filter_days *days)
{
	struct day_test *test = &sieve->tests[sieve->test_count++];
	struct span span = {(enum span_kind)days->span, days->value};
	enum compare compare = (enum compare)days->compare;

	*test = (struct day_test){
		.date = (enum filter_date)days->date,
		.days = span_stretch(span, compare, sieve->query->today),
		.choice = compare == COMPARE_EQUAL && !days->no,
		.no = days->no,
	};
	if (test->date != FILTER_DUE)
		return;
	test->owed = span.kind == SPAN_AWAY;
	if (test->owed)
		test->days =
			owed_stretch(test->days, compare, sieve->query->today);
	test->from = counted_from(sieve, test->days);
}

/* When it was changed is asked elsewhere. */
void sieve_days_open(struct sieve *sieve)
{
	const struct filter *filter = sieve->query->filter;

	for (int date = 0; date < FILTER_CHANGED; date++)
		for (size_t i = 0; i < filter->day_count; i++)
			if (filter->days[i].date == date)
				test_add(sieve, &filter->days[i]);
}

static void in_stretch(uint8_t *restrict hits, const uint16_t *restrict days,
		       struct stretch stretch)
{
	day first = stretch.first, last = stretch.last;

	for (size_t i = 0; i < CHUNK_SLOTS; i++)
		hits[i] = (uint8_t)((days[i] >= first) & (days[i] <= last));
}

static void in_either(uint8_t *restrict hits, const uint16_t *restrict due,
		      const uint16_t *restrict from, struct stretch by_due,
		      struct stretch by_from)
{
	day d0 = by_due.first, d1 = by_due.last;
	day f0 = by_from.first, f1 = by_from.last;

	for (size_t i = 0; i < CHUNK_SLOTS; i++) {
		uint8_t as_due = (uint8_t)((due[i] >= d0) & (due[i] <= d1));
		uint8_t as_from = (uint8_t)((from[i] >= f0) & (from[i] <= f1));

		hits[i] = due[i] ? as_due : as_from;
	}
}

static void only_owed(uint8_t *restrict hits, const uint8_t *restrict statuses,
		      const uint8_t *restrict owed)
{
	for (size_t i = 0; i < CHUNK_SLOTS; i++)
		hits[i] = hits[i] & owed[statuses[i]];
}

static void add_hits(uint8_t *restrict all, const uint8_t *restrict hits)
{
	for (size_t i = 0; i < CHUNK_SLOTS; i++)
		all[i] |= hits[i];
}

static void fail_where(uint8_t *restrict fails, const uint8_t *restrict hits,
		       uint8_t wrong)
{
	for (size_t i = 0; i < CHUNK_SLOTS; i++)
		fails[i] = (uint8_t)(fails[i] |
				     (hits[i] == wrong ? FAILS_ALL : 0));
}

static const void *column_at(const struct sieve *sieve, enum column column,
			     size_t chunk)
{
	return reading_chunk(sieve->query->reading, column, (uint32_t)chunk);
}

static void find_hits(const struct sieve *sieve, const struct day_test *test,
		      size_t chunk, uint8_t *hits)
{
	enum column column =
		(enum column)(COLUMN_RECEIVED + (unsigned)test->date);

	if (test->date != FILTER_DUE) {
		in_stretch(hits, column_at(sieve, column, chunk), test->days);
		return;
	}
	in_either(hits, column_at(sieve, column, chunk),
		  column_at(sieve, sieve->from, chunk), test->days, test->from);
	if (test->owed)
		only_owed(hits, sieve_column(sieve, FACET_STATUS, chunk),
			  sieve->owed);
}

/* The tests of one date stand together. */
void sieve_days(struct sieve *sieve, size_t chunk)
{
	uint8_t hits[CHUNK_SLOTS], chosen[CHUNK_SLOTS];
	bool choice = false;

	for (size_t i = 0; i < sieve->test_count; i++) {
		const struct day_test *test = &sieve->tests[i];
		bool last = i + 1 == sieve->test_count ||
			    sieve->tests[i + 1].date != test->date;

		find_hits(sieve, test, chunk, hits);
		if (!test->choice) {
			fail_where(sieve->fails, hits, test->no);
		} else {
			if (!choice)
				memset(chosen, 0, sizeof(chosen));
			add_hits(chosen, hits);
			choice = true;
		}
		if (last && choice) {
			fail_where(sieve->fails, chosen, 0);
			choice = false;
		}
	}
}
