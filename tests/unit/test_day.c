#include "base/day.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "unit.h"

static void every_day_agrees_with_the_c_library(void **state)
{
	(void)state;

	for (unsigned d = 1; d <= 65535; d++) {
		time_t when = ((time_t)d - 25568) * 86400;
		struct tm tm;
		int year, month, mday;
		char text[11], wanted[11];

		gmtime_r(&when, &tm);
		day_split((day)d, &year, &month, &mday);
		assert_int_equal(year, tm.tm_year + 1900);
		assert_int_equal(month, tm.tm_mon + 1);
		assert_int_equal(mday, tm.tm_mday);
		assert_int_equal(day_make(year, month, mday), d);
		assert_int_equal(day_weekday((day)d) % 7, tm.tm_wday);
		day_format((day)d, text);
		strftime(wanted, sizeof(wanted), "%Y-%m-%d", &tm);
		assert_string_equal(text, wanted);
	}
}

static void days_that_are_not_there_are_none(void **state)
{
	static const int cases[][3] = {
		{2024, 2, 30},   {2023, 2, 29},   {1900, 2, 29}, {2024, 0, 1},
		{2024, 13, 1},   {2024, 1, 0},    {2024, 4, 31}, {1899, 12, 31},
		{2079, 6, 6},    {2080, 1, 1},    {0, 0, 0},     {-1, 1, 1},
		{INT_MAX, 1, 1}, {INT_MIN, 1, 1}, {2024, -1, 1}, {2024, 1, -1},
	};
	int year = 1, month = 1, mday = 1;
	char text[11] = "x";
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_int_equal(
			day_make(cases[i][0], cases[i][1], cases[i][2]),
			DAY_NONE);
	assert_int_equal(day_make(1900, 1, 1), 1);
	assert_int_equal(day_make(2079, 6, 5), 65535);
	day_split(DAY_NONE, &year, &month, &mday);
	assert_int_equal(year | month | mday, 0);
	day_format(DAY_NONE, text);
	assert_string_equal(text, "");
	assert_int_equal(day_weekday(DAY_NONE), 0);
}

/* "" is DAY_NONE. */
static day at(const char *text)
{
	struct err err = {0};
	day d;

	assert_true(day_parse(text, DAY_NONE, &d, &err));
	return d;
}

