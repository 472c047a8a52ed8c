#include "query/late.h"

#include <stdlib.h>
#include <string.h>

#include "base/width.h"
#include "desk.h"
#include "domain/workflow.h"

/* More than two chunks of slots, so that three are looked at. */
enum { PROPOSALS = 10000, ROUNDS = 40, HOLES = 300 };

/* Everything a query could ask of one proposal, from its record. */
struct row {
	uint32_t slot;
	struct proposal p;
	day due;
	enum lateness late;
};

struct world {
	struct desk *desk;
	struct catalog catalog;
	struct row *rows; /* in the order of their slots */
	size_t count;
	day today;
};

static uint32_t state;

static uint32_t dice(uint32_t sides)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % sides;
}

static const char *one_of(const char *const *codes, uint32_t count)
{
	return codes[dice(count)];
}

static void roll_units(struct desk *desk, struct proposal *p)
{
	static const char *const departments[] = {"jxj", "swj", "jyj", "lost"};
	static const enum unit_role roles[] = {ROLE_LEAD, ROLE_SEPARATE,
					       ROLE_JOINT};
	uint32_t first = dice(4);

	p->units.items = arena_alloc(&desk->arena, 3 * sizeof(struct unit));
	p->units.count = dice(4);
	for (uint32_t i = 0; i < p->units.count; i++)
		p->units.items[i] = (struct unit){
			.department = departments[(first + dice(2)) % 4],
			.role = roles[i ? 1 + dice(2) : dice(3)],
			.state = "",
		};
}

/* `lost` and `old` are codes that the configuration does not know. */
static struct proposal *roll(struct desk *desk, uint32_t number)
{
	static const char *const statuses[] = {
		"received", "assigned", "handling", "answered", "lost", ""};
	static const char *const categories[] = {"industry", "city", "old", ""};
	static const char *const levels[] = {"ordinary", "key", ""};
	static const char *const results[] = {"A", "B", ""};
	static const char *const feedbacks[] = {"satisfied", ""};
	struct proposal *p = desk_new(desk, desk_key(1 + dice(4), number),
				      one_of(statuses, 6));
	static const char *names[] = {"王富国", "Zhang San"};

	p->category = one_of(categories, 4);
	p->level = one_of(levels, 3);
	p->result = one_of(results, 3);
	p->feedback = one_of(feedbacks, 2);
	roll_units(desk, p);
	if (dice(3))
		p->dates[DATE_ASSIGNED] =
			(day)(day_make(2024, 7, 1) + dice(120));
	if (dice(4) == 0)
		p->dates[DATE_DUE] = (day)(day_make(2024, 10, 1) + dice(90));
	if (dice(10) == 0)
		p->title = "Ａ类事项：5G 基站建设";
	p->proposers = (struct strings){&names[dice(2)], dice(2)};
	return p;
}

/* In an order that is not that of the numbers, at several times. */
static void fill(struct desk *desk)
{
	static const char *const times[] = {
		"2024-11-20T09:30:00", "2024-11-20T09:31:00",
		"2024-11-18T08:00:00", "2024-11-20T09:30:00"};
	const struct proposal **batch =
		mem_array(PROPOSALS / 4, sizeof(*batch));

	for (uint32_t part = 0; part < 4; part++) {
		for (uint32_t i = 0; i < PROPOSALS / 4; i++)
			batch[i] = roll(desk, (i * 7 + part * 3) % 2503 * 4 +
						      part + 1);
		setenv("PROPOSALS_NOW", times[part], 1);
		desk_put(desk, 1, batch, PROPOSALS / 4);
	}
	free(batch);
}

static void punch_holes(struct desk *desk)
{
	struct edit *edits = mem_array(HOLES, sizeof(*edits));
	struct reading *reading = desk_read(desk);

	for (uint32_t i = 0; i < HOLES; i++) {
		uint32_t slot = i * 31;

		edits[i] = (struct edit){
			.key = reading_value(reading, COLUMN_KEY, slot),
			.kind = EDIT_REMOVE,
			.revision =
				reading_value(reading, COLUMN_REVISION, slot),
		};
	}
	desk_done(desk);
	desk_commit(desk, 1, BATCH_UNDO, edits, HOLES);
	free(edits);
}

