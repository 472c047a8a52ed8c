#include "raw.h"

#include <dirent.h>

#include "store/repair.h"
#include "store/users.h"

/*
 * A register with everything in it. 5 keeps the status it was created with,
 * which no event tells; 9 changed other fields only; 8 was removed, 10 was
 * removed and came again; two people have roles, one has none any more.
 */
enum { COUNT = 40 };

static const struct who root = {0, UINT32_MAX, "root", ""};

static void give(struct reg *reg, uint32_t uid, enum access access)
{
	assert_ok(reg, store_user_set(reg->store, &root, uid, "x", access, "",
				      &reg->out, &reg->err));
}

static struct config *config;

/* As root, who may do all of it. */
static void write_as_root(struct reg *reg, struct edit *edits, size_t count)
{
	struct commit commit = reg_batch(edits, count);

	commit.who = root;
	commit.config = config;
	assert_ok(reg, reg_commit(reg, &commit));
}

static void edit_as_root(struct reg *reg, struct edit edit)
{
	write_as_root(reg, &edit, 1);
}

static void fill(struct reg *reg)
{
	struct edit edits[COUNT];
	const char *names[] = {"张三", "李四"};
	struct unit unit = {"jxj", ROLE_LEAD, "", DAY_NONE};

	give(reg, 2001, ACCESS_EDIT);
	give(reg, 2002, ACCESS_ADMIN);
	for (uint32_t i = 0; i < COUNT; i++)
		edits[i] = reg_put(reg_proposal(reg, i + 1, "received"), 0);
	write_as_root(reg, edits, COUNT);
	edit_as_root(reg, reg_status(7, 1, "review"));
	struct proposal p = reg_get(reg, 9);
	p.category = "economy";
	p.proposers = (struct strings){names, 2};
	p.units = (struct units){&unit, 1};
	p.dates[DATE_DUE] = 45000;
	edit_as_root(reg, reg_put(&p, 1));
	edit_as_root(reg, reg_remove(8, 1));
	edit_as_root(reg, reg_remove(10, 1));
	edit_as_root(reg, reg_put(reg_proposal(reg, 10, "filed"), 0));
	give(reg, 2001, ACCESS_NONE);
	give(reg, 2003, ACCESS_VIEW);
	reg_check(reg);
}

static int setup(void **state)
{
	struct reg *reg = reg_new_dir();

	assert_ok(reg, store_create_with_roles(reg->dir, &reg->err));
	*state = reg;
	/* Roles are given as root. */
	if (getuid())
		return 0;
	reg_open(reg);
	fill(reg);
	reg_close(reg);
	return 0;
}

static int teardown(void **state)
{
	reg_free(*state);
	return 0;
}

static int entries_in(const char *dir)
{
	DIR *opened = opendir(dir);
	int count = 0;

	assert_non_null(opened);
	while (readdir(opened))
		count++;
	closedir(opened);
	return count - 2;
}

/* All that records, events, batches and users hold. */
static void print_tables(const struct reg *reg, struct buf *out)
{
	static const enum table kept[] = {TABLE_RECORDS, TABLE_EVENTS,
					  TABLE_BATCHES, TABLE_USERS};
	struct raw raw = raw_open(reg);

	for (size_t i = 0; i < LENGTH(kept); i++) {
		MDB_cursor *cursor;
		MDB_val k, v;

		assert_int_equal(
			mdb_cursor_open(raw.txn, raw.tables[kept[i]], &cursor),
			0);
		while (!mdb_cursor_get(cursor, &k, &v, MDB_NEXT)) {
			buf_add(out, k.mv_data, k.mv_size);
			buf_add(out, v.mv_data, v.mv_size);
		}
		mdb_cursor_close(cursor);
	}
	raw_close(&raw);
}

static void count_finding(void *arg, const char *sentence)
{
	int *count = arg;

	assert_true(*sentence);
	++*count;
}

static bool repair(struct reg *reg, const struct strings *statuses,
		   struct repaired *out)
{
	static const struct strings none;
	int findings = 0;

	bool ok = store_repair(reg->dir, statuses ? statuses : &none,
			       count_finding, &findings, out, &reg->err);
	if (ok)
		assert_int_equal(findings, out->findings);
	return ok;
}

static void flip_column(struct raw *raw)
{
	for (unsigned column = 0; column < COLUMN_COUNT; column++)
		raw_flip(raw, TABLE_COLUMNS, place_byte(column, 0), 20);
}

static void lose_columns(struct raw *raw)
{
	assert_int_equal(mdb_drop(raw->txn, raw->tables[TABLE_COLUMNS], 0), 0);
}

