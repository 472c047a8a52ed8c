/*
 * A damaged store, seen from above: what plans, edits and imports would have
 * been made of is said to be damaged, and no plan comes of it.
 */
#include "change/editing.h"
#include "change/plan.h"
#include "desk.h"
#include "exchange/import.h"
#include "raw.h"

enum { ME = 1000 };

static struct desk *desk;

/*
 * Batch 1 makes 1 to 4, 1 merged into 2. Then 2 is edited (2), moved (3),
 * taken back (4), done again (5), and 3 is moved (6).
 */
enum { MADE = 1, EDITED, MOVED, BACK, AGAIN, OTHER };

static struct plan plan_back(uint32_t batch)
{
	struct plan plan;

	desk_read(desk);
	OK(plan_undo(&plan, desk->config, desk->reading, batch, err));
	desk_done(desk);
	return plan;
}

static uint32_t commit(struct plan *plan)
{
	const struct who who = {.uid = ME, .name = "某人", .from = ""};
	struct committed done;

	OK(plan_commit(plan, desk->store, &who, NULL, false, &done, err));
	plan_free(plan);
	return done.batch;
}

static uint32_t move(uint32_t number, const char *status)
{
	struct plan plan;
	uint32_t slot;

	desk_read(desk);
	assert_true(reading_find(desk->reading, desk_key(3, number), &slot));
	OK(plan_status(&plan, desk->config, desk->reading, &slot, 1, status,
		       true, err));
	desk_done(desk);
	return commit(&plan);
}

static uint32_t undo(uint32_t batch)
{
	struct plan plan = plan_back(batch);

	return commit(&plan);
}

static int start(void **state)
{
	struct proposal *all[4];
	(void)state;

	desk = desk_open();
	for (uint32_t n = 1; n <= 4; n++)
		all[n - 1] = desk_new(desk, desk_key(3, n), "handling");
	all[0]->merged_into = desk_key(3, 2);
	assert_int_equal(
		desk_put(desk, ME, (const struct proposal *const *)all, 4),
		MADE);
	all[1]->title = "另一件事";
	all[1]->topic = "二";
	assert_int_equal(
		desk_put(desk, ME, (const struct proposal *const *)&all[1], 1),
		EDITED);
	assert_int_equal(move(2, "answered"), MOVED);
	assert_int_equal(undo(MOVED), BACK);
	assert_int_equal(undo(BACK), AGAIN);
	assert_int_equal(move(3, "answered"), OTHER);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	desk_close(desk);
	return 0;
}

/* Change the bytes of one value below LMDB; the store is open again then. */
static void damage(enum table table, struct place at)
{
	struct reg reg = {0};

	store_close(desk->store);
	memcpy(reg.dir, desk->dir, sizeof(reg.dir));
	struct raw raw = raw_open(&reg);
	raw_flip(&raw, table, at, 9);
	raw_close(&raw);
	OK(store_open(&desk->store, desk->dir, STORE_READ_WRITE, err));
}

static void damage_record(uint32_t number)
{
	damage(TABLE_RECORDS, place_of(desk_key(3, number)));
}

static void damage_batch(uint32_t number)
{
	damage(TABLE_BATCHES, place_of(number));
}

static void damage_event(uint32_t batch, uint32_t number)
{
	damage(TABLE_EVENTS, place_pair(batch, desk_key(3, number)));
}

static void is_damaged(const struct err *err)
{
	assert_int_equal(err->code, ERR_STORE);
	if (!strstr(err->text, "已损坏"))
		fail_msg("%s", err->text);
}

static void no_undo_of(uint32_t batch)
{
	struct err err = {0};
	struct plan plan;

	desk_read(desk);
	assert_false(
		plan_undo(&plan, desk->config, desk->reading, batch, &err));
	desk_done(desk);
	is_damaged(&err);
	assert_null(plan.items);
}

static void no_undo_over_a_damaged_proposal(void **state)
{
	(void)state;
	damage_record(2);
	no_undo_of(EDITED);
}

/* The very last edit is not followed through the history. */
static void no_undo_of_the_last_edit_of_a_damaged_proposal(void **state)
{
	struct proposal *p = desk_new(desk, desk_key(3, 3), "answered");
	uint32_t batch;
	(void)state;

	p->title = "又一件事";
	p->topic = "三";
	batch = desk_put(desk, ME, (const struct proposal *const *)&p, 1);
	damage_record(3);
	no_undo_of(batch);
}