static void read_row(struct world *world, uint32_t slot)
{
	const struct config *config = world->desk->config;
	struct row *row = &world->rows[world->count];
	const struct choice *status;
	struct err err;

	if (!reading_proposal(world->desk->reading, slot, &world->desk->arena,
			      &row->p, &err))
		return;
	status = config_choice(config, CHOICE_STATUS, row->p.status);
	row->slot = slot;
	row->due = deadline_due(&config->reply, row->p.dates);
	row->late = status ? deadline_lateness(&config->reply, status->phase,
					       row->due, world->today)
			   : LATE_NONE;
	world->count++;
}

static int build(void **out)
{
	struct world *world = mem_new(sizeof(*world));

	state = 2463534242;
	*out = world;
	world->desk = desk_open();
	world->today = day_make(2024, 11, 20);
	fill(world->desk);
	punch_holes(world->desk);
	desk_read(world->desk);
	catalog_update(&world->catalog, world->desk->config,
		       world->desk->reading);
	world->rows = mem_array(PROPOSALS, sizeof(*world->rows));
	for (uint32_t slot = 0; slot < PROPOSALS; slot++)
		read_row(world, slot);
	assert_int_equal(world->count, PROPOSALS - HOLES);
	return 0;
}

static int tear_down(void **out)
{
	struct world *world = *out;

	desk_done(world->desk);
	catalog_free(&world->catalog);
	desk_close(world->desk);
	free(world->rows);
	free(world);
	return 0;
}

static bool answers(const struct proposal *p, const char *department)
{
	bool any = false;

	for (size_t i = 0; i < p->units.count; i++) {
		if (p->units.items[i].role == ROLE_JOINT)
			continue;
		any = true;
		if (strcmp(p->units.items[i].department, department) == 0)
			return true;
	}
	return !any && !*department;
}

/* Whether a proposal has one value of a facet, by the value's code. */
static bool has(const struct row *row, enum facet facet, const char *code)
{
	char id[8];

	switch (facet) {
	case FACET_STATUS:
		return strcmp(row->p.status, code) == 0;
	case FACET_UNIT:
		return answers(&row->p, code);
	case FACET_CATEGORY:
		return strcmp(row->p.category, code) == 0;
	case FACET_LEVEL:
		return strcmp(row->p.level, code) == 0;
	case FACET_RESULT:
		return strcmp(row->p.result, code) == 0;
	case FACET_FEEDBACK:
		return strcmp(row->p.feedback, code) == 0;
	case FACET_DUE:
		return strcmp(lateness_name(row->late), code) == 0;
	case FACET_SESSION:
		session_format(key_session(row->p.key), id);
		return strcmp(id, code) == 0;
	case FACET_COUNT:
		break;
	}
	return false;
}

static bool passes(const struct world *world, const struct filter *filter,
		   enum facet facet, const struct row *row)
{
	const struct facet_values *values = &world->catalog.facets[facet];

	if (!filter->chosen[facet])
		return true;
	for (size_t i = 0; i < values->count; i++)
		if (filter_has(filter, facet, i) &&
		    has(row, facet, values->items[i].code))
			return true;
	return false;
}

static bool passes_but(const struct world *world, const struct filter *filter,
		       int except, const struct row *row)
{
	if (filter->text[0] && !strstr(row->p.title, filter->text))
		return false;
	for (int f = 0; f < FACET_COUNT; f++)
		if (f != except && !passes(world, filter, (enum facet)f, row))
			return false;
	return true;
}

static struct query query_of(const struct world *world,
			     const struct filter *filter)
{
	return (struct query){
		.reading = world->desk->reading,
		.catalog = &world->catalog,
		.filter = filter,
		.today = world->today,
	};
}

static void roll_filter(const struct world *world, struct filter *filter)
{
	memset(filter, 0, sizeof(*filter));
	for (int f = 0; f < FACET_COUNT; f++) {
		size_t count = world->catalog.facets[f].count;
		uint32_t values = dice(3) ? 0 : 1 + dice((uint32_t)count);

		for (uint32_t i = 0; i < values; i++)
			filter_toggle(filter, (enum facet)f,
				      dice((uint32_t)count));
	}
	if (dice(5) == 0)
		snprintf(filter->text, sizeof(filter->text), "基站");
}

static uint32_t recount(const struct world *world, const struct filter *filter,
			int facet, const char *code)
{
	uint32_t count = 0;

	for (size_t i = 0; i < world->count; i++) {
		const struct row *row = &world->rows[i];

		count += passes_but(world, filter, facet, row) &&
			 has(row, (enum facet)facet, code);
	}
	return count;
}

