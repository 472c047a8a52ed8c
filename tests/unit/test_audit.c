/*
 * What the check finds of damage that has a right checksum: a mistake of the
 * program, or of somebody who knows how it writes.
 */
#include "raw.h"

#include <sys/wait.h>

#include "store/copy.h"
#include "store/repair.h"
#include "store/seal.h"
#include "store/users.h"

enum { ROOT, ALICE = 1001 };

static struct reg *reg;

static bool give(enum access access)
{
	const struct who root = {ROOT, ROOT, "root", ""};

	return store_user_set(reg->store, &root, ALICE, "alice", access, "",
			      &reg->out, &reg->err);
}

static bool commit(struct edit *edits, size_t count)
{
	static const struct config none;
	struct commit commit = reg_batch(edits, count);

	commit.who = (struct who){ROOT, ROOT, "root", ""};
	commit.config = &none;
	return reg_commit(reg, &commit);
}

/* Batch 1 gives a role, 2 makes 1 to 4, 3 moves 2. */
static int start(void **state)
{
	struct edit edits[4], moved = reg_status(2, 1, "filed");
	(void)state;

	reg = reg_new_dir();
	assert_ok(reg, store_create_with_roles(reg->dir, &reg->err));
	reg_open(reg);
	reg->store->uid = ROOT;
	assert_ok(reg, give(ACCESS_EDIT));
	for (uint32_t n = 1; n <= 4; n++)
		edits[n - 1] = reg_put(reg_proposal(reg, n, "received"), 0);
	assert_ok(reg, commit(edits, 4));
	assert_ok(reg, commit(&moved, 1));
	reg_close(reg);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	reg_free(reg);
	return 0;
}

/* -- listening */

static struct buf said;

static void hear(void *arg, const char *sentence)
{
	(void)arg;
	buf_printf(&said, "%s\n", sentence);
}

static void check(void)
{
	struct check_sums sums;
	uint64_t findings;

	buf_reset(&said);
	reg_open(reg);
	reg->store->uid = ROOT;
	assert_ok(reg, store_check(reg->store, hear, NULL, &sums, &findings,
				   &reg->err));
	reg_close(reg);
}

static void finds(const char *words)
{
	check();
	if (!strstr(buf_text(&said), words))
		fail_msg("“%s” is not in: %s", words, buf_text(&said));
	buf_free(&said);
}

/* -- planting */

static struct raw raw;

static void put(enum table table, struct place at, struct buf *value)
{
	raw_put(&raw, table, at, *value);
	*value = (struct buf){0};
}

static struct state get_state(void)
{
	struct buf buf = raw_get(&raw, TABLE_META, place_name("state"));
	struct state state;

	assert_true(state_decode(slice_of(&buf), &state));
	buf_free(&buf);
	return state;
}

static void put_state(const struct state *state)
{
	struct buf buf = {0};

	state_encode(state, &buf);
	put(TABLE_META, place_name("state"), &buf);
}

static void put_code(enum dict dict, uint32_t id, const char *code)
{
	struct buf buf = {0};

	code_encode(dict, id, code, &buf);
	put(TABLE_DICT, place_byte(dict, id), &buf);
}

/* -- the claims */

static void a_role_of_another_batch(void **state)
{
	struct user user = {.uid = ALICE,
			    .name = "alice",
			    .access = ACCESS_EDIT,
			    .batch = 2};
	struct buf buf = {0};
	(void)state;

	raw = raw_open(reg);
	user_encode(&user, &buf);
	put(TABLE_USERS, place_of(ALICE), &buf);
	raw_close(&raw);
	finds("用户 1001 的权限与历史不一致");
}

static void a_last_link_that_is_not_the_last(void **state)
{
	(void)state;
	raw = raw_open(reg);
	struct state counts = get_state();
	counts.chain[0] ^= 1;
	put_state(&counts);
	raw_close(&raw);
	finds("历史的最后一环与记录不一致");
}

static void a_code_without_a_number(void **state)
{
	(void)state;
	raw = raw_open(reg);
	put_code(DICT_STATUS, 0, "none");
	raw_close(&raw);
	finds("字典里多出第 1 种的代码 0");
}

