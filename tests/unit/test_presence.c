#include "register.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "store/internal.h"
#include "store/presence.h"

static int setup(void **state)
{
	struct reg *reg = reg_new();

	reg_close(reg);
	*state = reg;
	return 0;
}

static int teardown(void **state)
{
	reg_free(*state);
	return 0;
}

/* Somebody else, who is in until he is killed. */
static pid_t visitor(const struct reg *reg, void (*enter)(const char *dir))
{
	int ends[2];
	char ready = 0;

	assert_int_equal(pipe(ends), 0);
	pid_t pid = fork();
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		enter(reg->dir);
		(void)!write(ends[1], "x", 1);
		for (;;)
			pause();
	}
	close(ends[1]);
	assert_int_equal(read(ends[0], &ready, 1), 1);
	close(ends[0]);
	return pid;
}

static void leave(pid_t pid)
{
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void use(const char *dir)
{
	struct store *store;
	struct err err;

	if (!store_open(&store, dir, STORE_READ_ONLY, &err))
		_exit(1);
}

/* A tool that knows LMDB and nothing of this program. */
static void use_lmdb(const char *dir)
{
	MDB_env *env;

	if (mdb_env_create(&env) || mdb_env_open(env, dir, MDB_RDONLY, 0))
		_exit(1);
}

static void assert_free(struct reg *reg)
{
	int fd = -1;

	assert_ok(reg, presence_alone(reg->dir, &fd, &reg->err));
	close(fd);
}

static void assert_taken(struct reg *reg, pid_t pid)
{
	char number[32];
	int fd = -1;

	assert_false(presence_alone(reg->dir, &fd, &reg->err));
	assert_int_equal(fd, -1);
	assert_int_equal(reg->err.code, ERR_BUSY);
	assert_says(reg, "test_presence");
	snprintf(number, sizeof(number), "进程 %d）", (int)pid);
	assert_says(reg, number);
}

static void everybody_may_be_in_at_once(void **state)
{
	struct reg *reg = *state;
	pid_t one = visitor(reg, use), two = visitor(reg, use);

	reg_open(reg);
	reg_fill(reg, 1, "filed");
	leave(one);
	leave(two);
}

static void to_be_alone_is_refused_while_anybody_is_in(void **state)
{
	struct reg *reg = *state;
	pid_t one, two;

	assert_free(reg);
	one = visitor(reg, use);
	two = visitor(reg, use);
	assert_taken(reg, one);
	assert_taken(reg, two);
	leave(one);
	assert_taken(reg, two);
	leave(two);
	assert_free(reg);
}

static void a_tool_that_has_the_file_open_counts(void **state)
{
	struct reg *reg = *state;
	pid_t pid = visitor(reg, use_lmdb);

	assert_taken(reg, pid);
	leave(pid);
	assert_free(reg);
}

static void
who_comes_while_one_is_alone_is_told_and_changes_nothing(void **state)
{
	struct reg *reg = *state;
	int fd, other = -1;

	assert_ok(reg, presence_alone(reg->dir, &fd, &reg->err));
	assert_false(
		store_open(&reg->store, reg->dir, STORE_READ_WRITE, &reg->err));
	assert_null(reg->store);
	assert_int_equal(reg->err.code, ERR_BUSY);
	assert_says(reg, reg->dir);
	assert_says(reg, "稍后");
	assert_false(presence_alone(reg->dir, &other, &reg->err));
	assert_int_equal(reg->err.code, ERR_BUSY);
	close(fd);
	reg_open(reg);
	reg_check(reg);
}

static void who_is_in_stays_in_through_a_failed_commit(void **state)
{
	struct reg *reg = *state;
	int fd = -1;

	reg_open(reg);
	env_drop(reg->store);
	assert_false(presence_alone(reg->dir, &fd, &reg->err));
	assert_int_equal(reg->err.code, ERR_BUSY);
	assert_ok(reg, env_reopen(reg->store, &reg->err));
	reg_close(reg);
	assert_free(reg);
}

static void no_child_program_stays_in(void **state)
{
	struct reg *reg = *state;

	reg_open(reg);
	assert_true(fcntl(reg->store->presence, F_GETFD) & FD_CLOEXEC);
}

static void a_lost_file_comes_back_for_the_group(void **state)
{
	struct reg *reg = *state;
	mode_t mask = umask(077);
	char path[128];
	struct stat st;

	snprintf(path, sizeof(path), "%s/" PRESENCE_FILE, reg->dir);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0660);
	assert_int_equal(unlink(path), 0);
	reg_open(reg);
	assert_int_equal(umask(mask), 077);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0660);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(everybody_may_be_in_at_once),
		TEST(to_be_alone_is_refused_while_anybody_is_in),
		TEST(a_tool_that_has_the_file_open_counts),
		TEST(who_comes_while_one_is_alone_is_told_and_changes_nothing),
		TEST(who_is_in_stays_in_through_a_failed_commit),
		TEST(no_child_program_stays_in),
		TEST(a_lost_file_comes_back_for_the_group),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
