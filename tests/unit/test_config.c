#include "config/config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "config/example.h"
#include "config/schema.h"
#include "fixture.h"

#define EXAMPLE "proposals.yaml.example"
#define SMALL "tests/data/config/small.yaml"

/* `text` with the first `from` in it made `to`. */
static struct buf replaced(const struct buf *text, const char *from,
			   const char *to)
{
	const char *at = strstr(text->data, from);
	struct buf out = {0};

	if (!at)
		fail_msg("the text has no %s", from);
	buf_add(&out, text->data, (size_t)(at - text->data));
	buf_str(&out, to);
	buf_str(&out, at + strlen(from));
	return out;
}

/* The mistakes in a text, "" if there are none; free it with buf_free(). */
static struct buf mistakes_in(const char *text, size_t len)
{
	struct config *config = NULL;
	struct buf mistakes = {0};
	struct err err = {0};
	bool ok = config_parse(&config, "f", text, len, &mistakes, &err);

	assert_int_equal(ok, config != NULL);
	assert_int_equal(ok, mistakes.len == 0);
	assert_int_equal(err.code, ok ? ERR_NONE : ERR_CONFIG);
	if (!ok)
		assert_int_equal(strncmp(mistakes.data, err.text,
					 strcspn(mistakes.data, "\n")),
				 0);
	config_free(config);
	return mistakes;
}

static void assert_mistakes(const char *text, size_t len, const char *expected)
{
	struct buf mistakes = mistakes_in(text, len);

	assert_string_equal(buf_text(&mistakes), expected);
	buf_free(&mistakes);
}

static struct config *load(const char *path)
{
	struct config *config = NULL;
	struct buf mistakes = {0};
	struct err err = {0};

	if (!config_load(&config, path, &mistakes, &err))
		fail_msg("%s", buf_text(&mistakes));
	return config;
}

static struct config *parse(const char *text)
{
	struct config *config = NULL;
	struct buf mistakes = {0};
	struct err err = {0};

	if (!config_parse(&config, "f", text, strlen(text), &mistakes, &err))
		fail_msg("%s", buf_text(&mistakes));
	return config;
}

/* Without the lines that only explain. */
static struct buf without_comments(const struct buf *file)
{
	struct buf out = {0};

	for (const char *at = file->data; *at;) {
		size_t len = strcspn(at, "\n") + 1;

		if (at[strspn(at, " ")] != '#')
			buf_add(&out, at, len);
		at += len;
	}
	return out;
}

static void the_example_is_what_is_built_in(void **state)
{
	struct buf file = file_read(EXAMPLE);
	struct buf bare = without_comments(&file);
	(void)state;

	assert_int_equal(bare.len, config_example_size);
	assert_memory_equal(bare.data, config_example, bare.len);
	assert_mistakes(config_example, config_example_size, "");
	buf_free(&bare);
	buf_free(&file);
}

/* A comment line `#  name  help`, and the name as a key below it. */
static bool explains(const struct buf *file, const struct setting *setting)
{
	struct buf key = {0};
	const char *at = file->data;
	bool found = false;

	while (!found && (at = strstr(at, setting->help))) {
		const char *line = at;

		while (line > file->data && line[-1] != '\n')
			line--;
		found = *line == '#' &&
			memmem(line, (size_t)(at - line), setting->name,
			       strlen(setting->name));
		at += strlen(setting->help);
	}
	buf_printf(&key, "%s:", setting->name);
	found = found && strstr(file->data, buf_text(&key));
	buf_free(&key);
	return found;
}

static void the_example_names_and_explains_every_setting(void **state)
{
	struct buf file = file_read(EXAMPLE);
	(void)state;

	for (size_t i = 0; i < setting_count; i++) {
		struct buf path = {0};

		schema_path(&settings[i], &path);
		if (!explains(&file, &settings[i]))
			fail_msg("%s: no “%s  %s”", buf_text(&path),
				 settings[i].name, settings[i].help);
		buf_free(&path);
	}
	buf_free(&file);
}

static void settings_have_paths(void **state)
{
	static const char *const paths[] = {"sessions", "departments[].aliases",
					    "deadlines.reply.warn",
					    "display.ambiguous_width"};
	(void)state;

	for (size_t i = 0; i < LENGTH(paths); i++) {
		bool found = false;

		for (size_t j = 0; j < setting_count && !found; j++) {
			struct buf path = {0};

			schema_path(&settings[j], &path);
			found = strcmp(buf_text(&path), paths[i]) == 0;
			buf_free(&path);
		}
		if (!found)
			fail_msg("no setting %s", paths[i]);
	}
}

static void groups_stay_together_and_fit(void **state)
{
	size_t total = 0;
	(void)state;

	for (enum group i = 0; i < GROUP_COUNT; i++) {
		const struct setting *first, *last;

		schema_group(i, &first, &last);
		assert_in_range(last - first, 1, SCHEMA_MEMBERS_MAX);
		total += (size_t)(last - first);
	}
	assert_int_equal(total, setting_count);
}

static void the_example_knows_the_departments_of_pinghu(void **state)
{
	static const char *const names[] = {
		"经信局",     "教育局",       "卫生健康局",     "农业农村局",
		"建设局",     "综合执法局",   "交通运输局",     "人力社保局",
		"文旅体局",   "商务局",       "自然资源规划局", "公安局",
		"民政局",     "生态环境分局", "发改局",         "财政局",
		"水利局",     "科技局",       "市场监管局",     "社会治理中心",
		"应急管理局", "司法局",       "政务数据办",     "退役军人局",
		"医保局",     "统战部",       "宣传部",         "组织部",
		"编委办",     "团市委",       "妇联",           "残联",
		"总工会",     "气象局",       "消防救援大队",   "供销总社",
		"档案馆",     "税务局",       "新仓镇",         "当湖街道",
	};
	struct config *config = load(EXAMPLE);
	(void)state;

	for (size_t i = 0; i < LENGTH(names); i++) {
		const struct choice *choice =
			config_match(config, CHOICE_DEPARTMENT, names[i]);

		assert_non_null(choice);
		assert_string_equal(choice->label, names[i]);
		assert_true(choice->active);
	}
	config_free(config);
}

