#include "register.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/wait.h>

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

static int setup_dir(void **state)
{
	*state = reg_new_dir();
	return 0;
}

static const char *path_of(const struct reg *reg, const char *name)
{
	static char path[512];

	snprintf(path, sizeof(path), "%s/%s", reg->dir, name);
	return path;
}

static bool exists(const struct reg *reg, const char *name)
{
	return !access(path_of(reg, name), F_OK);
}

static int entries_in(const char *dir)
{
	DIR *opened = opendir(dir);
	int count = 0;

	assert_non_null(opened);
	while (readdir(opened))
		count++;
	closedir(opened);
	return count - 2;
}

static void a_new_store_is_empty(void **state)
{
	struct reg *reg = *state;
	struct reading *reading = reg_begin(reg);
	unsigned char operation[16] = {0};
	uint32_t slot;

	assert_int_equal(reading_slots(reading), 0);
	assert_int_equal(reading_last_batch(reading), 0);
	assert_int_equal(reading_operation(reading, operation), 0);
	assert_false(reading_find(reading, reg_key(1), &slot));
	assert_false(reading_next(reading, 0, &slot));
	assert_int_equal(reading_value(reading, COLUMN_KEY, 0), 0);
	assert_int_equal(reading_value(reading, COLUMN_KEY, UINT32_MAX), 0);
	assert_int_equal(reading_texts(reading, 0).ends[31], 0);
	assert_int_equal(reading_dict(reading, DICT_STATUS).count, 1);
	assert_string_equal(reading_dict(reading, DICT_STATUS).items[0], "");
	reading_end(reading);
	reg_check(reg);
}

static void makes_no_second_store_over_the_first(void **state)
{
	struct reg *reg = *state;

	reg_fill(reg, 3, "filed");
	reg_close(reg);
	assert_false(store_create(reg->dir, &reg->err));
	assert_int_equal(reg->err.code, ERR_REFUSED);
	assert_says(reg, "已经有提案库");
	assert_int_equal(entries_in(reg->dir), 4);
	reg_open(reg);
	assert_true(reg_has(reg, 3));
}

