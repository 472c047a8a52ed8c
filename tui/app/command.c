#include "app/command.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/nearest.h"
#include "domain/excerpt.h"

const struct command *command_find(const char *name)
{
	for (size_t i = 0; i < command_count; i++) {
		if (strcmp(commands[i].name, name) == 0 ||
		    strcmp(commands[i].label, name) == 0)
			return &commands[i];
	}
	return NULL;
}

static const struct command *command_meant(const char *name, bool in_shell)
{
	const struct command *meant = NULL;
	struct nearest nearest;

	nearest_begin(&nearest, name);
	for (size_t i = 0; i < command_count; i++) {
		const struct command *command = &commands[i];

		if (in_shell ? !command->shell
			     : !command->run || (command->flags & SILENT))
			continue;
		if (nearest_try(&nearest, command->name) ||
		    nearest_try(&nearest, command->label))
			meant = command;
	}
	return meant;
}

bool command_refuse(const char *name, bool in_shell, struct err *err)
{
	const struct command *meant = command_meant(name, in_shell);
	char word[EXCERPT_SIZE];
	struct buf hint = {0};

	excerpt(name, strlen(name), word);
	if (meant)
		buf_printf(&hint, "是不是“%s”？",
			   in_shell ? meant->name : meant->label);
	err_set(err, ERR_USAGE, "没有“%s”这个命令，%s%s", word, buf_text(&hint),
		in_shell ? "见 proposals help" : "按 F9 看全部命令");
	buf_free(&hint);
	return false;
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

bool command_may(const struct command *command, bool read_only,
		 enum access access, struct err *err)
{
	if ((command->flags & WRITES) && read_only)
		return err_set(err, ERR_REFUSED, "现在是只读方式，不能“%s”",
			       command->label);
	return access_may(access, command->action, PHASE_COUNT, err);
}
