#include "raw.h"

#include "store/compare.h"
#include "store/copy.h"
#include "store/repair.h"
#include "store/users.h"

/* Proposals 1 to COUNT; 3 was changed, 4 removed. */
enum { COUNT = 40 };

struct scene {
	struct reg *reg, *other;
	struct buf told;
};

static void fill(struct reg *reg)
{
	reg_fill(reg, COUNT, "received");
	reg_edit(reg, reg_status(3, 1, "filed"));
	reg_edit(reg, reg_remove(4, 1));
}

static void copy_file(const char *from_dir, const char *to_dir)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/data.mdb", from_dir);
	struct buf bytes = file_read(path);
	snprintf(path, sizeof(path), "%s/data.mdb", to_dir);
	file_write(path, bytes.data, bytes.len);
	buf_free(&bytes);
}

static int setup(void **state)
{
	struct scene *scene = calloc(1, sizeof(*scene));

	assert_non_null(scene);
	scene->reg = reg_new();
	fill(scene->reg);
	reg_close(scene->reg);
	scene->other = reg_new_dir();
	copy_file(scene->reg->dir, scene->other->dir);
	*state = scene;
	return 0;
}

static int teardown(void **state)
{
	struct scene *scene = *state;

	reg_free(scene->reg);
	reg_free(scene->other);
	buf_free(&scene->told);
	free(scene);
	return 0;
}

static void tell(void *arg, const char *sentence)
{
	struct scene *scene = arg;

	buf_str(&scene->told, sentence);
	buf_char(&scene->told, '\n');
}

static uint64_t compare(struct scene *scene)
{
	struct reg *reg = scene->reg;
	struct store *other;
	uint64_t differences;

	buf_reset(&scene->told);
	reg_open(reg);
	assert_ok(reg, store_open_other(&other, reg->store, scene->other->dir,
					&reg->err));
	assert_ok(reg, store_compare(reg->store, other, "那边", tell, scene,
				     &differences, &reg->err));
	store_close(other);
	reg_close(reg);
	return differences;
}

/* This and nothing else is told. */
static void assert_told(struct scene *scene, const char *sentences)
{
	compare(scene);
	assert_string_equal(buf_text(&scene->told), sentences);
}

static void plant(struct reg *reg, void (*damage)(struct raw *raw))
{
	struct raw raw = raw_open(reg);

	damage(&raw);
	raw_close(&raw);
}

static void a_copy_is_the_same(void **state)
{
	struct scene *scene = *state;

	assert_int_equal(compare(scene), 0);
	assert_string_equal(buf_text(&scene->told), "");
}

static void how_the_file_is_laid_out_plays_no_part(void **state)
{
	struct scene *scene = *state;
	const char *codes[] = {"zzz", "filed", "received"};
	const struct strings statuses = {codes, LENGTH(codes)};
	struct swapped swapped;
	struct repaired repaired;
	struct raw raw;

	assert_ok(scene->reg, store_compact(scene->other->dir, tell, scene,
					    &swapped, &scene->reg->err));
	assert_int_equal(compare(scene), 0);
	raw = raw_open(scene->other);
	assert_int_equal(mdb_drop(raw.txn, raw.tables[TABLE_DICT], 0), 0);
	assert_int_equal(mdb_drop(raw.txn, raw.tables[TABLE_COLUMNS], 0), 0);
	raw_close(&raw);
	assert_ok(scene->reg, store_repair(scene->other->dir, &statuses, tell,
					   scene, &repaired, &scene->reg->err));
	assert_int_equal(compare(scene), 0);
}

static void change_status_there(struct raw *raw)
{
	set_column(raw, COLUMN_STATUS, 6, 2);
}

static void change_revision_there(struct raw *raw)
{
	set_column(raw, COLUMN_REVISION, 6, 2);
	set_column(raw, COLUMN_BATCH, 6, 2);
}

static void change_record_there(struct raw *raw)
{
	struct place at = place_of(reg_key(7));
	struct buf buf = raw_get(raw, TABLE_RECORDS, at), out = {0};
	struct record record;

	assert_true(record_decode(reg_key(7), slice_of(&buf), &record));
	record.content.of[FIELD_TITLE] = slice_text("别的案由");
	record.content.of[FIELD_OUTCOME] = slice_text("已经落实");
	record_encode(reg_key(7), &record, &out);
	raw_put(raw, TABLE_RECORDS, at, out);
	buf_free(&buf);
}

static void remove_record_there(struct raw *raw)
{
	struct record record = {.removed = true, .slot = 6};
	struct buf out = {0};

	record_encode(reg_key(7), &record, &out);
	raw_put(raw, TABLE_RECORDS, place_of(reg_key(7)), out);
}

static void lose_record_there(struct raw *raw)
{
	raw_del(raw, TABLE_RECORDS, place_of(reg_key(7)));
}

static void break_record_there(struct raw *raw)
{
	raw_flip(raw, TABLE_RECORDS, place_of(reg_key(7)), 12);
}

static void move_slot_there(struct raw *raw)
{
	struct place at = place_of(reg_key(7));
	struct buf buf = raw_get(raw, TABLE_RECORDS, at), out = {0};
	struct record record;

	assert_true(record_decode(reg_key(7), slice_of(&buf), &record));
	record.slot = 7;
	record_encode(reg_key(7), &record, &out);
	raw_put(raw, TABLE_RECORDS, at, out);
	buf_free(&buf);
}

static void lose_event_there(struct raw *raw)
{
	raw_del(raw, TABLE_EVENTS, place_pair(2, reg_key(3)));
}

