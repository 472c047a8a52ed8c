#include <string.h>

#include "base/buf.h"
#include "pane/cells.h"
#include "pane/found.h"
#include "pane/panes.h"

enum {
	MARGIN = 2, /* the cursor, the mark */
	GAP = 2,
	TITLE = 24 /* cells that the title has at least, or half the line */
};

/* The columns that there is room for, and how wide they are. */
struct shown {
	enum list_column items[LIST_COLUMNS];
	int cells[LIST_COLUMNS];
	size_t count;
	struct found found; /* what was searched */
};

static bool one_session(const struct model *model)
{
	return model->filter.chosen[FACET_SESSION] == 1;
}

static void leave_out(struct shown *shown, size_t n)
{
	shown->count--;
	for (size_t i = n; i < shown->count; i++) {
		shown->items[i] = shown->items[i + 1];
		shown->cells[i] = shown->cells[i + 1];
	}
}

/* Leave out the one that gives way first; false: none does. */
static bool give_way(struct shown *shown)
{
	size_t first = 0;
	int most = 0;

	for (size_t i = 0; i < shown->count; i++) {
		int gives_way = cell_infos[shown->items[i]].gives_way;

		if (gives_way > most) {
			most = gives_way;
			first = i;
		}
	}
	if (most)
		leave_out(shown, first);
	return most;
}

/* What all but the title take up. */
static int room_taken(const struct shown *shown)
{
	int cells = MARGIN;

	for (size_t i = 0; i < shown->count; i++)
		if (shown->items[i] != LIST_TITLE)
			cells += shown->cells[i] + GAP;
	return cells;
}

static struct shown lay_out(const struct model *model, int width)
{
	struct shown shown = {.count = model->columns.count};
	int title = 0;

	for (size_t i = 0; i < shown.count; i++) {
		enum list_column column = model->columns.items[i];

		shown.items[i] = column;
		shown.cells[i] = cell_width(column, &model->widths,
					    one_session(model), width);
		if (column == LIST_TITLE)
			title = width < 2 * TITLE ? width / 2 : TITLE;
	}
	while (room_taken(&shown) + title > width + (title ? 0 : GAP))
		if (!give_way(&shown))
			break;
	return shown;
}

static void draw_titles(const struct shown *shown, struct canvas *canvas,
			struct rect area)
{
	int x = area.x + MARGIN, end = area.x + area.width;

	for (size_t i = 0; i < shown->count; i++) {
		canvas_text(canvas, area.y, x, end - x, STYLE_DIM,
			    cell_title(shown->items[i]));
		x += shown->cells[i] + GAP;
	}
}

static char mark_of(const struct model *model, size_t n)
{
	size_t first, last;

	if (model_range(model, &first, &last) && n >= first && n <= last)
		return '+';
	return selection_has(&model->selection, model->listing.slots[n]) ? '*'
									 : ' ';
}

/* A search is for names and texts, not for what is chosen from a list. */
static bool is_searched(enum list_column column)
{
	return column == LIST_UNIT || column == LIST_JOINT ||
	       column == LIST_PROPOSERS;
}

static void draw_cells(const struct shown *shown, const struct row *row,
		       struct canvas *canvas, int y, struct rect area)
{
	int x = area.x + MARGIN, end = area.x + area.width;
	struct buf text = {0};

	for (size_t i = 0; i < shown->count; i++) {
		enum list_column column = shown->items[i];
		int cells =
			shown->cells[i] < end - x ? shown->cells[i] : end - x;

		buf_reset(&text);
		enum style style = cell_infos[column].make(row, &text);
		if (column == LIST_TITLE)
			found_draw(&shown->found, true, false, canvas, y, x,
				   end - x, style, buf_text(&text));
		else if (is_searched(column))
			found_draw(&shown->found, true, true, canvas, y, x,
				   cells, style, buf_text(&text));
		else
			canvas_text_cut(canvas, y, x, cells, style,
					buf_text(&text));
		x += cells + GAP;
	}
	buf_free(&text);
}

static void draw_row(const struct model *model, const struct shown *shown,
		     struct canvas *canvas, int y, struct rect area, size_t n)
{
	uint32_t slot = model->listing.slots[n];
	struct arena arena = {0};
	struct proposal p;
	struct err err = {0};

	canvas_fill(canvas, y, area.x, 1, STYLE_NORMAL,
		    n == model->row ? '>' : ' ');
	canvas_fill(canvas, y, area.x + 1, 1, STYLE_NORMAL, mark_of(model, n));
	if (reading_proposal(model->reading, slot, &arena, &p, &err)) {
		const struct row row = {model->config, &p, model->today,
					one_session(model)};

		draw_cells(shown, &row, canvas, y, area);
	} else {
		canvas_text(canvas, y, area.x + MARGIN, area.width - MARGIN,
			    STYLE_ALERT, err.text);
	}
	arena_free(&arena);
}

/* -- 经信局  35 件  逾期 2 */
static void draw_head(const struct group_head *group, struct canvas *canvas,
		      int y, struct rect area)
{
	int x = area.x, end = area.x + area.width;

	x += canvas_text(canvas, y, x, end - x, STYLE_DIM, "-- ");
	x += canvas_text(canvas, y, x, end - x, STYLE_BOLD, group->label);
	x += canvas_printf(canvas, y, x, end - x, STYLE_NORMAL, "  %zu 件",
			   group->count);
	if (group->late)
		canvas_printf(canvas, y, x, end - x, STYLE_ALERT, "  逾期 %zu",
			      group->late);
}

static void draw_empty(const struct model *model, struct canvas *canvas,
		       struct rect area)
{
	const char *text =
		reading_slots(model->reading) == 0
			? "提案库还是空的：用 proposals import 文件 导入提案"
			: "没有符合筛选的提案，按 c 或 Ctrl-R 清除筛选";

	canvas_text(canvas, area.y + 1, area.x + MARGIN, area.width - MARGIN,
		    STYLE_DIM, text);
}

void list_draw(const struct model *model, struct canvas *canvas,
	       struct rect area)
{
	struct shown shown = lay_out(model, area.width);

	found_open(&shown.found, &model->filter);
	draw_titles(&shown, canvas, area);
	if (model->listing.count == 0)
		draw_empty(model, canvas, area);
	for (int i = 0; i + 1 < area.height; i++) {
		size_t line = model->top + (size_t)i, n;
		int y = area.y + 1 + i;

		if (line >= model_lines(model))
			break;
		if (model_at_line(model, line, &n))
			draw_row(model, &shown, canvas, y, area, n);
		else
			draw_head(&model->groups.items[n], canvas, y, area);
	}
	found_close(&shown.found);
}
