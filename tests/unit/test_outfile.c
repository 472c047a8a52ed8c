#include <dirent.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/outfile.h"
#include "fixture.h"
#include "poor_kernel.h"

struct scene {
	char dir[64], path[400];
};

static int setup(void **state)
{
	struct scene *scene = calloc(1, sizeof(*scene));

	assert_non_null(scene);
	dir_make(scene->dir);
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

static const char *path_of(struct scene *scene, const char *name)
{
	snprintf(scene->path, sizeof(scene->path), "%s/%s", scene->dir, name);
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

static void write_word(struct outfile *out, const char *path)
{
	OK(outfile_open(out, path, err));
	OK(outfile_write(out, "whole", 5, err));
}

static void assert_holds(const char *path, const char *text)
{
	struct buf bytes = file_read(path);

	assert_string_equal(buf_text(&bytes), text);
	buf_free(&bytes);
}

static void assert_refused(const char *path, enum err_code code)
{
	struct outfile out;
	struct err err = {0};

	assert_false(outfile_open(&out, path, &err));
	assert_int_equal(err.code, code);
	assert_int_equal(out.fd, -1);
	if (*path)
		assert_non_null(strstr(err.text, path));
	outfile_drop(&out);
}

static void appears_whole_and_for_one_person(void **state)
{
	struct scene *scene = *state;
	const char *path = path_of(scene, "file");
	mode_t mask = umask(0777);
	struct outfile out;
	struct stat st;

	write_word(&out, path);
	umask(mask);
	assert_int_equal(stat(path, &st), -1);
	OK(outfile_keep(&out, err));
	assert_int_equal(out.fd, -1);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_holds(path, "whole");
	assert_int_equal(entries_in(scene->dir), 1);
	outfile_drop(&out);
	assert_int_equal(entries_in(scene->dir), 1);
}

static void a_name_without_a_folder_is_in_this_one(void **state)
{
	struct scene *scene = *state;
	struct outfile out;
	int here = open(".", O_RDONLY | O_CLOEXEC);

	assert_int_equal(chdir(scene->dir), 0);
	write_word(&out, "file");
	OK(outfile_keep(&out, err));
	assert_int_equal(fchdir(here), 0);
	close(here);
	assert_holds(path_of(scene, "file"), "whole");
}

static void what_is_given_up_was_never_there(void **state)
{
	struct scene *scene = *state;
	struct outfile out;

	write_word(&out, path_of(scene, "file"));
	outfile_drop(&out);
	assert_int_equal(entries_in(scene->dir), 0);
}

static void a_kill_leaves_nothing(void **state)
{
	struct scene *scene = *state;
	struct outfile out;
	pid_t pid = fork();

	if (!pid) {
		write_word(&out, path_of(scene, "file"));
		kill(getpid(), SIGKILL);
	}
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	assert_int_equal(entries_in(scene->dir), 0);
}

static void takes_the_place_of_nothing(void **state)
{
	struct scene *scene = *state;
	struct outfile out;
	struct err err;

	file_write(path_of(scene, "file"), "mine", 4);
	assert_refused(path_of(scene, "file"), ERR_REFUSED);
	assert_holds(path_of(scene, "file"), "mine");
	assert_int_equal(symlink("nowhere", path_of(scene, "link")), 0);
	assert_refused(path_of(scene, "link"), ERR_REFUSED);
	assert_int_equal(mkfifo(path_of(scene, "pipe"), 0600), 0);
	assert_refused(path_of(scene, "pipe"), ERR_REFUSED);
	assert_refused(path_of(scene, "."), ERR_REFUSED);
	assert_refused(scene->dir, ERR_REFUSED);

	/* Somebody was faster. */
	write_word(&out, path_of(scene, "late"));
	file_write(path_of(scene, "late"), "mine", 4);
	assert_false(outfile_keep(&out, &err));
	assert_int_equal(err.code, ERR_REFUSED);
	assert_holds(path_of(scene, "late"), "mine");
	assert_int_equal(entries_in(scene->dir), 4);
}

static void a_path_that_leads_nowhere_is_named(void **state)
{
	struct scene *scene = *state;
	char name[300];

	file_write(path_of(scene, "file"), "x", 1);
	assert_refused(path_of(scene, "no/file"), ERR_USAGE);
	assert_refused(path_of(scene, "file/below"), ERR_USAGE);
	assert_refused(path_of(scene, "folder/"), ERR_USAGE);
	assert_refused("", ERR_USAGE);
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_refused(path_of(scene, name), ERR_USAGE);
	assert_int_equal(entries_in(scene->dir), 1);
}

static void the_longest_name_will_do(void **state)
{
	struct scene *scene = *state;
	char name[256] = {0};
	struct outfile out;

	for (int i = 0; i < 85; i++)
		memcpy(name + 3 * i, "\xE5\xBA\x93", 3);
	write_word(&out, path_of(scene, name));
	OK(outfile_keep(&out, err));
	assert_holds(path_of(scene, name), "whole");
}

static void what_does_not_fit_is_told(void **state)
{
	struct scene *scene = *state;
	pid_t pid = fork();
	int status;

	if (!pid) {
		const struct rlimit limit = {3, 3};
		struct outfile out;
		struct err err = {0};

		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &limit);
		if (!outfile_open(&out, path_of(scene, "file"), &err) ||
		    outfile_write(&out, "whole", 5, &err))
			_exit(1);
		outfile_drop(&out);
		_exit(err.code != ERR_STORE || !strstr(err.text, "文件太大"));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(entries_in(scene->dir), 0);
}

/* The program's group may write where the person may not. */
static void only_the_persons_rights_count(void **state)
{
	enum { NOBODY = 65534, GROUP = 4242 };
	struct scene *scene = *state;
	int status;
	pid_t pid;

	if (getuid())
		skip();
	assert_int_equal(chown(scene->dir, 0, GROUP), 0);
	assert_int_equal(chmod(scene->dir, 0770), 0);
	pid = fork();
	if (!pid) {
		struct outfile out;
		struct err err = {0};

		if (setgroups(0, NULL) || setresgid(NOBODY, GROUP, GROUP) ||
		    setresuid(NOBODY, NOBODY, NOBODY))
			_exit(2);
		bool made = outfile_open(&out, path_of(scene, "file"), &err);
		_exit(made || err.code != ERR_USAGE || getegid() != GROUP ||
		      access(scene->dir, F_OK));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(entries_in(scene->dir), 0);
}

/* Written, given up, refused: 0 when all is as it should be. */
static int use_poor_kernel(struct scene *scene, bool no_links)
{
	struct outfile out;
	struct err err = {0};

	if (!poor_kernel(no_links))
		return 2;
	if (!outfile_open(&out, path_of(scene, "given-up"), &err) ||
	    !*out.temporary)
		return 3;
	outfile_drop(&out);
	if (!outfile_open(&out, path_of(scene, "late"), &err))
		return 4;
	file_write(path_of(scene, "late"), "mine", 4);
	if (outfile_keep(&out, &err) || err.code != ERR_REFUSED)
		return 5;
	if (!outfile_open(&out, path_of(scene, "file"), &err) ||
	    !outfile_write(&out, "whole", 5, &err) || !outfile_keep(&out, &err))
		return 6;
	return 0;
}

static void poorer_file_systems_do_as_well(void **state)
{
	struct scene *scene = *state;

	for (int no_links = 0; no_links < 2; no_links++) {
		int status;
		pid_t pid = fork();

		if (!pid)
			_exit(use_poor_kernel(scene, no_links));
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_int_equal(status, 0);
		assert_holds(path_of(scene, "late"), "mine");
		assert_holds(path_of(scene, "file"), "whole");
		assert_int_equal(entries_in(scene->dir), 2);
		unlink(path_of(scene, "late"));
		unlink(path_of(scene, "file"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(appears_whole_and_for_one_person),
		TEST(a_name_without_a_folder_is_in_this_one),
		TEST(what_is_given_up_was_never_there),
		TEST(a_kill_leaves_nothing),
		TEST(takes_the_place_of_nothing),
		TEST(a_path_that_leads_nowhere_is_named),
		TEST(the_longest_name_will_do),
		TEST(what_does_not_fit_is_told),
		TEST(only_the_persons_rights_count),
		TEST(poorer_file_systems_do_as_well),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