static void the_example_knows_the_statuses_of_the_domain(void **state)
{
	static const struct {
		const char *code, *label;
		enum phase phase;
		const char *next;
	} cases[] = {
		{"received", "已收到", PHASE_INTAKE, "审查中"},
		{"review", "审查中", PHASE_REVIEW,
		 "已立案 不立案 转社情民意 退回 撤案 并案"},
		{"filed", "已立案", PHASE_FILED, "待签收 并案 撤案"},
		{"rejected", "不立案", PHASE_DROPPED, "审查中 转社情民意"},
		{"forwarded", "转社情民意", PHASE_DROPPED, ""},
		{"returned", "退回", PHASE_DROPPED, "审查中 撤案"},
		{"withdrawn", "撤案", PHASE_DROPPED, ""},
		{"merged", "并案", PHASE_MERGED, "已立案 审查中"},
		{"waiting", "待签收", PHASE_ASSIGNED, "办理中 申退中 撤案"},
		{"handling", "办理中", PHASE_HANDLING, "已答复 延期 撤案"},
		{"refusing", "申退中", PHASE_ASSIGNED, "待签收 办理中"},
		{"answered", "已答复", PHASE_ANSWERED, "已办结 重新办理"},
		{"extended", "延期", PHASE_HANDLING, "已答复 撤案"},
		{"closed", "已办结", PHASE_CLOSED, "跟踪办理"},
		{"redo", "重新办理", PHASE_HANDLING, "已答复"},
		{"followup", "跟踪办理", PHASE_HANDLING, "已答复"},
	};
	struct config *config = load(EXAMPLE);
	const struct choices *statuses = &config->choices[CHOICE_STATUS];
	(void)state;

	assert_int_equal(statuses->count, LENGTH(cases));
	for (size_t i = 0; i < LENGTH(cases); i++) {
		const struct choice *status = &statuses->items[i];
		struct buf next = {0};

		for (size_t j = 0; j < status->next_count; j++) {
			buf_str(&next, j ? " " : "");
			buf_str(&next, statuses->items[status->next[j]].label);
		}
		assert_string_equal(status->code, cases[i].code);
		assert_string_equal(status->label, cases[i].label);
		assert_int_equal(status->phase, cases[i].phase);
		assert_string_equal(buf_text(&next), cases[i].next);
		buf_free(&next);
	}
	config_free(config);
}

static void reads_each_kind_of_value(void **state)
{
	struct config *config = load(SMALL);
	const struct choice *jxj =
		config_choice(config, CHOICE_DEPARTMENT, "jxj");
	const struct choice *first = config->choices[CHOICE_STATUS].items;
	char opened[11];
	(void)state;

	assert_string_equal(config->source, SMALL);
	assert_int_equal(config->session_count, 2);
	assert_int_equal(config->sessions[0].id, session_make(14, 2));
	assert_int_equal(config->sessions[0].year, 2023);
	assert_int_equal(config->sessions[0].opened, DAY_NONE);
	assert_true(config->sessions[0].merged_counts_as_filed);
	assert_string_equal(config->sessions[1].label, "十四届三次");
	day_format(config->sessions[1].opened, opened);
	assert_string_equal(opened, "2024-01-15");
	assert_int_equal(config->current, session_make(14, 3));
	assert_string_equal(jxj->name, "经济和信息化局");
	assert_string_equal(jxj->label, "经信局");
	assert_string_equal(jxj->system, "政府");
	assert_int_equal(jxj->aliases.count, 2);
	assert_string_equal(jxj->aliases.items[1], "工信局");
	assert_true(jxj->active);
	assert_string_equal(jxj[1].label, "教育局");
	assert_false(jxj[1].active);
	assert_int_equal(config->choices[CHOICE_LEVEL].items->rank, LEVEL_KEY);
	assert_string_equal(config->choices[CHOICE_LEVEL].items->name, "");
	assert_int_equal(first->key, 's');
	assert_int_equal(first->next_count, 1);
	assert_int_equal(first->next[0], 1);
	assert_int_equal(first[1].colour, COLOUR_RED);
	assert_int_equal(first[1].next_count, 0);
	assert_true(config->choices[CHOICE_RESULT].items->solved);
	assert_false(config->choices[CHOICE_RESULT].items->follow_up);
	assert_int_equal(config->reply.from, DATE_ASSIGNED);
	assert_int_equal(config->reply.extend_max, 3);
	assert_int_equal(config->reply.warn_count, 2);
	assert_int_equal(config->reply.warn[1], 7);
	config_free(config);
}

static void takes_what_means_the_same(void **state)
{
	static const struct {
		const char *from, *to;
	} cases[] = {
		{"current: 14-3", "current: 十四届三次"},
		{"current: 14-3\n", ""}, /* the latest */
		{"current: 14-3", "current: null"},
		{"year: 2024", "year: ２０２４"},
		{"2024-01-15", "2024年1月15日"},
		{"2024-01-15", "'2024/1/15'"},
		{"active: false", "active: 否"},
		{"active: false", "active: No"},
		{"solved: true", "solved: 是"},
		{"short: 经信局", "short: 　经信局　"},
		{"colour: red", "colour: Red"},
		{"key: c", "key: ｃ"},
		{"[15, 7]", "[ 15,\n    7 ]"},
		{"# A right", "---\n# A right"},
		{"short: 经信局", "short: >\n      经信局"},
		{"display:\n  ambiguous_width: auto\n", "display:\n"},
		{"display:\n  ambiguous_width: auto\n", ""},
		{"label: A,", "label: 'A', aliases: ,"},
		{"# A right", "# 注：“说明”，[ { \" 't\t"},
		{"system: 政府", "system: 政府 # 注：“说明”"},
		{"[number, unit, title]", "[ Number,\n    unit, TITLE ]"},
	};
	struct buf small = file_read(SMALL);
	struct config *right = load(SMALL);
	struct buf expected = {0};
	(void)state;

	right->source = "f";
	config_print(right, &expected);
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct buf text = replaced(&small, cases[i].from, cases[i].to);
		struct config *config = parse(text.data);
		struct buf printed = {0};

		config_print(config, &printed);
		assert_string_equal(printed.data, expected.data);
		config_free(config);
		buf_free(&printed);
		buf_free(&text);
	}
	config_free(right);
	buf_free(&expected);
	buf_free(&small);
}

static void takes_other_line_ends_and_a_byte_order_mark(void **state)
{
	static const char *const ends[] = {"\r\n", "\r", "\n"};
	struct buf small = file_read(SMALL);
	(void)state;

	for (size_t i = 0; i < LENGTH(ends); i++) {
		struct buf text = {0};

		buf_str(&text, "\xef\xbb\xbf");
		for (const char *at = small.data; *at; at++)
			if (*at == '\n')
				buf_str(&text, ends[i]);
			else
				buf_char(&text, *at);
		assert_mistakes(text.data, text.len, "");
		buf_str(&text, "x: 1");
		assert_mistakes(text.data, text.len,
				"f:29:1: 没有“x”这个设置，这里可以写："
				"sessions、current、departments、categories、"
				"levels、statuses、results、deadlines、list、"
				"views、display\n");
		buf_free(&text);
	}
	buf_free(&small);
}

