#include "domain/workflow.h"

#include "fixture.h"

static struct config *config;

static int load(void **state)
{
	(void)state;
	config = config_at("tests/data/domain.yaml");
	return 0;
}

static int unload(void **state)
{
	(void)state;
	config_free(config);
	return 0;
}

static void only_next_may_follow(void **state)
{
	static const struct {
		const char *from, *to;
		enum verdict plain, forced;
	} cases[] = {
		{"received", "reviewing", VERDICT_OK, VERDICT_OK},
		{"reviewing", "filed", VERDICT_OK, VERDICT_OK},
		{"reviewing", "withdrawn", VERDICT_OK, VERDICT_OK},
		{"received", "filed", VERDICT_REFUSED, VERDICT_FORCED},
		{"withdrawn", "received", VERDICT_REFUSED, VERDICT_FORCED},
		{"received", "received", VERDICT_UNCHANGED, VERDICT_UNCHANGED},
		{"lost", "filed", VERDICT_OK, VERDICT_OK},
		{"", "filed", VERDICT_OK, VERDICT_OK},
		{"received", "lost", VERDICT_REFUSED, VERDICT_REFUSED},
		{"lost", "lost", VERDICT_UNCHANGED, VERDICT_UNCHANGED},
		{"received", "", VERDICT_REFUSED, VERDICT_REFUSED},
	};
	(void)state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_int_equal(workflow_step(config, cases[i].from,
					       cases[i].to, false),
				 cases[i].plain);
		assert_int_equal(
			workflow_step(config, cases[i].from, cases[i].to, true),
			cases[i].forced);
	}
}

static void says_what_may_follow(void **state)
{
	static const struct {
		const char *from, *to, *reason;
	} cases[] = {
		{"received", "filed", "“已收到”之后只能是：审查中"},
		{"reviewing", "received", "“审查中”之后只能是：已立案、撤案"},
		{"withdrawn", "filed", "“撤案”是终点，不能再改"},
		{"received", "lost", "配置里没有“lost”这个状态"},
		{"lost", "filed", ""}, /* may go anywhere */
	};
	(void)state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct buf reason = {0};

		workflow_reason(config, cases[i].from, cases[i].to, &reason);
		assert_string_equal(buf_text(&reason), cases[i].reason);
		buf_free(&reason);
	}
}

static void a_status_that_was_lost_counts_as_dropped(void **state)
{
	(void)state;

	assert_int_equal(workflow_phase(config, "handling"), PHASE_HANDLING);
	assert_int_equal(workflow_phase(config, "lost"), PHASE_DROPPED);
	assert_int_equal(workflow_phase(config, ""), PHASE_DROPPED);
}

static void a_reply_is_due_by_the_rule(void **state)
{
	static const struct {
		enum time_unit unit;
		int amount;
		int from[3], due[3];
	} cases[] = {
		{UNIT_MONTH, 3, {2024, 11, 30}, {2025, 2, 28}},
		{UNIT_MONTH, 3, {2023, 11, 30}, {2024, 2, 29}},
		{UNIT_MONTH, 3, {2024, 3, 15}, {2024, 6, 15}},
		{UNIT_MONTH, 1, {2024, 1, 31}, {2024, 2, 29}},
		{UNIT_MONTH, 6, {2024, 8, 31}, {2025, 2, 28}},
		{UNIT_DAY, 90, {2024, 1, 1}, {2024, 3, 31}},
		{UNIT_WORKDAY, 7, {2024, 11, 20}, {2024, 11, 29}},
		{UNIT_WORKDAY, 1, {2024, 11, 22}, {2024, 11, 25}},
	};
	(void)state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const int *from = cases[i].from, *due = cases[i].due;
		struct deadline_rule rule = {.from = DATE_ASSIGNED,
					     .amount = cases[i].amount,
					     .unit = cases[i].unit};
		day dates[DATE_COUNT] = {
			[DATE_ASSIGNED] = day_make(from[0], from[1], from[2])};

		assert_int_equal(deadline_due(&rule, dates),
				 day_make(due[0], due[1], due[2]));
	}
}

static void a_given_day_goes_before_the_rule(void **state)
{
	struct deadline_rule rule = {
		.from = DATE_ASSIGNED, .amount = 3, .unit = UNIT_MONTH};
	day dates[DATE_COUNT] = {[DATE_RECEIVED] = 45000};
	(void)state;

	assert_int_equal(deadline_due(&rule, dates), DAY_NONE);
	dates[DATE_DUE] = 45500;
	assert_int_equal(deadline_due(&rule, dates), 45500);
	dates[DATE_ASSIGNED] = 45000;
	assert_int_equal(deadline_due(&rule, dates), 45500);
}

