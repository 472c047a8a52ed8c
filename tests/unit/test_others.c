/*
 * Others who have the store open: who holds the gate whatever its line says,
 * who reads what is old, who makes the file larger; and a store that is not
 * there any more when it is opened again.
 */
#include "raw.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/progress.h"
#include "store/health.h"
#include "store/presence.h"

static struct reg *reg;

static int start(void **state)
{
	(void)state;
	reg = reg_new();
	reg_fill(reg, 4, "received");
	return 0;
}

static int stop(void **state)
{
	(void)state;
	reg_free(reg);
	return 0;
}

static const char *path_of(const char *name)
{
	return arena_printf(&reg->arena, "%s/%s", reg->dir, name);
}

/* -- somebody else, in a process of his own */

struct other {
	pid_t pid;
	int told, wake;
};

/* In the child: what was to happen has happened; on when told to. */
static void say_so(const struct other *other)
{
	char byte;

	if (write(other->told, "x", 1) != 1 || read(other->wake, &byte, 1) < 0)
		_exit(1);
}

static void hear(struct other *other)
{
	char byte;

	assert_int_equal(read(other->told, &byte, 1), 1);
}

static struct other begin(void (*run)(const struct other *other))
{
	int told[2], wake[2];
	struct other other;

	assert_int_equal(pipe(told), 0);
	assert_int_equal(pipe(wake), 0);
	other.pid = fork();
	assert_true(other.pid >= 0);
	if (other.pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		other.told = told[1];
		other.wake = wake[0];
		reg->store = NULL;
		run(&other);
		_exit(0);
	}
	close(told[1]);
	close(wake[0]);
	other.told = told[0];
	other.wake = wake[1];
	hear(&other);
	return other;
}

/* He goes on; returns when he says so again. */
static void go_on(struct other *other)
{
	assert_int_equal(write(other->wake, "x", 1), 1);
	hear(other);
}

static void end(struct other *other)
{
	kill(other->pid, SIGKILL);
	assert_int_equal(waitpid(other->pid, NULL, 0), other->pid);
	close(other->told);
	close(other->wake);
}

/* -- the gate */

static void hold_the_gate(const struct other *other)
{
	const struct who who = {1007, 1007, "王芳", ""};
	struct gate gate = {.fd = -1};
	struct err err;

	if (gate_enter(&gate, reg->dir, &who, NULL, NULL, &err))
		say_so(other);
}

static void a_line_says_what_can_be_read_of_it(void **state)
{
	static const struct {
		const char *line;
		uint32_t pid;
		const char *name;
	} cases[] = {
		{"", 0, ""},
		{"1x 2 3 甲\n", 0, ""},
		{"99999999999999999999999 2 3 甲\n", 0, ""},
		{"0 2 3 甲\n", 0, "甲"},
		{"4000000 8 9 \n", 4000000, ""},
		{"4000000 8 9 甲 乙   \n", 4000000, "甲 乙"},
		{"4000000 8 9 "
		 "0123456789012345678901234567890123456789"
		 "0123456789012345678901234567890123456789\n",
		 4000000,
		 "012345678901234567890123456789012345678901234567890123456789"
		 "012"},
	};
	struct other other = begin(hold_the_gate);
	struct gate_holder seen;
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		file_write(path_of(GATE_FILE), cases[i].line,
			   strlen(cases[i].line));
		assert_true(gate_look(reg->dir, &seen));
		assert_int_equal(seen.pid, cases[i].pid);
		assert_string_equal(seen.name, cases[i].name);
		assert_false(seen.stopped);
	}
	end(&other);
}

static void a_long_name_is_cut_between_characters(void **state)
{
	struct buf name = {0};
	struct gate gate = {.fd = -1};
	struct gate_holder seen;
	(void)state;

	for (int i = 0; i < 40; i++)
		buf_str(&name, "芳");
	const struct who who = {1, 1, name.data, ""};
	assert_ok(reg,
		  gate_enter(&gate, reg->dir, &who, NULL, NULL, &reg->err));
	assert_true(gate_look(reg->dir, &seen));
	assert_int_equal(seen.pid, getpid());
	assert_int_equal(strlen(seen.name), 63);
	assert_int_equal(strncmp(seen.name, name.data, 63), 0);
	gate_leave(&gate);
	gate_close(&gate);
	buf_free(&name);
}

