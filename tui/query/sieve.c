#include "query/sieve.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>

#include "base/mem.h"
#include "domain/workflow.h"

static_assert(FACET_COUNT <= 8, "a byte has a bit for each facet");

/* Few values are compared side by side, more are looked up. */
enum { FEW = 4 };

static const struct config *config_of(const struct sieve *sieve)
{
	return sieve->query->catalog->config;
}

static bool chosen(const struct sieve *sieve, enum facet facet)
{
	return filter_narrows(sieve->query->filter, facet);
}

static bool passes(const struct sieve *sieve, enum facet facet, uint32_t id)
{
	struct indexes values =
		catalog_values(sieve->query->catalog, facet, id);

	const struct filter *filter = sieve->query->filter;
	bool any = !filter->chosen[facet];

	for (size_t i = 0; i < values.count; i++) {
		if (filter_excludes(filter, facet, values.items[i]))
			return false;
		any = any || filter_has(filter, facet, values.items[i]);
	}
	return any;
}

static void choose(struct sieve *sieve, enum facet facet)
{
	const struct catalog *catalog = sieve->query->catalog;

	if (facet == FACET_UNIT) {
		for (uint32_t id = 0;
		     id < catalog->leads_count && id <= UINT16_MAX; id++)
			sieve->pass_leads[id] = passes(sieve, facet, id);
		return;
	}
	for (uint32_t id = 0; id < 256; id++)
		sieve->pass[facet][id] =
			facet == FACET_DUE
				? filter_lets(sieve->query->filter, facet, id)
				: passes(sieve, facet, id);
}

static void find_owed(struct sieve *sieve)
{
	const struct catalog *catalog = sieve->query->catalog;

	for (uint32_t id = 0; id < 256; id++) {
		struct indexes values =
			catalog_values(catalog, FACET_STATUS, id);
		const struct choice *status;

		if (values.count == 0)
			continue;
		status = config_choice(config_of(sieve), CHOICE_STATUS,
				       catalog->facets[FACET_STATUS]
					       .items[values.items[0]]
					       .code);
		sieve->owed[id] = status && phase_awaits_reply(status->phase);
	}
}

static enum lateness late_on(const struct sieve *sieve, enum date_field field,
			     day d)
{
	const struct deadline_rule *rule = &config_of(sieve)->reply;
	day dates[DATE_COUNT] = {0};

	dates[field] = d;
	return deadline_lateness(rule, PHASE_HANDLING,
				 deadline_due(rule, dates),
				 sieve->query->today);
}

static struct late_steps late_steps(const struct sieve *sieve,
				    enum date_field field)
{
	struct late_steps steps;

	for (int i = 0; i < 3; i++) {
		uint32_t low = 1, high = UINT16_MAX + 1u;

		while (low < high) {
			uint32_t middle = (low + high) / 2;

			if ((int)late_on(sieve, field, (day)middle) > i)
				high = middle;
			else
				low = middle + 1;
		}
		steps.ends[i] = (day)(low - 1);
	}
	return steps;
}

struct sieve *sieve_new(const struct query *query, bool wants_late,
			bool wants_near)
{
	struct sieve *sieve = mem_new(sizeof(*sieve));
	enum date_field from;

	sieve->query = query;
	sieve->chunks =
		(reading_slots(query->reading) + CHUNK_SLOTS - 1) / CHUNK_SLOTS;
	sieve->hard = wants_near ? query->uncounted : UINT_MAX;
	sieve->wants_late = wants_late || chosen(sieve, FACET_DUE);
	for (int f = 0; f < FACET_COUNT; f++)
		if (chosen(sieve, (enum facet)f))
			choose(sieve, (enum facet)f);
	from = config_of(sieve)->reply.from;
	sieve->from = (enum column)(COLUMN_RECEIVED + from);
	sieve_only_open(sieve);
	sieve_texts_open(sieve);
	sieve_days_open(sieve);
	if (!sieve->wants_late && !sieve->test_count)
		return sieve;
	sieve->by_due = late_steps(sieve, DATE_DUE);
	sieve->by_from = late_steps(sieve, from);
	find_owed(sieve);
	return sieve;
}