static void check_counts(const struct world *world, const struct filter *filter,
			 const struct counts *counts)
{
	uint32_t late[LATE_COUNT] = {0};

	for (int f = 0; f < FACET_COUNT; f++) {
		const struct facet_values *values = &world->catalog.facets[f];

		for (size_t i = 0; i < values->count; i++)
			assert_int_equal(counts->of[f][i],
					 recount(world, filter, f,
						 values->items[i].code));
	}
	for (size_t i = 0; i < world->count; i++)
		if (passes_but(world, filter, -1, &world->rows[i]))
			late[world->rows[i].late]++;
	assert_int_equal(counts->overdue, late[LATE_OVERDUE]);
	assert_int_equal(counts->soon, late[LATE_SOON]);
}

static int by_slot(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	return (x->slot > y->slot) - (x->slot < y->slot);
}

static const struct row *row_of(const struct world *world, uint32_t slot)
{
	struct row wanted = {.slot = slot};

	return bsearch(&wanted, world->rows, world->count, sizeof(wanted),
		       by_slot);
}

static void check_rows(const struct world *world, const struct filter *filter,
		       const struct listing *listing)
{
	uint8_t *listed = mem_new(PROPOSALS);

	for (size_t i = 0; i < listing->count; i++) {
		assert_int_equal(listed[listing->slots[i]], 0);
		listed[listing->slots[i]] = 1;
	}
	for (size_t i = 0; i < world->count; i++)
		assert_int_equal(
			listed[world->rows[i].slot],
			passes_but(world, filter, -1, &world->rows[i]));
	free(listed);
}

static void counts_as_a_recount_does(void **out)
{
	const struct world *world = *out;
	struct counts *counts = mem_new(sizeof(*counts));
	struct listing listing = {0};
	struct filter filter = {0};

	for (int round = 0; round < ROUNDS; round++) {
		struct query query = query_of(world, &filter);

		listing_run(&query, &listing, counts);
		check_rows(world, &filter, &listing);
		check_counts(world, &filter, counts);
		size_t both = listing.count;
		listing_run(&query, &listing, NULL);
		assert_int_equal(listing.count, both);
		check_rows(world, &filter, &listing);
		roll_filter(world, &filter);
	}
	listing_free(&listing);
	free(counts);
}

/* The place of the first department that answers, in the catalogue. */
static long unit_rank(const struct world *world, const struct row *row)
{
	const struct facet_values *values = &world->catalog.facets[FACET_UNIT];

	for (size_t u = 0; u < row->p.units.count; u++)
		for (size_t i = 0; i < values->count; i++)
			if (row->p.units.items[u].role != ROLE_JOINT &&
			    strcmp(values->items[i].code,
				   row->p.units.items[u].department) == 0)
				return (long)i;
	return UINT16_MAX;
}

/* The place in the catalogue; what is empty has none. */
static long rank(const struct world *world, enum facet facet, const char *code)
{
	return *code ? catalog_match(&world->catalog, facet, code) : UINT16_MAX;
}

enum { NO_RANK = UINT16_MAX };

static long dated(day d)
{
	return d ? d : NO_RANK;
}

/* What a row is sorted by, NO_RANK last whichever way. */
static long naive_rank(const struct world *world, enum sort by,
		       const struct row *row)
{
	const day *dates = row->p.dates;

	switch (by) {
	case SORT_DUE:
		return dated(row->due);
	case SORT_UNIT:
		return unit_rank(world, row);
	case SORT_STATUS:
		return rank(world, FACET_STATUS, row->p.status);
	case SORT_LEVEL:
		return rank(world, FACET_LEVEL, row->p.level);
	case SORT_CATEGORY:
		return rank(world, FACET_CATEGORY, row->p.category);
	case SORT_RESULT:
		return rank(world, FACET_RESULT, row->p.result);
	case SORT_FEEDBACK:
		return rank(world, FACET_FEEDBACK, row->p.feedback);
	case SORT_CHANGED:
		return -(long)row->p.batch;
	case SORT_RECEIVED:
		return dated(dates[DATE_RECEIVED]);
	case SORT_FILED:
		return dated(dates[DATE_FILED]);
	case SORT_ASSIGNED:
		return dated(dates[DATE_ASSIGNED]);
	case SORT_REPLIED:
		return dated(dates[DATE_REPLIED]);
	case SORT_CLOSED:
		return dated(dates[DATE_CLOSED]);
	case SORT_NUMBER:
		return (long)row->p.key << 17; /* never NO_RANK */
	case SORT_MATCH:
	case SORT_COUNT:
		break;
	}
	return 0;
}

