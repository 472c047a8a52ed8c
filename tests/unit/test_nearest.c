#include "base/nearest.h"

#include <string.h>

#include "unit.h"

static bool near(const char *typed, const char *word)
{
	struct nearest nearest;

	nearest_begin(&nearest, typed);
	return nearest_try(&nearest, word);
}

static void sees_a_slip_for_every_three_characters(void **state)
{
	static const struct {
		const char *typed, *word;
		bool near;
	} cases[] = {
		/* added, dropped, changed, swapped */
		{"listt", "list", true},
		{"lst", "list", true},
		{"lust", "list", true},
		{"lsit", "list", true},
		{"lasst", "list", true},
		{"masse", "list", false},
		{"已达复", "已答复", true},
		{"办里中", "办理中", true},
		{"经信", "经信局", true},
		{"科技", "经信局", false},
		{"statsu", "status", true},
		{"tsatsu", "status", true},
		{"ttasus", "results", false},
		/* one of one is not near, the other way neither */
		{"E", "A", false},
		{"BB", "B", true},
		{"B", "BB", true},
		/* what makes no difference */
		{"READ-ONLY", "read_only", true},
		{"ｌｉｓｔ", "list", true},
		{"Ｌst", "list", true},
		/* nothing is near to nothing */
		{"", "list", false},
		{"list", "", false},
		{"", "", false},
		{"\xff\xfe", "list", false},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		if (near(cases[i].typed, cases[i].word) != cases[i].near)
			fail_msg("%s, %s", cases[i].typed, cases[i].word);
	}
}

static void takes_the_nearest_and_of_equals_the_first(void **state)
{
	struct nearest nearest;
	(void)state;

	nearest_begin(&nearest, "repart");
	assert_true(nearest_try(&nearest, "repay"));
	assert_false(nearest_try(&nearest, "list"));
	assert_true(nearest_try(&nearest, "report"));
	assert_false(nearest_try(&nearest, "depart"));
	assert_true(nearest_try(&nearest, "repart"));
	assert_false(nearest_try(&nearest, "REPART"));
}

static void passes_over_what_is_too_long(void **state)
{
	char forty[NEAREST_MAX + 1], longer[NEAREST_MAX + 2];
	(void)state;

	memset(forty, 'x', NEAREST_MAX);
	forty[NEAREST_MAX] = '\0';
	memset(longer, 'x', NEAREST_MAX + 1);
	longer[NEAREST_MAX + 1] = '\0';
	assert_true(near(forty, forty));
	assert_false(near(longer, forty));
	assert_false(near(forty, longer));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sees_a_slip_for_every_three_characters),
		cmocka_unit_test(takes_the_nearest_and_of_equals_the_first),
		cmocka_unit_test(passes_over_what_is_too_long),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