struct slip {
	const char *from, *to, *expected;
};

/* What is wrong with a value, or with what values are to one another. */
static const struct slip values[] = {
	{"phase: intake", "phas: intake",
	 "f:19:34: 没有“phas”这个设置，是不是“phase”？\n"},
	{"levels:", "levles:",
	 "f:16:1: 没有“levles”这个设置，是不是“levels”？\n"},
	{"short:", "简称:", "f:10:5: 没有“简称”这个设置，是不是“short”？\n"},
	{"short:", "Short:", "f:10:5: 没有“Short”这个设置，是不是“short”？\n"},
	{"  reply:", "  zzz: 1\n  reply:",
	 "f:24:3: 没有“zzz”这个设置，这里可以写：reply\n"},
	{"short: 经信局", "short: 经信局\n    short: 经信",
	 "f:11:5: “short”重复，第 10 行已经写过\n"},
	{"code: jyj", "code: jxj",
	 "f:13:12: 代码“jxj”重复，第 8 行的“经信局”已经用了\n"},
	{"code: jyj", "code: JXJ",
	 "f:13:12: 代码“JXJ”重复，第 8 行的“经信局”已经用了\n"},
	{"name: 教育局", "name: 工信局",
	 "f:13:23: 全称“工信局”重复，第 11 行的“经信局”已经用了\n"},
	{"label: 审查中", "label: 已收到",
	 "f:20:27: 名称“已收到”重复，第 19 行的“已收到”已经用了\n"},
	{"key: c", "key: s", "f:20:52: 按键“s”重复，第 19 行已经用了\n"},
	{"id: 14-2", "id: 14-3",
	 "f:5:10: 届次“十四届三次”重复，第 3 行已经写过\n"},
	{"opened: 2024-01-15", "label: 十四届二次",
	 "f:5:35: 名称“十四届二次”重复，第 3 行已经写过\n"},
	{"amount: 3", "amount: 三个月",
	 "f:24:35: “amount”（期限）应是一个整数，不是“三个月”\n"},
	{"amount: 3", "amount: 3.5",
	 "f:24:35: “amount”（期限）应是一个整数，不是“3.5”\n"},
	{"amount: 3", "amount: [3]",
	 "f:24:35: “amount”（期限）应是一个整数，这里是列表\n"},
	{"amount: 3", "amount:", "f:24:33: 冒号后面没有内容，或者没有空一格\n"},
	{"[经信委, 工信局]", "经信委",
	 "f:11:14: “aliases”（别名）应是一个列表，如 [甲, 乙]，不是“经信委”\n"},
	{"[经信委, 工信局]", "[经信委, [工信局]]",
	 "f:11:20: “aliases”（别名）应是一段文字，这里是列表\n"},
	{"short: 经信局", "short: {a: b}",
	 "f:10:12: “short”（简称）应是一段文字，这里是一组设置\n"},
	{"  - {code: economy, label: 工业经济}", "  code: economy",
	 "f:15:3: “categories”（类别）应是一个列表，每项以“- ”开头，"
	 "这里是一组设置\n"},
	{"{code: economy, label: 工业经济}", "工业经济",
	 "f:15:5: “categories”（类别）的每一项应是一组“名称: 内容”\n"},
	{"{from: assigned, amount: 3, unit: month, warn: [15, 7]}", "3",
	 "f:24:10: “reply”（答复期限）应是一组设置，每行一个“名称: 内容”，"
	 "不是“3”\n"},
	{"active: false", "active: 不",
	 "f:13:36: “active”（在用）应是 true 或 false，不是“不”\n"},
	{"2024-01-15", "2024-02-30",
	 "f:5:36: “opened”（开幕日期）应是一个日期，如 2024-01-15，"
	 "不是“2024-02-30”\n"},
	{"2024-01-15", "10-4",
	 "f:5:36: “opened”（开幕日期）应是一个日期，如 2024-01-15，"
	 "不是“10-4”\n"},
	{"id: 14-2", "id: 2023",
	 "f:3:9: “id”（届次）应是一个届次，如 14-3，不是“2023”\n"},
	{"key: c", "key: cc",
	 "f:20:52: “key”（按键）应是一个英文字母，不是“cc”\n"},
	{"key: c", "key: 1",
	 "f:20:52: “key”（按键）应是一个英文字母，不是“1”\n"},
	{"colour: red", "colour: rad",
	 "f:20:63: “colour”（颜色）没有“rad”，是不是“red”？可以写："
	 "default、red、green、yellow、blue、magenta、cyan\n"},
	{"phase: intake", "phase: 收到",
	 "f:19:41: “phase”（阶段）没有“收到”，是不是“intake”？可以写："
	 "intake、review、filed、assigned、handling、answered、closed、merged、"
	 "dropped\n"},
	{"phase: intake", "phase: review",
	 "f:18:1: 没有阶段（phase）是 intake（收到）的状态，"
	 "新提案没有开头的状态\n"},
	{"system: 政府", "system: 群团",
	 "f:12:13: “system”（系统）没有“群团”，可以写：政府、党群\n"},
	{"from: assigned", "from: due",
	 "f:24:17: “from”（起算日）没有“due”，可以写：received、filed、"
	 "assigned\n"},
	{"amount: 3", "amount: 0",
	 "f:24:35: “amount”（期限）应在 1 到 366 之间，不能是“0”\n"},
	{"amount: 3", "amount: -3",
	 "f:24:35: “amount”（期限）应在 1 到 366 之间，不能是“-3”\n"},
	{"amount: 3", "amount: 99999999999999999999",
	 "f:24:35: “amount”（期限）应在 1 到 366 之间，"
	 "不能是“99999999999999999999”\n"},
	{"year: 2023", "year: 23",
	 "f:4:11: “year”（年度）应在 1950 到 2079 之间，不能是“23”\n"},
	{"[15, 7]", "[]",
	 "f:24:57: “warn”（提醒）应有 1 到 10 项，这里有 0 项\n"},
	{"[15, 7]", "[15, 15]",
	 "f:24:62: 提醒天数要从大到小，15 不能在 15 后面\n"},
	{"[15, 7]", "[400]",
	 "f:24:58: “warn”（提醒）应在 0 到 366 之间，不能是“400”\n"},
	{"short: 经信局", "short: 经信局经信局经信局经信局经信局经信局",
	 "f:10:12: “short”（简称）最多 16 个字，这里有 18 个\n"},
	{"label: 重点", "label: ''", "f:16:29: “label”（名称）后面没有内容\n"},
	{"label: 重点", "label: \"重\\n点\"",
	 "f:16:29: “label”（名称）只能写一行\n"},
	{"label: 重点", "label: 重\u200b点",
	 "f:16:29: “label”（名称）里有看不见的字符 <U+200B>，请删掉\n"},
	{"label: 重点", "label: \"\\e[31m重点\"",
	 "f:16:29: “label”（名称）里有看不见的字符 ^[，请删掉\n"},
	{"code: economy", "code: 工业",
	 "f:15:12: “code”（代码）只能用英文字母、数字、“-”和“_”，"
	 "不能是“工业”\n"},
	{"code: economy", "code: a b",
	 "f:15:12: “code”（代码）只能用英文字母、数字、“-”和“_”，"
	 "不能是“a b”\n"},
	{"code: economy, ", "", "f:15:5: 这一项缺少“code”（代码）\n"},
	{"results:\n  - {code: A, label: A, wording: 已经解决, solved: true}\n",
	 "", "f:2:1: 缺少“results”（办理结果）\n"},
	{"\n  - {code: economy, label: 工业经济}", " []",
	 "f:14:13: “categories”（类别）应有 1 到 100 项，这里有 0 项\n"},
	{"[review]", "[reveiw]",
	 "f:19:64: “next”里的“reveiw”不是状态代码，是不是“review”？\n"},
	{"[review]", "[审查中]",
	 "f:19:64: “next”里的“审查中”不是状态代码，是不是“review”？\n"},
	{"[review]", "[zzzzz]",
	 "f:19:64: “next”里的“zzzzz”不是状态代码，statuses 里没有它\n"},
	{"[review]", "[received]",
	 "f:19:64: “next”里的“received”就是这个状态自己，请删掉\n"},
	{"[review]", "[review, review]",
	 "f:19:72: “next”里的“review”重复，请删掉一个\n"},
	{"[number, unit, title]", "number",
	 "f:28:12: “columns”（列）应是一列词，如 [number, title]，"
	 "不是“number”\n"},
	{"[number, unit, title]", "[]",
	 "f:28:12: “columns”（列）应有 1 到 19 项，这里有 0 项\n"},
	{"[number, unit", "[number, 主办",
	 "f:28:21: “columns”（列）没有“主办”，是不是“unit”？可以写："
	 "number、session、unit、joint、status、level、category、due、result、"
	 "feedback、proposers、received、filed、assigned、replied、closed、"
	 "changed、by、title\n"},
	{"[number, unit", "[unit, Unit",
	 "f:28:19: “columns”里的“unit”重复，请删掉一个\n"},
	{"[number, unit, title]", "[number, title, unit]",
	 "f:28:28: “columns”里 title（案由）只能在最后，“unit”不能在它后面\n"},
	{"current: 14-3", "current: 14-9",
	 "f:6:10: 当前届次“14-9”不在 sessions 里\n"},
};