static void lose_status_chunk(struct raw *raw)
{
	raw_del(raw, TABLE_COLUMNS, place_byte(COLUMN_STATUS, 0));
}

static void lose_key_chunk(struct raw *raw)
{
	raw_del(raw, TABLE_COLUMNS, place_byte(COLUMN_KEY, 0));
}

/* With a right checksum: only records and history know better. */
static void change_columns(struct raw *raw)
{
	set_column(raw, COLUMN_STATUS, 6, 1);
	set_column(raw, COLUMN_STATUS, 4, 2);
	set_column(raw, COLUMN_DUE, 8, 1);
	set_column(raw, COLUMN_REVISION, 8, 9);
	set_column(raw, COLUMN_BATCH, 9, 1);
}

static void lose_codes(struct raw *raw)
{
	assert_int_equal(mdb_drop(raw->txn, raw->tables[TABLE_DICT], 0), 0);
}

static void flip_code(struct raw *raw)
{
	raw_flip(raw, TABLE_DICT, place_byte(DICT_STATUS, 2), 1);
}

static void lose_texts(struct raw *raw)
{
	raw_del(raw, TABLE_TEXTS, place_of(1));
	raw_flip(raw, TABLE_TEXTS, place_of(0), 20);
}

static void lose_users(struct raw *raw)
{
	assert_int_equal(mdb_drop(raw->txn, raw->tables[TABLE_USERS], 0), 0);
}

static void invent_user(struct raw *raw)
{
	const struct user user = {2999, "y", ACCESS_ADMIN, 1, 1};
	struct buf buf = {0};

	user_encode(&user, &buf);
	raw_put(raw, TABLE_USERS, place_of(2999), buf);
}

static void flip_counters(struct raw *raw)
{
	raw_flip(raw, TABLE_META, place_name("state"), 3);
}

static void miscount(struct raw *raw)
{
	struct buf buf = raw_get(raw, TABLE_META, place_name("state"));
	struct state state;

	assert_true(state_decode((struct slice){buf.data, buf.len}, &state));
	state.proposals--;
	state.events += 5;
	state_encode(&state, &buf);
	raw_put(raw, TABLE_META, place_name("state"), buf);
}

static void lose_all_that_is_derived(struct raw *raw)
{
	lose_columns(raw);
	lose_codes(raw);
	assert_int_equal(mdb_drop(raw->txn, raw->tables[TABLE_TEXTS], 0), 0);
	lose_users(raw);
	flip_counters(raw);
}

static void plant(struct reg *reg, void (*damage)(struct raw *raw))
{
	struct raw raw = raw_open(reg);

	damage(&raw);
	raw_close(&raw);
}

static void assert_statuses(struct reg *reg)
{
	assert_string_equal(reg_get(reg, 5).status, "received");
	assert_string_equal(reg_get(reg, 7).status, "review");
	assert_string_equal(reg_get(reg, 9).status, "received");
	assert_string_equal(reg_get(reg, 10).status, "filed");
	assert_false(reg_has(reg, 8));
}

static const struct damage {
	const char *name;
	void (*plant)(struct raw *raw);
} damages[] = {
#define DAMAGE(plant) \
	{ \
#plant, plant \
	}
	DAMAGE(flip_column),
	DAMAGE(lose_columns),
	DAMAGE(lose_status_chunk),
	DAMAGE(lose_key_chunk),
	DAMAGE(change_columns),
	DAMAGE(lose_codes),
	DAMAGE(flip_code),
	DAMAGE(lose_texts),
	DAMAGE(lose_users),
	DAMAGE(invent_user),
	DAMAGE(flip_counters),
	DAMAGE(miscount),
	DAMAGE(lose_all_that_is_derived),
};

/* And nothing else: the others stay, byte for byte. */
static void builds_anew_whatever_follows_from_the_rest(void **state)
{
	const char *codes[] = {"closed", "filed", "received", "review"};
	const struct strings statuses = {codes, LENGTH(codes)};

	if (getuid())
		skip();

	teardown(state);
	for (size_t i = 0; i < LENGTH(damages); i++) {
		struct buf before = {0}, after = {0};
		struct repaired repaired;

		setup(state);
		struct reg *reg = *state;
		print_tables(reg, &before);
		plant(reg, damages[i].plant);
		if (!repair(reg, &statuses, &repaired))
			fail_msg("%s: %s", damages[i].name, reg->err.text);
		if (!repaired.findings)
			fail_msg("%s: nothing found", damages[i].name);
		assert_true(*repaired.swapped.kept);
		assert_int_equal(entries_in(reg->dir), 5);
		reg_open(reg);
		reg_check(reg);
		assert_statuses(reg);
		edit_as_root(reg, reg_status(5, 1, "review"));
		reg_check(reg);
		reg_close(reg);

		/* The same damage once more, in what is already repaired. */
		plant(reg, damages[i].plant);
		assert_ok(reg, repair(reg, &statuses, &repaired));
		reg_open(reg);
		reg_check(reg);
		assert_string_equal(reg_get(reg, 5).status, "review");
		reg_close(reg);
		print_tables(reg, &after);
		assert_true(after.len > before.len);
		buf_free(&before);
		buf_free(&after);
		if (i + 1 < LENGTH(damages))
			teardown(state);
	}
}