static void a_day_past_the_calendar_is_none(void **state)
{
	struct deadline_rule rule = {.from = DATE_ASSIGNED, .amount = 3};
	day dates[DATE_COUNT] = {[DATE_ASSIGNED] = UINT16_MAX};
	(void)state;

	for (enum time_unit unit = UNIT_DAY; unit <= UNIT_MONTH; unit++) {
		rule.unit = unit;
		assert_int_equal(deadline_due(&rule, dates), DAY_NONE);
	}
}

static void counts_lateness_to_the_day(void **state)
{
	static const int warn[] = {30, 7};
	const struct deadline_rule rule = {.warn = warn, .warn_count = 2};
	const struct deadline_rule silent = {0};
	const day today = 45616;
	const struct {
		enum phase phase;
		day due;
		enum lateness lateness;
	} cases[] = {
		{PHASE_HANDLING, (day)(today - 1), LATE_OVERDUE},
		{PHASE_HANDLING, today, LATE_SOON},
		{PHASE_HANDLING, (day)(today + 30), LATE_SOON},
		{PHASE_HANDLING, (day)(today + 31), LATE_LATER},
		{PHASE_HANDLING, DAY_NONE, LATE_NONE},
		{PHASE_ASSIGNED, (day)(today - 1), LATE_OVERDUE},
		{PHASE_ANSWERED, (day)(today - 1), LATE_NONE},
		{PHASE_DROPPED, (day)(today - 1), LATE_NONE},
	};
	(void)state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_int_equal(deadline_lateness(&rule, cases[i].phase,
						   cases[i].due, today),
				 cases[i].lateness);
	assert_int_equal(
		deadline_lateness(&silent, PHASE_HANDLING, today, today),
		LATE_SOON);
	assert_int_equal(deadline_lateness(&silent, PHASE_HANDLING,
					   (day)(today + 1), today),
			 LATE_LATER);
}

static void words_fit_their_column(void **state)
{
	const day today = 45616;
	const struct {
		enum phase phase;
		day due, replied;
		const char *words;
	} cases[] = {
		{PHASE_HANDLING, (day)(today + 12), DAY_NONE, "剩12天"},
		{PHASE_HANDLING, today, DAY_NONE, "今天"},
		{PHASE_HANDLING, (day)(today - 3), DAY_NONE, "逾3天"},
		{PHASE_HANDLING, DAY_NONE, DAY_NONE, ""},
		{PHASE_HANDLING, 1, DAY_NONE, "逾124年"},
		{PHASE_HANDLING, (day)(today - 9999), DAY_NONE, "逾9999天"},
		/* Handled again: the old reply does not count. */
		{PHASE_HANDLING, (day)(today - 3), (day)(today - 9), "逾3天"},
		{PHASE_ANSWERED, today, today, "按期"},
		{PHASE_ANSWERED, (day)(today - 3), today, "迟3天"},
		{PHASE_CLOSED, (day)(today - 3), (day)(today - 4), "按期"},
		{PHASE_CLOSED, (day)(today - 3), DAY_NONE, ""},
		{PHASE_CLOSED, DAY_NONE, today, ""},
		{PHASE_MERGED, (day)(today - 3), today, "迟3天"},
		{PHASE_DROPPED, (day)(today - 3), DAY_NONE, ""},
		{PHASE_INTAKE, (day)(today - 3), DAY_NONE, ""},
	};
	(void)state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char words[32];

		deadline_words(cases[i].phase, cases[i].due, cases[i].replied,
			       today, words);
		assert_string_equal(words, cases[i].words);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_next_may_follow),
		cmocka_unit_test(says_what_may_follow),
		cmocka_unit_test(a_status_that_was_lost_counts_as_dropped),
		cmocka_unit_test(a_reply_is_due_by_the_rule),
		cmocka_unit_test(a_given_day_goes_before_the_rule),
		cmocka_unit_test(a_day_past_the_calendar_is_none),
		cmocka_unit_test(counts_lateness_to_the_day),
		cmocka_unit_test(words_fit_their_column),
	};
	return cmocka_run_group_tests_name("workflow", tests, load, unload);
}
