#include "app/actions.h"
#include "app/app.h"
#include "app/edit.h"

/* Rows that the cursor moves over, lines that scroll by. */
static bool scrolls_text(enum page_kind kind)
{
	return kind == PAGE_TEXT || kind == PAGE_DETAIL || kind == PAGE_PREVIEW;
}

static struct scroll *scroll_of(struct app *app)
{
	struct page *page = page_top(app);

	if (page->kind == PAGE_MAIN)
		return &app->detail_scroll;
	if (page->kind == PAGE_CONFLICT)
		return &page->conflict.scroll;
	if (page->kind == PAGE_VIEWS)
		return &page->views.scroll;
	return page->kind == PAGE_MENU ? &page->menu.scroll : &page->scroll;
}

static void move_filter(struct app *app, long rows)
{
	struct filter_page *page = &page_top(app)->filter;
	size_t count = app->model.catalog.facets[page->facet].count;
	long to = (long)page->cursor[page->facet] + rows;

	if (to < 0)
		to = 0;
	if (to >= (long)count)
		to = count ? (long)count - 1 : 0;
	page->cursor[page->facet] = (size_t)to;
}

static void move(struct app *app, long rows)
{
	struct page *page = page_top(app);

	if (page->kind == PAGE_MAIN && app->focus == FOCUS_LIST)
		model_go(&app->model, (long)app->model.row + rows);
	else if (page->kind == PAGE_FILTER)
		move_filter(app, rows);
	else if (page->kind == PAGE_CONFLICT)
		conflict_move(&page->conflict, rows);
	else if (page->kind == PAGE_MAIN || scrolls_text(page->kind))
		scroll_text(scroll_of(app), rows);
	else
		scroll_move(scroll_of(app), rows);
}

static long page_rows(struct app *app)
{
	size_t rows =
		page_top(app)->kind == PAGE_MAIN && app->focus == FOCUS_LIST
			? app->model.height
			: scroll_of(app)->height;

	return rows > 1 ? (long)rows - 1 : 10;
}

/* Further than any list is long, and safe to add to a row. */
enum { FAR = 0x3fffffff };

ACTION(run_up)
{
	(void)arg, (void)err;
	move(app, -1);
	return true;
}

ACTION(run_down)
{
	(void)arg, (void)err;
	move(app, 1);
	return true;
}

static void turn_page(struct app *app, int sign)
{
	if (page_top(app)->kind != PAGE_MAIN || app->focus != FOCUS_LIST)
		move(app, sign * page_rows(app));
	else
		model_turn_page(&app->model, sign);
}

ACTION(run_page_up)
{
	(void)arg, (void)err;
	turn_page(app, -1);
	return true;
}

ACTION(run_page_down)
{
	(void)arg, (void)err;
	turn_page(app, 1);
	return true;
}

/* To the last value there is, by stepping: empty ones are passed over. */
static void band_end(struct app *app)
{
	long next = app->band_value;

	do {
		app->band_value = next;
		next = band_step(&app->model, next, 1);
	} while (next != app->band_value);
}

ACTION(run_first)
{
	(void)arg, (void)err;
	if (page_where(app) == IN_BAND)
		app->band_value = -1;
	else
		move(app, -FAR);
	return true;
}

ACTION(run_last)
{
	(void)arg, (void)err;
	if (page_where(app) == IN_BAND)
		band_end(app);
	else
		move(app, FAR);
	return true;
}

/* The next facet; in an open detail the next proposal of the list. */
static void sideways(struct app *app, int by)
{
	struct page *page = page_top(app);
	long facet = (long)page->filter.facet + by;

	if (page_where(app) == IN_BAND) {
		app->band_value = band_step(&app->model, app->band_value, by);
	} else if (page->kind == PAGE_FILTER) {
		if (facet >= 0 && facet < FACET_COUNT)
			page->filter.facet = (enum facet)facet;
	} else {
		model_go(&app->model, (long)app->model.row + by);
		if (page->kind == PAGE_DETAIL &&
		    app->model.cursor != SLOT_NONE) {
			page->slot = app->model.cursor;
			page->scroll.top = 0;
		}
	}
}

ACTION(run_left)
{
	(void)arg, (void)err;
	sideways(app, -1);
	return true;
}

ACTION(run_right)
{
	(void)arg, (void)err;
	sideways(app, 1);
	return true;
}

ACTION(run_next_pane)
{
	(void)arg, (void)err;
	if (page_top(app)->kind != PAGE_MAIN)
		return run_back(app, "", err);
	if (app->focus == FOCUS_BAND)
		app->focus = FOCUS_LIST;
	else if (app->focus == FOCUS_LIST && app->canvas->height >= DETAIL_ROWS)
		app->focus = FOCUS_DETAIL;
	else
		return run_filter(app, "", err);
	return true;
}

static bool open_batch(struct app *app)
{
	uint32_t batch = batch_under(&page_top(app)->scroll);
	struct page *text;

	if (!batch)
		return true;
	text = page_push(app, PAGE_TEXT, "批次");
	text->fill = fill_batch;
	text->batch = batch;
	return true;
}

ACTION(run_open)
{
	struct page *page = page_top(app);

	(void)arg;
	if (page->kind == PAGE_BATCHES)
		return open_batch(app);
	if (page->kind == PAGE_MENU && page->menu.count) {
		int value = page->menu.items[page->menu.scroll.cursor].value;
		bool (*choose)(struct app *, int, struct err *) = page->choose;

		page_pop(app);
		return choose(app, value, err);
	}
	if (page->kind == PAGE_MAIN && app->model.cursor != SLOT_NONE)
		page_detail(app, app->model.cursor);
	return true;
}

/* One step back from the list: a range, then the marks. */
static void back_in_list(struct app *app)
{
	struct err err = {0};

	if (app->model.anchor != SLOT_NONE)
		app->model.anchor = SLOT_NONE;
	else if (app->model.selection.count)
		run_unmark(app, "", &err);
	else
		app_say(app, STYLE_DIM,
			"已经在最上层，按 q 或连按两次 Ctrl-C 退出");
}

ACTION(run_back)
{
	struct page *page = page_top(app);

	(void)arg, (void)err;
	if (!edit_may_leave(app))
		return true;
	if (page->kind == PAGE_FILTER) {
		app->model.filter = page->filter.before;
		model_return(&app->model, app->place_before);
	}
	if (page->kind != PAGE_MAIN) {
		page_pop(app);
	} else if (app->focus == FOCUS_BAND) {
		app->model.filter = app->band_before;
		app->focus = FOCUS_LIST;
		model_return(&app->model, app->place_before);
	} else if (app->focus == FOCUS_DETAIL) {
		app->focus = FOCUS_LIST;
	} else {
		back_in_list(app);
	}
	return true;
}

ACTION(run_quit)
{
	if (app->depth > 1 || app->focus != FOCUS_LIST)
		return run_back(app, arg, err);
	app->quit = true;
	return true;
}

ACTION(run_interrupt)
{
	(void)arg, (void)err;
	if (app->asked_quit)
		app->quit = true;
	app->asked_quit = true;
	app_say(app, STYLE_WARN, "%s再按一次 Ctrl-C 退出",
		edit_unsaved(app) ? "有修改还没有保存，会丢失；" : "");
	return true;
}

ACTION(run_suspend)
{
	(void)arg;
	if (!screen_can_suspend(app->screen))
		return err_set(err, ERR_REFUSED,
			       "没有可以返回的 shell，不能暂停；离开请按 q");
	app->suspend = true;
	return true;
}

ACTION(run_redraw)
{
	(void)arg, (void)err;
	screen_redraw(app->screen);
	return true;
}
