#include "pane/views.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/width.h"
#include "store/columns.h"

/* A key comes between two turns of counting. */
enum { TURN = 8 };

struct view_row *views_page_add(struct views_page *page)
{
	struct view_row *row;

	/* Grown by whole doublings: the count is a power of two when full. */
	if ((page->count & (page->count - 1)) == 0)
		page->rows = mem_resize(page->rows,
					(page->count ? page->count * 2 : 1) *
						sizeof(*page->rows));
	row = &page->rows[page->count++];
	page->scroll.count = page->count; /* keys may come before it is drawn */
	memset(row, 0, sizeof(*row));
	return row;
}

struct view_row *views_page_row(const struct views_page *page)
{
	return page->count ? &page->rows[page->scroll.cursor] : NULL;
}

bool views_page_waits(const struct views_page *page, const struct model *model)
{
	return page->counted < page->count || page->version != model->version;
}

bool views_page_count(struct views_page *page, const struct model *model)
{
	int64_t end = clock_ticks() + TURN;
	bool any = false;

	if (page->version != model->version)
		page->counted = 0;
	page->version = model->version;
	while (page->counted < page->count && (!any || clock_ticks() < end)) {
		struct view_row *row = &page->rows[page->counted++];

		row->listed = look_count(&row->look, model->reading,
					 &model->catalog, model->today);
		any = true;
	}
	return any;
}

static int widest_name(const struct views_page *page)
{
	int most = 0;

	for (size_t i = 0; i < page->count; i++) {
		int cells = width_text(page->rows[i].name);

		most = cells > most ? cells : most;
	}
	return most;
}

/* What the columns take, so that all rows agree. */
struct columns {
	int name, count;
};

static struct columns columns_of(const struct views_page *page)
{
	struct columns out = {.name = widest_name(page) + 2, .count = 4};
	char text[32];

	for (size_t i = 0; i < page->counted; i++) {
		int cells = snprintf(text, sizeof(text), "%zu 件",
				     page->rows[i].listed);

		cells = width_text(text);
		out.count = cells > out.count ? cells : out.count;
	}
	return out;
}

static void draw_row(const struct views_page *page, size_t n,
		     struct columns columns, bool here, struct canvas *canvas,
		     int y, struct rect area)
{
	const struct view_row *row = &page->rows[n];
	int x = area.x + 2, end = area.x + area.width;
	char text[32] = "…";

	canvas_fill(canvas, y, area.x, 1, STYLE_BOLD,
		    n == page->scroll.cursor ? '>' : ' ');
	canvas_fill(canvas, y, x, 1, STYLE_BOLD, row->key ? row->key : ' ');
	canvas_text(canvas, y, x + 3, columns.name,
		    here ? STYLE_BOLD : STYLE_NORMAL, row->name);
	x += 3 + columns.name;
	if (n < page->counted)
		snprintf(text, sizeof(text), "%zu 件", row->listed);
	canvas_text(canvas, y, x + columns.count - width_text(text),
		    width_text(text), row->listed ? STYLE_NORMAL : STYLE_DIM,
		    text);
	x += columns.count + 2;
	x += canvas_text(canvas, y, x, end - x,
			 row->own ? STYLE_NORMAL : STYLE_DIM,
			 row->own ? "自己" : "共享");
	canvas_text_cut(canvas, y, x + 2, end - x - 2,
			row->lost ? STYLE_WARN : STYLE_NORMAL, row->words);
}

void views_page_draw(struct views_page *page, const struct model *model,
		     struct canvas *canvas, struct rect area)
{
	struct scroll *scroll = &page->scroll;
	struct columns columns = columns_of(page);

	scroll->count = page->count;
	scroll->height = (size_t)area.height;
	scroll_move(scroll, 0);
	for (int i = 0; i < area.height; i++) {
		size_t n = scroll->top + (size_t)i;

		if (n >= page->count)
			break;
		draw_row(page, n, columns,
			 strcmp(page->rows[n].name, model->view) == 0, canvas,
			 area.y + i, area);
	}
	if (page->count == 0)
		canvas_text(canvas, area.y, area.x + 2, area.width - 2,
			    STYLE_DIM, "还没有视图，按 F8 把现在的筛选存下来");
	canvas_cursor(canvas, area.y + (int)(scroll->cursor - scroll->top),
		      area.x);
}

void views_page_free(struct views_page *page)
{
	free(page->rows);
	*page = (struct views_page){0};
}
