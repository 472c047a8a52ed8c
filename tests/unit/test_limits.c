#include "raw.h"

#include <linux/magic.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <sys/wait.h>

#include "store/aside.h"
#include "store/replay.h"

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

static void only_some_versions_of_lmdb_will_do(void **state)
{
	static const struct {
		int version;
		bool good;
	} cases[] = {
		{MDB_VERINT(0, 8, 70), false}, {MDB_VERINT(0, 9, 24), true},
		{MDB_VERINT(0, 9, 25), true},  {MDB_VERINT(0, 9, 26), false},
		{MDB_VERINT(0, 9, 31), false}, {MDB_VERINT(0, 9, 32), true},
		{MDB_VERINT(0, 9, 69), true},  {MDB_VERINT(0, 9, 70), false},
		{MDB_VERINT(1, 0, 0), false},
	};
	struct err err;
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		err.code = ERR_NONE;
		assert_int_equal(env_accept(cases[i].version, "0.9.x", &err),
				 cases[i].good);
		assert_int_equal(err.code,
				 cases[i].good ? ERR_NONE : ERR_STORE);
	}
	assert_non_null(strstr(err.text, "不能使用 LMDB 0.9.x"));
}

/* Its format and its counters with other numbers. */
static void set_meta(struct reg *reg, uint32_t page_size, uint32_t slots,
		     uint32_t last_batch)
{
	struct raw raw = raw_open(reg);
	struct buf buf = raw_get(&raw, TABLE_META, place_name("format"));
	struct format format;
	struct state counts;

	assert_true(format_decode(slice_of(&buf), &format));
	struct buf out = {0};
	format.page_size = page_size;
	format_encode(&format, &out);
	buf_free(&buf);
	raw_put(&raw, TABLE_META, place_name("format"), out);
	buf = raw_get(&raw, TABLE_META, place_name("state"));
	assert_true(state_decode(slice_of(&buf), &counts));
	counts.slots = slots;
	counts.last_batch = last_batch;
	state_encode(&counts, &buf);
	raw_put(&raw, TABLE_META, place_name("state"), buf);
	raw_close(&raw);
}

static void a_store_of_other_pages_is_for_another_program(void **state)
{
	struct reg *reg = *state;

	reg_close(reg);
	set_meta(reg, 2 * STORE_PAGE, 0, 0);
	assert_false(
		store_open(&reg->store, reg->dir, STORE_READ_WRITE, &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, "请换用相应版本的程序");
	set_meta(reg, STORE_PAGE, 0, 0);
	reg_open(reg);
}

static void more_proposals_than_have_a_number_are_refused(void **state)
{
	struct reg *reg = *state;
	struct edit edit = reg_put(reg_proposal(reg, 1, "filed"), 0);

	reg_close(reg);
	set_meta(reg, STORE_PAGE, UINT32_MAX / 2, 0);
	reg_open(reg);
	assert_false(reg_try(reg, &edit, 1));
	assert_int_equal(reg->err.code, ERR_REFUSED);
	assert_says(reg, "一次改得太多");
	reg_close(reg);
	set_meta(reg, STORE_PAGE, 0, 0);
	reg_open(reg);
}

/* After so many batches of others it does not matter any more. */
static void an_operation_is_looked_for_among_the_newest(void **state)
{
	struct reg *reg = *state;
	unsigned char id[OPERATION_SIZE];
	struct batch batch;

	reg_fill(reg, 1, "filed");
	struct reading *reading = reg_begin(reg);
	assert_ok(reg,
		  past_batch(reading, 1, &reg->arena, &batch, id, &reg->err));
	assert_int_equal(reading_operation(reading, id), 1);
	reading_end(reading);
	reg_close(reg);
	for (uint32_t last = 4096; last <= 4097; last++) {
		set_meta(reg, STORE_PAGE, 1, last);
		reg_open(reg);
		reading = reg_begin(reg);
		assert_int_equal(reading_operation(reading, id),
				 last == 4096 ? 1 : 0);
		reading_end(reading);
		reg_close(reg);
	}
	set_meta(reg, STORE_PAGE, 1, 1);
	reg_open(reg);
}

static void an_edit_of_no_known_kind_is_a_mistake_of_ours(void **state)
{
	struct reg *reg = *state;
	struct edit edit = reg_status(1, 1, "closed");

	reg_fill(reg, 1, "filed");
	edit.kind = (enum edit_kind)99;
	assert_false(reg_try(reg, &edit, 1));
	assert_int_equal(reg->err.code, ERR_INTERNAL);
	assert_string_equal(reg_get(reg, 1).status, "filed");
}

/* Garbled while somebody is in, so that it is not made anew. */
static void a_garbled_lock_file_in_use_is_told(void **state)
{
	struct reg *reg = *state;
	int told[2], wake[2], status;
	char byte;

	reg_close(reg);
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
	struct buf lock = file_read(path_of(reg, "lock.mdb"));
	lock.data[0] ^= 1;
	file_write(path_of(reg, "lock.mdb"), lock.data, lock.len);
	assert_false(
		store_open(&reg->store, reg->dir, STORE_READ_WRITE, &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, "已损坏");
	lock.data[0] ^= 1;
	file_write(path_of(reg, "lock.mdb"), lock.data, lock.len);
	buf_free(&lock);
	close(told[0]);
	close(wake[1]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	reg_open(reg);
}

/* One that was being built: nobody could find it again. */
static void a_store_aside_is_not_opened_again(void **state)
{
	struct reg *reg = *state;
	FILE *file = tmpfile();
	struct reading *reading;
	struct store *store;

	assert_ok(reg,
		  aside_create(&store, fileno(file), "新库", false, &reg->err));
	env_drop(store);
	assert_false(reading_begin(store, &reading, &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, "新库");
	assert_says(reg, "停止工作");
	aside_close(store);
	fclose(file);
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
		cmocka_unit_test(only_some_versions_of_lmdb_will_do),
		TEST(a_store_of_other_pages_is_for_another_program),
		TEST(more_proposals_than_have_a_number_are_refused),
		TEST(an_operation_is_looked_for_among_the_newest),
		TEST(an_edit_of_no_known_kind_is_a_mistake_of_ours),
		TEST(a_garbled_lock_file_in_use_is_told),
		TEST(a_store_aside_is_not_opened_again),
		TEST(a_folder_that_is_not_there_is_not_local),
	};

	return cmocka_run_group_tests_name("limits", tests, NULL, NULL);
}