/* What no longer is YAML, or not what was meant. */
static const struct slip syntax[] = {
	{"  ambiguous", "\tambiguous",
	 "f:26:1: 缩进里有制表符（Tab），请改为空格\n"},
	{"    year: 2023", "\tyear: 2023",
	 "f:4:1: 缩进里有制表符（Tab），请改为空格\n"},
	{"    year: 2023", "  \t  year: 2023",
	 "f:4:3: 缩进里有制表符（Tab），请改为空格\n"},
	{"- id: 14-2", "-\tid: 14-2",
	 "f:3:4: “-”后面是制表符（Tab），请改为空格\n"},
	{"  ambiguous", "　ambiguous",
	 "f:26:1: 缩进里有全角空格，请改为半角空格\n"},
	{"current: 14-3", "current：14-3",
	 "f:6:8: 冒号是全角的“：”，请改为半角“:”，后面空一格\n"},
	{"short: 经信局", "short： 经信局",
	 "f:10:10: 冒号是全角的“：”，请改为半角“:”，后面空一格\n"},
	{"short: 经信局", "short ：　经信局",
	 "f:10:11: 冒号是全角的“：”，请改为半角“:”，后面空一格\n"},
	{"categories:", "categories：",
	 "f:14:11: 冒号是全角的“：”，请改为半角“:”，后面空一格\n"},
	{"label: 工业经济", "label：工业经济",
	 "f:15:26: 冒号是全角的“：”，请改为半角“:”，后面空一格\n"},
	{"year: 2023", "year：23",
	 "f:4:9: 冒号是全角的“：”，请改为半角“:”，后面空一格\n"
	 "f:4:10: “year”（年度）应在 1950 到 2079 之间，不能是“23”\n"},
	{"current: 14-3", "current:14-3", "f:6:9: 冒号后面要空一格\n"},
	{"current: 14-3", "current:　14-3",
	 "f:6:9: “:”后面是全角空格，请改为半角空格\n"},
	{"- id: 14-2", "-id: 14-2", "f:3:4: “-”后面要空一格\n"},
	{"- {id: 14-3", "-{id: 14-3", "f:5:4: “-”后面要空一格\n"},
	{"- id: 14-2", "－ id: 14-2",
	 "f:3:3: 列表项要用半角减号“-”开头，这里是“－”\n"},
	{"- id: 14-2", "—　id: 14-2",
	 "f:3:3: 列表项要用半角减号“-”开头，这里是“—”\n"
	 "f:3:4: “-”后面是全角空格，请改为半角空格\n"},
	{"[经信委, 工信局]", "[经信委，工信局]",
	 "f:11:18: 这里要用半角逗号“,”隔开，现在是“，”\n"},
	{"[经信委, 工信局]", "[经信委、工信局]",
	 "f:11:18: 这里要用半角逗号“,”隔开，现在是“、”\n"},
	{"jyj, name", "jyj，name",
	 "f:13:15: 这里要用半角逗号“,”隔开，现在是“，”\n"},
	{"[经信委, 工信局]", "［经信委, 工信局］",
	 "f:11:14: 括号是全角的“［”，请改为半角“[”\n"
	 "f:11:23: 括号是全角的“］”，请改为半角“]”\n"},
	{"active: false}", "active: false｝",
	 "f:13:41: 括号是全角的“｝”，请改为半角“}”\n"},
	{"short: 经信局", "short: “经信局”",
	 "f:10:12: 引号是中文的，请改为英文引号 \"，或者去掉\n"},
	{"label: 重点", "label: “重点”",
	 "f:16:29: 引号是中文的，请改为英文引号 \"，或者去掉\n"},
	{"short: 经信局", "short: \"经信局",
	 "f:10:12: 引号在这里打开，到行末没有关上，请补上 \"\n"},
	{"short: 经信局", "short: '经信局 # 注",
	 "f:10:12: 引号在这里打开，到行末没有关上，请补上 '\n"},
	{"label: 重点,", "label: \"重点,",
	 "f:16:29: 引号在这里打开，到行末没有关上，请补上 \"\n"},
	{"short: 经信局", "short: \"经信局”",
	 "f:10:12: 引号在这里打开，右边却是中文引号，请改为英文的 \"\n"},
	{"[review]", "[review",
	 "f:19:63: 括号在这里打开，没有关上，请补上“]”\n"},
	{"[review]}", "[review]",
	 "f:19:5: 括号在这里打开，没有关上，请补上“}”\n"},
	{"[经信委, 工信局]", "[经信委, 工信局",
	 "f:11:14: 括号在这里打开，没有关上，请补上“]”\n"},
	{"[review]}", "[review｝",
	 "f:19:63: 括号在这里打开，没有关上，请补上“]”\n"
	 "f:19:70: 括号是全角的“｝”，请改为半角“}”\n"},
	{"[review]}", "[review # one\n # two\n\n  # three",
	 "f:19:5: 括号在这里打开，没有关上，请补上“}”\n"
	 "f:19:63: 括号在这里打开，没有关上，请补上“]”\n"},
	{"current: 14-3", "current 14-3\r",
	 "f:6:1: 这里应是“名称: 内容”，没有找到半角冒号\n"},
	{"{id: 14-3, year", "{id: 143, year",
	 "f:5:10: “id”（届次）应是一个届次，如 14-3，不是“143”\n"
	 "f:6:10: 当前届次“14-3”不在 sessions 里\n"},
	{"current: 14-3", "current 14-3",
	 "f:6:1: 这里应是“名称: 内容”，没有找到半角冒号\n"},
	{"    short: 经信局", "     short: 经信局",
	 "f:10:11: 这里不该有冒号：请检查这一行和上一行的缩进；"
	 "文字里有“: ”的要加引号\n"},
	{"    short: 经信局", "   short: 经信局",
	 "f:10:4: 这一行应以“-”开头，或者缩进与同一列表的上一项不同\n"},
	{"wording: 已经", "wording: 已: 经",
	 "f:22:35: 两项之间缺了逗号，或者花括号没有关上；"
	 "文字里有“: ”的要加引号\n"},
	{"short: 经信局", "short: @经信局",
	 "f:10:12: 这个字符不能放在开头，这样的文字要加引号\n"},
	{"short: 经信局", "short: \"\\经信局\"",
	 "f:10:13: 双引号里的反斜杠要写两个“\\\\”，或者改用单引号\n"},
	{"short: 经信局", "short: *x",
	 "f:10:12: 不支持别名引用“*x”；如果“*”是文字，请加引号\n"},
	{"short: 经信局", "short: &x 经信局",
	 "f:10:12: 不支持锚点“&x”；如果“&”是文字，请加引号\n"},
	{"[经信委, 工信局]", "&x [经信委, 工信局]",
	 "f:11:14: 不支持锚点“&x”；如果“&”是文字，请加引号\n"},
	{"short: 经信局", "short: !!str 经信局",
	 "f:10:12: 不支持“!”标签；如果“!”是文字，请加引号\n"},
	{"short: 经信局", "[a]: 经信局",
	 "f:10:5: 冒号前面只能是一个名称，不能是列表\n"},
	{"display:", "---\ndisplay:",
	 "f:25:1: 一个文件只能有一份配置，这里又开始了一份\n"},
	{"short: 经信局", "short: 经\x01信局",
	 "f:10:13: 这里有看不见的字符 ^A，请删掉\n"},
	{"short: 经信局", "short: 经信\u2028局",
	 "f:10:14: 这里有看不见的字符 <U+2028>，请删掉\n"},
	{"short: 经信局", "short: 经信\xe5\xb1",
	 "f:10:14: 这里的字节 <E5> 不是 UTF-8 文字，请重新输入这个字\n"},
};