void sieve_free(struct sieve *sieve)
{
	changes_close(&sieve->changes);
	slotset_free(&sieve->only);
	hits_free(&sieve->texts);
	free(sieve);
}

const void *sieve_column(const struct sieve *sieve, enum facet facet,
			 size_t chunk)
{
	return reading_chunk(sieve->query->reading, facet_source(facet)->column,
			     (uint32_t)chunk);
}

/*
 * The loops below run over a whole chunk and branch on nothing, so that the
 * compiler makes vector instructions of them.
 */
static void fail_absent(uint8_t *restrict fails,
			const uint8_t *restrict sessions)
{
	for (size_t i = 0; i < CHUNK_SLOTS; i++)
		fails[i] = sessions[i] ? 0 : FAILS_ALL;
}

static void fail_unless_few(uint8_t *restrict fails,
			    const uint8_t *restrict ids,
			    const uint8_t wanted[FEW], uint8_t bit)
{
	uint8_t a = wanted[0], b = wanted[1], c = wanted[2], d = wanted[3];

	for (size_t i = 0; i < CHUNK_SLOTS; i++) {
		int hit = (ids[i] == a) | (ids[i] == b) | (ids[i] == c) |
			  (ids[i] == d);

		fails[i] = (uint8_t)(fails[i] | (hit ? 0 : bit));
	}
}

static void fail_unless_many(uint8_t *restrict fails,
			     const uint8_t *restrict ids,
			     const uint8_t *restrict pass, uint8_t bit)
{
	for (size_t i = 0; i < CHUNK_SLOTS; i++)
		fails[i] = (uint8_t)(fails[i] | (pass[ids[i]] ? 0 : bit));
}

static void fail_unless_few_leads(uint8_t *restrict fails,
				  const uint16_t *restrict ids,
				  const uint16_t wanted[FEW], uint8_t bit)
{
	uint16_t a = wanted[0], b = wanted[1], c = wanted[2], d = wanted[3];

	for (size_t i = 0; i < CHUNK_SLOTS; i++) {
		int hit = (ids[i] == a) | (ids[i] == b) | (ids[i] == c) |
			  (ids[i] == d);

		fails[i] = (uint8_t)(fails[i] | (hit ? 0 : bit));
	}
}

static void fail_unless_leads(uint8_t *restrict fails,
			      const uint16_t *restrict ids,
			      const uint8_t *restrict pass, uint8_t bit)
{
	for (size_t i = 0; i < CHUNK_SLOTS; i++)
		fails[i] = (uint8_t)(fails[i] | (pass[ids[i]] ? 0 : bit));
}

static void late_by_days(uint8_t *restrict late, const uint16_t *restrict due,
			 const uint16_t *restrict from,
			 const struct late_steps *by_due,
			 const struct late_steps *by_from)
{
	day d0 = by_due->ends[0], d1 = by_due->ends[1], d2 = by_due->ends[2];
	day f0 = by_from->ends[0], f1 = by_from->ends[1], f2 = by_from->ends[2];

	for (size_t i = 0; i < CHUNK_SLOTS; i++) {
		uint16_t as_due = (uint16_t)((due[i] > d0) + (due[i] > d1) +
					     (due[i] > d2));
		uint16_t as_from = (uint16_t)((from[i] > f0) + (from[i] > f1) +
					      (from[i] > f2));

		as_from = from[i] ? as_from : LATE_NONE;
		late[i] = (uint8_t)(due[i] ? as_due : as_from);
	}
}

