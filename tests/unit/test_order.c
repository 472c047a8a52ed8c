#include "query/order.h"

#include <string.h>

#include "fixture.h"

static void assert_order(const struct order *order, const char *names)
{
	struct buf out = {0};

	order_write(order, &out);
	assert_string_equal(buf_text(&out), names);
	buf_free(&out);
}

static void reads_names_and_labels_however_they_are_typed(void **state)
{
	static const struct {
		const char *text, *names, *words;
	} cases[] = {
		{"", "", ""},
		{"due", "due", "期限"},
		{"主办,-期限", "unit,-due", "主办、期限反序"},
		{"－状态，主办、编号　更新时间", "-status,unit,number,changed",
		 "状态反序、主办、编号、更新时间"},
		{" ｄｕｅ,", "due", "期限"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct order order = {.count = 0};
		struct buf words = {0};

		OK(order_parse(&order, cases[i].text, err));
		assert_order(&order, cases[i].names);
		order_explain(&order, &words);
		assert_string_equal(buf_text(&words), cases[i].words);
		buf_free(&words);
	}
}

/* Each by what it is written as, and by its label. */
static void knows_every_order(void **state)
{
	(void)state;
	for (int by = 0; by < SORT_COUNT; by++) {
		struct order order = {.count = 0}, again = order;
		struct buf name = {0};

		order_only(&order, (enum sort)by);
		order_write(&order, &name);
		OK(order_parse(&again, buf_text(&name), err));
		assert_int_equal(again.keys[0].by, by);
		OK(order_parse(&again, sort_label((enum sort)by), err));
		assert_order(&again, buf_text(&name));
		buf_free(&name);
	}
}

static void says_what_is_wrong_and_changes_nothing(void **state)
{
	static const struct {
		const char *text, *said;
	} cases[] = {
		{"颜色", "没有“颜色”这种排序，可选：匹配、编号、期限"},
		{"due,-", "没有“-”这种排序"},
		{"due,--unit", "没有“-unit”这种排序"},
		{"due,-期限", "排序里“期限”写了两次"},
		{"due,unit,status,level,result", "最多按 4 项排序"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct order order = {.grouped = true, .group = FACET_UNIT};
		struct err err;

		order_only(&order, SORT_DUE);
		assert_false(order_parse(&order, cases[i].text, &err));
		assert_int_equal(err.code, ERR_USAGE);
		if (!strstr(err.text, cases[i].said))
			fail_msg("%s: %s", cases[i].text, err.text);
		assert_order(&order, "due");
		assert_true(order.grouped);
	}
}

static void one_alone_is_turned_when_chosen_again(void **state)
{
	struct order order = {.count = 0};
	(void)state;

	order_only(&order, SORT_DUE);
	assert_order(&order, "due");
	order_only(&order, SORT_DUE);
	assert_order(&order, "-due");
	order_only(&order, SORT_DUE);
	assert_order(&order, "due");
	order_only(&order, SORT_UNIT);
	assert_order(&order, "unit");
	assert_true(order_add(&order, SORT_DUE));
	order_only(&order, SORT_UNIT);
	assert_order(&order, "unit");
}

static void one_more_is_added_turned_and_taken_out(void **state)
{
	struct order order = {.count = 0};
	(void)state;

	assert_true(order_add(&order, SORT_UNIT));
	assert_true(order_add(&order, SORT_DUE));
	assert_true(order_add(&order, SORT_LEVEL));
	assert_true(order_add(&order, SORT_RESULT));
	assert_order(&order, "unit,due,level,result");
	assert_false(order_add(&order, SORT_NUMBER));
	assert_true(order_add(&order, SORT_DUE));
	assert_order(&order, "unit,-due,level,result");
	assert_true(order_add(&order, SORT_DUE));
	assert_order(&order, "unit,level,result");
	assert_int_equal(order_place(&order, SORT_RESULT), 2);
	assert_int_equal(order_place(&order, SORT_DUE), -1);
	order_turn(&order);
	assert_order(&order, "-unit,-level,-result");
}

static void without_keys_the_number_is_turned(void **state)
{
	struct order order = {.count = 0};
	(void)state;

	order_turn(&order);
	assert_order(&order, "-number");
}

static void groups_are_by_a_facet_that_stays(void **state)
{
	struct order order = {.count = 0};
	struct err why;
	(void)state;

	OK(order_group(&order, "主办", err));
	assert_true(order.grouped);
	assert_int_equal(order.group, FACET_UNIT);
	OK(order_parse(&order, "due", err));
	assert_true(order.grouped);
	assert_false(order_group(&order, "期限", &why));
	assert_int_equal(why.code, ERR_USAGE);
	assert_non_null(strstr(why.text, "不分组、状态、主办"));
	assert_true(order.grouped);
	OK(order_group(&order, "none", err));
	assert_false(order.grouped);
	OK(order_group(&order, "session", err));
	assert_int_equal(order.group, FACET_SESSION);
	OK(order_group(&order, "不分组", err));
	assert_false(order.grouped);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_names_and_labels_however_they_are_typed),
		cmocka_unit_test(knows_every_order),
		cmocka_unit_test(says_what_is_wrong_and_changes_nothing),
		cmocka_unit_test(one_alone_is_turned_when_chosen_again),
		cmocka_unit_test(one_more_is_added_turned_and_taken_out),
		cmocka_unit_test(without_keys_the_number_is_turned),
		cmocka_unit_test(groups_are_by_a_facet_that_stays),
	};
	return cmocka_run_group_tests_name("order", tests, NULL, NULL);
}
