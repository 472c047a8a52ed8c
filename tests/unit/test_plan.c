#include "change/plan.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "desk.h"

enum { ME = 1000, COLLEAGUE = 1001 };

static struct desk *desk;

static int start(void **state)
{
	(void)state;
	desk = desk_open();
	return 0;
}

static int stop(void **state)
{
	(void)state;
	desk_close(desk);
	return 0;
}

static struct who person(uint32_t uid)
{
	return (struct who){
		.uid = uid, .login_uid = uid, .name = "某人", .from = ""};
}

/* Numbers first .. last of 14-3, all at one status; the batch. */
static uint32_t fill(uint32_t first, uint32_t last, const char *status)
{
	const struct proposal *all[64];
	size_t count = 0;

	for (uint32_t n = first; n <= last; n++)
		all[count++] = desk_new(desk, desk_key(3, n), status);
	return desk_put(desk, ME, all, count);
}

static struct plan plan_numbers(uint32_t first, uint32_t last,
				const char *status, bool force)
{
	struct reading *reading = desk_read(desk);
	struct plan plan;
	uint32_t slots[64];
	size_t count = 0;

	for (uint32_t n = first; n <= last; n++)
		assert_true(
			reading_find(reading, desk_key(3, n), &slots[count++]));
	OK(plan_status(&plan, desk->config, reading, slots, count, status,
		       force, err));
	desk_done(desk);
	return plan;
}

static uint32_t commit(struct plan *plan, uint32_t uid)
{
	struct who who = person(uid);
	struct committed done;

	OK(plan_commit(plan, desk->store, &who, "", false, &done, err));
	assert_null(done.conflicts);
	plan_free(plan);
	return done.batch;
}

/* Move to a status whatever the workflow says; the batch. */
static uint32_t move(uint32_t first, uint32_t last, const char *status,
		     uint32_t uid)
{
	struct plan plan = plan_numbers(first, last, status, true);

	return commit(&plan, uid);
}

static struct plan plan_back(uint32_t batch)
{
	struct plan plan;

	desk_read(desk);
	OK(plan_undo(&plan, desk->config, desk->reading, batch, err));
	desk_done(desk);
	return plan;
}

static uint32_t undo(uint32_t batch, uint32_t uid)
{
	struct plan plan = plan_back(batch);

	return commit(&plan, uid);
}

static bool exists(uint32_t number)
{
	uint32_t slot;
	bool found;

	desk_read(desk);
	found = reading_find(desk->reading, desk_key(3, number), &slot);
	desk_done(desk);
	return found;
}

/* As it is in the store now; its texts live as long as the desk. */
static struct proposal now(uint32_t number)
{
	struct proposal p;
	uint32_t slot;

	desk_read(desk);
	assert_true(reading_find(desk->reading, desk_key(3, number), &slot));
	OK(reading_proposal(desk->reading, slot, &desk->arena, &p, err));
	desk_done(desk);
	return p;
}

static struct batch batch_of(uint32_t number)
{
	struct batch batch;

	desk_read(desk);
	OK(reading_batch(desk->reading, number, &desk->arena, &batch, err));
	desk_done(desk);
	return batch;
}

static uint32_t last_batch(void)
{
	uint32_t number;

	desk_read(desk);
	number = reading_last_batch(desk->reading);
	desk_done(desk);
	return number;
}

static void expect_status(uint32_t number, const char *status)
{
	assert_string_equal(now(number).status, status);
}

static void expect_candidates(uint32_t uid, uint32_t undone, uint32_t redone)
{
	desk_read(desk);
	assert_int_equal(undo_candidate(desk->reading, uid), undone);
	assert_int_equal(redo_candidate(desk->reading, uid), redone);
	desk_done(desk);
}

static void expect_reason(const struct plan *plan, size_t i,
			  const char *expected)
{
	struct buf reason = {0};

	plan_reason(plan, &plan->items[i], &reason);
	assert_string_equal(buf_text(&reason), expected);
	buf_free(&reason);
}

