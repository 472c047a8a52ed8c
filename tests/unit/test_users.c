#include "register.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

#include "store/internal.h"
#include "store/users.h"

/*
 * A register with roles: alice is 管理, bob 编辑, carol 查看, dave nobody.
 * Who the kernel says we are is what the store believes; here it is told.
 */
enum { ROOT = 0, ALICE = 1001, BOB, CAROL, DAVE };

static struct config *config;

static void be(struct reg *reg, uint32_t uid)
{
	reg->store->uid = uid;
}

static struct who who_of(uint32_t uid)
{
	static const char *const names[] = {"alice", "bob", "carol", "dave"};

	return (struct who){uid, uid, uid ? names[uid - ALICE] : "root", ""};
}

static bool set(struct reg *reg, uint32_t by, uint32_t uid, enum access access)
{
	struct who who = who_of(by), whom = who_of(uid);

	be(reg, by);
	return store_user_set(reg->store, &who, uid, whom.name, access, "",
			      &reg->out, &reg->err);
}

static bool commit_as(struct reg *reg, uint32_t uid, enum batch_kind kind,
		      struct edit edit, uint32_t undoes)
{
	struct commit commit = reg_batch(&edit, 1);

	be(reg, uid);
	commit.kind = kind;
	commit.who = who_of(uid);
	commit.config = config;
	commit.undoes = undoes;
	return reg_commit(reg, &commit);
}

static bool edit_as(struct reg *reg, uint32_t uid, struct edit edit)
{
	return commit_as(reg, uid, BATCH_EDIT, edit, 0);
}

static void assert_denied(struct reg *reg, bool done, const char *word)
{
	assert_false(done);
	assert_int_equal(reg->err.code, ERR_DENIED);
	assert_says(reg, word);
	assert_int_equal(reg->out.batch, 0);
}

static int setup(void **state)
{
	struct reg *reg = reg_new_dir();

	assert_ok(reg, store_create_with_roles(reg->dir, &reg->err));
	reg_open(reg);
	assert_ok(reg, set(reg, ROOT, ALICE, ACCESS_ADMIN));
	assert_ok(reg, set(reg, ALICE, BOB, ACCESS_EDIT));
	assert_ok(reg, set(reg, ALICE, CAROL, ACCESS_VIEW));
	for (uint32_t i = 1; i <= 3; i++)
		assert_ok(reg, edit_as(reg, BOB,
				       reg_put(reg_proposal(reg, i, "handling"),
					       0)));
	*state = reg;
	return 0;
}

static int teardown(void **state)
{
	struct reg *reg = *state;

	if (reg->store) {
		be(reg, ROOT);
		reg_check(reg);
	}
	reg_free(reg);
	return 0;
}

static bool can_read(struct reg *reg, uint32_t uid)
{
	struct reading *reading;

	be(reg, uid);
	reg->out.batch = 0;
	if (!reading_begin(reg->store, &reading, &reg->err))
		return false;
	reading_end(reading);
	return true;
}

static void a_stranger_reads_and_writes_nothing(void **state)
{
	struct reg *reg = *state;

	assert_denied(reg, can_read(reg, DAVE), "user add");
	assert_denied(reg, edit_as(reg, DAVE, reg_status(1, 1, "answered")),
		      "user add");
	assert_denied(reg, set(reg, DAVE, DAVE, ACCESS_ADMIN), "user add");
	be(reg, ROOT);
	assert_string_equal(reg_get(reg, 1).status, "handling");
}

static void a_viewer_reads_and_writes_nothing(void **state)
{
	struct reg *reg = *state;
	struct proposal p = reg_get(reg, 1);

	p.remarks = "新";
	assert_true(can_read(reg, CAROL));
	assert_denied(reg, edit_as(reg, CAROL, reg_status(1, 1, "answered")),
		      "改状态");
	assert_denied(reg, edit_as(reg, CAROL, reg_put(&p, 1)), "修改内容");
	assert_denied(reg,
		      edit_as(reg, CAROL,
			      reg_put(reg_proposal(reg, 9, "received"), 0)),
		      "新增");
	assert_denied(reg, edit_as(reg, CAROL, reg_remove(1, 1)), "移除");
	assert_denied(reg, set(reg, CAROL, CAROL, ACCESS_EDIT), "管理用户");
}

static void
an_editor_changes_what_is_open_and_steps_that_are_named(void **state)
{
	struct reg *reg = *state;

	assert_ok(reg, edit_as(reg, BOB, reg_status(1, 1, "answered")));
	assert_ok(reg, edit_as(reg, BOB, reg_status(1, 2, "closed")));
	struct proposal p = reg_get(reg, 1);
	p.remarks = "补记";
	assert_denied(reg, edit_as(reg, BOB, reg_put(&p, 3)), "已办结");
	assert_denied(reg, edit_as(reg, BOB, reg_remove(1, 3)), "已办结");
	assert_ok(reg, edit_as(reg, ALICE, reg_put(&p, 3)));
	assert_denied(reg, set(reg, BOB, DAVE, ACCESS_VIEW), "管理用户");
}

