/*
 * Files, pipes and sockets to import from that are not what they should be,
 * and a system that has nothing left.
 */
#include "exchange/source.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "exchange/lines.h"
#include "exchange/reader.h"
#include "fixture.h"

#define TABLE "编号,案由\n4,甲\n"

/* rows_read() of "-", which is `fd`; closes it. */
static bool read_standard(int fd, struct rows *rows, struct err *err)
{
	int old = dup(STDIN_FILENO);

	assert_true(old >= 0);
	assert_int_equal(dup2(fd, STDIN_FILENO), STDIN_FILENO);
	close(fd);
	bool ok = rows_read(rows, "-", NULL, err);
	assert_int_equal(dup2(old, STDIN_FILENO), STDIN_FILENO);
	close(old);
	return ok;
}

static void refused(int fd, enum err_code code, const char *words)
{
	struct err err = {0};
	struct rows rows;

	assert_false(read_standard(fd, &rows, &err));
	assert_int_equal(err.code, code);
	if (!strstr(err.text, words))
		fail_msg("“%s” is not in: %s", words, err.text);
}

/* A pipe that holds a text and is closed behind it. */
static int pipe_of(const char *text)
{
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], text, strlen(text)), strlen(text));
	close(ends[1]);
	return ends[0];
}

/* What a read is waiting for comes from a signal, after some without it. */
static volatile sig_atomic_t ticks;
static int late_end;

static void on_alarm(int number)
{
	(void)number;
	if (++ticks != 5)
		return;
	if (write(late_end, TABLE, sizeof(TABLE) - 1) > 0)
		close(late_end);
}

static int late_pipe(void)
{
	struct sigaction action = {.sa_handler = on_alarm};
	struct itimerval soon = {{0, 2000}, {0, 2000}};
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	late_end = ends[1];
	ticks = 0;
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &soon, NULL);
	return ends[0];
}

static void late_stop(void)
{
	struct itimerval never = {{0, 0}, {0, 0}};

	setitimer(ITIMER_REAL, &never, NULL);
	signal(SIGALRM, SIG_DFL);
}

static void a_signal_does_not_end_a_file(void **state)
{
	struct lines lines;
	struct line line;
	struct rows rows;
	int fd = late_pipe();
	(void)state;

	lines_begin(&lines, fd, 100, NULL);
	for (unsigned i = 1; i <= 2; i++) {
		assert_true(lines_next(&lines, &line));
		assert_int_equal(line.number, i);
	}
	assert_false(lines_next(&lines, &line));
	assert_int_equal(lines.failed, 0);
	lines_end(&lines);
	late_stop();
	close(fd);

	fd = late_pipe();
	OK(read_standard(fd, &rows, err));
	late_stop();
	assert_int_equal(rows.count, 1);
	rows_free(&rows);
}

static void an_empty_line_is_a_line(void **state)
{
	static const char *const expected[] = {"", "", "x", "", "y"};
	int fd = pipe_of("\n\r\nx\n\ny");
	struct lines lines;
	struct line line;
	(void)state;

	lines_begin(&lines, fd, 1, NULL);
	for (size_t i = 0; i < LENGTH(expected); i++) {
		assert_true(lines_next(&lines, &line));
		assert_int_equal(line.len, strlen(expected[i]));
		assert_memory_equal(line.text, expected[i], line.len);
	}
	assert_false(lines_next(&lines, &line));
	lines_end(&lines);
	close(fd);
}

static void a_file_that_cannot_be_read_on_is_told(void **state)
{
	int folder = open("/", O_RDONLY | O_DIRECTORY), ends[2];
	struct rows rows = {0};
	struct err err = {0};
	struct lines lines;
	struct line line;
	(void)state;

	lines_begin(&lines, folder, 100, NULL);
	assert_false(lines_next(&lines, &line));
	assert_int_equal(lines.failed, EISDIR);
	lines_end(&lines);
	assert_false(rows_json(&rows, folder, &err));
	assert_non_null(strstr(err.text, "读不了"));
	rows_free(&rows);
	close(folder);

	/* The other end goes with something of ours unread. */
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	assert_int_equal(write(ends[0], "x", 1), 1);
	close(ends[1]);
	refused(ends[0], ERR_USAGE, "标准输入：读不了");
}

