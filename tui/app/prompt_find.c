#include <stdio.h>
#include <string.h>

#include "app/actions.h"
#include "app/search.h"
#include "base/utf8.h"
#include "domain/number.h"
#include "query/lookup.h"

/* --- 编号 --- */

/* Whether what is typed is a number so far. */
static bool look(struct app *app, struct lookup *found)
{
	lookup_one(app->model.reading, app->line.text, app->config->current,
		   found);
	return found->key != KEY_NONE;
}

static void number_changed(struct app *app)
{
	struct lookup found;

	if (look(app, &found) && found.found)
		model_go_slot(&app->model, found.slot);
}

static void number_title(struct app *app, uint32_t slot, struct buf *out)
{
	struct arena arena = {0};
	struct proposal p;
	struct err err = {0};

	if (reading_proposal(app->model.reading, slot, &arena, &p, &err))
		buf_printf(out, "《%s》", p.title);
	arena_free(&arena);
}

static void number_tell(struct app *app, struct buf *out)
{
	struct lookup found;
	char label[64], main[64];

	if (app->line.len == 0)
		return;
	if (!look(app, &found)) {
		bool list = number_only(app->line.text, app->config->current);

		buf_str(out, list ? "一串编号，按 Enter 选中" : "还不是编号");
		return;
	}
	key_label(found.key, app->config->current, label);
	if (!found.found)
		buf_printf(out, "没有%s提案", label);
	else
		buf_str(out, label);
	if (found.merged_into) {
		key_label(found.merged_into, app->config->current, main);
		buf_printf(out, "已并入%s", main);
	}
	if (found.found)
		number_title(app, found.slot, out);
	if (found.found && listing_row(&app->model.listing, found.slot) < 0)
		buf_str(out, "（不在当前筛选）");
	for (size_t i = 0; i < found.elsewhere_count; i++) {
		session_label(key_session(found.elsewhere[i]), label);
		buf_printf(out, "%s%s", i ? "、" : "  另有 ", label);
	}
}

static bool number_accept(struct app *app, struct err *err)
{
	struct lookup found;
	char label[64], main[64];

	if (!look(app, &found))
		return mark_numbers(app, app->line.text, err);
	key_label(found.key, app->config->current, label);
	if (!found.found)
		return err_set(err, ERR_NOT_FOUND,
			       "没有%s提案，请核对编号和届次", label);
	if (!model_go_slot(&app->model, found.slot))
		model_return(&app->model, app->line_place);
	page_detail(app, found.slot);
	if (found.merged_into) {
		key_label(found.merged_into, app->config->current, main);
		app_say(app, STYLE_WARN, "%s已并入%s，这是%s", label, main,
			main);
	}
	return true;
}

static void number_cancel(struct app *app)
{
	model_return(&app->model, app->line_place);
}

static const struct prompt_ops number_ops = {
	.label = "编号",
	.hint = "Enter 打开  Esc 取消",
	.changed = number_changed,
	.accept = number_accept,
	.cancel = number_cancel,
	.tell = number_tell,
	.lets_through = true,
};

void prompt_number(struct app *app, const char *text)
{
	prompt_open(app, &number_ops, text);
}

static bool numbers_accept(struct app *app, struct err *err)
{
	return mark_numbers(app, app->line.text, err);
}

static const struct prompt_ops numbers_ops = {
	.label = "要选中的编号",
	.hint = "如 4、173、161—165号  Enter 选中  Esc 取消",
	.accept = numbers_accept,
};

void prompt_numbers(struct app *app)
{
	prompt_open(app, &numbers_ops, "");
}

/* --- 搜索 --- */

static bool scope_key(struct app *app, keycode code);

static const struct prompt_ops search_ops = {
	.label = "搜索",
	.hint = "Enter 保留  Esc 取消  Ctrl-F 搜全库  Tab 补全  如 状态=办理中 "
		"期限<7天",
	.changed = search_changed,
	.accept = search_accept,
	.cancel = search_cancel,
	.tell = search_tell,
	.key = scope_key,
	.above = search_above,
	.lets_through = true,
};

static const struct prompt_ops search_all_ops = {
	.label = "搜全库",
	.hint = "Enter 保留  Esc 取消  Ctrl-F 只在原来的筛选里搜  Tab 补全",
	.changed = search_changed,
	.accept = search_accept,
	.cancel = search_cancel,
	.tell = search_tell,
	.key = scope_key,
	.above = search_above,
	.lets_through = true,
};

/* What was searched for gives way to what will be. */
static void within(struct app *app, const struct filter *filter)
{
	app->line_base = *filter;
	memset(app->line_base.text, 0, sizeof(app->line_base.text));
	memset(app->line_base.no_text, 0, sizeof(app->line_base.no_text));
}

/* Ctrl-F again: in all sessions, whatever is filtered, and back. */
static bool scope_key(struct app *app, keycode code)
{
	if (code != KEYCODE_CTRL_F)
		return search_key(app, code);
	if (app->prompt == &search_all_ops) {
		app->prompt = &search_ops;
		within(app, &app->line_before);
	} else {
		app->prompt = &search_all_ops;
		app->line_base = (struct filter){0};
	}
	search_changed(app);
	return true;
}

/* --- A Han character typed in the list: 第173号 or words to search --- */

static void spoken_changed(struct app *app);

static const struct prompt_ops spoken_search_ops = {
	.label = "搜索",
	.hint = "检测到中文输入，已转为搜索  Enter 保留  Esc 取消  Ctrl-F "
		"搜全库",
	.changed = spoken_changed,
	.accept = search_accept,
	.cancel = search_cancel,
	.tell = search_tell,
	.key = scope_key,
	.above = search_above,
	.lets_through = true,
};

static const struct prompt_ops spoken_number_ops = {
	.label = "编号",
	.hint = "Enter 打开  Esc 取消",
	.changed = spoken_changed,
	.accept = number_accept,
	.cancel = search_cancel,
	.tell = number_tell,
	.lets_through = true,
};

/* One character alone, 一 or 十, begins a word rather than a number. */
static void spoken_changed(struct app *app)
{
	struct lookup found;

	if (utf8_count(app->line.text) < 2 || !look(app, &found)) {
		app->prompt = &spoken_search_ops;
		search_changed(app);
		return;
	}
	app->prompt = &spoken_number_ops;
	search_close(app);
	app->model.filter = app->line_before;
	model_return(&app->model, app->line_place);
	number_changed(app);
}

void prompt_search(struct app *app, keycode first)
{
	char text[8] = "";

	within(app, &app->model.filter);
	if (first == KEYCODE_NONE) {
		prompt_open(app, &search_ops, "");
		return;
	}
	text[utf8_put(first, text)] = '\0';
	prompt_open(app, &spoken_search_ops, text);
}

bool prompt_pasted_list(struct app *app, const char *text, struct err *err)
{
	if (number_only(text, app->config->current))
		return mark_numbers(app, text, err);
	prompt_search(app, KEYCODE_NONE);
	prompt_paste(app, text);
	return true;
}