/* Only the beginning of a long one is told. */
static void a_long_code_twice(void **state)
{
	struct buf code = {0};
	(void)state;

	for (int i = 0; i < 150; i++)
		buf_char(&code, 'x');
	raw = raw_open(reg);
	struct state counts = get_state();
	put_code(DICT_CATEGORY, 1, code.data);
	put_code(DICT_CATEGORY, 2, code.data);
	counts.dicts[DICT_CATEGORY] = 3;
	put_state(&counts);
	raw_close(&raw);
	code.data[100] = '\0';
	struct buf words = {0};
	buf_printf(&words, "字典里的代码“%s”不一致", code.data);
	finds(words.data);
	buf_free(&words);
	buf_free(&code);
}

static void a_column_that_there_is_not(void **state)
{
	(void)state;
	raw = raw_open(reg);
	raw_copy(&raw, TABLE_COLUMNS, place_byte(COLUMN_DUE, 0),
		 place_byte(COLUMN_COUNT, 0));
	raw_close(&raw);
	finds("多出“?”列的第 0 块");
}

static void a_column_of_another_length(void **state)
{
	const uint32_t used = 5;
	(void)state;

	raw = raw_open(reg);
	struct place at = place_byte(COLUMN_DUE, 0);
	struct buf buf = raw_get(&raw, TABLE_COLUMNS, at);
	memcpy(buf.data + 8, &used, sizeof(used));
	uint64_t sum = seal_sum(SEAL_CHUNK, (uint64_t)COLUMN_DUE << 32,
				buf.data + 8, buf.len - 8);
	memcpy(buf.data, &sum, sizeof(sum));
	put(TABLE_COLUMNS, at, &buf);
	raw_close(&raw);
	finds("列的第 0 块不是最新的");
}

static void an_event_of_no_batch(void **state)
{
	struct entry entry = {.kind = EVENT_CREATED, .revision = 1};
	struct buf buf = {0};
	(void)state;

	raw = raw_open(reg);
	entry_encode(0, reg_key(1), &entry, &buf);
	put(TABLE_EVENTS, place_pair(0, reg_key(1)), &buf);
	raw_close(&raw);
	finds("第1号的历史属于不存在的批次 0");
}

/* A key that goes on where another ends. */
static void a_key_of_another_length(void **state)
{
	struct place longer = place_byte(0, 0);
	(void)state;

	raw = raw_open(reg);
	memcpy(longer.bytes, place_of(reg_key(2)).bytes, 4);
	longer.bytes[4] = 0;
	raw_copy(&raw, TABLE_RECORDS, place_of(reg_key(2)), longer);
	raw_close(&raw);
	finds("表 records 里有无效的键");
}

static void an_undo_of_what_comes_later(void **state)
{
	struct arena arena = {0};
	struct stamp stamp;
	struct batch batch;
	(void)state;

	raw = raw_open(reg);
	struct buf buf = raw_get(&raw, TABLE_BATCHES, place_of(2));
	assert_true(batch_decode(2, slice_of(&buf), &arena, &batch, &stamp));
	batch.undoes = 3;
	batch_encode(&batch, &stamp, &buf);
	put(TABLE_BATCHES, place_of(2), &buf);
	raw_close(&raw);
	arena_free(&arena);
	finds("批次 3 与撤销它的批次 2 不一致");
}

static void a_proposal_of_which_nothing_is_left(void **state)
{
	(void)state;
	raw = raw_open(reg);
	raw_del(&raw, TABLE_RECORDS, place_of(reg_key(3)));
	raw_flip(&raw, TABLE_COLUMNS, place_byte(COLUMN_KEY, 0), 20);
	raw_close(&raw);
	finds("位置 2 的提案不见了");
}

static void is_damaged(uint32_t slot)
{
	struct proposal p;

	reg_open(reg);
	reg->store->uid = ROOT;
	struct reading *reading = reg_begin(reg);
	assert_false(
		reading_proposal(reading, slot, &reg->arena, &p, &reg->err));
	reading_end(reading);
	assert_int_equal(reg->err.code, ERR_STORE);
	reg_close(reg);
}

