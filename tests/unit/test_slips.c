/*
 * More slips of the pen in proposals.yaml: marks of a Chinese input method,
 * indentation, and files that are wrong throughout.
 */
#include "config/config.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/schema.h"
#include "fixture.h"

#define SMALL "tests/data/config/small.yaml"

/* The mistakes in a text, "" if there are none; free it with buf_free(). */
static struct buf mistakes_in(const char *text, size_t len)
{
	struct config *config = NULL;
	struct buf mistakes = {0};
	struct err err = {0};

	if (config_parse(&config, "f", text, len, &mistakes, &err))
		assert_int_equal(mistakes.len, 0);
	config_free(config);
	return mistakes;
}

/* The right configuration with the first `from` in it made `to`. */
static struct buf changed(const char *from, const char *to)
{
	struct buf small = file_read(SMALL), out = {0};
	const char *at = strstr(buf_text(&small), from);

	assert_non_null(at);
	buf_add(&out, small.data, (size_t)(at - small.data));
	buf_str(&out, to);
	buf_str(&out, at + strlen(from));
	buf_free(&small);
	return out;
}

static void assert_slip(const char *from, const char *to, const char *expected)
{
	struct buf text = changed(from, to);
	struct buf mistakes = mistakes_in(text.data, text.len);

	assert_string_equal(buf_text(&mistakes), expected);
	buf_free(&mistakes);
	buf_free(&text);
}

struct slip {
	const char *from, *to, *expected;
};

static void assert_slips(const struct slip *slips, size_t count)
{
	for (size_t i = 0; i < count; i++)
		assert_slip(slips[i].from, slips[i].to, slips[i].expected);
}

#define CHINESE_QUOTES "引号是中文的，请改为英文引号 \"，或者去掉\n"

static void tells_marks_of_a_chinese_input_method(void **state)
{
	static const struct slip slips[] = {
		{"short: 经信局", "short: ‘经信局’",
		 "f:10:12: " CHINESE_QUOTES},
		{"short: 经信局", "short: ＂经信局＂",
		 "f:10:12: " CHINESE_QUOTES},
		{"short: 经信局", "short: “经信局” # 注",
		 "f:10:12: " CHINESE_QUOTES},
		{"short: 经信局", "“short”: 经信局", "f:10:5: " CHINESE_QUOTES},
		{"[经信委, 工信局]", "[经信委；工信局]",
		 "f:11:18: 这里要用半角逗号“,”隔开，现在是“；”\n"},
		{"jyj, name: 教育局", "jyj，\n    name: 教育局",
		 "f:13:15: 这里要用半角逗号“,”隔开，现在是“，”\n"},
		{"jyj, name: 教育局", "jyj，name：教育局",
		 "f:13:15: 这里要用半角逗号“,”隔开，现在是“，”\n"
		 "f:13:20: 冒号是全角的“：”，请改为半角“:”，后面空一格\n"},
		{"- id: 14-2", "-　id: 14-2",
		 "f:3:4: “-”后面是全角空格，请改为半角空格\n"},
		{"current: 14-3", "current:\u00a014-3",
		 "f:6:9: “:”后面是全角空格，请改为半角空格\n"},
	};
	(void)state;

	assert_slips(slips, LENGTH(slips));
}

/* They are texts as they stand, or what follows says what is wrong. */
static void takes_marks_that_may_be_meant(void **state)
{
	static const struct slip slips[] = {
		{"short: 经信局", "short: ‘经信局", ""},
		{"short: 经信局", "short: “经\"信局”", ""},
		{"short: 经信局", "short: “经\\信局”", ""},
		{"label: 工业经济", "label: 工业［经济］，甲", ""},
		{"[经信委, 工信局]", "[经信委［甲］, 工信局]", ""},
		{"name: 教育局, active: false}", "name: 教育，局\n    }", ""},
		{"code: economy", "code: eco_no-my", ""},
		{"current: 14-3", "current: ~", ""},
		{"[经信委, 工信局]", "[经信委,\n      a:b]", ""},
		{"- id: 14-2", "—id: 14-2",
		 "f:3:3: “sessions”（届次）应是一个列表，每项以“- ”开头，"
		 "这里是一组设置\n"
		 "f:4:9: 这里不该有冒号：请检查这一行和上一行的缩进；"
		 "文字里有“: ”的要加引号\n"},
	};
	(void)state;

	assert_slips(slips, LENGTH(slips));
}

static void guesses_where_a_quote_should_have_ended(void **state)
{
	static const struct slip slips[] = {
		{"short: 经信局", "short: \"经#信局",
		 "f:10:12: 引号在这里打开，到行末没有关上，请补上 \"\n"},
		{"short: 经信局", "short: \"经信局\t",
		 "f:10:12: 引号在这里打开，到行末没有关上，请补上 \"\n"},
	};
	struct buf long_text = {0};
	(void)state;

	assert_slips(slips, LENGTH(slips));
	buf_str(&long_text, "short: \"");
	for (int i = 0; i < 500; i++)
		buf_str(&long_text, "经");
	assert_slip("short: 经信局", long_text.data,
		    "f:10:12: 引号在这里打开，到行末没有关上，请补上 \"\n"
		    "f:10:12: “short”（简称）最多 16 个字，这里有 500 个\n");
	buf_free(&long_text);
}

