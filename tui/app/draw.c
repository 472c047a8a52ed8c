#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/edit.h"
#include "app/prompt.h"
#include "base/utf8.h"
#include "base/width.h"
#include "query/language.h"

/* Under BAND_ROWS one line stands above the list; under SMALLEST nothing
 * sensible fits. */
enum {
	BAND_ROWS = 8,
	SMALLEST_ROWS = 4,
	SMALLEST_COLUMNS = 20,
	MESSAGE_ROWS = 4,
	COUNT_CELLS = 9, /* for the count that is typed */
	HINTS = 7
};

static void draw_detail(struct app *app, uint32_t slot, struct lines *lines,
			struct scroll *scroll, struct rect area)
{
	struct err err = {0};

	lines_reset(lines);
	if (slot == SLOT_NONE)
		return;
	if (!detail_lines(&app->model, slot, area.width, lines, &err))
		lines_wrap(lines, STYLE_ALERT, "", 0, area.width, err.text);
	scroll->count = lines->count;
	scroll->height = (size_t)area.height;
	scroll_text(scroll, 0);
	lines_draw(lines, scroll->top, app->canvas, area);
}

/* "帮助  还有 12 行": text that goes on below says so. */
static void add_rest(const struct scroll *scroll, const char *unit, char *title,
		     size_t size)
{
	size_t len = strlen(title), seen = scroll->top + scroll->height;

	if (seen < scroll->count)
		snprintf(title + len, size - len, "  还有 %zu %s",
			 scroll->count - seen, unit);
}

static void detail_title(const struct app *app, uint32_t slot,
			 const struct scroll *scroll, char *out, size_t size)
{
	char label[64];
	key k = slot == SLOT_NONE
			? KEY_NONE
			: reading_value(app->model.reading, COLUMN_KEY, slot);

	if (k == KEY_NONE) {
		snprintf(out, size, "详情");
		return;
	}
	key_label(k, app->config->current, label);
	snprintf(out, size, "%s", label);
	add_rest(scroll, "行", out, size);
}

/* The bar and the band; where there is room for one of them, the one that is
 * used. */
static void draw_head(struct app *app, int rows)
{
	long band = app->focus == FOCUS_BAND ? app->band_value : BAND_NO_FOCUS;
	struct canvas *canvas = app->canvas;

	if (rows > 1) {
		bar_top(&app->model, canvas, 0);
		band_draw(&app->model, canvas, 1, band);
		return;
	}
	canvas_fill(canvas, 0, 0, canvas->width, STYLE_NORMAL, ' ');
	if (app->focus == FOCUS_BAND)
		band_draw(&app->model, canvas, 0, band);
	else
		bar_top(&app->model, canvas, 0);
}

/* The detail below the list, in `rows` rows. */
static void draw_below(struct app *app, struct page *page, int y, int rows)
{
	struct canvas *canvas = app->canvas;
	char title[96];

	draw_detail(app, app->detail, &page->lines, &app->detail_scroll,
		    (struct rect){y + 1, 0, rows, canvas->width});
	detail_title(app, app->detail, &app->detail_scroll, title,
		     sizeof(title));
	rule_draw(canvas, y, app->focus == FOCUS_DETAIL, title);
	if (app->focus == FOCUS_DETAIL)
		canvas_cursor(canvas, y, 3);
}

/* The list's first row has the columns' titles: where there is no room for
 * the band, the bar takes their place. */
static void draw_main(struct app *app, struct page *page)
{
	struct model *model = &app->model;
	struct canvas *canvas = app->canvas;
	int top = canvas->height < BAND_ROWS ? 0 : 2;
	int body = canvas->height - 2 - top;
	int detail = canvas->height >= DETAIL_ROWS ? (body - 1) * 2 / 5 : 0;
	int list = detail ? body - 1 - detail : body;

	model->height = (size_t)list - 1;
	model_scroll(model);
	list_draw(model, canvas, (struct rect){top, 0, list, canvas->width});
	canvas_cursor(
		canvas,
		top + 1 + (int)(model_line(model, model->row) - model->top), 0);
	if (detail)
		draw_below(app, page, top + list, detail);
	else if (app->focus == FOCUS_DETAIL)
		app->focus = FOCUS_LIST;
	draw_head(app, top);
}

