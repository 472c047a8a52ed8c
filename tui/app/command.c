#include "app/command.h"

#include <stdio.h>
#include <string.h>

const struct command *command_find(const char *name)
{
	for (size_t i = 0; i < command_count; i++) {
		if (strcmp(commands[i].name, name) == 0 ||
		    strcmp(commands[i].label, name) == 0)
			return &commands[i];
	}
	return NULL;
}

static bool has_key(const struct command *command, keycode key)
{
	keycode one;

	for (const char *at = command->keys; *at;) {
		size_t len = strcspn(at, " ");

		if (key_parse(at, len, &one) && one == key)
			return true;
		at += len + (at[len] == ' ');
	}
	return false;
}

const struct command *command_of_key(keycode key, unsigned where)
{
	for (size_t i = 0; i < command_count; i++) {
		if (commands[i].run && (commands[i].flags & where) &&
		    has_key(&commands[i], key))
			return &commands[i];
	}
	return NULL;
}

void command_keys(const struct command *command, char *out, size_t size)
{
	snprintf(out, size, "%s", command->keys);
	if (strncmp(out, "0 1", 3) == 0)
		snprintf(out, size, "0-9");
	/* "s/F6", but "/ Ctrl-F". */
	for (char *at = out; *at && *out != '/'; at++) {
		if (*at == ' ')
			*at = '/';
	}
}
