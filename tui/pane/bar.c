#include <stdio.h>
#include <string.h>

#include "base/clean.h"
#include "base/width.h"
#include "pane/panes.h"

enum style style_of(enum colour colour)
{
	return colour == COLOUR_DEFAULT
		       ? STYLE_NORMAL
		       : (enum style)(STYLE_RED + (int)colour - 1);
}

void rule_draw(struct canvas *canvas, int y, bool focus, const char *title)
{
	int x = canvas_text(canvas, y, 0, canvas->width, STYLE_DIM, "-- ");

	x += canvas_text(canvas, y, x, canvas->width - x,
			 focus ? STYLE_REVERSE : STYLE_BOLD, title);
	canvas_fill(canvas, y, x + 1, canvas->width - x - 1, STYLE_DIM, '-');
}

/* The session, when one is chosen, else all of them. */
static void session_words(const struct model *model, struct buf *out)
{
	const struct facet_values *sessions =
		&model->catalog.facets[FACET_SESSION];

	if (model->filter.chosen[FACET_SESSION] != 1) {
		buf_str(out, model->filter.chosen[FACET_SESSION] ? "多个届次"
								 : "全部届次");
		return;
	}
	for (size_t i = 0; i < sessions->count; i++) {
		session s;

		if (!filter_has(&model->filter, FACET_SESSION, i))
			continue;
		buf_str(out, sessions->items[i].label);
		if (!session_parse(sessions->items[i].code, &s))
			return;
		const struct session_info *info =
			config_session(model->config, s);
		if (info && info->year)
			buf_printf(out, " %d", info->year);
		return;
	}
}

static int draw_marks(const struct model *model, struct canvas *canvas, int y,
		      int x)
{
	size_t marked = model->selection.count;
	size_t within = selection_within(&model->selection, &model->listing);

	if (!marked)
		return x;
	x += canvas_printf(canvas, y, x, canvas->width - x, STYLE_BOLD,
			   "  已选 %zu 件", marked);
	if (within < marked)
		x += canvas_printf(canvas, y, x, canvas->width - x, STYLE_WARN,
				   "，其中 %zu 件不在当前筛选",
				   marked - within);
	return x;
}

static void draw_user(const struct model *model, struct canvas *canvas, int y,
		      int x)
{
	struct buf text = {0};

	clean_line(&text, model->user, strlen(model->user));
	if (model->read_only)
		buf_str(&text, " 只读");
	int cells = width_text(buf_text(&text));
	if (x + 2 + cells <= canvas->width)
		canvas_text(canvas, y, canvas->width - cells, cells,
			    model->read_only ? STYLE_WARN : STYLE_NORMAL,
			    buf_text(&text));
	buf_free(&text);
}

void bar_top(const struct model *model, struct canvas *canvas, int y)
{
	struct buf text = {0};

	session_words(model, &text);
	int x = canvas_text(canvas, y, 0, canvas->width, STYLE_BOLD,
			    buf_text(&text));
	buf_free(&text);
	x += canvas_printf(canvas, y, x, canvas->width - x, STYLE_NORMAL,
			   "  %zu 件", model->listing.count);
	x = draw_marks(model, canvas, y, x);
	if (model->counts.overdue)
		x += canvas_printf(canvas, y, x, canvas->width - x, STYLE_ALERT,
				   "  逾期 %u", model->counts.overdue);
	if (model->counts.soon)
		x += canvas_printf(canvas, y, x, canvas->width - x, STYLE_WARN,
				   "  临期 %u", model->counts.soon);
	draw_user(model, canvas, y, x);
}
