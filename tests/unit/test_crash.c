#include "base/crash.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "fixture.h"
#include "store/internal.h"
#include "store/watch.h"

/* What a child said on standard error, and how it ended. */
struct ending {
	char said[512];
	int status;
};

static const int deadly[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

/* cmocka, and sanitizers, have handlers of their own. */
static void forget_handlers(void)
{
	for (size_t i = 0; i < LENGTH(deadly); i++)
		signal(deadly[i], SIG_DFL);
	setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
}

static struct ending run(void (*child)(int), int number)
{
	struct ending end = {0};
	size_t len = 0;
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (!pid) {
		alarm(60);
		dup2(ends[1], STDERR_FILENO);
		forget_handlers();
		child(number);
		_exit(0);
	}
	close(ends[1]);
	for (ssize_t n = 1; n > 0; len += n > 0 ? (size_t)n : 0)
		n = read(ends[0], end.said + len, sizeof(end.said) - 1 - len);
	close(ends[0]);
	assert_int_equal(waitpid(pid, &end.status, 0), pid);
	return end;
}

static void assert_told(const struct ending *end, const char *before)
{
	assert_true(WIFEXITED(end->status));
	assert_int_equal(WEXITSTATUS(end->status), 70);
	assert_memory_equal(end->said, before, strlen(before));
	const char *sentence = end->said + strlen(before);
	assert_ptr_equal(strstr(sentence, "proposals: "), sentence);
	assert_non_null(strstr(sentence, "提案库文件可能已损坏"));
	assert_non_null(strstr(sentence, "proposals check"));
	assert_ptr_equal(strchr(sentence, '\n'),
			 sentence + strlen(sentence) - 1);
}

static void restore(void)
{
	(void)!write(STDERR_FILENO, "restored\n", 9);
}

static void be_sent(int number)
{
	crash_set_restore(restore);
	crash_catch();
	raise(number);
}

static void every_deadly_signal_is_a_sentence_and_70(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(deadly); i++) {
		struct ending end = run(be_sent, deadly[i]);

		assert_told(&end, "restored\n");
	}
}

static void be_sent_though_masked(int number)
{
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	signal(number, SIG_IGN);
	be_sent(number);
}

static void a_mask_or_being_ignored_changes_nothing(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(deadly); i++) {
		struct ending end = run(be_sent_though_masked, deadly[i]);

		assert_told(&end, "restored\n");
	}
}

/* As LMDB does when a file was cut off under it. */
static void read_behind_the_end(int number)
{
	char dir[64], path[80];

	(void)number;
	dir_make(dir);
	snprintf(path, sizeof(path), "%s/file", dir);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (ftruncate(fd, 4096))
		return;
	volatile char *map = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
	if (ftruncate(fd, 0))
		return;
	dir_remove(dir);
	crash_catch();
	(void)*map;
}

static void say_what_is_noted(int number)
{
	crash_note("已保存：批次 %d", 7);
	crash_note("已保存：批次 %d", 8);
	be_sent(number);
}

static void it_says_whether_anything_was_saved(void **state)
{
	struct ending end = run(be_sent, SIGSEGV);

	(void)state;
	assert_non_null(strstr(end.said, "；没有保存任何修改；"));
	end = run(say_what_is_noted, SIGSEGV);
	assert_told(&end, "restored\n");
	assert_non_null(strstr(end.said, "；已保存：批次 8；"));
	assert_null(strstr(end.said, "没有保存"));
}

static void a_file_cut_off_under_a_map_is_told(void **state)
{
	struct ending end = run(read_behind_the_end, 0);

	(void)state;
	assert_told(&end, "");
}

/* clang-format off */
#pragma GCC diagnostic push
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Winfinite-recursion"
#endif
/* clang-format on */
static int fall(volatile int *depth)
{
	volatile char filler[4096];

	filler[0] = (char)++*depth;
	return *depth ? fall(depth) + filler[0] : 0;
}
#pragma GCC diagnostic pop

static void use_up_the_stack(int number)
{
	volatile int depth = 0;

	(void)number;
	crash_catch();
	fall(&depth);
}

static void a_stack_used_up_is_told(void **state)
{
	struct ending end = run(use_up_the_stack, 0);

	(void)state;
	assert_told(&end, "");
}

static void fail_again(void)
{
	restore();
	abort();
}

static void fail_while_leaving(int number)
{
	crash_set_restore(fail_again);
	crash_catch();
	raise(number);
}

static void a_failure_on_the_way_out_ends_it_as_well(void **state)
{
	struct ending end = run(fail_while_leaving, SIGSEGV);

	(void)state;
	assert_true(WIFEXITED(end.status));
	assert_int_equal(WEXITSTATUS(end.status), 70);
	assert_string_equal(end.said, "restored\n");
}

static void say_who(int number)
{
	(void)number;
	(void)!write(STDERR_FILENO, "other\n", 6);
	_exit(3);
}

static void have_another_handler(int number)
{
	signal(number, say_who);
	be_sent(number);
}

