#include "unit.h"

#include <string.h>

#include "domain/access.h"

/*
 * Every cell of the table, written a second time in words of the office:
 * V 查看, E 编辑, A 管理, R root; by phase, the last for none in particular.
 */
static const char *const wanted[ACTION_COUNT] = {
	[ACTION_NONE] = "NNNNNNNNNN",     [ACTION_READ] = "VVVVVVVVVV",
	[ACTION_STATUS] = "EEEEEEEEEE",   [ACTION_FORCE] = "AAAAAAAAAA",
	[ACTION_EDIT] = "EEEEEEAAAE",     [ACTION_CREATE] = "EEEEEEEEEE",
	[ACTION_REMOVE] = "EEEEEEAAAE",   [ACTION_UNDO] = "EEEEEEEEEE",
	[ACTION_UNDO_ANY] = "AAAAAAAAAA", [ACTION_EXPORT] = "AAAAAAAAAA",
	[ACTION_BACKUP] = "AAAAAAAAAA",   [ACTION_MAINTAIN] = "RRRRRRRRRR",
	[ACTION_USERS] = "AAAAAAAAAA",
};

static enum access least(int action, int phase)
{
	static const char order[] = "NVEAR";

	return (enum access)(strchr(order, wanted[action][phase]) - order);
}

static void every_cell_is_as_decided(void **state)
{
	(void)state;
	for (int action = 0; action < ACTION_COUNT; action++)
		for (int phase = 0; phase <= PHASE_COUNT; phase++)
			for (int role = 0; role < ACCESS_COUNT; role++) {
				struct err err = {0};
				bool may = access_may((enum access)role,
						      (enum action)action,
						      (enum phase)phase, &err);

				assert_int_equal(may,
						 (enum access)role >=
							 least(action, phase));
				assert_int_equal(err.code,
						 may ? ERR_NONE : ERR_DENIED);
			}
}

static void a_refusal_says_who_could(void **state)
{
	struct err err;

	(void)state;
	assert_false(
		access_may(ACCESS_VIEW, ACTION_STATUS, PHASE_HANDLING, &err));
	assert_string_equal(err.text, "只有“编辑”以上可以改状态，您是“查看”");
	assert_false(access_may(ACCESS_EDIT, ACTION_EDIT, PHASE_CLOSED, &err));
	assert_string_equal(err.text,
			    "提案已办结，只有“管理”可以修改内容，您是“编辑”");
	assert_false(access_may(ACCESS_EDIT, ACTION_USERS, PHASE_COUNT, &err));
	assert_string_equal(err.text, "只有“管理”可以管理用户，您是“编辑”");
	assert_false(
		access_may(ACCESS_ADMIN, ACTION_MAINTAIN, PHASE_COUNT, &err));
	assert_string_equal(err.text, "只有 root 可以维护提案库，请用 sudo");
	assert_false(access_may(ACCESS_NONE, ACTION_READ, PHASE_COUNT, &err));
	assert_non_null(strstr(err.text, "proposals user add"));
}

static void roles_are_known_by_name_and_label(void **state)
{
	enum access access;

	(void)state;
	assert_true(access_parse("editor", &access));
	assert_int_equal(access, ACCESS_EDIT);
	assert_true(access_parse("管理", &access));
	assert_int_equal(access, ACCESS_ADMIN);
	assert_false(access_parse("none", &access));
	assert_false(access_parse("root", &access));
	assert_false(access_parse("无", &access));
	assert_false(access_parse("", &access));
	for (int i = ACCESS_VIEW; i <= ACCESS_ADMIN; i++) {
		assert_true(access_parse(access_name((enum access)i), &access));
		assert_int_equal(access, i);
		assert_true(
			access_parse(access_label((enum access)i), &access));
		assert_int_equal(access, i);
	}
}

static void every_action_has_a_name(void **state)
{
	(void)state;
	for (int i = ACTION_READ; i < ACTION_COUNT; i++)
		assert_true(*action_label((enum action)i) != '\0');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_cell_is_as_decided),
		cmocka_unit_test(a_refusal_says_who_could),
		cmocka_unit_test(roles_are_known_by_name_and_label),
		cmocka_unit_test(every_action_has_a_name),
	};

	return cmocka_run_group_tests_name("access", tests, NULL, NULL);
}
