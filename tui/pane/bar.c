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
static void session_words(const struct model *model, bool year, struct buf *out)
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
		if (!year || !session_parse(sessions->items[i].code, &s))
			return;
		const struct session_info *info =
			config_session(model->config, s);
		if (info && info->year)
			buf_printf(out, " %d", info->year);
		return;
	}
}

/* A part of the bar; one that does not fit is left out, not cut. */
static int part(struct canvas *canvas, int y, int x, enum style style,
		const char *text)
{
	int gap = x ? 2 : 0;

	if (!*text || x + gap + width_text(text) > canvas->width)
		return x;
	return x + gap +
	       canvas_text(canvas, y, x + gap, canvas->width, style, text);
}

static int part_number(struct canvas *canvas, int y, int x, enum style style,
		       const char *word, size_t number)
{
	char text[64];

	if (number == 0)
		return x;
	snprintf(text, sizeof(text), "%s %zu", word, number);
	return part(canvas, y, x, style, text);
}

static void draw_user(const struct model *model, struct canvas *canvas, int y,
		      int x)
{
	struct buf text = {0};

	clean_line(&text, model->user, strlen(model->user));
	if (store_has_roles(model->store))
		buf_printf(&text, " %s", access_label(model->access));
	if (model->read_only)
		buf_str(&text, " 只读");
	int cells = width_text(buf_text(&text));
	if (x + 2 + cells <= canvas->width)
		canvas_text(canvas, y, canvas->width - cells, cells,
			    model->read_only ? STYLE_WARN : STYLE_NORMAL,
			    buf_text(&text));
	buf_free(&text);
}

/* 按主办、期限反序; nothing while it is as at the start. */
static int draw_order(const struct model *model, struct canvas *canvas, int y,
		      int x)
{
	struct buf text = {0};

	if (model->order.count) {
		buf_str(&text, "按");
		order_explain(&model->order, &text);
	}
	x = part(canvas, y, x, STYLE_NORMAL, buf_text(&text));
	buf_free(&text);
	return x;
}

/* 视图 逾期; and whether the list is still as it made it. */
static int draw_view(const struct model *model, struct canvas *canvas, int y,
		     int x)
{
	struct look look = model_look(model);
	struct buf text = {0};

	if (*model->view)
		buf_printf(&text, "视图 %s%s", model->view,
			   look_same(&look, &model->opened) ? "" : "（已改）");
	x = part(canvas, y, x, STYLE_NORMAL, buf_text(&text));
	buf_free(&text);
	return x;
}

void bar_top(const struct model *model, struct canvas *canvas, int y)
{
	size_t marked = model->selection.count;
	size_t out =
		marked - selection_within(&model->selection, &model->listing);
	char count[32], marks[64] = "", outside[64] = "";
	struct buf text = {0};

	snprintf(count, sizeof(count), "%zu 件", model->listing.count);
	if (marked)
		snprintf(marks, sizeof(marks), "已选 %zu 件", marked);
	if (out)
		snprintf(outside, sizeof(outside), "，其中 %zu 件不在当前筛选",
			 out);
	int room = canvas->width - width_text(count) - width_text(marks) -
		   width_text(outside) - 4;
	session_words(model, true, &text);
	if (width_text(buf_text(&text)) > room) {
		buf_reset(&text);
		session_words(model, false, &text);
	}
	if (width_text(buf_text(&text)) > room)
		buf_reset(&text);
	int x = part(canvas, y, 0, STYLE_BOLD, buf_text(&text));
	buf_free(&text);
	x = part(canvas, y, x, STYLE_NORMAL, count);
	x = part(canvas, y, x, STYLE_BOLD, marks);
	x += canvas_text(canvas, y, x, canvas->width - x, STYLE_WARN, outside);
	x = part_number(canvas, y, x, STYLE_ALERT, "逾期",
			model->counts.overdue);
	x = part_number(canvas, y, x, STYLE_WARN, "临期", model->counts.soon);
	x = draw_view(model, canvas, y, x);
	x = draw_order(model, canvas, y, x);
	draw_user(model, canvas, y, x);
}