/* Less than 0: a goes before b. */
static long naive_order(const struct world *world, struct order_key by,
			const struct row *a, const struct row *b)
{
	long first = naive_rank(world, by.by, a);
	long second = naive_rank(world, by.by, b);

	if (first == NO_RANK || second == NO_RANK)
		return (first == NO_RANK) - (second == NO_RANK);
	return by.reverse ? second - first : first - second;
}

static long session_rank(const struct world *world, const struct row *row)
{
	char code[8];

	session_format(key_session(row->p.key), code);
	return catalog_match(&world->catalog, FACET_SESSION, code);
}

/* The group weighs more than all keys, the number less. */
static bool in_order(const struct world *world, const struct order *order,
		     const struct row *a, const struct row *b)
{
	static const struct order_key number = {SORT_NUMBER, false};
	static const enum sort groups[FACET_COUNT] = {
		[FACET_STATUS] = SORT_STATUS,
		[FACET_UNIT] = SORT_UNIT,
		[FACET_LEVEL] = SORT_LEVEL,
		[FACET_SESSION] = SORT_NUMBER};
	long by = 0;

	if (order->grouped && order->group == FACET_SESSION)
		by = session_rank(world, a) - session_rank(world, b);
	else if (order->grouped)
		by = naive_order(
			world, (struct order_key){groups[order->group], false},
			a, b);
	for (size_t i = 0; !by && i < order->count; i++)
		by = naive_order(world, order->keys[i], a, b);
	return (by ? by : naive_order(world, number, a, b)) < 0;
}

static void check_order(const struct world *world, struct query *query)
{
	struct listing listing = {0};

	listing_run(query, &listing, NULL);
	check_rows(world, query->filter, &listing);
	for (size_t i = 1; i < listing.count; i++)
		if (!in_order(world, &query->order,
			      row_of(world, listing.slots[i - 1]),
			      row_of(world, listing.slots[i]))) {
			struct buf words = {0};

			order_write(&query->order, &words);
			fail_msg("%s: row %zu", buf_text(&words), i);
		}
	listing_free(&listing);
}

static void sorts_both_ways(void **out)
{
	const struct world *world = *out;
	struct filter all = {0}, some = {0};

	filter_toggle(&some, FACET_LEVEL, 1);
	for (int by = 0; by < SORT_COUNT; by++) {
		for (int reverse = 0; reverse < 2; reverse++) {
			struct query query = query_of(world, &all);

			query.order = (struct order){
				.keys = {{(enum sort)by, reverse}}, .count = 1};
			check_order(world, &query);
			query.filter = &some;
			check_order(world, &query);
		}
	}
}

static void sorts_by_several(void **out)
{
	static const char *const orders[] = {
		"主办,-期限",       "-status,unit,level,due",
		"结果 -更新时间",   "-number,status",
		"category,-number", "-due,-changed,feedback,-assigned",
		"match,status",
	};
	const struct world *world = *out;
	struct filter all = {0}, some = {0};

	filter_toggle(&some, FACET_STATUS, ST_HANDLING);
	for (size_t i = 0; i < LENGTH(orders); i++) {
		struct query query = query_of(world, &all);

		OK(order_parse(&query.order, orders[i], err));
		check_order(world, &query);
		query.filter = &some;
		check_order(world, &query);
	}
}

static void groups_stand_together(void **out)
{
	static const enum facet groups[] = {FACET_STATUS, FACET_UNIT,
					    FACET_LEVEL, FACET_SESSION};
	const struct world *world = *out;
	struct filter all = {0};

	for (size_t i = 0; i < LENGTH(groups); i++) {
		struct query query = query_of(world, &all);

		query.order.grouped = true;
		query.order.group = groups[i];
		check_order(world, &query);
		OK(order_parse(&query.order, "-due,result", err));
		check_order(world, &query);
	}
}

static bool is_late(const struct world *world, uint32_t slot)
{
	const struct row *row = row_of(world, slot);

	return row && row->late == LATE_OVERDUE;
}