static void expect_step(const struct plan *plan, size_t i, const char *expected)
{
	struct buf step = {0};

	plan_step(plan, &plan->items[i], &step);
	assert_string_equal(buf_text(&step), expected);
	buf_free(&step);
}

static void judges_each_proposal(void **state)
{
	static const enum verdict expected[] = {VERDICT_REFUSED, VERDICT_OK,
						VERDICT_UNCHANGED, VERDICT_OK,
						VERDICT_OK};
	uint32_t slots[] = {0, 1, 2, 3, 4, 5, 99, 1};
	struct edit gone = {
		.key = desk_key(3, 6), .kind = EDIT_REMOVE, .revision = 1};
	struct plan plan;
	(void)state;

	fill(1, 1, "received");
	fill(2, 2, "handling");
	fill(3, 3, "answered");
	fill(4, 4, "lost");
	fill(5, 5, "");
	fill(6, 6, "handling");
	desk_commit(desk, ME, BATCH_UNDO, &gone, 1);
	desk_read(desk);
	OK(plan_status(&plan, desk->config, desk->reading, slots, LENGTH(slots),
		       "answered", false, err));
	desk_done(desk);
	assert_int_equal(plan.count, 7); /* slot 1 once */
	for (uint32_t i = 0; i < LENGTH(expected); i++) {
		assert_int_equal(plan.items[i].key, desk_key(3, i + 1));
		assert_int_equal(plan.items[i].slot, i);
		assert_int_equal(plan.items[i].verdict, expected[i]);
		assert_string_equal(plan.items[i].to, "answered");
	}
	assert_int_equal(plan.items[5].verdict, VERDICT_GONE);
	assert_int_equal(plan.items[5].key, desk_key(3, 6));
	assert_int_equal(plan.items[6].verdict, VERDICT_GONE);
	assert_int_equal(plan.verdicts[VERDICT_OK], 3);
	assert_int_equal(plan.verdicts[VERDICT_GONE], 2);
	assert_int_equal(plan_writes(&plan), 3);
	assert_string_equal(plan.summary, "3 种状态 → 已答复");
	expect_reason(&plan, 0, "“已收到”之后只能是：待签收");
	expect_reason(&plan, 1, "");
	expect_step(&plan, 3, "lost → 已答复");
	expect_step(&plan, 4, "空 → 已答复");
	expect_step(&plan, 5, "");
	expect_reason(&plan, 5, "提案已被撤销，不再存在");
	plan_free(&plan);
	plan_free(&plan);
}

static void forces_what_the_workflow_refuses(void **state)
{
	struct plan plan;
	(void)state;

	fill(1, 2, "received");
	plan = plan_numbers(1, 2, "closed", false);
	assert_int_equal(plan_writes(&plan), 0);
	assert_string_equal(plan.summary, "已收到 → 已办结");
	plan_free(&plan);
	plan = plan_numbers(1, 2, "closed", true);
	assert_int_equal(plan.verdicts[VERDICT_FORCED], 2);
	uint32_t batch = commit(&plan, ME);
	expect_status(1, "closed");
	expect_status(2, "closed");
	assert_string_equal(batch_of(batch).summary,
			    "已收到 → 已办结（强制 2 件）");
	assert_int_equal(batch_of(batch).kind, BATCH_STATUS);
	assert_int_equal(batch_of(batch).count, 2);
}

static void refuses_an_unknown_status(void **state)
{
	static const char *const unknown[] = {"", "办理中", "nonsense", "lost"};
	struct err failed;
	(void)state;

	fill(1, 1, "lost");
	desk_read(desk);
	for (size_t i = 0; i < LENGTH(unknown); i++) {
		struct plan plan;
		uint32_t slot = 0;

		assert_false(plan_status(&plan, desk->config, desk->reading,
					 &slot, 1, unknown[i], true, &failed));
		assert_int_equal(failed.code, ERR_USAGE);
		assert_non_null(strstr(failed.text, "handling（办理中）"));
		plan_free(&plan);
	}
	desk_done(desk);
}

