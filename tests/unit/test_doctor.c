#include "fixture.h"

#include <stdio.h>
#include <string.h>

#include "app/doctor.h"

/* Files in a folder, as /etc/ssh has them. */
static char dir[64];

static int setup(void **state)
{
	(void)state;
	dir_make(dir);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	dir_remove(dir);
	return 0;
}

static void put(const char *name, const char *text)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static struct sshd read_sshd(const char *text)
{
	struct sshd sshd;
	char path[128];

	put("sshd_config", text);
	snprintf(path, sizeof(path), "%s/sshd_config", dir);
	sshd_read(path, "proposals", &sshd);
	return sshd;
}

static void without_a_configuration_nothing_is_claimed(void **state)
{
	struct sshd sshd;

	(void)state;
	sshd_read("/nonexistent/sshd_config", "proposals", &sshd);
	assert_false(sshd.found);
	assert_false(sshd.forced);
}

static void what_is_not_said_is_what_sshd_does_by_itself(void **state)
{
	(void)state;
	struct sshd sshd = read_sshd("# nothing\n\n");

	assert_true(sshd.found);
	assert_false(sshd.forced || sshd.no_forwarding || sshd.no_user_rc);
	assert_true(sshd.no_environment);
	assert_int_equal(sshd.alive_interval, 0);
	assert_int_equal(sshd.alive_count, 3);
	assert_int_equal(sshd.startups, 10);
}

/* What is shipped is what is asked for. */
static void the_shipped_example_leaves_nothing_to_say(void **state)
{
	char text[4096] = "";
	FILE *file = fopen("config/sshd/proposals.conf.in", "r");

	(void)state;
	assert_non_null(file);
	text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
	fclose(file);
	struct doctor doctor = {.many = true, .sshd = read_sshd(text)};
	enum outcome (*const looks[])(struct doctor *) = {
		look_forced, look_forwarding, look_user_files, look_alive,
		look_startups};
	for (size_t i = 0; i < LENGTH(looks); i++)
		assert_int_equal(looks[i](&doctor), OUTCOME_GOOD);
	buf_free(&doctor.found);
	buf_free(&doctor.todo);
}

static void the_block_counts_before_what_holds_for_everybody(void **state)
{
	(void)state;
	struct sshd sshd = read_sshd(
		"DisableForwarding yes\n"
		"ClientAliveInterval 300\n"
		"MaxStartups 10:30:300\n"
		"MaxStartups 100:30:300\n"
		"Match User somebody\n"
		"  PermitUserRC no\n"
		"  ForceCommand /bin/false\n"
		"match group=staff\n"
		"\tforcecommand = \"/usr/local/bin/proposals\" --read-only\n"
		"\tClientAliveInterval\t60\n"
		"\tClientAliveInterval 70\n"
		"\tDisableForwarding no # not for us\n"
		"\tMaxStartups 5\n");

	assert_true(sshd.forced);
	assert_string_equal(sshd.group, "staff");
	assert_false(sshd.no_forwarding);
	assert_false(sshd.no_user_rc);
	assert_int_equal(sshd.alive_interval, 60);
	assert_int_equal(sshd.startups, 100);
}

static void only_this_program_counts_as_forced(void **state)
{
	static const struct {
		const char *command;
		bool forced;
	} cases[] = {
		{"/usr/bin/proposals", true},
		{"proposals", true},
		{"/usr/bin/proposals --read-only", true},
		{"/usr/bin/proposals-sheet", false},
		{"/usr/bin/my-proposals", false},
		{"/usr/bin/proposals/x", false},
		{"internal-sftp", false},
		{"", false},
	};
	char line[128];

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		snprintf(line, sizeof(line), "ForceCommand %s\n",
			 cases[i].command);
		assert_int_equal(read_sshd(line).forced, cases[i].forced);
	}
}

static void whose_block_it_is_is_known_for_one_group(void **state)
{
	static const struct {
		const char *match, *group;
	} cases[] = {
		{"", ""},
		{"Match Group staff", "staff"},
		{"Match group=\"staff\" # all", "staff"},
		{"Match Group staff,others", ""},
		{"Match Group !staff", ""},
		{"Match Group st*", ""},
		{"Match Group staff User li", ""},
		{"Match User staff", ""},
		{"Match all", ""},
	};
	char line[128];

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		snprintf(line, sizeof(line), "%s\nForceCommand proposals\n",
			 cases[i].match);
		struct sshd sshd = read_sshd(line);

		assert_true(sshd.forced);
		assert_string_equal(sshd.group, cases[i].group);
	}
}

static void included_files_are_read_where_they_stand(void **state)
{
	(void)state;
	put("10-staff.conf", "Match Group staff\n"
			     " ForceCommand /usr/bin/proposals\n"
			     " PermitUserRC no\n");
	put("20-global.conf", "ClientAliveInterval 60\n");
	put("loop.conf", "Include loop.conf\n");
	struct sshd sshd = read_sshd("Include *-*.conf nonexistent/*\n"
				     "Include loop.conf\n"
				     "MaxStartups 80\n");

	assert_true(sshd.forced && sshd.no_user_rc);
	/* The Match of one file does not hold in the next. */
	assert_int_equal(sshd.alive_interval, 60);
	assert_int_equal(sshd.startups, 80);
}

