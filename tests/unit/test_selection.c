#include "query/selection.h"

#include "unit.h"

static void marks_and_unmarks(void **state)
{
	struct selection selection = {0};
	(void)state;

	assert_false(selection_has(&selection, 0));
	selection_set(&selection, 900000, false);
	assert_int_equal(selection.count, 0);
	selection_set(&selection, 900000, true);
	selection_set(&selection, 900000, true);
	selection_set(&selection, 63, true);
	selection_set(&selection, 64, true);
	assert_int_equal(selection.count, 3);
	assert_true(selection_has(&selection, 63));
	assert_false(selection_has(&selection, 62));
	selection_set(&selection, 63, false);
	assert_false(selection_has(&selection, 63));
	assert_int_equal(selection.count, 2);
	selection_clear(&selection);
	assert_false(selection_has(&selection, 900000));
	assert_int_equal(selection.count, 0);
	selection_free(&selection);
	selection_clear(&selection);
	assert_false(selection_has(&selection, 64));
}

static void walks_in_the_order_of_slots(void **state)
{
	static const uint32_t marked[] = {0, 1, 63, 64, 127, 128, 5000};
	struct selection selection = {0};
	uint32_t slot, from = 0;
	(void)state;

	assert_false(selection_next(&selection, 0, &slot));
	for (size_t i = 7; i > 0; i--)
		selection_set(&selection, marked[i - 1], true);
	for (size_t i = 0; i < 7; i++) {
		assert_true(selection_next(&selection, from, &slot));
		assert_int_equal(slot, marked[i]);
		from = slot + 1;
	}
	assert_false(selection_next(&selection, from, &slot));
	assert_false(selection_next(&selection, UINT32_MAX, &slot));
	selection_free(&selection);
}

static void keeps_marks_outside_the_listing(void **state)
{
	uint32_t rows[] = {9, 2, 300};
	struct listing listing = {rows, 3, 3};
	struct selection selection = {0};
	(void)state;

	assert_int_equal(selection_within(&selection, &listing), 0);
	selection_set(&selection, 2, true);
	selection_set(&selection, 7, true);
	assert_int_equal(selection_within(&selection, &listing), 1);
	selection_invert(&selection, &listing);
	assert_false(selection_has(&selection, 2));
	assert_true(selection_has(&selection, 7));
	assert_true(selection_has(&selection, 300));
	assert_int_equal(selection.count, 3);
	selection_all(&selection, &listing);
	assert_int_equal(selection.count, 4);
	assert_int_equal(selection_within(&selection, &listing), 3);
	selection_free(&selection);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_and_unmarks),
		cmocka_unit_test(walks_in_the_order_of_slots),
		cmocka_unit_test(keeps_marks_outside_the_listing),
	};
	return cmocka_run_group_tests_name("selection", tests, NULL, NULL);
}
