#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/rotation.h"
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

	unsetenv("PROPOSALS_NOW");
	dir_remove(scene->dir);
	free(scene);
	return 0;
}

static const char *path_of(struct scene *scene, const char *name)
{
	snprintf(scene->path, sizeof(scene->path), "%s/%s", scene->dir, name);
	return scene->path;
}

static bool exists(struct scene *scene, const char *name)
{
	return !access(path_of(scene, name), F_OK);
}

static void set_clock(int year, int month, int day_of_month, const char *time)
{
	char now[32];

	snprintf(now, sizeof(now), "%04d-%02d-%02dT%s", year, month,
		 day_of_month, time);
	setenv("PROPOSALS_NOW", now, 1);
}

/* One night's copy; what it holds is its own name. */
static unsigned one_night(const struct scene *scene)
{
	struct rotation rotation;
	unsigned removed;

	OK(rotation_begin(&rotation, scene->dir, err));
	OK(outfile_write(&rotation.file, rotation.name, strlen(rotation.name),
			 err));
	OK(rotation_finish(&rotation, &removed, err));
	rotation_end(&rotation);
	return removed;
}

static int names_with(const struct scene *scene, const char *start)
{
	DIR *opened = opendir(scene->dir);
	const struct dirent *entry;
	int count = 0;

	assert_non_null(opened);
	while ((entry = readdir(opened)))
		count += !strncmp(entry->d_name, start, strlen(start));
	closedir(opened);
	return count;
}

static void assert_holds(struct scene *scene, const char *name,
			 const char *text)
{
	struct buf bytes = file_read(path_of(scene, name));

	assert_string_equal(buf_text(&bytes), text);
	buf_free(&bytes);
}

static void
a_year_of_nights_leaves_fourteen_days_and_twelve_months(void **state)
{
	struct scene *scene = *state;
	unsigned removed = 0;
	int nights = 0;

	for (day d = day_make(2023, 11, 9); d <= day_make(2024, 12, 20); d++) {
		int year, month, mday;

		day_split(d, &year, &month, &mday);
		set_clock(year, month, mday, "02:30:00");
		removed += one_night(scene);
		nights++;
		assert_int_equal(names_with(scene, "daily-"),
				 nights < 14 ? nights : 14);
	}
	assert_true(nights > 400);
	assert_int_equal(names_with(scene, "monthly-"), 12);
	assert_int_equal(names_with(scene, ""), 14 + 12 + 2);
	assert_int_equal(removed, nights - 14 + 2);
	assert_true(exists(scene, "daily-2024-12-20-023000.mdb"));
	assert_true(exists(scene, "daily-2024-12-07-023000.mdb"));
	assert_false(exists(scene, "daily-2024-12-06-023000.mdb"));
	assert_holds(scene, "monthly-2024-12.mdb",
		     "daily-2024-12-01-023000.mdb");
	assert_holds(scene, "monthly-2024-01.mdb",
		     "daily-2024-01-01-023000.mdb");
	assert_false(exists(scene, "monthly-2023-12.mdb"));
}

static void copies_of_one_day_count_as_one(void **state)
{
	struct scene *scene = *state;

	for (int mday = 1; mday <= 14; mday++) {
		set_clock(2024, 3, mday, "02:30:00");
		one_night(scene);
	}
	for (int minute = 10; minute < 40; minute++) {
		char time[16];

		snprintf(time, sizeof(time), "15:%02d:00", minute);
		set_clock(2024, 3, 14, time);
		assert_int_equal(one_night(scene), 0);
	}
	assert_int_equal(names_with(scene, "daily-"), 44);
	assert_int_equal(names_with(scene, "monthly-"), 1);
	assert_holds(scene, "monthly-2024-03.mdb",
		     "daily-2024-03-01-023000.mdb");
	set_clock(2024, 3, 15, "02:30:00");
	assert_int_equal(one_night(scene), 1);
	for (int mday = 16; mday <= 27; mday++) {
		set_clock(2024, 3, mday, "02:30:00");
		assert_int_equal(one_night(scene), 1);
	}
	set_clock(2024, 3, 28, "02:30:00");
	assert_int_equal(one_night(scene), 31);
}

static void nights_that_were_missed_take_nothing_away(void **state)
{
	struct scene *scene = *state;

	for (int mday = 1; mday <= 14; mday++) {
		set_clock(2024, 3, mday, "02:30:00");
		one_night(scene);
	}
	set_clock(2026, 1, 1, "02:30:00");
	assert_int_equal(one_night(scene), 1);
	assert_true(exists(scene, "daily-2024-03-02-023000.mdb"));
}

static void what_has_another_name_stays(void **state)
{
	static const char *const names[] = {
		"daily-2020-01-01-023000.mdb.old",
		"daily-2020-01-01-023000",
		"xdaily-2020-01-01-023000.mdb",
		"daily-2020-1-01-023000.mdb",
		"daily-2020-01-01.mdb",
		"daily-20x0-01-01-023000.mdb",
		"monthly-2020-01.mdb.old",
		"monthly-2020-011.mdb",
		"data.mdb",
		".daily-2020-01-01-023000.mdb",
	};
	struct scene *scene = *state;

	for (size_t i = 0; i < LENGTH(names); i++)
		file_write(path_of(scene, names[i]), "mine", 4);
	assert_int_equal(
		mkdir(path_of(scene, "daily-2020-01-02-023000.mdb"), 0700), 0);
	assert_int_equal(symlink("data.mdb",
				 path_of(scene, "daily-2020-01-03-023000.mdb")),
			 0);
	for (int mday = 1; mday <= 28; mday++) {
		set_clock(2024, 2, mday, "02:30:00");
		one_night(scene);
	}
	for (size_t i = 0; i < LENGTH(names); i++)
		assert_holds(scene, names[i], "mine");
	assert_int_equal(names_with(scene, "daily-2020-01-02-"), 1);
	assert_int_equal(names_with(scene, "daily-2020-01-03-"), 1);
	assert_int_equal(names_with(scene, "daily-2024"), 14);
}