static void hold_and_be_traced(const struct other *other)
{
	const struct who who = {1007, 1007, "王芳", ""};
	struct gate gate = {.fd = -1};
	struct err err;

	if (!gate_enter(&gate, reg->dir, &who, NULL, NULL, &err) ||
	    ptrace(PTRACE_TRACEME, 0, NULL, NULL) ||
	    write(other->told, "x", 1) != 1)
		_exit(1);
	raise(SIGSTOP);
}

/* A debugger stops a writer as well. */
static void a_writer_under_a_debugger_is_stopped(void **state)
{
	struct other other = begin(hold_and_be_traced);
	struct gate_holder seen;
	int status;
	(void)state;

	assert_int_equal(waitpid(other.pid, &status, WUNTRACED), other.pid);
	assert_true(WIFSTOPPED(status));
	assert_true(gate_look(reg->dir, &seen));
	assert_int_equal(seen.pid, other.pid);
	assert_true(seen.stopped);
	end(&other);
}

static void wait_for_the_gate(const struct other *other)
{
	struct edit edit = reg_status(1, 1, "filed");

	reg_open(reg);
	if (write(other->told, "x", 1) != 1)
		_exit(1);
	if (reg_try(reg, &edit, 1) || reg->err.code != ERR_BUSY ||
	    !strstr(reg->err.text, "王芳（进程 ") ||
	    strstr(reg->err.text, "暂停"))
		_exit(1);
}

/* It takes its time: both wait at once, here and in another process. */
static void who_waits_too_long_is_told_for_whom(void **state)
{
	const struct who me = {1, 1, "李明", ""};
	struct reg *first = reg;
	struct other holder = begin(hold_the_gate);
	struct other waiter = begin(wait_for_the_gate);
	struct gate gate = {.fd = -1};
	int status;
	(void)state;

	reg = reg_new();
	struct other second = begin(hold_the_gate);
	file_write(path_of(GATE_FILE), "?", 1);
	assert_false(gate_enter(&gate, reg->dir, &me, NULL, NULL, &reg->err));
	assert_int_equal(reg->err.code, ERR_BUSY);
	assert_says(reg, "未保存：另一个程序正在写入");
	gate_close(&gate);
	end(&second);
	reg_free(reg);

	reg = first;
	assert_int_equal(waitpid(waiter.pid, &status, 0), waiter.pid);
	assert_int_equal(status, 0);
	close(waiter.told);
	close(waiter.wake);
	end(&holder);
}

static bool a_few_times(struct progress *progress)
{
	int *asked = progress->arg;

	assert_int_equal(progress->done, 0);
	return ++*asked < 3;
}

static void who_waits_to_save_can_give_up(void **state)
{
	struct edit edit = reg_status(1, 1, "filed");
	struct commit commit = reg_batch(&edit, 1);
	struct other other = begin(hold_the_gate);
	int asked = 0;
	struct progress progress = {.tell = a_few_times, .arg = &asked};
	(void)state;

	commit.progress = &progress;
	assert_false(reg_commit(reg, &commit));
	assert_int_equal(reg->err.code, ERR_REFUSED);
	assert_says(reg, "已取消");
	assert_int_equal(asked, 3);
	end(&other);
}

