/*
 * The page of views, and what is done on it.
 */
#include "app/views.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/prompt.h"
#include "base/utf8.h"

/* --- The page --- */

static void add_row(struct app *app, struct views_page *page,
		    const struct language *language, const struct view *view,
		    bool own)
{
	struct view_row *row = views_page_add(page);
	struct buf words = {0}, lost = {0};

	row->key = view->key;
	row->own = own;
	snprintf(row->name, sizeof(row->name), "%s", view->name);
	view_salvage(view, language, &row->look, &lost);
	row->lost = lost.len;
	if (lost.len)
		buf_printf(&words, "%s；剩下：", buf_text(&lost));
	look_explain(&row->look, &app->model.catalog, &words);
	snprintf(row->words, sizeof(row->words), "%s", buf_text(&words));
	row->words[utf8_cut(row->words, strlen(row->words))] = '\0';
	buf_free(&words);
	buf_free(&lost);
}

/* As they are by now, also in other windows; the cursor stays on `name`. */
static void fill(struct app *app, struct views_page *page, const char *name)
{
	const struct language language = model_language(&app->model);
	size_t mine = own_view_count(&app->own_views);
	size_t count = views_count(&app->own_views, app->config);
	size_t cursor = page->scroll.cursor;

	page->count = page->counted = 0;
	for (size_t i = 0; i < count; i++)
		add_row(app, page, &language,
			views_at(&app->own_views, app->config, i), i < mine);
	page->scroll.cursor = cursor < count ? cursor : count ? count - 1 : 0;
	for (size_t i = 0; i < count; i++)
		if (strcmp(page->rows[i].name, name) == 0)
			page->scroll.cursor = i;
}

/* Where the shared ones are written. */
static const char *source(const struct app *app)
{
	return *app->config->source ? app->config->source : "内置配置";
}

static bool find_and_open(struct app *app, const char *name, struct err *err)
{
	struct views_page found = {0};
	const struct view *view =
		views_find(&app->own_views, app->config, name, err);

	if (!view)
		return false;
	fill(app, &found, view->name);
	views_open(app, views_page_row(&found));
	views_page_free(&found);
	return true;
}

ACTION(run_views)
{
	char title[192];

	own_views_load(&app->own_views);
	if (*arg)
		return find_and_open(app, arg, err);
	snprintf(title, sizeof(title), "视图  共享的来自%s", source(app));
	title[utf8_cut(title, strlen(title))] = '\0';
	struct page *page = page_push(app, PAGE_VIEWS, title);
	fill(app, &page->views, app->model.view);
	if (app->own_views.why.code)
		app_say(app, STYLE_ALERT, "%s", app->own_views.why.text);
	return true;
}

/* --- Open --- */

void views_open(struct app *app, const struct view_row *row)
{
	struct model *model = &app->model;
	const struct view_row opened = *row; /* the page goes away */

	while (app->depth > 1)
		page_pop(app);
	app->focus = FOCUS_LIST;
	model_show(model, &opened.look, opened.name);
	model_refresh(model);
	model_go(model, 0);
	app_say(app, opened.lost ? STYLE_WARN : STYLE_NORMAL, "%s：%zu 件%s%s",
		opened.name, model->listing.count, opened.lost ? "，但" : "",
		opened.lost ? opened.words : "");
}

ACTION(run_view_open)
{
	const struct view_row *row = views_page_row(&page_top(app)->views);

	(void)arg, (void)err;
	if (row)
		views_open(app, row);
	return true;
}

bool views_key(struct app *app, keycode code)
{
	const struct views_page *page = &page_top(app)->views;

	if (code >= 0x80 || !isalnum((int)code))
		return false;
	for (size_t i = 0; i < page->count; i++) {
		if (page->rows[i].key != (char)code)
			continue;
		views_open(app, &page->rows[i]);
		return true;
	}
	return false;
}

/* --- Save --- */

static bool save(struct app *app, const char *name, struct err *err)
{
	const struct model *model = &app->model;
	struct look look = model_look(model);
	struct arena arena = {0};
	struct view view = {.name = name};

	own_views_load(&app->own_views);
	view.key = views_free_key(&app->own_views, app->config);
	bool ok = view_write(&look, &model->catalog, &arena, &view, err) &&
		  own_view_put(&app->own_views, &view, err);
	arena_free(&arena);
	return ok;
}

/* Another view of that name is not written over by the way. */
static bool may_save(struct app *app, const char *name, struct err *err)
{
	struct err unused;
	const struct view *view;

	if (!views_may_be_called(app->config, name, err))
		return false;
	own_views_load(&app->own_views);
	view = views_find(&app->own_views, app->config, name, &unused);
	if (!view || strcmp(view->name, app->model.view) == 0)
		return true;
	return err_set(err, ERR_REFUSED,
		       "已经有“%s”了；要换掉它，请先打开它，改了再存",
		       view->name);
}

static bool save_as(struct app *app, const char *name, struct err *err)
{
	struct page *page = page_top(app);
	struct look look = model_look(&app->model);

	if (!may_save(app, name, err) || !save(app, name, err))
		return false;
	model_show(&app->model, &look, name);
	if (page->kind == PAGE_VIEWS)
		fill(app, &page->views, name);
	app_say(app, STYLE_NORMAL, "已把现在的筛选和排序存为视图“%s”", name);
	return true;
}

static bool save_accept(struct app *app, struct err *err)
{
	return save_as(app, app->line.text, err);
}

static const struct prompt_ops save_ops = {
	.label = "存为视图，名称",
	.hint = "Enter 保存  Esc 取消",
	.accept = save_accept,
};

