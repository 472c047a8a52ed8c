#include "config/list.h"

#include <string.h>

#include "fixture.h"

static void check(const char *text, const char *names)
{
	struct list_columns columns;
	struct buf out = {0};

	OK(list_columns_parse(text, &columns, err));
	list_columns_write(&columns, &out);
	assert_string_equal(buf_text(&out), names);
	buf_free(&out);
}

static void reads_names_and_labels_however_they_are_typed(void **state)
{
	(void)state;
	check("number,unit,title", "number,unit,title");
	check(" Title ", "title");
	check("案由", "title");
	check("编号、主办　状态，期限", "number,unit,status,due");
	check("ｂｙ,,更新", "by,changed");
}

/* Each by its name and by its label, and all of them together. */
static void knows_every_column(void **state)
{
	struct buf names = {0}, labels = {0};
	(void)state;

	for (const struct word *w = list_column_words; w->name; w++) {
		assert_int_equal(w->value, w - list_column_words);
		check(w->label, w->name);
		buf_printf(&names, "%s%s", names.len ? "," : "", w->name);
		buf_printf(&labels, "%s%s", labels.len ? "," : "", w->label);
	}
	check(buf_text(&labels), buf_text(&names));
	check(buf_text(&names), buf_text(&names));
	buf_free(&names);
	buf_free(&labels);
}

static void says_what_is_wrong_and_changes_nothing(void **state)
{
	static const struct {
		const char *text, *said;
	} cases[] = {
		{"", "没有写出要哪几列"},
		{" , ", "没有写出要哪几列"},
		{"number,颜色", "没有“颜色”这一列，可选：编号、届次、主办"},
		/* Cut, before it fills the screen. */
		{"number,xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		 "xxxxxxxxxxxxxxx",
		 "xxxxxxxxxx”这一列，可选：编号"},
		{"unit,主办", "“主办”这一列写了两次"},
		{"title,unit", "案由只能是最后一列，“主办”不能在它后面"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct list_columns columns = {{LIST_DUE}, 1};
		struct err err;

		assert_false(list_columns_parse(cases[i].text, &columns, &err));
		assert_int_equal(err.code, ERR_USAGE);
		assert_non_null(strstr(err.text, cases[i].said));
		assert_int_equal(columns.count, 1);
		assert_int_equal(columns.items[0], LIST_DUE);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_names_and_labels_however_they_are_typed),
		cmocka_unit_test(knows_every_column),
		cmocka_unit_test(says_what_is_wrong_and_changes_nothing),
	};
	return cmocka_run_group_tests_name("columns", tests, NULL, NULL);
}
