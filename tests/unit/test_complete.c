#include "query/complete.h"

#include "desk.h"
#include "query/likeness.h"

static struct desk *desk;
static struct catalog catalog;

/* One more proposal, by somebody of this name. */
static void commit_as(const char *name, uint32_t number)
{
	struct edit edit = {
		.key = desk_key(3, number),
		.kind = EDIT_PUT,
		.next = desk_new(desk, desk_key(3, number), "received"),
	};
	struct commit commit = {
		.kind = BATCH_EDIT,
		.who = {.uid = number,
			.login_uid = number,
			.name = name,
			.from = ""},
		.note = "",
		.summary = "",
		.edits = &edit,
		.count = 1,
		.config = desk->config,
	};
	struct committed done = {0};

	OK(store_commit(desk->store, &commit, &done, err));
	free(done.conflicts);
}

static int start(void **state)
{
	(void)state;
	desk = desk_open();
	commit_as("li", 11);
	commit_as("wangfang", 12);
	commit_as("li", 13);
	commit_as("zhao si", 14);
	desk_add(desk, desk_key(3, 1), "handling");
	desk_read(desk);
	catalog_update(&catalog, desk->config, desk->reading);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	desk_done(desk);
	catalog_free(&catalog);
	desk_close(desk);
	return 0;
}

static struct language language(void)
{
	return (struct language){
		.catalog = &catalog,
		.reading = desk->reading,
		.today = day_make(2024, 11, 20),
		.screen = true,
	};
}

/* What fits where | stands, by blanks. */
static struct buf offered(const char *text)
{
	const struct language about = language();
	size_t caret = strcspn(text, "|");
	struct completions found;
	struct arena arena = {0};
	struct buf line = {0}, out = {0};

	buf_add(&line, text, caret);
	buf_str(&line, text + caret + (text[caret] == '|'));
	filter_complete(&about, NULL, 0, buf_text(&line), caret, &arena,
			&found);
	for (size_t i = 0; i < found.count; i++)
		buf_printf(&out, "%s%s", i ? " " : "", found.items[i].text);
	arena_free(&arena);
	buf_free(&line);
	return out;
}

static void expect(const char *text, const char *wanted)
{
	struct buf have = offered(text);

	if (strcmp(buf_text(&have), wanted) != 0)
		fail_msg("%s: %s", text, buf_text(&have));
	buf_free(&have);
}

static void names_by_their_beginning(void **state)
{
	(void)state;
	expect("状|", "状态=");
	expect("sta|", "状态=");
	expect("stat|", "状态=");
	expect("jieguo|", "结果=");
	expect("甲 unit=jxj 反|", "反馈=");
	expect("!结|", "结果=");
	expect("交|", "交办");
	expect("逾|", "逾期");
	expect("已|", "已选");
	expect("态|", "");
	expect("地瓜|", "");
	expect("\"状|", "");
	expect("甲 “状态=|", "");
}

static void signs_behind_a_whole_name(void **state)
{
	(void)state;
	expect("状态|", "状态= 状态!=");
	expect("assigned|", "交办= 交办!= 交办< 交办<= 交办> 交办>=");
}

static void values_by_all_their_names(void **state)
{
	(void)state;
	expect("状态=|", "已收到 待签收 办理中 已答复 已办结 无");
	expect("状态=办|", "办理中 已办结");
	expect("status=an|", "已答复 办理中");
	expect("状态=办理中,已|", "已收到 已答复 已办结");
	expect("状态=办理中，|", "已收到 待签收 办理中 已答复 已办结 无");
	expect("状态=“办|", "办理中 已办结");
	expect("状态 = 办| 甲", "办理中 已办结");
	expect("主办=经信委|", "经信局");
	expect("主办=经息|", "经信局");
	expect("主办=jx|", "经信局");
	expect("unit!=ｊxj|", "经信局");
	expect("主办=jiaoyu|", "教育局");
	expect("主办=没有|", "");
	expect("类别=城|", "\"城乡建设、环保\"");
	expect("结果=|", "A B 无");
}

static void the_other_kinds_of_values(void **state)
{
	(void)state;
	expect("交办=上|", "上周 上月");
	expect("交办>=to|", "今天 明天");
	expect("交办=无|", "无");
	expect("交办<无|", "");
	expect("期限=|", "逾期 临期 未到期 不计时 7天 -30天 今天 昨天 明天 "
			 "本周 上周 下周 本月 上月 下月 今年 去年 明年");
	expect("期限<7|", "7天");
	expect("by=|", "我 somebody \"zhao si\" li wangfang");
	expect("by=wf|", "");
	expect("by=li,wa|", "wangfang");
	expect("by=so|", "somebody");
	expect("并案=|", "是 否");
	expect("编号=1|", "");
	expect("文字=状|", "");
}

