#include "app/edit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/actions.h"
#include "base/mem.h"

struct editing *editing_of(const struct app *app)
{
	return app->form ? app->form->editing : NULL;
}

ACTION(run_edit)
{
	struct editing *editing;
	uint32_t slot = app_slot(app);
	char title[96], label[64];

	(void)arg;
	if (slot == SLOT_NONE)
		return err_set(err, ERR_NOT_FOUND,
			       "列表是空的，没有可改的提案");
	editing = mem_new(sizeof(*editing));
	if (!editing_open(editing, app->config, app->model.reading, slot,
			  err)) {
		free(editing);
		return false;
	}
	key_label(editing->key, app->config->current, label);
	snprintf(title, sizeof(title), "修改%s", label);
	app->form = page_push(app, PAGE_EDIT, title);
	app->form->editing = editing;
	/* Keys may come before it is drawn. */
	app->form->scroll.count = FORM_ROWS;
	app->form->scroll.height = (size_t)app->canvas->height;
	return true;
}

static void open_conflicts(struct app *app)
{
	struct page *page;
	char label[64], title[128];

	if (page_top(app)->kind == PAGE_CONFLICT)
		return;
	key_label(app->form->editing->key, app->config->current, label);
	snprintf(title, sizeof(title), "%s：您和他人都改了", label);
	page = page_push(app, PAGE_CONFLICT, title);
	conflict_fill(&page->conflict, app->form->editing);
	app->deaf = true;
}

/* The first one that waits for a choice, from the cursor on. */
static void go_undecided(struct conflict_view *view,
			 const struct editing *editing)
{
	for (size_t i = 0; i < view->count; i++) {
		size_t n = (view->cursor + i) % view->count;

		if (!editing_undecided(editing, view->ids[n]))
			continue;
		while (view->cursor != n)
			conflict_move(view, view->cursor < n ? 1 : -1);
		return;
	}
}

/* On to the preview, by way of the conflicts if there are any. */
static bool proceed(struct app *app, struct err *err)
{
	struct page *page = page_top(app), *form = app->form;
	struct editing *editing = form->editing;
	struct plan plan;
	char label[64];
	bool moved;

	if (!editing_look(editing, app->model.reading, &moved, err))
		return false;
	if (!editing->gone && editing_conflicts(editing)) {
		bool there = page->kind == PAGE_CONFLICT;

		open_conflicts(app);
		if (!there)
			return true;
		go_undecided(&page->conflict, editing);
		return err_set(err, ERR_CONFLICT,
			       "还有 %zu 项没有选定：1 用他人的，2 用我的",
			       editing_conflicts(editing));
	}
	if (!plan_edit(&plan, editing, app->model.reading, err))
		return false;
	page = page_preview(app, &plan);
	key_label(editing->key, app->config->current, label);
	snprintf(page->title, sizeof(page->title), "修改%s，还没有写入", label);
	snprintf(page->note, sizeof(page->note), "%s", form->note);
	return true;
}

ACTION(run_save)
{
	(void)arg;
	return proceed(app, err);
}

bool edit_again(struct app *app, struct err *err)
{
	struct page *form = app->form;
	struct buf news = {0};
	struct err why = {0};

	snprintf(form->note, sizeof(form->note), "%s", page_top(app)->note);
	page_pop(app);
	if (!proceed(app, &why))
		return err_set(err, why.code, "%s", why.text);
	editing_news(form->editing, &news);
	err_set(err, ERR_CONFLICT, "没有写入：%s。%s", buf_text(&news),
		page_top(app)->kind == PAGE_PREVIEW ? "已经合并，请再看一遍"
						    : "请选定");
	buf_free(&news);
	return false;
}

/* The news stand in the page as long as they are news; what was said there
 * before is of yesterday. Over a preview they are said. */
static void show_news(struct app *app)
{
	struct buf news = {0};

	*app->message = '\0';
	if (page_top(app)->kind != PAGE_PREVIEW)
		return;
	editing_news(app->form->editing, &news);
	app_say(app, STYLE_WARN, "%s", buf_text(&news));
	buf_free(&news);
}

void edit_look(struct app *app)
{
	struct editing *editing = editing_of(app);
	struct page *page = page_top(app);
	struct err err = {0};
	bool moved;

	if (!editing)
		return;
	if (!editing_look(editing, app->model.reading, &moved, &err)) {
		app_say(app, STYLE_ALERT, "%s", err.text);
		return;
	}
	if (moved && page->kind == PAGE_CONFLICT)
		conflict_fill(&page->conflict, editing);
	if (moved)
		show_news(app);
}

static bool pick(struct app *app, enum merge_pick pick, struct err *err)
{
	struct conflict_view *view = &page_top(app)->conflict;
	struct editing *editing = app->form->editing;
	size_t left;

	conflict_fill(view, editing);
	if (!view->count)
		return err_set(err, ERR_NOT_FOUND, "没有需要选定的项了");
	editing->picks[view->ids[view->cursor]] = pick;
	left = editing_conflicts(editing);
	if (left)
		app_say(app, STYLE_WARN, "还有 %zu 项没有选定", left);
	else
		app_say(app, STYLE_GOOD, "都选定了，按 F8 预览并保存");
	return true;
}

ACTION(run_take_theirs)
{
	(void)arg;
	return pick(app, PICK_THEIRS, err);
}

ACTION(run_take_mine)
{
	(void)arg;
	return pick(app, PICK_MINE, err);
}

static bool text_changed(const struct page *page)
{
	return page->kind == PAGE_FIELD &&
	       strcmp(buf_text(&page->editor.text), page->text) != 0;
}

bool edit_unsaved(struct app *app)
{
	return app->form && (editing_changes(app->form->editing) ||
			     text_changed(page_top(app)));
}

bool edit_may_leave(struct app *app)
{
	struct page *page = page_top(app);
	size_t changes =
		page->kind == PAGE_EDIT ? editing_changes(page->editing) : 0;

	bool text = page->editor.lines && text_changed(page);

	if (page->asked || (!changes && !text))
		return true;
	page->asked = true;
	if (changes)
		app_say(app, STYLE_WARN,
			"有 %zu 项修改还没有保存：再按一次 Esc 放弃%s", changes,
			page->editing->gone ? "" : "，按 F8 预览并保存");
	else
		app_say(app, STYLE_WARN,
			"这一项改过的内容还没有留下：再按一次 Esc 放弃，"
			"按 F8 完成");
	return false;
}