static void lines_that_make_no_sense_do_no_harm(void **state)
{
	(void)state;
	struct sshd sshd = read_sshd("Match\nInclude\nForceCommand\n=\n\"\n"
				     "MaxStartups 99\nMaxStartups x\n"
				     "ClientAliveInterval -5\n\"unended");

	assert_true(sshd.found);
	assert_int_equal(sshd.startups, 10);
	assert_int_equal(sshd.alive_interval, 0);
}

/* Each row about sshd in the state that it is there for. */
static void each_row_about_sshd_can_fail(void **state)
{
	static const struct {
		const char *text;
		enum outcome (*look)(struct doctor *doctor);
		const char *says;
	} cases[] = {
		{"", look_forced, "ForceCommand"},
		{"ForceCommand /usr/bin/proposals\n", look_forwarding,
		 "DisableForwarding"},
		{"ForceCommand /usr/bin/proposals\n", look_user_files,
		 "PermitUserRC"},
		{"ForceCommand /usr/bin/proposals\nPermitUserRC no\n"
		 "PermitUserEnvironment yes\n",
		 look_user_files, "PermitUserEnvironment"},
		{"", look_alive, "ClientAliveInterval"},
		{"ClientAliveInterval 9\nClientAliveCountMax 0\n", look_alive,
		 "ClientAliveCountMax"},
		{"", look_startups, "MaxStartups"},
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct doctor doctor = {.many = true,
					.sshd = read_sshd(cases[i].text)};

		assert_int_equal(cases[i].look(&doctor), OUTCOME_BAD);
		assert_non_null(strstr(buf_text(&doctor.todo), cases[i].says) ||
						strstr(buf_text(&doctor.found),
						       cases[i].says)
					? cases[i].says
					: NULL);
		buf_free(&doctor.found);
		buf_free(&doctor.todo);
		doctor = (struct doctor){.sshd = read_sshd(cases[i].text)};
		assert_int_equal(cases[i].look(&doctor), OUTCOME_NONE);
	}
}

/* A shell that reads ~/.bashrc runs it before the forced command. */
static void a_shell_that_reads_files_is_named(void **state)
{
	struct user user = {.uid = 0, .name = "王芳", .access = ACCESS_EDIT};
	struct doctor doctor = {.many = true,
				.users = &user,
				.user_count = 1,
				.sshd = {.found = true, .forced = true}};
	enum outcome wanted = OUTCOME_GOOD;
	char line[512];
	FILE *file = fopen("/etc/passwd", "r");

	(void)state;
	assert_non_null(file);
	while (fgets(line, sizeof(line), file))
		if (strncmp(line, "root:", 5) == 0 && strstr(line, "/bash\n"))
			wanted = OUTCOME_BAD;
	fclose(file);
	assert_int_equal(look_shells(&doctor), wanted);
	snprintf(doctor.sshd.group, sizeof(doctor.sshd.group), "root");
	assert_int_equal(look_shells(&doctor), wanted);
	/* Whoever is not in it is not forced to anything. */
	snprintf(doctor.sshd.group, sizeof(doctor.sshd.group), "nogroup");
	assert_int_equal(look_shells(&doctor), OUTCOME_GOOD);
	snprintf(doctor.sshd.group, sizeof(doctor.sshd.group), "no-such-group");
	assert_int_equal(look_shells(&doctor), OUTCOME_GOOD);
	doctor.sshd.forced = false;
	assert_int_equal(look_shells(&doctor), OUTCOME_NONE);
	buf_free(&doctor.found);
	buf_free(&doctor.todo);
}

static void every_check_has_a_name_and_a_word_of_its_own(void **state)
{
	(void)state;
	for (size_t i = 0; i < checkup_count; i++)
		for (size_t j = 0; j < i; j++) {
			assert_string_not_equal(checkups[i].name,
						checkups[j].name);
			assert_string_not_equal(checkups[i].label,
						checkups[j].label);
			assert_ptr_not_equal(checkups[i].look,
					     checkups[j].look);
		}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_configuration_nothing_is_claimed),
		cmocka_unit_test(what_is_not_said_is_what_sshd_does_by_itself),
		cmocka_unit_test(the_shipped_example_leaves_nothing_to_say),
		cmocka_unit_test(
			the_block_counts_before_what_holds_for_everybody),
		cmocka_unit_test(only_this_program_counts_as_forced),
		cmocka_unit_test(whose_block_it_is_is_known_for_one_group),
		cmocka_unit_test(included_files_are_read_where_they_stand),
		cmocka_unit_test(lines_that_make_no_sense_do_no_harm),
		cmocka_unit_test(each_row_about_sshd_can_fail),
		cmocka_unit_test(a_shell_that_reads_files_is_named),
		cmocka_unit_test(every_check_has_a_name_and_a_word_of_its_own),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