static void makes_files_for_the_group_whatever_the_umask(void **state)
{
	struct reg *reg = *state;
	char dir[300];
	struct stat st;
	mode_t mask = umask(077);

	snprintf(dir, sizeof(dir), "%s/register", reg->dir);
	assert_ok(reg, store_create(dir, &reg->err));
	umask(mask);
	assert_int_equal(stat(dir, &st), 0);
	assert_int_equal(st.st_mode & 07777, 02770);
	assert_int_equal(stat(path_of(reg, "register/data.mdb"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0660);
	assert_int_equal(stat(path_of(reg, "register/lock.mdb"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0660);
	assert_true(st.st_blocks * 512 >= st.st_size);
}

static void leaves_the_mode_of_a_folder_that_was_there(void **state)
{
	struct reg *reg = *state;
	struct stat before, after;

	assert_int_equal(stat(reg->dir, &before), 0);
	assert_ok(reg, store_create(reg->dir, &reg->err));
	assert_int_equal(stat(reg->dir, &after), 0);
	assert_int_equal(before.st_mode, after.st_mode);
}

static void a_dead_attempt_does_not_hinder_the_next(void **state)
{
	struct reg *reg = *state;

	assert_int_equal(mkdir(path_of(reg, ".new-abcdef"), 0700), 0);
	file_write(path_of(reg, ".new-abcdef/data.mdb"), "half", 4);
	file_write(path_of(reg, ".new-abcdef/lock.mdb"), "half", 4);
	file_write(path_of(reg, "lock.mdb"), "half", 4);
	assert_ok(reg, store_create(reg->dir, &reg->err));
	assert_int_equal(entries_in(reg->dir), 4);
	reg_open(reg);
	reg_fill(reg, 2, "filed");
	reg_check(reg);
}

static void opening_makes_nothing(void **state)
{
	struct reg *reg = *state;

	assert_false(
		store_open(&reg->store, reg->dir, STORE_READ_WRITE, &reg->err));
	assert_null(reg->store);
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, "没有提案库");
	assert_int_equal(entries_in(reg->dir), 0);
	assert_false(store_open(&reg->store, path_of(reg, "no/such"),
				STORE_READ_ONLY, &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
}

static void create_names_what_stands_in_the_way(void **state)
{
	struct reg *reg = *state;

	assert_false(store_create(path_of(reg, "no/such"), &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, "no/such");
	file_write(path_of(reg, "file"), "x", 1);
	assert_false(store_create(path_of(reg, "file"), &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, "不是目录");
}

static void refuses_what_is_no_store(void **state)
{
	static char page[8192];
	struct reg *reg = *state;
	static const size_t sizes[] = {0, 4, 4096, 8192};

	for (size_t i = 0; i < 4; i++) {
		file_write(path_of(reg, "data.mdb"), page, sizes[i]);
		assert_false(store_open(&reg->store, reg->dir, STORE_READ_WRITE,
					&reg->err));
		assert_int_equal(reg->err.code, ERR_STORE);
		assert_says(reg, "备份");
		assert_false(exists(reg, "lock.mdb"));
	}
	unlink(path_of(reg, "data.mdb"));
	assert_int_equal(mkfifo(path_of(reg, "data.mdb"), 0600), 0);
	assert_false(
		store_open(&reg->store, reg->dir, STORE_READ_WRITE, &reg->err));
	assert_says(reg, "不是普通文件");
	unlink(path_of(reg, "data.mdb"));
	assert_int_equal(symlink("/dev/zero", path_of(reg, "data.mdb")), 0);
	assert_false(
		store_open(&reg->store, reg->dir, STORE_READ_WRITE, &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
}

static size_t needed_pages(const char *bytes)
{
	uint64_t last[2];

	memcpy(&last[0], bytes + 136, 8);
	memcpy(&last[1], bytes + 4096 + 136, 8);
	return (last[0] > last[1] ? last[0] : last[1]) + 1;
}

static void refuses_a_file_that_was_cut_off(void **state)
{
	struct reg *reg = *state;

	reg_fill(reg, 100, "filed");
	reg_close(reg);
	struct buf file = file_read(path_of(reg, "data.mdb"));
	char *bytes = file.data;
	size_t size = file.len;
	size_t pages = needed_pages(bytes);
	assert_true(pages > 30 && pages * 4096 <= size);
	for (size_t keep = 0; keep < pages; keep += 7) {
		file_write(path_of(reg, "data.mdb"), bytes, keep * 4096 + 17);
		assert_false(store_open(&reg->store, reg->dir, STORE_READ_ONLY,
					&reg->err));
		assert_int_equal(reg->err.code, ERR_STORE);
		assert_says(reg, "不完整");
	}
	file_write(path_of(reg, "data.mdb"), bytes, pages * 4096);
	reg_open(reg);
	reg_check(reg);
	buf_free(&file);
}

/* A flipped bit may not lead LMDB astray, nor back to the state before. */
static void refuses_a_damaged_head(void **state)
{
	struct reg *reg = *state;
	unsigned refused = 0;

	reg_fill(reg, 5, "filed");
	reg_edit(reg, reg_status(5, 1, "closed"));
	reg_close(reg);
	struct buf file = file_read(path_of(reg, "data.mdb"));
	char *bytes = file.data;
	size_t size = file.len;
	for (size_t at = 0; at < 2 * 4096; at++) {
		/* Pages and flags of the page, magic, version, page size,
		 * last page, transaction: what has one right value. */
		size_t in = at % 4096;
		if (!(in < 8 || (in >= 16 && in < 24) ||
		      (in >= 40 && in < 44) || in == 144))
			continue;
		bytes[at] ^= 4;
		file_write(path_of(reg, "data.mdb"), bytes, size);
		bytes[at] ^= 4;
		assert_false(store_open(&reg->store, reg->dir, STORE_READ_ONLY,
					&reg->err));
		assert_says(reg, "文件头已损坏");
		refused++;
	}
	assert_int_equal(refused, 2 * (8 + 8 + 4 + 1));
	buf_free(&file);
}

/* LMDB's way of taking a failed commit back: new roots, old number. */
static void what_a_failed_commit_leaves_is_no_damage(void **state)
{
	struct reg *reg = *state;
	uint64_t txns[2], far = 1000000;

	reg_fill(reg, 5, "filed");
	reg_close(reg);
	struct buf file = file_read(path_of(reg, "data.mdb"));
	char *bytes = file.data;
	size_t size = file.len;
	memcpy(&txns[0], bytes + 144, 8);
	memcpy(&txns[1], bytes + 4096 + 144, 8);
	size_t older = txns[0] < txns[1] ? 0 : 4096;
	memcpy(bytes + older + 128, &far, 8);
	file_write(path_of(reg, "data.mdb"), bytes, size);
	reg_open(reg);
	reg_check(reg);
	reg_close(reg);
	memcpy(bytes + (4096 - older) + 128, &far, 8);
	file_write(path_of(reg, "data.mdb"), bytes, size);
	assert_false(
		store_open(&reg->store, reg->dir, STORE_READ_ONLY, &reg->err));
	assert_says(reg, "文件头已损坏");
	buf_free(&file);
}

static MDB_env *raw_open(const struct reg *reg, MDB_txn **txn, MDB_dbi *meta)
{
	MDB_env *env;

	assert_int_equal(mdb_env_create(&env), 0);
	assert_int_equal(mdb_env_set_maxdbs(env, 8), 0);
	assert_int_equal(mdb_env_open(env, reg->dir, 0, 0600), 0);
	assert_int_equal(mdb_txn_begin(env, NULL, 0, txn), 0);
	assert_int_equal(mdb_dbi_open(*txn, "meta", 0, meta), 0);
	return env;
}

/* It may have other tables; that is not what is said of it. */
static void refuses_format_of(struct reg *reg, const char *program)
{
	struct format format = {9, 4096, false, slice_text(program)};
	struct buf buf = {0};
	MDB_txn *txn;
	MDB_dbi meta, users;

	reg_close(reg);
	MDB_env *env = raw_open(reg, &txn, &meta);
	assert_int_equal(mdb_dbi_open(txn, "users", MDB_CREATE, &users), 0);
	assert_int_equal(mdb_drop(txn, users, 1), 0);
	format_encode(&format, &buf);
	struct place at = place_name("format");
	MDB_val k = {at.len, at.bytes}, v = {buf.len, buf.data};
	assert_int_equal(mdb_put(txn, meta, &k, &v, 0), 0);
	assert_int_equal(mdb_txn_commit(txn), 0);
	mdb_env_close(env);
	buf_free(&buf);
	assert_false(
		store_open(&reg->store, reg->dir, STORE_READ_WRITE, &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, "第 9 版");
	assert_says(reg, program);
	assert_int_equal(strstr(reg->err.text, "建立") != NULL, *program != 0);
}

/* Whoever wrote it may not be known. */
static void refuses_another_format(void **state)
{
	struct reg *reg = *state;

	refuses_format_of(reg, "proposals 9.9");
	refuses_format_of(reg, "");
}

static void refuses_the_database_of_another_program(void **state)
{
	struct reg *reg = *state;
	MDB_env *env;
	MDB_txn *txn;
	MDB_dbi dbi;

	assert_int_equal(mdb_env_create(&env), 0);
	assert_int_equal(mdb_env_set_maxdbs(env, 8), 0);
	assert_int_equal(mdb_env_open(env, reg->dir, 0, 0600), 0);
	assert_int_equal(mdb_txn_begin(env, NULL, 0, &txn), 0);
	assert_int_equal(mdb_dbi_open(txn, "mail", MDB_CREATE, &dbi), 0);
	assert_int_equal(mdb_txn_commit(txn), 0);
	mdb_env_close(env);
	assert_false(
		store_open(&reg->store, reg->dir, STORE_READ_WRITE, &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, "不是本程序的提案库");
}

static void read_only_does_not_write(void **state)
{
	struct reg *reg = *state;

	reg_fill(reg, 2, "filed");
	reg_close(reg);
	assert_ok(reg, store_open(&reg->store, reg->dir, STORE_READ_ONLY,
				  &reg->err));
	assert_true(reg_has(reg, 2));
	struct edit edit = reg_status(1, 1, "closed");
	assert_false(reg_try(reg, &edit, 1));
	assert_int_equal(reg->err.code, ERR_REFUSED);
	reg_check(reg);
}

static void readings_do_not_nest(void **state)
{
	struct reg *reg = *state;
	struct reading *reading = reg_begin(reg), *second;

	assert_false(reading_begin(reg->store, &second, &reg->err));
	assert_int_equal(reg->err.code, ERR_INTERNAL);
	struct edit edit = reg_put(reg_proposal(reg, 1, ""), 0);
	assert_false(reg_try(reg, &edit, 1));
	assert_int_equal(reg->err.code, ERR_INTERNAL);
	reading_end(reading);
	assert_ok(reg, reg_try(reg, &edit, 1));
}

static void version_grows_with_commits_only(void **state)
{
	struct reg *reg = *state;
	struct reading *reading = reg_begin(reg);
	uint64_t before = reading_version(reading);

	reading_end(reading);
	reading = reg_begin(reg);
	assert_int_equal(reading_version(reading), before);
	reading_end(reading);
	reg_fill(reg, 1, "filed");
	reading = reg_begin(reg);
	assert_true(reading_version(reading) > before);
	reading_end(reading);
}

/* What a child would inherit, it could overwrite. */
static void every_descriptor_closes_on_exec(void **state)
{
	struct reg *reg = *state;
	int found = 0;

	for (int fd = 3; fd < 64; fd++) {
		char link[64], target[512];

		snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
		ssize_t len = readlink(link, target, sizeof(target) - 1);
		if (len < 0)
			continue;
		target[len] = 0;
		if (strncmp(target, reg->dir, strlen(reg->dir)))
			continue;
		found++;
		assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
	}
	assert_true(found >= 2);
}

static int child_without_descriptors(const struct reg *reg)
{
	struct store *store;
	struct err err;
	struct stat st;

	for (int fd = 0; fd < 3; fd++)
		close(fd);
	if (!store_open(&store, reg->dir, STORE_READ_WRITE, &err))
		return 1;
	for (int fd = 0; fd < 3; fd++)
		if (fstat(fd, &st) || !S_ISCHR(st.st_mode))
			return 2;
	store_close(store);
	return 0;
}

static void the_file_is_never_a_standard_descriptor(void **state)
{
	struct reg *reg = *state;
	int status;

	reg_close(reg);
	pid_t pid = fork();
	if (!pid)
		_exit(child_without_descriptors(reg));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void a_lost_lock_file_comes_back_for_the_group(void **state)
{
	struct reg *reg = *state;
	struct stat st;
	mode_t mask = umask(077);

	reg_close(reg);
	assert_int_equal(unlink(path_of(reg, "lock.mdb")), 0);
	reg_open(reg);
	assert_int_equal(umask(mask), 077);
	assert_int_equal(stat(path_of(reg, "lock.mdb"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0660);
}

static void no_commit_into_a_file_that_was_replaced(void **state)
{
	struct reg *reg = *state;
	char to[512];

	reg_fill(reg, 2, "filed");
	snprintf(to, sizeof(to), "%s/old", reg->dir);
	assert_int_equal(rename(path_of(reg, "data.mdb"), to), 0);
	file_write(path_of(reg, "data.mdb"), "new", 3);
	struct edit edit = reg_status(1, 1, "closed");
	assert_false(reg_try(reg, &edit, 1));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, "未保存");
	assert_says(reg, "已被换成另一个文件");
	assert_int_equal(unlink(path_of(reg, "data.mdb")), 0);
	assert_false(reg_try(reg, &edit, 1));
	assert_says(reg, "未保存");
	assert_says(reg, "文件不见了");
}

/* As `cp backup data.mdb` does, while people are in. */
static void an_older_file_written_over_this_one_is_told(void **state)
{
	struct reg *reg = *state;
	struct edit edit = reg_status(1, 1, "closed");
	struct reading *reading;

	reg_fill(reg, 2, "filed");
	struct buf old = file_read(path_of(reg, "data.mdb"));
	reg_edit(reg, edit);
	struct buf new = file_read(path_of(reg, "data.mdb"));
	file_write(path_of(reg, "data.mdb"), old.data, old.len);
	assert_false(reading_begin(reg->store, &reading, &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, "写成了另一份内容");
	edit.revision = 2;
	assert_false(reg_try(reg, &edit, 1));
	assert_says(reg, "未保存");
	assert_says(reg, "写成了另一份内容");
	file_write(path_of(reg, "data.mdb"), new.data, new.len);
	reg_check(reg);
	buf_free(&old);
	buf_free(&new);
}

static void an_unreadable_file_names_the_reason(void **state)
{
	struct reg *reg = *state;
	int status;

	reg_close(reg);
	if (geteuid() != 0)
		skip();
	chmod(path_of(reg, "data.mdb"), 0600);
	chmod(reg->dir, 0755);
	pid_t pid = fork();
	if (!pid) {
		if (setuid(65534))
			_exit(2);
		if (store_open(&reg->store, reg->dir, STORE_READ_WRITE,
			       &reg->err))
			_exit(1);
		_exit(strstr(reg->err.text, "没有权限") ? 0 : 3);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

int main(void)
{
#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
#define WITH_DIR(test) \
	cmocka_unit_test_setup_teardown(test, setup_dir, teardown)
	const struct CMUnitTest tests[] = {
		WITH_STORE(a_new_store_is_empty),
		WITH_STORE(makes_no_second_store_over_the_first),
		WITH_DIR(makes_files_for_the_group_whatever_the_umask),
		WITH_DIR(leaves_the_mode_of_a_folder_that_was_there),
		WITH_DIR(a_dead_attempt_does_not_hinder_the_next),
		WITH_DIR(opening_makes_nothing),
		WITH_DIR(create_names_what_stands_in_the_way),
		WITH_DIR(refuses_what_is_no_store),
		WITH_STORE(refuses_a_file_that_was_cut_off),
		WITH_STORE(refuses_a_damaged_head),
		WITH_STORE(what_a_failed_commit_leaves_is_no_damage),
		WITH_STORE(refuses_another_format),
		WITH_DIR(refuses_the_database_of_another_program),
		WITH_STORE(read_only_does_not_write),
		WITH_STORE(readings_do_not_nest),
		WITH_STORE(version_grows_with_commits_only),
		WITH_STORE(every_descriptor_closes_on_exec),
		WITH_STORE(the_file_is_never_a_standard_descriptor),
		WITH_STORE(a_lost_lock_file_comes_back_for_the_group),
		WITH_STORE(no_commit_into_a_file_that_was_replaced),
		WITH_STORE(an_older_file_written_over_this_one_is_told),
		WITH_STORE(an_unreadable_file_names_the_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