/* With a put as well as with a change of status alone. */
static void only_an_administrator_forces_a_step(void **state)
{
	struct reg *reg = *state;
	struct proposal p = reg_get(reg, 2);

	p.status = "closed";
	assert_denied(reg, edit_as(reg, BOB, reg_status(2, 1, "closed")),
		      "强制");
	assert_denied(reg, edit_as(reg, BOB, reg_put(&p, 1)), "强制");
	p.remarks = "一起改";
	assert_denied(reg, edit_as(reg, BOB, reg_put(&p, 1)), "强制");
	assert_ok(reg, edit_as(reg, ALICE, reg_put(&p, 1)));
}

static uint32_t last_batch(struct reg *reg)
{
	struct reading *reading = reg_begin(reg);
	uint32_t last = reading_last_batch(reading);

	reading_end(reading);
	return last;
}

static void others_batches_are_undone_by_an_administrator(void **state)
{
	struct reg *reg = *state;
	struct edit back = reg_status(1, 2, "handling");

	assert_ok(reg, edit_as(reg, ALICE, reg_status(1, 1, "answered")));
	uint32_t batch = last_batch(reg);
	assert_denied(reg, commit_as(reg, BOB, BATCH_UNDO, back, batch),
		      "撤销他人的批次");
	assert_ok(reg, commit_as(reg, ALICE, BATCH_UNDO, back, batch));
	assert_ok(reg, edit_as(reg, BOB, reg_status(2, 1, "answered")));
	batch = last_batch(reg);
	/* A step back that no `next:` names. */
	assert_ok(reg, commit_as(reg, BOB, BATCH_UNDO,
				 reg_status(2, 2, "handling"), batch));
}

static void a_role_that_was_taken_counts_at_the_next_commit(void **state)
{
	struct reg *reg = *state;

	assert_ok(reg, edit_as(reg, BOB, reg_status(1, 1, "answered")));
	assert_ok(reg, set(reg, ALICE, BOB, ACCESS_VIEW));
	assert_denied(reg, edit_as(reg, BOB, reg_status(2, 1, "answered")),
		      "改状态");
	assert_ok(reg, set(reg, ALICE, BOB, ACCESS_NONE));
	assert_denied(reg, can_read(reg, BOB), "user add");
}

static void nobody_writes_in_another_name(void **state)
{
	struct reg *reg = *state;
	struct edit edit = reg_status(1, 1, "answered");
	struct commit commit = reg_batch(&edit, 1);

	be(reg, CAROL);
	commit.who = who_of(ALICE);
	commit.config = config;
	assert_false(reg_commit(reg, &commit));
	assert_int_equal(reg->err.code, ERR_INTERNAL);
}

static void the_last_administrator_stays(void **state)
{
	struct reg *reg = *state;

	assert_false(set(reg, ALICE, ALICE, ACCESS_EDIT));
	assert_int_equal(reg->err.code, ERR_REFUSED);
	assert_says(reg, "最后一位");
	assert_ok(reg, set(reg, ALICE, BOB, ACCESS_ADMIN));
	assert_ok(reg, set(reg, ALICE, ALICE, ACCESS_VIEW));
	assert_false(set(reg, BOB, BOB, ACCESS_NONE));
	assert_ok(reg, set(reg, ROOT, BOB, ACCESS_NONE));
	assert_false(set(reg, ROOT, ROOT, ACCESS_VIEW));
	assert_says(reg, "root");
	assert_false(set(reg, ROOT, BOB, ACCESS_ROOT));
	assert_says(reg, "没有这个角色");
}

static void a_role_is_a_batch_with_who_and_what(void **state)
{
	struct reg *reg = *state;
	struct batch batch;

	assert_ok(reg, set(reg, ALICE, CAROL, ACCESS_EDIT));
	uint32_t number = reg->out.batch;
	struct reading *reading = reg_begin(reg);
	assert_ok(reg, reading_batch(reading, number, &reg->arena, &batch,
				     &reg->err));
	reading_end(reading);
	assert_int_equal(batch.kind, BATCH_USER);
	assert_string_equal(batch.summary, "carol（uid 1003）：查看 → 编辑");
	assert_int_equal(batch.who.uid, ALICE);
	assert_int_equal(batch.grant.uid, CAROL);
	assert_int_equal(batch.grant.before, ACCESS_VIEW);
	assert_int_equal(batch.grant.after, ACCESS_EDIT);
	/* The same again is no batch; and none is taken back by undo. */
	assert_ok(reg, set(reg, ALICE, CAROL, ACCESS_EDIT));
	assert_int_equal(reg->out.batch, 0);
	assert_false(commit_as(reg, ALICE, BATCH_UNDO,
			       reg_status(1, 1, "answered"), number));
	assert_says(reg, "user role");
}

