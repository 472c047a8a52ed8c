/*
 * What a filter asks beside its facets, against a recount of every record and
 * every batch.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "desk.h"
#include "domain/workflow.h"
#include "query/language.h"
#include "query/listing.h"
#include "query/selection.h"

/* More than a chunk; enough batches that every person is in some. */
enum { PROPOSALS = 1500, BATCHES = 12, PEOPLE = 3, ROUNDS = 400, HOLES = 40 };

struct world {
	struct desk *desk;
	struct catalog catalog;
	struct proposal p[PROPOSALS]; /* by slot; key KEY_NONE: removed */
	bool touched[BATCHES + 1][PROPOSALS]; /* in the order made */
	uint32_t last[PROPOSALS];
	uint32_t uid[BATCHES + 1];
	day at[BATCHES + 1];
	struct selection marked;
	day today;
};

static uint32_t state = 88172645;

static uint32_t dice(uint32_t sides)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % sides;
}

/* The person that the process is among others. */
static uint32_t person(uint32_t n)
{
	return n ? 4000 + n : (uint32_t)getuid();
}

static void roll_dates(struct proposal *p)
{
	for (int date = 0; date < DATE_COUNT; date++)
		if (dice(3))
			p->dates[date] =
				(day)(day_make(2024, 1, 1) + dice(500));
	if (dice(2))
		p->dates[DATE_DUE] = DAY_NONE;
}

static struct proposal *roll(struct desk *desk, uint32_t i)
{
	static const char *const statuses[] = {"received", "handling",
					       "answered", "lost"};
	struct proposal *p =
		desk_new(desk, desk_key(1 + i % 4, i + 1), statuses[dice(4)]);

	roll_dates(p);
	if (dice(5) == 0)
		p->merged_into = desk_key(3, 7);
	return p;
}

static void set_clock(day d)
{
	char now[11];

	day_format(d, now);
	setenv("PROPOSALS_NOW", now, 1);
}

/* Some of the proposals, or all, by somebody on some day; time may run back. */
static void commit(struct world *world, uint32_t batch, bool all)
{
	struct desk *desk = world->desk;
	const struct proposal **some = mem_array(PROPOSALS, sizeof(*some));
	size_t count = 0;

	world->uid[batch] = person(dice(PEOPLE));
	world->at[batch] = (day)(day_make(2024, 11, 20) - dice(60));
	for (uint32_t i = 0; i < PROPOSALS; i++) {
		if (!all && dice(40))
			continue;
		world->touched[batch][i] = true;
		some[count++] = roll(desk, i);
	}
	set_clock(world->at[batch]);
	assert_int_equal(desk_put(desk, world->uid[batch], some, count), batch);
	free(some);
}

static void remove_some(struct world *world, uint32_t batch)
{
	struct edit *edits = mem_array(HOLES, sizeof(*edits));
	struct reading *reading = desk_read(world->desk);

	for (uint32_t i = 0; i < HOLES; i++) {
		uint32_t slot = i * 37;

		edits[i] = (struct edit){
			.key = reading_value(reading, COLUMN_KEY, slot),
			.kind = EDIT_REMOVE,
			.revision =
				reading_value(reading, COLUMN_REVISION, slot),
		};
	}
	desk_done(world->desk);
	world->uid[batch] = person(0);
	world->at[batch] = day_make(2024, 11, 20);
	set_clock(world->at[batch]);
	desk_commit(world->desk, person(0), BATCH_UNDO, edits, HOLES);
	free(edits);
}

static void read_back(struct world *world)
{
	struct reading *reading = desk_read(world->desk);

	assert_int_equal(reading_slots(reading), PROPOSALS);
	for (uint32_t slot = 0; slot < PROPOSALS; slot++) {
		struct err unused;

		if (!reading_proposal(reading, slot, &world->desk->arena,
				      &world->p[slot], &unused))
			world->p[slot].key = KEY_NONE;
		world->last[slot] = world->p[slot].batch;
		selection_set(&world->marked, slot, dice(4) == 0);
	}
}

static int build(void **out)
{
	struct world *world = mem_new(sizeof(*world));

	*out = world;
	world->desk = desk_open();
	world->today = day_make(2024, 11, 20);
	for (uint32_t batch = 1; batch < BATCHES; batch++)
		commit(world, batch, batch == 1);
	remove_some(world, BATCHES);
	read_back(world);
	catalog_update(&world->catalog, world->desk->config,
		       world->desk->reading);
	return 0;
}

static int tear_down(void **out)
{
	struct world *world = *out;

	desk_done(world->desk);
	catalog_free(&world->catalog);
	selection_free(&world->marked);
	desk_close(world->desk);
	free(world);
	return 0;
}

/* --- By the plainest means --- */

