/* Damage where a call has no way to fail: it is told of later, and always. */
#include "query/lookup.h"
#include "raw.h"

enum { COUNT = 40, GONE = 8, REVIVED = 10 };

/* 7 was edited and filed after it; 8 was removed; 10 was made anew. */
static void fill(struct reg *reg)
{
	reg_fill(reg, COUNT, "received");
	struct proposal p = reg_get(reg, 7);
	p.category = "economy";
	reg_edit(reg, reg_put(&p, 1));
	reg_edit(reg, reg_status(7, 2, "filed"));
	reg_edit(reg, reg_remove(GONE, 1));
	reg_edit(reg, reg_remove(REVIVED, 1));
	struct proposal *again = reg_proposal(reg, REVIVED, "received");
	again->title = "另一件事";
	reg_edit(reg, reg_put(again, 0));
}

static int setup(void **state)
{
	struct reg *reg = reg_new();

	fill(reg);
	*state = reg;
	return 0;
}

static int teardown(void **state)
{
	reg_free(*state);
	return 0;
}

typedef void plant_fn(struct raw *raw, uint32_t arg);

static void plant(struct reg *reg, plant_fn *how, uint32_t arg)
{
	reg_close(reg);
	struct raw raw = raw_open(reg);
	how(&raw, arg);
	raw_close(&raw);
	reg_open(reg);
}

static void assert_sound(struct reg *reg, const struct reading *r)
{
	if (!reading_sound(r, &reg->err))
		fail_msg("%s", reg->err.text);
}

static void assert_doubt(struct reg *reg, const struct reading *r,
			 const char *words)
{
	assert_false(reading_sound(r, &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, words);
}

static void flip_chunk(struct raw *raw, uint32_t column)
{
	raw_flip(raw, TABLE_COLUMNS, place_byte(column, 0), CHUNK_HEADER + 3);
}

static void lose_chunk(struct raw *raw, uint32_t column)
{
	raw_del(raw, TABLE_COLUMNS, place_byte(column, 0));
}

static void a_damaged_column_reads_as_nothing_and_is_told(void **state)
{
	static plant_fn *const how[] = {flip_chunk, lose_chunk};

	(void)state;
	for (unsigned i = 0; i < 2 * COLUMN_COUNT; i++) {
		enum column column = i / 2;
		struct reg *reg = reg_new();

		fill(reg);
		plant(reg, how[i % 2], column);
		struct reading *r = reg_begin(reg);
		assert_sound(reg, r);
		for (uint32_t slot = 0; slot < COUNT; slot++)
			assert_int_equal(reading_value(r, column, slot), 0);
		assert_doubt(reg, r, column_label(column));
		assert_says(reg, "--repair");
		reading_end(r);
		reg_free(reg);
	}
}

static void behind_the_last_slot_there_is_nothing_to_doubt(void **state)
{
	struct reg *reg = *state;
	struct reading *r = reg_begin(reg);

	assert_int_equal(reading_value(r, COLUMN_KEY, 5000), 0);
	assert_int_equal(reading_texts(r, 900).ends[0], 0);
	assert_sound(reg, r);
	reading_end(r);
}

static void flip_texts(struct raw *raw, uint32_t segment)
{
	raw_flip(raw, TABLE_TEXTS, place_of(segment), TEXTS_HEADER + 5);
}

static void lose_texts(struct raw *raw, uint32_t segment)
{
	raw_del(raw, TABLE_TEXTS, place_of(segment));
}

static void damaged_texts_read_as_nothing_and_are_told(void **state)
{
	static plant_fn *const how[] = {flip_texts, lose_texts};

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		struct reg *reg = reg_new();

		fill(reg);
		plant(reg, how[i], 1);
		struct reading *r = reg_begin(reg);
		assert_true(reading_texts(r, 0).ends[TEXT_SLOTS - 1] > 0);
		assert_sound(reg, r);
		assert_int_equal(reading_texts(r, 1).ends[TEXT_SLOTS - 1], 0);
		assert_doubt(reg, r, "检索文本");
		reading_end(r);
		reg_free(reg);
	}
}

static void flip_code(struct raw *raw, uint32_t id)
{
	raw_flip(raw, TABLE_DICT, place_byte(DICT_STATUS, id), 1);
}

static void a_damaged_code_is_told(void **state)
{
	struct reg *reg = *state;

	plant(reg, flip_code, 2);
	struct reading *r = reg_begin(reg);
	assert_int_equal(reading_dict(r, DICT_CATEGORY).count, 2);
	assert_sound(reg, r);
	assert_int_equal(reading_dict(r, DICT_STATUS).count, 3);
	assert_doubt(reg, r, "字典");
	reading_end(r);
}

/* What stood on the screen a key ago was made of it. */
static void a_doubt_lasts_until_the_store_changes(void **state)
{
	struct reg *reg = *state;

	plant(reg, flip_chunk, COLUMN_RESULT);
	struct reading *r = reg_begin(reg);
	assert_int_equal(reading_value(r, COLUMN_RESULT, 0), 0);
	reading_end(r);
	r = reg_begin(reg);
	assert_doubt(reg, r, "办理结果");
	reading_end(r);
	reg_edit(reg, reg_status(5, 1, "filed"));
	r = reg_begin(reg);
	assert_sound(reg, r);
	reading_value(r, COLUMN_RESULT, 0);
	assert_doubt(reg, r, "办理结果");
	reading_end(r);
}

static void lose_record(struct raw *raw, uint32_t number)
{
	raw_del(raw, TABLE_RECORDS, place_of(reg_key(number)));
}