static void what_is_kept_is_kept_byte_for_byte(void **state)
{
	struct reg *reg = *state;
	const char *codes[] = {"received", "filed"};
	const struct strings statuses = {codes, LENGTH(codes)};
	struct buf before = {0}, after = {0};
	struct repaired repaired;

	if (getuid())
		skip();

	print_tables(reg, &before);
	plant(reg, lose_all_that_is_derived);
	assert_ok(reg, repair(reg, &statuses, &repaired));
	print_tables(reg, &after);
	assert_int_equal(before.len, after.len);
	assert_memory_equal(before.data, after.data, before.len);
	buf_free(&before);
	buf_free(&after);
}

static void a_sound_store_is_left_alone(void **state)
{
	struct reg *reg = *state;
	struct repaired repaired;
	char path[128];

	if (getuid())
		skip();

	snprintf(path, sizeof(path), "%s/data.mdb", reg->dir);
	struct buf before = file_read(path);
	assert_ok(reg, repair(reg, NULL, &repaired));
	assert_int_equal(repaired.findings, 0);
	assert_string_equal(repaired.swapped.kept, "");
	assert_int_equal(entries_in(reg->dir), 4);
	struct buf after = file_read(path);
	assert_int_equal(before.len, after.len);
	assert_memory_equal(before.data, after.data, before.len);
	buf_free(&before);
	buf_free(&after);
}

static void flip_record(struct raw *raw)
{
	raw_flip(raw, TABLE_RECORDS, place_of(reg_key(5)), 12);
}

static void lose_record(struct raw *raw)
{
	raw_del(raw, TABLE_RECORDS, place_of(reg_key(5)));
}

static void flip_event(struct raw *raw)
{
	raw_flip(raw, TABLE_EVENTS, place_pair(3, reg_key(5)), 10);
}

static void lose_event(struct raw *raw)
{
	raw_del(raw, TABLE_EVENTS, place_pair(4, reg_key(7)));
}

static void flip_batch(struct raw *raw)
{
	raw_flip(raw, TABLE_BATCHES, place_of(4), 10);
}

static void lose_batch(struct raw *raw)
{
	raw_del(raw, TABLE_BATCHES, place_of(9));
}

/* With a right checksum: nothing but the history tells. */
static void retitle_record(struct raw *raw)
{
	struct place at = place_of(reg_key(5));
	struct buf buf = raw_get(raw, TABLE_RECORDS, at), out = {0};
	struct record record;

	assert_true(record_decode(reg_key(5), (struct slice){buf.data, buf.len},
				  &record));
	record.content.of[FIELD_TITLE] = slice_text("别的案由");
	record_encode(reg_key(5), &record, &out);
	raw_put(raw, TABLE_RECORDS, at, out);
	buf_free(&buf);
}

static void rewrite_event(struct raw *raw)
{
	struct place at = place_pair(4, reg_key(7));
	struct buf buf = raw_get(raw, TABLE_EVENTS, at), out = {0};
	struct entry entry;

	assert_true(entry_decode(4, reg_key(7),
				 (struct slice){buf.data, buf.len}, &entry));
	entry.changes[0].after = slice_text("closed");
	entry_encode(4, reg_key(7), &entry, &out);
	raw_put(raw, TABLE_EVENTS, at, out);
	buf_free(&buf);
}

static void retell_batch(struct raw *raw)
{
	struct buf buf = raw_get(raw, TABLE_BATCHES, place_of(4)), out = {0};
	struct arena arena = {0};
	struct batch batch;
	struct stamp stamp;

	assert_true(batch_decode(4, (struct slice){buf.data, buf.len}, &arena,
				 &batch, &stamp));
	batch.note = "从来没有这个文号";
	batch_encode(&batch, &stamp, &out);
	raw_put(raw, TABLE_BATCHES, place_of(4), out);
	arena_free(&arena);
	buf_free(&buf);
}

