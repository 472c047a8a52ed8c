#include "store/touched.h"

#include "desk.h"
#include "store/columns.h"
#include "store/internal.h"

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

/* The event of a batch, with a right checksum if it is encoded anew. */
static void put_event(uint32_t batch, const struct buf *value)
{
	MDB_txn *txn;

	assert_int_equal(mdb_txn_begin(desk->store->env, NULL, 0, &txn), 0);
	assert_int_equal(table_put(desk->store, txn, TABLE_EVENTS,
				   place_pair(batch, desk_key(3, 7)), value),
			 0);
	assert_int_equal(mdb_txn_commit(txn), 0);
}

static void expect_doubt(uint32_t batch)
{
	struct err why;

	desk_read(desk);
	assert_int_equal(reading_before(desk->reading, desk_key(3, 7), batch),
			 0);
	assert_false(reading_sound(desk->reading, &why));
	assert_non_null(strstr(why.text, "历史"));
	desk_done(desk);
}

/* No event follows itself or a later one, or who goes back never ends. */
static void what_follows_nothing_before_it_is_doubted(void **state)
{
	uint32_t batch = desk_add(desk, desk_key(3, 7), "handling");
	struct entry entry = {.kind = EVENT_CREATED, .revision = 1};
	struct buf value = {0};
	(void)state;

	for (uint32_t later = 0; later < 2; later++) {
		entry.previous = batch + later;
		entry_encode(batch, desk_key(3, 7), &entry, &value);
		put_event(batch, &value);
		expect_doubt(batch);
	}
	entry.previous = 0;
	entry_encode(batch, desk_key(3, 7), &entry, &value);
	value.data[0] ^= 1;
	put_event(batch, &value);
	expect_doubt(batch);
	buf_free(&value);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_what_each_batch_changed),
		cmocka_unit_test(what_follows_nothing_before_it_is_doubted),
	};
	return cmocka_run_group_tests_name("touched", tests, start, stop);
}
