#include "query/changes.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "query/probe.h"
#include "store/touched.h"

static bool asks_times(const struct filter *filter)
{
	for (size_t i = 0; i < filter->day_count; i++)
		if (filter->days[i].date == FILTER_CHANGED)
			return true;
	return false;
}

static bool asks_people(const struct filter *filter, bool no)
{
	for (size_t i = 0; i < filter->person_count; i++)
		if (!filter->people[i].no == !no)
			return true;
	return false;
}

/* --- Batches --- */

static bool within(const struct filter_days *days, day today, day d)
{
	struct span span = {(enum span_kind)days->span, days->value};
	struct stretch s =
		span_stretch(span, (enum compare)days->compare, today);

	return d >= s.first && d <= s.last;
}

static bool then(const struct query *query, day d)
{
	const struct filter *filter = query->filter;
	bool choice = false, chosen = false;

	for (size_t i = 0; i < filter->day_count; i++) {
		const struct filter_days *days = &filter->days[i];
		bool hit;

		if (days->date != FILTER_CHANGED)
			continue;
		hit = within(days, query->today, d);
		if (days->compare == COMPARE_EQUAL && !days->no) {
			choice = true;
			chosen = chosen || hit;
		} else if (hit == days->no) {
			return false;
		}
	}
	return !choice || chosen;
}

static bool is_person(const struct query *query, const char *name,
		      const struct who *who)
{
	char *end;

	if (strcmp(name, PERSON_ME) == 0)
		return who->uid == reading_uid(query->reading);
	if (strcmp(name, who->name) == 0)
		return true;
	return strtoul(name, &end, 10) == who->uid && *name && !*end;
}

static uint8_t flags_of(const struct query *query, const struct batch *batch)
{
	const struct filter *filter = query->filter;
	uint8_t flags = 0;

	for (size_t i = 0; i < filter->person_count; i++)
		if (is_person(query, filter->people[i].name, &batch->who))
			flags |=
				filter->people[i].no ? CHANGED_NOT : CHANGED_BY;
	if (then(query, clock_day(batch->at)))
		flags |= CHANGED_THEN;
	return flags;
}

static const uint8_t wanted[] = {CHANGED_THEN | CHANGED_BY,
				 CHANGED_THEN | CHANGED_NOT};

static void note(struct changes *changes, const struct batch *batch,
		 uint8_t flags)
{
	changes->batches[batch->number] = flags;
	for (int no = 0; no < 2; no++)
		if ((flags & wanted[no]) == wanted[no])
			changes->events[no] += batch->count;
}

void changes_open(struct changes *changes, const struct query *query)
{
	const struct filter *filter = query->filter;
	struct arena scratch = {0};

	*changes = (struct changes){0};
	changes->by_last = asks_times(filter) && !asks_people(filter, false);
	if (!changes->by_last && !filter->person_count)
		return;
	changes->count = reading_last_batch(query->reading) + 1;
	changes->batches = mem_new(changes->count);
	for (uint32_t n = 1; n < changes->count; n++) {
		struct batch batch;
		struct err unused;

		if (reading_batch(query->reading, n, &scratch, &batch, &unused))
			note(changes, &batch, flags_of(query, &batch));
		arena_free(&scratch);
	}
}

void changes_close(struct changes *changes)
{
	free(changes->batches);
	*changes = (struct changes){0};
}

/* --- Slots --- */

/* What a search for the proposals of some batches has at hand. */
struct search {
	const struct query *query;
	const struct changes *changes;
	bool no;
	uint8_t wanted; /* all of these flags */
	struct probe keys, last;
	struct slotset found;
	uint32_t next; /* where the next key probably is */
};

static bool counts(const struct search *search, uint32_t batch)
{
	return batch < search->changes->count &&
	       (search->changes->batches[batch] & search->wanted) ==
		       search->wanted;
}

/* Those whose last change it was, which is most of them; the others. */
static uint32_t find_last(struct search *search)
{
	uint32_t slots = reading_slots(search->query->reading), others = 0;

	for (uint32_t slot = 0; slot < slots; slot++) {
		if (counts(search, probe_value(&search->last, slot)))
			slotset_add(&search->found, slot);
		else
			others++;
	}
	return others;
}

/* An import gives slots one after the other. */
static void find_key(void *arg, key k)
{
	struct search *search = arg;
	const struct reading *reading = search->query->reading;
	uint32_t slot = search->next;

	if (slot >= reading_slots(reading) ||
	    probe_value(&search->keys, slot) != k) {
		if (!reading_find(reading, k, &slot))
			return;
	}
	slotset_add(&search->found, slot);
	search->next = slot + 1;
}

static void find_forward(struct search *search)
{
	for (uint32_t n = 1; n < search->changes->count; n++)
		if (counts(search, n))
			reading_touched(search->query->reading, n, find_key,
					search);
}

static void find_back(struct search *search)
{
	const struct reading *reading = search->query->reading;
	uint32_t slots = reading_slots(reading);

	for (uint32_t slot = 0; slot < slots; slot++) {
		key k = probe_value(&search->keys, slot);
		uint32_t batch = probe_value(&search->last, slot);

		if (slotset_has(&search->found, slot) || k == KEY_NONE)
			continue;
		while (batch && !counts(search, batch))
			batch = reading_before(reading, k, batch);
		if (batch)
			slotset_add(&search->found, slot);
	}
}

/* From the batches to their proposals, or from the proposals back through
 * their history: what is less. */
static void find(struct search *search)
{
	const struct reading *reading = search->query->reading;

	slotset_init(&search->found, reading_slots(reading));
	probe_open(&search->keys, reading, COLUMN_KEY);
	probe_open(&search->last, reading, COLUMN_BATCH);
	uint32_t others = find_last(search);
	if (search->changes->events[search->no] <= others)
		find_forward(search);
	else
		find_back(search);
	probe_close(&search->keys);
	probe_close(&search->last);
}

void changes_narrow(const struct changes *changes, const struct query *query,
		    struct slotset *set)
{
	for (int no = 0; no < 2; no++) {
		struct search search = {
			.query = query,
			.changes = changes,
			.no = no,
			.wanted = wanted[no],
		};

		if (!asks_people(query->filter, no))
			continue;
		find(&search);
		if (no)
			slotset_without(set, &search.found);
		else
			slotset_and(set, &search.found);
		slotset_free(&search.found);
	}
}