static void assert_slips(const struct slip *slips, size_t count)
{
	struct buf small = file_read(SMALL);

	for (size_t i = 0; i < count; i++) {
		struct buf text = replaced(&small, slips[i].from, slips[i].to);

		assert_mistakes(text.data, text.len, slips[i].expected);
		buf_free(&text);
	}
	buf_free(&small);
}

static void tells_what_is_wrong_with_values(void **state)
{
	(void)state;
	assert_slips(values, LENGTH(values));
}

static void tells_what_is_wrong_with_the_syntax(void **state)
{
	(void)state;
	assert_slips(syntax, LENGTH(syntax));
}

static void lets_full_width_marks_stand_in_texts(void **state)
{
	static const char *const wordings[] = {
		"【重点】解决",
		"A：已经解决",
		"“地瓜经济”等",
		"解决，或部分（主要）解决",
		"it's “ok”",
		"“甲”和“乙”",
		"～—…·①",
		"'“甲”'",
		"\"“甲”，［乙］\"",
		"'：'",
		"a:b",
		"C#：x",
	};
	struct buf small = file_read(SMALL);
	(void)state;

	for (size_t i = 0; i < LENGTH(wordings); i++) {
		struct buf text = replaced(&small, "已经解决", wordings[i]);

		assert_mistakes(text.data, text.len, "");
		buf_free(&text);
	}
	buf_free(&small);
}

static void tells_everything_in_one_run(void **state)
{
	static const char text[] =
		"sessions:\n"
		"\t- {id: 14-3, year: 24}\n"
		"current：14-3\n"
		"departments:\n"
		"  - {code: jxj, name: 经信局, coluor: red}\n"
		"  - {code: jxj, name: \"教育局}\n"
		"categories:\n"
		"  - {code: a, label: 甲, aliases: [乙，丙}\n"
		"levels 1\n"
		"  - {code: a, label: 一般, rank: odinary}\n"
		"statuses:\n"
		"  - code: a\n"
		"    label: *b\n"
		"    phase: intake\n"
		"     next: [x]\n"
		"results:\n"
		"  - {label: A}\n"
		"deadlines: {reply: {amount: 0}}\n";
	(void)state;

	assert_mistakes(
		text, strlen(text),
		"f:2:1: 缩进里有制表符（Tab），请改为空格\n"
		"f:2:21: “year”（年度）应在 1950 到 2079 之间，不能是“24”\n"
		"f:3:8: 冒号是全角的“：”，请改为半角“:”，后面空一格\n"
		"f:5:28: 没有“coluor”这个设置，这里可以写：code、name、short、"
		"aliases、system、active\n"
		"f:6:12: 代码“jxj”重复，第 5 行的“经信局”已经用了\n"
		"f:6:23: 引号在这里打开，到行末没有关上，请补上 \"\n"
		"f:8:34: 括号在这里打开，没有关上，请补上“]”\n"
		"f:8:36: 这里要用半角逗号“,”隔开，现在是“，”\n"
		"f:9:1: 这里应是“名称: 内容”，没有找到半角冒号\n"
		"f:13:12: 不支持别名引用“*b”；如果“*”是文字，请加引号\n"
		"f:15:10: 这里不该有冒号：请检查这一行和上一行的缩进；"
		"文字里有“: ”的要加引号\n"
		"f:17:5: 这一项缺少“code”（代码）\n"
		"f:18:29: “amount”（期限）应在 1 到 366 之间，不能是“0”\n");
}