/* Its clock needs one of the signals that a user may have waiting. */
static void who_cannot_wait_is_told(void **state)
{
	const struct who me = {1, 1, "李明", ""};
	struct other other = begin(hold_the_gate);
	struct gate gate = {.fd = -1};
	struct rlimit old, none;
	(void)state;

	assert_int_equal(getrlimit(RLIMIT_SIGPENDING, &old), 0);
	none = (struct rlimit){0, old.rlim_max};
	assert_int_equal(setrlimit(RLIMIT_SIGPENDING, &none), 0);
	assert_false(gate_enter(&gate, reg->dir, &me, NULL, NULL, &reg->err));
	assert_int_equal(setrlimit(RLIMIT_SIGPENDING, &old), 0);
	assert_int_equal(reg->err.code, ERR_BUSY);
	assert_says(reg, "未保存");
	gate_close(&gate);
	end(&other);
}

/* -- readers */

static void read_twice(const struct other *other)
{
	struct reading *reading;

	reg_open(reg);
	reading = reg_begin(reg);
	reading_end(reading);
	say_so(other);
	reading = reg_begin(reg);
	say_so(other);
}

static void read_once(const struct other *other)
{
	reg_open(reg);
	reg_begin(reg);
	say_so(other);
}

/* Whoever has which place in the table of readers. */
static void who_reads_the_oldest_is_known(void **state)
{
	struct other first = begin(read_twice), second = begin(read_once);
	struct health health;
	(void)state;

	reg_edit(reg, reg_status(1, 1, "filed"));
	go_on(&first);
	reg_edit(reg, reg_status(2, 1, "filed"));
	health_look(reg->dir, reg->store, &health);
	assert_int_equal(health.lag, 2);
	assert_int_equal(health.lag_pid, second.pid);
	health_free(&health);
	end(&second);

	struct other third = begin(read_once);
	reg_edit(reg, reg_status(3, 1, "filed"));
	health_look(reg->dir, reg->store, &health);
	assert_int_equal(health.lag, 2);
	assert_int_equal(health.lag_pid, first.pid);
	health_free(&health);
	end(&first);
	end(&third);
}

static void who_reads_the_newest_keeps_nobody(void **state)
{
	struct other other = begin(read_once);
	struct health health;
	(void)state;

	health_look(reg->dir, reg->store, &health);
	assert_int_equal(health.lag, 0);
	assert_true(health.readers >= 1);
	health_free(&health);
	end(&other);
}

static void of_a_full_folder_the_first_files_are_looked_at(void **state)
{
	struct health health;
	char name[16];
	(void)state;

	for (int i = 0; i < 1010; i++) {
		snprintf(name, sizeof(name), "%04d", i);
		file_write(path_of(name), "", 0);
	}
	env_drop(reg->store);
	health_look(reg->dir, reg->store, &health);
	assert_int_equal(health.file_count, 1000);
	assert_int_equal(health.map_size, 0);
	health_free(&health);
}

/* -- who is in */

static void come_in(const struct other *other)
{
	reg_open(reg);
	say_so(other);
}

static void of_many_people_some_are_named(void **state)
{
	struct other others[10];
	size_t named = 0;
	int fd;
	(void)state;

	reg_close(reg);
	for (size_t i = 0; i < LENGTH(others); i++)
		others[i] = begin(come_in);
	assert_false(presence_alone(reg->dir, &fd, &reg->err));
	assert_int_equal(reg->err.code, ERR_BUSY);
	assert_says(reg, "等 10 个程序");
	for (const char *at = reg->err.text; (at = strstr(at, "（test_others"));
	     named++)
		at++;
	assert_int_equal(named, 8);
	for (size_t i = 0; i < LENGTH(others); i++)
		end(&others[i]);
}