static void tells_indentation_once_and_not_what_follows_from_it(void **state)
{
	static const struct slip slips[] = {
		{"    year: 2023\n  - {id: 14-3", "\tyear: 2023\n\t- {id: 14-3",
		 "f:4:1: 缩进里有制表符（Tab），请改为空格\n"
		 "f:5:1: 缩进里有制表符（Tab），请改为空格\n"},
		{"  ambiguous", "\u00a0ambiguous",
		 "f:26:1: 缩进里有全角空格，请改为半角空格\n"},
		{"  - id: 14-2", "　　- id: 14-2",
		 "f:3:1: 缩进里有全角空格，请改为半角空格\n"
		 "f:3:5: 这一项缺少“year”（年度）\n"},
	};
	(void)state;

	assert_slips(slips, LENGTH(slips));
}

static void tells_characters_that_nobody_sees(void **state)
{
	static const struct slip slips[] = {
		{"short: 经信局", "short: 经信\u2029局",
		 "f:10:14: 这里有看不见的字符 <U+2029>，请删掉\n"},
		{"short: 经信局", "short: 经\uFEFF信局",
		 "f:10:13: 这里有看不见的字符 <U+FEFF>，请删掉\n"},
		{"short: 经信局", "short: 经\uFFFE信局",
		 "f:10:13: 这里有看不见的字符 <U+FFFE>，请删掉\n"},
		{"short: 经信局", "short: 经\uFFFF信局",
		 "f:10:13: 这里有看不见的字符 <U+FFFF>，请删掉\n"},
		{"short: 经信局", "short: 经\x7F信局",
		 "f:10:13: 这里有看不见的字符 ^?，请删掉\n"},
		{"ambiguous_width: auto", "ambiguous_width: auto\x01\r",
		 "f:26:24: 这里有看不见的字符 ^A，请删掉\n"},
	};
	(void)state;

	assert_slips(slips, LENGTH(slips));
}

static void tells_values_of_the_wrong_kind_and_too_many(void **state)
{
	static const struct slip slips[] = {
		{"[review]", "[[review]]",
		 "f:19:64: “next”（后续状态）应是一段文字，这里是列表\n"},
		{"[review]", "['']",
		 "f:19:64: “next”（后续状态）后面没有内容\n"},
		{"{id: 14-3", "{id: x",
		 "f:5:10: “id”（届次）应是一个届次，如 14-3，不是“x”\n"
		 "f:6:10: 当前届次“14-3”不在 sessions 里\n"},
		{"key: c", "key: 中",
		 "f:20:52: “key”（按键）应是一个英文字母，不是“中”\n"},
		{"[15, 7]", "[11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]",
		 "f:24:57: “warn”（提醒）应有 1 到 10 项，这里有 11 项\n"},
		{"next: [review]", "next: [review,\n      received\n    ]",
		 "f:20:7: “next”里的“received”就是这个状态自己，请删掉\n"},
		{"[经信委, 工信局]", "[经信委,\n      foo: bar]",
		 "f:12:7: “aliases”（别名）应是一段文字，这里是一组设置\n"},
	};
	struct buf levels = {0};
	(void)state;

	assert_slips(slips, LENGTH(slips));
	buf_str(&levels, "levels:\n");
	for (int i = 0; i < 11; i++)
		buf_printf(&levels, "  - {code: k%d, label: 重%d, rank: key}\n",
			   i, i);
	assert_slip("levels: [{code: key, label: 重点, rank: key}]\n",
		    levels.data,
		    "f:17:3: “levels”（级别）应有 1 到 10 项，"
		    "这里有 11 项\n");
	buf_free(&levels);
}

/* How often a mistake is told, behind line 1 or in it. */
static size_t times(const struct buf *mistakes, const char *sentence)
{
	size_t count = 0;

	for (const char *at = mistakes->data; (at = strstr(at, sentence));
	     count++)
		at += strlen(sentence);
	return count;
}

static void ends_somewhere_when_all_is_wrong(void **state)
{
	struct buf text = {0}, mistakes;
	(void)state;

	for (int i = 0; i < 600; i++)
		buf_printf(&text, "a%d：1\n", i);
	mistakes = mistakes_in(text.data, text.len);
	assert_int_equal(times(&mistakes, "冒号是全角的"), 50);
	assert_int_equal(times(&mistakes, "还有 "), 1);
	buf_free(&mistakes);

	buf_reset(&text);
	for (int i = 0; i < 60; i++)
		buf_printf(&text, "x%d: @\n", i);
	mistakes = mistakes_in(text.data, text.len);
	assert_int_equal(times(&mistakes, "这个字符不能放在开头"), 50);
	buf_free(&mistakes);

	buf_reset(&text);
	buf_str(&text, "[甲");
	for (int i = 0; i < 600; i++)
		buf_str(&text, "，乙");
	buf_str(&text, "]");
	struct buf whole = changed("[经信委, 工信局]", text.data);
	mistakes = mistakes_in(whole.data, whole.len);
	assert_int_equal(times(&mistakes, "这里要用半角逗号"), 99);
	buf_free(&mistakes);
	buf_free(&whole);
	buf_free(&text);
}

