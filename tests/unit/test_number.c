#include "domain/number.h"

#include <string.h>

#include "base/buf.h"
#include "unit.h"

#define CURRENT session_make(14, 3)

/* "4 173 161-165", with the session before those of another: 14-2-9. */
static void describe(const struct numbers *numbers, struct buf *out)
{
	for (size_t i = 0; i < numbers->count; i++) {
		key first = numbers->items[i].first;
		key last = numbers->items[i].last;
		char text[16];

		key_format(first, text);
		buf_printf(out, "%s%s", i ? " " : "",
			   key_session(first) == CURRENT
				   ? strrchr(text, '-') + 1
				   : text);
		if (last != first)
			buf_printf(out, "-%u", key_number(last));
	}
}

static void expect_list(const char *text, const char *expected)
{
	struct arena arena = {0};
	struct numbers numbers;
	struct buf got = {0};
	struct err err = {0};

	if (number_list(text, CURRENT, &arena, &numbers, &err))
		describe(&numbers, &got);
	else
		buf_printf(&got, "%s", err.text);
	if (strcmp(buf_text(&got), expected) != 0)
		fail_msg("%s: %s, not %s", text, buf_text(&got), expected);
	assert_int_equal(number_only(text, CURRENT), err.code == ERR_NONE);
	buf_free(&got);
	arena_free(&arena);
}

static void reads_numbers_as_typed(void **state)
{
	static const char *const forms[] = {
		"173",
		"第173号",
		"１７３",
		"0173",
		"No.173",
		"no 173",
		"ＮＯ．１７３",
		"№173",
		"#173",
		"＃173",
		"一百七十三",
		"一七三",
		"14-3-173",
		"14-3-第173号",
		"十四届三次173",
		"第 173 号",
		" 173\n",
		"173号提案",
		"173 號",
		"提案第173号",
		"编号：173",
		"案号 173",
		"(第173号)",
		"（第173号）",
		"【173】",
		"14届3次173",
		"１４－３－１７３",
		"14—3—173",
		"173。",
		"173.",
		"173．",
		"\uFEFF173",
		"173、",
		"十四届三次第173号",
		"第十四届第三次会议第173号",
		"市政协十四届三次会议第173号提案",
		"十四届三次会议：173",
		"十四届三次提案173号",
		"十四届三次-173",
		"14 - 3 - 173",
		"十四届（三次）173",
		"\u3000173\u00a0",
		"\u200B173\u2003",
		"\u202F173\u205F",
		"No：173",
	};
	(void)state;

	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		struct err err = {0};
		key k = KEY_NONE;

		expect_list(forms[i], "173");
		if (!number_one(forms[i], CURRENT, &k, &err))
			fail_msg("%s: %s", forms[i], err.text);
		assert_int_equal(k, key_make(CURRENT, 173));
	}
}

static void reads_pasted_lists(void **state)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{"4、173、23,36，161—165号", "4 173 23 36 161-165"},
		{"第4号、第173号", "4 173"},
		{"第4号第173号", "4 173"},
		{"第4、173、23号提案", "4 173 23"},
		{"4 173\t23\r\n36;5；6。7和8及9与10以及11",
		 "4 173 23 36 5 6 7 8 9 10 11"},
		{"编号\n4\n173\n", "4 173"},
		{"4，4，4", "4 4 4"},
		{"四、一百七十三", "4 173"},
		{"(4),(173)", "4 173"},
		{"、、4、、", "4"},
		{"4、173.", "4 173"},
	};
	(void)state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		expect_list(cases[i].text, cases[i].expected);
}

