#include "register.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "store/health.h"
#include "store/internal.h"

static int setup(void **state)
{
	*state = reg_new();
	return 0;
}

static int teardown(void **state)
{
	reg_free(*state);
	return 0;
}

static void a_store_that_is_well_has_its_files_and_no_writer(void **state)
{
	struct reg *reg = *state;
	struct health health;

	reg_edit(reg, reg_put(reg_proposal(reg, 1, "filed"), 0));
	health_look(reg->dir, reg->store, &health);
	assert_true(health.library_good);
	assert_int_equal(health.folder_err.code, ERR_NONE);
	assert_int_equal(health.disk_err.code, ERR_NONE);
	assert_true(health.free > 0 && health.size > 0);
	assert_true(health.map_used > 0 && health.map_used < health.map_size);
	assert_int_equal(health.readers_max, 1024);
	assert_int_equal(health.writer.pid, 0);
	assert_int_equal(health.lag, 0);
	for (size_t i = 0; i < health.file_count; i++)
		assert_true(health.files[i].ours);
	assert_true(health.file_count >= 2);
	assert_int_equal(health.people_count, 1);
	assert_int_equal(health.people[0], getpid());
	health_free(&health);
}

static void a_store_that_is_not_there_is_looked_at_all_the_same(void **state)
{
	struct health health;

	(void)state;
	health_look("/nonexistent/store", NULL, &health);
	assert_int_equal(health.folder_err.code, ERR_STORE);
	assert_int_equal(health.file_count, 0);
	assert_int_equal(health.map_size, 0);
	assert_int_equal(health.people_count, 0);
	health_free(&health);
}

static void what_does_not_belong_there_is_told_apart(void **state)
{
	struct reg *reg = *state;
	struct health health;
	char path[128];
	size_t foreign = 0;

	snprintf(path, sizeof(path), "%s/old-backup", reg->dir);
	file_write(path, "x", 1);
	snprintf(path, sizeof(path), "%s/data.mdb", reg->dir);
	assert_int_equal(chmod(path, 0666), 0);
	health_look(reg->dir, NULL, &health);
	for (size_t i = 0; i < health.file_count; i++) {
		const struct health_file *file = &health.files[i];

		foreign += !file->ours;
		if (strcmp(file->name, "data.mdb") == 0)
			assert_int_equal(file->st.st_mode & 0777, 0666);
		else if (!file->ours)
			assert_string_equal(file->name, "old-backup");
	}
	assert_int_equal(foreign, 1);
	health_free(&health);
}

/* A process that begins a reading, says so, and waits to be killed. */
static pid_t start_reader(struct reg *reg)
{
	int ends[2];
	char byte;

	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct reading *reading;
		struct store *store;
		struct err err = {0};

		if (!store_open(&store, reg->dir, STORE_READ_ONLY, &err) ||
		    !reading_begin(store, &reading, &err))
			_exit(1);
		(void)!write(ends[1], "x", 1);
		for (;;)
			pause();
	}
	close(ends[1]);
	assert_int_equal(read(ends[0], &byte, 1), 1);
	close(ends[0]);
	return child;
}

static void
a_reader_that_stays_behind_is_named_and_a_dead_one_freed(void **state)
{
	struct reg *reg = *state;
	struct health health;

	/* Nothing of LMDB's is open while the process is doubled. */
	reg_close(reg);
	pid_t child = start_reader(reg);
	reg_open(reg);
	reg_edit(reg, reg_put(reg_proposal(reg, 1, "filed"), 0));
	reg_edit(reg, reg_status(1, 1, "closed"));
	health_look(reg->dir, reg->store, &health);
	assert_int_equal(health.lag, 2);
	assert_int_equal(health.lag_pid, child);
	assert_int_equal(health.people_count, 2);
	assert_int_equal(health.dead, 0);
	unsigned readers = health.readers;
	health_free(&health);

	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, NULL, 0), child);
	health_look(reg->dir, reg->store, &health);
	assert_int_equal(health.dead, 1);
	assert_int_equal(health.readers, readers - 1);
	assert_int_equal(health.lag, 0);
	health_free(&health);
}

/* Of a folder that holds anything at all. */
static void only_so_many_files_are_looked_at(void **state)
{
	struct reg *reg = *state;
	struct health health;
	char path[128];

	for (int i = 0; i < 1100; i++) {
		snprintf(path, sizeof(path), "%s/%d", reg->dir, i);
		file_write(path, "", 0);
	}
	health_look(reg->dir, reg->store, &health);
	assert_int_equal(health.file_count, 1000);
	health_free(&health);
}

/* As after a commit that failed: LMDB is not asked. */
static void a_store_that_stopped_is_looked_at_from_outside(void **state)
{
	struct reg *reg = *state;
	struct health health;

	env_drop(reg->store);
	health_look(reg->dir, reg->store, &health);
	assert_int_equal(health.map_size, 0);
	assert_true(health.size > 0);
	health_free(&health);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_store_that_is_well_has_its_files_and_no_writer, setup,
			teardown),
		cmocka_unit_test(
			a_store_that_is_not_there_is_looked_at_all_the_same),
		cmocka_unit_test_setup_teardown(
			what_does_not_belong_there_is_told_apart, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			a_reader_that_stays_behind_is_named_and_a_dead_one_freed,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			only_so_many_files_are_looked_at, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_store_that_stopped_is_looked_at_from_outside, setup,
			teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
