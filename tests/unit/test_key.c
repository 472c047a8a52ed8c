#include "domain/key.h"

#include <string.h>

#include "domain/proposal.h"
#include "unit.h"

static void keeps_session_and_number(void **state)
{
	static const struct {
		uint32_t term, meeting, number;
	} cases[] = {{1, 1, 1},
		     {14, 3, 173},
		     {14, 3, NUMBER_MAX},
		     {99, 31, 1},
		     {99, 31, NUMBER_MAX}};
	(void)state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		session s = session_make(cases[i].term, cases[i].meeting);
		key k = key_make(s, cases[i].number);

		assert_int_not_equal(k, KEY_NONE);
		assert_int_equal(key_session(k), s);
		assert_int_equal(key_number(k), cases[i].number);
	}
}

static void refuses_what_is_no_proposal(void **state)
{
	session s = session_make(14, 3);
	(void)state;

	assert_int_equal(key_make(s, 0), KEY_NONE);
	assert_int_equal(key_make(s, NUMBER_MAX + 1), KEY_NONE);
	assert_int_equal(key_make(s, UINT32_MAX), KEY_NONE);
	assert_int_equal(key_make(0, 1), KEY_NONE);
	assert_int_equal(key_make(UINT16_MAX, 1), KEY_NONE);
}

static void sorts_by_session_then_number(void **state)
{
	key in_order[] = {
		key_make(session_make(9, 5), NUMBER_MAX),
		key_make(session_make(14, 2), NUMBER_MAX),
		key_make(session_make(14, 3), 1),
		key_make(session_make(14, 3), 2),
		key_make(session_make(14, 10), 1),
		key_make(session_make(15, 1), 1),
	};
	(void)state;

	for (size_t i = 1; i < sizeof(in_order) / sizeof(*in_order); i++)
		assert_true(in_order[i - 1] < in_order[i]);
}

static void writes_the_longest_key_in_16_bytes(void **state)
{
	char text[16];
	(void)state;

	key_format(key_make(session_make(14, 3), 173), text);
	assert_string_equal(text, "14-3-173");
	key_format(key_make(session_make(99, 31), NUMBER_MAX), text);
	assert_string_equal(text, "99-31-999999");
}

static void names_the_session_only_when_it_is_another(void **state)
{
	key k = key_make(session_make(14, 2), 173);
	char text[64];
	(void)state;

	key_label(k, session_make(14, 2), text);
	assert_string_equal(text, "第173号");
	key_label(k, session_make(14, 3), text);
	assert_string_equal(text, "十四届二次第173号");
	key_label(key_make(session_make(99, 31), NUMBER_MAX), 0, text);
	assert_string_equal(text, "九十九届三十一次第999999号");
}

static void an_empty_proposal_has_no_null_text(void **state)
{
	struct proposal p;
	(void)state;

	memset(&p, 0xA5, sizeof(p));
	proposal_init(&p, 7);
	const char *const texts[] = {
		p.title,         p.body,    p.category,  p.level,    p.topic,
		p.status,        p.result,  p.outcome,   p.feedback, p.led_by,
		p.supervised_by, p.remarks, p.changed_by};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_string_equal(texts[i], "");
	assert_int_equal(p.key, 7);
	assert_int_equal(p.merged_into, KEY_NONE);
	assert_int_equal(p.proposers.count + p.units.count + p.related.count,
			 0);
	for (int i = 0; i < DATE_COUNT; i++)
		assert_int_equal(p.dates[i], DAY_NONE);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_session_and_number),
		cmocka_unit_test(refuses_what_is_no_proposal),
		cmocka_unit_test(sorts_by_session_then_number),
		cmocka_unit_test(writes_the_longest_key_in_16_bytes),
		cmocka_unit_test(names_the_session_only_when_it_is_another),
		cmocka_unit_test(an_empty_proposal_has_no_null_text),
	};
	return cmocka_run_group_tests_name("key", tests, NULL, NULL);
}
