#include "base/fit.h"

#include "base/buf.h"
#include "unit.h"

static void a_name_fits_as_well_as_it_was_typed(void **state)
{
	static const struct {
		const char *typed, *name;
		enum fit_grade grade;
	} cases[] = {
		{"经信局", "经信局", FIT_WHOLE},
		{" 经信局　", "经信局", FIT_WHOLE},
		{"經信局", "经信局", FIT_WHOLE},
		{"ＪＸＪ", "jxj", FIT_WHOLE},
		{"经", "经信局", FIT_BEGIN},
		{"jx", "JXJ", FIT_BEGIN},
		{"", "经信局", FIT_BEGIN},
		{" ", "经信局", FIT_BEGIN},
		{"信局", "经信局", FIT_INSIDE},
		{"信", "经信局", FIT_INSIDE},
		{"局", "局中局", FIT_BEGIN},
		{"中局", "局中中局", FIT_INSIDE},
		{"jxj", "经信局", FIT_SOUND_WHOLE},
		{"JingXJ", "经信局", FIT_SOUND_WHOLE},
		{"jx", "经信局", FIT_SOUND_BEGIN},
		{"jingx", "经信局", FIT_SOUND_BEGIN},
		{"xj", "经信局", FIT_SOUND},
		{"xin", "经信局", FIT_SOUND},
		{"发改委", "发展和改革委员会", FIT_SCATTERED},
		{"發改委", "发展和改革委员会", FIT_SCATTERED},
		{"展改", "发展和改革委员会", FIT_SCATTERED},
		{"经局", "经信局", FIT_SCATTERED},
		/* not in that order, not as often, not in letters */
		{"改发", "发展和改革委员会", FIT_NONE},
		{"委委", "发展和改革委员会", FIT_NONE},
		{"经信局长", "经信局", FIT_NONE},
		{"jj", "jxj", FIT_NONE},
		{"经j", "经xj", FIT_NONE},
		{"jj", "经信局", FIT_NONE},
		{"usb", "经信局", FIT_NONE},
		{"经 信", "经信局", FIT_NONE},
		{"", "", FIT_NONE},
		{"经", "", FIT_NONE},
		{"\xff", "经信局", FIT_NONE},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct fit fit;
		enum fit_grade grade;

		assert_true(fit_begin(&fit, cases[i].typed));
		grade = fit_try(&fit, cases[i].name);
		if (grade != cases[i].grade)
			fail_msg("%s, %s: %d", cases[i].typed, cases[i].name,
				 (int)grade);
	}
}

static void what_is_too_long_fits_nothing(void **state)
{
	struct buf text = {0};
	struct fit fit;
	(void)state;

	for (size_t i = 0; i < FIT_MAX; i++)
		buf_str(&text, "国");
	assert_true(fit_begin(&fit, text.data));
	assert_int_equal(fit_try(&fit, text.data), FIT_WHOLE);
	buf_str(&text, " ");
	assert_true(fit_begin(&fit, text.data));
	buf_str(&text, "国");
	assert_false(fit_begin(&fit, text.data));
	buf_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_fits_as_well_as_it_was_typed),
		cmocka_unit_test(what_is_too_long_fits_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
