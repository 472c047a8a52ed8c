#include "query/span.h"

#include "fixture.h"

/* A Wednesday. */
static day today(void)
{
	return day_make(2024, 11, 20);
}

static void reads_and_writes_days(void **state)
{
	static const struct {
		const char *text, *english, *chinese;
	} cases[] = {
		{"2024-03-01", "2024-03-01", "2024-03-01"},
		{"2024年3月1日", "2024-03-01", "2024-03-01"},
		{"3月1日", "2024-03-01", "2024-03-01"},
		{"３月１日", "2024-03-01", "2024-03-01"},
		{"20240301", "2024-03-01", "2024-03-01"},
		{"10-4", "2024-10-04", "2024-10-04"},
		{" 2024/3/1 ", "2024-03-01", "2024-03-01"},
		{"2024-03", "2024-03", "2024-03"},
		{"2024年3月", "2024-03", "2024-03"},
		{"2024.12", "2024-12", "2024-12"},
		{"3月", "2024-03", "2024-03"},
		{"2024", "2024", "2024"},
		{"２０２４年", "2024", "2024"},
		{"二〇二四年", "2024", "2024"},
		{"7d", "7d", "7天"},
		{"７天", "7d", "7天"},
		{"+7D", "7d", "7天"},
		{"-30d", "-30d", "-30天"},
		{"－３０天", "-30d", "-30天"},
		{"三十天", "30d", "30天"},
		{"0d", "0d", "0天"},
		{"today", "today", "今天"},
		{"今日", "today", "今天"},
		{"Yesterday", "yesterday", "昨天"},
		{"明天", "tomorrow", "明天"},
		{"本周", "week", "本周"},
		{"last-week", "last-week", "上周"},
		{"上个月", "last-month", "上月"},
		{"本月", "month", "本月"},
		{"去年", "last-year", "去年"},
		{"无", "none", "无"},
		{"NONE", "none", "无"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct buf text = {0};
		struct span span, again;

		OK(span_parse(cases[i].text, today(), &span, err));
		span_format(span, false, &text);
		assert_string_equal(buf_text(&text), cases[i].english);
		buf_reset(&text);
		span_format(span, true, &text);
		assert_string_equal(buf_text(&text), cases[i].chinese);
		OK(span_parse(buf_text(&text), today(), &again, err));
		assert_int_equal(again.kind, span.kind);
		assert_int_equal(again.value, span.value);
		buf_free(&text);
	}
}

static void refuses_what_is_no_day(void **state)
{
	static const char *const cases[] = {"",           "x",
					    "2024-13",    "2024-02-30",
					    "1899",       "2080",
					    "13月",       "2024年3",
					    "7",          "7dd",
					    "36501d",     "--7d",
					    "todayx",     "今天吗",
					    "2024-",      "2024-03-",
					    "d",          "-",
					    "\xff",       "2024-00",
					    "2024年13月", "99999999999999d"};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct err failed = {0};
		struct span span;

		if (span_parse(cases[i], today(), &span, &failed))
			fail_msg("“%s” is a day", cases[i]);
		assert_int_equal(failed.code, ERR_USAGE);
		assert_non_null(strstr(failed.text, "2024-03-01"));
	}
}

static day at(const char *text)
{
	day d;

	OK(day_parse(text, today(), &d, err));
	return d;
}

