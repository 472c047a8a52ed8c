#include "store/touched.h"

#include "desk.h"
#include "store/columns.h"

static struct desk *desk;
static struct buf told;

static int start(void **state)
{
	(void)state;
	desk = desk_open();
	return 0;
}

static int stop(void **state)
{
	(void)state;
	buf_free(&told);
	desk_close(desk);
	return 0;
}

static void tell(void *arg, key k)
{
	struct buf *out = arg;

	buf_printf(out, "%u ", key_number(k));
}

static void expect_touched(uint32_t batch, const char *keys)
{
	buf_reset(&told);
	reading_touched(desk->reading, batch, tell, &told);
	assert_string_equal(buf_text(&told), keys);
}

static void tells_what_each_batch_changed(void **state)
{
	const struct proposal *many[] = {
		desk_new(desk, desk_key(3, 5), "received"),
		desk_new(desk, desk_key(3, 2), "handling"),
	};
	uint32_t first, second, third;
	struct err unused;
	(void)state;

	first = desk_put(desk, 1, many, 2);
	many[0] = desk_new(desk, desk_key(3, 9), "handling");
	second = desk_put(desk, 1, many, 1);
	many[0] = desk_new(desk, desk_key(3, 2), "answered");
	third = desk_put(desk, 1, many, 1);
	desk_read(desk);
	expect_touched(first, "2 5 ");
	expect_touched(second, "9 ");
	expect_touched(third, "2 ");
	expect_touched(third + 1, "");
	assert_int_equal(reading_before(desk->reading, desk_key(3, 2), third),
			 first);
	assert_int_equal(reading_before(desk->reading, desk_key(3, 2), first),
			 0);
	OK(reading_sound(desk->reading, err));
	/* What should be there and is not leaves a doubt. */
	assert_int_equal(reading_before(desk->reading, desk_key(3, 5), second),
			 0);
	assert_false(reading_sound(desk->reading, &unused));
	desk_done(desk);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_what_each_batch_changed),
	};
	return cmocka_run_group_tests_name("touched", tests, start, stop);
}