static void a_terminal_is_no_file(void **state)
{
	int primary = posix_openpt(O_RDWR | O_NOCTTY);
	(void)state;

	assert_int_equal(grantpt(primary), 0);
	assert_int_equal(unlockpt(primary), 0);
	refused(open(ptsname(primary), O_RDWR | O_NOCTTY), ERR_USAGE,
		"标准输入是终端");
	close(primary);
}

static void a_pipe_that_memory_cannot_hold_is_told(void **state)
{
	struct rlimit old, small;
	int fd = pipe_of(TABLE);
	(void)state;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = (struct rlimit){4, old.rlim_max};
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	struct err err = {0};
	struct rows rows;
	bool ok = read_standard(fd, &rows, &err);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	signal(SIGXFSZ, SIG_DFL);
	assert_false(ok);
	assert_non_null(strstr(err.text, "内存里放不下"));
}

/* So many descriptors more, and none beyond. */
static bool read_with(int more, int fd,
		      bool (*read)(struct rows *, int, struct err *),
		      struct err *err)
{
	struct rlimit old, few;
	struct rows rows = {.source = ""};
	int next = dup(fd);

	close(next);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	few = (struct rlimit){(rlim_t)(next + more), old.rlim_max};
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
	bool ok = read(&rows, fd, err);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
	if (ok)
		rows_free(&rows);
	return ok;
}

static bool read_here(struct rows *rows, int fd, struct err *err)
{
	(void)fd;
	return rows_read(rows, "-", NULL, err);
}

static void says_when_there_are_no_descriptors_left(void **state)
{
	int old = dup(STDIN_FILENO), fd = pipe_of(TABLE);
	struct err err = {0};
	(void)state;

	assert_int_equal(dup2(fd, STDIN_FILENO), STDIN_FILENO);
	assert_false(read_with(0, fd, read_here, &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_non_null(strstr(err.text, "标准输入：打不开"));
	assert_false(read_with(1, fd, read_here, &err));
	assert_int_equal(err.code, ERR_INTERNAL);
	assert_non_null(strstr(err.text, "标准输入：内存里放不下"));
	assert_false(read_with(1, fd, rows_sheet, &err));
	assert_int_equal(err.code, ERR_INTERNAL);
	assert_non_null(strstr(err.text, "开不了管道"));
	assert_true(read_with(2, fd, rows_sheet, &err));
	assert_int_equal(dup2(old, STDIN_FILENO), STDIN_FILENO);
	close(old);
	close(fd);
}

static void a_file_of_five_gigabytes_is_not_begun(void **state)
{
	char dir[64], path[80];
	(void)state;

	dir_make(dir);
	snprintf(path, sizeof(path), "%s/large.csv", dir);
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL, 0600);
	assert_int_equal(ftruncate(fd, (off_t)5 << 30), 0);
	refused(fd, ERR_USAGE, "标准输入：超过 4 GB");
	dir_remove(dir);
}

static void takes_a_million_rows_and_no_more(void **state)
{
	static const char *const heads[] = {"", "编号,案由\n"};
	static const char *const rows_of[] = {"{}\n", ",x\n"};
	char dir[64], path[80];
	(void)state;

	dir_make(dir);
	snprintf(path, sizeof(path), "%s/many", dir);
	for (size_t i = 0; i < 2; i++) {
		struct buf text = {0};
		struct err err = {0};
		struct rows rows;

		buf_str(&text, heads[i]);
		for (unsigned n = 0; n <= ROWS_MAX; n++)
			buf_str(&text, rows_of[i]);
		file_write(path, text.data, text.len);
		assert_false(rows_read(&rows, path, NULL, &err));
		if (!strstr(err.text, "超过 1000000 行"))
			fail_msg("%s", err.text);
		buf_free(&text);
	}
	dir_remove(dir);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_signal_does_not_end_a_file),
		cmocka_unit_test(an_empty_line_is_a_line),
		cmocka_unit_test(a_file_that_cannot_be_read_on_is_told),
		cmocka_unit_test(a_terminal_is_no_file),
		cmocka_unit_test(a_pipe_that_memory_cannot_hold_is_told),
		cmocka_unit_test(says_when_there_are_no_descriptors_left),
		cmocka_unit_test(a_file_of_five_gigabytes_is_not_begun),
		cmocka_unit_test(takes_a_million_rows_and_no_more),
	};
	return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
