#include "change/editing.h"

#include "desk.h"

enum { ROOT = 0, WANG = 1001, LI = 1002 };

static struct desk *desk;
static struct editing editing;
static uint32_t slot;

/* -- the scene */

static void commit_as(uint32_t uid, const char *name, struct edit *edit)
{
	struct commit commit = {
		.kind = BATCH_EDIT,
		.who = {.uid = uid, .name = name, .from = ""},
		.note = "",
		.summary = "",
		.edits = edit,
		.count = 1,
	};
	struct committed done;

	OK(store_commit(desk->store, &commit, &done, err));
	assert_int_equal(done.changed, 1);
}

static uint32_t revision_now(void)
{
	struct reading *reading = desk_read(desk);
	uint32_t revision = reading_value(reading, COLUMN_REVISION, slot);

	desk_done(desk);
	return revision;
}

/* Somebody else sets a field from its canonical text. */
static void other(uint32_t uid, const char *name, enum field_id id,
		  const char *text)
{
	struct reading *reading = desk_read(desk);
	struct proposal p;

	OK(reading_proposal(reading, slot, &desk->arena, &p, err));
	OK(field_set(&fields[id], &p, text, strlen(text), &desk->arena, err));
	desk_done(desk);
	commit_as(uid, name,
		  &(struct edit){.key = p.key,
				 .kind = EDIT_PUT,
				 .revision = p.revision,
				 .next = &p});
}

static void type(enum field_id id, const char *text)
{
	struct reading *reading = desk_read(desk);

	editing_begin(&editing, id);
	OK(editing_read(&editing, reading, id, ROLE_LEAD, text, err));
	desk_done(desk);
}

static bool look(void)
{
	struct reading *reading = desk_read(desk);
	bool moved;

	OK(editing_look(&editing, reading, &moved, err));
	desk_done(desk);
	return moved;
}

static struct plan plan_now(void)
{
	struct reading *reading = desk_read(desk);
	struct plan plan;

	OK(plan_edit(&plan, &editing, reading, err));
	desk_done(desk);
	return plan;
}

static void expect_no_plan(enum err_code code, const char *words)
{
	struct reading *reading = desk_read(desk);
	struct err err = {0};
	struct plan plan;

	assert_false(plan_edit(&plan, &editing, reading, &err));
	desk_done(desk);
	assert_int_equal(err.code, code);
	if (!strstr(err.text, words))
		fail_msg("%s", err.text);
}

static bool commit_plan(struct plan *plan, struct err *err)
{
	const struct who who = {.uid = WANG, .name = "王芳", .from = ""};
	struct committed done;
	bool ok = plan_commit(plan, desk->store, &who, "", false, &done, err);

	free(done.conflicts);
	plan_free(plan);
	return ok;
}

static void save(void)
{
	struct plan plan = plan_now();

	OK(commit_plan(&plan, err));
}

static void stored(enum field_id id, const char *text)
{
	struct reading *reading = desk_read(desk);
	struct arena arena = {0};
	struct buf canonical = {0};
	struct proposal p;

	OK(reading_proposal(reading, slot, &arena, &p, err));
	field_canonical(&fields[id], &p, &canonical);
	assert_string_equal(buf_text(&canonical), text);
	buf_free(&canonical);
	arena_free(&arena);
	desk_done(desk);
}

static void open_it(void)
{
	struct reading *reading = desk_read(desk);

	assert_true(reading_find(reading, desk_key(3, 4), &slot));
	OK(editing_open(&editing, desk->config, reading, slot, err));
	desk_done(desk);
}

static int start(void **state)
{
	(void)state;
	desk = desk_open();
	for (uint32_t n = 1; n <= 4; n++)
		desk_add(desk, desk_key(3, n), "handling");
	open_it();
	return 0;
}

static int stop(void **state)
{
	(void)state;
	editing_free(&editing);
	desk_close(desk);
	return 0;
}

/* -- the claims */

static void an_edit_is_one_batch_that_undo_takes_back(void **state)
{
	struct reading *reading;
	struct batch batch;
	struct plan undo;

	(void)state;
	type(FIELD_RESULT, "B");
	type(FIELD_OUTCOME, "已开工。\n\n下一步");
	assert_int_equal(editing_changes(&editing), 2);
	save();
	stored(FIELD_RESULT, "B");
	stored(FIELD_OUTCOME, "已开工。\n\n下一步");
	stored(FIELD_TITLE, "关于第4件事的建议");
	reading = desk_read(desk);
	OK(reading_batch(reading, 5, &desk->arena, &batch, err));
	assert_int_equal(batch.kind, BATCH_EDIT);
	assert_int_equal(batch.count, 1);
	assert_string_equal(batch.summary, "办理结果、落实情况");
	OK(plan_undo(&undo, desk->config, reading, 5, err));
	desk_done(desk);
	OK(commit_plan(&undo, err));
	stored(FIELD_RESULT, "");
	stored(FIELD_OUTCOME, "");
}