static void writes_nothing_when_nothing_is_left(void **state)
{
	struct who who = person(ME);
	struct committed done;
	struct err failed = {0};
	struct plan plan;
	(void)state;

	fill(1, 2, "received");
	plan = plan_numbers(1, 2, "received", false);
	assert_false(plan_commit(&plan, desk->store, &who, "", true, &done,
				 &failed));
	assert_int_equal(failed.code, ERR_REFUSED);
	assert_string_equal(failed.text, "没有可以写入的提案：无变化 2 件");
	assert_int_equal(last_batch(), 1);
	plan_free(&plan);
	fill(3, 3, "handling");
	plan = plan_numbers(1, 3, "received", false);
	assert_false(plan_commit(&plan, desk->store, &who, "", true, &done,
				 &failed));
	assert_string_equal(failed.text,
			    "没有可以写入的提案：不允许 1 件、无变化 2 件");
	plan_free(&plan);
	plan = plan_numbers(1, 0, "received", false);
	assert_string_equal(plan.summary, "→ 已收到");
	assert_false(plan_commit(&plan, desk->store, &who, "", true, &done,
				 &failed));
	assert_string_equal(failed.text, "没有可以写入的提案");
	plan_free(&plan);
}

static void overwrites_nobody(void **state)
{
	struct who who = person(ME);
	struct committed done;
	struct err failed = {0};
	struct plan plan;
	(void)state;

	fill(1, 4, "handling");
	plan = plan_numbers(1, 4, "answered", false);
	move(2, 3, "closed", COLLEAGUE);
	assert_false(plan_commit(&plan, desk->store, &who, "", false, &done,
				 &failed));
	assert_int_equal(failed.code, ERR_CONFLICT);
	assert_non_null(strstr(failed.text, "有 2 件已被他人修改"));
	assert_int_equal(done.conflict_count, 2);
	assert_int_equal(done.conflicts[0], desk_key(3, 2));
	free(done.conflicts);
	expect_status(1, "handling");
	expect_status(4, "handling");
	assert_int_equal(last_batch(), 2);
	assert_int_equal(plan.items[1].verdict, VERDICT_CONFLICT);
	expect_reason(&plan, 1, "预览之后又被修改");

	OK(plan_commit(&plan, desk->store, &who, "", true, &done, err));
	assert_int_equal(done.changed, 2);
	expect_status(1, "answered");
	expect_status(2, "closed");
	expect_status(3, "closed");
	expect_status(4, "answered");
	plan_free(&plan);
}

/* `rest` from the start: the store finds the conflict, the others go on. */
static void goes_on_with_the_rest(void **state)
{
	struct who who = person(ME);
	struct committed done;
	struct plan plan;
	(void)state;

	fill(1, 3, "handling");
	fill(4, 4, "received");
	plan = plan_numbers(1, 4, "answered", false);
	move(1, 1, "closed", COLLEAGUE);
	move(4, 4, "closed", COLLEAGUE);
	OK(plan_commit(&plan, desk->store, &who, "会议", true, &done, err));
	assert_int_equal(plan.items[3].verdict, VERDICT_REFUSED);
	assert_int_equal(done.changed, 2);
	assert_null(done.conflicts);
	expect_status(1, "closed");
	expect_status(2, "answered");
	assert_string_equal(batch_of(done.batch).note, "会议");
	assert_int_equal(plan.verdicts[VERDICT_CONFLICT], 1);
	plan_free(&plan);
}

