#include "query/catalog.h"

#include "desk.h"

static struct desk *desk;
static struct catalog catalog;

static int start(void **state)
{
	(void)state;
	desk = desk_open();
	return 0;
}

static int stop(void **state)
{
	(void)state;
	catalog_free(&catalog);
	desk_close(desk);
	return 0;
}

static void update(void)
{
	struct reading *reading = desk_read(desk);

	catalog_update(&catalog, desk->config, reading);
	desk_done(desk);
}

/* The labels of a facet, joined by blanks. */
static void expect_labels(enum facet facet, const char *expected)
{
	struct buf labels = {0};

	for (size_t i = 0; i < catalog.facets[facet].count; i++)
		buf_printf(&labels, "%s%s", i ? " " : "",
			   catalog.facets[facet].items[i].label);
	assert_string_equal(buf_text(&labels), expected);
	buf_free(&labels);
}

static void names_facets_in_two_languages(void **state)
{
	static const struct {
		const char *name;
		enum facet facet;
	} cases[] = {
		{"status", FACET_STATUS}, {"状态", FACET_STATUS},
		{"unit", FACET_UNIT},     {"主办", FACET_UNIT},
		{"单位", FACET_UNIT},     {"类别", FACET_CATEGORY},
		{"级别", FACET_LEVEL},    {"结果", FACET_RESULT},
		{"反馈", FACET_FEEDBACK}, {"期限", FACET_DUE},
		{"届次", FACET_SESSION},  {"SESSION", FACET_SESSION},
	};
	enum facet facet;
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		assert_true(facet_find(cases[i].name, &facet));
		assert_int_equal(facet, cases[i].facet);
	}
	for (int f = 0; f < FACET_COUNT; f++) {
		assert_true(facet_find(facet_name((enum facet)f), &facet));
		assert_int_equal(facet, f);
		assert_true(facet_find(facet_label((enum facet)f), &facet));
		assert_int_equal(facet, f);
	}
	assert_false(facet_find("", &facet));
	assert_false(facet_find("状", &facet));
}

static void begins_with_the_configuration(void **state)
{
	(void)state;
	update();
	expect_labels(FACET_STATUS, "已收到 待签收 办理中 已答复 已办结 未填");
	expect_labels(FACET_UNIT, "经信局 商务局 教育局 公安局 未填");
	expect_labels(FACET_RESULT, "A B 未定");
	expect_labels(FACET_DUE, "逾期 临期 未到期 不计时");
	expect_labels(FACET_SESSION, "十四届二次 十四届三次");
}

static void add_strange(key k, const char *status, const char *department)
{
	struct proposal *p = desk_new(desk, k, status);
	struct unit units[] = {
		{.department = department, .role = ROLE_LEAD, .state = ""},
		{.department = "swj", .role = ROLE_SEPARATE, .state = ""},
	};
	const struct proposal *all[] = {p};

	p->units = (struct units){units, 2};
	desk_put(desk, 1, all, 1);
}

static void appends_what_the_register_holds_beyond(void **state)
{
	(void)state;
	add_strange(desk_key(1, 1), "lost", "gone");
	update();
	expect_labels(FACET_STATUS,
		      "已收到 待签收 办理中 已答复 已办结 lost 未填");
	expect_labels(FACET_UNIT, "经信局 商务局 教育局 公安局 gone 未填");
	expect_labels(FACET_SESSION, "十四届二次 十四届三次 十四届一次");
}

static void keeps_every_index_when_more_appears(void **state)
{
	struct facet_value *before;
	size_t count;
	(void)state;

	update();
	count = catalog.facets[FACET_STATUS].count;
	before = mem_array(count, sizeof(*before));
	memcpy(before, catalog.facets[FACET_STATUS].items,
	       count * sizeof(*before));
	add_strange(desk_key(4, 1), "newer", "gone");
	update();
	update();
	assert_int_equal(catalog.facets[FACET_STATUS].count, count + 1);
	assert_memory_equal(before, catalog.facets[FACET_STATUS].items,
			    count * sizeof(*before));
	assert_int_equal(catalog_match(&catalog, FACET_STATUS, "newer"), count);
	assert_int_equal(catalog_match(&catalog, FACET_SESSION, "14-4"), 2);
	free(before);
}

static void matches_what_people_write(void **state)
{
	static const struct {
		enum facet facet;
		const char *text, *code; /* NULL: nothing fits */
	} cases[] = {
		{FACET_STATUS, "handling", "handling"},
		{FACET_STATUS, "办理中", "handling"},
		{FACET_STATUS, " 办理中　", "handling"},
		{FACET_STATUS, "办里中", NULL},
		{FACET_STATUS, "lost", "lost"},
		{FACET_STATUS, "未填", ""},
		{FACET_UNIT, "经信局", "jxj"},
		{FACET_UNIT, "经信委", "jxj"},
		{FACET_UNIT, "经济和信息化局", "jxj"},
		{FACET_UNIT, "gone", "gone"},
		{FACET_CATEGORY, "城乡建设、环保", "city"},
		{FACET_RESULT, "Ａ", "A"},
		{FACET_RESULT, "未定", ""},
		{FACET_FEEDBACK, "不满意", "unsatisfied"},
		{FACET_DUE, "逾期", "overdue"},
		{FACET_DUE, "Soon", "soon"},
		{FACET_DUE, "none", "none"},
		{FACET_SESSION, "14-3", "14-3"},
		{FACET_SESSION, "十四届三次", "14-3"},
		{FACET_SESSION, "１４－３", "14-3"},
		{FACET_SESSION, "13-1", NULL},
		{FACET_SESSION, "", NULL},
	};
	(void)state;

	add_strange(desk_key(3, 1), "lost", "gone");
	update();
	for (size_t i = 0; i < LENGTH(cases); i++) {
		int value =
			catalog_match(&catalog, cases[i].facet, cases[i].text);
		const struct facet_value *items =
			catalog.facets[cases[i].facet].items;
		const char *code = value < 0 ? "nothing" : items[value].code;

		if (strcmp(code, cases[i].code ? cases[i].code : "nothing"))
			fail_msg("“%s” is %s", cases[i].text, code);
	}
}

/* Every department and the empty value keep a place of their own. */
static void never_outgrows_the_filter(void **state)
{
	enum { UNITS = 1100 };
	struct facet_values *values = &catalog.facets[FACET_UNIT];
	const struct proposal **all = mem_array(UNITS, sizeof(*all));
	(void)state;

	for (uint32_t i = 0; i < UNITS; i++) {
		struct proposal *p =
			desk_new(desk, desk_key(3, i + 1), "received");
		struct unit *unit = arena_alloc(&desk->arena, sizeof(*unit));

		*unit = (struct unit){arena_printf(&desk->arena, "u%u", i),
				      ROLE_LEAD, "", 0};
		p->units = (struct units){unit, 1};
		all[i] = p;
	}
	desk_put(desk, 1, all, UNITS);
	free(all);
	update();
	assert_int_equal(values->count, 1024);
	assert_int_equal(catalog_match(&catalog, FACET_UNIT, "未填"), 1023);
	assert_int_equal(catalog_match(&catalog, FACET_UNIT, "u1099"), -1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_facets_in_two_languages),
		TEST(begins_with_the_configuration),
		TEST(appends_what_the_register_holds_beyond),
		TEST(keeps_every_index_when_more_appears),
		TEST(matches_what_people_write),
		TEST(never_outgrows_the_filter),
	};
	return cmocka_run_group_tests_name("catalog", tests, NULL, NULL);
}