static void a_removal_that_never_happened(void **state)
{
	struct record record = {.removed = true, .slot = 2};
	struct buf buf = {0};
	(void)state;

	raw = raw_open(reg);
	record_encode(reg_key(3), &record, &buf);
	put(TABLE_RECORDS, place_of(reg_key(3)), &buf);
	raw_close(&raw);
	is_damaged(2);
	finds("第3号的历史已损坏");
}

/* There before anything made it. */
static void a_history_without_a_beginning(void **state)
{
	struct entry entry = {.kind = EVENT_CHANGED, .revision = 1};
	struct buf buf = {0};
	(void)state;

	raw = raw_open(reg);
	entry.count = 1;
	entry.changes[0] = (struct change){FIELD_TITLE, slice_text("别的"),
					   slice_text("关于第3件事的建议")};
	entry_encode(2, reg_key(3), &entry, &buf);
	put(TABLE_EVENTS, place_pair(2, reg_key(3)), &buf);
	raw_close(&raw);
	is_damaged(2);
	finds("第3号的历史已损坏");
}

static void a_record_in_a_place_behind_the_last(void **state)
{
	struct edit moved = reg_status(3, 1, "filed");
	struct buf buf = {0};
	(void)state;

	raw = raw_open(reg);
	struct place at = place_of(reg_key(3));
	struct buf was = raw_get(&raw, TABLE_RECORDS, at);
	struct record record;
	assert_true(record_decode(reg_key(3), slice_of(&was), &record));
	record.slot = 1000000;
	record_encode(reg_key(3), &record, &buf);
	put(TABLE_RECORDS, at, &buf);
	raw_close(&raw);
	buf_free(&was);
	finds("第3号的位置 1000000 不对");
	reg_open(reg);
	reg->store->uid = ROOT;
	assert_false(commit(&moved, 1));
	assert_int_equal(reg->err.code, ERR_STORE);
	reg_close(reg);
}

/* In a process of its own: LMDB wants one environment in each. */
static void apart(void (*run)(void))
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		run();
		_exit(0);
	}
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void rewrite_a_code(void)
{
	raw = raw_open(reg);
	put_code(DICT_STATUS, 1, "another");
	raw_close(&raw);
}

/* Read once, a code never changes. */
static void a_code_that_was_another_before(void **state)
{
	struct check_sums sums;
	uint64_t findings;
	(void)state;

	reg_open(reg);
	reg->store->uid = ROOT;
	assert_string_equal(reg_get(reg, 1).status, "received");
	apart(rewrite_a_code);
	assert_ok(reg, store_check(reg->store, hear, NULL, &sums, &findings,
				   &reg->err));
	assert_non_null(strstr(buf_text(&said), "字典里的代码“another”不一致"));
	buf_free(&said);
	reg_close(reg);
}

static void damage_the_counters(void)
{
	raw = raw_open(reg);
	raw_flip(&raw, TABLE_META, place_name("state"), 9);
	raw_close(&raw);
}

