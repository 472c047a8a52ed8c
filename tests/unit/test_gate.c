#include "register.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "base/progress.h"
#include "store/gate.h"

/* Two who write: this test, and a child that holds the gate. */

static const struct who me = {1000, 1000, "测试", ""};
static const struct who other = {1007, 1007, "王芳", ""};

struct holder {
	pid_t pid;
	int wake; /* closed: the child leaves the gate and ends */
};

static int setup(void **state)
{
	*state = reg_new();
	return 0;
}

static int teardown(void **state)
{
	reg_check(*state);
	reg_free(*state);
	return 0;
}

static void hold(const char *dir, int told, int wake, bool stop)
{
	struct gate gate = {.fd = -1};
	struct err err;
	char byte;

	if (!gate_enter(&gate, dir, &other, NULL, NULL, &err))
		_exit(1);
	if (write(told, "x", 1) != 1)
		_exit(1);
	if (stop)
		raise(SIGSTOP);
	if (read(wake, &byte, 1) != 0)
		_exit(1);
	gate_leave(&gate);
	_exit(0);
}

/* When it returns the child is inside. */
static struct holder holder_start(const struct reg *reg, bool stop)
{
	int told[2], wake[2], status;
	struct holder holder;
	char byte;

	assert_int_equal(pipe(told), 0);
	assert_int_equal(pipe(wake), 0);
	holder.pid = fork();
	assert_true(holder.pid >= 0);
	if (holder.pid == 0) {
		close(wake[1]);
		hold(reg->dir, told[1], wake[0], stop);
	}
	close(told[1]);
	close(wake[0]);
	assert_int_equal(read(told[0], &byte, 1), 1);
	close(told[0]);
	if (stop)
		assert_int_equal(waitpid(holder.pid, &status, WUNTRACED),
				 holder.pid);
	holder.wake = wake[1];
	return holder;
}

static void holder_end(struct holder holder, int number)
{
	int status;

	if (number)
		kill(holder.pid, number);
	close(holder.wake);
	assert_int_equal(waitpid(holder.pid, &status, 0), holder.pid);
}

/* README: a writer that is stopped is named to the others within 5 s. */
static void a_stopped_writer_is_named_and_a_killed_one_forgotten(void **state)
{
	struct reg *reg = *state;
	struct edit edit = reg_put(reg_proposal(reg, 1, "filed"), 0);
	struct holder holder = holder_start(reg, true);
	int64_t start = clock_ticks();
	char pid[32];

	assert_false(reg_try(reg, &edit, 1));
	assert_int_equal(reg->err.code, ERR_BUSY);
	assert_true(clock_ticks() - start < 5000);
	snprintf(pid, sizeof(pid), "进程 %d）", holder.pid);
	assert_says(reg, "未保存");
	assert_says(reg, "王芳");
	assert_says(reg, pid);
	assert_says(reg, "已被暂停");
	assert_false(reg_has(reg, 1));
	holder_end(holder, SIGKILL);
	reg_edit(reg, edit);
	assert_true(reg_has(reg, 1));
}

static void what_is_seen_from_outside(void **state)
{
	struct reg *reg = *state;
	struct gate_holder seen;

	assert_true(gate_look(reg->dir, &seen));
	assert_int_equal(seen.pid, 0);
	struct holder holder = holder_start(reg, false);
	assert_true(gate_look(reg->dir, &seen));
	assert_int_equal(seen.pid, holder.pid);
	assert_int_equal(seen.uid, 1007);
	assert_string_equal(seen.name, "王芳");
	assert_false(seen.stopped);
	assert_true(clock_now() - seen.since < 60000);
	holder_end(holder, 0);
	assert_true(gate_look(reg->dir, &seen));
	assert_int_equal(seen.pid, 0);
	assert_false(gate_look("/nowhere", &seen));
}