static void sees_who_moved_on(void **state)
{
	struct plan plan;
	struct edit gone = {
		.key = desk_key(3, 4), .kind = EDIT_REMOVE, .revision = 1};
	(void)state;

	fill(1, 4, "handling");
	plan = plan_numbers(1, 4, "answered", false);
	desk_read(desk);
	assert_int_equal(plan_review(&plan, desk->reading), 0);
	desk_done(desk);
	move(2, 2, "closed", COLLEAGUE);
	desk_commit(desk, COLLEAGUE, BATCH_UNDO, &gone, 1);
	desk_read(desk);
	assert_int_equal(plan_review(&plan, desk->reading), 2);
	assert_int_equal(plan_review(&plan, desk->reading), 2);
	desk_done(desk);
	assert_int_equal(plan_writes(&plan), 2);
	plan_free(&plan);
}

static void takes_a_status_batch_back_and_forth(void **state)
{
	struct plan plan;
	uint32_t moved, back, forth;
	(void)state;

	fill(1, 1, "received");
	fill(2, 3, "handling");
	moved = move(1, 3, "answered", ME);
	plan = plan_back(moved);
	assert_int_equal(plan.kind, BATCH_UNDO);
	assert_int_equal(plan.undoes, moved);
	assert_string_equal(plan.summary,
			    "撤销批次 3：2 种状态 → 已答复（强制 1 件）");
	assert_string_equal(plan.items[0].from, "answered");
	assert_string_equal(plan.items[0].to, "received");
	back = commit(&plan, ME);
	expect_status(1, "received");
	expect_status(3, "handling");
	assert_int_equal(batch_of(moved).undone_by, back);

	plan = plan_back(back);
	assert_int_equal(plan.kind, BATCH_REDO);
	assert_string_equal(plan.summary,
			    "重做批次 3：2 种状态 → 已答复（强制 1 件）");
	forth = commit(&plan, ME);
	expect_status(1, "answered");
	plan = plan_back(forth);
	assert_int_equal(plan.kind, BATCH_UNDO);
	assert_string_equal(plan.summary,
			    "撤销批次 5：2 种状态 → 已答复（强制 1 件）");
	commit(&plan, ME);
	expect_status(1, "received");
	expect_status(2, "handling");
}

static void takes_nothing_back_twice(void **state)
{
	struct err failed = {0};
	struct plan plan;
	(void)state;

	fill(1, 1, "received");
	uint32_t moved = move(1, 1, "assigned", ME);
	undo(moved, ME);
	desk_read(desk);
	assert_false(
		plan_undo(&plan, desk->config, desk->reading, moved, &failed));
	assert_int_equal(failed.code, ERR_REFUSED);
	assert_string_equal(failed.text, "批次 2 已经由批次 3 撤销");
	plan_free(&plan);
	assert_false(
		plan_undo(&plan, desk->config, desk->reading, 77, &failed));
	assert_int_equal(failed.code, ERR_NOT_FOUND);
	assert_false(plan_undo(&plan, desk->config, desk->reading, 0, &failed));
	assert_int_equal(failed.code, ERR_NOT_FOUND);
	plan_free(&plan);
	desk_done(desk);
}

static void leaves_what_changed_since(void **state)
{
	struct who who = person(ME);
	struct committed done;
	struct err failed = {0};
	struct plan plan;
	(void)state;

	fill(1, 3, "handling");
	uint32_t moved = move(1, 3, "answered", ME);
	move(2, 2, "closed", COLLEAGUE);
	plan = plan_back(moved);
	assert_int_equal(plan.items[1].verdict, VERDICT_CONFLICT);
	expect_reason(&plan, 1, "批次 2 之后又被修改");
	assert_false(plan_commit(&plan, desk->store, &who, "", false, &done,
				 &failed));
	assert_int_equal(failed.code, ERR_CONFLICT);
	assert_int_equal(done.conflict_count, 1);
	free(done.conflicts);
	expect_status(1, "answered");
	OK(plan_commit(&plan, desk->store, &who, "", true, &done, err));
	expect_status(1, "handling");
	expect_status(2, "closed");
	expect_status(3, "handling");
	plan_free(&plan);
}

