#include "domain/field.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "domain/batch.h"
#include "domain/field_keep.h"
#include "domain/field_typed.h"
#include "domain/field_words.h"
#include "fixture.h"

static struct config *config;
static struct arena arena;
static struct proposal proposal;

static int load(void **state)
{
	(void)state;
	setenv("PROPOSALS_NOW", "2024-11-20T09:30:00", 1);
	config = config_at("tests/data/domain.yaml");
	return 0;
}

static int unload(void **state)
{
	(void)state;
	config_free(config);
	return 0;
}

static int start(void **state)
{
	(void)state;
	proposal_init(&proposal, key_make(config->current, 23));
	return 0;
}

static int stop(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static bool set(enum field_id id, const char *text, size_t len)
{
	struct err err;

	return field_set(&fields[id], &proposal, text, len, &arena, &err);
}

static void expect_canonical(enum field_id id, const char *expected)
{
	struct buf text = {0};

	field_canonical(&fields[id], &proposal, &text);
	assert_string_equal(buf_text(&text), expected);
	buf_free(&text);
}

/* What a person wrote becomes `expected`. */
static void expect_read(enum field_id id, const char *text,
			const char *expected)
{
	struct err err = {0};

	if (!field_read(&fields[id], &proposal, text, ROLE_LEAD, config, &arena,
			&err))
		fail_msg("%s: %s", text, err.text);
	expect_canonical(id, expected);
}

/* Refused with these words, and nothing changed. */
static void expect_refused(enum field_id id, enum unit_role role,
			   const char *text, const char *words)
{
	struct proposal before = proposal;
	struct err err = {0};

	if (field_read(&fields[id], &proposal, text, role, config, &arena,
		       &err))
		fail_msg("%s was read", text);
	assert_int_equal(err.code, ERR_USAGE);
	if (!strstr(err.text, words))
		fail_msg("%s: %s", text, err.text);
	assert_true(utf8_valid(err.text, strlen(err.text)));
	assert_memory_equal(&before, &proposal, sizeof(before));
}

static void the_table_is_whole(void **state)
{
	(void)state;

	for (int i = 1; i < FIELD_END; i++) {
		const struct field *field = &fields[i];

		assert_int_equal(field->id, i);
		assert_true(field->offset < sizeof(struct proposal));
		assert_true(field->max > 0);
		assert_non_null(strstr(field->synonyms, field->name));
		assert_non_null(strstr(field->synonyms, field->label));
	}
}

/* Add the words of `synonyms`, of which none may be there. */
static void add_words(const char *synonyms, struct buf *seen)
{
	char *copy = strdup(synonyms), *rest = copy, *word;

	while ((word = strsep(&rest, " "))) {
		struct buf framed = {0};

		assert_true(*word);
		buf_printf(&framed, " %s ", word);
		if (seen->data && strstr(seen->data, framed.data))
			fail_msg("%s twice", word);
		buf_str(seen, framed.data);
		buf_free(&framed);
	}
	free(copy);
}

static void a_header_means_one_field(void **state)
{
	struct buf seen = {0};
	(void)state;

	add_words(session_synonyms, &seen);
	add_words(number_synonyms, &seen);
	add_words(unit_synonyms[ROLE_JOINT], &seen);
	add_words(unit_synonyms[ROLE_SEPARATE], &seen);
	for (int i = 1; i < FIELD_END; i++)
		add_words(fields[i].synonyms, &seen);
	assert_string_equal(unit_synonyms[ROLE_LEAD],
			    fields[FIELD_UNITS].synonyms);
	buf_free(&seen);
}

static void canonical_text_comes_back(void **state)
{
	static const struct {
		enum field_id id;
		const char *text;
	} cases[] = {
		{FIELD_TITLE, "关于停车的建议"},
		{FIELD_BODY, "一\n二\t三\r\n"},
		{FIELD_PROPOSERS, "王富国"},
		{FIELD_PROPOSERS, "民进平湖市委会\n第三界别活动组"},
		{FIELD_CATEGORY, "industry"},
		{FIELD_LEVEL, "key"},
		{FIELD_TOPIC, "一"},
		{FIELD_UNITS, "lead jxj"},
		{FIELD_UNITS, "lead jxj signed\njoint swj\nseparate jyj"},
		{FIELD_UNITS, "joint jxj signed 2024-10-04"},
		{FIELD_UNITS, "joint jxj  2024-10-04"},
		{FIELD_STATUS, "a-code-that-was-lost"},
		{FIELD_RECEIVED, "1900-01-01"},
		{FIELD_FILED, "2024-02-29"},
		{FIELD_ASSIGNED, "2024-10-04"},
		{FIELD_DUE, "2079-06-05"},
		{FIELD_REPLIED, "2024-12-31"},
		{FIELD_CLOSED, "2025-01-01"},
		{FIELD_RESULT, "B"},
		{FIELD_OUTCOME, "……已开工。\n\n下一步"},
		{FIELD_FEEDBACK, "satisfied"},
		{FIELD_LED_BY, "市委书记 张三"},
		{FIELD_SUPERVISED_BY, "李四"},
		{FIELD_MERGED_INTO, "14-3-1"},
		{FIELD_RELATED, "14-3-1\n14-2-999999"},
		{FIELD_REMARKS, "备注"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		assert_true(
			set(cases[i].id, cases[i].text, strlen(cases[i].text)));
		expect_canonical(cases[i].id, cases[i].text);
	}
	for (int i = 1; i < FIELD_END; i++) {
		assert_true(set((enum field_id)i, NULL, 0));
		expect_canonical((enum field_id)i, "");
	}
}

/* What the editor shows, typed again, is the same value. */
static void what_is_typed_is_read_back(void **state)
{
	static const struct {
		enum field_id id;
		const char *canonical, *typed;
	} cases[] = {
		{FIELD_TITLE, "关于停车的建议", "关于停车的建议"},
		{FIELD_BODY, "一\n\n二\t三", "一\n\n二\t三"},
		{FIELD_PROPOSERS, "王富国\n民革（张三、李四）",
		 "王富国、民革（张三、李四）"},
		{FIELD_CATEGORY, "industry", "工业经济"},
		{FIELD_UNITS, "lead jxj 已签收 2024-10-04\nlead swj\njoint jyj",
		 "经信局、商务局"},
		{FIELD_UNITS, "lead lost\nlead swj", "lost、商务局"},
		{FIELD_STATUS, "received", "已收到"},
		{FIELD_DUE, "2024-10-04", "2024-10-04"},
		{FIELD_MERGED_INTO, "14-3-1", "1"},
		{FIELD_MERGED_INTO, "14-2-1", "14-2-1"},
		{FIELD_RELATED, "14-3-1\n14-2-999999", "1、14-2-999999"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		const struct field *field = &fields[cases[i].id];
		struct buf typed = {0};

		assert_true(set(cases[i].id, cases[i].canonical,
				strlen(cases[i].canonical)));
		field_typed(field, &proposal, ROLE_LEAD, config, &typed);
		assert_string_equal(buf_text(&typed), cases[i].typed);
		expect_read(cases[i].id, buf_text(&typed), cases[i].canonical);
		buf_free(&typed);
	}
	for (int id = 1; id < FIELD_END; id++) {
		struct buf typed = {0};

		assert_true(set((enum field_id)id, NULL, 0));
		field_typed(&fields[id], &proposal, ROLE_LEAD, config, &typed);
		assert_string_equal(buf_text(&typed), "");
		buf_free(&typed);
	}
}

static void refuses_what_is_not_canonical(void **state)
{
	static const struct {
		enum field_id id;
		const char *text;
	} cases[] = {
		{FIELD_TITLE, "a\nb"},
		{FIELD_TITLE, "a\tb"},
		{FIELD_TITLE, "a\x7F"},
		{FIELD_TITLE, "\xFF"},
		{FIELD_TITLE, "\xED\xA0\x80"},
		{FIELD_BODY, "\xE4\xB8"},
		{FIELD_PROPOSERS, "a\n"},
		{FIELD_PROPOSERS, "\na"},
		{FIELD_PROPOSERS, "a\n\nb"},
		{FIELD_PROPOSERS, "\n"},
		{FIELD_PROPOSERS, "a\rb"},
		{FIELD_CATEGORY, "two words"},
		{FIELD_CATEGORY, "a\n"},
		{FIELD_UNITS, "lead"},
		{FIELD_UNITS, "lead "},
		{FIELD_UNITS, " jxj"},
		{FIELD_UNITS, "leader jxj"},
		{FIELD_UNITS, "lead jxj "},
		{FIELD_UNITS, "lead jxj signed "},
		{FIELD_UNITS, "lead jxj signed 2024-10-4"},
		{FIELD_UNITS, "lead jxj signed 2024-10-04 "},
		{FIELD_UNITS, "lead jxj  "},
		{FIELD_UNITS, "lead jxj\n"},
		{FIELD_UNITS, "lead jxj sig\tned"},
		{FIELD_FILED, "2024-10-4"},
		{FIELD_FILED, "2024-02-30"},
		{FIELD_FILED, "2024/10/04"},
		{FIELD_FILED, "2024-10-041"},
		{FIELD_FILED, "1899-12-31"},
		{FIELD_FILED, "0000-00-00"},
		{FIELD_MERGED_INTO, "14-3-0"},
		{FIELD_MERGED_INTO, "14-3-01"},
		{FIELD_MERGED_INTO, "14-3"},
		{FIELD_MERGED_INTO, "14-3-1000000"},
		{FIELD_MERGED_INTO, "14-3-99999999999"},
		{FIELD_MERGED_INTO, "14-3-1-1"},
		{FIELD_MERGED_INTO, "14-32-1"},
		{FIELD_MERGED_INTO, "4294967310-3-1"},
		{FIELD_MERGED_INTO, "--"},
		{FIELD_RELATED, "14-3-1 14-3-2"},
		{FIELD_RELATED, "14-3-1\n\n14-3-2"},
	};
	const struct proposal before = proposal;
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		if (set(cases[i].id, cases[i].text, strlen(cases[i].text)))
			fail_msg("%s was set", cases[i].text);
		assert_memory_equal(&before, &proposal, sizeof(before));
	}
	for (int i = 1; i < FIELD_END; i++)
		assert_false(set((enum field_id)i, "a\0b", 3));
}

static void holds_the_longest_text_and_no_longer(void **state)
{
	(void)state;

	for (int i = 1; i < FIELD_END; i++) {
		const struct field *field = &fields[i];
		char *text = malloc(field->max + 1);
		bool free_text = field->type == FIELD_TYPE_LINE ||
				 field->type == FIELD_TYPE_TEXT ||
				 field->type == FIELD_TYPE_CODE;
		struct err err = {0};

		memset(text, 'x', field->max + 1);
		assert_int_equal(set(field->id, text, field->max), free_text);
		assert_false(field_set(field, &proposal, text, field->max + 1,
				       &arena, &err));
		assert_non_null(strstr(err.text, field->label));
		free(text);
	}
}

static void add_times(struct buf *out, const char *text, int times)
{
	while (times-- > 0)
		buf_str(out, text);
}

static bool set_from(enum field_id id, struct buf *text)
{
	bool ok = set(id, text->data, text->len);

	buf_free(text);
	return ok;
}

static void holds_the_longest_list_and_no_longer(void **state)
{
	for (int more = 0; more < 2; more++) {
		struct buf text = {0};
		(void)state;

		add_times(&text, "x\n", 1999 + more);
		buf_str(&text, "x");
		assert_int_equal(set_from(FIELD_PROPOSERS, &text), !more);
		buf_str(&text, "lead ");
		add_times(&text, "x", 300 + more);
		assert_int_equal(set_from(FIELD_UNITS, &text), !more);
		buf_str(&text, "lead jxj ");
		add_times(&text, "x", 300 + more);
		assert_int_equal(set_from(FIELD_UNITS, &text), !more);
		add_times(&text, "x", 300 + more);
		assert_int_equal(set_from(FIELD_PROPOSERS, &text), !more);
	}
}

static void names_the_limit_of_a_title(void **state)
{
	struct buf title = {0};
	(void)state;

	for (int i = 0; i < 1000; i++)
		buf_str(&title, "建");
	expect_read(FIELD_TITLE, title.data, title.data);
	buf_str(&title, "议");
	expect_refused(FIELD_TITLE, ROLE_LEAD, title.data,
		       "案由太长：有 3003 字节，最多 3000 字节");
	buf_free(&title);
}

static void reads_what_people_write(void **state)
{
	static const struct {
		enum field_id id;
		const char *text, *expected;
	} cases[] = {
		{FIELD_TITLE, " 关于停车\n的建议\r\n", "关于停车 的建议"},
		{FIELD_TITLE,
		 "\u3000a\x07"
		 "b\u2028c ",
		 "a\uFFFDb c"},
		{FIELD_BODY, "\v一\f二\xC2\x85三\t四\x1B",
		 "一\n二\n三\t四\uFFFD"},
		{FIELD_TOPIC, "", ""},
		{FIELD_TOPIC, "无", "无"},
		{FIELD_BODY, "一\r\n二\r三\n\n", "一\n二\n三"},
		{FIELD_BODY, "一\u2028二\u2029三\r", "一\n二\n三"},
		{FIELD_BODY, "a\x1B[2J\tb", "a\uFFFD[2J\tb"},
		{FIELD_BODY, "", ""},
		{FIELD_PROPOSERS, "第三界别活动组、沈逍江、周琴、朱超群",
		 "第三界别活动组\n沈逍江\n周琴\n朱超群"},
		{FIELD_PROPOSERS, "甲，乙,丙；丁;戊/己／庚\n辛\r\n壬",
		 "甲\n乙\n丙\n丁\n戊\n己\n庚\n辛\n壬"},
		{FIELD_PROPOSERS, "民革（张三、李四）、王五(a,b)",
		 "民革（张三、李四）\n王五(a,b)"},
		{FIELD_PROPOSERS, "民革（张三\n李四、王五",
		 "民革（张三\n李四\n王五"},
		{FIELD_PROPOSERS, "张三）、李四", "张三）\n李四"},
		{FIELD_PROPOSERS, "张三、李四、张三", "张三\n李四"},
		{FIELD_PROPOSERS, " 张三 、、 李四等 、", "张三\n李四等"},
		{FIELD_PROPOSERS, "无", ""},
		{FIELD_PROPOSERS, "买买提·艾力", "买买提·艾力"},
		{FIELD_PROPOSERS, "\uFEFF张三\u00A0、李四\u3000", "张三\n李四"},
		{FIELD_CATEGORY, "工业经济", "industry"},
		{FIELD_CATEGORY, "工业经济类", "industry"},
		{FIELD_CATEGORY, "无", "other"},
		{FIELD_CATEGORY, "-", ""},
		{FIELD_LEVEL, "重点", "key"},
		{FIELD_LEVEL, " 重点提案 ", "key"},
		{FIELD_LEVEL, "key", "key"},
		{FIELD_RESULT, "Ａ", "A"},
		{FIELD_RESULT, "B类", "B"},
		{FIELD_RESULT, "正在解决", "B"},
		{FIELD_RESULT, "—", ""},
		{FIELD_RESULT, "", ""},
		{FIELD_STATUS, "办理中", "handling"},
		{FIELD_FILED, "2024年10月4日", "2024-10-04"},
		{FIELD_FILED, "10月4日", "2024-10-04"},
		{FIELD_FILED, "今天", "2024-11-20"},
		{FIELD_FILED, "/", ""},
		{FIELD_MERGED_INTO, "第1号", "14-3-1"},
		{FIELD_MERGED_INTO, "14-2-7", "14-2-7"},
		{FIELD_MERGED_INTO, "无", ""},
		{FIELD_RELATED, "1", "14-3-1"},
		{FIELD_RELATED, "4、6-8号，十四届二次4",
		 "14-3-4\n14-3-6\n14-3-7\n14-3-8\n14-2-4"},
		{FIELD_RELATED, "4、4、3-5", "14-3-4\n14-3-3\n14-3-5"},
		{FIELD_RELATED, "—", ""},
		{FIELD_UNITS, "经信局、商务局", "lead jxj\nlead swj"},
		{FIELD_UNITS, "市经信局\n平湖市教育局", "lead jxj\nlead jyj"},
		{FIELD_UNITS, "经信局 商务局", "lead jxj\nlead swj"},
		{FIELD_UNITS, "工信局；经济和信息化局；", "lead jxj"},
		{FIELD_UNITS, "市市场监管局", "lead scjgj"},
		{FIELD_UNITS, "", ""},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++)
		expect_read(cases[i].id, cases[i].text, cases[i].expected);
	expect_read(FIELD_FEEDBACK, "满意",
		    config->choices[CHOICE_FEEDBACK].items[0].code);
}

/* As field_read() would make it, without a look at each character. */
static void keeps_only_what_needs_no_change(void **state)
{
	static const struct {
		enum field_id id;
		const char *text;
		bool kept;
	} cases[] = {
		{FIELD_TITLE, "关于乌篷船的建议", true},
		{FIELD_TITLE, "关于\t乌篷船的建议", false},
		{FIELD_TITLE, "关于乌篷船\x7F的建议", false},
		{FIELD_TITLE, "关于乌篷船\u2028的建议", false},
		{FIELD_TITLE, "关于乌篷船\u2018的建议", true},
		{FIELD_TITLE, "关于乌篷船的建议\x01", false},
		{FIELD_TITLE, "a\x7F", false},
		{FIELD_TITLE, "a\xC2\x80", false},
		{FIELD_TITLE, "a　", false},
		{FIELD_TITLE, " a", false},
		{FIELD_TITLE, "", false},
		{FIELD_BODY, "第一行\t第二栏\n第二行，更长一些", true},
		{FIELD_BODY, "a\tb\nc", true},
		{FIELD_BODY, "a\rb", false},
		{FIELD_BODY, "a\n", false},
		{FIELD_BODY, "", false},
		{FIELD_CATEGORY, "industry", false},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		const char *text = cases[i].text;
		struct proposal p = proposal;

		if (field_keep(&fields[cases[i].id], &p, text, strlen(text)) !=
		    cases[i].kept)
			fail_msg("%zu: %s", i, text);
		struct buf said = {0};
		field_canonical(&fields[cases[i].id], &p, &said);
		assert_string_equal(buf_text(&said), cases[i].kept ? text : "");
		buf_free(&said);
	}
}

static void says_what_is_wrong_with_a_text(void **state)
{
	static const struct {
		enum field_id id;
		const char *text, *words;
	} cases[] = {
		{FIELD_TITLE, "", "案由不能为空"},
		{FIELD_TITLE, " \n", "案由不能为空"},
		{FIELD_TITLE, "\xFF", "案由里有不是 UTF-8 的字节"},
		{FIELD_RESULT, "Z", "办理结果“Z”不在配置的"},
		{FIELD_RESULT, "Z", "可以是：A、B"},
		{FIELD_STATUS, "办里中", "是不是“办理中”？"},
		{FIELD_FILED, "2024-02-30", "立案日期“2024-02-30”不是日期"},
		{FIELD_MERGED_INTO, "第23号", "并案不能是这件提案自己"},
		{FIELD_MERGED_INTO, "1、2", "并案：这里只能写一个编号"},
		{FIELD_RELATED, "20-30", "相关提案不能是这件提案自己"},
		{FIELD_RELATED, "停车", "相关提案：“停车”不是编号"},
		{FIELD_RELATED, "24-9999", "相关提案太多：最多 2000 个"},
		{FIELD_RELATED, "100-1300、100-1300", "相关提案太多：最多"},
		{FIELD_UNITS, "经信局、商物局", "主办“商物局”不在配置的"},
		{FIELD_UNITS, "商物局", "是不是“商务局”？"},
		{FIELD_UNITS, "经济和信息局", "是不是“经信局”？"},
		{FIELD_UNITS, "经信局 商物局", "主办“经信局 商物局”"},
		{FIELD_UNITS, "水利厅", "“水利厅”"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++)
		expect_refused(cases[i].id, ROLE_LEAD, cases[i].text,
			       cases[i].words);
	expect_refused(FIELD_UNITS, ROLE_JOINT, "商物局", "会办“商物局”");
}

static void measures_a_list_of_numbers_before_it_is_read(void **state)
{
	struct buf text = {0};
	(void)state;

	add_times(&text, "1、", 2000);
	expect_read(FIELD_RELATED, text.data, "14-3-1");
	buf_str(&text, "2");
	expect_refused(FIELD_RELATED, ROLE_LEAD, text.data,
		       "相关提案太多：最多 2000 个");
	buf_free(&text);
}

/* As in a form that is filled in before the number is known. */
static void numbers_are_of_the_current_session_without_another(void **state)
{
	(void)state;

	proposal_init(&proposal, KEY_NONE);
	expect_read(FIELD_RELATED, "7", "14-3-7");
	proposal_init(&proposal, key_make(session_make(14, 2), 1));
	expect_read(FIELD_RELATED, "7", "14-2-7");
}

static void units_of_other_roles_stay(void **state)
{
	static const char before[] =
		"lead jxj\nseparate jyj\njoint swj signed 2024-10-04";
	struct err err;
	(void)state;

	assert_true(set(FIELD_UNITS, before, strlen(before)));
	expect_read(FIELD_UNITS, "教育局",
		    "lead jyj\nseparate jyj\njoint swj signed 2024-10-04");
	assert_true(field_read(&fields[FIELD_UNITS], &proposal,
			       "经信局、商务局", ROLE_JOINT, config, &arena,
			       &err));
	expect_canonical(FIELD_UNITS, "lead jyj\nseparate jyj\njoint jxj\n"
				      "joint swj signed 2024-10-04");
	assert_true(field_read(&fields[FIELD_UNITS], &proposal, "无",
			       ROLE_SEPARATE, config, &arena, &err));
	expect_canonical(FIELD_UNITS, "lead jyj\njoint jxj\n"
				      "joint swj signed 2024-10-04");
}

static void counts_and_measures_names(void **state)
{
	struct buf text = {0};
	(void)state;

	for (int i = 0; i < 2000; i++)
		buf_printf(&text, "%d、", i);
	assert_true(field_read(&fields[FIELD_PROPOSERS], &proposal, text.data,
			       ROLE_LEAD, config, &arena, &(struct err){0}));
	assert_int_equal(proposal.proposers.count, 2000);
	buf_str(&text, "多");
	expect_refused(FIELD_PROPOSERS, ROLE_LEAD, text.data,
		       "提案人太多：最多 2000 个");

	buf_reset(&text);
	for (int i = 0; i < 301; i++)
		buf_char(&text, 'x');
	expect_refused(FIELD_PROPOSERS, ROLE_LEAD, text.data, "太长");
	buf_reset(&text);
	for (int i = 0; i < 5 << 20; i++)
		buf_char(&text, ',');
	expect_refused(FIELD_PROPOSERS, ROLE_LEAD, text.data, "提案人太长");
	buf_free(&text);
}

static void shows_what_the_screen_shows(void **state)
{
	static const struct {
		enum field_id id;
		const char *canonical, *shown;
	} cases[] = {
		{FIELD_TITLE, "关于停车的建议", "关于停车的建议"},
		{FIELD_PROPOSERS, "张三\n李四", "张三、李四"},
		{FIELD_STATUS, "handling", "办理中"},
		{FIELD_STATUS, "lost", "lost"},
		{FIELD_UNITS, "lead jxj", "主办 经信局"},
		{FIELD_UNITS, "lead jxj\njoint swj\njoint lost",
		 "主办 经信局；会办 商务局、lost"},
		{FIELD_UNITS, "lead jxj 已签收 2024-10-04",
		 "主办 经信局（已签收 2024-10-04）"},
		{FIELD_UNITS, "lead jxj 已签收\njoint swj  2024-10-04",
		 "主办 经信局（已签收）；会办 商务局（2024-10-04）"},
		{FIELD_FILED, "2024-10-04", "2024-10-04"},
		{FIELD_MERGED_INTO, "14-3-1", "第1号"},
		{FIELD_RELATED, "14-3-1\n14-2-9", "第1号、十四届二次第9号"},
		{FIELD_RELATED, "not canonical", "not canonical"},
		{FIELD_RELATED, "", ""},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct buf shown = {0};

		field_show(&fields[cases[i].id], cases[i].canonical, config,
			   config->current, &shown);
		assert_string_equal(buf_text(&shown), cases[i].shown);
		buf_free(&shown);
	}
}

static void tells_a_change_in_a_few_words(void **state)
{
#define LONG "一二三四五六七八九十一二三四五六七八九十一"
	static const struct {
		enum field_id id;
		const char *before, *after, *words;
	} cases[] = {
		{FIELD_STATUS, "received", "handling", "状态：已收到 → 办理中"},
		{FIELD_RESULT, "", "B", "办理结果：空 → B"},
		{FIELD_REMARKS, "旧", "", "备注：清空"},
		{FIELD_REMARKS, "", LONG, "备注：新填（21字）"},
		{FIELD_REMARKS, LONG, "新", "备注：已改（1字）"},
		{FIELD_REMARKS, "一\n二", "\x1B[", "备注：一 二 → ^[["},
	};
	struct buf words = {0};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		buf_reset(&words);
		field_words(&fields[cases[i].id], cases[i].before,
			    cases[i].after, config, config->current, &words);
		assert_string_equal(buf_text(&words), cases[i].words);
	}
	field_words(&fields[FIELD_TOPIC], "一", "二", config, config->current,
		    &words);
	assert_non_null(strstr(words.data, "；方面：一 → 二"));
	buf_free(&words);
#undef LONG
}

static void equal_means_the_same_canonical_text(void **state)
{
	struct proposal other = proposal;
	(void)state;

	for (int i = 1; i < FIELD_END; i++) {
		static const char *const texts[] = {
			[FIELD_TYPE_LINE] = "x",
			[FIELD_TYPE_TEXT] = "x",
			[FIELD_TYPE_NAMES] = "x\ny",
			[FIELD_TYPE_CODE] = "x",
			[FIELD_TYPE_DATE] = "2024-10-04",
			[FIELD_TYPE_UNITS] = "lead jxj",
			[FIELD_TYPE_KEY] = "14-3-1",
			[FIELD_TYPE_KEYS] = "14-3-1\n14-3-2",
		};
		const struct field *field = &fields[i];
		const char *text = texts[field->type];
		struct err err;

		assert_true(set(field->id, text, strlen(text)));
		assert_false(field_equal(field, &proposal, &other));
		assert_true(field_set(field, &other, text, strlen(text), &arena,
				      &err));
		assert_true(field_equal(field, &proposal, &other));
	}
}

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

static void random_text(uint32_t *seed, struct buf *out)
{
	static const char *const words[] = {
		"lead",   " ",  "jxj", "\n",   "14-3-1", "2024-10-04", "、",
		"经信局", "市", "（",  "\xFF", "\xE4",   "0",          "A",
		"号",     "-",  "\r",  "\t",   "无",     "joint",      "\x7F",
	};

	buf_reset(out);
	for (uint32_t n = next_random(seed) % 8; n; n--)
		if (next_random(seed) % 8)
			buf_str(out, words[next_random(seed) % LENGTH(words)]);
		else
			buf_char(out, (char)next_random(seed));
}

/* And what is taken comes back the same. */
static void survives_any_bytes(void **state)
{
	struct buf text = {0}, again = {0};
	uint32_t seed = 11;
	size_t taken = 0;
	(void)state;

	for (int round = 0; round < 40000; round++) {
		const struct field *field =
			&fields[1 + next_random(&seed) % (FIELD_END - 1)];
		struct arena scratch = {0};
		struct proposal p;
		struct err err;

		proposal_init(&p, key_make(config->current, 23));
		random_text(&seed, &text);
		if (field_set(field, &p, text.data, text.len, &scratch, &err)) {
			buf_reset(&again);
			field_canonical(field, &p, &again);
			assert_int_equal(again.len, text.len);
			assert_string_equal(buf_text(&again), buf_text(&text));
			taken++;
		}
		if (field_read(field, &p, buf_text(&text),
			       next_random(&seed) % ROLE_COUNT, config,
			       &scratch, &err)) {
			buf_reset(&again);
			field_canonical(field, &p, &again);
			assert_true(field_set(field, &p, again.data, again.len,
					      &scratch, &err));
			taken++;
		}
		buf_reset(&again);
		field_show(field, buf_text(&text), config, 0, &again);
		arena_free(&scratch);
	}
	assert_true(taken > 1000);
	buf_free(&text);
	buf_free(&again);
}

static void joins_the_units_of_a_role(void **state)
{
	static const char units[] = "lead jxj\njoint swj\nlead lost";
	struct buf text = {0};
	(void)state;

	assert_true(set(FIELD_UNITS, units, strlen(units)));
	proposal_units(&proposal, config, ROLE_LEAD, &text);
	assert_string_equal(buf_text(&text), "经信局、lost");
	buf_free(&text);
}

static void every_kind_of_batch_has_its_words(void **state)
{
	(void)state;

	assert_string_equal(batch_kind_name(BATCH_IMPORT), "import");
	assert_string_equal(batch_kind_label(BATCH_STATUS), "改状态");
	assert_string_equal(batch_kind_label(BATCH_REDO), "重做");
	assert_string_equal(batch_kind_label((enum batch_kind)99), "未知");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, start, stop)
	static const struct CMUnitTest tests[] = {
		TEST(the_table_is_whole),
		TEST(a_header_means_one_field),
		TEST(canonical_text_comes_back),
		TEST(what_is_typed_is_read_back),
		TEST(refuses_what_is_not_canonical),
		TEST(holds_the_longest_text_and_no_longer),
		TEST(holds_the_longest_list_and_no_longer),
		TEST(names_the_limit_of_a_title),
		TEST(reads_what_people_write),
		TEST(keeps_only_what_needs_no_change),
		TEST(says_what_is_wrong_with_a_text),
		TEST(measures_a_list_of_numbers_before_it_is_read),
		TEST(numbers_are_of_the_current_session_without_another),
		TEST(units_of_other_roles_stay),
		TEST(counts_and_measures_names),
		TEST(shows_what_the_screen_shows),
		TEST(tells_a_change_in_a_few_words),
		TEST(equal_means_the_same_canonical_text),
		TEST(survives_any_bytes),
		TEST(joins_the_units_of_a_role),
		TEST(every_kind_of_batch_has_its_words),
	};
	return cmocka_run_group_tests_name("field", tests, load, unload);
}