static void what_is_as_it_was_is_not_saved(void **state)
{
	(void)state;
	expect_no_plan(ERR_REFUSED, "没有要保存的修改");
	type(FIELD_RESULT, "B");
	type(FIELD_RESULT, "");
	assert_int_equal(editing_changes(&editing), 0);
	expect_no_plan(ERR_REFUSED, "没有要保存的修改");
}

static void two_people_in_two_fields_both_stay(void **state)
{
	(void)state;
	type(FIELD_RESULT, "B");
	assert_false(look());
	other(LI, "李明", FIELD_LEVEL, "key");
	other(ROOT, "赵六", FIELD_TITLE, "新案由");
	assert_true(look());
	assert_false(look());
	assert_int_equal(editing_state(&editing, FIELD_LEVEL), MERGE_THEIRS);
	assert_string_equal(editing.traces[FIELD_LEVEL].name, "李明");
	assert_int_equal(editing.traces[FIELD_LEVEL].batch, 5);
	assert_string_equal(editing.traces[FIELD_TITLE].name, "赵六");
	assert_null(editing.traces[FIELD_RESULT].name);
	assert_int_equal(editing_conflicts(&editing), 0);
	save();
	stored(FIELD_RESULT, "B");
	stored(FIELD_LEVEL, "key");
	stored(FIELD_TITLE, "新案由");
}

static void who_changed_a_field_last_is_named(void **state)
{
	(void)state;
	other(LI, "李明", FIELD_TITLE, "打开以前改的");
	editing_free(&editing);
	open_it();
	other(LI, "李明", FIELD_RESULT, "A");
	other(ROOT, "赵六", FIELD_RESULT, "B");
	other(LI, "李明", FIELD_LEVEL, "key");
	look();
	assert_null(editing.traces[FIELD_TITLE].name);
	assert_string_equal(editing.traces[FIELD_RESULT].name, "赵六");
	assert_string_equal(editing.traces[FIELD_LEVEL].name, "李明");
}

static void a_conflict_is_saved_only_after_a_choice(void **state)
{
	(void)state;
	type(FIELD_RESULT, "B");
	other(LI, "李明", FIELD_RESULT, "A");
	assert_true(look());
	assert_true(editing_undecided(&editing, FIELD_RESULT));
	expect_no_plan(ERR_CONFLICT, "有 1 项与他人的修改不同");
	editing.picks[FIELD_RESULT] = PICK_THEIRS;
	expect_no_plan(ERR_REFUSED, "没有要保存的修改");
	editing.picks[FIELD_RESULT] = PICK_MINE;
	save();
	stored(FIELD_RESULT, "B");
}

static void a_choice_holds_only_for_what_was_seen(void **state)
{
	(void)state;
	type(FIELD_RESULT, "B");
	other(LI, "李明", FIELD_RESULT, "A");
	look();
	editing.picks[FIELD_RESULT] = PICK_MINE;
	other(LI, "李明", FIELD_LEVEL, "key");
	look();
	assert_false(editing_undecided(&editing, FIELD_RESULT));
	other(LI, "李明", FIELD_RESULT, "");
	look();
	assert_int_equal(editing_state(&editing, FIELD_RESULT), MERGE_MINE);
	other(LI, "李明", FIELD_RESULT, "A");
	look();
	assert_true(editing_undecided(&editing, FIELD_RESULT));
}

static void both_the_same_is_no_conflict(void **state)
{
	(void)state;
	type(FIELD_RESULT, "B");
	other(LI, "李明", FIELD_RESULT, "B");
	look();
	assert_int_equal(editing_state(&editing, FIELD_RESULT), MERGE_ALIKE);
	expect_no_plan(ERR_REFUSED, "没有要保存的修改");
}

/* Between the last look and the transaction. */
static void what_was_not_looked_at_is_not_overwritten(void **state)
{
	struct err why = {0};
	struct plan plan;
	uint32_t before;

	(void)state;
	type(FIELD_RESULT, "B");
	plan = plan_now();
	other(LI, "李明", FIELD_LEVEL, "key");
	before = revision_now();
	assert_false(commit_plan(&plan, &why));
	assert_int_equal(why.code, ERR_CONFLICT);
	assert_int_equal(revision_now(), before);
	stored(FIELD_RESULT, "");
	assert_true(look());
	save();
	stored(FIELD_RESULT, "B");
	stored(FIELD_LEVEL, "key");
}

