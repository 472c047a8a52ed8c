#include "app/app.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "app/actions.h"
#include "app/edit.h"
#include "app/last.h"
#include "app/prompt.h"
#include "app/views.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "query/lookup.h"
#include "store/columns.h"

/* How long the list may move before the detail below it follows; a look for
 * other people's commits; a look whether the terminal took the last frame. */
enum { DETAIL_DELAY = 150, LOOK = 250, FRAME = 20 };

void app_say(struct app *app, enum style style, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(app->message, sizeof(app->message), fmt, ap);
	va_end(ap);
	app->message_style = style;
}

void app_command(struct app *app, const struct command *command,
		 const char *arg)
{
	struct err err = {0};

	if (command_may(command, app->model.read_only, app->model.access,
			&err) &&
	    command->run(app, arg, &err))
		return;
	app_say(app, STYLE_ALERT, "%s", err.text);
}

bool app_may(const struct app *app, const struct command *command)
{
	struct err why;

	return command_may(command, app->model.read_only, app->model.access,
			   &why);
}

void app_reload(struct app *app)
{
	model_end(&app->model);
	app->quit = !model_begin(&app->model, &app->fatal);
	if (!app->quit)
		model_refresh(&app->model);
}

/* A Han character in a command place: the input method is on. */
static bool is_han(keycode code)
{
	return (code >= 0x3400 && code <= 0x9fff) ||
	       (code >= 0x20000 && code <= 0x3ffff);
}

static void key_unbound(struct app *app, keycode code)
{
	char name[16];

	keycode_name(code, name);
	if (page_where(app) & (IN_LIST | IN_DETAIL) && is_han(code)) {
		prompt_search(app, code);
	} else if (*name) {
		app_say(app, STYLE_DIM, "%s 在这里没有作用，按 F1 看帮助",
			name);
	}
}

static void key_paste(struct app *app)
{
	struct err err = {0};
	bool cut;
	const char *text = screen_paste(app->screen, &cut);

	if (app->prompt)
		prompt_paste(app, text);
	else if (page_top(app)->kind == PAGE_FIELD)
		field_paste(app, text, cut);
	else if (text[strspn(text, " \t\r\n")] == '\0')
		app_say(app, STYLE_DIM, "粘贴的内容是空的");
	else if (editing_of(app))
		app_say(app, STYLE_WARN, "请先按 Enter 打开要改的一项，再粘贴");
	else if (page_top(app)->kind != PAGE_MAIN)
		app_say(app, STYLE_WARN, "这里不能粘贴，请先按 Esc 回到列表");
	else if (cut)
		app_say(app, STYLE_ALERT,
			"粘贴的内容超过 1 MB，请改用 proposals 命令或分次粘贴");
	else if (!prompt_pasted_list(app, text, &err))
		app_say(app, STYLE_ALERT, "%s", err.text);
}

/* The letter in front of an item, a status for instance, picks it; Enter in
 * front of one, in the menu of all commands, does not. */
static bool menu_key(struct app *app, keycode code)
{
	struct menu *menu = &page_top(app)->menu;
	struct err err = {0};
	char name[16];

	if (code <= KEYCODE_SPACE || code >= KEYCODE_BACKSPACE)
		return false;
	keycode_name(code, name);
	for (size_t i = 0; i < menu->count; i++) {
		if (strcmp(menu->items[i].key, name) != 0)
			continue;
		menu->scroll.cursor = i;
		if (!run_open(app, "", &err))
			app_say(app, STYLE_ALERT, "%s", err.text);
		return true;
	}
	return false;
}

/* Where nobody could bring us back Ctrl-Z is undo, as in office programs. */
static const struct command *command_for(struct app *app, keycode code)
{
	if (code == KEYCODE_CTRL_Z && !screen_can_suspend(app->screen))
		code = KEYCODE_CTRL_U;
	return command_of_key(code, page_where(app));
}

void app_key(struct app *app, keycode code)
{
	const struct command *command;
	char arg[8] = "";

	if (code == KEYCODE_UNKNOWN)
		return;
	/* Whatever is open stays as it is, the message too. */
	command = command_for(app, code);
	if (command &&
	    (command->run == run_redraw || command->run == run_suspend)) {
		app_command(app, command, "");
		return;
	}
	*app->message = '\0';
	if (code != KEYCODE_CTRL_C)
		app->asked_quit = false;
	if (code != KEYCODE_ESC && code != 'q')
		page_top(app)->asked = false;
	if (code == KEYCODE_PASTE) {
		key_paste(app);
		return;
	}
	if (app->prompt && prompt_key(app, code))
		return;
	if (page_top(app)->kind == PAGE_FIELD && field_key(app, code))
		return;
	code = key_narrow(code);
	if (page_top(app)->kind == PAGE_MENU && menu_key(app, code))
		return;
	if (page_top(app)->kind == PAGE_VIEWS && views_key(app, code))
		return;
	command = command_for(app, code);
	if (!command) {
		key_unbound(app, code);
		return;
	}
	if ((command->flags & TAKES_KEY) && code > ' ' && code < 0x110000)
		arg[utf8_put(code, arg)] = '\0';
	app_command(app, command, arg);
}

/* Plans and the listing see what others committed. */
static void look_again(struct app *app)
{
	struct page *page = page_top(app);
	size_t before;

	model_refresh(&app->model);
	edit_look(app);
	if (page->kind != PAGE_PREVIEW)
		return;
	before = page->plan.verdicts[VERDICT_CONFLICT];
	size_t now = plan_review(&page->plan, app->model.reading);
	if (now > before && !editing_of(app))
		app_say(app, STYLE_WARN,
			"有 %zu 件刚被他人修改，需复核，不会写入", now);
}