static void a_new_condition_ends_the_values(void **state)
{
	(void)state;
	expect("状态=办理中 状|", "状态=");
	expect("状态=办理中, 主办=教|", "教育局");
	expect("文字=甲 状|", "状态=");
	expect("编号=1,2 状|", "状态=");
}

static void takes_the_place_of_the_word(void **state)
{
	static const struct {
		const char *text;
		size_t caret, from, to;
		bool names;
	} cases[] = {
		{"sta", 3, 0, 3, true},
		{"x sta y", 4, 2, 5, true},
		{"x !sta", 6, 3, 6, true},
		{"unit=jx x", 7, 5, 7, false},
		{"unit=jxj,sw", 11, 9, 11, false},
		{"unit=jxj,", 9, 9, 9, false},
		{"unit= ", 6, 6, 6, false},
		{"unit=jxj ", 9, 9, 9, true},
		{"unit=\"jx\"", 7, 5, 9, false},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		const struct language about = language();
		struct completions found;
		struct arena arena = {0};

		filter_complete(&about, NULL, 0, cases[i].text, cases[i].caret,
				&arena, &found);
		if (found.from != cases[i].from || found.to != cases[i].to ||
		    found.names != cases[i].names)
			fail_msg("%s: %zu..%zu", cases[i].text, found.from,
				 found.to);
		arena_free(&arena);
	}
}

static void values_have_their_counts(void **state)
{
	const struct language about = language();
	struct counts *counts = mem_new(sizeof(*counts));
	struct filter filter = {0};
	const struct query query = {
		.reading = desk->reading,
		.catalog = &catalog,
		.filter = &filter,
		.today = about.today,
	};
	struct completions found;
	struct arena arena = {0};
	(void)state;

	listing_run(&query, NULL, counts);
	filter_complete(&about, counts, 1u << FACET_UNIT, "status=h", 8, &arena,
			&found);
	assert_int_equal(found.facet, FACET_STATUS);
	assert_true(found.items[0].counted);
	assert_int_equal(found.items[0].count, 1);
	assert_string_equal(found.items[0].code, "handling");
	filter_complete(&about, counts, 1u << FACET_UNIT, "unit=j", 6, &arena,
			&found);
	assert_int_equal(found.facet, FACET_UNIT);
	assert_false(found.items[0].counted);
	arena_free(&arena);
	free(counts);
}

/* Whatever is offered is understood where it is put. */
static void every_offer_is_understood(void **state)
{
	static const char *const begun[] = {
		"",      "状态=", "类别!=", "期限=",
		"期限<", "收到=", "by=",    "并案="};
	(void)state;

	for (size_t i = 0; i < LENGTH(begun); i++) {
		const struct language about = language();
		struct completions found;
		struct arena arena = {0};

		filter_complete(&about, NULL, 0, begun[i], strlen(begun[i]),
				&arena, &found);
		assert_true(found.count > 1);
		for (size_t n = 0; *begun[i] && n < found.count; n++) {
			struct filter filter = {0};
			struct buf text = {0};

			buf_printf(&text, "%s%s", begun[i],
				   found.items[n].text);
			OK(filter_parse(&filter, &about, buf_text(&text), NULL,
					err));
			buf_free(&text);
		}
		arena_free(&arena);
	}
}

static void prefers_what_is_nearer(void **state)
{
	static const struct {
		const char *typed, *name;
		enum likeness like;
	} cases[] = {
		{"经信局", "经信局", LIKE_SAME},
		{"ＪＸＪ", "jxj", LIKE_SAME},
		{"经", "经信局", LIKE_BEGINS},
		{"jxj", "经信局", LIKE_SOUNDS},
		{"jingx", "经信局", LIKE_SOUNDS},
		{"信局", "经信局", LIKE_HAS},
		{"xj", "经信局", LIKE_HAS},
		{"發改委", "发展和改革委员会", LIKE_ORDER},
		{"改发", "发展和改革委员会", LIKE_NOT},
		{"展改", "发展和改革委员会", LIKE_NOT},
		{"ad", "abcd", LIKE_NOT},
		{"", "x", LIKE_BEGINS},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct typed typed;
		enum likeness like;

		typed_open(&typed, cases[i].typed, strlen(cases[i].typed));
		like = typed_like(&typed, cases[i].name);
		if (like != cases[i].like)
			fail_msg("%s %s: %d", cases[i].typed, cases[i].name,
				 (int)like);
		typed_free(&typed);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_by_their_beginning),
		cmocka_unit_test(signs_behind_a_whole_name),
		cmocka_unit_test(values_by_all_their_names),
		cmocka_unit_test(the_other_kinds_of_values),
		cmocka_unit_test(a_new_condition_ends_the_values),
		cmocka_unit_test(takes_the_place_of_the_word),
		cmocka_unit_test(values_have_their_counts),
		cmocka_unit_test(every_offer_is_understood),
		cmocka_unit_test(prefers_what_is_nearer),
	};
	return cmocka_run_group_tests_name("complete", tests, start, stop);
}
