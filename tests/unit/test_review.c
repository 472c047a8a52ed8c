#include "exchange/review.h"

#include "exchange/import.h"
#include "office.h"

static void import_file(struct office *office, const char *path)
{
	static const struct who who = {.name = "wangfang", .from = ""};
	struct committed done = {0};
	struct reading *reading;
	struct import import;
	struct rows rows;

	OK(rows_read(&rows, path, NULL, err));
	OK(reading_begin(office->store, &reading, err));
	OK(import_plan(&import, &rows, office->config, reading, NULL, err));
	reading_end(reading);
	for (size_t i = 0; i < import.count; i++)
		if (import.rows[i].verdict == IMPORT_REJECT)
			fail_msg("line %u: %s", import.rows[i].line,
				 import.rows[i].reason);
	OK(plan_commit(&import.plan, office->store, &who, "", false, &done,
		       err));
	free(done.conflicts);
	import_free(&import);
	rows_free(&rows);
}

static bool review(struct office *office, session which, struct buf *out,
		   struct err *err)
{
	struct catalog catalog = {0};
	struct reading *reading;
	bool ok = reading_begin(office->store, &reading, err);

	assert_true(ok);
	catalog_update(&catalog, office->config, reading);
	ok = review_write(reading, &catalog, which, out, err);
	catalog_free(&catalog);
	reading_end(reading);
	return ok;
}

static void expect(struct office *office, const char *text,
		   const char *expected)
{
	struct buf out = {0};

	import_file(office, office_file(office, text));
	OK(review(office, session_make(14, 3), &out, err));
	assert_string_equal(buf_text(&out), expected);
	buf_free(&out);
}

static void prints_the_seed_as_the_page_does(void **state)
{
	struct office *office = office_open();
	struct buf expected = file_read("tests/data/import/pinghu-review.txt");
	struct buf out = {0};
	(void)state;

	import_file(office, SEED);
	OK(review(office, session_make(14, 3), &out, err));
	assert_string_equal(buf_text(&out), buf_text(&expected));
	buf_free(&out);
	buf_free(&expected);
	office_close(office);
}

static void counts_what_the_register_holds(void **state)
{
	struct office *office = office_open();
	(void)state;

	expect(office,
	       "编号,案由,级别,状态,并案\n"
	       "1,甲,,已收到,\n2,乙,重要,已立案,\n3,丙,一般,已答复,\n"
	       "4,丁,,不立案,\n5,戊,,并案,2\n",
	       "市政协2024年度重点提案办理落实情况回顾\n\n"
	       "市政协十四届三次会议以来，共收到提案5件，立案3件，"
	       "并案后2件。还没有重点提案。\n");
	office_close(office);
}

static void sorts_topics_by_their_value(void **state)
{
	struct office *office = office_open();
	(void)state;

	expect(office,
	       "编号,案由,级别,方面\n"
	       "1,甲,重点,十\n2,乙,重点,二\n3,丙,重点,\n4,丁,重点,3\n"
	       "5,戊,重点,产业\n6,己,重点,二\n7,庚,重要,一\n",
	       "市政协2024年度重点提案办理落实情况回顾\n\n"
	       "市政协十四届三次会议以来，共收到提案7件，立案0件。"
	       "遴选出4个方面6件重点提案和1件重要提案。\n"
	       "\n二、《乙》（第2号）\n\n二、《己》（第6号）\n"
	       "\n三、《丁》（第4号）\n\n十、《甲》（第1号）\n"
	       "\n产业：《戊》（第5号）\n\n《丙》（第3号）\n");
	office_close(office);
}

static void prints_kin_under_the_one_that_was_answered(void **state)
{
	struct office *office = office_open();
	(void)state;

	expect(office,
	       "编号,案由,级别,方面,提案人,主办,会办,办理结果,落实情况,"
	       "相关提案,并案\n"
	       "1,甲,重点,一,王芳,经信局,,,\"一\n二\",3\n"
	       "2,乙,重点,一,,商务局,,,,1\n"
	       "3,丙,重点,一,,经信局,,A,,\n"
	       "4,丁,重点,二,,,经信局,,,1\n"
	       "5,戊,重点,一,,,,,,,3\n",
	       "市政协2024年度重点提案办理落实情况回顾\n\n"
	       "市政协十四届三次会议以来，共收到提案5件，立案0件。"
	       "遴选出2个方面5件重点提案。\n"
	       "\n一、《丙》（第3号）\n主办单位：经信局\n办理结果分类：A\n"
	       "相关提案：《甲》（第1号）\n提案人：王芳\n落实情况：一\n二\n"
	       "相关提案：《乙》（第2号）\n主办单位：商务局\n"
	       "相关提案：《戊》（第5号）\n"
	       "\n二、《丁》（第4号）\n会办单位：经信局\n");
	office_close(office);
}

static void shows_no_character_that_a_terminal_would_execute(void **state)
{
	struct office *office = office_open();
	struct buf out = {0};
	(void)state;

	import_file(office,
		    office_file(office,
				"{\"number\":1,\"title\":\"a\\u202eb\","
				"\"level\":\"key\",\"topic\":\"\\u200bx\","
				"\"proposers\":[\"\\u0085y\"],"
				"\"outcome\":\"z\\u001b[2J\\n\\u2066\"}\n"));
	OK(review(office, session_make(14, 3), &out, err));
	assert_non_null(strstr(out.data, "a<U+202E>b"));
	for (size_t i = 0; i < out.len; i++)
		assert_true((unsigned char)out.data[i] >= ' ' ||
			    out.data[i] == '\n');
	assert_null(strstr(out.data, "\u202E"));
	assert_null(strstr(out.data, "\u200B"));
	assert_null(strstr(out.data, "\u2066"));
	assert_null(strstr(out.data, "\xC2\x85"));
	buf_free(&out);
	office_close(office);
}

static void says_that_a_session_is_empty(void **state)
{
	struct office *office = office_open();
	struct buf out = {0};
	struct err err = {0};
	(void)state;

	assert_false(review(office, session_make(14, 2), &out, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_string_equal(err.text, "十四届二次还没有提案");
	buf_free(&out);
	office_close(office);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(prints_the_seed_as_the_page_does),
		cmocka_unit_test(counts_what_the_register_holds),
		cmocka_unit_test(sorts_topics_by_their_value),
		cmocka_unit_test(prints_kin_under_the_one_that_was_answered),
		cmocka_unit_test(
			shows_no_character_that_a_terminal_would_execute),
		cmocka_unit_test(says_that_a_session_is_empty),
	};
	return cmocka_run_group_tests_name("review", tests, NULL, NULL);
}
