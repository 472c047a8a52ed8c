#include "query/lookup.h"

#include "desk.h"

static struct desk *desk;
static session current;

static void merge(struct proposal *p, unsigned meeting, uint32_t into)
{
	p->merged_into = desk_key(meeting, into);
}

/*
 * 1-5, 23 and 173 of 14-3; 23 in 14-1 to 14-2 as well and in 14-4;
 * 2 -> 3 -> 4, 5 -> 5, 6 -> 7 -> 11 -> 6, 8 -> 99 which is not there; 9 was removed.
 */
static int start(void **state)
{
	static const uint32_t numbers[] = {1, 2, 3, 4,  5,   6,
					   7, 8, 9, 23, 173, 11};
	const struct proposal *all[LENGTH(numbers) + 3];
	struct proposal *p[LENGTH(numbers)];
	(void)state;

	desk = desk_open();
	current = session_make(14, 3);
	for (size_t i = 0; i < LENGTH(numbers); i++)
		all[i] = p[i] =
			desk_new(desk, desk_key(3, numbers[i]), "received");
	all[12] = desk_new(desk, desk_key(2, 23), "received");
	all[13] = desk_new(desk, desk_key(1, 23), "received");
	all[14] = desk_new(desk, desk_key(4, 23), "received");
	merge(p[1], 3, 3);
	merge(p[2], 3, 4);
	merge(p[4], 3, 5);
	merge(p[5], 3, 7);
	merge(p[6], 3, 11);
	merge(p[11], 3, 6);
	merge(p[7], 3, 99);
	desk_put(desk, 1, all, LENGTH(all));
	struct edit gone = {
		.key = desk_key(3, 9), .kind = EDIT_REMOVE, .revision = 1};
	desk_commit(desk, 1, BATCH_UNDO, &gone, 1);
	desk_read(desk);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	desk_done(desk);
	desk_close(desk);
	return 0;
}

static key key_at(uint32_t slot)
{
	return reading_value(desk->reading, COLUMN_KEY, slot);
}

static void leads_to_the_main_proposal(void **state)
{
	static const struct {
		const char *text;
		uint32_t asked, slot_of, into; /* 0: none */
	} cases[] = {
		{"1", 1, 1, 0},      {"第１号", 1, 1, 0}, {"2", 2, 4, 4},
		{"14-3-3", 3, 4, 4}, {"5", 5, 5, 0},      {"6", 6, 6, 0},
		{"8", 8, 8, 99},     {"174", 174, 0, 0},  {"9", 9, 0, 0},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct lookup found;

		lookup_one(desk->reading, cases[i].text, current, &found);
		assert_int_equal(found.key, desk_key(3, cases[i].asked));
		assert_int_equal(found.found, cases[i].slot_of != 0);
		if (found.found)
			assert_int_equal(key_at(found.slot),
					 desk_key(3, cases[i].slot_of));
		assert_int_equal(found.merged_into,
				 cases[i].into ? desk_key(3, cases[i].into)
					       : KEY_NONE);
		assert_int_equal(found.elsewhere_count, 0);
	}
}

static void knows_when_it_is_no_number_yet(void **state)
{
	static const char *const texts[] = {
		"", " ", "第", "14-", "汽车", "1-4", "1 2", "0", "9999999"};
	(void)state;

	for (size_t i = 0; i < LENGTH(texts); i++) {
		struct lookup found;

		lookup_one(desk->reading, texts[i], current, &found);
		assert_int_equal(found.key, KEY_NONE);
		assert_false(found.found);
	}
}

static void tells_the_same_number_elsewhere(void **state)
{
	struct lookup found;
	(void)state;

	lookup_one(desk->reading, "23", current, &found);
	assert_true(found.found);
	assert_int_equal(found.elsewhere_count, 3);
	assert_int_equal(found.elsewhere[0], desk_key(4, 23));
	assert_int_equal(found.elsewhere[1], desk_key(2, 23));
	assert_int_equal(found.elsewhere[2], desk_key(1, 23));
	lookup_one(desk->reading, "23", session_make(13, 1), &found);
	assert_false(found.found);
	assert_int_equal(found.elsewhere_count, 4);
}