static void months_end_on_their_last_day(void **state)
{
	static const struct {
		const char *from;
		int months;
		const char *to;
	} cases[] = {
		{"2024-11-30", 3, "2025-02-28"},
		{"2023-11-30", 3, "2024-02-29"},
		{"2024-01-31", 1, "2024-02-29"},
		{"2024-03-31", -1, "2024-02-29"},
		{"2024-01-15", -1, "2023-12-15"},
		{"2024-12-31", 12, "2025-12-31"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2024-10-04", 0, "2024-10-04"},
		{"1900-01-01", -1, ""},
		{"2079-06-05", 1, ""},
		{"2079-05-06", 1, ""},
		{"2024-10-04", INT_MAX, ""},
		{"2024-10-04", INT_MIN, ""},
		{"", 1, ""},
		{"", 12 * 2000, ""},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_int_equal(
			day_add_months(at(cases[i].from), cases[i].months),
			at(cases[i].to));
}

static void days_outside_the_calendar_are_none(void **state)
{
	(void)state;

	assert_int_equal(day_add(at("2024-02-28"), 2), at("2024-03-01"));
	assert_int_equal(day_add(1, -1), DAY_NONE);
	assert_int_equal(day_add(65535, 1), DAY_NONE);
	assert_int_equal(day_add(65535, INT_MAX), DAY_NONE);
	assert_int_equal(day_add(1, INT_MIN), DAY_NONE);
	assert_int_equal(day_add(DAY_NONE, 5), DAY_NONE);
}

static void workdays_pass_over_the_weekend(void **state)
{
	static const struct {
		const char *from;
		int n;
		const char *to;
	} cases[] = {
		/* 2024-10-04 is a Friday */
		{"2024-10-04", 1, "2024-10-07"},
		{"2024-10-04", 0, "2024-10-04"},
		{"2024-10-05", 0, "2024-10-05"},
		{"2024-10-05", 1, "2024-10-07"},
		{"2024-10-06", 1, "2024-10-07"},
		{"2024-10-04", 5, "2024-10-11"},
		{"2024-10-04", 15, "2024-10-25"},
		{"2024-10-07", -1, "2024-10-04"},
		{"2024-10-06", -1, "2024-10-04"},
		{"2024-10-04", -5, "2024-09-27"},
		{"2024-10-04", INT_MAX, ""},
		{"2024-10-04", INT_MIN, ""},
		{"", 3, ""},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_int_equal(
			day_add_workdays(at(cases[i].from), cases[i].n),
			at(cases[i].to));
}

static void reads_dates_as_people_write_them(void **state)
{
	static const char *const same[] = {
		"2024-10-04",
		"2024-10-4",
		"2024/10/4",
		"2024.10.4",
		"2024。10。4",
		"20241004",
		"２０２４１００４",
		"２０２４－１０－０４",
		"２０２４．１０．０４",
		"2024年10月4日",
		"2024年10月04",
		"2024年10月4号",
		"2024 年 10 月 4 日",
		"２０２４年１０月４日",
		"二〇二四年十月四日",
		"二○二四年十月四日",
		"二零二四年一〇月〇四日",
		"10月4日",
		"十月四日",
		"10-4",
		"10/04",
		"45569",
		" 2024-10-04\r\n",
		"\t　2024-10-04　 ",
		"2024-10-04T09:30:00",
		"2024-10-04T09:30:00Z",
		"2024-10-04T23:59:59.999+08:00",
		"2024-10-04T09:30:00+0800",
		"2024-10-04 09:30",
		"2024/10/4 0:00:00",
		"2024年10月4日9:30",
		"2024年10月4日　９：３０",
		"20241004T093000",
		"20241004T093000Z",
		"2024-10-04t09:30:00,5+08",
	};
	day today = day_make(2024, 11, 20);
	(void)state;

	for (size_t i = 0; i < LENGTH(same); i++) {
		struct err err = {0};
		day d = DAY_NONE;

		if (!day_parse(same[i], today, &d, &err))
			fail_msg("%s: %s", same[i], err.text);
		if (d != day_make(2024, 10, 4))
			fail_msg("%s gave %u", same[i], d);
	}
}

static void reads_today_and_nothing(void **state)
{
	struct err err = {0};
	day today = day_make(2024, 11, 20), d = 1;
	(void)state;

	assert_true(day_parse("今天", today, &d, &err));
	assert_int_equal(d, today);
	assert_true(day_parse("今日", today, &d, &err));
	assert_int_equal(d, today);
	assert_true(day_parse(" 　\t", today, &d, &err));
	assert_int_equal(d, DAY_NONE);
	assert_true(day_parse("二月二十九日", today, &d, &err));
	assert_int_equal(d, day_make(2024, 2, 29));
	assert_true(day_parse("20000", today, &d, &err));
	assert_int_equal(d, day_make(1954, 10, 3));
	assert_true(day_parse("65535", today, &d, &err));
	assert_int_equal(d, day_make(2079, 6, 4));
}

static void refuses_what_is_no_date(void **state)
{
	static const char *const cases[] = {
		"2024-02-30",
		"2023-2-29",
		"2024-13-01",
		"2024-00-10",
		"24-10-04",
		"2024-10",
		"2024年10月",
		"2024",
		"19999",
		"65536",
		"2024-10/04",
		"2024-10-04-05",
		"2024--10-04",
		"-2024-10-04",
		"2024-10-",
		"10月",
		"10月4日5",
		"明年",
		"2024-10-04x",
		"2024-10-04 25:00",
		"2024-10-04T",
		"2024-10-04 9:60",
		"2024-10-04T9:3",
		"2024-10-04:30",
		"2024-10-04T09:30:00+15:00",
		"2024-10-04T09:30:61",
		"2024-10-04T09:30:5",
		"2024-10-04T09:30+",
		"2024-10-04T09:30+08:",
		"2024-10-04T09:30+08:60",
		"99999999",
		"999999999999999999",
		"2079-06-06",
		"1899-12-31",
		"今天天气",
		"0",
		"2024-10-04 上午",
		"十月",
		"2024-10-\xE4\xB8",
		"\xFF",
		"3/4/5/6",
		"月4日",
		"2024年年10月4日",
		"13月1日",
	};
	day today = day_make(2024, 11, 20);
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct err err = {0};
		day d = 1;

		if (day_parse(cases[i], today, &d, &err))
			fail_msg("%s was read as %u", cases[i], d);
		assert_int_equal(err.code, ERR_USAGE);
		assert_int_equal(d, DAY_NONE);
		assert_non_null(strstr(err.text, "不是有效的日期"));
	}
}

static void a_short_date_needs_to_know_the_year(void **state)
{
	struct err err = {0};
	day d;
	(void)state;

	assert_false(day_parse("10-4", DAY_NONE, &d, &err));
	assert_false(day_parse("今天", DAY_NONE, &d, &err));
	assert_false(day_parse("2-29", day_make(2023, 1, 1), &d, &err));
	assert_true(day_parse("2-29", day_make(2024, 1, 1), &d, &err));
}

static void a_long_text_does_not_hide_the_advice(void **state)
{
	struct err err = {0};
	char text[4000] = "";
	day d;
	(void)state;

	while (strlen(text) < 3900)
		memcpy(text + strlen(text), "提案", sizeof("提案"));
	assert_false(day_parse(text, DAY_NONE, &d, &err));
	assert_non_null(strstr(err.text, "案…”"));
	assert_non_null(strstr(err.text, "2024-10-04"));
}

static void a_refused_text_is_shown_and_not_obeyed(void **state)
{
	struct err err = {0};
	day d;
	(void)state;

	assert_false(day_parse("\033[2J\xff", DAY_NONE, &d, &err));
	assert_non_null(strstr(err.text, "“^[[2J<FF>”"));
}

static void the_clock_can_be_set(void **state)
{
	char text[17];
	(void)state;

	setenv("TZ", "Asia/Shanghai", 1);
	tzset();
	setenv("PROPOSALS_NOW", "2024-11-20T09:30:00", 1);
	assert_int_equal(clock_now(), 1732066200000);
	assert_int_equal(clock_today(), day_make(2024, 11, 20));
	clock_format(clock_now(), text);
	assert_string_equal(text, "2024-11-20 09:30");
	setenv("PROPOSALS_NOW", "2024-11-20", 1);
	assert_int_equal(clock_now(), 1732032000000);
	assert_int_equal(clock_today(), day_make(2024, 11, 20));
}

static void a_wrong_setting_is_ignored(void **state)
{
	static const char *const cases[] = {
		"",
		"x",
		"2024-02-30",
		"2024-11-20T",
		"2024-11-20 09:30:00",
		"2024-11-20T09:30",
		"2024-11-20T24:00:00",
		"2024-11-20T09:60:00",
		"2024-11-20T09:30:60",
		"2024-11-20T09:30:00Z",
		"2024-1-20",
		"20241120",
		"2024-11-20T-1:00:00",
		" 2024-11-20",
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		setenv("PROPOSALS_NOW", cases[i], 1);
		int64_t now = clock_now();

		assert_true(now / 1000 >= (int64_t)time(NULL) - 5);
		/* time() reads a coarse clock, which is a tick behind. */
		assert_true(now / 1000 <= (int64_t)time(NULL) + 1);
	}
	unsetenv("PROPOSALS_NOW");
}

static void times_that_do_not_fit_are_empty(void **state)
{
	char text[17];
	(void)state;

	setenv("TZ", "UTC", 1);
	tzset();
	clock_format(-1, text);
	assert_string_equal(text, "1969-12-31 23:59");
	clock_format(0, text);
	assert_string_equal(text, "1970-01-01 00:00");
	clock_format(253402300799999, text);
	assert_string_equal(text, "9999-12-31 23:59");
	clock_format(253402300800000, text);
	assert_string_equal(text, "");
	clock_format(INT64_MAX, text);
	assert_string_equal(text, "");
	clock_format(INT64_MIN, text);
	assert_string_equal(text, "");
}

static void ticks_never_run_backwards(void **state)
{
	int64_t last = clock_ticks();
	(void)state;

	setenv("PROPOSALS_NOW", "2024-11-20", 1);
	for (int i = 0; i < 1000; i++) {
		int64_t now = clock_ticks();

		assert_true(now >= last && now - last < 5000);
		last = now;
	}
	unsetenv("PROPOSALS_NOW");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_day_agrees_with_the_c_library),
		cmocka_unit_test(days_that_are_not_there_are_none),
		cmocka_unit_test(months_end_on_their_last_day),
		cmocka_unit_test(days_outside_the_calendar_are_none),
		cmocka_unit_test(workdays_pass_over_the_weekend),
		cmocka_unit_test(reads_dates_as_people_write_them),
		cmocka_unit_test(reads_today_and_nothing),
		cmocka_unit_test(refuses_what_is_no_date),
		cmocka_unit_test(a_short_date_needs_to_know_the_year),
		cmocka_unit_test(a_long_text_does_not_hide_the_advice),
		cmocka_unit_test(a_refused_text_is_shown_and_not_obeyed),
		cmocka_unit_test(the_clock_can_be_set),
		cmocka_unit_test(a_wrong_setting_is_ignored),
		cmocka_unit_test(times_that_do_not_fit_are_empty),
		cmocka_unit_test(ticks_never_run_backwards),
	};
	return cmocka_run_group_tests_name("day", tests, NULL, NULL);
}