/* Wakes the holder at the first tick, so that somebody waits for it. */
static bool wake_it(void *arg)
{
	struct holder *holder = arg;

	if (holder->wake >= 0)
		close(holder->wake);
	holder->wake = -1;
	return true;
}

static void who_waits_gets_its_turn(void **state)
{
	struct reg *reg = *state;
	struct holder holder = holder_start(reg, false);
	struct gate gate = {.fd = -1};
	int status;

	assert_ok(reg, gate_enter(&gate, reg->dir, &me, wake_it, &holder,
				  &reg->err));
	assert_int_equal(holder.wake, -1);
	gate_leave(&gate);
	gate_close(&gate);
	assert_int_equal(waitpid(holder.pid, &status, 0), holder.pid);
	assert_int_equal(status, 0);
}

static bool give_up(void *arg)
{
	(void)arg;
	return false;
}

struct asking {
	const struct store *store;
	struct holder *holder;
	struct buf words;
};

/* As what is shown to somebody who waits; then the holder goes. */
static bool ask_who(struct progress *progress)
{
	struct asking *asking = progress->arg;

	if (progress->phase != progress_waiting || asking->words.len)
		return true;
	store_writer(asking->store, &asking->words);
	return wake_it(asking->holder);
}

static void who_waits_is_told_for_whom(void **state)
{
	struct reg *reg = *state;
	struct edit edit = reg_put(reg_proposal(reg, 1, "filed"), 0);
	struct commit commit = reg_batch(&edit, 1);
	struct holder holder = holder_start(reg, false);
	struct asking asking = {reg->store, &holder, {0}};
	struct progress progress = {.tell = ask_who, .arg = &asking};
	struct buf before = {0};
	char pid[32];

	/* Who does not wait cannot know. */
	store_writer(reg->store, &before);
	assert_string_equal(buf_text(&before), "另一个程序正在写入");
	commit.progress = &progress;
	assert_ok(reg, reg_commit(reg, &commit));
	snprintf(pid, sizeof(pid), "王芳（进程 %d）自 ", holder.pid);
	assert_non_null(strstr(buf_text(&asking.words), pid));
	holder_end(holder, 0);
	buf_free(&asking.words);
	buf_free(&before);
}

static void who_waits_can_give_up(void **state)
{
	struct reg *reg = *state;
	struct holder holder = holder_start(reg, false);
	struct gate gate = {.fd = -1};

	assert_false(
		gate_enter(&gate, reg->dir, &me, give_up, NULL, &reg->err));
	assert_int_equal(reg->err.code, ERR_REFUSED);
	assert_says(reg, "已取消");
	gate_close(&gate);
	holder_end(holder, 0);
}

/* ^Z while a change is being written would stop everybody. */
static void nobody_is_stopped_inside(void **state)
{
	struct reg *reg = *state;
	struct gate gate = {.fd = -1};
	sigset_t before, inside, after;

	sigprocmask(SIG_BLOCK, NULL, &before);
	assert_ok(reg, gate_enter(&gate, reg->dir, &me, NULL, NULL, &reg->err));
	sigprocmask(SIG_BLOCK, NULL, &inside);
	gate_leave(&gate);
	sigprocmask(SIG_BLOCK, NULL, &after);
	gate_close(&gate);
	assert_false(sigismember(&before, SIGTSTP));
	assert_true(sigismember(&inside, SIGTSTP));
	assert_false(sigismember(&after, SIGTSTP));
}

/* The line is for people: whatever is in it, the lock decides. */
static void a_garbled_line_hinders_nobody(void **state)
{
	struct reg *reg = *state;
	struct gate_holder seen;
	char path[128];

	snprintf(path, sizeof(path), "%s/" GATE_FILE, reg->dir);
	file_write(path, "12 x", 4);
	reg_edit(reg, reg_put(reg_proposal(reg, 1, "filed"), 0));
	struct holder holder = holder_start(reg, false);
	file_write(path, "\xff\xfe", 2);
	assert_true(gate_look(reg->dir, &seen));
	assert_int_equal(seen.pid, 0);
	holder_end(holder, 0);
}

