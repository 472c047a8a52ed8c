#include "query/slotset.h"

#include "unit.h"

static struct slotset set_of(uint32_t slots, const uint32_t *in, size_t count)
{
	struct slotset set;

	slotset_init(&set, slots);
	for (size_t i = 0; i < count; i++)
		slotset_add(&set, in[i]);
	return set;
}

static void holds_what_was_added(void **state)
{
	static const uint32_t in[] = {0, 31, 32, 991, 992, 1983};
	struct slotset set = set_of(1500, in, LENGTH(in)), none = {0};
	(void)state;

	assert_int_equal(set.count, 2 * SLOTSET_CHUNK);
	for (size_t i = 0; i < LENGTH(in); i++)
		assert_true(slotset_has(&set, in[i]));
	assert_false(slotset_has(&set, 1));
	assert_false(slotset_has(&set, 33));
	assert_int_equal(slotset_size(&set), LENGTH(in));
	slotset_add(&set, 1984); /* no room: stays out */
	slotset_add(&none, 0);
	assert_false(slotset_has(&set, 1984));
	assert_false(slotset_has(&none, 0));
	assert_int_equal(slotset_size(&none), 0);
	slotset_free(&set);
	slotset_free(&none);
}

static void joins_and_takes_away(void **state)
{
	static const uint32_t a[] = {1, 2, 40, 1000}, b[] = {2, 3, 40};
	struct slotset long_one = set_of(1200, a, LENGTH(a));
	struct slotset short_one = set_of(100, b, LENGTH(b));
	(void)state;

	slotset_or(&long_one, &short_one);
	assert_int_equal(slotset_size(&long_one), 5);
	slotset_without(&long_one, &short_one);
	assert_true(slotset_has(&long_one, 1));
	assert_true(slotset_has(&long_one, 1000));
	assert_int_equal(slotset_size(&long_one), 2);
	slotset_add(&long_one, 40);
	slotset_and(&long_one, &short_one);
	assert_true(slotset_has(&long_one, 40));
	assert_int_equal(slotset_size(&long_one), 1);
	slotset_free(&long_one);
	slotset_free(&short_one);
}

static void marks_the_rows_that_are_not_in(void **state)
{
	static const uint32_t in[] = {992, 993, 1023, 1024, 1983};
	struct slotset set = set_of(1984, in, LENGTH(in));
	uint8_t fails[CHUNK_SLOTS] = {0};
	(void)state;

	fails[0] = 1;
	slotset_fail(&set, 1, fails, 0x80);
	for (uint32_t i = 0; i < CHUNK_SLOTS; i++)
		assert_int_equal(fails[i],
				 (slotset_has(&set, 992 + i) ? 0 : 0x80) |
					 (i == 0));
	slotset_fail(&set, 2, fails, 0x40); /* behind its end */
	assert_int_equal(fails[0], 0x41);
	slotset_free(&set);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(holds_what_was_added),
		cmocka_unit_test(joins_and_takes_away),
		cmocka_unit_test(marks_the_rows_that_are_not_in),
	};
	return cmocka_run_group_tests_name("slotset", tests, NULL, NULL);
}