static void what_others_wrote_is_the_base_once_it_is_opened(void **state)
{
	(void)state;
	other(LI, "李明", FIELD_TITLE, "李明的案由");
	look();
	assert_ptr_equal(editing_source(&editing, FIELD_TITLE),
			 &editing.versions.theirs);
	type(FIELD_TITLE, "李明和王芳的案由");
	assert_int_equal(editing_state(&editing, FIELD_TITLE), MERGE_MINE);
	save();
	stored(FIELD_TITLE, "李明和王芳的案由");
}

static void a_field_open_while_others_write_is_a_conflict(void **state)
{
	struct reading *reading;

	(void)state;
	editing_begin(&editing, FIELD_TITLE);
	other(LI, "李明", FIELD_TITLE, "李明的案由");
	look();
	reading = desk_read(desk);
	OK(editing_read(&editing, reading, FIELD_TITLE, ROLE_LEAD, "我的",
			err));
	desk_done(desk);
	assert_true(editing_undecided(&editing, FIELD_TITLE));
}

static void what_is_gone_is_not_made_again(void **state)
{
	struct plan undo;
	struct reading *reading;

	(void)state;
	type(FIELD_RESULT, "B");
	reading = desk_read(desk);
	OK(plan_undo(&undo, desk->config, reading, 4, err));
	desk_done(desk);
	OK(commit_plan(&undo, err));
	assert_true(look());
	assert_true(editing.gone);
	assert_string_equal(editing.removed.name, "王芳");
	expect_no_plan(ERR_REFUSED, "第4号已被移除（王芳 撤销了");
	assert_false(look());

	reading = desk_read(desk);
	OK(plan_undo(&undo, desk->config, reading, 5, err));
	desk_done(desk);
	OK(commit_plan(&undo, err));
	assert_true(look());
	assert_false(editing.gone);
	save();
	stored(FIELD_RESULT, "B");
}

/* Taken back twice while it was open: the last one is named. */
static void who_removed_it_last_is_named(void **state)
{
	static const char *const names[] = {"李明", "赵六"};
	struct proposal p;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct reading *reading = desk_read(desk);

		OK(reading_proposal(reading, slot, &desk->arena, &p, err));
		desk_done(desk);
		commit_as(LI, names[i],
			  &(struct edit){.key = p.key,
					 .kind = EDIT_REMOVE,
					 .revision = p.revision});
		if (i == 0)
			commit_as(LI, names[i],
				  &(struct edit){.key = p.key,
						 .kind = EDIT_PUT,
						 .next = &p});
	}
	assert_true(look());
	type(FIELD_RESULT, "B");
	expect_no_plan(ERR_REFUSED, "（赵六 撤销了");
}

/* Nobody looked since: the store finds out. */
static void what_went_between_look_and_plan_is_a_conflict(void **state)
{
	struct err why = {0};
	struct plan plan;

	(void)state;
	type(FIELD_RESULT, "B");
	commit_as(LI, "李明",
		  &(struct edit){.key = desk_key(3, 4),
				 .kind = EDIT_REMOVE,
				 .revision = revision_now()});
	plan = plan_now();
	assert_false(commit_plan(&plan, &why));
	assert_int_equal(why.code, ERR_CONFLICT);
}

static void a_code_that_is_none_is_not_taken(void **state)
{
	struct err why = {0};

	(void)state;
	assert_false(editing_code(&editing, FIELD_RESULT, "A B", &why));
	assert_int_equal(why.code, ERR_USAGE);
	assert_int_equal(editing_changes(&editing), 0);
}

static void the_workflow_holds_for_an_edit(void **state)
{
	struct err why = {0};

	(void)state;
	assert_false(editing_code(&editing, FIELD_STATUS, "closed", &why));
	assert_int_equal(why.code, ERR_REFUSED);
	assert_non_null(strstr(why.text, "状态不能这样改："));
	assert_int_equal(editing_changes(&editing), 0);
	OK(editing_code(&editing, FIELD_STATUS, "answered", err));
	other(LI, "李明", FIELD_STATUS, "closed");
	look();
	editing.picks[FIELD_STATUS] = PICK_MINE;
	expect_no_plan(ERR_REFUSED, "状态不能这样改：");
	other(LI, "李明", FIELD_STATUS, "handling");
	look();
	save();
	stored(FIELD_STATUS, "answered");
}

