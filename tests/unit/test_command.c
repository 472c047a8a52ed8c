#include "app/command.h"

#include <stdio.h>
#include <string.h>

#include "app/shell.h"
#include "query/term.h"
#include "unit.h"

/* Calls `each` with every key of a command. */
static void for_keys(const struct command *command,
		     void each(const struct command *, keycode))
{
	keycode code;

	for (const char *at = command->keys; *at;) {
		size_t len = strcspn(at, " ");

		assert_true(key_parse(at, len, &code));
		each(command, code);
		at += len + (at[len] == ' ');
	}
}

static void finds_itself(const struct command *command, keycode code)
{
	for (unsigned where = 1; where < IN_ANY; where <<= 1) {
		if (!(command->flags & where))
			continue;
		const struct command *found = command_of_key(code, where);
		if (found != command)
			fail_msg("%s and %s share a key", command->name,
				 found->name);
	}
}

static void no_key_means_two_things_in_one_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < command_count; i++) {
		if (commands[i].run)
			for_keys(&commands[i], finds_itself);
	}
}

static bool letterless(keycode code)
{
	return code < 'A' || (code > 'Z' && code < 'a') || code > 'z';
}

static bool has_letterless;

static void note_letterless(const struct command *command, keycode code)
{
	(void)command;
	has_letterless = has_letterless || letterless(code);
}

/* An input method swallows letters: nothing may need one. */
static void every_key_command_has_a_letterless_key(void **state)
{
	static const char *const exempt[] = {"unmark", "quit"};

	(void)state;
	for (size_t i = 0; i < command_count; i++) {
		const struct command *command = &commands[i];
		bool skip = !command->run || !*command->keys;

		for (size_t n = 0; n < sizeof(exempt) / sizeof(*exempt); n++)
			skip = skip || strcmp(command->name, exempt[n]) == 0;
		has_letterless = false;
		for_keys(command, note_letterless);
		if (!skip && !has_letterless)
			fail_msg("%s has only letters", command->name);
	}
}

static void nothing_that_writes_is_a_bare_letter_away(void **state)
{
	(void)state;
	for (size_t i = 0; i < command_count; i++) {
		/* They open a preview, or can be taken back with one key. */
		if (!(commands[i].flags & WRITES) || !commands[i].run)
			continue;
		assert_true(strcmp(commands[i].name, "status") == 0 ||
			    strcmp(commands[i].name, "edit") == 0 ||
			    strstr(commands[i].name, "undo") ||
			    strcmp(commands[i].name, "redo") == 0);
	}
}

static void names_and_labels_are_unique(void **state)
{
	(void)state;
	for (size_t i = 0; i < command_count; i++) {
		for (size_t n = i + 1; n < command_count; n++) {
			assert_string_not_equal(commands[i].name,
						commands[n].name);
			assert_string_not_equal(commands[i].label,
						commands[n].label);
		}
		assert_ptr_equal(command_find(commands[i].name), &commands[i]);
	}
}

static void every_option_of_a_command_exists(void **state)
{
	(void)state;
	for (size_t i = 0; i < command_count; i++) {
		for (const char *at = commands[i].options; *at;) {
			size_t len = strcspn(at, " ");
			bool known = false;

			for (size_t n = 0; n < option_info_count; n++)
				known = known ||
					(strlen(option_infos[n].name) == len &&
					 memcmp(option_infos[n].name, at,
						len) == 0);
			if (!known)
				fail_msg("%s: no option %s", commands[i].name,
					 at);
			at += len + (at[len] == ' ');
		}
	}
}

static bool line_with(const char *text, const char *word)
{
	return strstr(text, word) != NULL;
}

/* README's list of keys and commands is checked, so it stays true. */
static void the_readme_names_every_command(void **state)
{
	static char readme[1 << 17];
	FILE *file = fopen("README.md", "r");
	char word[160];

	(void)state;
	assert_non_null(file);
	readme[fread(readme, 1, sizeof(readme) - 1, file)] = '\0';
	fclose(file);
	for (size_t i = 0; i < command_count; i++) {
		if (commands[i].shell) {
			snprintf(word, sizeof(word), "`%s", commands[i].name);
			if (!line_with(readme, word))
				fail_msg("README lacks %s", word);
		}
		if (commands[i].run && !(commands[i].flags & SILENT)) {
			char keys[64];

			command_keys(&commands[i], keys, sizeof(keys));
			snprintf(word, sizeof(word), "`%s` | %s |", keys,
				 commands[i].label);
			if (!line_with(readme, word))
				fail_msg("README lacks | %s", word);
		}
	}
}

/* So is its table of conditions. */
static void the_readme_names_every_condition(void **state)
{
	static char readme[1 << 17];
	FILE *file = fopen("README.md", "r");
	char row[512];

	(void)state;
	assert_non_null(file);
	readme[fread(readme, 1, sizeof(readme) - 1, file)] = '\0';
	fclose(file);
	for (size_t i = 0; i < term_count; i++) {
		snprintf(row, sizeof(row), "| `%s` `%s` | `%s` | %s |",
			 terms[i].name, terms[i].label, terms[i].example,
			 terms[i].help);
		if (!line_with(readme, row))
			fail_msg("README lacks %s", row);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_key_means_two_things_in_one_place),
		cmocka_unit_test(every_key_command_has_a_letterless_key),
		cmocka_unit_test(nothing_that_writes_is_a_bare_letter_away),
		cmocka_unit_test(names_and_labels_are_unique),
		cmocka_unit_test(every_option_of_a_command_exists),
		cmocka_unit_test(the_readme_names_every_command),
		cmocka_unit_test(the_readme_names_every_condition),
	};
	return cmocka_run_group_tests_name("command", tests, NULL, NULL);
}
