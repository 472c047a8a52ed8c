#include "desk.h"

#include "change/editing.h"
#include "domain/permit.h"
#include "store/internal.h"
#include "store/users.h"

/* What the preview says before, and the store inside, must be the same. */

enum { ROOT = 0, EDITOR = 1002, VIEWER, ADMIN };

static struct desk *desk;

static void be(uint32_t uid)
{
	desk->store->uid = uid;
}

static struct who who_of(uint32_t uid)
{
	return (struct who){uid, uid, "somebody", ""};
}

static void give(uint32_t uid, enum access access)
{
	struct who root = who_of(ROOT);
	struct committed done;

	OK(store_user_set(desk->store, &root, uid, "somebody", access, "",
			  &done, err));
}

/* 1 办理中, 2 已办结, 3 已收到. */
static int start(void **state)
{
	const struct proposal *all[3];

	(void)state;
	desk = desk_make(store_create_with_roles);
	be(ROOT);
	give(EDITOR, ACCESS_EDIT);
	give(VIEWER, ACCESS_VIEW);
	give(ADMIN, ACCESS_ADMIN);
	all[0] = desk_new(desk, desk_key(3, 1), "handling");
	all[1] = desk_new(desk, desk_key(3, 2), "closed");
	all[2] = desk_new(desk, desk_key(3, 3), "received");
	desk_put(desk, ROOT, all, 3);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	desk_close(desk);
	return 0;
}

static struct plan plan_all(uint32_t uid, const char *status, bool force)
{
	static const uint32_t slots[] = {0, 1, 2};
	struct reading *reading;
	struct plan plan;

	be(uid);
	reading = desk_read(desk);
	OK(plan_status(&plan, desk->config, reading, slots, 3, status, force,
		       err));
	desk_done(desk);
	return plan;
}

static void assert_reason(const struct plan *plan, size_t i, const char *word)
{
	struct buf why = {0};

	plan_reason(plan, &plan->items[i], &why);
	if (!strstr(buf_text(&why), word))
		fail_msg("%s does not say %s", buf_text(&why), word);
	buf_free(&why);
}

static void the_preview_says_what_the_role_forbids(void **state)
{
	(void)state;
	struct plan plan = plan_all(VIEWER, "answered", false);
	assert_int_equal(plan.items[0].verdict, VERDICT_DENIED);
	assert_reason(&plan, 0, "只有“编辑”以上可以改状态，您是“查看”");
	plan_free(&plan);

	plan = plan_all(EDITOR, "answered", true);
	assert_int_equal(plan.items[0].verdict, VERDICT_OK);
	assert_int_equal(plan.items[2].verdict, VERDICT_DENIED);
	assert_reason(&plan, 2, "强制");
	plan_free(&plan);

	plan = plan_all(ADMIN, "answered", true);
	assert_int_equal(plan.items[2].verdict, VERDICT_FORCED);
	plan_free(&plan);
}

static bool open_for(uint32_t uid, uint32_t slot, struct editing *out,
		     struct err *why)
{
	bool ok;

	be(uid);
	ok = editing_open(out, desk->config, desk_read(desk), slot, why);
	desk_done(desk);
	return ok;
}

/* Nobody types what he may not save. */
static void only_what_may_be_edited_is_opened(void **state)
{
	struct editing editing;
	struct err why = {0};

	(void)state;
	assert_false(open_for(VIEWER, 0, &editing, &why));
	assert_int_equal(why.code, ERR_DENIED);
	assert_false(open_for(EDITOR, 1, &editing, &why));
	assert_int_equal(why.code, ERR_DENIED);
	assert_non_null(strstr(why.text, "已办结"));
	assert_true(open_for(EDITOR, 0, &editing, &why));
	editing_free(&editing);
	assert_true(open_for(ADMIN, 1, &editing, &why));
	editing_free(&editing);
}

/* It was closed, or the role taken away, while the form was open. */
static void what_may_no_longer_be_edited_is_not_saved(void **state)
{
	struct editing editing;
	struct err why = {0};
	struct plan plan;
	bool moved;

	(void)state;
	assert_true(open_for(EDITOR, 0, &editing, &why));
	OK(editing_code(&editing, FIELD_RESULT, "A", err));
	be(ROOT);
	desk_commit(desk, ROOT, BATCH_STATUS,
		    &(struct edit){.key = desk_key(3, 1),
				   .kind = EDIT_STATUS,
				   .revision = 1,
				   .status = "closed"},
		    1);
	be(EDITOR);
	desk_read(desk);
	OK(editing_look(&editing, desk->reading, &moved, err));
	assert_true(moved);
	assert_false(plan_edit(&plan, &editing, desk->reading, &why));
	assert_int_equal(why.code, ERR_DENIED);
	assert_non_null(strstr(why.text, "已办结"));
	desk_done(desk);
	editing_free(&editing);
}

/* The role was taken away after the preview was made. */
static void the_store_asks_again(void **state)
{
	struct who who = who_of(EDITOR);
	struct committed done;
	struct err why;

	(void)state;
	struct plan plan = plan_all(EDITOR, "answered", false);
	be(ROOT);
	give(EDITOR, ACCESS_VIEW);
	be(EDITOR);
	assert_false(
		plan_commit(&plan, desk->store, &who, "", false, &done, &why));
	assert_int_equal(why.code, ERR_DENIED);
	plan_free(&plan);
}