/* Whole, one behind the other, each with one value and its label. */
static void check_groups(const struct world *world, enum facet facet)
{
	static const enum sort sorts[FACET_COUNT] = {
		[FACET_STATUS] = SORT_STATUS, [FACET_UNIT] = SORT_UNIT};
	const struct facet_values *values = &world->catalog.facets[facet];
	struct filter all = {0};
	struct query query = query_of(world, &all);
	struct groups groups = {.count = 0};
	struct listing listing = {0};
	size_t row = 0;

	query.order.grouped = true;
	query.order.group = facet;
	query.groups = &groups;
	listing_run(&query, &listing, NULL);
	for (size_t g = 0; g < groups.count; g++) {
		const struct group_head *head = &groups.items[g];
		const struct row *first = row_of(world, listing.slots[row]);
		long rank = naive_rank(world, sorts[facet], first);
		size_t late = 0;

		assert_int_equal(head->first, row);
		assert_true(head->count > 0);
		if (rank != NO_RANK)
			assert_string_equal(head->label,
					    values->items[rank].label);
		for (size_t i = 0; i < head->count; i++, row++) {
			assert_int_equal(groups_of(&groups, row), g);
			assert_int_equal(
				naive_rank(world, sorts[facet],
					   row_of(world, listing.slots[row])),
				rank);
			late += is_late(world, listing.slots[row]);
		}
		assert_int_equal(head->late, late);
	}
	assert_int_equal(row, listing.count);
	assert_string_equal(groups.items[groups.count - 1].label, "未填");
	query.order.grouped = false;
	listing_run(&query, &listing, NULL);
	assert_int_equal(groups.count, 0);
	listing_free(&listing);
	groups_free(&groups);
}

static void groups_have_heads_with_subtotals(void **out)
{
	check_groups(*out, FACET_STATUS);
	check_groups(*out, FACET_UNIT);
}

/* From row to row, and from the last to the first again, both ways. */
static void goes_from_one_late_one_to_the_next(void **out)
{
	const struct world *world = *out;
	struct filter some = {0};
	struct query query = query_of(world, &some);
	struct listing listing = {0};

	filter_toggle(&some, FACET_LEVEL, 1);
	OK(order_parse(&query.order, "status,-number", err));
	listing_run(&query, &listing, NULL);
	size_t count = 0, seen = 0, last = 0;
	for (size_t i = 0; i < listing.count; i++)
		if (is_late(world, listing.slots[i]))
			count++, last = i;
	assert_true(count > 2);
	size_t row = last;
	do {
		long next = late_next(&query, &listing, row, 1);

		assert_true(next >= 0 && (row == last || next > (long)row));
		for (size_t i = row == last ? 0 : row + 1; i < (size_t)next;
		     i++)
			assert_false(is_late(world, listing.slots[i]));
		assert_int_equal(late_next(&query, &listing, (size_t)next, -1),
				 row);
		row = (size_t)next;
		seen++;
	} while (row != last);
	assert_int_equal(seen, count);
	filter_only(&some, FACET_STATUS, ST_CLOSED);
	listing_run(&query, &listing, NULL);
	assert_int_equal(late_next(&query, &listing, 0, 1), -1);
	assert_int_equal(late_next(&query, &listing, 0, -1), -1);
	listing_free(&listing);
}

/* What the list would show of a facet, from the record. */
static void show(const struct world *world, const struct row *row,
		 enum facet facet, struct buf *out)
{
	const struct config *config = world->desk->config;
	const struct units *units = &row->p.units;
	char code[8];

	session_format(key_session(row->p.key), code);
	if (facet == FACET_SESSION)
		buf_str(out, code);
	else if (facet == FACET_STATUS)
		buf_str(out,
			config_label(config, CHOICE_STATUS, row->p.status));
	else if (facet == FACET_CATEGORY)
		buf_str(out,
			config_label(config, CHOICE_CATEGORY, row->p.category));
	for (size_t i = 0; facet == FACET_UNIT && i < units->count; i++) {
		const char *label = config_label(config, CHOICE_DEPARTMENT,
						 units->items[i].department);

		if (units->items[i].role != ROLE_JOINT &&
		    !strstr(buf_text(out), label))
			buf_printf(out, "%s%s", out->len ? "、" : "", label);
	}
}

static int naive_width(const struct world *world, const struct filter *filter,
		       enum facet facet)
{
	int most = 0;

