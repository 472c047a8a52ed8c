#include "base/session.h"

#include "unit.h"

static void reads_sessions_as_people_write_them(void **state)
{
	static const char *const cases[] = {
		"14-3",
		"１４－３",
		"14—3",
		"014-03",
		"十四届三次",
		"14届3次",
		"１４届３次",
		"14 届 3 次",
		"十四屆三次",
		"十四届三次会议",
		"第十四届第三次会议",
		"第十四届第三次全体会议",
		"十四届三次全会",
		"第14届第3次会议",
		"十四届（三次）",
		"十四届(三次)",
		"十四届（第三次会议）",
		"十四届（ 三次 ）",
		" 　十四届三次\n",
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		session s = 0;

		if (!session_parse(cases[i], &s))
			fail_msg("%s was not read", cases[i]);
		assert_int_equal(s, session_make(14, 3));
	}
}

static void refuses_what_is_no_session(void **state)
{
	static const char *const cases[] = {
		"",
		"14",
		"14-",
		"-3",
		"14-0",
		"0-3",
		"100-1",
		"14-32",
		"14届",
		"十四届",
		"三次",
		"十四届三",
		"十四届（三次",
		"14-3x",
		"14--3",
		"14 - 3",
		"2024-10-04",
		"十四届三次173",
		"第14-3",
		"14-3-173",
		"届次",
		"十四届四十次",
		"\xE5\xB1",
		"14-99999999999",
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		session s = 7;

		if (session_parse(cases[i], &s))
			fail_msg("%s gave %u", cases[i], s);
		assert_int_equal(s, 7);
	}
}

static void leaves_what_stands_behind(void **state)
{
	static const struct {
		const char *text, *rest;
	} cases[] = {
		{"14-3-173", "-173"},
		{"十四届三次173", "173"},
		{"十四届三次会议第173号", "第173号"},
		{"十四届（三次）第173号", "第173号"},
		{"十四届三次 173", " 173"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		const char *at = cases[i].text;
		session s = 0;

		assert_true(session_next(&at, &s));
		assert_int_equal(s, session_make(14, 3));
		assert_string_equal(at, cases[i].rest);
	}
}

static void what_is_none_moves_nothing(void **state)
{
	static const char *const cases[] = {"161—165号", "十四届（三次", "173",
					    "十四届", "0-0"};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		const char *at = cases[i];
		session s = 7;

		assert_false(session_next(&at, &s));
		assert_ptr_equal(at, cases[i]);
		assert_int_equal(s, 7);
	}
}

static void every_session_reads_back_and_keeps_its_order(void **state)
{
	session last = 0;
	(void)state;

	for (uint32_t term = 1; term <= SESSION_TERM_MAX; term++)
		for (uint32_t m = 1; m <= SESSION_MEETING_MAX; m++) {
			session s = session_make(term, m), read;
			char text[8], label[32];

			assert_true(s > last);
			last = s;
			assert_int_equal(session_term(s), term);
			assert_int_equal(session_meeting(s), m);
			session_format(s, text);
			assert_true(session_parse(text, &read));
			assert_int_equal(read, s);
			session_label(s, label);
			assert_true(session_parse(label, &read));
			assert_int_equal(read, s);
		}
}

static void out_of_range_is_none(void **state)
{
	(void)state;

	assert_int_equal(session_make(0, 1), 0);
	assert_int_equal(session_make(1, 0), 0);
	assert_int_equal(session_make(100, 1), 0);
	assert_int_equal(session_make(1, 32), 0);
	assert_int_equal(session_make(UINT32_MAX, UINT32_MAX), 0);
}

static void damaged_sessions_still_fit(void **state)
{
	char text[8], label[32];
	(void)state;

	session_format(0, text);
	assert_string_equal(text, "");
	session_label(0, label);
	assert_string_equal(label, "");
	session_format(UINT16_MAX, text);
	assert_string_equal(text, "2047-31");
	session_label(UINT16_MAX, label);
	assert_string_equal(label, "2047届三十一次");
	session_label(session_make(14, 3), label);
	assert_string_equal(label, "十四届三次");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_sessions_as_people_write_them),
		cmocka_unit_test(refuses_what_is_no_session),
		cmocka_unit_test(leaves_what_stands_behind),
		cmocka_unit_test(what_is_none_moves_nothing),
		cmocka_unit_test(every_session_reads_back_and_keeps_its_order),
		cmocka_unit_test(out_of_range_is_none),
		cmocka_unit_test(damaged_sessions_still_fit),
	};
	return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}