static void late_if_owed(uint8_t *restrict late,
			 const uint8_t *restrict statuses,
			 const uint8_t *restrict owed)
{
	for (size_t i = 0; i < CHUNK_SLOTS; i++)
		late[i] = owed[statuses[i]] ? late[i] : LATE_NONE;
}

/* The ids that pass, the last repeated; false when none or too many do. */
static bool few(const uint8_t *pass, size_t ids, uint16_t wanted[FEW])
{
	size_t count = 0;

	for (size_t id = 0; id < ids; id++) {
		if (!pass[id])
			continue;
		if (count == FEW)
			return false;
		for (size_t i = count++; i < FEW; i++)
			wanted[i] = (uint16_t)id;
	}
	return count > 0;
}

static void fail_leads(struct sieve *sieve, const uint16_t *ids, uint8_t bit)
{
	uint16_t wanted[FEW] = {0};

	if (few(sieve->pass_leads, sieve->query->catalog->leads_count, wanted))
		fail_unless_few_leads(sieve->fails, ids, wanted, bit);
	else
		fail_unless_leads(sieve->fails, ids, sieve->pass_leads, bit);
}

static void fail_ids(struct sieve *sieve, const uint8_t *ids,
		     const uint8_t pass[256], uint8_t bit)
{
	uint16_t found[FEW] = {0};
	uint8_t wanted[FEW];

	if (!few(pass, 256, found)) {
		fail_unless_many(sieve->fails, ids, pass, bit);
		return;
	}
	for (size_t i = 0; i < FEW; i++)
		wanted[i] = (uint8_t)found[i];
	fail_unless_few(sieve->fails, ids, wanted, bit);
}

static void fail_facet(struct sieve *sieve, enum facet facet, size_t chunk)
{
	uint8_t bit = (uint8_t)(1u << facet);

	if (facet == FACET_UNIT)
		fail_leads(sieve, sieve_column(sieve, facet, chunk), bit);
	else if (facet == FACET_DUE)
		fail_ids(sieve, sieve->late, sieve->pass[facet], bit);
	else
		fail_ids(sieve, sieve_column(sieve, facet, chunk),
			 sieve->pass[facet], bit);
}

static void fail_facets(struct sieve *sieve, size_t chunk, unsigned facets)
{
	for (int f = 0; f < FACET_COUNT; f++)
		if ((facets & 1u << f) && chosen(sieve, (enum facet)f))
			fail_facet(sieve, (enum facet)f, chunk);
}

static bool is_barren(const uint8_t *fails)
{
	uint8_t passing = 0;

	for (size_t i = 0; i < CHUNK_SLOTS; i++)
		passing |= (uint8_t)(fails[i] == 0);
	return !passing;
}

static void find_late(struct sieve *sieve, size_t chunk)
{
	const struct reading *reading = sieve->query->reading;

	late_by_days(sieve->late,
		     reading_chunk(reading, COLUMN_DUE, (uint32_t)chunk),
		     reading_chunk(reading, sieve->from, (uint32_t)chunk),
		     &sieve->by_due, &sieve->by_from);
	late_if_owed(sieve->late, sieve_column(sieve, FACET_STATUS, chunk),
		     sieve->owed);
}

void sieve_chunk(struct sieve *sieve, size_t chunk)
{
	const unsigned late = 1u << FACET_DUE;

	sieve->barren = sieve->only.words && slotset_lacks(&sieve->only, chunk);
	if (sieve->barren)
		return;
	fail_absent(sieve->fails, sieve_column(sieve, FACET_SESSION, chunk));
	sieve_only(sieve, chunk);
	if (sieve->test_count)
		sieve_days(sieve, chunk);
	/* 期限 is seen in late[], which barren chunks are spared. */
	fail_facets(sieve, chunk, sieve->hard & ~late);
	sieve->barren = is_barren(sieve->fails);
	if (sieve->barren)
		return;
	if (sieve->wants_late)
		find_late(sieve, chunk);
	fail_facets(sieve, chunk, ~sieve->hard | late);
}