static void the_new_one_stays_when_the_clock_was_ahead(void **state)
{
	struct scene *scene = *state;

	for (int mday = 1; mday <= 14; mday++) {
		set_clock(2044, 3, mday, "02:30:00");
		one_night(scene);
	}
	set_clock(2024, 3, 1, "02:30:00");
	one_night(scene);
	assert_true(exists(scene, "daily-2024-03-01-023000.mdb"));
	assert_int_equal(names_with(scene, "daily-"), 15);
	set_clock(2024, 3, 2, "02:30:00");
	one_night(scene);
	assert_true(exists(scene, "daily-2024-03-02-023000.mdb"));
	assert_int_equal(names_with(scene, "daily-"), 15);
}

static void nothing_goes_before_the_new_one_is_there(void **state)
{
	struct scene *scene = *state;
	struct rotation rotation;
	unsigned removed;
	struct err why;

	for (int mday = 1; mday <= 14; mday++) {
		set_clock(2024, 3, mday, "02:30:00");
		one_night(scene);
	}
	set_clock(2024, 3, 20, "02:30:00");
	OK(rotation_begin(&rotation, scene->dir, err));
	rotation_end(&rotation);
	assert_int_equal(names_with(scene, "daily-"), 14);
	OK(rotation_begin(&rotation, scene->dir, err));
	file_write(path_of(scene, rotation.name), "mine", 4);
	assert_false(rotation_finish(&rotation, &removed, &why));
	rotation_end(&rotation);
	assert_int_equal(removed, 0);
	assert_int_equal(names_with(scene, "daily-"), 15);
}

static void one_at_a_time(void **state)
{
	struct scene *scene = *state;
	struct rotation one, two;
	struct err why;

	OK(rotation_begin(&one, scene->dir, err));
	assert_false(rotation_begin(&two, scene->dir, &why));
	assert_int_equal(why.code, ERR_BUSY);
	rotation_end(&one);
	OK(rotation_begin(&two, scene->dir, err));
	rotation_end(&two);
	assert_int_equal(names_with(scene, ""), 2);
}

static void a_missing_folder_is_not_made(void **state)
{
	struct scene *scene = *state;
	struct rotation rotation;
	struct err why;

	assert_false(rotation_begin(&rotation, path_of(scene, "usb"), &why));
	assert_int_equal(why.code, ERR_USAGE);
	assert_non_null(strstr(why.text, scene->path));
	assert_false(exists(scene, "usb"));
	file_write(path_of(scene, "file"), "x", 1);
	assert_false(rotation_begin(&rotation, path_of(scene, "file"), &why));
	assert_int_equal(why.code, ERR_USAGE);
}

static void what_a_killed_copy_left_is_swept(void **state)
{
	struct scene *scene = *state;

	file_write(path_of(scene, ".daily-2024-02-28-023000.mdb.0123abcd"), "x",
		   1);
	file_write(path_of(scene, ".monthly-2024-02.mdb.0123abcd"), "x", 1);
	file_write(path_of(scene, ".daily-2024-02-28-023000.mdb.0123abcde"),
		   "mine", 4);
	set_clock(2024, 3, 1, "02:30:00");
	assert_int_equal(one_night(scene), 2);
	assert_int_equal(names_with(scene, ".daily-"), 1);
	assert_int_equal(names_with(scene, ".monthly-"), 0);
}

static void without_links_a_month_is_a_copy(void **state)
{
	struct scene *scene = *state;
	struct stat one, two;
	int status;

	set_clock(2024, 3, 1, "02:30:00");
	pid_t pid = fork();
	if (!pid) {
		if (!poor_kernel(true))
			_exit(2);
		one_night(scene);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_holds(scene, "monthly-2024-03.mdb",
		     "daily-2024-03-01-023000.mdb");
	assert_int_equal(stat(path_of(scene, "monthly-2024-03.mdb"), &one), 0);
	assert_int_equal(
		stat(path_of(scene, "daily-2024-03-01-023000.mdb"), &two), 0);
	assert_int_not_equal(one.st_ino, two.st_ino);
	assert_int_equal(one.st_mode & 07777, 0600);
	assert_int_equal(names_with(scene, ""), 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(a_year_of_nights_leaves_fourteen_days_and_twelve_months),
		TEST(copies_of_one_day_count_as_one),
		TEST(nights_that_were_missed_take_nothing_away),
		TEST(what_has_another_name_stays),
		TEST(the_new_one_stays_when_the_clock_was_ahead),
		TEST(nothing_goes_before_the_new_one_is_there),
		TEST(what_a_killed_copy_left_is_swept),
		TEST(without_links_a_month_is_a_copy),
		TEST(one_at_a_time),
		TEST(a_missing_folder_is_not_made),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
