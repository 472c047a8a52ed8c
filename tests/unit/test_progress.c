#include "base/progress.h"

#include "unit.h"

static bool until_five(struct progress *progress)
{
	unsigned *told = progress->arg;

	++*told;
	return progress->done < 5;
}

static void once_cancelled_it_stays_so(void **state)
{
	unsigned told = 0;
	struct progress progress = {.tell = until_five, .arg = &told};
	struct err err;
	(void)state;

	progress_phase(&progress, "写入", "件", 10);
	assert_true(progress_at(&progress, 4));
	assert_false(progress_at(&progress, 5));
	assert_false(progress_at(&progress, 1));
	progress_phase(&progress, "建索引", "件", 10);
	assert_false(progress_at(&progress, 0));
	assert_int_equal(told, 2);
	assert_false(progress_cancelled(&err));
	assert_int_equal(err.code, ERR_REFUSED);
	assert_string_equal(err.text, "已取消，未保存");
}

/* What cannot be taken back is told of, and goes on. */
static void nothing_stops_a_final_phase(void **state)
{
	unsigned told = 0;
	struct progress progress = {.tell = until_five, .arg = &told};
	(void)state;

	progress_final(&progress, "存到磁盘", "件", 10);
	assert_true(progress_at(&progress, 6));
	assert_true(progress_at(&progress, 10));
	assert_int_equal(told, 2);
	progress_phase(&progress, "写入", "件", 10);
	assert_false(progress_at(&progress, 6));
	progress_final(NULL, "存到磁盘", "件", 10);
}

static void nobody_has_to_wait(void **state)
{
	struct progress silent = {0};
	(void)state;

	progress_phase(NULL, "写入", "件", 10);
	assert_true(progress_at(NULL, 3));
	assert_true(progress_at(&silent, 3));
}

static void a_loop_tells_now_and_then(void **state)
{
	unsigned told = 0;
	struct progress progress = {.tell = until_five, .arg = &told};
	uint64_t done = 1;
	(void)state;

	progress_phase(&progress, "检查", "行", 100000);
	while (progress_step(&progress, done))
		done++;
	assert_int_equal(told, 1);
	assert_int_equal(done, 1024);
}

static void expect_text(const struct progress *progress, const char *text)
{
	struct buf out = {0};

	progress_text(progress, &out);
	assert_string_equal(buf_text(&out), text);
	buf_free(&out);
}

/* As if it had begun so long ago. */
static void age(struct progress *progress, int64_t ms)
{
	progress->began -= ms;
	progress->phase_began -= ms;
}

static void says_count_share_and_time_left(void **state)
{
	struct progress progress = {0};
	(void)state;

	progress_phase(&progress, "写入", "件", 1000000);
	expect_text(&progress, "写入 0/1000000 件 0%");
	assert_true(progress_at(&progress, 250000));
	expect_text(&progress, "写入 250000/1000000 件 25%");
	age(&progress, 400000);
	expect_text(&progress, "写入 250000/1000000 件 25%，约剩 21 分");
	progress.phase_began += 350000;
	assert_true(progress_at(&progress, 900000));
	expect_text(&progress, "写入 900000/1000000 件 90%，约剩 6 秒");
	assert_true(progress_at(&progress, 2000000));
	expect_text(&progress, "写入 1000000/1000000 件 100%，约剩 1 秒");
	progress_phase(&progress, progress_waiting, "", 0);
	expect_text(&progress, "等待别人写完");
	progress_phase(&progress, "读取", "行", 0);
	assert_true(progress_at(&progress, 2000));
	expect_text(&progress, "读取 2000 行");
}

static void what_is_short_is_not_shown(void **state)
{
	struct progress progress = {0};
	(void)state;

	progress_phase(&progress, "写入", "件", 100);
	assert_false(progress_due(&progress));
	age(&progress, 600);
	assert_true(progress_due(&progress));
	assert_false(progress_due(&progress));
	progress.shown -= 250;
	assert_true(progress_due(&progress));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(once_cancelled_it_stays_so),
		cmocka_unit_test(nothing_stops_a_final_phase),
		cmocka_unit_test(nobody_has_to_wait),
		cmocka_unit_test(a_loop_tells_now_and_then),
		cmocka_unit_test(says_count_share_and_time_left),
		cmocka_unit_test(what_is_short_is_not_shown),
	};
	return cmocka_run_group_tests_name("progress", tests, NULL, NULL);
}
