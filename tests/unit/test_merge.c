#include "change/merge.h"

#include <string.h>

#include "fixture.h"

/* Three values of each kind of field, as canonical text. */
static const char *const samples[][3] = {
	[FIELD_TYPE_LINE] = {"甲", "乙", "丙"},
	[FIELD_TYPE_TEXT] = {"甲\n二", "甲\n\n二", "甲 二"},
	[FIELD_TYPE_NAMES] = {"张三\n李四", "李四\n张三", "张三"},
	[FIELD_TYPE_CODE] = {"a", "b", "c"},
	[FIELD_TYPE_DATE] = {"2024-10-04", "2024-10-05", "2025-10-04"},
	[FIELD_TYPE_UNITS] = {"lead jxj", "joint jxj",
			      "lead jxj 已签收 2024-04-02"},
	[FIELD_TYPE_KEY] = {"14-3-4", "14-2-4", "14-3-5"},
	[FIELD_TYPE_KEYS] = {"14-3-4\n14-3-5", "14-3-5\n14-3-4", "14-3-4"},
};

/* The last stands for an empty field, in three versions of one proposal. */
enum { A, B, C, EMPTY, VALUES };

static struct arena arena;
static struct versions versions;

static void set(struct proposal *p, enum field_id id, int value)
{
	const char *text =
		value == EMPTY ? "" : samples[fields[id].type][value];

	OK(field_set(&fields[id], p, text, strlen(text), &arena, err));
}

static void three(enum field_id id, int base, int mine, int theirs)
{
	set(&versions.base, id, base);
	set(&versions.mine, id, mine);
	set(&versions.theirs, id, theirs);
}

static int start(void **state)
{
	key k = key_make(session_make(14, 3), 23);

	(void)state;
	proposal_init(&versions.base, k);
	proposal_init(&versions.mine, k);
	proposal_init(&versions.theirs, k);
	versions.theirs.revision = 7;
	return 0;
}

static int stop(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

/* Told again, from the table of the issue and not from the code. */
static enum merge_state wanted_state(int base, int mine, int theirs)
{
	if (mine == base && theirs == base)
		return MERGE_UNCHANGED;
	if (theirs == base)
		return MERGE_MINE;
	if (mine == base)
		return MERGE_THEIRS;
	return mine == theirs ? MERGE_ALIKE : MERGE_CONFLICT;
}

static void value_is(const struct proposal *p, enum field_id id, int value)
{
	struct buf text = {0};

	field_canonical(&fields[id], p, &text);
	assert_string_equal(buf_text(&text),
			    value == EMPTY ? ""
					   : samples[fields[id].type][value]);
	buf_free(&text);
}

static void expect_result(enum field_id id, enum merge_pick pick, int value)
{
	enum merge_pick picks[FIELD_END] = {PICK_NONE};
	struct proposal out;

	picks[id] = pick;
	assert_true(merge_result(&versions, picks, &out));
	value_is(&out, id, value);
	assert_int_equal(out.revision, 7);
	assert_true(out.key == versions.base.key);
}

static void expect_open(enum field_id id, int mine, int theirs)
{
	enum merge_pick open[FIELD_END] = {PICK_NONE};
	struct proposal out = {.revision = 99};

	assert_false(merge_result(&versions, open, &out));
	assert_int_equal(out.revision, 99);
	value_is(merge_source(&versions, id, PICK_NONE), id, mine);
	expect_result(id, PICK_THEIRS, theirs);
	expect_result(id, PICK_MINE, mine);
}

static void check(enum field_id id, int base, int mine, int theirs)
{
	enum merge_state wanted = wanted_state(base, mine, theirs);

	three(id, base, mine, theirs);
	assert_int_equal(merge_state(&versions, id), wanted);
	if (wanted == MERGE_CONFLICT)
		expect_open(id, mine, theirs);
	else
		expect_result(id, PICK_NONE,
			      wanted == MERGE_MINE ? mine : theirs);
}

static void every_field_is_merged_by_itself(void **state)
{
	(void)state;
	for (int id = FIELD_TITLE; id < FIELD_END; id++) {
		for (int n = 0; n < VALUES * VALUES * VALUES; n++)
			check((enum field_id)id, n % VALUES,
			      n / VALUES % VALUES, n / VALUES / VALUES);
		three((enum field_id)id, A, A, A);
	}
}

/* No field looks at another's pick, or at another's versions. */
static void fields_do_not_disturb_each_other(void **state)
{
	enum merge_pick picks[FIELD_END] = {PICK_NONE};
	struct proposal out;

	(void)state;
	for (int id = FIELD_TITLE; id < FIELD_END; id++)
		three((enum field_id)id, A, id % 2 ? B : A, id % 2 ? A : C);
	three(FIELD_OUTCOME, A, B, C);
	assert_false(merge_result(&versions, picks, &out));
	picks[FIELD_BODY] = PICK_MINE;
	assert_false(merge_result(&versions, picks, &out));
	picks[FIELD_OUTCOME] = PICK_MINE;
	assert_true(merge_result(&versions, picks, &out));
	for (int id = FIELD_TITLE; id < FIELD_END; id++)
		if (id != FIELD_OUTCOME)
			value_is(&out, (enum field_id)id, id % 2 ? B : C);
	value_is(&out, FIELD_OUTCOME, B);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_field_is_merged_by_itself,
						start, stop),
		cmocka_unit_test_setup_teardown(
			fields_do_not_disturb_each_other, start, stop),
	};
	return cmocka_run_group_tests_name("merge", tests, NULL, NULL);
}