	for (size_t i = 0; i < world->count; i++) {
		struct buf text = {0};

		if (passes_but(world, filter, -1, &world->rows[i]))
			show(world, &world->rows[i], facet, &text);
		int cells = width_text(buf_text(&text));
		most = cells > most ? cells : most;
		buf_free(&text);
	}
	return most < WIDTH_MOST ? most : WIDTH_MOST;
}

static uint32_t naive_number(const struct world *world,
			     const struct filter *filter)
{
	uint32_t most = 0;

	for (size_t i = 0; i < world->count; i++) {
		uint32_t number = key_number(world->rows[i].p.key);

		if (passes_but(world, filter, -1, &world->rows[i]) &&
		    number > most)
			most = number;
	}
	return most;
}

static void check_widths(const struct world *world, const struct filter *filter,
			 struct widths *widths)
{
	static const enum facet facets[] = {FACET_STATUS, FACET_UNIT,
					    FACET_CATEGORY, FACET_SESSION};
	struct query query = query_of(world, filter);
	struct listing listing = {0};

	query.widths = widths;
	listing_run(&query, &listing, NULL);
	for (size_t i = 0; i < LENGTH(facets); i++)
		assert_int_equal(widths->facets[facets[i]],
				 naive_width(world, filter, facets[i]));
	assert_int_equal(widths->number, naive_number(world, filter));
	listing_free(&listing);
}

/* What was wide in the listing before does not stay. */
static void widths_are_of_what_is_listed(void **out)
{
	const struct world *world = *out;
	struct filter all = {0}, some = {0}, none = {0};
	struct widths widths = {.number = 0};

	filter_only(&some, FACET_STATUS, ST_HANDLING);
	filter_only(&some, FACET_UNIT, 0);
	filter_only(&none, FACET_STATUS, ST_CLOSED);
	check_widths(world, &all, &widths);
	check_widths(world, &some, &widths);
	check_widths(world, &none, &widths);
	assert_int_equal(widths.facets[FACET_STATUS], 0);
	width_set_ambiguous(2);
	check_widths(world, &all, &widths);
	width_set_ambiguous(1);
	widths_free(&widths);
}

static void finds_the_row_of_a_slot(void **out)
{
	const struct world *world = *out;
	struct filter filter = {0};
	struct query query = query_of(world, &filter);
	struct listing listing = {0};

	assert_int_equal(listing_row(&listing, 0), -1);
	listing_run(&query, &listing, NULL);
	for (size_t i = 0; i < listing.count; i += 97)
		assert_int_equal(listing_row(&listing, listing.slots[i]), i);
	assert_int_equal(
		listing_row(&listing, listing.slots[listing.count - 1]),
		listing.count - 1);
	assert_int_equal(listing_row(&listing, 0), -1); /* a removed one */
	assert_int_equal(listing_row(&listing, PROPOSALS), -1);
	listing_free(&listing);
}

static void tells_the_due_day_of_a_slot(void **out)
{
	const struct world *world = *out;

	for (size_t i = 0; i < world->count; i += 11)
		assert_int_equal(listing_due(world->desk->reading,
					     &world->catalog,
					     world->rows[i].slot),
				 world->rows[i].due);
}

static void check_cross(const struct world *world, const struct filter *filter,
			enum facet x, enum facet y)
{
	struct query query = query_of(world, filter);
	const struct facet_values *xs = &world->catalog.facets[x];
	const struct facet_values *ys = &world->catalog.facets[y];
	struct cross cross;

	listing_cross(&query, x, y, &cross);
	assert_int_equal(cross.x_count, xs->count);
	assert_int_equal(cross.y_count, ys->count);
	for (size_t i = 0; i < xs->count; i++) {
		for (size_t j = 0; j < ys->count; j++) {
			uint64_t count = 0;

			for (size_t r = 0; r < world->count; r++)
				count += passes_but(world, filter, -1,
						    &world->rows[r]) &&
					 has(&world->rows[r], x,
					     xs->items[i].code) &&
					 has(&world->rows[r], y,
					     ys->items[j].code);
			assert_int_equal(cross.cells[i * cross.y_count + j],
					 count);
		}
	}
	free(cross.cells);
}

