#include "query/filter.h"

#include "desk.h"

static struct desk *desk;
static struct catalog catalog;

static int start(void **state)
{
	(void)state;
	desk = desk_open();
	desk_add(desk, desk_key(1, 1), "lost");
	desk_read(desk);
	catalog_update(&catalog, desk->config, desk->reading);
	desk_done(desk);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	catalog_free(&catalog);
	desk_close(desk);
	return 0;
}

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

/* What a filter of some words, separated by |, shows itself as. */
static void expect_show(const char *words, const char *expected)
{
	char *copy = strdup(words), *rest = copy, *word;
	struct filter filter = {0};
	struct buf shown = {0};

	while ((word = strsep(&rest, "|")))
		OK(filter_word(&filter, &catalog, word, err));
	filter_show(&filter, &catalog, 0, &shown);
	assert_string_equal(buf_text(&shown), expected);
	buf_free(&shown);
	free(copy);
}

static void understands_its_language(void **state)
{
	static const struct {
		const char *words, *shown;
	} cases[] = {
		{"status=handling", "状态 办理中"},
		{"状态＝办理中，已答复", "状态 办理中、已答复"},
		{"status=办理中、已答复；已收到",
		 "状态 已收到、办理中、已答复"},
		{" status = handling , answered ", "状态 办理中、已答复"},
		{"status=handling|status=closed", "状态 办理中、已办结"},
		{"status=handling,handling", "状态 办理中"},
		{"status=lost", "状态 lost"},
		{"STATUS=Handling", "状态 办理中"},
		{"unit=经信委", "主办 经信局"},
		{"单位=教育局,公安局", "主办 教育局、公安局"},
		{"类别=城乡建设、环保、文化", "类别 城乡建设、环保、文化"},
		{"result=a,无", "结果 A、未定"},
		{"status=none", "状态 未填"},
		{"due=none", "期限 不计时"},
		{"due=无", "期限 不计时"},
		{"overdue", "期限 逾期"},
		{"逾期|临期", "期限 逾期、临期"},
		{"Soon", "期限 临期"},
		{"overdue|overdue", "期限 逾期"},
		{"session=十四届三次,14-2", "届次 十四届二次、十四届三次"},
		{"届次=１４－１", "届次 十四届一次"},
		{"text=地瓜=经济", "“地瓜=经济”"},
		{"文字＝ 地瓜 经济 ", "“地瓜 经济”"},
		{"level=重点|status=办理中|text=x",
		 "状态 办理中  级别 重点  “x”"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++)
		expect_show(cases[i].words, cases[i].shown);
}

static void refuses_and_names_the_choices(void **state)
{
	static const struct {
		const char *word, *says;
	} cases[] = {
		{"status=办里中", "没有“办里中”这个状态，是不是“办理中”？可选："
				  "已收到、待签收、办理中"},
		{"status=handing", "是不是“办理中”？"},
		{"status=办理中,xyzzy", "没有“xyzzy”这个状态，可选：已收到"},
		{"status=办里中,已答复", "没有“办里中”这个状态，是不是"},
		{"unit=税务", "没有“税务”这个单位"},
		{"session=13-1", "没有“13-1”这个届次，是不是"},
		{"session=none", "没有“none”这个届次"},
		{"status=", "“status=”后面要写状态"},
		{"status=，,", "“status=”后面要写状态"},
		{"text=", "“text=”后面要写"},
		{"late", "看不懂筛选条件“late”"},
		{"later", "看不懂筛选条件“later”"},
		{"stat=handling", "看不懂筛选条件“stat=handling”"},
		{"=handling", "看不懂筛选条件“=handling”"},
		{"", "看不懂筛选条件“”"},
		{"status=\x1b[2J", "没有“"},
		{"status=\xff\xfe", "没有“"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct filter filter = {0};
		struct err err = {0};

		assert_false(
			filter_word(&filter, &catalog, cases[i].word, &err));
		assert_int_equal(err.code, ERR_USAGE);
		assert_memory_equal(&filter, &(struct filter){0},
				    sizeof(filter));
		if (!strstr(err.text, cases[i].says))
			fail_msg("“%s”: %s", cases[i].word, err.text);
		assert_null(strchr(err.text, '\x1b'));
	}
}

static void survives_very_long_words(void **state)
{
	enum { LONG = 200000 };
	char *word = mem_new(LONG + 1);
	struct filter filter = {0};
	struct err failed = {0};
	(void)state;

	memset(word, ',', LONG);
	memcpy(word, "status=", 7);
	assert_false(filter_word(&filter, &catalog, word, &failed));
	memset(word + 7, 'x', LONG - 7);
	assert_false(filter_word(&filter, &catalog, word, &failed));
	memcpy(word, "text=  ", 7);
	assert_false(filter_word(&filter, &catalog, word, &failed));
	memset(word, 'x', LONG);
	assert_false(filter_word(&filter, &catalog, word, &failed));
	for (size_t i = 7; i + 10 < LONG; i += 10)
		memcpy(word + i, "办理中,", 10);
	memcpy(word, "status=", 7);
	word[7 + 10 * 1000] = '\0';
	OK(filter_word(&filter, &catalog, word, err));
	assert_int_equal(filter.chosen[FACET_STATUS], 1);
	free(word);
}

static void shows_all_but_some_facets(void **state)
{
	struct filter filter = {0};
	struct buf shown = {0};
	(void)state;

	OK(filter_word(&filter, &catalog, "status=handling", err));
	OK(filter_word(&filter, &catalog, "unit=jxj", err));
	filter_show(&filter, &catalog, 1u << FACET_STATUS, &shown);
	assert_string_equal(buf_text(&shown), "主办 经信局");
	buf_free(&shown);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_what_is_chosen),
		cmocka_unit_test(understands_its_language),
		cmocka_unit_test(refuses_and_names_the_choices),
		cmocka_unit_test(survives_very_long_words),
		cmocka_unit_test(shows_all_but_some_facets),
	};
	return cmocka_run_group_tests_name("filter", tests, start, stop);
}