static void tells_a_hundred_and_counts_the_rest(void **state)
{
	struct buf text = file_read(SMALL);
	struct buf mistakes;
	size_t lines = 0;
	(void)state;

	for (int i = 0; i < 5000; i++)
		buf_printf(&text, "x%d: 1\n", i);
	mistakes = mistakes_in(text.data, text.len);
	for (const char *at = mistakes.data; *at; at++)
		lines += *at == '\n';
	assert_int_equal(lines, 101);
	assert_non_null(strstr(mistakes.data, "\nf:126:1: "));
	assert_non_null(strstr(mistakes.data, "\n还有 4900 处\n"));
	buf_free(&mistakes);
	buf_free(&text);
}

static void names_other_encodings(void **state)
{
	/* “sessions: 届次” in GBK, and more of it. */
	static const char gbk[] = "# ok\nsessions: \xbd\xec\xb4\xce\n";
	static const char utf16[] = "\xff\xfe#\0 \0";
	static const char big[] = "\xfe\xff\0#\0 ";
	static const char bare[] = "#\0 \0a\0\n\0";
	static const char nul[] = "# a long line\n# with\0one\n";
	(void)state;

	assert_mistakes(gbk, sizeof(gbk) - 1,
			"f:2:1: 缺少“departments”（承办单位）\n"
			"f:2:1: 缺少“categories”（类别）\n"
			"f:2:1: 缺少“levels”（级别）\n"
			"f:2:1: 缺少“statuses”（状态）\n"
			"f:2:1: 缺少“results”（办理结果）\n"
			"f:2:11: 文件是 GBK 编码，请另存为 UTF-8\n"
			"f:2:11: “sessions”（届次）应是一个列表，"
			"每项以“- ”开头，不是“届次”\n");
	assert_mistakes(utf16, sizeof(utf16) - 1,
			"f:1:1: 文件是 UTF-16 编码，请另存为 UTF-8\n");
	assert_mistakes(big, sizeof(big) - 1,
			"f:1:1: 文件是 UTF-16 编码，请另存为 UTF-8\n");
	assert_mistakes(bare, sizeof(bare) - 1,
			"f:1:1: 文件是 UTF-16 编码，请另存为 UTF-8\n");
	assert_mistakes(nul, sizeof(nul) - 1,
			"f:2:7: 这里有空字符（NUL），请删掉\n");
}

static void refuses_what_is_no_configuration(void **state)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{"", "f:1:1: 文件是空的；不用配置文件就不要指定它\n"},
		{"# x\n", "f:1:1: 文件是空的；不用配置文件就不要指定它\n"},
		{"hello", "f:1:1: 整个文件应是一行行顶格的“名称: 内容”\n"},
		{"- a\n", "f:1:1: 整个文件应是一行行顶格的“名称: 内容”\n"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_mistakes(cases[i].text, strlen(cases[i].text),
				cases[i].expected);
}

