#include "base/numeral.h"

#include "unit.h"

static void reads_numbers_as_an_office_writes_them(void **state)
{
	static const struct {
		const char *text;
		uint32_t value;
		const char *rest;
	} cases[] = {
		{"173", 173, ""},
		{"１７３", 173, ""},
		{"1７3号", 173, "号"},
		{"0173", 173, ""},
		{"0", 0, ""},
		{"00000000000000000173", 173, ""},
		{"99999999", 99999999, ""},
		{"12.5", 12, ".5"},
		{"4、173", 4, "、173"},
		{"一百七十三", 173, ""},
		{"一七三", 173, ""},
		{"二〇二四年", 2024, "年"},
		{"二○二四", 2024, ""},
		{"二零二四", 2024, ""},
		{"〇", 0, ""},
		{"零", 0, ""},
		{"十", 10, ""},
		{"十四届", 14, "届"},
		{"二十", 20, ""},
		{"廿", 20, ""},
		{"廿三", 23, ""},
		{"卅一", 31, ""},
		{"一百廿三", 123, ""},
		{"两百", 200, ""},
		{"一百零五", 105, ""},
		{"一百〇五", 105, ""},
		{"一百五", 150, ""},
		{"一百五十", 150, ""},
		{"一百十三", 113, ""},
		{"一千二", 1200, ""},
		{"一千零二", 1002, ""},
		{"一千零二十", 1020, ""},
		{"两千零二十四", 2024, ""},
		{"一万", 10000, ""},
		{"一万五", 15000, ""},
		{"一万零五", 10005, ""},
		{"十万", 100000, ""},
		{"一百零二万三千", 1023000, ""},
		{"九千九百九十九万九千九百九十九", 99999999, ""},
		{"壹佰柒拾叁", 173, ""},
		{"三萬兩千", 32000, ""},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		const char *at = cases[i].text;
		uint32_t value = 0;

		if (!numeral_next(&at, &value))
			fail_msg("%s was not read", cases[i].text);
		if (value != cases[i].value)
			fail_msg("%s gave %u", cases[i].text, value);
		assert_string_equal(at, cases[i].rest);
	}
}

static void what_is_no_number_moves_nothing(void **state)
{
	static const char *const cases[] = {
		"",         "号",         " 1",
		"-1",       "100000000",  "99999999999999999999999",
		"一亿",     "三亿五千万", "一二三四五六七八九",
		"三十四五", "一百二百",   "十百",
		"百",       "万",         "千五",
		"一万万",   "零三万",     "一百零",
		"一千零万", "十十",       "3万",
		"十4",      "二〇2四",    "廿卅",
		"零零十",   "一十三四",   "\xE4\xB8",
		"\xFF",     "三万五万",   "零十",
		"abc",      "①",          "一百零零五",
		"一廿",     "一百五廿",
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		const char *at = cases[i];
		uint32_t value = 7;

		if (numeral_next(&at, &value))
			fail_msg("%s gave %u", cases[i], value);
		assert_ptr_equal(at, cases[i]);
		assert_int_equal(value, 7);
	}
}

static void reads_back_what_it_writes(void **state)
{
	(void)state;

	for (uint32_t i = 0; i <= 99; i++) {
		char text[10];
		const char *at = text;
		uint32_t value = 100;

		numeral_chinese(i, text);
		assert_true(numeral_next(&at, &value));
		assert_int_equal(value, i);
		assert_string_equal(at, "");
	}
}

static void writes_chinese_numerals(void **state)
{
	static const struct {
		uint32_t value;
		const char *text;
	} cases[] = {
		{0, "零"},      {1, "一"},    {9, "九"},
		{10, "十"},     {14, "十四"}, {20, "二十"},
		{99, "九十九"}, {100, "100"}, {UINT32_MAX, "999999999"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		char text[10];

		numeral_chinese(cases[i].value, text);
		assert_string_equal(text, cases[i].text);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_numbers_as_an_office_writes_them),
		cmocka_unit_test(what_is_no_number_moves_nothing),
		cmocka_unit_test(reads_back_what_it_writes),
		cmocka_unit_test(writes_chinese_numerals),
	};
	return cmocka_run_group_tests_name("numeral", tests, NULL, NULL);
}
