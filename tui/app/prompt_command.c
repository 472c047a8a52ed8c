#include <stdio.h>
#include <string.h>

#include "app/prompt.h"

/* --- 附注 --- */

static bool note_accept(struct app *app, struct err *err)
{
	(void)err;
	snprintf(page_top(app)->note, sizeof(page_top(app)->note), "%s",
		 app->line.text);
	return true;
}

static const struct prompt_ops note_ops = {
	.label = "附注（文号、会议）",
	.hint = "Enter 确定  Esc 取消",
	.accept = note_accept,
};

void prompt_note(struct app *app)
{
	prompt_open(app, &note_ops, page_top(app)->note);
}

/* --- 命令 --- */

/* The command that the first word begins, by name or by its Chinese. */
static void palette_changed(struct app *app)
{
	struct menu *menu = &app->palette;
	size_t len = strcspn(app->line.text, " ");

	menu_free(menu);
	for (size_t i = 0; i < command_count; i++) {
		const struct command *command = &commands[i];
		struct menu_item *item;

		if (!command->run || (command->flags & SILENT))
			continue;
		if (strncmp(command->name, app->line.text, len) != 0 &&
		    !memmem(command->label, strlen(command->label),
			    app->line.text, len))
			continue;
		item = menu_add(menu);
		command_keys(command, item->key, sizeof(item->key));
		item->label = command->label;
		snprintf(item->detail, sizeof(item->detail), "%s %s  %s",
			 command->name, command->arg, command->help);
		item->value = (int)i;
	}
}

static bool palette_accept(struct app *app, struct err *err)
{
	size_t len = strcspn(app->line.text, " ");
	char word[64], arg[EDIT_MAX + 1];

	/* A copy: the command may begin a line of its own. */
	snprintf(word, sizeof(word), "%.*s", (int)len, app->line.text);
	snprintf(arg, sizeof(arg), "%s",
		 app->line.text + len + strspn(app->line.text + len, " "));
	const struct command *exact = command_find(word);
	if (exact && exact->run && app->palette.scroll.cursor == 0) {
		app_command(app, exact, arg);
		return true;
	}
	if (app->palette.count == 0)
		return command_refuse(word, false, err);
	int value = app->palette.items[app->palette.scroll.cursor].value;
	app_command(app, &commands[value], arg);
	return true;
}

/* Tab writes the chosen command's name out. */
static void palette_complete(struct app *app)
{
	size_t len = strcspn(app->line.text, " ");
	char text[EDIT_MAX + 1];

	if (app->palette.count == 0)
		return;
	int value = app->palette.items[app->palette.scroll.cursor].value;
	snprintf(text, sizeof(text), "%s %s", commands[value].name,
		 app->line.text[len] ? app->line.text + len + 1 : "");
	edit_set(&app->line, text);
	palette_changed(app);
}

static bool palette_key(struct app *app, keycode code)
{
	if (code == KEYCODE_UP)
		scroll_move(&app->palette.scroll, -1);
	else if (code == KEYCODE_DOWN)
		scroll_move(&app->palette.scroll, 1);
	else if (code == KEYCODE_TAB)
		palette_complete(app);
	else
		return false;
	return true;
}

static void palette_above(struct app *app, struct rect area)
{
	for (int i = 0; i < area.height; i++)
		canvas_fill(app->canvas, area.y + i, 0, area.width,
			    STYLE_NORMAL, ' ');
	menu_draw(&app->palette, app->canvas, area);
}

static const struct prompt_ops palette_ops = {
	.label = "命令",
	.hint = "Up/Down 选择  Tab 补全  Enter 执行  Esc 取消",
	.changed = palette_changed,
	.accept = palette_accept,
	.key = palette_key,
	.above = palette_above,
};

void prompt_palette(struct app *app)
{
	prompt_open(app, &palette_ops, "");
}