static void reads_ranges(void **state)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{"161-165", "161-165"},
		{"１６１－１６５", "161-165"},
		{"161—165号", "161-165"},
		{"161–165", "161-165"},
		{"161——165", "161-165"},
		{"161~165", "161-165"},
		{"161～165", "161-165"},
		{"161 - 165", "161-165"},
		{"161至165", "161-165"},
		{"161到165号", "161-165"},
		{"第161号至第165号", "161-165"},
		{"第161号—第165号、8", "161-165 8"},
		{"一百六十一至一百六十五号", "161-165"},
		{"14-3-161-165", "161-165"},
		{"14-3-161至14-3-165", "161-165"},
		{"4-4", "4"},
		{"4-8", "4-8"},
		{"4-8 12", "4-8 12"},
		{"4-8-12", "4-8-12"}, /* 四届八次第12号 */
		{"1-100000", "1-100000"},
	};
	(void)state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		expect_list(cases[i].text, cases[i].expected);
}

static void a_named_session_holds_until_the_next(void **state)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{"十四届二次4、173号", "14-2-4 14-2-173"},
		{"8、十四届二次4、173号", "8 14-2-4 14-2-173"},
		{"十四届二次4、5，十四届三次4、5", "14-2-4 14-2-5 4 5"},
		{"14-2-9、10", "14-2-9 14-2-10"},
		{"十四届二次\n4\n173", "14-2-4 14-2-173"},
		{"十四届二次会议的提案：4、173", "14-2-4 14-2-173"},
	};
	(void)state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		expect_list(cases[i].text, cases[i].expected);
}

static void refuses_what_is_no_number_and_names_it(void **state)
{
	static const struct {
		const char *text, *named;
	} cases[] = {
		{"", "没有编号"},
		{" \n、", "没有编号"},
		{"提案", "没有编号"},
		{"停车", "“停车”"},
		{"4、停车、5", "“停车”"},
		{"173abc", "“173abc”"},
		{"-1", "“-1”"},
		{"- 161\n- 165", "“-”"},
		{"4号楼", "楼"},
		{"0", "“0”不是编号：编号从 1 到 999999"},
		{"第0号", "“第0号”不是编号：编号从 1 到"},
		{"4、1000000号", "“1000000号”"},
		{"99999999999999999999", "太大"},
		{"1.5", "“1.5”"},
		{"1. 第4号", "“1.”"},
		{"14-3", "“14-3”前大后小"},
		{"165-161", "“165-161”前大后小"},
		{"14-3-5-4", "前大后小"},
		{"161-", "“161-”"},
		{"161-165-170", "“161-165-170”"},
		{"14-3-", "“14-3-”"},
		{"2024-10-04", "前大后小"},
		{"1-100001", "一个范围最多 100000 个"},
		{"14-2-9至14-3-9", "跨了两个届次"},
		{"十四届三次", "“十四届三次”"},
		{"5件", "“5件”"},
		{"第4号、第173号等2件", "“等2件”"},
		{"第173号 关于停车的建议", "“关于停车的建议”"},
		{"《关于停车的建议》（第173号）", "“《关于停车的建议》”"},
		{"第三界别活动组", "“第三界别活动组”"},
		{"２０２４年", "“２０２４年”"},
		{"\x1B"
		 "c",
		 "“^[c”"},
		{"4、\xFF\xFE", "FF"},
		{"关于加快培育汽车产业标志性产业链打造科技赋能新引擎的建议",
		 "“关于加快培育汽车产业标志性产业链打造科技…”"},
	};
	(void)state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena arena = {0};
		struct numbers numbers;
		struct err err = {0};

		if (number_list(cases[i].text, CURRENT, &arena, &numbers, &err))
			fail_msg("%s was read", cases[i].text);
		assert_int_equal(err.code, ERR_USAGE);
		if (!strstr(err.text, cases[i].named))
			fail_msg("%s: %s", cases[i].text, err.text);
		assert_int_equal(numbers.count, 0);
		assert_false(number_only(cases[i].text, CURRENT));
		arena_free(&arena);
	}
}

static void one_number_is_neither_list_nor_range(void **state)
{
	static const char *const texts[] = {"4 5", "4-5", "", "十四届三次",
					    "4、5号"};
	(void)state;

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct err err = {0};
		key k = 99;

		assert_false(number_one(texts[i], CURRENT, &k, &err));
		assert_int_equal(err.code, ERR_USAGE);
		assert_int_equal(k, 99);
	}
}

