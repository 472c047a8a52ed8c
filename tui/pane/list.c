#include <string.h>

#include "base/buf.h"
#include "domain/workflow.h"
#include "pane/panes.h"

/* What a cell of a row is made from. */
struct row {
	const struct model *model;
	const struct proposal *p;
	enum phase phase;
	day due;
	bool one_session;
};

struct column_spec {
	const char *title;
	int width, narrow; /* narrow: on less than WIDE columns */
	int min_screen;    /* left out on a narrower screen */
	enum style (*cell)(const struct row *row, struct buf *out);
};

/* On the left: many blanks in front would make ncurses erase them anew with
 * every move of the mark before them, twice the bytes. */
static enum style cell_number(const struct row *row, struct buf *out)
{
	char text[16];

	key_format(row->p->key, text);
	buf_str(out, row->one_session ? strrchr(text, '-') + 1 : text);
	return STYLE_NORMAL;
}

static enum style cell_unit(const struct row *row, struct buf *out)
{
	proposal_answering(row->p, row->model->config, out);
	return STYLE_NORMAL;
}

static enum style coded(const struct row *row, enum choice_kind kind,
			const char *code, struct buf *out)
{
	const struct choice *choice =
		config_choice(row->model->config, kind, code);

	buf_str(out, config_label(row->model->config, kind, code));
	return choice ? style_of(choice->colour) : STYLE_NORMAL;
}

static enum style cell_status(const struct row *row, struct buf *out)
{
	return coded(row, CHOICE_STATUS, row->p->status, out);
}

static enum style cell_result(const struct row *row, struct buf *out)
{
	return coded(row, CHOICE_RESULT, row->p->result, out);
}

static enum style cell_due(const struct row *row, struct buf *out)
{
	const struct model *model = row->model;
	char words[32];

	deadline_words(row->phase, row->due, row->p->dates[DATE_REPLIED],
		       model->today, words);
	buf_str(out, words);
	enum lateness late = deadline_lateness(
		&model->config->reply, row->phase, row->due, model->today);
	if (late == LATE_OVERDUE)
		return STYLE_ALERT;
	return late == LATE_SOON ? STYLE_WARN : STYLE_NORMAL;
}

/* The title follows as the last: nothing stands behind text whose width the
 * terminal and we may see differently. */
static const struct column_spec columns[] = {
	{"编号", 6, 6, 0, cell_number},  {"主办", 12, 10, 72, cell_unit},
	{"状态", 10, 8, 0, cell_status}, {"期限", 8, 7, 56, cell_due},
	{"结果", 4, 4, 80, cell_result},
};

enum { COLUMNS = sizeof(columns) / sizeof(*columns), MARGIN = 2, WIDE = 100 };

static int column_cells(const struct model *model, struct rect area, size_t n)
{
	if (n == 0 && model->filter.chosen[FACET_SESSION] != 1)
		return 12;
	return area.width < WIDE ? columns[n].narrow : columns[n].width;
}

static void draw_titles(const struct model *model, struct canvas *canvas,
			struct rect area)
{
	int x = area.x + MARGIN;

	for (size_t i = 0; i < COLUMNS; i++) {
		int cells = column_cells(model, area, i);

		if (area.width < columns[i].min_screen)
			continue;
		canvas_text(canvas, area.y, x, cells, STYLE_DIM,
			    columns[i].title);
		x += cells + 2;
	}
	canvas_text(canvas, area.y, x, area.x + area.width - x, STYLE_DIM,
		    "案由");
}

static char mark_of(const struct model *model, size_t n)
{
	size_t first, last;

	if (model_range(model, &first, &last) && n >= first && n <= last)
		return '+';
	return selection_has(&model->selection, model->listing.slots[n]) ? '*'
									 : ' ';
}

static void draw_cells(const struct row *row, struct canvas *canvas, int y,
		       struct rect area)
{
	struct buf text = {0};
	int x = area.x + MARGIN;

	for (size_t i = 0; i < COLUMNS; i++) {
		int cells = column_cells(row->model, area, i);

		if (area.width < columns[i].min_screen)
			continue;
		buf_reset(&text);
		enum style style = columns[i].cell(row, &text);
		canvas_text_cut(canvas, y, x, cells, style, buf_text(&text));
		x += cells + 2;
	}
	canvas_text_hits(canvas, y, x, area.x + area.width - x, STYLE_NORMAL,
			 row->p->title, row->model->filter.text);
	buf_free(&text);
}

static void draw_row(const struct model *model, struct canvas *canvas, int y,
		     struct rect area, size_t n)
{
	uint32_t slot = model->listing.slots[n];
	struct arena arena = {0};
	struct proposal p;
	struct err err = {0};

	canvas_fill(canvas, y, area.x, 1, STYLE_NORMAL,
		    n == model->row ? '>' : ' ');
	canvas_fill(canvas, y, area.x + 1, 1, STYLE_NORMAL, mark_of(model, n));
	if (reading_proposal(model->reading, slot, &arena, &p, &err)) {
		struct row row = {
			.model = model,
			.p = &p,
			.phase = workflow_phase(model->config, p.status),
			.due = deadline_due(&model->config->reply, p.dates),
			.one_session = model->filter.chosen[FACET_SESSION] == 1,
		};
		draw_cells(&row, canvas, y, area);
	} else {
		canvas_text(canvas, y, area.x + MARGIN, area.width - MARGIN,
			    STYLE_ALERT, err.text);
	}
	arena_free(&arena);
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
	draw_titles(model, canvas, area);
	if (model->listing.count == 0)
		draw_empty(model, canvas, area);
	for (int i = 0; i + 1 < area.height; i++) {
		size_t n = model->top + (size_t)i;

		if (n >= model->listing.count)
			break;
		draw_row(model, canvas, area.y + 1 + i, area, n);
	}
}