static void a_handler_that_stands_already_is_left_alone(void **state)
{
	struct ending end = run(have_another_handler, SIGSEGV);

	(void)state;
	assert_int_equal(WEXITSTATUS(end.status), 3);
	assert_string_equal(end.said, "other\n");
}

static void not_ask(int number)
{
	raise(number);
}

static void who_does_not_ask_dies_as_before(void **state)
{
	struct ending end = run(not_ask, SIGSEGV);

	(void)state;
	assert_true(WIFSIGNALED(end.status));
	assert_string_equal(end.said, "");
}

/* A tree of two levels in a file of its own. */
static void make_tree(const char *dir)
{
	MDB_env *env;
	MDB_txn *txn;
	MDB_dbi dbi;
	char value[400] = "";

	assert_int_equal(env_new(&env), 0);
	assert_int_equal(mdb_env_open(env, dir, 0, 0600), 0);
	assert_int_equal(mdb_txn_begin(env, NULL, 0, &txn), 0);
	assert_int_equal(mdb_dbi_open(txn, NULL, 0, &dbi), 0);
	for (uint32_t i = 0; i < 100; i++)
		assert_int_equal(mdb_put(txn, dbi, &(MDB_val){4, &i},
					 &(MDB_val){sizeof(value), value}, 0),
				 0);
	assert_int_equal(mdb_txn_commit(txn), 0);
	mdb_env_close(env);
}

/* The root of a tree of two levels has one entry only: no such thing. */
static void cut_root(const char *dir)
{
	enum { ROOT = 128, TXN = 144, LOWER = 12, ONE_KEY = 18 };
	uint64_t txns[2], root;
	uint16_t lower = ONE_KEY;
	char path[80];

	snprintf(path, sizeof(path), "%s/data.mdb", dir);
	int fd = open(path, O_RDWR | O_CLOEXEC);
	for (off_t i = 0; i < 2; i++)
		assert_int_equal(pread(fd, &txns[i], 8, i * 4096 + TXN), 8);
	off_t newest = txns[1] > txns[0];
	assert_int_equal(pread(fd, &root, 8, newest * 4096 + ROOT), 8);
	assert_int_equal(pwrite(fd, &lower, 2, (off_t)root * 4096 + LOWER), 2);
	close(fd);
}

static char tree_dir[64];

static void look_something_up(int number)
{
	uint32_t k = 7;
	MDB_val value;
	MDB_env *env;
	MDB_txn *txn;
	MDB_dbi dbi;

	(void)number;
	crash_set_restore(restore);
	if (!env_new(&env) && !mdb_env_open(env, tree_dir, 0, 0600) &&
	    !mdb_txn_begin(env, NULL, MDB_RDONLY, &txn) &&
	    !mdb_dbi_open(txn, NULL, 0, &dbi))
		mdb_get(txn, dbi, &(MDB_val){4, &k}, &value);
}

static void an_assertion_of_lmdb_takes_the_same_way(void **state)
{
	(void)state;
	dir_make(tree_dir);
	make_tree(tree_dir);
	cut_root(tree_dir);
	struct ending end = run(look_something_up, 0);
	dir_remove(tree_dir);
	assert_told(&end, "restored\n");
}

/* So many milliseconds of the processor, few of them the kernel's. */
static void spin(long wanted)
{
	while (clock() < wanted * (CLOCKS_PER_SEC / 1000))
		for (volatile int i = 0; i < 1000000; i++)
			continue;
}

static void never_end(int number)
{
	(void)number;
	crash_set_restore(restore);
	watch_begin(1);
	spin(60000);
}

static void a_circle_without_end_is_left(void **state)
{
	struct ending end = run(never_end, 0);

	(void)state;
	assert_told(&end, "restored\n");
}

static void take_long_between(int number)
{
	(void)number;
	watch_begin(1);
	watch_end();
	spin(1500);
	watch_begin(1000);
	spin(2600);
}

static void what_is_not_watched_or_has_its_time_goes_on(void **state)
{
	struct ending end = run(take_long_between, 0);

	(void)state;
	assert_true(WIFEXITED(end.status));
	assert_int_equal(WEXITSTATUS(end.status), 0);
	assert_string_equal(end.said, "");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_deadly_signal_is_a_sentence_and_70),
		cmocka_unit_test(a_mask_or_being_ignored_changes_nothing),
		cmocka_unit_test(it_says_whether_anything_was_saved),
		cmocka_unit_test(a_file_cut_off_under_a_map_is_told),
		cmocka_unit_test(a_stack_used_up_is_told),
		cmocka_unit_test(a_failure_on_the_way_out_ends_it_as_well),
		cmocka_unit_test(a_handler_that_stands_already_is_left_alone),
		cmocka_unit_test(who_does_not_ask_dies_as_before),
		cmocka_unit_test(an_assertion_of_lmdb_takes_the_same_way),
		cmocka_unit_test(a_circle_without_end_is_left),
		cmocka_unit_test(what_is_not_watched_or_has_its_time_goes_on),
	};
	return cmocka_run_group_tests_name("crash", tests, NULL, NULL);
}