static void a_key_has_a_session_and_a_number(void **state)
{
	const key k = key_make(session_make(99, 31), NUMBER_MAX);
	(void)state;

	assert_int_equal(key_session(k), session_make(99, 31));
	assert_int_equal(key_number(k), NUMBER_MAX);
	assert_int_equal(key_make(0, 1), KEY_NONE);
	assert_int_equal(key_make(CURRENT, 0), KEY_NONE);
	assert_int_equal(key_make(CURRENT, NUMBER_MAX + 1), KEY_NONE);
	assert_int_equal(key_make(1u << 12, 1), KEY_NONE);
}

static void without_a_session_a_number_must_name_one(void **state)
{
	struct err err = {0};
	key k;
	(void)state;

	assert_false(number_one("173", 0, &k, &err));
	assert_non_null(strstr(err.text, "届次"));
	assert_true(number_one("14-3-173", 0, &k, &err));
	assert_int_equal(k, key_make(CURRENT, 173));
}

/* A quadratic reader would need minutes for these. */
static void reads_a_megabyte_in_one_go(void **state)
{
	static const struct {
		const char *piece;
		size_t each; /* numbers in it; 0: the text is refused */
	} cases[] = {
		{"4、173号 ", 2}, {"1 ", 1},   {" ", 0},           {"9", 0},
		{"第", 0},        {"1-", 0},   {"14-3-", 0},       {".", 0},
		{"一", 0},        {"提案", 0}, {"14-3-5,", 1},     {"(", 0},
		{"14届", 0},      {"—", 0},    {"1　　　　　", 1},
	};
	(void)state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		size_t times = (1u << 20) / strlen(cases[i].piece);
		struct arena arena = {0};
		struct numbers numbers;
		struct buf text = {0};
		struct err err = {0};

		for (size_t n = 0; n < times; n++)
			buf_str(&text, cases[i].piece);
		assert_int_equal(
			number_list(text.data, CURRENT, &arena, &numbers, &err),
			cases[i].each != 0);
		assert_int_equal(numbers.count, cases[i].each * times);
		buf_free(&text);
		arena_free(&arena);
	}
}

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

static void survives_any_bytes(void **state)
{
	static const char *const words[] = {
		"1",  "14",   "3",    "173", "-",  "—",   "至", "第",   "号",
		"、", "十",   "百",   "届",  "次", "No.", "#",  " ",    "提案",
		"(",  "\xE4", "\xFF", "０",  ".",  "0",   "\n", "会议", "：",
	};
	uint32_t seed = 7;
	size_t read = 0;
	(void)state;

	for (int round = 0; round < 20000; round++) {
		struct arena arena = {0};
		struct numbers numbers;
		struct buf text = {0};
		struct err err = {0};

		for (uint32_t n = next_random(&seed) % 12; n; n--)
			buf_str(&text, words[next_random(&seed) %
					     (sizeof(words) / sizeof(*words))]);
		if (number_list(buf_text(&text), CURRENT, &arena, &numbers,
				&err)) {
			assert_true(numbers.count > 0);
			read++;
		} else {
			assert_int_equal(err.code, ERR_USAGE);
		}
		for (size_t i = 0; i < numbers.count; i++) {
			assert_true(numbers.items[i].first <=
				    numbers.items[i].last);
			assert_int_not_equal(numbers.items[i].first, KEY_NONE);
		}
		buf_free(&text);
		arena_free(&arena);
	}
	assert_true(read > 100);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_numbers_as_typed),
		cmocka_unit_test(reads_pasted_lists),
		cmocka_unit_test(reads_ranges),
		cmocka_unit_test(a_named_session_holds_until_the_next),
		cmocka_unit_test(refuses_what_is_no_number_and_names_it),
		cmocka_unit_test(one_number_is_neither_list_nor_range),
		cmocka_unit_test(a_key_has_a_session_and_a_number),
		cmocka_unit_test(without_a_session_a_number_must_name_one),
		cmocka_unit_test(reads_a_megabyte_in_one_go),
		cmocka_unit_test(survives_any_bytes),
	};
	return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
