#include "query/filter.h"

#include <string.h>

#include "unit.h"

static void counts_what_is_chosen(void **state)
{
	struct filter filter = {0};
	(void)state;

	filter_toggle(&filter, FACET_UNIT, 3);
	filter_toggle(&filter, FACET_UNIT, 70);
	assert_true(filter_has(&filter, FACET_UNIT, 70));
	assert_false(filter_has(&filter, FACET_STATUS, 70));
	assert_int_equal(filter.chosen[FACET_UNIT], 2);
	filter_toggle(&filter, FACET_UNIT, 70);
	assert_int_equal(filter.chosen[FACET_UNIT], 1);
	filter_only(&filter, FACET_UNIT, 5);
	assert_false(filter_has(&filter, FACET_UNIT, 3));
	assert_int_equal(filter.chosen[FACET_UNIT], 1);
	filter_any(&filter, FACET_UNIT);
	filter_toggle(&filter, FACET_UNIT, FACET_VALUES_MAX);
	assert_false(filter_has(&filter, FACET_UNIT, FACET_VALUES_MAX));
	assert_memory_equal(&filter, &(struct filter){0}, sizeof(filter));
}

static void keeps_out_what_may_not_be(void **state)
{
	struct filter filter = {0};
	(void)state;

	assert_true(filter_lets(&filter, FACET_RESULT, 1));
	filter_choose(&filter, FACET_RESULT, 1, true);
	assert_true(filter_narrows(&filter, FACET_RESULT));
	assert_true(filter_excludes(&filter, FACET_RESULT, 1));
	assert_false(filter_lets(&filter, FACET_RESULT, 1));
	assert_true(filter_lets(&filter, FACET_RESULT, 2));
	filter_choose(&filter, FACET_RESULT, 1, false);
	assert_false(filter_lets(&filter, FACET_RESULT, 1));
	filter_any(&filter, FACET_RESULT);
	assert_memory_equal(&filter, &(struct filter){0}, sizeof(filter));
	/* What somebody chooses by hand is let in. */
	filter_choose(&filter, FACET_RESULT, 1, true);
	filter_toggle(&filter, FACET_RESULT, 1);
	assert_true(filter_lets(&filter, FACET_RESULT, 1));
	assert_false(filter_excludes(&filter, FACET_RESULT, 1));
}

static void clears_all_but_some_facets(void **state)
{
	struct filter filter = {0}, kept = {0};
	(void)state;

	assert_true(filter_empty(&filter, 0));
	filter_choose(&filter, FACET_SESSION, 2, true);
	kept = filter;
	assert_false(filter_empty(&filter, 0));
	assert_true(filter_empty(&filter, 1u << FACET_SESSION));
	filter_toggle(&filter, FACET_STATUS, 0);
	assert_true(filter_add_person(&filter, "me", false));
	assert_true(filter_set_text(&filter, "x"));
	filter.merged = FLAG_NO;
	assert_false(filter_empty(&filter,
				  1u << FACET_SESSION | 1u << FACET_STATUS));
	filter_clear(&filter, 1u << FACET_SESSION);
	assert_memory_equal(&filter, &kept, sizeof(filter));
}

static void expect_texts(const char *typed, const char *texts)
{
	struct filter filter = {0};
	struct buf have = {0};
	char text[FILTER_TEXT];
	const char *at = filter.text;

	assert_true(filter_set_text(&filter, typed));
	while (filter_text_next(&at, text))
		buf_printf(&have, "[%s]", text);
	assert_string_equal(buf_text(&have), texts);
	buf_free(&have);
}

static void texts_are_words_and_quotations(void **state)
{
	(void)state;
	expect_texts("", "");
	expect_texts("  ", "");
	expect_texts("地瓜", "[地瓜]");
	expect_texts(" 地瓜　经济 ", "[地瓜][经济]");
	expect_texts("\"地瓜 经济\" x", "[地瓜 经济][x]");
	expect_texts("“地瓜 经济”“乙”", "[地瓜 经济][乙]");
	expect_texts("”地瓜 经济“", "[地瓜 经济]");
	expect_texts("“没有 合上", "[没有 合上]");
	expect_texts("关于“甲 乙”的", "[关于“甲][乙”的]");
	expect_texts("\"关于“甲 乙”的\"", "[关于“甲 乙”的]");
	expect_texts("\"a\"\"b c\"", "[a\"b c]");
	expect_texts("\"\" x \"\"", "[x]");
	expect_texts("甲 乙 甲", "[甲][乙]");
	expect_texts("状态=办理中 !x", "[状态=办理中][!x]");
}

static void says_when_there_is_no_room(void **state)
{
	struct filter filter = {0}, before;
	char text[2 * FILTER_TEXT];
	(void)state;

	memset(text, 'x', sizeof(text));
	text[FILTER_TEXT - 1] = '\0';
	assert_true(filter_set_text(&filter, text));
	assert_false(filter_add_text(&filter, "y", 1, false));
	assert_true(filter_add_text(&filter, "y", 1, true));
	before = filter;
	text[FILTER_TEXT - 1] = 'x';
	text[FILTER_TEXT] = '\0';
	assert_false(filter_set_text(&filter, text));
	assert_memory_equal(&filter, &before, sizeof(filter));
	for (uint32_t i = 0; i < FILTER_NUMBERS; i++)
		for (int twice = 0; twice < 2; twice++)
			assert_true(filter_add_numbers(
				&filter,
				(struct filter_numbers){i + 1, i + 1, 0}));
	assert_false(filter_add_numbers(&filter,
					(struct filter_numbers){99, 99, 0}));
	text[FILTER_NAME] = '\0';
	assert_false(filter_add_person(&filter, text, false));
	text[FILTER_NAME - 1] = '\0';
	assert_true(filter_add_person(&filter, text, false));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_what_is_chosen),
		cmocka_unit_test(keeps_out_what_may_not_be),
		cmocka_unit_test(clears_all_but_some_facets),
		cmocka_unit_test(texts_are_words_and_quotations),
		cmocka_unit_test(says_when_there_is_no_room),
	};
	return cmocka_run_group_tests_name("filter", tests, NULL, NULL);
}