/* Right by its checksum, and yet nothing that a field can hold. */
static void no_undo_to_what_no_field_can_hold(void **state)
{
	struct place at = place_pair(EDITED, desk_key(3, 2));
	struct reg reg = {0};
	struct buf out = {0};
	struct err why = {0};
	struct entry entry;
	struct plan plan;
	(void)state;

	store_close(desk->store);
	memcpy(reg.dir, desk->dir, sizeof(reg.dir));
	struct raw raw = raw_open(&reg);
	struct buf bytes = raw_get(&raw, TABLE_EVENTS, at);
	assert_true(
		entry_decode(EDITED, desk_key(3, 2), slice_of(&bytes), &entry));
	entry.changes[0].before = slice_text("一\n二");
	entry_encode(EDITED, desk_key(3, 2), &entry, &out);
	raw_put(&raw, TABLE_EVENTS, at, out);
	buf_free(&bytes);
	raw_close(&raw);
	OK(store_open(&desk->store, desk->dir, STORE_READ_WRITE, err));
	desk_read(desk);
	assert_false(
		plan_undo(&plan, desk->config, desk->reading, EDITED, &why));
	desk_done(desk);
	assert_true(*why.text);
}

static void no_undo_of_a_damaged_event(void **state)
{
	(void)state;
	damage_event(EDITED, 2);
	no_undo_of(EDITED);
}

/* Whether it was taken back since cannot be told. */
static void no_undo_beneath_a_damaged_batch(void **state)
{
	(void)state;
	damage_batch(AGAIN);
	no_undo_of(EDITED);
	damage_batch(AGAIN); /* and right again */
	damage_batch(MOVED);
	no_undo_of(EDITED);
}

static void no_undo_beneath_a_damaged_event(void **state)
{
	(void)state;
	damage_event(MOVED, 2);
	no_undo_of(EDITED);
}

/* That of the undo is enough then. */
static void undo_goes_without_the_name_of_the_first_batch(void **state)
{
	(void)state;
	damage_batch(MOVED);
	struct plan plan = plan_back(AGAIN);
	assert_string_equal(plan.summary,
			    "撤销批次 5：撤销批次 3：办理中 → 已答复");
	plan_free(&plan);
}

static void a_damaged_batch_is_nobodys_to_take_back(void **state)
{
	(void)state;
	desk_read(desk);
	assert_int_equal(undo_candidate(desk->reading, ME), OTHER);
	desk_done(desk);
	damage_batch(OTHER);
	desk_read(desk);
	assert_int_equal(undo_candidate(desk->reading, ME), 0);
	assert_int_equal(redo_candidate(desk->reading, ME), 0);
	desk_done(desk);
}

/* Ten thousand batches of somebody else's. */
static void undo_is_not_looked_for_without_end(void **state)
{
	enum { MANY = 10000 };
	struct batch other = {.kind = BATCH_EDIT,
			      .who = {.uid = 7, .name = "", .from = ""},
			      .note = "",
			      .summary = ""};
	struct stamp stamp = {0};
	struct reg reg = {0};
	struct state counts;
	(void)state;

	for (uint32_t more = 0; more < 2; more++) {
		store_close(desk->store);
		memcpy(reg.dir, desk->dir, sizeof(reg.dir));
		struct raw raw = raw_open(&reg);
		struct buf buf = raw_get(&raw, TABLE_META, place_name("state"));
		assert_true(state_decode(slice_of(&buf), &counts));
		for (uint32_t i = 0; i < (more ? 1 : MANY - 1); i++) {
			struct buf bytes = {0};

			other.number = ++counts.last_batch;
			batch_encode(&other, &stamp, &bytes);
			raw_put(&raw, TABLE_BATCHES, place_of(other.number),
				bytes);
		}
		state_encode(&counts, &buf);
		raw_put(&raw, TABLE_META, place_name("state"), buf);
		raw_close(&raw);
		OK(store_open(&desk->store, desk->dir, STORE_READ_WRITE, err));
		desk_read(desk);
		assert_int_equal(undo_candidate(desk->reading, ME),
				 more ? 0 : OTHER);
		desk_done(desk);
	}
}

static uint32_t slot_of_number(uint32_t number)
{
	uint32_t slot;

	assert_true(reading_find(desk->reading, desk_key(3, number), &slot));
	return slot;
}

static void a_damaged_proposal_is_not_edited(void **state)
{
	struct editing editing;
	struct err err = {0};
	(void)state;

	damage_record(2);
	desk_read(desk);
	assert_false(editing_open(&editing, desk->config, desk->reading,
				  slot_of_number(2), &err));
	desk_done(desk);
	is_damaged(&err);
}

/* Opened, changed by somebody else, and then damaged. */
static void no_look_at(void (*damage_it)(void))
{
	struct editing editing;
	struct err why = {0};
	bool moved;

	desk_read(desk);
	OK(editing_open(&editing, desk->config, desk->reading,
			slot_of_number(4), err));
	desk_done(desk);
	move(4, "closed");
	damage_it();
	desk_read(desk);
	assert_false(editing_look(&editing, desk->reading, &moved, &why));
	desk_done(desk);
	is_damaged(&why);
	editing_free(&editing);
}