/* All of it right, and yet no date: created with it, by its own event. */
static void misdate_record(struct raw *raw)
{
	key k = reg_key(5);
	struct buf record_bytes = raw_get(raw, TABLE_RECORDS, place_of(k));
	struct buf event_bytes = raw_get(raw, TABLE_EVENTS, place_pair(3, k));
	struct buf record_out = {0}, event_out = {0}, scratch = {0};
	struct record record;
	struct entry entry;

	assert_true(record_decode(k, slice_of(&record_bytes), &record));
	assert_true(entry_decode(3, k, slice_of(&event_bytes), &entry));
	record.content.of[FIELD_DUE] = slice_text("2024-02-31");
	record_encode(k, &record, &record_out);
	record.content.of[FIELD_STATUS] = slice_text("received");
	content_digest(&record.content, k, &scratch, entry.digest);
	entry_encode(3, k, &entry, &event_out);
	raw_put(raw, TABLE_RECORDS, place_of(k), record_out);
	raw_put(raw, TABLE_EVENTS, place_pair(3, k), event_out);
	buf_free(&record_bytes);
	buf_free(&event_bytes);
	buf_free(&scratch);
}

/* Somebody loses a role who never had one. */
static void regrant_batch(struct raw *raw)
{
	struct buf buf = raw_get(raw, TABLE_BATCHES, place_of(2)), out = {0};
	struct arena arena = {0};
	struct batch batch;
	struct stamp stamp;

	assert_true(batch_decode(2, slice_of(&buf), &arena, &batch, &stamp));
	batch.grant.after = ACCESS_NONE;
	batch_encode(&batch, &stamp, &out);
	raw_put(raw, TABLE_BATCHES, place_of(2), out);
	arena_free(&arena);
	buf_free(&buf);
}

static void nothing_is_made_up(void **state)
{
	static void (*const plants[])(struct raw * raw) = {
		flip_record,  lose_record,    flip_event,     lose_event,
		flip_batch,   lose_batch,     retitle_record, rewrite_event,
		retell_batch, misdate_record, regrant_batch,
	};

	if (getuid())
		skip();

	teardown(state);
	for (size_t i = 0; i < LENGTH(plants); i++) {
		struct repaired repaired;
		char path[128];

		setup(state);
		struct reg *reg = *state;
		plant(reg, plants[i]);
		snprintf(path, sizeof(path), "%s/data.mdb", reg->dir);
		struct buf before = file_read(path);
		if (repair(reg, NULL, &repaired))
			fail_msg("damage %zu was repaired", i);
		assert_int_equal(reg->err.code, ERR_STORE);
		assert_says(reg, "从备份恢复");
		struct buf after = file_read(path);
		assert_int_equal(before.len, after.len);
		assert_memory_equal(before.data, after.data, before.len);
		assert_int_equal(entries_in(reg->dir), 4);
		buf_free(&before);
		buf_free(&after);
		if (i + 1 < LENGTH(plants))
			teardown(state);
	}
}

/* A status that neither history nor dictionary nor configuration knows. */
static void a_status_that_nothing_tells_is_not_guessed(void **state)
{
	struct reg *reg = *state;
	const char *codes[] = {"received"};
	const struct strings statuses = {codes, LENGTH(codes)};
	struct repaired repaired;

	if (getuid())
		skip();

	/* 10 came again as "filed", and that was all. */
	plant(reg, lose_all_that_is_derived);
	assert_false(repair(reg, &statuses, &repaired));
	assert_says(reg, "第10号");
	/* "received" is what others were before. */
	codes[0] = "filed";
	assert_ok(reg, repair(reg, &statuses, &repaired));
	reg_open(reg);
	assert_statuses(reg);
}

static void the_old_dictionary_knows_what_nobody_else_does(void **state)
{
	struct reg *reg = *state;
	struct repaired repaired;

	if (getuid())
		skip();
	plant(reg, lose_columns);
	assert_ok(reg, repair(reg, NULL, &repaired));
	reg_open(reg);
	reg_check(reg);
	assert_statuses(reg);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(builds_anew_whatever_follows_from_the_rest),
		TEST(what_is_kept_is_kept_byte_for_byte),
		TEST(a_sound_store_is_left_alone),
		TEST(nothing_is_made_up),
		TEST(a_status_that_nothing_tells_is_not_guessed),
		TEST(the_old_dictionary_knows_what_nobody_else_does),
	};

	config = config_at("proposals.yaml.example");
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	config_free(config);
	return failed;
}