/* What a colleague did and took back is as if it had not been. */
static void sees_through_what_was_taken_back(void **state)
{
	uint32_t mine, theirs;
	(void)state;

	fill(1, 2, "handling");
	mine = move(1, 2, "answered", ME);
	theirs = move(1, 1, "closed", COLLEAGUE);
	undo(undo(undo(theirs, COLLEAGUE), COLLEAGUE), COLLEAGUE);
	undo(mine, ME);
	expect_status(1, "handling");
	expect_status(2, "handling");
}

static void sees_what_still_stands_below(void **state)
{
	struct plan plan;
	uint32_t mine;
	(void)state;

	fill(1, 1, "handling");
	mine = move(1, 1, "answered", ME);
	move(1, 1, "closed", COLLEAGUE);
	undo(move(1, 1, "handling", COLLEAGUE), COLLEAGUE);
	plan = plan_back(mine);
	assert_int_equal(plan.items[0].verdict, VERDICT_CONFLICT);
	plan_free(&plan);
}

/* Several fields at once, of all types. */
static const struct proposal *edited(void)
{
	static const char *names[] = {"王富国", "民进平湖市委会"};
	struct proposal *p = desk_new(desk, desk_key(3, 1), "answered");
	struct unit *unit = arena_alloc(&desk->arena, sizeof(*unit));

	*unit = (struct unit){"jxj", ROLE_LEAD, "", 0};
	p->title = "新的案由";
	p->body = "第一段\n第二段";
	p->proposers = (struct strings){names, 2};
	p->units = (struct units){unit, 1};
	p->dates[DATE_REPLIED] = day_make(2024, 11, 1);
	p->result = "A";
	p->merged_into = desk_key(3, 2);
	return p;
}

static void expect_equal(const struct proposal *a, const struct proposal *b)
{
	for (int id = FIELD_TITLE; id < FIELD_END; id++)
		if (!field_equal(&fields[id], a, b))
			fail_msg("%s", fields[id].name);
}

static void takes_edits_of_fields_back(void **state)
{
	(void)state;

	fill(1, 2, "handling");
	const struct proposal *after = edited();
	struct proposal before = now(1);
	uint32_t edit = desk_put(desk, ME, &after, 1);
	struct plan plan = plan_back(edit);

	assert_string_equal(plan.items[0].from, "answered");
	assert_string_equal(plan.items[0].to, "handling");
	uint32_t back = commit(&plan, ME);
	struct proposal p = now(1);
	expect_equal(&p, &before);
	undo(back, ME);
	p = now(1);
	expect_equal(&p, after);
}

static void takes_one_field_back(void **state)
{
	struct plan plan;
	uint32_t edit;
	(void)state;

	fill(1, 2, "handling");
	struct proposal p = now(1);
	const struct proposal *all[] = {&p};
	p.topic = "二";
	edit = desk_put(desk, ME, all, 1);
	plan = plan_back(edit);
	assert_int_equal(plan.items[0].edit.kind, EDIT_PUT);
	expect_step(&plan, 0, "方面：清空");
	plan_free(&plan);

	/* Not over what a colleague made of it. */
	move(1, 1, "answered", COLLEAGUE);
	plan = plan_back(edit);
	assert_int_equal(plan.items[0].verdict, VERDICT_CONFLICT);
	expect_reason(&plan, 0, "批次 2 之后又被修改");
	plan_free(&plan);
}

static void back_and_forth_without_end_keeps_a_short_name(void **state)
{
	uint32_t batch;
	(void)state;

	fill(1, 1, "handling");
	batch = move(1, 1, "answered", ME);
	for (int i = 0; i < 102; i++)
		batch = undo(batch, ME);
	assert_string_equal(batch_of(batch).summary,
			    "重做批次 102：撤销批次 2：办理中 → 已答复");
	expect_status(1, "answered");
}