static void keeps_the_newest_eight(void **state)
{
	static const uint32_t terms[] = {9, 11, 1, 13, 2, 12, 10, 8, 3};
	struct desk *many = desk_open();
	struct lookup found;
	(void)state;

	for (size_t i = 0; i < LENGTH(terms); i++)
		desk_add(many, key_make(session_make(terms[i], 1), 7),
			 "received");
	desk_read(many);
	lookup_one(many->reading, "14-3-7", current, &found);
	assert_int_equal(found.elsewhere_count, 8);
	assert_int_equal(found.elsewhere[0], key_make(session_make(13, 1), 7));
	assert_int_equal(found.elsewhere[7], key_make(session_make(2, 1), 7));
	for (size_t i = 1; i < 8; i++)
		assert_true(found.elsewhere[i - 1] > found.elsewhere[i]);
	desk_done(many);
	desk_close(many);
}

static void expect_words(const char *text, const char *expected)
{
	struct arena arena = {0};
	struct lookup_list list;
	struct buf words = {0};

	OK(lookup_list(desk->reading, text, current, &arena, &list, err));
	lookup_words(&list, current, &words);
	if (strcmp(buf_text(&words), expected) != 0)
		fail_msg("“%s”: %s", text, buf_text(&words));
	buf_free(&words);
	arena_free(&arena);
}

static void reports_on_a_list(void **state)
{
	static const struct {
		const char *text, *words;
	} cases[] = {
		{"1", "找到 1 件"},
		{"173、23,1", "找到 3 件"},
		{"1、172—176号", "找到 2 件；没有：172、174、175、176 号"},
		{"4、1、4、4、1", "找到 2 件；重复：1、4 号"},
		{"2、4", "找到 2 件；已并案：2 号"},
		{"300 200 300 201 202",
		 "找到 0 件；没有：200、201、202、300 号"},
		{"200-204", "找到 0 件；没有：200—204 号"},
		{"1-10",
		 "找到 8 件；没有：9、10 号；已并案：2、3、5、6、7、8 号"},
		{"14-1-23、14-1-24、14-1-25、14-2-1 14-3-500",
		 "找到 1 件；没有：十四届一次第24、25号、十四届二次第1号、500 "
		 "号"},
		{"1-5000", "找到 11 件；已并案：2、3、5、6、7、8、11 号"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++)
		expect_words(cases[i].text, cases[i].words);
}

static void names_only_so_many(void **state)
{
	struct buf text = {0}, words = {0};
	(void)state;

	buf_str(&words, "找到 0 件；没有：");
	for (unsigned i = 0; i < 100; i++)
		buf_printf(&text, "%u ", 1000 + 2 * i);
	for (unsigned i = 0; i < 20; i++)
		buf_printf(&words, "%s%u", i ? "、" : "", 1000 + 2 * i);
	buf_str(&words, " 号等 100 个");
	expect_words(buf_text(&text), buf_text(&words));
	buf_free(&text);
	buf_free(&words);
}

static void gives_slots_in_the_order_written(void **state)
{
	struct arena arena = {0};
	struct lookup_list list;
	(void)state;

	OK(lookup_list(desk->reading, "173、2、1、2", current, &arena, &list,
		       err));
	assert_int_equal(list.count, 3);
	assert_int_equal(key_at(list.slots[0]), desk_key(3, 173));
	assert_int_equal(key_at(list.slots[1]), desk_key(3, 2));
	assert_int_equal(key_at(list.slots[2]), desk_key(3, 1));
	arena_free(&arena);
}

static void refuses_what_is_no_list(void **state)
{
	struct arena arena = {0};
	struct lookup_list list;
	struct buf huge = {0};
	struct err err = {0};
	(void)state;

	assert_false(lookup_list(desk->reading, "1、汽车", current, &arena,
				 &list, &err));
	assert_int_equal(err.code, ERR_USAGE);
	for (int i = 0; i < 11; i++)
		buf_str(&huge, "1-100000 ");
	assert_false(lookup_list(desk->reading, buf_text(&huge), current,
				 &arena, &list, &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_non_null(strstr(err.text, "一次最多找 1000000 个编号"));
	buf_free(&huge);
	arena_free(&arena);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(leads_to_the_main_proposal),
		cmocka_unit_test(knows_when_it_is_no_number_yet),
		cmocka_unit_test(tells_the_same_number_elsewhere),
		cmocka_unit_test(keeps_the_newest_eight),
		cmocka_unit_test(reports_on_a_list),
		cmocka_unit_test(names_only_so_many),
		cmocka_unit_test(gives_slots_in_the_order_written),
		cmocka_unit_test(refuses_what_is_no_list),
	};
	return cmocka_run_group_tests_name("lookup", tests, start, stop);
}