static bool hits(const struct world *world, const struct filter_days *days,
		 day d, bool owed)
{
	struct span span = {(enum span_kind)days->span, days->value};
	enum compare compare = (enum compare)days->compare;
	struct stretch s = span_stretch(span, compare, world->today);
	bool in = d >= s.first && d <= s.last;

	if (days->date != FILTER_DUE || span.kind != SPAN_AWAY)
		return in;
	/* 7d means the coming days, unless it lies behind. */
	if ((compare == COMPARE_LESS || compare == COMPARE_LESS_EQUAL) &&
	    s.last >= world->today)
		in = in && d >= world->today;
	return in && owed;
}

/* Whether a day passes all conditions on one date. */
static bool day_passes(const struct world *world, const struct filter *filter,
		       int date, day d, bool owed)
{
	bool choice = false, chosen = false;

	for (size_t i = 0; i < filter->day_count; i++) {
		const struct filter_days *days = &filter->days[i];

		if (days->date != date)
			continue;
		bool hit = hits(world, days, d, owed);
		if (days->no && hit)
			return false;
		if (days->no)
			continue;
		if (days->compare == COMPARE_EQUAL)
			choice = true, chosen = chosen || hit;
		else if (!hit)
			return false;
	}
	return !choice || chosen;
}

static bool is_called(const char *name, uint32_t uid)
{
	char digits[16];

	snprintf(digits, sizeof(digits), "%u", uid);
	return strcmp(name, "somebody") == 0 || strcmp(name, digits) == 0 ||
	       (strcmp(name, "me") == 0 && uid == getuid());
}

static bool named(const struct filter *filter, bool no, uint32_t uid)
{
	for (size_t i = 0; i < filter->person_count; i++)
		if (!filter->people[i].no != no &&
		    is_called(filter->people[i].name, uid))
			return true;
	return false;
}

static bool changed_by(const struct world *world, const struct filter *filter,
		       bool no, uint32_t slot)
{
	uint32_t made = key_number(world->p[slot].key) - 1;

	for (uint32_t n = 1; n <= BATCHES; n++)
		if (world->touched[n][made] &&
		    named(filter, no, world->uid[n]) &&
		    day_passes(world, filter, FILTER_CHANGED, world->at[n],
			       false))
			return true;
	return false;
}

static bool asks(const struct filter *filter, bool no)
{
	for (size_t i = 0; i < filter->person_count; i++)
		if (!filter->people[i].no == !no)
			return true;
	return false;
}

static bool changes_pass(const struct world *world, const struct filter *filter,
			 uint32_t slot)
{
	if (asks(filter, false) && !changed_by(world, filter, false, slot))
		return false;
	if (!asks(filter, false) &&
	    !day_passes(world, filter, FILTER_CHANGED,
			world->at[world->last[slot]], false))
		return false;
	return !asks(filter, true) || !changed_by(world, filter, true, slot);
}

static bool number_passes(const struct filter *filter, key k)
{
	bool choice = false, chosen = false;

	for (size_t i = 0; i < filter->number_count; i++) {
		const struct filter_numbers *n = &filter->numbers[i];
		key asked = key_session(n->first) ? k : key_number(k);
		bool hit = asked >= n->first && asked <= n->last;

		if (n->no && hit)
			return false;
		choice = choice || !n->no;
		chosen = chosen || (hit && !n->no);
	}
	return !choice || chosen;
}

static bool flag_passes(uint8_t flag, bool is)
{
	return flag == FLAG_ANY || (flag == FLAG_YES) == is;
}

static bool passes(const struct world *world, const struct filter *filter,
		   uint32_t slot)
{
	const struct config *config = world->desk->config;
	const struct proposal *p = &world->p[slot];
	const struct choice *status =
		config_choice(config, CHOICE_STATUS, p->status);
	bool owed = status && phase_awaits_reply(status->phase);

	for (int date = 0; date < FILTER_CHANGED; date++) {
		day d = date == FILTER_DUE
				? deadline_due(&config->reply, p->dates)
				: p->dates[date];

		if (!day_passes(world, filter, date, d, owed))
			return false;
	}
	return changes_pass(world, filter, slot) &&
	       number_passes(filter, p->key) &&
	       flag_passes(filter->merged, p->merged_into != KEY_NONE) &&
	       flag_passes(filter->marked, selection_has(&world->marked, slot));
}

/* --- Conditions at random --- */