static void no_mistake_is_behind_the_end(void **state)
{
	static const struct {
		const char *text, *last;
	} cases[] = {
		{"levels:\n- {code: 甲，name",
		 "\nf:2:10: “code”（代码）只能用英文字母、数字、“-”和“_”，"
		 "不能是“甲，name”\n"},
		{"levels:\n- {code,# ]: 甲",
		 "\nf:2:15: 这里缺少内容，或者多了一个逗号或括号\n"},
		{"levels:\n- {code,# ]: 甲\n",
		 "\nf:3:1: 这里缺少内容，或者多了一个逗号或括号\n"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		const char *text = cases[i].text;
		struct buf mistakes = mistakes_in(text, strlen(text));

		if (!strstr(mistakes.data, cases[i].last))
			fail_msg("%s", mistakes.data);
		buf_free(&mistakes);
	}
}

static void stops_at_its_limits(void **state)
{
	struct buf text = {0}, mistakes;
	clock_t start = clock();
	(void)state;

	for (int i = 0; i < 200000; i++)
		buf_char(&text, '[');
	mistakes = mistakes_in(text.data, text.len);
	assert_non_null(
		strstr(mistakes.data, "f:1:17: 嵌套太深，最多 16 层\n"));
	buf_free(&mistakes);

	buf_reset(&text);
	buf_str(&text, "x: [");
	for (int i = 0; i < 200000; i++)
		buf_str(&text, "a, ");
	buf_str(&text, "a]\n");
	mistakes = mistakes_in(text.data, text.len);
	assert_non_null(strstr(mistakes.data, "内容太多，后面的没有再读"));
	buf_free(&mistakes);

	while (text.len <= 1 << 20)
		buf_str(&text, "# 很长很长很长很长很长很长很长\n");
	assert_mistakes(text.data, text.len,
			"f:1:1: 文件超过 1 MiB，不像是配置文件，请检查路径\n");
	buf_free(&text);
	assert_true(clock() - start < 5 * CLOCKS_PER_SEC);
}

static void prints_what_it_reads(void **state)
{
	static const char *const names[] = {
		"\"a: b\"", "'it''s'", "\"say \\\"x\\\" \\\\\"",
		"'null'",   "'#1'",    "“甲”和乙",
		"a b",      "'[x]'",   "'14-3'",
		"yes",      "'- x'",
	};
	struct buf small = file_read(SMALL);
	(void)state;

	for (size_t i = 0; i <= LENGTH(names); i++) {
		struct buf text =
			i < LENGTH(names)
				? replaced(&small, "已经解决", names[i])
				: file_read(EXAMPLE);
		struct config *config = parse(text.data), *again;
		struct buf first = {0}, second = {0};

		config_print(config, &first);
		again = parse(first.data);
		config_print(again, &second);
		assert_string_equal(first.data, second.data);
		assert_string_equal(config->choices[CHOICE_RESULT].items->name,
				    again->choices[CHOICE_RESULT].items->name);
		for (size_t j = 0; j < setting_count; j++)
			assert_non_null(strstr(first.data, settings[j].name));
		config_free(config);
		config_free(again);
		buf_free(&first);
		buf_free(&second);
		buf_free(&text);
	}
	buf_free(&small);
}

static void prints_where_it_comes_from(void **state)
{
	struct config *config = load(SMALL);
	struct buf out = {0};
	(void)state;

	config_print(config, &out);
	assert_int_equal(strncmp(out.data, "# " SMALL "\nsessions:\n", 40), 0);
	assert_non_null(strstr(
		out.data, "  - {id: 14-2, label: 十四届二次, year: 2023, "
			  "opened: \"\", merged_counts_as_filed: true}\n"));
	assert_non_null(strstr(out.data, "\ncurrent: 14-3\n"));
	assert_non_null(strstr(out.data,
			       "deadlines:\n  reply:\n    from: assigned\n"
			       "    amount: 3\n    unit: month\n"
			       "    extend_max: 3\n    warn: [15, 7]\n"));
	buf_free(&out);
	config_free(config);
}

static void matches_what_people_write(void **state)
{
	static const struct {
		enum choice_kind kind;
		const char *text, *code; /* NULL: nothing */
	} cases[] = {
		{CHOICE_DEPARTMENT, "jxj", "jxj"},
		{CHOICE_DEPARTMENT, "JXJ", "jxj"},
		{CHOICE_DEPARTMENT, "ｊｘｊ", "jxj"},
		{CHOICE_DEPARTMENT, "经信局", "jxj"},
		{CHOICE_DEPARTMENT, " 经信局\t", "jxj"},
		{CHOICE_DEPARTMENT, "　经信局　", "jxj"},
		{CHOICE_DEPARTMENT, "经济和信息化局", "jxj"},
		{CHOICE_DEPARTMENT, "工信局", "jxj"},
		{CHOICE_DEPARTMENT, "市经信局", "jxj"},
		{CHOICE_DEPARTMENT, "平湖市经信局", "jxj"},
		{CHOICE_DEPARTMENT, "平湖市经济和信息化局", "jxj"},
		{CHOICE_DEPARTMENT, "市市场监管局", "scj"},
		{CHOICE_DEPARTMENT, "平湖市市场监督管理局", "scj"},
		{CHOICE_DEPARTMENT, "市场监管局", "scj"},
		{CHOICE_DEPARTMENT, "市委组织部", "zzb"},
		{CHOICE_DEPARTMENT, "中共平湖市委组织部", "zzb"},
		{CHOICE_DEPARTMENT, "金融办", "jrb"},
		{CHOICE_DEPARTMENT, "经信", NULL},
		{CHOICE_DEPARTMENT, "市", NULL},
		{CHOICE_DEPARTMENT, "", NULL},
		{CHOICE_DEPARTMENT, "　", NULL},
		{CHOICE_DEPARTMENT, "\xe5\xb1", NULL},
		{CHOICE_STATUS, "办理中", "handling"},
		{CHOICE_STATUS, "待审查", "review"},
		{CHOICE_STATUS, "市办理中", NULL},
		{CHOICE_RESULT, "a", "A"},
		{CHOICE_RESULT, "Ａ", "A"},
		{CHOICE_RESULT, "B类", "B"},
		{CHOICE_RESULT, "留作参考", "D"},
		{CHOICE_LEVEL, "重点提案", "key"},
		{CHOICE_CATEGORY, "教育", "education"},
		{CHOICE_FEEDBACK, "满意", "satisfied"},
		{CHOICE_FEEDBACK, "基本满意", "mostly"},
		{CHOICE_FEEDBACK, "Unsatisfied", "unsatisfied"},
	};
	struct config *config = load(EXAMPLE);
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		const struct choice *choice =
			config_match(config, cases[i].kind, cases[i].text);

		if (!choice != !cases[i].code ||
		    (choice && strcmp(choice->code, cases[i].code) != 0))
			fail_msg("%s is %s", cases[i].text,
				 choice ? choice->code : "nothing");
	}
	config_free(config);
}

static void matches_without_an_index(void **state)
{
	static const char *aliases[] = {"工信局"};
	static const struct choice items[] = {
		{.code = "jyj", .label = "教育局"},
		{.code = "jxj", .label = "经信局", .aliases = {aliases, 1}},
	};
	const struct config config = {
		.choices = {[CHOICE_DEPARTMENT] = {items, 2}}};
	(void)state;

	assert_ptr_equal(config_match(&config, CHOICE_DEPARTMENT, "市工信局"),
			 &items[1]);
	assert_ptr_equal(config_choice(&config, CHOICE_DEPARTMENT, "jyj"),
			 &items[0]);
	assert_null(config_match(&config, CHOICE_STATUS, "jyj"));
}

static void finds_by_code_only_by_the_code(void **state)
{
	struct config *config = load(EXAMPLE);
	(void)state;

	for (enum choice_kind kind = 0; kind < CHOICE_KINDS; kind++)
		for (size_t i = 0; i < config->choices[kind].count; i++) {
			const struct choice *choice =
				&config->choices[kind].items[i];

			assert_ptr_equal(
				config_choice(config, kind, choice->code),
				choice);
			assert_ptr_equal(
				config_match(config, kind, choice->label),
				choice);
			assert_non_null(choice->name);
			assert_non_null(choice->system);
		}
	assert_null(config_choice(config, CHOICE_STATUS, "办理中"));
	assert_null(config_choice(config, CHOICE_STATUS, "HANDLING"));
	assert_string_equal(config_label(config, CHOICE_STATUS, "handling"),
			    "办理中");
	assert_string_equal(config_label(config, CHOICE_STATUS, "lost"),
			    "lost");
	assert_non_null(config_session(config, session_make(14, 3)));
	assert_null(config_session(config, session_make(10, 1)));
	config_free(config);
}

static void phases_have_names_and_labels(void **state)
{
	static const char *const names[] = {"intake",   "review",   "filed",
					    "assigned", "handling", "answered",
					    "closed",   "merged",   "dropped"};
	(void)state;

	for (enum phase i = 0; i < PHASE_COUNT; i++) {
		const struct word *word = word_find(phase_words, names[i]);

		assert_ptr_equal(word, &phase_words[i]);
		assert_int_equal(word->value, i);
		assert_true(*word->label);
		assert_int_equal(phase_awaits_reply(i),
				 i == PHASE_ASSIGNED || i == PHASE_HANDLING);
	}
	assert_null(word_find(phase_words, "dead"));
}

/* Load by searching; gives the source, or the mistakes. */
static struct buf searched(const char *path)
{
	struct config *config = NULL;
	struct buf out = {0};
	struct err err = {0};

	if (config_load(&config, path, &out, &err))
		buf_str(&out, config->source);
	config_free(config);
	return out;
}

static void assert_searched(const char *path, const char *expected)
{
	struct buf out = searched(path);

	assert_string_equal(buf_text(&out), expected);
	buf_free(&out);
}

