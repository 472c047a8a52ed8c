#include "register.h"

#include <linux/magic.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <sys/wait.h>

#include "store/internal.h"

/* What is full, taken away or not allowed: a sentence, and nothing written. */

static int setup(void **state)
{
	*state = reg_new();
	return 0;
}

static int teardown(void **state)
{
	struct reg *reg = *state;

	if (reg->store)
		reg_check(reg);
	reg_free(reg);
	return 0;
}

static const char *path_of(struct reg *reg, const char *name)
{
	return arena_printf(&reg->arena, "%s/%s", reg->dir, name);
}

static struct proposal *with_body(struct reg *reg, uint32_t number, size_t len)
{
	struct proposal *p = reg_proposal(reg, number, "filed");
	char *body = arena_alloc(&reg->arena, len + 1);

	memset(body, 'x', len);
	p->body = body;
	return p;
}

static void a_full_map_is_told_and_nothing_is_written(void **state)
{
	struct reg *reg = *state;
	struct edit edits[40];

	reg_fill(reg, 3, "filed");
	reg_close(reg);
	reg_open(reg);
	assert_int_equal(mdb_env_set_mapsize(reg->store->env, 1 << 20), 0);
	for (uint32_t i = 0; i < LENGTH(edits); i++)
		edits[i] = reg_put(with_body(reg, i + 11, 60000), 0);
	assert_false(reg_try(reg, edits, LENGTH(edits)));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, "已满");
	assert_false(reg_has(reg, 11));
	reg_edit(reg, reg_status(1, 1, "closed"));
	reg_close(reg);
	reg_open(reg);
	assert_string_equal(reg_get(reg, 1).status, "closed");
}

/* Holds the only slot for a reader, as the first who opened made it. */
static void hold_the_slot(const struct reg *reg, int told, int wake)
{
	MDB_env *env;
	MDB_txn *txn;
	char byte;

	if (mdb_env_create(&env) || mdb_env_set_maxreaders(env, 1) ||
	    mdb_env_open(env, reg->dir, 0, 0660) ||
	    mdb_txn_begin(env, NULL, MDB_RDONLY, &txn) ||
	    write(told, "x", 1) != 1 || read(wake, &byte, 1) != 0)
		_exit(1);
	_exit(0);
}

static void too_many_readers_are_told_to_wait(void **state)
{
	struct reg *reg = *state;
	int told[2], wake[2], status;
	char byte;

	reg_close(reg);
	assert_int_equal(unlink(path_of(reg, "lock.mdb")), 0);
	assert_int_equal(pipe(told), 0);
	assert_int_equal(pipe(wake), 0);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		close(wake[1]);
		hold_the_slot(reg, told[1], wake[0]);
	}
	close(told[1]);
	close(wake[0]);
	assert_int_equal(read(told[0], &byte, 1), 1);
	assert_false(
		store_open(&reg->store, reg->dir, STORE_READ_WRITE, &reg->err));
	assert_int_equal(reg->err.code, ERR_BUSY);
	assert_says(reg, "同时使用的人太多");
	close(told[0]);
	close(wake[1]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	reg_open(reg);
}

/* One that was killed with its slot: the next one clears it. */
static void a_dead_reader_holds_no_slot(void **state)
{
	struct reg *reg = *state;
	int told[2], wake[2], status;
	char byte;

	reg_close(reg);
	assert_int_equal(unlink(path_of(reg, "lock.mdb")), 0);
	assert_int_equal(pipe(told), 0);
	assert_int_equal(pipe(wake), 0);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		hold_the_slot(reg, told[1], wake[0]);
	assert_int_equal(read(told[0], &byte, 1), 1);
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	reg_open(reg);
	close(told[0]);
	close(told[1]);
	close(wake[0]);
	close(wake[1]);
}

/* Whoever has it open sees that it is another one, and stops. */
static void a_replaced_file_is_not_read_on(void **state)
{
	struct reg *reg = *state;
	struct reading *reading;
	struct buf bytes;

	reg_fill(reg, 1, "filed");
	assert_int_equal(
		rename(path_of(reg, "data.mdb"), path_of(reg, "data.mdb.old")),
		0);
	bytes = file_read(path_of(reg, "data.mdb.old"));
	file_write(path_of(reg, "data.mdb"), bytes.data, bytes.len);
	buf_free(&bytes);
	assert_false(reading_begin(reg->store, &reading, &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, "已被换成另一个文件");
	assert_says(reg, "重新登录");
	struct edit edit = reg_status(1, 1, "closed");
	assert_false(reg_try(reg, &edit, 1));
	assert_says(reg, "已被换成另一个文件");
	reg_close(reg);
	reg_open(reg);
	assert_string_equal(reg_get(reg, 1).status, "filed");
}

static void a_limit_of_size_is_seen_before_it_cuts(void **state)
{
	struct reg *reg = *state;
	struct rlimit old, small;
	struct stat st;

	reg_fill(reg, 1, "filed");
	assert_int_equal(stat(path_of(reg, "data.mdb"), &st), 0);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	small.rlim_cur = (rlim_t)st.st_size;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	struct edit edit = reg_status(1, 1, "closed");
	bool ok = reg_try(reg, &edit, 1);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_false(ok);
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, "未保存");
	assert_says(reg, "ulimit -f");
	reg_edit(reg, edit);
}

static bool in_memory(const struct reg *reg)
{
	struct statfs fs;

	assert_int_equal(statfs(reg->dir, &fs), 0);
	return fs.f_type == TMPFS_MAGIC;
}

/* So that a full disk does not stop small changes. */
static void the_file_owns_space_behind_its_end(void **state)
{
	struct reg *reg = *state;
	struct stat st;

	if (in_memory(reg))
		skip();
	reg_fill(reg, 1, "filed");
	assert_int_equal(stat(path_of(reg, "data.mdb"), &st), 0);
	assert_true((off_t)st.st_blocks * 512 - st.st_size >= 60 << 20);
	assert_true(st.st_size < 4 << 20);
}

static void a_file_system_of_many_hosts_is_known(void **state)
{
	(void)state;
	assert_string_equal(disk_shared(NFS_SUPER_MAGIC), "NFS");
	assert_string_equal(disk_shared(FUSE_SUPER_MAGIC), "FUSE");
	/* As a 32-bit kernel type says it. */
	assert_string_equal(disk_shared((unsigned long)(int)CIFS_SUPER_MAGIC),
			    "CIFS");
	assert_null(disk_shared(EXT4_SUPER_MAGIC));
	assert_null(disk_shared(TMPFS_MAGIC));
	assert_null(disk_shared(OVERLAYFS_SUPER_MAGIC));
	assert_null(disk_shared(XFS_SUPER_MAGIC));
	assert_null(disk_shared(BTRFS_SUPER_MAGIC));
}

static void a_folder_that_is_not_there_is_not_local(void **state)
{
	struct reg *reg = *state;

	assert_false(disk_local("/nowhere/at/all", &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_ok(reg, disk_local(reg->dir, &reg->err));
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_full_map_is_told_and_nothing_is_written),
		TEST(too_many_readers_are_told_to_wait),
		TEST(a_dead_reader_holds_no_slot),
		TEST(a_replaced_file_is_not_read_on),
		TEST(a_limit_of_size_is_seen_before_it_cuts),
		TEST(the_file_owns_space_behind_its_end),
		cmocka_unit_test(a_file_system_of_many_hosts_is_known),
		TEST(a_folder_that_is_not_there_is_not_local),
	};

	return cmocka_run_group_tests_name("limits", tests, NULL, NULL);
}