static void draw_text(struct app *app, struct page *page, struct rect area)
{
	struct err err = {0};

	lines_reset(&page->lines);
	if (!page->fill(app, page, area.width, &err))
		lines_wrap(&page->lines, STYLE_ALERT, "", 0, area.width,
			   err.text);
	page->scroll.count = page->lines.count;
	page->scroll.height = (size_t)area.height;
	scroll_text(&page->scroll, 0);
	lines_draw(&page->lines, page->scroll.top, app->canvas, area);
}

/* What has to be typed; in short where the line has no room for the rest. */
static void confirm_words(const struct page *page, bool brief, char *out,
			  size_t size)
{
	size_t writes = plan_writes(&page->plan);
	bool by_key = writes <= CONFIRM_BY_KEY;

	if (brief)
		snprintf(out, size, "%s%zu 件，%s件数：",
			 page->rest ? "其余 " : "", writes,
			 by_key ? "y 或" : "请输入");
	else
		snprintf(out, size, "%s%zu 件%s，%s再按 Enter%s：",
			 page->rest ? "其余 " : "", writes,
			 page->rest ? "继续" : "",
			 by_key ? "按 y 确认，或输入件数" : "请输入件数",
			 by_key ? "" : " 确认");
}

static void draw_confirm(struct app *app, struct page *page, int y)
{
	struct canvas *canvas = app->canvas;
	int x = 0, end = canvas->width;
	char words[128];

	if (plan_writes(&page->plan) == 0) {
		canvas_text(canvas, y, 0, end, STYLE_ALERT,
			    editing_of(app)
				    ? "他人刚改过：按 y 或 0 Enter 重新"
				      "比较，Esc 返回修改"
				    : "没有可以写入的提案，按 Esc 返回");
		return;
	}
	confirm_words(page, false, words, sizeof(words));
	if (width_text(words) + COUNT_CELLS > end)
		confirm_words(page, true, words, sizeof(words));
	int room = end - width_text(words) - COUNT_CELLS - 2;
	if (*page->note && room >= 10) {
		x += canvas_text(canvas, y, x, room, STYLE_DIM, "附注 ");
		x += canvas_text_cut(canvas, y, x, room - x, STYLE_NORMAL,
				     page->note);
		x += 2;
	}
	x += canvas_text(canvas, y, x, end - x, STYLE_WARN, words);
	edit_draw(&page->typed, canvas, y, x, end - x);
}

/* What is chosen, also in the facets that have no room on the screen. */
static void filter_title(const struct app *app, char *out, size_t size)
{
	const struct model *model = &app->model;
	struct buf words = {0};

	filter_explain(&model->filter, &model->catalog, 1u << FACET_SESSION,
		       &words);
	snprintf(out, size, "筛选  %zu 件%s%s", model->listing.count,
		 words.len ? "  " : "", buf_text(&words));
	out[utf8_cut(out, strlen(out))] = '\0';
	buf_free(&words);
}

static void draw_page(struct app *app, struct page *page)
{
	struct canvas *canvas = app->canvas;
	struct rect area = {1, 0, canvas->height - 3, canvas->width};
	char title[192];

	snprintf(title, sizeof(title), "%s", page->title);
	canvas_cursor(canvas, 0, 3);
	switch (page->kind) {
	case PAGE_DETAIL:
		draw_detail(app, page->slot, &page->lines, &page->scroll, area);
		detail_title(app, page->slot, &page->scroll, title,
			     sizeof(title));
		break;
	case PAGE_FILTER:
		filter_title(app, title, sizeof(title));
		filter_page_draw(&page->filter, &app->model, canvas, area);
		break;
	case PAGE_PREVIEW:
		if (editing_of(app)) {
			edit_draw_page(app, page, area, title, sizeof(title));
		} else {
			preview_draw(&page->plan, &page->scroll, &app->model,
				     canvas, area);
			add_rest(&page->scroll, "件", title, sizeof(title));
		}
		draw_confirm(app, page, canvas->height - 2);
		break;
	case PAGE_TEXT:
		draw_text(app, page, area);
		add_rest(&page->scroll, "行", title, sizeof(title));
		break;
	case PAGE_BATCHES:
		batches_draw(&page->scroll, &app->model, canvas, area);
		break;
	case PAGE_VIEWS:
		views_page_draw(&page->views, &app->model, canvas, area);
		break;
	case PAGE_MENU:
		menu_draw(&page->menu, canvas, area);
		break;
	case PAGE_EDIT:
	case PAGE_FIELD:
	case PAGE_CONFLICT:
		edit_draw_page(app, page, area, title, sizeof(title));
		break;
	case PAGE_MAIN:
	case PAGE_KINDS:
		break;
	}
	rule_draw(canvas, 0, false, title);
}