static void damage_record_4(void)
{
	damage_record(4);
}

static void damage_batch_before(void)
{
	move(4, "handling");
	damage_batch(OTHER + 1);
}

static void damage_event_4(void)
{
	damage_event(OTHER + 1, 4);
}

static void damage_last_batch(void)
{
	damage_batch(OTHER + 1);
}

static void an_editor_says_what_became_unreadable(void **state)
{
	(void)state;
	no_look_at(damage_record_4);
	stop(state);
	start(state);
	no_look_at(damage_event_4);
	stop(state);
	start(state);
	no_look_at(damage_last_batch);
	stop(state);
	start(state);
	no_look_at(damage_batch_before);
}

/* Who removed it cannot be read: it is gone all the same. */
static void what_is_gone_is_not_saved_whoever_removed_it(void **state)
{
	struct editing editing;
	struct err why = {0};
	struct plan plan;
	bool moved;
	(void)state;

	desk_read(desk);
	OK(editing_open(&editing, desk->config, desk->reading,
			slot_of_number(4), err));
	desk_done(desk);
	struct edit gone = {
		.key = desk_key(3, 4), .kind = EDIT_REMOVE, .revision = 1};
	desk_commit(desk, ME, BATCH_UNDO, &gone, 1);
	damage_event(OTHER + 1, 4);
	desk_read(desk);
	assert_false(editing_look(&editing, desk->reading, &moved, &why));
	is_damaged(&why);
	assert_false(plan_edit(&plan, &editing, desk->reading, &why));
	assert_int_equal(why.code, ERR_REFUSED);
	assert_non_null(strstr(why.text, "已被移除（有人 撤销了"));
	desk_done(desk);
	editing_free(&editing);
}

static void no_import_of(const char *text)
{
	char path[80];
	struct import import;
	struct err why = {0};
	struct rows rows;

	snprintf(path, sizeof(path), "%s/file", desk->dir);
	OK(rows_read(&rows, file_write(path, text, strlen(text)), NULL, err));
	desk_read(desk);
	assert_false(import_plan(&import, &rows, desk->config, desk->reading,
				 NULL, &why));
	desk_done(desk);
	is_damaged(&why);
	rows_free(&rows);
}

static void nothing_is_imported_over_a_damaged_proposal(void **state)
{
	(void)state;
	damage_record(2);
	no_import_of("编号,方面\n2,三\n");
	/* Nor where the chain of a merged one leads over it. */
	no_import_of("编号,案由,并案\n9,丁,2\n10,戊,9\n");
}

/* A code that the dictionary lacks is nothing that a checksum finds. */
static void a_status_without_a_code_is_none(void **state)
{
	struct reg reg = {0};
	struct plan plan;
	uint32_t slot = 1;
	(void)state;

	store_close(desk->store);
	memcpy(reg.dir, desk->dir, sizeof(reg.dir));
	struct raw raw = raw_open(&reg);
	set_column(&raw, COLUMN_STATUS, slot, 200);
	raw_close(&raw);
	OK(store_open(&desk->store, desk->dir, STORE_READ_WRITE, err));
	desk_read(desk);
	OK(plan_status(&plan, desk->config, desk->reading, &slot, 1, "closed",
		       false, err));
	assert_string_equal(plan.items[0].from, "");
	plan_free(&plan);
	OK(plan_undo(&plan, desk->config, desk->reading, AGAIN, err));
	assert_string_equal(plan.items[0].from, "");
	plan_free(&plan);
	desk_done(desk);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(no_undo_over_a_damaged_proposal),
		TEST(no_undo_of_the_last_edit_of_a_damaged_proposal),
		TEST(no_undo_to_what_no_field_can_hold),
		TEST(no_undo_of_a_damaged_event),
		TEST(no_undo_beneath_a_damaged_batch),
		TEST(no_undo_beneath_a_damaged_event),
		TEST(undo_goes_without_the_name_of_the_first_batch),
		TEST(a_damaged_batch_is_nobodys_to_take_back),
		TEST(undo_is_not_looked_for_without_end),
		TEST(a_damaged_proposal_is_not_edited),
		TEST(an_editor_says_what_became_unreadable),
		TEST(what_is_gone_is_not_saved_whoever_removed_it),
		TEST(nothing_is_imported_over_a_damaged_proposal),
		TEST(a_status_without_a_code_is_none),
	};
	return cmocka_run_group_tests_name("damage", tests, NULL, NULL);
}