static void expect_not_read(enum field_id id, const char *text,
			    const char *words)
{
	struct reading *reading = desk_read(desk);
	struct err err = {0};

	assert_false(
		editing_read(&editing, reading, id, ROLE_LEAD, text, &err));
	desk_done(desk);
	if (!strstr(err.text, words))
		fail_msg("%s", err.text);
	assert_int_equal(editing_changes(&editing), 0);
}

static void a_link_leads_to_a_proposal_that_is_there(void **state)
{
	(void)state;
	expect_not_read(FIELD_RELATED, "1、99", "没有第99号提案");
	expect_not_read(FIELD_MERGED_INTO, "99", "没有第99号提案");
	expect_not_read(FIELD_MERGED_INTO, "4", "自己");
	expect_not_read(FIELD_TITLE, " ", "案由不能为空");
	type(FIELD_RELATED, "1、2");
	type(FIELD_MERGED_INTO, "2");
	save();
	stored(FIELD_RELATED, "14-3-1\n14-3-2");
	stored(FIELD_MERGED_INTO, "14-3-2");
}

static void merging_leads_in_no_circle(void **state)
{
	uint32_t fourth = slot;

	(void)state;
	type(FIELD_MERGED_INTO, "2");
	slot = 1;
	other(LI, "李明", FIELD_MERGED_INTO, "14-3-1");
	slot = 0;
	other(LI, "李明", FIELD_MERGED_INTO, "14-3-4");
	slot = fourth;
	expect_no_plan(ERR_REFUSED, "会绕回这件提案自己");
	type(FIELD_MERGED_INTO, "");
	expect_not_read(FIELD_MERGED_INTO, "1", "会绕回这件提案自己");
}

/* As an import may leave it. */
static void a_chain_of_merges_may_end_anywhere(void **state)
{
	enum { LONG = 1100 };
	const struct proposal **all = mem_array(LONG, sizeof(*all));

	(void)state;
	for (uint32_t n = 0; n < LONG; n++) {
		struct proposal *p =
			desk_new(desk, desk_key(3, 1000 + n), "handling");

		p->merged_into = desk_key(3, 1001 + n);
		all[n] = p;
	}
	desk_put(desk, ROOT, all, LONG);
	free(all);
	type(FIELD_MERGED_INTO, "1000"); /* too long to be looked through */
	type(FIELD_MERGED_INTO, "2090"); /* to a number that is not there */
	save();
	stored(FIELD_MERGED_INTO, "14-3-2090");
}

static void units_are_typed_by_role(void **state)
{
	struct reading *reading;

	(void)state;
	other(LI, "李明", FIELD_UNITS, "lead jxj 已签收 2024-04-02\njoint swj");
	look();
	type(FIELD_UNITS, "经信局、教育局");
	reading = desk_read(desk);
	OK(editing_read(&editing, reading, FIELD_UNITS, ROLE_JOINT, "", err));
	desk_done(desk);
	save();
	stored(FIELD_UNITS, "lead jxj 已签收 2024-04-02\nlead jyj");
}

#define CLAIM(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		CLAIM(an_edit_is_one_batch_that_undo_takes_back),
		CLAIM(what_is_as_it_was_is_not_saved),
		CLAIM(two_people_in_two_fields_both_stay),
		CLAIM(who_changed_a_field_last_is_named),
		CLAIM(a_conflict_is_saved_only_after_a_choice),
		CLAIM(a_choice_holds_only_for_what_was_seen),
		CLAIM(both_the_same_is_no_conflict),
		CLAIM(what_was_not_looked_at_is_not_overwritten),
		CLAIM(what_others_wrote_is_the_base_once_it_is_opened),
		CLAIM(a_field_open_while_others_write_is_a_conflict),
		CLAIM(what_is_gone_is_not_made_again),
		CLAIM(who_removed_it_last_is_named),
		CLAIM(what_went_between_look_and_plan_is_a_conflict),
		CLAIM(a_code_that_is_none_is_not_taken),
		CLAIM(a_chain_of_merges_may_end_anywhere),
		CLAIM(the_workflow_holds_for_an_edit),
		CLAIM(a_link_leads_to_a_proposal_that_is_there),
		CLAIM(merging_leads_in_no_circle),
		CLAIM(units_are_typed_by_role),
	};
	return cmocka_run_group_tests_name("editing", tests, NULL, NULL);
}