static void means_a_stretch_of_the_calendar(void **state)
{
	static const struct {
		const char *text;
		enum compare compare;
		const char *first, *last;
	} cases[] = {
		{"2024-03-01", COMPARE_EQUAL, "2024-03-01", "2024-03-01"},
		{"2024-03-01", COMPARE_LESS, "1900-01-01", "2024-02-29"},
		{"2024-03-01", COMPARE_LESS_EQUAL, "1900-01-01", "2024-03-01"},
		{"2024-03-01", COMPARE_GREATER, "2024-03-02", "2079-06-05"},
		{"2024-03-01", COMPARE_GREATER_EQUAL, "2024-03-01",
		 "2079-06-05"},
		{"2024-02", COMPARE_EQUAL, "2024-02-01", "2024-02-29"},
		{"2024-02", COMPARE_LESS, "1900-01-01", "2024-01-31"},
		{"2024-02", COMPARE_LESS_EQUAL, "1900-01-01", "2024-02-29"},
		{"2024-02", COMPARE_GREATER, "2024-03-01", "2079-06-05"},
		{"2024-12", COMPARE_EQUAL, "2024-12-01", "2024-12-31"},
		{"2024", COMPARE_EQUAL, "2024-01-01", "2024-12-31"},
		{"2024", COMPARE_GREATER_EQUAL, "2024-01-01", "2079-06-05"},
		{"2079", COMPARE_EQUAL, "2079-01-01", "2079-06-05"},
		{"1900", COMPARE_LESS_EQUAL, "1900-01-01", "1900-12-31"},
		{"7d", COMPARE_EQUAL, "2024-11-27", "2024-11-27"},
		{"-30d", COMPARE_GREATER_EQUAL, "2024-10-21", "2079-06-05"},
		{"今天", COMPARE_EQUAL, "2024-11-20", "2024-11-20"},
		{"昨天", COMPARE_EQUAL, "2024-11-19", "2024-11-19"},
		{"本周", COMPARE_EQUAL, "2024-11-18", "2024-11-24"},
		{"上周", COMPARE_LESS, "1900-01-01", "2024-11-10"},
		{"下周", COMPARE_EQUAL, "2024-11-25", "2024-12-01"},
		{"本月", COMPARE_EQUAL, "2024-11-01", "2024-11-30"},
		{"下月", COMPARE_EQUAL, "2024-12-01", "2024-12-31"},
		{"今年", COMPARE_EQUAL, "2024-01-01", "2024-12-31"},
		{"去年", COMPARE_EQUAL, "2023-01-01", "2023-12-31"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct stretch have;
		struct span span;

		OK(span_parse(cases[i].text, today(), &span, err));
		have = span_stretch(span, cases[i].compare, today());
		if (have.first != at(cases[i].first) ||
		    have.last != at(cases[i].last))
			fail_msg("%s (%d): %d..%d", cases[i].text,
				 (int)cases[i].compare, have.first, have.last);
	}
}

static void knows_where_the_calendar_ends(void **state)
{
	static const struct {
		const char *text;
		enum compare compare;
	} none[] = {
		{"1900-01-01", COMPARE_LESS},
		{"2079-06-05", COMPARE_GREATER},
		{"2079-07", COMPARE_EQUAL},
		{"36500d", COMPARE_EQUAL},
	};
	struct stretch have;
	struct span span;
	(void)state;

	for (size_t i = 0; i < LENGTH(none); i++) {
		OK(span_parse(none[i].text, today(), &span, err));
		have = span_stretch(span, none[i].compare, today());
		if (have.first <= have.last)
			fail_msg("%s: %d..%d", none[i].text, have.first,
				 have.last);
	}
	OK(span_parse("-36500d", today(), &span, err));
	have = span_stretch(span, COMPARE_GREATER_EQUAL, today());
	assert_int_equal(have.first, at("1924-12-15"));
	OK(span_parse("-30d", today(), &span, err));
	have = span_stretch(span, COMPARE_GREATER_EQUAL, day_make(1900, 1, 10));
	assert_int_equal(have.first, at("1900-01-01"));
	OK(span_parse("30d", today(), &span, err));
	have = span_stretch(span, COMPARE_LESS_EQUAL, day_make(2079, 6, 1));
	assert_int_equal(have.last, at("2079-06-05"));
	OK(span_parse("去年", today(), &span, err));
	have = span_stretch(span, COMPARE_EQUAL, day_make(1900, 1, 10));
	assert_true(have.first > have.last);
	OK(span_parse("无", today(), &span, err));
	have = span_stretch(span, COMPARE_EQUAL, today());
	assert_int_equal(have.first, DAY_NONE);
	assert_int_equal(have.last, DAY_NONE);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_and_writes_days),
		cmocka_unit_test(refuses_what_is_no_day),
		cmocka_unit_test(means_a_stretch_of_the_calendar),
		cmocka_unit_test(knows_where_the_calendar_ends),
	};
	return cmocka_run_group_tests_name("span", tests, NULL, NULL);
}