static void change_batch_there(struct raw *raw)
{
	struct buf buf = raw_get(raw, TABLE_BATCHES, place_of(2)), out = {0};
	struct arena arena = {0};
	struct batch batch;
	struct stamp stamp;

	assert_true(batch_decode(2, slice_of(&buf), &arena, &batch, &stamp));
	batch.who.name = "bob";
	batch_encode(&batch, &stamp, &out);
	raw_put(raw, TABLE_BATCHES, place_of(2), out);
	arena_free(&arena);
	buf_free(&buf);
}

static void change_operation_there(struct raw *raw)
{
	struct buf buf = raw_get(raw, TABLE_BATCHES, place_of(2)), out = {0};
	struct arena arena = {0};
	struct batch batch;
	struct stamp stamp;

	assert_true(batch_decode(2, slice_of(&buf), &arena, &batch, &stamp));
	stamp.operation[7] ^= 1;
	batch_encode(&batch, &stamp, &out);
	raw_put(raw, TABLE_BATCHES, place_of(2), out);
	arena_free(&arena);
	buf_free(&buf);
}

static void add_user_there(struct raw *raw)
{
	const struct user user = {2999, "y", ACCESS_ADMIN, 1, 1};
	struct buf buf = {0};

	user_encode(&user, &buf);
	raw_put(raw, TABLE_USERS, place_of(2999), buf);
}

static void change_head_there(struct raw *raw)
{
	struct buf buf = raw_get(raw, TABLE_META, place_name("state"));
	struct state state;

	assert_true(state_decode(slice_of(&buf), &state));
	state.chain[31] ^= 1;
	state_encode(&state, &buf);
	raw_put(raw, TABLE_META, place_name("state"), buf);
}

static void give_roles_there(struct raw *raw)
{
	struct buf buf = raw_get(raw, TABLE_META, place_name("format"));
	struct buf out = {0};
	struct format format;

	assert_true(format_decode(slice_of(&buf), &format));
	format.roles = true;
	format_encode(&format, &out);
	raw_put(raw, TABLE_META, place_name("format"), out);
	buf_free(&buf);
}

static void every_difference_is_named(void **state)
{
	static const struct {
		void (*plant)(struct raw *raw);
		const char *sentences;
	} cases[] = {
		{change_status_there, "十四届三次第7号：状态不同\n"},
		{change_revision_there, "十四届三次第7号：修订、批次不同\n"},
		{change_record_there, "十四届三次第7号：案由、落实情况不同\n"},
		{remove_record_there, "十四届三次第7号：记录不同\n"},
		{lose_record_there, "十四届三次第7号：那边里没有\n"},
		{break_record_there, "十四届三次第7号：记录不同\n"},
		{move_slot_there, "十四届三次第7号：记录不同\n"},
		{lose_event_there,
		 "十四届三次第3号在批次 2 的历史：那边里没有\n"},
		{change_batch_there, "批次 2不同\n"},
		{change_operation_there, "批次 2不同\n"},
		{add_user_there, "用户 2999：只有那边里有\n"},
		{change_head_there, "历史校验值不同\n"},
		{give_roles_there, "一个启用了权限，另一个没有\n"},
	};

	teardown(state);
	for (size_t i = 0; i < LENGTH(cases); i++) {
		setup(state);
		struct scene *scene = *state;
		/* Nobody has a role there, and root needs none. */
		if (cases[i].plant != give_roles_there || !getuid()) {
			plant(scene->other, cases[i].plant);
			assert_told(scene, cases[i].sentences);
		}
		if (i + 1 < LENGTH(cases))
			teardown(state);
	}
}

static void what_only_one_has_is_told_from_both_sides(void **state)
{
	struct scene *scene = *state;

	reg_open(scene->other);
	reg_edit(scene->other,
		 reg_put(reg_proposal(scene->other, 99, "filed"), 0));
	reg_close(scene->other);
	assert_told(scene, "十四届三次第99号：只有那边里有\n"
			   "十四届三次第99号在批次 4 的历史：只有那边里有\n"
			   "批次 4：只有那边里有\n"
			   "历史校验值不同\n");
	struct reg *reg = scene->reg;
	scene->reg = scene->other;
	scene->other = reg;
	assert_told(scene, "十四届三次第99号：那边里没有\n"
			   "十四届三次第99号在批次 4 的历史：那边里没有\n"
			   "批次 4：那边里没有\n"
			   "历史校验值不同\n");
}

static void a_file_will_do_and_itself_will_not(void **state)
{
	struct scene *scene = *state;
	struct reg *reg = scene->reg;
	struct store *other;
	char path[128];

	reg_open(reg);
	snprintf(path, sizeof(path), "%s/data.mdb", scene->other->dir);
	assert_ok(reg, store_open_other(&other, reg->store, path, &reg->err));
	store_close(other);
	snprintf(path, sizeof(path), "%s/data.mdb", reg->dir);
	assert_false(store_open_other(&other, reg->store, path, &reg->err));
	assert_int_equal(reg->err.code, ERR_USAGE);
	assert_false(store_open_other(&other, reg->store, reg->dir, &reg->err));
	assert_int_equal(reg->err.code, ERR_USAGE);
	assert_says(reg, "自己");
	snprintf(path, sizeof(path), "%s/link", scene->other->dir);
	assert_int_equal(symlink(reg->dir, path), 0);
	assert_false(store_open_other(&other, reg->store, path, &reg->err));
	assert_int_equal(reg->err.code, ERR_USAGE);
	assert_false(
		store_open_other(&other, reg->store, "/dev/null", &reg->err));
	assert_false(
		store_open_other(&other, reg->store, "/no/such", &reg->err));
	assert_says(reg, "/no/such");
	reg_check(reg);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(a_copy_is_the_same),
		TEST(how_the_file_is_laid_out_plays_no_part),
		TEST(every_difference_is_named),
		TEST(what_only_one_has_is_told_from_both_sides),
		TEST(a_file_will_do_and_itself_will_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