static void users_are_listed_by_uid(void **state)
{
	struct reg *reg = *state;
	struct reading *reading = reg_begin(reg);
	struct user *users;
	size_t count;

	assert_ok(reg, reading_users(reading, &reg->arena, &users, &count,
				     &reg->err));
	reading_end(reading);
	assert_int_equal(count, 3);
	assert_int_equal(users[0].uid, ALICE);
	assert_string_equal(users[0].name, "alice");
	assert_int_equal(users[0].access, ACCESS_ADMIN);
	assert_int_equal(users[2].uid, CAROL);
	assert_int_equal(users[2].batch, 3);
	assert_true(store_has_roles(reg->store));
}

static void without_roles_everybody_may_everything(void **state)
{
	struct reg *reg = reg_new();

	*state = reg;
	be(reg, DAVE);
	reg_fill(reg, 3, "handling");
	reg_edit(reg, reg_status(1, 1, "closed"));
	assert_false(store_has_roles(reg->store));
	struct who who = who_of(DAVE);
	assert_false(store_user_set(reg->store, &who, BOB, "bob", ACCESS_EDIT,
				    "", &reg->out, &reg->err));
	assert_says(reg, "--system");
}

/* What check says of a store; how many findings. */
struct heard {
	struct buf text;
};

static void hear(void *arg, const char *sentence)
{
	struct heard *heard = arg;

	buf_printf(&heard->text, "%s\n", sentence);
}

static void assert_found(struct reg *reg, const char *words)
{
	struct heard heard = {{0}};
	struct check_sums sums;
	uint64_t findings;

	be(reg, ROOT);
	assert_ok(reg, store_check(reg->store, hear, &heard, &sums, &findings,
				   &reg->err));
	if (!strstr(buf_text(&heard.text), words))
		fail_msg("does not say %s: %s", words, buf_text(&heard.text));
	buf_free(&heard.text);
	reg_close(reg);
}

/* Change one value below the store, with a right checksum. */
static MDB_txn *begin_raw(struct reg *reg)
{
	MDB_txn *txn;

	assert_int_equal(begin_txn(reg->store, 0, &txn), 0);
	return txn;
}

static void a_rewritten_batch_breaks_the_chain(void **state)
{
	struct reg *reg = *state;
	struct buf buf = {0};
	struct stamp stamp;
	struct batch batch;
	struct slice bytes;
	MDB_txn *txn = begin_raw(reg);

	assert_int_equal(
		table_get(reg->store, txn, TABLE_BATCHES, place_of(4), &bytes),
		0);
	assert_true(batch_decode(4, bytes, &reg->arena, &batch, &stamp));
	batch.who.uid = ALICE;
	batch_encode(&batch, &stamp, &buf);
	assert_int_equal(
		table_put(reg->store, txn, TABLE_BATCHES, place_of(4), &buf),
		0);
	assert_int_equal(mdb_txn_commit(txn), 0);
	buf_free(&buf);
	assert_found(reg, "批次 4 与它之前的历史接不上");
}

static void a_role_that_no_batch_gave_is_found(void **state)
{
	struct reg *reg = *state;
	struct user dave = {DAVE, "dave", ACCESS_ADMIN, 0, 2};
	struct buf buf = {0};
	MDB_txn *txn = begin_raw(reg);

	user_encode(&dave, &buf);
	assert_int_equal(
		table_put(reg->store, txn, TABLE_USERS, place_of(DAVE), &buf),
		0);
	assert_int_equal(mdb_txn_commit(txn), 0);
	buf_free(&buf);
	assert_found(reg, "用户 1004 的权限与历史不一致");
}

static void a_role_that_is_missing_is_found(void **state)
{
	struct reg *reg = *state;
	MDB_txn *txn = begin_raw(reg);

	assert_int_equal(table_del(reg->store, txn, TABLE_USERS, place_of(BOB)),
			 0);
	assert_int_equal(mdb_txn_commit(txn), 0);
	assert_found(reg, "用户 1002 的权限不见了");
}

static int setup_config(void **state)
{
	(void)state;
	config = config_at("proposals.yaml.example");
	return 0;
}

static int teardown_config(void **state)
{
	(void)state;
	config_free(config);
	return 0;
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_stranger_reads_and_writes_nothing),
		TEST(a_viewer_reads_and_writes_nothing),
		TEST(an_editor_changes_what_is_open_and_steps_that_are_named),
		TEST(only_an_administrator_forces_a_step),
		TEST(others_batches_are_undone_by_an_administrator),
		TEST(a_role_that_was_taken_counts_at_the_next_commit),
		TEST(nobody_writes_in_another_name),
		TEST(the_last_administrator_stays),
		TEST(a_role_is_a_batch_with_who_and_what),
		TEST(users_are_listed_by_uid),
		cmocka_unit_test_teardown(
			without_roles_everybody_may_everything, teardown),
		TEST(a_rewritten_batch_breaks_the_chain),
		TEST(a_role_that_no_batch_gave_is_found),
		TEST(a_role_that_is_missing_is_found),
	};

	return cmocka_run_group_tests_name("users", tests, setup_config,
					   teardown_config);
}