static struct views_page *uncounted(const struct app *app)
{
	struct page *page = app->pages[app->depth - 1];

	return page->kind == PAGE_VIEWS &&
			       views_page_waits(&page->views, &app->model)
		       ? &page->views
		       : NULL;
}

/* Milliseconds until something has to be done without a key. */
static int wait_time(const struct app *app, bool undrawn, int64_t last_key)
{
	int64_t left = last_key + DETAIL_DELAY - clock_ticks();

	if (uncounted(app))
		return 0;
	if (undrawn)
		return FRAME;
	if (app->detail != app->model.cursor && left < LOOK)
		return left > 0 ? (int)left : 0;
	return LOOK;
}

static void resize(struct app *app)
{
	int height, width;

	screen_size(app->screen, &height, &width);
	if (app->canvas && app->canvas->height == height &&
	    app->canvas->width == width)
		return;
	canvas_free(app->canvas);
	app->canvas = canvas_new(height, width);
}

/* All keys that wait, then one frame. */
static bool handle_keys(struct app *app, keycode code)
{
	bool any = false;

	for (; code != KEYCODE_NONE && !app->quit && !app->suspend;
	     code = screen_key(app->screen, 0)) {
		any = true;
		if (code == KEYCODE_CLOSED)
			app->quit = true;
		else if (code == KEYCODE_SUSPEND)
			app->suspend = true;
		else if (code == KEYCODE_RESIZE)
			continue;
		else if (!app->deaf || code == KEYCODE_CTRL_C)
			app_key(app, code);
	}
	return any;
}

/* The detail follows the list once the keys pause. */
static bool follow_cursor(struct app *app, int64_t last_key)
{
	if (app->detail == app->model.cursor ||
	    clock_ticks() - last_key < DETAIL_DELAY)
		return false;
	app->detail = app->model.cursor;
	app->detail_scroll.top = 0;
	return true;
}

/* What is on the screen then may be less than there is. */
static void draw(struct app *app)
{
	struct err err;

	app_draw(app);
	if (reading_sound(app->model.reading, &err))
		return;
	app_say(app, STYLE_ALERT, "%s", err.text);
	app_draw(app);
}

/* The terminal may take its time: no reading is open then. */
static void show(struct app *app)
{
	resize(app);
	draw(app);
	model_end(&app->model);
	screen_show(app->screen, app->canvas, app->deaf);
}

/* What has happened between two waits, and the frame that shows it. */
static void turn(struct app *app, keycode code, bool *undrawn,
		 int64_t *last_key)
{
	/* The frame before is on screen: what is typed now was meant. */
	if (!*undrawn && screen_ready(app->screen))
		app->deaf = false;
	if (handle_keys(app, code)) {
		*undrawn = true;
		*last_key = clock_ticks();
	}
	if (app->quit)
		return;
	if (model_stale(&app->model)) {
		look_again(app);
		*undrawn = true;
	}
	if (follow_cursor(app, *last_key))
		*undrawn = true;
	if (uncounted(app) && views_page_count(uncounted(app), &app->model))
		*undrawn = true;
	if (*undrawn && screen_ready(app->screen)) {
		show(app);
		*undrawn = false;
	}
}

/* For days, perhaps: only where no reading is open. */
static void suspend(struct app *app)
{
	app->suspend = false;
	screen_suspend(app->screen);
}

/* The view that was open, and the proposal that the cursor was on. */
static void go_on(struct app *app)
{
	const struct last *last = app->last;
	struct model *model = &app->model;
	struct lookup found;

	if (!model->start)
		return;
	lookup_one(model->reading, last->number, app->config->current, &found);
	if (found.found)
		model_go_slot(model, found.slot);
	views_go_on(app, last->view.name);
	if (model->lost.len)
		app_say(app, STYLE_WARN,
			"上次的条件里有的已经没有了：%s；列出的是剩下的条件",
			buf_text(&model->lost));
	else if (!filter_empty(&model->filter, 1u << FACET_SESSION))
		app_say(app, STYLE_NORMAL,
			"还是上次离开时的筛选，按 c 或 Ctrl-R 清除");
}

static bool start(struct app *app)
{
	page_push(app, PAGE_MAIN, "");
	app->band_value = -1;
	if (!model_begin(&app->model, &app->fatal))
		return false;
	go_on(app);
	app->detail = app->model.cursor;
	show(app);
	model_end(&app->model);
	return true;
}

/* Not after a failure: what is on the screen may be nonsense. */
static void remember(struct app *app)
{
	struct err unread;

	if (app->fatal.code || !model_begin(&app->model, &unread))
		return;
	if (last_save(app->last, app->dir, &app->model, &app->unsaved))
		app->unsaved = (struct err){0};
	model_end(&app->model);
}

bool app_run(struct app *app, struct err *err)
{
	int64_t last_key = clock_ticks() - DETAIL_DELAY;
	bool undrawn = false;

	app->quit = !start(app);
	while (!app->quit) {
		keycode code = screen_key(app->screen,
					  wait_time(app, undrawn, last_key));

		app->quit = !model_begin(&app->model, &app->fatal);
		if (!app->quit)
			turn(app, code, &undrawn, &last_key);
		model_end(&app->model);
		if (app->suspend && !app->quit)
			suspend(app);
	}
	remember(app);
	while (app->depth)
		page_pop(app);
	prompt_free(app);
	own_views_free(&app->own_views);
	buf_free(&app->own);
	canvas_free(app->canvas);
	*err = app->fatal;
	return err->code == ERR_NONE;
}