static bool commit_item(const struct plan_item *item, uint32_t uid)
{
	struct edit edit = item->edit;
	struct commit commit = {
		.kind = BATCH_STATUS,
		.who = who_of(uid),
		.note = "",
		.summary = "",
		.config = desk->config,
		.edits = &edit,
		.count = 1,
	};
	struct committed done;
	struct err why = {0};

	be(uid);
	if (store_commit(desk->store, &commit, &done, &why))
		return true;
	assert_int_equal(why.code, ERR_DENIED);
	return false;
}

static void compare(struct plan_item *item, uint32_t uid)
{
	bool may =
		item->verdict == VERDICT_OK || item->verdict == VERDICT_FORCED;

	if (item->verdict == VERDICT_UNCHANGED)
		return;
	assert_int_equal(commit_item(item, uid), may);
	if (!may)
		return;
	/* What was written goes back. */
	item->edit.status = item->from;
	item->edit.revision++;
	assert_true(commit_item(item, ROOT));
}

/* Whatever plans and store are asked, they answer alike. */
static void both_answer_alike(void **state)
{
	static const char *const statuses[] = {
		"received", "assigned", "handling", "answered", "closed"};
	static const uint32_t uids[] = {EDITOR, VIEWER, ADMIN};

	(void)state;
	for (size_t u = 0; u < LENGTH(uids); u++)
		for (size_t s = 0; s < LENGTH(statuses); s++) {
			struct plan plan = plan_all(uids[u], statuses[s], true);

			for (size_t i = 0; i < plan.count; i++)
				compare(&plan.items[i], uids[u]);
			plan_free(&plan);
		}
}

static void only_ones_own_batch_is_undone(void **state)
{
	struct reading *reading;
	struct plan plan;
	struct err why;

	(void)state;
	be(EDITOR);
	reading = desk_read(desk);
	assert_false(plan_undo(&plan, desk->config, reading, 4, &why));
	assert_int_equal(why.code, ERR_DENIED);
	assert_non_null(strstr(why.text, "撤销他人的批次"));
	desk_done(desk);
	be(ADMIN);
	reading = desk_read(desk);
	OK(plan_undo(&plan, desk->config, reading, 4, err));
	assert_int_equal(plan_writes(&plan), 3);
	plan_free(&plan);
	/* Roles are not undone, by nobody. */
	assert_false(plan_undo(&plan, desk->config, reading, 1, &why));
	assert_int_equal(why.code, ERR_REFUSED);
	assert_non_null(strstr(why.text, "user role"));
	desk_done(desk);
}

/* Of what he added himself, as long as it is where he may change it. */
static void an_undo_is_judged_by_what_it_would_do(void **state)
{
	struct proposal *p = desk_new(desk, desk_key(3, 9), "received");
	struct who who = who_of(EDITOR);
	struct edit create = {.key = p->key, .kind = EDIT_PUT, .next = p};
	struct commit commit = {
		.kind = BATCH_IMPORT,
		.who = who,
		.note = "",
		.summary = "",
		.config = desk->config,
		.edits = &create,
		.count = 1,
	};
	struct committed done;
	struct plan plan;

	(void)state;
	be(EDITOR);
	OK(store_commit(desk->store, &commit, &done, err));
	desk_read(desk);
	OK(plan_undo(&plan, desk->config, desk->reading, done.batch, err));
	desk_done(desk);
	assert_int_equal(plan.items[0].edit.kind, EDIT_REMOVE);
	assert_int_equal(plan.items[0].verdict, VERDICT_OK);
	OK(plan_commit(&plan, desk->store, &who, "", false, &done, err));
	plan_free(&plan);

	/* And there again. */
	desk_read(desk);
	OK(plan_undo(&plan, desk->config, desk->reading, done.batch, err));
	desk_done(desk);
	assert_int_equal(plan.kind, BATCH_REDO);
	assert_int_equal(plan.items[0].slot, UINT32_MAX);
	assert_int_equal(plan.items[0].verdict, VERDICT_OK);
	OK(plan_commit(&plan, desk->store, &who, "", false, &done, err));
	plan_free(&plan);
}

/* It changes no proposal. */
static void a_role_that_was_given_does_not_end_redo(void **state)
{
	struct plan plan = plan_all(ADMIN, "answered", false);
	struct who who = who_of(ADMIN);
	struct committed done;

	(void)state;
	OK(plan_commit(&plan, desk->store, &who, "", true, &done, err));
	plan_free(&plan);
	desk_read(desk);
	OK(plan_undo(&plan, desk->config, desk->reading, done.batch, err));
	desk_done(desk);
	OK(plan_commit(&plan, desk->store, &who, "", true, &done, err));
	plan_free(&plan);
	uint32_t undone = done.batch;
	OK(store_user_set(desk->store, &who, VIEWER, "somebody", ACCESS_EDIT,
			  "", &done, err));
	desk_read(desk);
	assert_int_equal(redo_candidate(desk->reading, ADMIN), undone);
	desk_done(desk);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, start, stop)
	const struct CMUnitTest tests[] = {
		TEST(the_preview_says_what_the_role_forbids),
		TEST(only_what_may_be_edited_is_opened),
		TEST(what_may_no_longer_be_edited_is_not_saved),
		TEST(the_store_asks_again),
		TEST(both_answer_alike),
		TEST(only_ones_own_batch_is_undone),
		TEST(an_undo_is_judged_by_what_it_would_do),
		TEST(a_role_that_was_given_does_not_end_redo),
	};

	return cmocka_run_group_tests_name("permit", tests, NULL, NULL);
}
