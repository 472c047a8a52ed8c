#include <stdio.h>
#include <string.h>

#include "app/edit.h"

/* What others did takes at most so many rows, above the hint bar. */
enum { NEWS_ROWS = 3, SMALL = 5 };

/* Draws it, and gives the rows that it needs above the message's. */
static int draw_news(struct app *app, const struct editing *editing,
		     struct rect area)
{
	struct canvas *canvas = app->canvas;
	struct lines lines = {0};
	struct buf news = {0};
	int rows, more = 0;

	editing_news(editing, &news);
	lines_wrap(&lines, STYLE_WARN, "", 0, area.width, buf_text(&news));
	rows = lines.count > NEWS_ROWS ? NEWS_ROWS : (int)lines.count;
	if (rows > 1 && area.height >= SMALL)
		more = rows - 1;
	lines_draw(&lines, 0, canvas,
		   (struct rect){canvas->height - 2 - more, 0, more + 1,
				 area.width});
	lines_free(&lines);
	buf_free(&news);
	return more;
}

/* 修改第4号  已改 2 项 */
static void add_changes(const struct editing *editing, char *title, size_t size)
{
	size_t len = strlen(title), changes = editing_changes(editing);

	if (changes)
		snprintf(title + len, size - len, "  已改 %zu 项", changes);
}

static void add_rest(const struct scroll *scroll, char *title, size_t size)
{
	size_t len = strlen(title), seen = scroll->top + scroll->height;

	if (seen < scroll->count)
		snprintf(title + len, size - len, "  还有 %zu 行",
			 scroll->count - seen);
}

static void draw_text_field(struct app *app, struct page *page,
			    struct rect area, char *title, size_t size)
{
	struct editor *editor = &page->editor;
	struct scroll scroll;

	editor_draw(editor, app->canvas, area);
	scroll = (struct scroll){
		.top = editor->top,
		.count = editor->rows,
		.height = (size_t)area.height,
	};
	add_rest(&scroll, title, size);
}

/* The form stays above the one line that is typed, as far as there is room. */
static void draw_line_field(struct app *app, struct page *page,
			    struct rect area)
{
	struct page *form = app->form;
	int rows = (int)editor_rows(&page->editor, area.width);
	struct rect above = area, below = area;

	if (rows > area.height / 2)
		rows = area.height / 2 ? area.height / 2 : 1;
	below.height = rows;
	below.y = area.y + area.height - rows;
	above.height = area.height - rows - 1;
	if (above.height > 0) {
		form_draw(form->editing, &form->scroll, app->canvas, above);
		rule_draw(app->canvas, below.y - 1, true,
			  form_label(page->row));
	}
	editor_draw(&page->editor, app->canvas, below);
}

static void draw_preview(struct app *app, struct page *page, struct rect area,
			 char *title, size_t size)
{
	lines_reset(&page->lines);
	changes_lines(app->form->editing, area.width, &page->lines);
	page->scroll.count = page->lines.count;
	page->scroll.height = (size_t)area.height;
	scroll_text(&page->scroll, 0);
	lines_draw(&page->lines, page->scroll.top, app->canvas, area);
	add_rest(&page->scroll, title, size);
}

void edit_draw_page(struct app *app, struct page *page, struct rect area,
		    char *title, size_t size)
{
	const struct editing *editing = app->form->editing;

	if (page->kind != PAGE_PREVIEW)
		area.height -= draw_news(app, editing, area);
	switch (page->kind) {
	case PAGE_EDIT:
		form_draw(editing, &page->scroll, app->canvas, area);
		add_changes(editing, title, size);
		add_rest(&page->scroll, title, size);
		break;
	case PAGE_FIELD:
		if (page->editor.lines)
			draw_text_field(app, page, area, title, size);
		else
			draw_line_field(app, page, area);
		break;
	case PAGE_CONFLICT:
		conflict_draw(&page->conflict, editing, &page->lines,
			      app->canvas, area);
		add_rest(&page->conflict.scroll, title, size);
		break;
	case PAGE_PREVIEW:
		draw_preview(app, page, area, title, size);
		break;
	case PAGE_MAIN:
	case PAGE_DETAIL:
	case PAGE_FILTER:
	case PAGE_TEXT:
	case PAGE_BATCHES:
	case PAGE_MENU:
	case PAGE_VIEWS:
	case PAGE_KINDS:
		break;
	}
}