static void takes_an_import_back_and_brings_it_again(void **state)
{
	const struct proposal *all[] = {edited()};
	uint32_t import, removed, revived;
	struct plan plan;
	(void)state;

	import = desk_put(desk, ME, all, 1);
	fill(2, 2, "received");
	plan = plan_back(import);
	assert_string_equal(plan.items[0].from, "answered");
	assert_string_equal(plan.items[0].to, "");
	assert_int_equal(plan.items[0].edit.kind, EDIT_REMOVE);
	expect_step(&plan, 0, "移除");
	removed = commit(&plan, ME);
	assert_false(exists(1));
	assert_true(exists(2));

	plan = plan_back(removed);
	assert_int_equal(plan.kind, BATCH_REDO);
	assert_int_equal(plan.items[0].slot, UINT32_MAX);
	assert_string_equal(plan.items[0].to, "answered");
	expect_step(&plan, 0, "恢复为 已答复");
	revived = commit(&plan, ME);
	struct proposal p = now(1);
	expect_equal(&p, all[0]);
	undo(revived, ME);
	assert_false(exists(1));
}

static void leaves_what_came_back_another_way(void **state)
{
	struct plan plan, waiting;
	uint32_t import, removed;
	(void)state;

	import = fill(1, 2, "received");
	removed = undo(import, ME);
	waiting = plan_back(removed);
	fill(1, 1, "handling");
	desk_read(desk);
	assert_int_equal(plan_review(&waiting, desk->reading), 1);
	desk_done(desk);
	plan_free(&waiting);
	plan = plan_back(removed);
	assert_int_equal(plan.items[0].verdict, VERDICT_CONFLICT);
	assert_int_equal(plan.items[1].verdict, VERDICT_OK);
	plan_free(&plan);
}

static void passes_over_what_is_gone(void **state)
{
	struct plan plan;
	uint32_t import, moved;
	(void)state;

	import = fill(1, 1, "received");
	moved = move(1, 1, "assigned", ME);
	struct edit gone = {
		.key = desk_key(3, 1), .kind = EDIT_REMOVE, .revision = 2};
	desk_commit(desk, COLLEAGUE, BATCH_EDIT, &gone, 1);
	plan = plan_back(moved);
	assert_int_equal(plan.items[0].verdict, VERDICT_GONE);
	plan_free(&plan);
	plan = plan_back(import);
	assert_int_equal(plan.items[0].verdict, VERDICT_GONE);
	assert_int_equal(plan.count, 1);
	plan_free(&plan);
}

static void restores_against_the_workflow(void **state)
{
	struct plan plan;
	(void)state;

	fill(1, 1, "handling");
	uint32_t moved = move(1, 1, "answered", ME);
	plan = plan_back(moved);
	assert_int_equal(plan.items[0].verdict, VERDICT_OK);
	plan_free(&plan);
	fill(2, 2, "");
	moved = move(2, 2, "received", ME);
	plan = plan_back(moved);
	expect_step(&plan, 0, "已收到 → 空");
	commit(&plan, ME);
	expect_status(2, "");
}

static void steps_back_and_forward(void **state)
{
	uint32_t one, two, back, undone_one, again;
	(void)state;

	expect_candidates(ME, 0, 0);
	fill(1, 1, "received");
	one = move(1, 1, "assigned", ME);
	two = move(1, 1, "handling", ME);
	expect_candidates(ME, two, 0);
	expect_candidates(COLLEAGUE, 0, 0);

	back = undo(two, ME);
	expect_candidates(ME, one, back);
	undone_one = undo(one, ME);
	expect_candidates(ME, 1, undone_one);
	expect_status(1, "received");
	again = undo(undone_one, ME);
	expect_candidates(ME, again, back);
	expect_status(1, "assigned");
}