/* A link could lead to any file that the group may write. */
static void nobody_comes_in_through_a_link(void **state)
{
	int fd;
	(void)state;

	reg_close(reg);
	assert_int_equal(unlink(path_of(PRESENCE_FILE)), 0);
	assert_int_equal(symlink("elsewhere", path_of(PRESENCE_FILE)), 0);
	assert_false(presence_alone(reg->dir, &fd, &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_false(
		store_open(&reg->store, reg->dir, STORE_READ_WRITE, &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_int_not_equal(access(path_of("elsewhere"), F_OK), 0);
}

/* -- a file that becomes larger, or another, or none */

static void make_it_larger(const struct other *other)
{
	struct proposal *p = reg_proposal(reg, 50, "filed");
	char *body = arena_alloc(&reg->arena, 200001);

	memset(body, 'x', 200000);
	p->body = body;
	reg_open(reg);
	reg_edit(reg, reg_put(p, 0));
	say_so(other);
}

static void a_map_that_others_made_larger_is_followed(void **state)
{
	MDB_envinfo info;
	(void)state;

	for (int writes = 0; writes < 2; writes++) {
		reading_end(reg_begin(reg));
		assert_int_equal(mdb_env_info(reg->store->env, &info), 0);
		assert_int_equal(mdb_env_set_mapsize(reg->store->env,
						     (info.me_last_pgno + 1) *
							     STORE_PAGE),
				 0);
		struct other other = begin(make_it_larger);
		end(&other);
		if (writes)
			reg_edit(reg, reg_status(1, 1, "filed"));
		assert_int_equal(strlen(reg_get(reg, 50).body), 200000);
		reg_edit(reg, reg_remove(50, writes ? 3 : 1));
	}
	reg_check(reg);
}

/* A commit that failed has closed it; meanwhile the file went. */
static void a_store_that_is_gone_is_not_opened_again(void **state)
{
	struct edit edit = reg_status(1, 1, "filed");
	struct reading *reading;
	(void)state;

	env_drop(reg->store);
	assert_int_equal(rename(path_of("data.mdb"), path_of("moved")), 0);
	assert_false(reg_try(reg, &edit, 1));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, "没有提案库");
	assert_false(reading_begin(reg->store, &reading, &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_int_equal(rename(path_of("moved"), path_of("data.mdb")), 0);
	reg_edit(reg, edit);
}

static void a_long_history_is_whole(void **state)
{
	struct event *events;
	(void)state;

	for (uint32_t revision = 1; revision <= 20; revision++)
		reg_edit(reg, reg_status(1, revision,
					 revision % 2 ? "filed" : "received"));
	assert_int_equal(reg_history(reg, 1, &events), 21);
	for (uint32_t i = 0; i < 21; i++)
		assert_int_equal(events[i].revision, 21 - i);
}

static void a_reading_ends_once(void **state)
{
	struct reading *reading = reg_begin(reg);
	struct proposal p;
	(void)state;

	assert_false(reading_proposal(reading, 4, &reg->arena, &p, &reg->err));
	assert_int_equal(reg->err.code, ERR_NOT_FOUND);
	reading_end(reading);
	reading_end(reading);
	reading_end(NULL);
	reading_end(reg_begin(reg));
}

/* -- operations */

static void operation_of(uint32_t number, unsigned char id[16])
{
	struct reading *reading = reg_begin(reg);
	struct slice bytes;
	struct stamp stamp;
	struct batch batch;

	assert_int_equal(table_get(reg->store, reading->txn, TABLE_BATCHES,
				   place_of(number), &bytes),
			 0);
	assert_true(batch_decode(number, bytes, &reg->arena, &batch, &stamp));
	reading_end(reading);
	memcpy(id, stamp.operation, 16);
}

static uint32_t batch_with(const unsigned char id[16])
{
	struct reading *reading = reg_begin(reg);
	uint32_t number = reading_operation(reading, id);

	reading_end(reading);
	return number;
}

/* What a commit asks that does not know whether it was written. */
static void an_operation_is_found_among_the_newest_batches(void **state)
{
	unsigned char first[16], second[16], none[16] = {0};
	(void)state;

	for (uint32_t revision = 1; revision <= 3; revision++)
		reg_edit(reg, reg_status(1, revision,
					 revision % 2 ? "filed" : "received"));
	operation_of(1, first);
	operation_of(3, second);
	assert_int_equal(batch_with(first), 1);
	assert_int_equal(batch_with(second), 3);
	assert_int_equal(batch_with(none), 0);

	/* Past one that is damaged. */
	reg_close(reg);
	struct raw raw = raw_open(reg);
	raw_flip(&raw, TABLE_BATCHES, place_of(4), 9);
	raw_close(&raw);
	reg_open(reg);
	assert_int_equal(batch_with(second), 3);
}

/* -- the head of the file */

static void put_number(struct buf *file, size_t page, size_t at,
		       uint64_t number)
{
	memcpy(file->data + page * STORE_PAGE + at, &number, sizeof(number));
}

static uint64_t get_number(const struct buf *file, size_t page, size_t at)
{
	uint64_t number;

	memcpy(&number, file->data + page * STORE_PAGE + at, sizeof(number));
	return number;
}

/* struct MDB_meta of mdb.c, and where its numbers stand in a page. */
enum {
	MAP_SIZE_AT = 32,
	FREE_ROOT_AT = 80,
	ROOT_AT = 128,
	LAST_AT = 136,
	TXN_AT = 144
};

static void not_opened(const struct buf *file)
{
	file_write(path_of("data.mdb"), file->data, file->len);
	assert_false(
		store_open(&reg->store, reg->dir, STORE_READ_WRITE, &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, "文件头已损坏");
}

static void a_head_that_contradicts_itself_is_refused(void **state)
{
	struct buf file;
	(void)state;

	reg_close(reg);
	file = file_read(path_of("data.mdb"));
	size_t newest =
		get_number(&file, 1, TXN_AT) > get_number(&file, 0, TXN_AT);
	uint64_t last = get_number(&file, newest, LAST_AT);
	uint64_t txn = get_number(&file, newest, TXN_AT);
	uint64_t map = get_number(&file, newest, MAP_SIZE_AT);

	put_number(&file, newest, TXN_AT, txn + 1);
	not_opened(&file);
	put_number(&file, newest, TXN_AT, txn);

	put_number(&file, newest, MAP_SIZE_AT, last * STORE_PAGE);
	not_opened(&file);
	put_number(&file, newest, MAP_SIZE_AT, map);

	for (size_t at = FREE_ROOT_AT; at <= ROOT_AT;
	     at += ROOT_AT - FREE_ROOT_AT) {
		uint64_t root = get_number(&file, newest, at);

		put_number(&file, newest, at, last + 1);
		not_opened(&file);
		put_number(&file, newest, at, root);
	}
	file_write(path_of("data.mdb"), file.data, file.len);
	buf_free(&file);
	reg_open(reg);
	reg_check(reg);
}

static void an_error_of_lmdb_without_a_sentence_has_its_number(void **state)
{
	struct err err;
	(void)state;

	assert_false(store_failed(&err, MDB_BAD_VALSIZE, "提案库"));
	assert_int_equal(err.code, ERR_STORE);
	assert_non_null(strstr(err.text, "LMDB 出错（-30781）"));
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, start, stop)
	static const struct CMUnitTest tests[] = {
		TEST(a_line_says_what_can_be_read_of_it),
		TEST(a_long_name_is_cut_between_characters),
		TEST(a_writer_under_a_debugger_is_stopped),
		TEST(who_waits_too_long_is_told_for_whom),
		TEST(who_waits_to_save_can_give_up),
		TEST(who_cannot_wait_is_told),
		TEST(who_reads_the_oldest_is_known),
		TEST(who_reads_the_newest_keeps_nobody),
		TEST(of_a_full_folder_the_first_files_are_looked_at),
		TEST(of_many_people_some_are_named),
		TEST(nobody_comes_in_through_a_link),
		TEST(a_map_that_others_made_larger_is_followed),
		TEST(a_store_that_is_gone_is_not_opened_again),
		TEST(a_long_history_is_whole),
		TEST(a_reading_ends_once),
		TEST(an_operation_is_found_among_the_newest_batches),
		TEST(a_head_that_contradicts_itself_is_refused),
		cmocka_unit_test(
			an_error_of_lmdb_without_a_sentence_has_its_number),
	};
	return cmocka_run_group_tests_name("others", tests, NULL, NULL);
}