static void a_lost_record_is_not_a_number_that_is_not_there(void **state)
{
	const key absent[] = {reg_key(GONE), reg_key(900)};
	const key all[] = {reg_key(5), reg_key(GONE), reg_key(900)};
	struct reg *reg = *state;
	uint32_t slot;

	plant(reg, lose_record, 5);
	struct reading *r = reg_begin(reg);
	assert_false(reading_find(r, reg_key(5), &slot));
	reading_prove_absent(r, NULL, 0);
	reading_prove_absent(r, absent, 2);
	assert_sound(reg, r);
	reading_prove_absent(r, all, 3);
	assert_doubt(reg, r, "第5号");
	reading_end(r);
}

static void looking_a_lost_record_up_tells_of_it(void **state)
{
	struct reg *reg = *state;
	struct lookup found;
	struct lookup_list list;

	plant(reg, lose_record, 5);
	struct reading *r = reg_begin(reg);
	lookup_one(r, "900", session_make(14, 3), &found);
	assert_false(found.found);
	assert_sound(reg, r);
	lookup_one(r, "5", session_make(14, 3), &found);
	assert_false(found.found);
	assert_doubt(reg, r, "第5号");
	reading_end(r);
	reg_close(reg);
	reg_open(reg);
	r = reg_begin(reg);
	assert_ok(reg, lookup_list(r, "1、8、900", session_make(14, 3),
				   &reg->arena, &list, &reg->err));
	assert_int_equal(list.unknown_count, 2);
	assert_sound(reg, r);
	assert_ok(reg, lookup_list(r, "1-9", session_make(14, 3), &reg->arena,
				   &list, &reg->err));
	assert_doubt(reg, r, "第5号");
	reading_end(r);
}

static void set_record(struct raw *raw, uint32_t number, enum field_id field,
		       const char *text)
{
	struct place at = place_of(reg_key(number));
	struct buf buf = raw_get(raw, TABLE_RECORDS, at), out = {0};
	struct record record;

	assert_true(record_decode(reg_key(number), slice_of(&buf), &record));
	record.content.of[field] = slice_text(text);
	record_encode(reg_key(number), &record, &out);
	raw_put(raw, TABLE_RECORDS, at, out);
	buf_free(&buf);
}

/* An edit before the last, which was of the status only, is not there. */
static void age_record(struct raw *raw, uint32_t number)
{
	set_record(raw, number, FIELD_CATEGORY, "");
}

/* As it was in its first life. */
static void age_life(struct raw *raw, uint32_t number)
{
	set_record(raw, number, FIELD_TITLE, "关于第10件事的建议");
}

static void age_status(struct raw *raw, uint32_t number)
{
	set_column(raw, COLUMN_STATUS, number - 1, 1);
}

static void age_revision(struct raw *raw, uint32_t number)
{
	set_column(raw, COLUMN_REVISION, number - 1, 2);
}

static void age_batch(struct raw *raw, uint32_t number)
{
	set_column(raw, COLUMN_BATCH, number - 1, 2);
}

/* Pages of before, brought back by a disk, have right checksums. */
static void what_is_older_than_its_history_is_refused(void **state)
{
	static const struct {
		plant_fn *how;
		uint32_t number;
	} cases[] = {
		{age_record, 7},   {age_life, REVIVED}, {age_status, 7},
		{age_revision, 7}, {age_batch, 7},
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct reg *reg = reg_new();
		char label[64];
		struct proposal p;

		fill(reg);
		plant(reg, cases[i].how, cases[i].number);
		struct reading *r = reg_begin(reg);
		assert_ok(reg,
			  reading_proposal(r, 0, &reg->arena, &p, &reg->err));
		assert_false(reading_proposal(r, cases[i].number - 1,
					      &reg->arena, &p, &reg->err));
		assert_int_equal(reg->err.code, ERR_STORE);
		key_label(reg_key(cases[i].number), 0, label);
		assert_says(reg, label);
		reading_end(r);
		reg_free(reg);
	}
}

/* A caller that goes on from the key of what it got would never end. */
static void share_slot(struct raw *raw, uint32_t number)
{
	struct place at = place_of(reg_key(number));
	struct buf buf = raw_get(raw, TABLE_RECORDS, at), out = {0};
	struct record record;

	assert_true(record_decode(reg_key(number), slice_of(&buf), &record));
	record.slot = 0;
	record_encode(reg_key(number), &record, &out);
	raw_put(raw, TABLE_RECORDS, at, out);
	buf_free(&buf);
}

static void the_next_proposal_is_one_behind(void **state)
{
	struct reg *reg = *state;
	uint32_t slot;

	plant(reg, share_slot, 6);
	struct reading *r = reg_begin(reg);
	assert_true(reading_next(r, reg_key(5), &slot));
	assert_int_equal(slot, 4);
	assert_sound(reg, r);
	assert_false(reading_next(r, reg_key(6), &slot));
	assert_doubt(reg, r, "记录");
	reading_end(r);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_damaged_column_reads_as_nothing_and_is_told),
		TEST(behind_the_last_slot_there_is_nothing_to_doubt),
		cmocka_unit_test(damaged_texts_read_as_nothing_and_are_told),
		TEST(a_damaged_code_is_told),
		TEST(a_doubt_lasts_until_the_store_changes),
		TEST(a_lost_record_is_not_a_number_that_is_not_there),
		TEST(looking_a_lost_record_up_tells_of_it),
		cmocka_unit_test(what_is_older_than_its_history_is_refused),
		TEST(the_next_proposal_is_one_behind),
	};

	return cmocka_run_group_tests_name("sound", tests, NULL, NULL);
}