static void refuses_what_has_no_lines_of_its_own(void **state)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{"~\n", "f:1:1: 整个文件应是一行行顶格的“名称: 内容”\n"},
		{"a 1\rb: 1\r",
		 "f:1:1: 整个文件应是一行行顶格的“名称: 内容”\n"
		 "f:2:2: 这里不该有冒号：请检查这一行和上一行的缩进；"
		 "文字里有“: ”的要加引号\n"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct buf mistakes =
			mistakes_in(cases[i].text, strlen(cases[i].text));

		assert_string_equal(buf_text(&mistakes), cases[i].expected);
		buf_free(&mistakes);
	}
}

/* The hashes of these are the same. */
static void tells_names_apart_that_look_alike_to_the_index(void **state)
{
	static const struct choice items[] = {
		{.code = "liquid", .label = "甲", .name = "全称"},
		{.code = "costarring", .label = "乙", .name = ""},
	};
	const struct config bare = {
		.choices = {[CHOICE_DEPARTMENT] = {items, 2}}};
	struct buf text = changed("code: jyj", "code: costarring"), mistakes;
	struct config *config;
	(void)state;

	buf_str(&text, "\n");
	OK(config_parse(&config, "f", text.data, text.len, &mistakes, err));
	assert_non_null(config_choice(config, CHOICE_DEPARTMENT, "costarring"));
	assert_null(config_match(config, CHOICE_DEPARTMENT, "liquid"));
	config_free(config);
	buf_free(&text);

	assert_ptr_equal(config_match(&bare, CHOICE_DEPARTMENT, "costarring"),
			 &items[1]);
	assert_ptr_equal(config_match(&bare, CHOICE_DEPARTMENT, "全称"),
			 &items[0]);
	assert_ptr_equal(config_match(&bare, CHOICE_DEPARTMENT, "甲"),
			 &items[0]);
	assert_null(config_match(&bare, CHOICE_DEPARTMENT, ""));
}

static void prints_what_needs_quotes_in_quotes(void **state)
{
	struct buf text = changed("wording: 已经解决", "wording: 甲～乙");
	struct buf mistakes = {0}, out = {0};
	struct config *config;
	(void)state;

	OK(config_parse(&config, "f", text.data, text.len, &mistakes, err));
	config_print(config, &out);
	assert_non_null(strstr(out.data, "wording: \"甲～乙\""));
	config_free(config);
	buf_reset(&out);
	buf_free(&text);

	text = changed("code: economy", "code: eco_nomy");
	OK(config_parse(&config, "f", text.data, text.len, &mistakes, err));
	config_print(config, &out);
	assert_non_null(strstr(out.data, "{code: eco_nomy,"));
	config_free(config);
	buf_free(&out);
	buf_free(&text);
	assert_string_equal(word_name(phase_words, 99), "");
}

/* Then it is said, instead of going on with another one. */
static void a_file_that_is_there_and_cannot_be_read_is_told(void **state)
{
	char dir[64], path[160];
	struct config *config;
	struct buf mistakes = {0};
	struct err why = {0};
	(void)state;

	dir_make(dir);
	unsetenv("PROPOSALS_CONFIG");
	unsetenv("XDG_CONFIG_HOME");
	setenv("HOME", dir, 1);
	snprintf(path, sizeof(path), "%s/.config", dir);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof(path), "%s/.config/proposals", dir);
	assert_int_equal(symlink("proposals", path), 0);
	assert_false(config_load(&config, NULL, &mistakes, &why));
	assert_int_equal(why.code, ERR_CONFIG);
	assert_non_null(strstr(why.text, "proposals.yaml: 读不到配置文件"));
	buf_free(&mistakes);

	/* Without a home of one's own the others are looked for. */
	setenv("HOME", "relative", 1);
	OK(config_load(&config, NULL, &mistakes, err));
	config_free(config);
	dir_remove(dir);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_marks_of_a_chinese_input_method),
		cmocka_unit_test(takes_marks_that_may_be_meant),
		cmocka_unit_test(guesses_where_a_quote_should_have_ended),
		cmocka_unit_test(
			tells_indentation_once_and_not_what_follows_from_it),
		cmocka_unit_test(tells_characters_that_nobody_sees),
		cmocka_unit_test(tells_values_of_the_wrong_kind_and_too_many),
		cmocka_unit_test(ends_somewhere_when_all_is_wrong),
		cmocka_unit_test(refuses_what_has_no_lines_of_its_own),
		cmocka_unit_test(
			tells_names_apart_that_look_alike_to_the_index),
		cmocka_unit_test(prints_what_needs_quotes_in_quotes),
		cmocka_unit_test(
			a_file_that_is_there_and_cannot_be_read_is_told),
	};
	return cmocka_run_group_tests_name("slips", tests, NULL, NULL);
}