static bool too_small(const struct canvas *canvas)
{
	return canvas->height < SMALLEST_ROWS ||
	       canvas->width < SMALLEST_COLUMNS;
}

/* The message may need more than its line: it covers what is above it. The
 * line that is typed into stays. */
void app_draw_message(struct app *app)
{
	struct canvas *canvas = app->canvas;
	bool typing = page_top(app)->kind == PAGE_PREVIEW;
	int bottom = canvas->height - (typing ? 2 : 1);
	struct lines lines = {0};

	if (too_small(canvas))
		return;
	lines_wrap(&lines, app->message_style, "", 0, canvas->width,
		   app->message);
	int count =
		lines.count < MESSAGE_ROWS ? (int)lines.count : MESSAGE_ROWS;
	if (count > bottom)
		count = bottom;
	struct rect area = {bottom - count, 0, count, canvas->width};
	for (int i = 0; i < count; i++)
		canvas_fill(canvas, area.y + i, 0, canvas->width, STYLE_NORMAL,
			    ' ');
	lines_draw(&lines, 0, canvas, area);
	lines_free(&lines);
}

static int draw_hint(struct app *app, const struct command *command, int y,
		     int x)
{
	char keys[64], text[160];

	command_keys(command, keys, sizeof(keys));
	snprintf(text, sizeof(text), "%s %s", keys, command->label);
	if (x + width_text(text) > app->canvas->width)
		return x;
	x += canvas_text(app->canvas, y, x, app->canvas->width - x, STYLE_BOLD,
			 keys);
	x += 1 + canvas_text(app->canvas, y, x + 1, app->canvas->width - x,
			     STYLE_NORMAL, command->label);
	return x + 2;
}

static bool hints(const struct command *command, unsigned where)
{
	unsigned wanted = where == IN_LIST ? HINT | HINT_LIST : HINT;

	return (command->flags & where) && (command->flags & wanted);
}

/* What acts on marks comes first once something is marked. */
static void draw_hints(struct app *app)
{
	unsigned where = page_where(app);
	int y = app->canvas->height - 1, shown = 0;

	bool typing = page_top(app)->kind == PAGE_FIELD;

	if (app->prompt || typing) {
		canvas_text_cut(
			app->canvas, y, 0, app->canvas->width, STYLE_NORMAL,
			typing ? field_hint(page_top(app)) : app->prompt->hint);
		return;
	}
	int x = draw_hint(app, command_find("help"), y, 0);
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < command_count && shown < HINTS; i++) {
			const struct command *command = &commands[i];
			bool first = (command->flags & ON_MARKED) &&
				     app->model.selection.count;

			if (!hints(command, where) || first != (pass == 0))
				continue;
			if (!app_may(app, command))
				continue;
			x = draw_hint(app, command, y, x);
			shown++;
		}
	}
	if (app->depth > 1 || app->focus != FOCUS_LIST)
		draw_hint(app, command_find("back"), y, x);
}

void app_draw(struct app *app)
{
	struct canvas *canvas = app->canvas;
	struct page *page = page_top(app);
	int height = canvas->height;

	canvas_clear(canvas);
	if (too_small(canvas)) {
		canvas_text(canvas, 0, 0, canvas->width, STYLE_NORMAL,
			    "请放大窗口");
		return;
	}
	if (page->kind == PAGE_MAIN)
		draw_main(app, page);
	else
		draw_page(app, page);
	draw_hints(app);
	if (app->prompt)
		prompt_draw(app, height - 2,
			    (struct rect){1, 0, height - 3, canvas->width});
	else if (*app->message)
		app_draw_message(app);
}
