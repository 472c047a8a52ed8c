#include "raw.h"

#include <dirent.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "store/aside.h"
#include "store/presence.h"
#include "store/transfer.h"
#include "store/users.h"

/* Proposals 1 to COUNT; 3 was changed and 4 removed. */
enum { COUNT = 40 };

struct scene {
	struct reg *reg;
	char folder[64], path[400];
};

static int setup(void **state)
{
	struct scene *scene = calloc(1, sizeof(*scene));

	assert_non_null(scene);
	scene->reg = reg_new();
	dir_make(scene->folder);
	reg_fill(scene->reg, COUNT, "received");
	reg_edit(scene->reg, reg_status(3, 1, "filed"));
	reg_edit(scene->reg, reg_remove(4, 1));
	*state = scene;
	return 0;
}

static int teardown(void **state)
{
	struct scene *scene = *state;

	reg_free(scene->reg);
	dir_remove(scene->folder);
	free(scene);
	return 0;
}

static const char *path_in(struct scene *scene, const char *dir,
			   const char *name)
{
	snprintf(scene->path, sizeof(scene->path), "%s/%s", dir, name);
	return scene->path;
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

static void count_finding(void *arg, const char *sentence)
{
	int *count = arg;

	assert_true(*sentence);
	++*count;
}

static int open_new(struct scene *scene, const char *name)
{
	int fd = open(path_in(scene, scene->folder, name),
		      O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	return fd;
}

/* A backup of the store as it is now, in the other folder. */
static int back_up(struct scene *scene, const char *name, struct copy *copy)
{
	int fd = open_new(scene, name);

	assert_ok(scene->reg, store_copy(scene->reg->store, fd, name, reg_print,
					 NULL, copy, &scene->reg->err));
	return fd;
}

static void read_head(struct reg *reg, unsigned char head[CHAIN_SIZE])
{
	struct reading *reading = reg_begin(reg);

	memcpy(head, reading_chain(reading), CHAIN_SIZE);
	reading_end(reading);
}

static void assert_head(struct reg *reg, const unsigned char head[CHAIN_SIZE])
{
	unsigned char now[CHAIN_SIZE];

	read_head(reg, now);
	assert_memory_equal(now, head, CHAIN_SIZE);
}

static bool restore(struct scene *scene, int fd, struct swapped *out)
{
	int findings = 0;

	return store_restore(scene->reg->dir, fd, "backup", count_finding,
			     &findings, out, &scene->reg->err);
}

/* The restore is refused, and the store as it was. */
static void assert_not_restored(struct scene *scene, int fd, enum err_code code)
{
	struct reg *reg = scene->reg;
	unsigned char head[CHAIN_SIZE];
	int entries = entries_in(reg->dir);
	struct swapped swapped;

	read_head(reg, head);
	reg_close(reg);
	assert_false(restore(scene, fd, &swapped));
	assert_int_equal(reg->err.code, code);
	assert_int_equal(entries_in(reg->dir), entries);
	reg_open(reg);
	assert_head(reg, head);
	reg_check(reg);
}

static void a_copy_holds_what_the_store_holds(void **state)
{
	struct scene *scene = *state;
	struct copy copy;
	struct stat st;
	int fd = back_up(scene, "copy", &copy);

	assert_int_equal(copy.sums.proposals, COUNT - 1);
	assert_int_equal(copy.sums.removed, 1);
	assert_int_equal(copy.sums.events, COUNT + 2);
	assert_int_equal(copy.sums.batches, 3);
	assert_head(scene->reg, copy.head);
	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(copy.bytes, st.st_size);
	close(fd);
	reg_edit(scene->reg, reg_status(3, 2, "closed"));
	reg_check(scene->reg);
}

/* Somebody in the middle of a change, who was stopped there. */
static void write_for_ever(const char *dir)
{
	struct store *store;
	struct err err;
	MDB_txn *txn;

	if (!store_open(&store, dir, STORE_READ_WRITE, &err) ||
	    mdb_txn_begin(store->env, NULL, 0, &txn))
		_exit(1);
}

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

static void a_stopped_writer_stops_no_backup(void **state)
{
	struct scene *scene = *state;
	struct copy copy;

	reg_close(scene->reg);
	pid_t pid = visitor(scene->reg, write_for_ever);
	kill(pid, SIGSTOP);
	reg_open(scene->reg);
	close(back_up(scene, "copy", &copy));
	assert_int_equal(copy.sums.batches, 3);
	leave(pid);
}

/* A word of a record, wherever it stands in the file. */
static void damage(const char *path)
{
	struct buf bytes = file_read(path);
	static const char word[] = "关于第7件事";
	char *at = memmem(bytes.data, bytes.len, word, strlen(word));

	assert_non_null(at);
	for (; at; at = memmem(at, bytes.len - (size_t)(at - bytes.data), word,
			       strlen(word)))
		memset(at, 'x', 3);
	file_write(path, bytes.data, bytes.len);
	buf_free(&bytes);
}

static void a_copy_of_a_damaged_store_is_refused(void **state)
{
	struct scene *scene = *state;
	struct reg *reg = scene->reg;
	struct copy copy;
	int findings = 0;

	reg_close(reg);
	damage(path_in(scene, reg->dir, "data.mdb"));
	reg_open(reg);
	int fd = open_new(scene, "copy");
	assert_false(store_copy(reg->store, fd, "copy", count_finding,
				&findings, &copy, &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_true(findings > 0);
	assert_says(reg, "copy");
	close(fd);
}

/* A page that belongs to nobody, as LMDB has lost some in the past. */
static void lose_page(const char *path)
{
	enum { PAGE = 4096, LAST_PAGE = 136, TXN = 144 };
	struct buf bytes = file_read(path);
	uint64_t txns[2], last;

	for (int i = 0; i < 2; i++)
		memcpy(&txns[i], bytes.data + i * PAGE + TXN, 8);
	char *meta = bytes.data + (txns[1] > txns[0]) * PAGE;
	memcpy(&last, meta + LAST_PAGE, 8);
	last++;
	memcpy(meta + LAST_PAGE, &last, 8);
	while (bytes.len < (last + 1) * PAGE)
		buf_char(&bytes, '\0');
	file_write(path, bytes.data, bytes.len);
	buf_free(&bytes);
}

static void lost_pages_hinder_no_backup(void **state)
{
	struct scene *scene = *state;
	struct reg *reg = scene->reg;
	struct check_sums sums;
	struct swapped swapped;
	struct copy copy;
	uint64_t findings;
	int told = 0;

	reg_close(reg);
	lose_page(path_in(scene, reg->dir, "data.mdb"));
	reg_open(reg);
	assert_ok(reg, store_check(reg->store, count_finding, &told, &sums,
				   &findings, &reg->err));
	assert_int_equal(findings, 1);
	close(back_up(scene, "copy", &copy));
	assert_int_equal(copy.sums.events, COUNT + 2);
	assert_head(reg, copy.head);
	reg_close(reg);
	assert_ok(reg, store_compact(reg->dir, reg_print, NULL, &swapped,
				     &reg->err));
	reg_open(reg);
	reg_check(reg);
	reg_edit(reg, reg_status(3, 2, "closed"));
	reg_check(reg);
}

static bool copies_to(struct scene *scene, int fd)
{
	struct copy copy;

	return store_copy(scene->reg->store, fd, "copy", reg_print, NULL, &copy,
			  &scene->reg->err);
}

/* LMDB refuses when all of it is written, so it is written once more. */
static void what_is_written_twice_may_fail_the_second_time(void **state)
{
	struct scene *scene = *state;
	struct reg *reg = scene->reg;
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
	int fd = open_new(scene, "copy");
	struct rlimit old, few;

	reg_close(reg);
	lose_page(path_in(scene, reg->dir, "data.mdb"));
	reg_open(reg);
	/* It takes all and cannot be made empty again. */
	assert_false(copies_to(scene, nothing));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, "copy");
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	few = (struct rlimit){(rlim_t)fd + 1, old.rlim_max};
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
	assert_false(copies_to(scene, fd));
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, "打开的文件太多");
	assert_true(copies_to(scene, fd));
	close(nothing);
	close(fd);
}

static uint64_t users_in(struct store *store)
{
	struct reading *reading;
	struct user *users;
	struct arena arena = {0};
	struct err err;
	size_t count;

	assert_true(reading_begin(store, &reading, &err));
	assert_true(reading_users(reading, &arena, &users, &count, &err));
	for (size_t i = 0; i < count; i++)
		assert_int_equal(users[i].uid, i + 1);
	reading_end(reading);
	arena_free(&arena);
	return count;
}

/* More entries than are moved in one transaction. */
static void a_large_table_is_moved_whole(void **state)
{
	enum { MANY = 50000 };
	struct scene *scene = *state;
	struct reg *reg = scene->reg;
	int fd = open_new(scene, "copy");
	struct store *copy;

	reg_close(reg);
	struct raw raw = raw_open(reg);
	for (uint32_t uid = 1; uid <= MANY; uid++) {
		const struct user user = {uid, "x", ACCESS_VIEW, 1, 1};
		struct buf buf = {0};

		user_encode(&user, &buf);
		raw_put(&raw, TABLE_USERS, place_of(uid), buf);
	}
	raw_close(&raw);
	reg_open(reg);
	assert_ok(reg, transfer_store(reg->store, fd, "copy", &reg->err));
	assert_ok(reg, aside_open(&copy, fd, "copy", &reg->err));
	assert_int_equal(users_in(copy), MANY);
	store_close(copy);
	close(fd);
}

/* All names of this second are taken. */
static void what_cannot_be_kept_is_not_replaced(void **state)
{
	struct scene *scene = *state;
	struct reg *reg = scene->reg;
	char name[64], stamp[18];
	struct swapped swapped;
	struct copy copy;

	close(back_up(scene, "copy", &copy));
	reg_edit(reg, reg_status(3, 2, "closed"));
	reg_close(reg);
	setenv("PROPOSALS_NOW", "2024-11-20T09:30:00", 1);
	clock_stamp(clock_now(), stamp);
	for (int i = 1; i <= 100; i++) {
		snprintf(name, sizeof(name),
			 i > 1 ? "data.mdb.replaced-%s-%d"
			       : "data.mdb.replaced-%s",
			 stamp, i);
		file_write(path_in(scene, reg->dir, name), "", 0);
	}
	int fd = open(path_in(scene, scene->folder, "copy"), O_RDONLY);
	assert_false(restore(scene, fd, &swapped));
	unsetenv("PROPOSALS_NOW");
	close(fd);
	assert_int_equal(reg->err.code, ERR_STORE);
	reg_open(reg);
	assert_string_equal(reg_get(reg, 3).status, "closed");
}

/* As from a memory stick. */
static void a_backup_on_another_disk_is_restored(void **state)
{
	struct scene *scene = *state;
	struct reg *reg = scene->reg;
	int fd = memfd_create("copy", MFD_CLOEXEC);
	struct swapped swapped;

	assert_true(copies_to(scene, fd));
	reg_edit(reg, reg_status(3, 2, "closed"));
	reg_close(reg);
	assert_ok(reg, restore(scene, fd, &swapped));
	close(fd);
	reg_open(reg);
	reg_check(reg);
	assert_string_equal(reg_get(reg, 3).status, "filed");
}

static void a_copy_that_cannot_be_written_is_refused(void **state)
{
	struct scene *scene = *state;
	struct reg *reg = scene->reg;
	int fd = open("/dev/full", O_RDWR | O_CLOEXEC);
	struct copy copy;

	assert_false(store_copy(reg->store, fd, "copy", reg_print, NULL, &copy,
				&reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, "磁盘已满");
	close(fd);
	reg_check(reg);
}

static void restores_what_was_copied_and_keeps_what_was_there(void **state)
{
	struct scene *scene = *state;
	struct reg *reg = scene->reg;
	unsigned char after[CHAIN_SIZE];
	struct swapped swapped;
	struct copy copy;
	int fd = back_up(scene, "copy", &copy);
	struct stat st;

	reg_edit(reg, reg_status(3, 2, "closed"));
	read_head(reg, after);
	reg_close(reg);
	assert_int_equal(stat(path_in(scene, reg->dir, "data.mdb"), &st), 0);
	assert_ok(reg, restore(scene, fd, &swapped));
	close(fd);
	assert_memory_equal(swapped.now.head, copy.head, CHAIN_SIZE);
	assert_int_equal(swapped.before, st.st_size);
	reg_open(reg);
	assert_head(reg, copy.head);
	assert_string_equal(reg_get(reg, 3).status, "filed");
	reg_edit(reg, reg_status(3, 2, "answered"));
	reg_check(reg);
	reg_close(reg);

	/* And back again, by the name that the first gave it. */
	assert_memory_equal(swapped.kept, "data.mdb.replaced-", 18);
	fd = store_open_kept(reg->dir, swapped.kept);
	assert_true(fd >= 0);
	assert_ok(reg, restore(scene, fd, &swapped));
	close(fd);
	reg_open(reg);
	assert_head(reg, after);
	assert_int_equal(entries_in(reg->dir), 6);
}

static void only_what_was_kept_is_opened_by_its_name(void **state)
{
	struct scene *scene = *state;
	const char *dir = scene->reg->dir;

	assert_int_equal(store_open_kept(dir, "data.mdb"), -1);
	assert_int_equal(store_open_kept(dir, "data.mdb.replaced-x"), -1);
	assert_int_equal(store_open_kept(dir, "data.mdb.replaced-/../data.mdb"),
			 -1);
	assert_int_equal(
		symlink("data.mdb", path_in(scene, dir, "data.mdb.replaced-x")),
		0);
	assert_int_equal(store_open_kept(dir, "data.mdb.replaced-x"), -1);
}

static void a_bad_backup_changes_nothing(void **state)
{
	struct scene *scene = *state;
	struct copy copy;
	int fd = back_up(scene, "copy", &copy);

	damage(path_in(scene, scene->folder, "copy"));
	assert_not_restored(scene, fd, ERR_STORE);
	for (off_t cut = (off_t)copy.bytes - 1; cut > 0; cut -= 4096 * 3) {
		assert_int_equal(ftruncate(fd, cut), 0);
		assert_not_restored(scene, fd, ERR_STORE);
	}
	assert_int_equal(ftruncate(fd, 0), 0);
	assert_not_restored(scene, fd, ERR_STORE);
	close(fd);
	fd = open("/dev/zero", O_RDONLY | O_CLOEXEC);
	assert_not_restored(scene, fd, ERR_STORE);
	close(fd);
	fd = open(path_in(scene, scene->reg->dir, "data.mdb"),
		  O_RDONLY | O_CLOEXEC);
	assert_not_restored(scene, fd, ERR_USAGE);
	close(fd);
}

static void use(const char *dir)
{
	struct store *store;
	struct err err;

	if (!store_open(&store, dir, STORE_READ_ONLY, &err))
		_exit(1);
}

static void nothing_is_replaced_under_anybody(void **state)
{
	struct scene *scene = *state;
	struct reg *reg = scene->reg;
	unsigned char head[CHAIN_SIZE];
	struct swapped swapped;
	struct copy copy;
	int fd = back_up(scene, "copy", &copy);

	reg_edit(reg, reg_status(3, 2, "closed"));
	read_head(reg, head);
	reg_close(reg);
	pid_t pid = visitor(reg, use);
	assert_false(restore(scene, fd, &swapped));
	assert_int_equal(reg->err.code, ERR_BUSY);
	assert_says(reg, "test_copy");
	assert_false(
		store_compact(reg->dir, reg_print, NULL, &swapped, &reg->err));
	assert_int_equal(reg->err.code, ERR_BUSY);
	leave(pid);
	close(fd);
	assert_int_equal(entries_in(reg->dir), 4);
	reg_open(reg);
	assert_head(reg, head);
}

static void restores_where_no_store_was(void **state)
{
	static const char *const files[] = {"data.mdb", "lock.mdb",
					    "session.lock", "write.gate"};
	struct scene *scene = *state;
	struct reg *reg = scene->reg;
	struct swapped swapped;
	struct copy copy;
	int fd = back_up(scene, "copy", &copy), findings = 0;
	mode_t mask = umask(077);
	char dir[128], file[200];
	struct stat st;

	reg_close(reg);
	snprintf(dir, sizeof(dir), "%s/new", scene->folder);
	assert_ok(reg, store_restore(dir, fd, "copy", count_finding, &findings,
				     &swapped, &reg->err));
	umask(mask);
	assert_int_equal(swapped.before, 0);
	assert_string_equal(swapped.kept, "");
	assert_int_equal(stat(dir, &st), 0);
	assert_int_equal(st.st_mode & 07777, 02770);
	for (size_t i = 0; i < LENGTH(files); i++) {
		snprintf(file, sizeof(file), "%s/%s", dir, files[i]);
		assert_int_equal(stat(file, &st), 0);
		assert_int_equal(st.st_mode & 07777, 0660);
	}
	assert_int_equal(entries_in(dir), LENGTH(files));
	assert_ok(reg,
		  store_open(&reg->store, dir, STORE_READ_WRITE, &reg->err));
	assert_head(reg, copy.head);
	reg_edit(reg, reg_status(3, 2, "closed"));
	reg_check(reg);

	damage(path_in(scene, scene->folder, "copy"));
	snprintf(dir, sizeof(dir), "%s/other", scene->folder);
	assert_false(store_restore(dir, fd, "copy", count_finding, &findings,
				   &swapped, &reg->err));
	assert_int_equal(access(dir, F_OK), -1);
	close(fd);
}

static void compacts_to_the_same_and_keeps_nothing(void **state)
{
	struct scene *scene = *state;
	struct reg *reg = scene->reg;
	unsigned char head[CHAIN_SIZE];
	struct swapped swapped;
	struct stat st;

	for (uint32_t i = 0; i < 60; i++)
		reg_edit(reg, reg_status(1, i + 1, i % 2 ? "filed" : "closed"));
	read_head(reg, head);
	reg_close(reg);
	assert_ok(reg, store_compact(reg->dir, reg_print, NULL, &swapped,
				     &reg->err));
	assert_memory_equal(swapped.now.head, head, CHAIN_SIZE);
	assert_string_equal(swapped.kept, "");
	assert_true(swapped.now.bytes < swapped.before);
	assert_int_equal(stat(path_in(scene, reg->dir, "data.mdb"), &st), 0);
	assert_int_equal(st.st_size, swapped.now.bytes);
	assert_int_equal(st.st_mode & 07777, 0660);
	assert_int_equal(entries_in(reg->dir), 4);
	reg_open(reg);
	assert_head(reg, head);
	reg_edit(reg, reg_status(1, 61, "answered"));
	reg_check(reg);
}

static void a_damaged_store_is_not_compacted(void **state)
{
	struct scene *scene = *state;
	struct reg *reg = scene->reg;
	struct swapped swapped;
	int findings = 0;

	reg_close(reg);
	damage(path_in(scene, reg->dir, "data.mdb"));
	struct buf before = file_read(path_in(scene, reg->dir, "data.mdb"));
	assert_false(store_compact(reg->dir, count_finding, &findings, &swapped,
				   &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_true(findings > 0);
	struct buf after = file_read(path_in(scene, reg->dir, "data.mdb"));
	assert_int_equal(before.len, after.len);
	assert_memory_equal(before.data, after.data, before.len);
	assert_int_equal(entries_in(reg->dir), 4);
	buf_free(&before);
	buf_free(&after);
}

static void a_missing_store_is_named(void **state)
{
	struct scene *scene = *state;
	struct reg *reg = scene->reg;
	struct swapped swapped;

	assert_false(store_compact(scene->folder, reg_print, NULL, &swapped,
				   &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, "没有提案库");
	assert_int_equal(entries_in(scene->folder), 0);
	assert_false(store_compact(path_in(scene, scene->folder, "no"),
				   reg_print, NULL, &swapped, &reg->err));
	assert_says(reg, "没有提案库");
	assert_int_equal(entries_in(scene->folder), 0);
}

/*
 * Who may: a person who is not root, and the program with the store's group.
 * 0 when it was denied, 1 when it was done, 2 for anything else.
 */
static int try_as(struct scene *scene, uint32_t uid, int fd)
{
	enum { GROUP = 4242 };
	struct swapped swapped;
	struct copy copy;
	int status, findings = 0;

	pid_t pid = fork();
	if (!pid) {
		struct reg *reg = scene->reg;
		const char *dir = reg->dir;
		struct store *store = NULL;

		if (setgroups(0, NULL) || setresgid(uid, GROUP, GROUP) ||
		    setresuid(uid, uid, uid))
			_exit(2);
		bool copied =
			store_open(&store, dir, STORE_READ_ONLY, &reg->err) &&
			store_copy(store, fd, "copy", count_finding, &findings,
				   &copy, &reg->err);
		store_close(store);
		if (!copied && reg->err.code != ERR_DENIED)
			_exit(2);
		bool done = store_compact(dir, count_finding, &findings,
					  &swapped, &reg->err);
		_exit(!done && reg->err.code == ERR_DENIED ? copied : 2);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 3;
}

static void give_away(struct scene *scene)
{
	static const char *const files[] = {"", "data.mdb", "lock.mdb",
					    "session.lock", "write.gate"};

	for (size_t i = 0; i < LENGTH(files); i++)
		assert_int_equal(
			chown(path_in(scene, scene->reg->dir, files[i]), 0,
			      4242),
			0);
}

static void an_administrator_copies_but_only_root_replaces(void **state)
{
	struct scene *scene = *state;
	struct reg *reg = scene->reg;
	const struct who root = {0, UINT32_MAX, "root", ""};
	struct committed done;

	if (getuid())
		skip();
	reg_close(reg);
	dir_remove(reg->dir);
	assert_ok(reg, store_create_with_roles(reg->dir, &reg->err));
	reg_open(reg);
	for (uint32_t access = ACCESS_VIEW; access <= ACCESS_ADMIN; access++)
		assert_ok(reg,
			  store_user_set(reg->store, &root, 2000 + access, "x",
					 access, "", &done, &reg->err));
	reg_close(reg);
	give_away(scene);
	int fd = open_new(scene, "copy");
	assert_int_equal(fchmod(fd, 0666), 0);
	assert_int_equal(try_as(scene, 2000 + ACCESS_NONE, fd), 0);
	assert_int_equal(try_as(scene, 2000 + ACCESS_VIEW, fd), 0);
	assert_int_equal(try_as(scene, 2000 + ACCESS_EDIT, fd), 0);
	assert_int_equal(ftruncate(fd, 0), 0);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	assert_int_equal(try_as(scene, 2000 + ACCESS_ADMIN, fd), 1);
	close(fd);
	reg_open(reg);
	reg_check(reg);
}

/*
 * What a dead attempt leaves: a new file that never came into its place, and a
 * second name of the store itself.
 */
static void what_a_dead_attempt_left_is_swept(void **state)
{
	struct scene *scene = *state;
	struct reg *reg = scene->reg;
	struct swapped swapped;
	char data[128];

	reg_close(reg);
	snprintf(data, sizeof(data), "%s/data.mdb", reg->dir);
	file_write(path_in(scene, reg->dir, "data.mdb.new"), "half", 4);
	file_write(path_in(scene, reg->dir, "data.mdb.replaced-1"), "old", 3);
	assert_int_equal(
		link(data, path_in(scene, reg->dir, "data.mdb.replaced-2")), 0);
	assert_ok(reg, store_compact(reg->dir, reg_print, NULL, &swapped,
				     &reg->err));
	assert_int_equal(entries_in(reg->dir), 5);
	assert_int_equal(
		access(path_in(scene, reg->dir, "data.mdb.replaced-1"), F_OK),
		0);
	reg_open(reg);
	reg_check(reg);
}

/*
 * Run `act` in a child and kill it before its n-th system call. False when it
 * came to its end before that.
 */
static bool killed_at(int n, bool (*act)(struct scene *scene),
		      struct scene *scene)
{
	int status = 0;
	pid_t pid = fork();

	if (!pid) {
		ptrace(PTRACE_TRACEME, 0, NULL, NULL);
		raise(SIGSTOP);
		_exit(!act(scene));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	/* Each call stops twice: before and behind it. */
	for (int stops = 0; WIFSTOPPED(status) && stops < 2 * n - 1; stops++) {
		ptrace(PTRACE_SYSCALL, pid, NULL, NULL);
		assert_int_equal(waitpid(pid, &status, 0), pid);
	}
	if (!WIFSTOPPED(status)) {
		assert_int_equal(status, 0);
		return false;
	}
	leave(pid);
	return true;
}

static bool act_restore(struct scene *scene)
{
	struct swapped swapped;
	int fd = open(path_in(scene, scene->folder, "copy"), O_RDONLY);

	return restore(scene, fd, &swapped);
}

static bool act_compact(struct scene *scene)
{
	struct swapped swapped;

	return store_compact(scene->reg->dir, reg_print, NULL, &swapped,
			     &scene->reg->err);
}

/* At every point the old store or the new one is there, whole. */
static void kill_at_every_call(struct scene *scene,
			       bool (*act)(struct scene *scene),
			       const unsigned char before[CHAIN_SIZE],
			       const unsigned char after[CHAIN_SIZE])
{
	struct reg *reg = scene->reg;
	unsigned char now[CHAIN_SIZE];
	bool changed = false, killed = true;
	int n = 0;

	while (killed) {
		killed = killed_at(++n, act, scene);
		reg_open(reg);
		reg_check(reg);
		read_head(reg, now);
		reg_close(reg);
		/* From the rename on it is the new one. */
		changed |= memcmp(now, before, CHAIN_SIZE) != 0;
		assert_memory_equal(now, changed ? after : before, CHAIN_SIZE);
	}
	assert_true(n > 50);
	assert_memory_equal(now, after, CHAIN_SIZE);
}

static void a_kill_leaves_the_old_store_or_the_restored_one(void **state)
{
	struct scene *scene = *state;
	struct reg *reg = scene->reg;
	unsigned char before[CHAIN_SIZE];
	struct copy copy;

	close(back_up(scene, "copy", &copy));
	reg_edit(reg, reg_status(3, 2, "closed"));
	read_head(reg, before);
	reg_close(reg);
	kill_at_every_call(scene, act_restore, before, copy.head);
}

static void a_kill_leaves_a_whole_store_to_compact(void **state)
{
	struct scene *scene = *state;
	unsigned char head[CHAIN_SIZE];

	read_head(scene->reg, head);
	reg_close(scene->reg);
	kill_at_every_call(scene, act_compact, head, head);
	assert_int_equal(entries_in(scene->reg->dir), 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(a_copy_holds_what_the_store_holds),
		TEST(a_stopped_writer_stops_no_backup),
		TEST(a_copy_of_a_damaged_store_is_refused),
		TEST(lost_pages_hinder_no_backup),
		TEST(what_is_written_twice_may_fail_the_second_time),
		TEST(a_large_table_is_moved_whole),
		TEST(what_cannot_be_kept_is_not_replaced),
		TEST(a_backup_on_another_disk_is_restored),
		TEST(a_copy_that_cannot_be_written_is_refused),
		TEST(restores_what_was_copied_and_keeps_what_was_there),
		TEST(only_what_was_kept_is_opened_by_its_name),
		TEST(a_bad_backup_changes_nothing),
		TEST(nothing_is_replaced_under_anybody),
		TEST(restores_where_no_store_was),
		TEST(compacts_to_the_same_and_keeps_nothing),
		TEST(a_damaged_store_is_not_compacted),
		TEST(a_missing_store_is_named),
		TEST(an_administrator_copies_but_only_root_replaces),
		TEST(what_a_dead_attempt_left_is_swept),
		TEST(a_kill_leaves_the_old_store_or_the_restored_one),
		TEST(a_kill_leaves_a_whole_store_to_compact),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
