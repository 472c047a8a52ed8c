#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/process.h"
#include "fixture.h"

enum { MOST = 8 };

struct scene {
	char dir[64], path[80];
};

static int setup(void **state)
{
	struct scene *scene = calloc(1, sizeof(*scene));

	assert_non_null(scene);
	dir_make(scene->dir);
	snprintf(scene->path, sizeof(scene->path), "%s/file", scene->dir);
	file_write(scene->path, "", 0);
	*state = scene;
	return 0;
}

static int teardown(void **state)
{
	struct scene *scene = *state;

	dir_remove(scene->dir);
	free(scene);
	return 0;
}

static void lock(int fd, int command, int type)
{
	struct flock all = {.l_type = (short)type, .l_whence = SEEK_SET};

	assert_int_equal(fcntl(fd, command, &all), 0);
}

static void tells_who_holds_a_lock_and_nobody_else(void **state)
{
	const struct scene *scene = *state;
	uint32_t pids[MOST];
	int fd = open(scene->path, O_RDWR | O_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(process_lockers(scene->path, pids, MOST), 0);
	lock(fd, F_OFD_SETLK, F_RDLCK);
	assert_int_equal(process_lockers(scene->path, pids, MOST), 0);
	lock(fd, F_SETLK, F_RDLCK);
	assert_int_equal(process_lockers(scene->path, pids, MOST), 1);
	assert_int_equal(pids[0], getpid());
	assert_int_equal(process_lockers(scene->path, pids, 0), 0);
	assert_int_equal(process_lockers(scene->dir, pids, MOST), 0);
	assert_int_equal(process_lockers("/no/such", pids, MOST), 0);
	/* And it did not drop the lock. */
	assert_int_equal(process_lockers(scene->path, pids, MOST), 1);
	close(fd);
	assert_int_equal(process_lockers(scene->path, pids, MOST), 0);
}

static void names_account_program_and_number(void **state)
{
	struct buf out = {0};
	char number[32];

	(void)state;
	process_words((uint32_t)getpid(), &out);
	snprintf(number, sizeof(number), "进程 %d", (int)getpid());
	assert_non_null(strstr(buf_text(&out), number));
	assert_non_null(strstr(buf_text(&out), "test_process"));
	if (!getuid())
		assert_memory_equal(buf_text(&out), "root（", 7);
	buf_free(&out);
}

static void a_process_that_is_gone_is_a_number(void **state)
{
	struct buf out = {0}, want = {0};
	pid_t pid = fork();

	(void)state;
	if (!pid)
		_exit(0);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	process_words((uint32_t)pid, &out);
	buf_printf(&want, "进程 %d", (int)pid);
	assert_string_equal(buf_text(&out), buf_text(&want));
	buf_free(&out);
	buf_free(&want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			tells_who_holds_a_lock_and_nobody_else, setup,
			teardown),
		cmocka_unit_test(names_account_program_and_number),
		cmocka_unit_test(a_process_that_is_gone_is_a_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