static void roll_days(struct filter *filter)
{
	for (uint32_t i = dice(4); i; i--) {
		struct filter_days days = {
			.date = (uint8_t)dice(FILTER_DATES),
			.compare = (uint8_t)dice(5),
			.no = dice(4) == 0,
			.span = (uint8_t)dice(9),
		};

		if (days.span == SPAN_EMPTY && days.date == FILTER_DUE)
			continue;
		if (days.span == SPAN_EMPTY)
			days.compare = COMPARE_EQUAL;
		else if (days.span == SPAN_DAY)
			days.value = day_make(2024, 9, 1) + (int)dice(150);
		else if (days.span == SPAN_MONTH)
			days.value = 2024 * 12 + (int32_t)dice(18);
		else if (days.span == SPAN_YEAR)
			days.value = 2023 + (int32_t)dice(3);
		else
			days.value = days.span == SPAN_AWAY
					     ? (int32_t)dice(90) - 45
					     : (int32_t)dice(3) - 1;
		assert_true(filter_add_days(filter, days));
	}
}

static void roll_people(struct filter *filter)
{
	char uid[16];

	for (uint32_t i = dice(2) * dice(3); i; i--) {
		snprintf(uid, sizeof(uid), "%u", person(1 + dice(PEOPLE)));
		assert_true(filter_add_person(filter, dice(3) ? uid : "me",
					      dice(3) == 0));
	}
	if (dice(40) == 0)
		assert_true(filter_add_person(filter, "somebody", false));
}

static void roll_numbers(struct filter *filter)
{
	for (uint32_t i = dice(2) * dice(3); i; i--) {
		uint32_t first = 1 + dice(PROPOSALS);
		key from = dice(2) ? desk_key(1 + dice(4), first) : first;

		assert_true(filter_add_numbers(
			filter, (struct filter_numbers){from, from + dice(900),
							dice(3) == 0}));
	}
}

static void fail_wrong(const struct world *world, const struct filter *filter,
		       uint32_t slot)
{
	struct buf text = {0};

	filter_format(filter, &world->catalog, SPELL_CODES, &text);
	fail_msg("slot %u: %s", slot, buf_text(&text));
	buf_free(&text);
}

static size_t check(const struct world *world, const struct filter *filter)
{
	struct listing listing = {0};
	const struct query query = {
		.reading = world->desk->reading,
		.catalog = &world->catalog,
		.filter = filter,
		.today = world->today,
		.marked = &world->marked,
	};
	size_t found = 0;

	listing_run(&query, &listing, NULL);
	for (uint32_t slot = 0; slot < PROPOSALS; slot++) {
		bool in = listing_row(&listing, slot) >= 0;

		if (world->p[slot].key == KEY_NONE) {
			assert_false(in);
			continue;
		}
		if (in != passes(world, filter, slot))
			fail_wrong(world, filter, slot);
		found += in;
	}
	assert_int_equal(found, listing.count);
	listing_free(&listing);
	return found;
}

static void lists_what_a_recount_finds(void **out)
{
	const struct world *world = *out;
	size_t some = 0;

	for (int round = 0; round < ROUNDS; round++) {
		struct filter filter = {0};

		roll_days(&filter);
		roll_people(&filter);
		roll_numbers(&filter);
		if (dice(8) == 0)
			filter.merged = (uint8_t)dice(3);
		if (dice(8) == 0)
			filter.marked = (uint8_t)dice(3);
		size_t found = check(world, &filter);
		some += found > 0 && found < PROPOSALS - HOLES;
	}
	/* Enough of them tell rows apart. */
	assert_true(some > ROUNDS / 3);
}

/* Every fourth kind of question alone, so that none hides another. */
static void each_condition_alone(void **out)
{
	const struct world *world = *out;

	for (int round = 0; round < ROUNDS; round++) {
		struct filter filter = {0};

		switch (round % 4) {
		case 0:
			roll_days(&filter);
			break;
		case 1:
			roll_people(&filter);
			break;
		case 2:
			roll_numbers(&filter);
			break;
		default:
			filter.merged = (uint8_t)dice(3);
			filter.marked = (uint8_t)dice(3);
			break;
		}
		check(world, &filter);
	}
}

static void nothing_is_marked_without_marks(void **out)
{
	const struct world *world = *out;
	struct filter filter = {.marked = FLAG_YES};
	struct listing listing = {0};
	const struct query query = {
		.reading = world->desk->reading,
		.catalog = &world->catalog,
		.filter = &filter,
		.today = world->today,
	};

	listing_run(&query, &listing, NULL);
	assert_int_equal(listing.count, 0);
	filter.marked = FLAG_NO;
	listing_run(&query, &listing, NULL);
	assert_int_equal(listing.count, PROPOSALS - HOLES);
	listing_free(&listing);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_what_a_recount_finds),
		cmocka_unit_test(each_condition_alone),
		cmocka_unit_test(nothing_is_marked_without_marks),
	};
	return cmocka_run_group_tests_name("conditions", tests, build,
					   tear_down);
}