/* Who holds it by this line: 0 for nobody that can be told. */
static void a_line_is_read_as_far_as_it_makes_sense(void **state)
{
	enum { NOBODY = 4194305 }; /* the kernel gives no such number */
	static const struct {
		const char *line;
		uint32_t pid;
		const char *name;
	} cases[] = {
		{"", 0, ""},
		{"x", 0, ""},
		{"12,3 4 王芳", 0, ""},
		{"12 99999999999999999999 4 王芳", 0, ""},
		{"4194305 7 1732090000000 王芳   \n", NOBODY, "王芳"},
		{"4194305 7 1 \n", NOBODY, ""},
		{"4194305 7 1 "
		 "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
		 "0123456789-cut",
		 NOBODY,
		 "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
		 "0123456789-"},
	};
	struct reg *reg = *state;
	struct holder holder = holder_start(reg, false);
	struct gate_holder seen;
	char path[128];

	snprintf(path, sizeof(path), "%s/" GATE_FILE, reg->dir);
	for (size_t i = 0; i < LENGTH(cases); i++) {
		file_write(path, cases[i].line, strlen(cases[i].line));
		assert_true(gate_look(reg->dir, &seen));
		assert_int_equal(seen.pid, cases[i].pid);
		assert_string_equal(seen.name, cases[i].name);
		assert_false(seen.stopped);
	}
	holder_end(holder, 0);
}

/* Without a timer it could wait for ever. */
static void who_cannot_watch_the_clock_does_not_wait(void **state)
{
	struct reg *reg = *state;
	struct edit edit = reg_put(reg_proposal(reg, 1, "filed"), 0);
	struct holder holder = holder_start(reg, false);
	struct rlimit old, none;

	assert_int_equal(getrlimit(RLIMIT_SIGPENDING, &old), 0);
	none = (struct rlimit){0, old.rlim_max};
	assert_int_equal(setrlimit(RLIMIT_SIGPENDING, &none), 0);
	bool ok = reg_try(reg, &edit, 1);
	assert_int_equal(setrlimit(RLIMIT_SIGPENDING, &old), 0);
	assert_false(ok);
	assert_int_equal(reg->err.code, ERR_BUSY);
	assert_says(reg, "未保存");
	holder_end(holder, 0);
	reg_edit(reg, edit);
}

/* As long as it has to be, and cut between two characters. */
static void a_long_name_is_cut(void **state)
{
	struct reg *reg = *state;
	struct gate gate = {.fd = -1};
	struct gate_holder seen;
	struct who who = me;
	char name[92] = "x";

	for (size_t i = 0; i < 30; i++)
		memcpy(name + 1 + 3 * i, "王", 3);
	who.name = name;
	assert_ok(reg,
		  gate_enter(&gate, reg->dir, &who, NULL, NULL, &reg->err));
	assert_true(gate_look(reg->dir, &seen));
	gate_leave(&gate);
	gate_close(&gate);
	assert_int_equal(seen.pid, getpid());
	assert_int_equal(strlen(seen.name), 61);
	assert_memory_equal(seen.name, name, 61);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_stopped_writer_is_named_and_a_killed_one_forgotten),
		TEST(what_is_seen_from_outside),
		TEST(who_waits_gets_its_turn),
		TEST(who_waits_is_told_for_whom),
		TEST(who_waits_can_give_up),
		TEST(nobody_is_stopped_inside),
		TEST(a_garbled_line_hinders_nobody),
		TEST(a_line_is_read_as_far_as_it_makes_sense),
		TEST(who_cannot_watch_the_clock_does_not_wait),
		TEST(a_long_name_is_cut),
	};

	return cmocka_run_group_tests_name("gate", tests, NULL, NULL);
}