/* Under a store that is open. */
static void counters_that_became_unreadable(void **state)
{
	struct edit moved = reg_status(3, 1, "filed");
	struct reading *reading;
	(void)state;

	reg_open(reg);
	reg->store->uid = ROOT;
	reading_end(reg_begin(reg));
	apart(damage_the_counters);
	assert_false(commit(&moved, 1));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_false(reading_begin(reg->store, &reading, &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	reg_close(reg);
}

static void a_status_that_no_code_stands_for(void **state)
{
	(void)state;
	raw = raw_open(reg);
	set_column(&raw, COLUMN_STATUS, 2, 200);
	raw_close(&raw);
	is_damaged(2);
	finds("第3号的“状态”列与历史不一致");
}

/* Its record is damaged, and the column of keys has no word of it. */
static void a_proposal_that_nothing_leads_to(void **state)
{
	uint32_t slot;
	(void)state;

	raw = raw_open(reg);
	raw_flip(&raw, TABLE_RECORDS, place_of(reg_key(3)), 9);
	set_column(&raw, COLUMN_KEY, 2, reg_key(77));
	raw_flip(&raw, TABLE_RECORDS, place_of(reg_key(4)), 9);
	set_column(&raw, COLUMN_SESSION, 3, 0);
	raw_close(&raw);
	reg_open(reg);
	reg->store->uid = ROOT;
	struct reading *reading = reg_begin(reg);
	assert_false(reading_find(reading, reg_key(3), &slot));
	assert_false(reading_find(reading, reg_key(4), &slot));
	assert_true(reading_find(reading, reg_key(2), &slot));
	reading_end(reading);
	reg_close(reg);
}

/* A key that no proposal can have, behind all others. */
static void a_record_at_the_very_end(void **state)
{
	struct buf noise = {0};
	uint32_t slot;
	(void)state;

	raw = raw_open(reg);
	buf_str(&noise, "noise");
	put(TABLE_RECORDS, place_of(UINT32_MAX), &noise);
	raw_close(&raw);
	reg_open(reg);
	reg->store->uid = ROOT;
	struct reading *reading = reg_begin(reg);
	assert_true(reading_next(reading, reg_key(4), &slot));
	assert_false(reading_next(reading, reg_key(5), &slot));
	reading_end(reading);
	reg_close(reg);
}

static bool repair(void)
{
	static const char *codes[] = {"received", "filed"};
	const struct strings statuses = {codes, LENGTH(codes)};
	struct repaired repaired;
	bool ok = store_repair(reg->dir, &statuses, hear, NULL, &repaired,
			       &reg->err);

	buf_free(&said);
	if (!ok)
		assert_int_equal(reg->err.code, ERR_STORE);
	return ok;
}

/* Sealed as it should be, and no record inside. */
static void a_record_of_which_only_the_head_is_right(void **state)
{
	struct edit put_it = reg_put(reg_proposal(reg, 3, "filed"), 1);
	struct buf buf = {0};
	(void)state;

	raw = raw_open(reg);
	buf_add(&buf, "\1\0\2\0\0\0\xff", 7);
	seal_close(SEAL_RECORD, reg_key(3), &buf);
	put(TABLE_RECORDS, place_of(reg_key(3)), &buf);
	raw_close(&raw);
	is_damaged(2);
	finds("第3号的记录已损坏");
	assert_false(repair());
	reg_open(reg);
	reg->store->uid = ROOT;
	assert_false(commit(&put_it, 1));
	assert_int_equal(reg->err.code, ERR_STORE);
	reg_close(reg);
}

static void a_record_that_no_proposal_can_be(void **state)
{
	struct record record;
	struct buf buf = {0};
	(void)state;

	raw = raw_open(reg);
	struct place at = place_of(reg_key(3));
	struct buf was = raw_get(&raw, TABLE_RECORDS, at);
	assert_true(record_decode(reg_key(3), slice_of(&was), &record));
	record.content.of[FIELD_DUE] = slice_text("2024-02-31");
	record_encode(reg_key(3), &record, &buf);
	put(TABLE_RECORDS, at, &buf);
	raw_close(&raw);
	buf_free(&was);
	is_damaged(2);
	finds("第3号的记录读不出");
	assert_false(repair());
}

static void two_records_in_one_place(void **state)
{
	struct record record;
	struct buf buf = {0};
	(void)state;

	raw = raw_open(reg);
	struct place at = place_of(reg_key(3));
	struct buf was = raw_get(&raw, TABLE_RECORDS, at);
	assert_true(record_decode(reg_key(3), slice_of(&was), &record));
	record.slot = 1;
	record_encode(reg_key(3), &record, &buf);
	put(TABLE_RECORDS, at, &buf);
	raw_close(&raw);
	buf_free(&was);
	finds("第3号的位置 1 不对");
	assert_false(repair());
}

static void an_event_that_follows_another(void **state)
{
	struct place at = place_pair(3, reg_key(2));
	struct entry entry;
	struct buf buf = {0};
	(void)state;

	raw = raw_open(reg);
	struct buf was = raw_get(&raw, TABLE_EVENTS, at);
	assert_true(entry_decode(3, reg_key(2), slice_of(&was), &entry));
	entry.previous = 1;
	entry_encode(3, reg_key(2), &entry, &buf);
	put(TABLE_EVENTS, at, &buf);
	raw_close(&raw);
	buf_free(&was);
	finds("第2号的历史已损坏");
	assert_false(repair());
}

/* Shorter than it ever is. */
static void texts_of_another_length(void **state)
{
	struct buf buf = {0};
	(void)state;

	raw = raw_open(reg);
	buf_add(&buf, "\0\0\0\0\0\0\0\0", 8);
	put(TABLE_TEXTS, place_of(0), &buf);
	raw_close(&raw);
	finds("第 0 段检索文本已损坏");
	assert_true(repair());
	check();
	assert_int_equal(said.len, 0);
}

static void a_path_too_long_for_anybody(void **state)
{
	char path[5000];
	struct swapped swapped;
	FILE *file = tmpfile();
	(void)state;

	memset(path, 'x', sizeof(path));
	path[sizeof(path) - 1] = '\0';
	assert_false(store_compact(path, hear, NULL, &swapped, &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, "路径太长");

	snprintf(path, sizeof(path), "%s/data.mdb", reg->dir);
	struct buf bytes = file_read(path);
	assert_int_equal(fwrite(bytes.data, 1, bytes.len, file), bytes.len);
	fflush(file);
	buf_free(&bytes);
	memset(path, 'x', sizeof(path) - 1);
	assert_false(store_restore(reg->dir, fileno(file), path, hear, NULL,
				   &swapped, &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	fclose(file);
	check();
	assert_int_equal(said.len, 0);
}

static bool give_as(const struct who *who, uint32_t uid, enum access before,
		    enum access access)
{
	const struct grant grant = {uid, "somebody", before, access};
	const struct commit commit = {
		.kind = BATCH_USER,
		.who = *who,
		.note = "",
		.summary = "",
		.grant = &grant,
	};

	reg->store->uid = who->uid;
	return reg_commit(reg, &commit);
}

static void damage_bob(void)
{
	raw = raw_open(reg);
	raw_flip(&raw, TABLE_USERS, place_of(ALICE + 1), 9);
	raw_close(&raw);
}

/* Whoever knew them before the damage, or the change of another, came. */
static void no_role_is_given_over_a_damaged_one(void **state)
{
	const struct who root = {ROOT, ROOT, "root", ""};
	const struct who alice = {ALICE, ALICE, "alice", ""};
	const struct who bob = {ALICE + 1, ALICE + 1, "bob", ""};
	(void)state;

	reg_open(reg);
	assert_ok(reg, give_as(&root, ALICE, ACCESS_EDIT, ACCESS_ADMIN));
	assert_ok(reg, give_as(&root, ALICE + 1, ACCESS_NONE, ACCESS_ADMIN));
	assert_false(give_as(&root, ALICE + 1, ACCESS_VIEW, ACCESS_EDIT));
	assert_int_equal(reg->err.code, ERR_CONFLICT);
	assert_says(reg, "刚被他人改为“管理”");
	apart(damage_bob);
	assert_false(give_as(&root, ALICE + 1, ACCESS_ADMIN, ACCESS_EDIT));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_false(give_as(&bob, ALICE, ACCESS_ADMIN, ACCESS_EDIT));
	assert_int_equal(reg->err.code, ERR_STORE);
	/* Is there another administrator? */
	assert_false(give_as(&alice, ALICE, ACCESS_ADMIN, ACCESS_EDIT));
	assert_int_equal(reg->err.code, ERR_STORE);
	reg_close(reg);
}

static void nobody_changes_without_saying_by_which_rules(void **state)
{
	struct edit edit = reg_status(1, 1, "filed");
	struct commit commit = reg_batch(&edit, 1);
	(void)state;

	reg_open(reg);
	reg->store->uid = ROOT;
	commit.who = (struct who){ROOT, ROOT, "root", ""};
	assert_false(reg_commit(reg, &commit));
	assert_int_equal(reg->err.code, ERR_INTERNAL);
	reg_close(reg);
}

/* Who may only look takes nothing back, whatever the interface let through. */
static void a_viewer_takes_nothing_back(void **state)
{
	static const struct config none;
	const struct who root = {ROOT, ROOT, "root", ""};
	struct edit edit = reg_status(2, 2, "received");
	struct commit commit = reg_batch(&edit, 1);
	(void)state;

	reg_open(reg);
	assert_ok(reg, give_as(&root, ALICE, ACCESS_EDIT, ACCESS_VIEW));
	reg->store->uid = ALICE;
	commit.kind = BATCH_UNDO;
	commit.undoes = 3;
	commit.config = &none;
	commit.who = (struct who){ALICE, ALICE, "alice", ""};
	assert_false(reg_commit(reg, &commit));
	assert_int_equal(reg->err.code, ERR_DENIED);
	reg_close(reg);
}

static void a_list_of_edits_of_no_proposal(void **state)
{
	struct edit edit = reg_status(1, 1, "filed");
	(void)state;

	reg_open(reg);
	reg->store->uid = ROOT;
	edit.key = reg_key(0) | 0xFFFFF; /* over the highest number */
	assert_false(commit(&edit, 1));
	assert_int_equal(reg->err.code, ERR_INTERNAL);
	reg_close(reg);
}

static void roles_and_batches_are_of_the_kinds_that_there_are(void **state)
{
	static const struct {
		const char *bytes;
		bool good;
	} users[] = {
#define REST "\1\0\0\0\0\0\0\0\0\0\0\0\1a"
		{"\1\2" REST, true},
		{"\2\2" REST, false}, /* the layout of a later version */
		{"\1\0" REST, false}, /* no role at all */
		{"\1\x09" REST, false},
	};
	struct arena arena = {0};
	struct batch batch = {.number = 1,
			      .kind = BATCH_EDIT,
			      .who = {.name = "", .from = ""},
			      .note = "",
			      .summary = ""};
	struct stamp stamp = {0};
	struct slice code;
	struct user user;
	(void)state;

	for (size_t i = 0; i < LENGTH(users); i++) {
		struct buf buf = {0};

		buf_add(&buf, users[i].bytes, 2 + sizeof(REST) - 1);
		seal_close(SEAL_USER, ALICE, &buf);
		assert_int_equal(
			user_decode(ALICE, slice_of(&buf), &arena, &user),
			users[i].good);
		buf_free(&buf);
	}
	for (unsigned kind = 0; kind <= BATCH_USER + 1; kind++) {
		struct buf buf = {0};

		batch.kind = (enum batch_kind)kind;
		batch.grant.name = "";
		batch_encode(&batch, &stamp, &buf);
		assert_int_equal(
			batch_decode(1, slice_of(&buf), &arena, &batch, &stamp),
			kind >= BATCH_IMPORT && kind <= BATCH_USER);
		buf_free(&buf);
	}
	struct buf nothing = {0};
	code_encode(DICT_STATUS, 1, "", &nothing);
	assert_false(code_decode(DICT_STATUS, 1, slice_of(&nothing), &code));
	buf_free(&nothing);
	arena_free(&arena);
}

int main(void)
{
#define FINDS(test) cmocka_unit_test_setup_teardown(test, start, stop)
	static const struct CMUnitTest tests[] = {
		FINDS(a_role_of_another_batch),
		FINDS(a_last_link_that_is_not_the_last),
		FINDS(a_code_without_a_number),
		FINDS(a_long_code_twice),
		FINDS(a_column_that_there_is_not),
		FINDS(a_column_of_another_length),
		FINDS(an_event_of_no_batch),
		FINDS(a_key_of_another_length),
		FINDS(an_undo_of_what_comes_later),
		FINDS(a_proposal_of_which_nothing_is_left),
		FINDS(a_removal_that_never_happened),
		FINDS(a_history_without_a_beginning),
		FINDS(a_record_in_a_place_behind_the_last),
		FINDS(a_code_that_was_another_before),
		FINDS(counters_that_became_unreadable),
		FINDS(a_status_that_no_code_stands_for),
		FINDS(a_proposal_that_nothing_leads_to),
		FINDS(a_record_at_the_very_end),
		FINDS(a_record_of_which_only_the_head_is_right),
		FINDS(a_record_that_no_proposal_can_be),
		FINDS(two_records_in_one_place),
		FINDS(an_event_that_follows_another),
		FINDS(texts_of_another_length),
		FINDS(a_path_too_long_for_anybody),
		FINDS(no_role_is_given_over_a_damaged_one),
		FINDS(nobody_changes_without_saying_by_which_rules),
		FINDS(a_viewer_takes_nothing_back),
		FINDS(a_list_of_edits_of_no_proposal),
		cmocka_unit_test(
			roles_and_batches_are_of_the_kinds_that_there_are),
	};
	return cmocka_run_group_tests_name("audit", tests, NULL, NULL);
}
