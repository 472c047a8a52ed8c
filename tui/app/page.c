#include <stdio.h>
#include <stdlib.h>

#include "app/app.h"
#include "app/prompt.h"
#include "base/mem.h"

struct page *page_top(struct app *app)
{
	return app->pages[app->depth - 1];
}

unsigned page_where(struct app *app)
{
	static const unsigned where[PAGE_KINDS] = {
		[PAGE_MAIN] = IN_LIST,     [PAGE_DETAIL] = IN_DETAIL,
		[PAGE_FILTER] = IN_FILTER, [PAGE_PREVIEW] = IN_PREVIEW,
		[PAGE_TEXT] = IN_TEXT,     [PAGE_BATCHES] = IN_BATCHES,
		[PAGE_MENU] = IN_MENU,     [PAGE_EDIT] = IN_EDIT,
		[PAGE_FIELD] = IN_FIELD,   [PAGE_CONFLICT] = IN_CONFLICT,
		[PAGE_VIEWS] = IN_VIEWS,
	};
	enum page_kind kind = page_top(app)->kind;

	if (kind == PAGE_MAIN && app->focus == FOCUS_DETAIL)
		return IN_DETAIL;
	if (kind == PAGE_MAIN && app->focus == FOCUS_BAND)
		return IN_BAND;
	return where[kind];
}

struct page *page_push(struct app *app, enum page_kind kind, const char *title)
{
	struct page *page;

	if (app->depth == PAGES_MAX)
		page_pop(app);
	page = mem_new(sizeof(*page));
	page->kind = kind;
	app->model.counts_all = kind == PAGE_FILTER;
	snprintf(page->title, sizeof(page->title), "%s", title);
	app->pages[app->depth++] = page;
	return page;
}

void page_pop(struct app *app)
{
	struct page *page = app->pages[--app->depth];
	lines_free(&page->lines);
	menu_free(&page->menu);
	views_page_free(&page->views);
	plan_free(&page->plan);
	if (page == app->form)
		app->form = NULL;
	editor_free(&page->editor);
	if (page->editing)
		editing_free(page->editing);
	free(page->editing);
	free(page->text);
	free(page);
	if (app->depth == 0)
		return;
	/* What lies below may want what this page did not. */
	app->model.counts_all = page_top(app)->kind == PAGE_FILTER;
	if (app->model.counts_all && app->model.reading)
		model_refresh(&app->model);
}

/*
 * Auto-repeat over a slow line has destroyed work elsewhere: what was typed
 * before is thrown away.
 */
struct page *page_preview(struct app *app, struct plan *plan)
{
	struct page *page = page_push(app, PAGE_PREVIEW, "预览，还没有写入");

	page->plan = *plan;
	app->deaf = true;
	return page;
}

void page_detail(struct app *app, uint32_t slot)
{
	struct page *page = page_top(app);

	if (page->kind != PAGE_DETAIL)
		page = page_push(app, PAGE_DETAIL, "");
	page->slot = slot;
	page->scroll.top = 0;
}

uint32_t app_slot(const struct app *app)
{
	for (size_t i = app->depth; i-- > 0;) {
		if (app->pages[i]->kind == PAGE_DETAIL)
			return app->pages[i]->slot;
	}
	return app->model.cursor;
}