static void crosses_as_a_recount_does(void **out)
{
	const struct world *world = *out;
	struct filter all = {0}, some = {0};

	filter_toggle(&some, FACET_STATUS, ST_HANDLING);
	filter_toggle(&some, FACET_DUE, LATE_OVERDUE);
	check_cross(world, &all, FACET_UNIT, FACET_STATUS);
	check_cross(world, &all, FACET_DUE, FACET_SESSION);
	check_cross(world, &some, FACET_CATEGORY, FACET_DUE);
	check_cross(world, &some, FACET_LEVEL, FACET_UNIT);
	check_cross(world, &some, FACET_UNIT, FACET_UNIT);
	check_cross(world, &all, FACET_DUE, FACET_DUE);
}

static void finds_text_in_titles_and_proposers(void **out)
{
	static const struct {
		const char *text;
		bool found;
	} cases[] = {
		{"基站", true},          {"5g 基站", true},
		{"５Ｇ 基站", true},     {"Ａ类事项", true},
		{"zhang san", true},     {"ZHANG", true},
		{"王富国", true},        {"王富国王", false},
		{"基站建设关于", false}, {"第99999件", false},
		{"建设\n", true},        {"\"建议\n\n关于\"", false},
		{"{~", false},
	};
	const struct world *world = *out;
	struct listing listing = {0};

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct filter filter = {0};
		struct query query = query_of(world, &filter);

		snprintf(filter.text, sizeof(filter.text), "%s", cases[i].text);
		listing_run(&query, &listing, NULL);
		if ((listing.count != 0) != cases[i].found)
			fail_msg("“%s”: %zu", cases[i].text, listing.count);
	}
	listing_free(&listing);
}

/* Even behind values that appear after the catalogue was made. */
static void sorts_the_empty_value_last(void **out)
{
	struct desk *desk = desk_open();
	struct catalog catalog = {0};
	struct filter filter = {0};
	struct listing listing = {0};
	(void)out;

	desk_read(desk);
	catalog_update(&catalog, desk->config, desk->reading);
	desk_done(desk);
	desk_add(desk, desk_key(3, 1), "");
	desk_add(desk, desk_key(3, 2), "newer");
	desk_add(desk, desk_key(3, 3), "closed");
	desk_read(desk);
	catalog_update(&catalog, desk->config, desk->reading);
	struct query query = {
		.reading = desk->reading,
		.catalog = &catalog,
		.filter = &filter,
		.order = {.keys = {{SORT_STATUS, false}}, .count = 1},
		.today = day_make(2024, 11, 20)};
	listing_run(&query, &listing, NULL);
	assert_int_equal(listing.count, 3);
	assert_int_equal(listing.slots[0], 2);
	assert_int_equal(listing.slots[1], 1);
	assert_int_equal(listing.slots[2], 0);
	desk_done(desk);
	listing_free(&listing);
	catalog_free(&catalog);
	desk_close(desk);
}

static void counts_an_empty_register(void **out)
{
	struct desk *desk = desk_open();
	struct catalog catalog = {0};
	struct filter filter = {0};
	struct listing listing = {0};
	struct counts *counts = mem_new(sizeof(*counts));
	(void)out;

	desk_read(desk);
	catalog_update(&catalog, desk->config, desk->reading);
	struct query query = {.reading = desk->reading,
			      .catalog = &catalog,
			      .filter = &filter,
			      .order = {.keys = {{SORT_DUE, true}}, .count = 1},
			      .today = day_make(2024, 11, 20)};
	listing_run(&query, &listing, counts);
	assert_int_equal(listing.count, 0);
	assert_int_equal(counts->of[FACET_STATUS][ST_RECEIVED], 0);
	assert_int_equal(counts->overdue, 0);
	desk_done(desk);
	listing_free(&listing);
	catalog_free(&catalog);
	free(counts);
	desk_close(desk);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_as_a_recount_does),
		cmocka_unit_test(sorts_both_ways),
		cmocka_unit_test(sorts_by_several),
		cmocka_unit_test(groups_stand_together),
		cmocka_unit_test(groups_have_heads_with_subtotals),
		cmocka_unit_test(goes_from_one_late_one_to_the_next),
		cmocka_unit_test(widths_are_of_what_is_listed),
		cmocka_unit_test(finds_the_row_of_a_slot),
		cmocka_unit_test(tells_the_due_day_of_a_slot),
		cmocka_unit_test(crosses_as_a_recount_does),
		cmocka_unit_test(finds_text_in_titles_and_proposers),
		cmocka_unit_test(sorts_the_empty_value_last),
		cmocka_unit_test(counts_an_empty_register),
	};
	return cmocka_run_group_tests_name("listing", tests, build, tear_down);
}