static void looks_for_its_file_in_order(void **state)
{
	static const char *const files[] = {
		"/named.yaml", "/xdg/proposals/proposals.yaml",
		"/home/.config/proposals/proposals.yaml"};
	static const char *const dirs[] = {"/xdg", "/xdg/proposals", "/home",
					   "/home/.config",
					   "/home/.config/proposals"};
	struct buf small = file_read(SMALL);
	char dir[64];
	char path[128], xdg[128];
	(void)state;

	dir_make(dir);
	for (size_t i = 0; i < LENGTH(dirs); i++) {
		snprintf(path, sizeof(path), "%s%s", dir, dirs[i]);
		assert_int_equal(mkdir(path, 0700), 0);
	}
	for (size_t i = 0; i < LENGTH(files); i++) {
		snprintf(path, sizeof(path), "%s%s", dir, files[i]);
		file_write(path, small.data, small.len);
	}
	snprintf(path, sizeof(path), "%s/home", dir);
	setenv("HOME", path, 1);
	snprintf(xdg, sizeof(xdg), "%s/xdg", dir);
	setenv("XDG_CONFIG_HOME", xdg, 1);
	snprintf(path, sizeof(path), "%s/named.yaml", dir);
	setenv("PROPOSALS_CONFIG", path, 1);

	assert_searched(SMALL, SMALL);
	assert_searched(NULL, path);
	setenv("PROPOSALS_CONFIG", "", 1);
	snprintf(path, sizeof(path), "%s%s", dir, files[1]);
	assert_searched(NULL, path);
	setenv("XDG_CONFIG_HOME", "relative", 1);
	snprintf(path, sizeof(path), "%s%s", dir, files[2]);
	assert_searched(NULL, path);
	unlink(path);
	if (access("/etc/proposals/proposals.yaml", F_OK) != 0)
		assert_searched(NULL, "");

	/* What is named has to be there. */
	setenv("PROPOSALS_CONFIG", "/nowhere/x.yaml", 1);
	assert_searched(NULL,
			"/nowhere/x.yaml: 读不到配置文件：没有这个文件\n");
	assert_searched("", ": 读不到配置文件：没有这个文件\n");
	snprintf(path, sizeof(path),
		 "%s: 读不到配置文件：这是一个目录，不是文件\n", dir);
	assert_searched(dir, path);
	unsetenv("PROPOSALS_CONFIG");
	unsetenv("XDG_CONFIG_HOME");
	dir_remove(dir);
	buf_free(&small);
}

static uint32_t step(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

/* Every mistake is a clean line with a place in the file. */
static void assert_survives(const char *text, size_t len)
{
	struct buf mistakes = mistakes_in(text, len);
	unsigned line, column, before = 0;

	for (const char *at = buf_text(&mistakes); *at; at++) {
		const char *end = strchr(at, '\n');
		char *colon;

		assert_non_null(end);
		assert_true(utf8_valid(at, (size_t)(end - at)));
		if (strncmp(at, "还有 ", strlen("还有 ")) == 0)
			break;
		assert_int_equal(strncmp(at, "f:", 2), 0);
		line = (unsigned)strtoul(at + 2, &colon, 10);
		column = (unsigned)strtoul(colon + 1, &colon, 10);
		assert_true(line >= before && line >= 1 && column >= 1);
		assert_int_equal(*colon, ':');
		before = line;
		at = end;
	}
	buf_free(&mistakes);
}

static void survives_truncation(void **state)
{
	struct buf small = file_read(SMALL);
	(void)state;

	for (size_t len = 0; len < small.len; len++) {
		/* The exact size, so that a byte too far is noticed. */
		char *text = mem_new(len ? len : 1);

		memcpy(text, small.data, len);
		assert_survives(text, len);
		free(text);
	}
	buf_free(&small);
}

static void survives_mutation(void **state)
{
	static const char *const bits[] = {
		"：", "\"", "'",    "[",    "{",    "}",     "]",     ",",
		"，", "\t", "-",    " ",    "\n",   "&x",    "*",     "!",
		"“",  "”",  "　",   "#",    ":",    "|",     ">",     "?",
		"%",  "\\", "\xff", "\xe5", "\x01", "\r",    "～",    "\0",
		"- ", "［", "］",   "｛",   "｝",   "---\n", "...\n", "\n\n",
	};
	struct buf files[] = {file_read(SMALL), file_read(EXAMPLE)};
	uint32_t seed = 20240115;
	(void)state;

	for (int round = 0; round < 600; round++) {
		const struct buf *file = &files[round % 8 == 0];
		struct buf text = {0};
		size_t from = 0;

		for (uint32_t i = step(&seed) % 6 + 1; i > 0; i--) {
			const char *bit = bits[step(&seed) % LENGTH(bits)];
			size_t to = from +
				    step(&seed) % ((file->len - from) / i + 1);

			buf_add(&text, file->data + from, to - from);
			buf_add(&text, bit, *bit ? strlen(bit) : 1);
			from = to + step(&seed) % 4;
			from = from < file->len ? from : file->len;
		}
		buf_add(&text, file->data + from, file->len - from);
		assert_survives(text.data, text.len);
		buf_free(&text);
	}
	buf_free(&files[0]);
	buf_free(&files[1]);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_example_is_what_is_built_in),
		cmocka_unit_test(the_example_names_and_explains_every_setting),
		cmocka_unit_test(settings_have_paths),
		cmocka_unit_test(groups_stay_together_and_fit),
		cmocka_unit_test(the_example_knows_the_departments_of_pinghu),
		cmocka_unit_test(the_example_knows_the_statuses_of_the_domain),
		cmocka_unit_test(reads_each_kind_of_value),
		cmocka_unit_test(takes_what_means_the_same),
		cmocka_unit_test(takes_other_line_ends_and_a_byte_order_mark),
		cmocka_unit_test(tells_what_is_wrong_with_values),
		cmocka_unit_test(tells_what_is_wrong_with_the_syntax),
		cmocka_unit_test(lets_full_width_marks_stand_in_texts),
		cmocka_unit_test(tells_everything_in_one_run),
		cmocka_unit_test(tells_a_hundred_and_counts_the_rest),
		cmocka_unit_test(names_other_encodings),
		cmocka_unit_test(refuses_what_is_no_configuration),
		cmocka_unit_test(no_mistake_is_behind_the_end),
		cmocka_unit_test(stops_at_its_limits),
		cmocka_unit_test(prints_what_it_reads),
		cmocka_unit_test(prints_where_it_comes_from),
		cmocka_unit_test(matches_what_people_write),
		cmocka_unit_test(matches_without_an_index),
		cmocka_unit_test(finds_by_code_only_by_the_code),
		cmocka_unit_test(phases_have_names_and_labels),
		cmocka_unit_test(looks_for_its_file_in_order),
		cmocka_unit_test(survives_truncation),
		cmocka_unit_test(survives_mutation),
	};
	return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
