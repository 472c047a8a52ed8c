#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/privilege.h"

/*
 * As the set-group-id program finds itself: the group of root as a person's
 * own, another as effective and saved. Each claim is tried in a child; only
 * root can arrange it, and without root there is nothing to drop.
 */
enum { STRANGER = 54321, OWN = 54322, PROGRAM = 54323, SKIPPED = 77 };

static int in_child(bool (*claim)(void))
{
	int status = 0;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		if (geteuid() != 0)
			_exit(SKIPPED);
		if (setgroups(0, NULL) || setresgid(OWN, PROGRAM, PROGRAM) ||
		    setresuid(STRANGER, STRANGER, STRANGER))
			_exit(2);
		_exit(claim() ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void proves(bool (*claim)(void))
{
	int status = in_child(claim);

	if (status == SKIPPED)
		skip();
	assert_int_equal(status, 0);
}

static char folder[] = "/tmp/privilege-XXXXXX";
static char path[64];

/* A file that only the program's group may read. */
static int setup(void **state)
{
	(void)state;
	if (!mkdtemp(folder) || chmod(folder, 0755))
		return -1;
	snprintf(path, sizeof(path), "%s/store", folder);
	int fd = open(path, O_CREAT | O_WRONLY, 0060);
	if (fd < 0 || fchmod(fd, 0060))
		return -1;
	if (geteuid() == 0 && fchown(fd, 0, PROGRAM))
		return -1;
	return close(fd);
}

static int teardown(void **state)
{
	(void)state;
	return unlink(path) || rmdir(folder);
}

static bool store_opens(void)
{
	int fd = open(path, O_RDWR);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static bool named_file_is_opened_without(void)
{
	bool before = store_opens();
	int fd = open_as_user(path, O_RDONLY, 0);

	return before && fd < 0 && errno == EACCES && store_opens() &&
	       privilege_held();
}

static void a_named_file_is_opened_without_the_group(void **state)
{
	(void)state;
	proves(named_file_is_opened_without);
}

static bool lowered_is_shut_out(void)
{
	if (!privilege_lower())
		return false;
	bool shut = !store_opens() && getegid() == OWN && privilege_held();
	errno = ENOTTY;
	privilege_raise();
	return shut && errno == ENOTTY && getegid() == PROGRAM && store_opens();
}

static void the_group_is_away_only_between_lower_and_raise(void **state)
{
	(void)state;
	proves(lowered_is_shut_out);
}

static bool dropped_is_for_good(void)
{
	struct err err = {0};
	gid_t real, effective, saved;

	if (!privilege_drop(&err) || getresgid(&real, &effective, &saved))
		return false;
	return real == OWN && effective == OWN && saved == OWN &&
	       !privilege_held() && setegid(PROGRAM) != 0 && !store_opens();
}

static void what_is_dropped_does_not_come_back(void **state)
{
	(void)state;
	proves(dropped_is_for_good);
}

/* Variables on both sides of the line, and what was before. */
static bool environment_is_cleared(void)
{
	static const char *const kept[] = {
		"TERM", "LANG",     "LC_ALL",    "LC_CTYPE",
		"TZ",   "NO_COLOR", "COLORTERM", "SSH_CONNECTION"};
	static const char *const gone[] = {"HOME",
					   "PATH",
					   "TERMINFO",
					   "TERMCAP",
					   "LINES",
					   "LANGUAGE",
					   "PROPOSALS_STORE",
					   "XDG_DATA_HOME",
					   "TERMX",
					   "LD_PRELOAD",
					   "TMPDIR",
					   "NLSPATH",
					   "ESCDELAY",
					   "SSH_CONNECTIONS",
					   "TZDIR",
					   "IFS"};
	struct err err = {0};

	clearenv();
	for (size_t i = 0; i < LENGTH(gone); i++) {
		setenv(gone[i], "x", 1);
		if (i < LENGTH(kept))
			setenv(kept[i], "x", 1);
	}
	if (!privilege_start(1, &err))
		return false;
	for (size_t i = 0; i < LENGTH(kept); i++)
		if (!getenv(kept[i]))
			return false;
	for (size_t i = 0; i < LENGTH(gone); i++)
		if (getenv(gone[i]))
			return false;
	clearenv();
	return privilege_start(1, &err);
}

static void only_a_terminal_and_a_language_stay_in_the_environment(void **state)
{
	(void)state;
	proves(environment_is_cleared);
}

/* In a child, as the descriptors of this one are needed. */
static void missing_descriptors_are_open_and_take_nothing(void **state)
{
	(void)state;
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		close(0);
		close(1);
		close(2);
		privilege_fill_fds();
		int next = open("/dev/null", O_RDONLY);
		_exit(next >= 3 && write(1, "x", 1) < 0 && write(2, "x", 1) < 0
			      ? 0
			      : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void an_ordinary_start_keeps_the_environment(void **state)
{
	(void)state;
	struct err err = {0};

	setenv("PROPOSALS_STORE", "here", 1);
	assert_true(privilege_start(1, &err));
	assert_false(privilege_held());
	assert_string_equal(getenv("PROPOSALS_STORE"), "here");
	assert_int_equal(umask(007), 007);
	assert_int_equal(signal(SIGPIPE, SIG_DFL), SIG_IGN);
	assert_int_equal(signal(SIGXFSZ, SIG_DFL), SIG_IGN);
	assert_false(privilege_start(0, &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_true(privilege_lower());
	privilege_raise();
	int fd = open_as_user(folder, O_RDONLY | O_DIRECTORY, 0);
	assert_true(fd > 2);
	assert_int_equal(fcntl(fd, F_GETFD), FD_CLOEXEC);
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_named_file_is_opened_without_the_group),
		cmocka_unit_test(
			the_group_is_away_only_between_lower_and_raise),
		cmocka_unit_test(what_is_dropped_does_not_come_back),
		cmocka_unit_test(
			only_a_terminal_and_a_language_stay_in_the_environment),
		cmocka_unit_test(missing_descriptors_are_open_and_take_nothing),
		cmocka_unit_test(an_ordinary_start_keeps_the_environment),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