ACTION(run_view_save)
{
	const struct model *model = &app->model;
	struct err unused;
	const struct view *view =
		views_find(&app->own_views, app->config, model->view, &unused);
	struct look now = model_look(model);
	bool again = view && own_view_find(&app->own_views, view->name) &&
		     !look_same(&now, &model->opened);

	if (*arg)
		return save_as(app, arg, err);
	prompt_open(app, &save_ops, again ? view->name : "");
	return true;
}

/* --- Rename, give another key, move, delete --- */

/* The row under the cursor, if it is one's own. */
static const struct view_row *own_row(struct app *app, struct err *err)
{
	const struct view_row *row = views_page_row(&page_top(app)->views);

	if (row && row->own)
		return row;
	if (row)
		err_set(err, ERR_REFUSED,
			"“%s”是大家共享的视图，来自%s，这里不能改", row->name,
			source(app));
	else
		err_set(err, ERR_NOT_FOUND, "还没有视图");
	return NULL;
}

/* After a change, whether it could be made or not. */
static bool changed(struct app *app, const char *name, bool ok)
{
	fill(app, &page_top(app)->views, name);
	return ok;
}

static bool rename_accept(struct app *app, struct err *err)
{
	const struct view_row *row = own_row(app, err);
	const char *to = app->line.text;
	char from[VIEW_NAME_BYTES];

	if (!row || !views_may_be_called(app->config, to, err))
		return false;
	snprintf(from, sizeof(from), "%s", row->name);
	if (!own_view_rename(&app->own_views, from, to, err))
		return changed(app, from, false);
	if (strcmp(app->model.view, from) == 0) {
		const struct look opened = app->model.opened,
				  now = model_look(&app->model);

		model_show(&app->model, &now, to);
		app->model.opened = opened;
	}
	app_say(app, STYLE_NORMAL, "视图“%s”改名为“%s”", from, to);
	return changed(app, to, true);
}

static const struct prompt_ops rename_ops = {
	.label = "新的名称",
	.hint = "Enter 确定  Esc 取消",
	.accept = rename_accept,
};

ACTION(run_view_rename)
{
	const struct view_row *row = own_row(app, err);

	(void)arg;
	if (row)
		prompt_open(app, &rename_ops, row->name);
	return row;
}

static bool key_accept(struct app *app, struct err *err)
{
	const struct view_row *row = own_row(app, err);
	const char *typed = app->line.text;
	char letter = *typed, name[VIEW_NAME_BYTES];

	if (!row)
		return false;
	if (letter && (typed[1] || !isalnum((unsigned char)letter)))
		return err_set(err, ERR_USAGE,
			       "按键是一个英文字母或数字，空着就是没有");
	snprintf(name, sizeof(name), "%s", row->name);
	bool ok = own_view_key(&app->own_views, name, letter, err);
	if (ok)
		app_say(app, STYLE_NORMAL,
			letter ? "按 %c 打开“%s”" : "%c“%s”没有按键了",
			letter ? letter : ' ', name);
	return changed(app, name, ok);
}

static const struct prompt_ops key_ops = {
	.label = "打开它的字母或数字",
	.hint = "Enter 确定，空着就是没有  Esc 取消",
	.accept = key_accept,
};

ACTION(run_view_key)
{
	const struct view_row *row = own_row(app, err);
	const char letter[2] = {row ? row->key : '\0', '\0'};

	(void)arg;
	if (row)
		prompt_open(app, &key_ops, letter);
	return row;
}

static bool move_row(struct app *app, int by, struct err *err)
{
	const struct view_row *row = own_row(app, err);
	char name[VIEW_NAME_BYTES];

	if (!row)
		return false;
	snprintf(name, sizeof(name), "%s", row->name);
	return changed(app, name,
		       own_view_move(&app->own_views, name, by, err));
}

ACTION(run_view_up)
{
	(void)arg;
	return move_row(app, -1, err);
}

ACTION(run_view_down)
{
	(void)arg;
	return move_row(app, 1, err);
}

/* The answer: below it is the page, with the cursor where it was. */
static bool choose_delete(struct app *app, int value, struct err *err)
{
	const struct view_row *row = own_row(app, err);
	char name[VIEW_NAME_BYTES];

	if (!value)
		return true;
	if (!row)
		return false;
	snprintf(name, sizeof(name), "%s", row->name);
	bool ok = own_view_delete(&app->own_views, name, err);
	if (ok && strcmp(app->model.view, name) == 0)
		*app->model.view = '\0';
	if (ok)
		app_say(app, STYLE_NORMAL, "已删去视图“%s”", name);
	return changed(app, "", ok);
}

ACTION(run_view_delete)
{
	static const char *const answers[] = {"不删", "删去"};
	const struct view_row *row = own_row(app, err);
	char title[128];

	(void)arg;
	if (!row)
		return false;
	snprintf(title, sizeof(title), "删去自己的视图“%s”？", row->name);
	struct page *page = page_push(app, PAGE_MENU, title);
	page->choose = choose_delete;
	for (int i = 0; i < 2; i++) {
		struct menu_item *item = menu_add(&page->menu);

		item->label = answers[i];
		item->value = i;
		snprintf(item->key, sizeof(item->key), "%d", i + 1);
	}
	return true;
}

void views_go_on(struct app *app, const char *name)
{
	struct model *model = &app->model;
	const struct look now = model_look(model);
	const struct language language = model_language(model);
	struct err unused;
	struct buf lost = {0};

	own_views_load(&app->own_views);
	const struct view *view =
		*name ? views_find(&app->own_views, app->config, name, &unused)
		      : NULL;
	if (!view)
		return;
	model_show(model, &now, view->name);
	view_salvage(view, &language, &model->opened, &lost);
	buf_free(&lost);
}