static void forgets_redo_after_something_new(void **state)
{
	uint32_t one, back, other, last;
	(void)state;

	fill(1, 2, "received");
	one = move(1, 1, "assigned", ME);
	back = undo(one, ME);
	expect_candidates(ME, 1, back);
	move(2, 2, "assigned", COLLEAGUE);
	expect_candidates(ME, 1, back);
	other = move(1, 1, "handling", ME);
	expect_candidates(ME, other, 0);
	last = undo(other, ME);
	expect_candidates(ME, 1, last);
	expect_candidates(ME, 1, last);
	assert_int_equal(batch_of(undo(last, ME)).kind, BATCH_REDO);
	expect_candidates(ME, last_batch(), 0);
}

static void knows_who_runs_it(void **state)
{
	struct arena arena = {0};
	struct who who;
	(void)state;

	setenv("SSH_CONNECTION", "10.0.0.1 5\x1b[31m 10.0.0.2 22", 1);
	who_am_i(&who, &arena);
	assert_int_equal(who.uid, getuid());
	assert_true(*who.name);
	assert_non_null(strstr(who.from, "10.0.0.1"));
	assert_null(strchr(who.from, '\x1b'));
	struct buf claim = {0};
	for (int i = 0; i < 1000; i++)
		buf_str(&claim, "号");
	setenv("SSH_CONNECTION", claim.data, 1);
	who_am_i(&who, &arena);
	assert_int_equal(strlen(who.from), 120);
	buf_free(&claim);
	unsetenv("SSH_CONNECTION");
	who_am_i(&who, &arena);
	assert_string_equal(who.from, "");
	arena_free(&arena);
}

static int nobody_can_say_who(void)
{
	struct rlimit none = {0, 0};
	struct arena arena = {0};
	struct who who;
	char digits[16];

	setrlimit(RLIMIT_NOFILE, &none);
	who_am_i(&who, &arena);
	snprintf(digits, sizeof(digits), "%u", getuid());
	return who.uid == getuid() && who.login_uid == UINT32_MAX &&
	       strcmp(who.name, digits) == 0;
}

static int somebody_without_an_account(void)
{
	enum { UNKNOWN = 3999999 };
	struct arena arena = {0};
	struct who who;

	if (getuid() == 0 && setuid(UNKNOWN))
		return 2;
	who_am_i(&who, &arena);
	return getuid() != UNKNOWN || strcmp(who.name, "3999999") == 0;
}

static int apart(int (*run)(void))
{
	int status;
	pid_t pid = fork();

	if (pid == 0)
		_exit(run());
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void a_number_is_name_enough(void **state)
{
	(void)state;
	assert_int_equal(apart(nobody_can_say_who), 1);
	assert_int_equal(apart(somebody_without_an_account), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(judges_each_proposal),
		TEST(forces_what_the_workflow_refuses),
		TEST(refuses_an_unknown_status),
		TEST(writes_nothing_when_nothing_is_left),
		TEST(overwrites_nobody),
		TEST(goes_on_with_the_rest),
		TEST(sees_who_moved_on),
		TEST(takes_a_status_batch_back_and_forth),
		TEST(takes_nothing_back_twice),
		TEST(leaves_what_changed_since),
		TEST(sees_through_what_was_taken_back),
		TEST(sees_what_still_stands_below),
		TEST(takes_edits_of_fields_back),
		TEST(takes_one_field_back),
		TEST(back_and_forth_without_end_keeps_a_short_name),
		TEST(takes_an_import_back_and_brings_it_again),
		TEST(leaves_what_came_back_another_way),
		TEST(passes_over_what_is_gone),
		TEST(restores_against_the_workflow),
		TEST(steps_back_and_forward),
		TEST(forgets_redo_after_something_new),
		cmocka_unit_test(knows_who_runs_it),
		cmocka_unit_test(a_number_is_name_enough),
	};
	return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
