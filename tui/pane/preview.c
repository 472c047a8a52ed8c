#include <stdio.h>

#include "pane/panes.h"

static enum style verdict_style(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_OK:
		return STYLE_NORMAL;
	case VERDICT_FORCED:
	case VERDICT_CONFLICT:
		return STYLE_WARN;
	case VERDICT_REFUSED:
	case VERDICT_GONE:
		return STYLE_ALERT;
	case VERDICT_UNCHANGED:
	case VERDICT_COUNT:
		break;
	}
	return STYLE_DIM;
}

/* What may stop a hand first: a narrow screen cuts the rest. */
static const enum verdict order[] = {
	VERDICT_OK,   VERDICT_FORCED,  VERDICT_CONFLICT,
	VERDICT_GONE, VERDICT_REFUSED, VERDICT_UNCHANGED,
};
_Static_assert(sizeof(order) / sizeof(*order) == VERDICT_COUNT,
	       "every verdict is summed up");

static const char *verdict_word(enum verdict verdict)
{
	return verdict == VERDICT_CONFLICT ? "需复核" : verdict_label(verdict);
}

static void draw_sums(const struct plan *plan, struct canvas *canvas,
		      struct rect area)
{
	int x = area.x, end = area.x + area.width;

	x += canvas_text(canvas, area.y, x, end - x, STYLE_BOLD, plan->summary);
	for (size_t i = 0; i < VERDICT_COUNT; i++) {
		if (!plan->verdicts[order[i]])
			continue;
		x += canvas_printf(canvas, area.y, x, end - x,
				   verdict_style(order[i]), "  %s %zu",
				   verdict_word(order[i]),
				   plan->verdicts[order[i]]);
	}
}

/* The title comes from the record now, not from when the plan was made. */
static void add_title(const struct model *model, const struct plan_item *item,
		      struct buf *out)
{
	struct arena arena = {0};
	struct proposal p;
	struct err err = {0};

	if (item->slot != UINT32_MAX &&
	    reading_proposal(model->reading, item->slot, &arena, &p, &err))
		buf_str(out, p.title);
	else if (item->edit.next)
		buf_str(out, item->edit.next->title);
	arena_free(&arena);
}

enum { VERDICT_CELLS = 8 };

static void draw_item(const struct plan *plan, const struct plan_item *item,
		      const struct model *model, struct canvas *canvas, int y,
		      struct rect area)
{
	enum style style = verdict_style(item->verdict);
	int x = area.x + 1, end = area.x + area.width;
	struct buf text = {0};
	char label[64];

	if (key_session(item->key) == model->config->current)
		key_label(item->key, model->config->current, label);
	else
		key_format(item->key, label);
	canvas_text(canvas, y, x, 11, STYLE_BOLD, label);
	x = area.x + 12;
	canvas_text_cut(canvas, y, x, VERDICT_CELLS, style,
			verdict_word(item->verdict));
	x += VERDICT_CELLS + 2;
	plan_step(plan, item, &text);
	int cells = canvas->width >= 72 ? 24 : 18;
	canvas_text_cut(canvas, y, x, cells, style, buf_text(&text));
	x += cells + 2;
	buf_reset(&text);
	plan_reason(plan, item, &text);
	if (text.len)
		buf_str(&text, "  ");
	add_title(model, item, &text);
	canvas_text(canvas, y, x, end - x, STYLE_NORMAL, buf_text(&text));
	buf_free(&text);
}

void preview_draw(const struct plan *plan, struct scroll *scroll,
		  const struct model *model, struct canvas *canvas,
		  struct rect area)
{
	draw_sums(plan, canvas, area);
	scroll->count = plan->count;
	scroll->height = area.height > 1 ? (size_t)area.height - 1 : 0;
	scroll_text(scroll, 0);
	for (int i = 1; i < area.height; i++) {
		size_t n = scroll->top + (size_t)i - 1;

		if (n >= plan->count)
			break;
		draw_item(plan, &plan->items[n], model, canvas, area.y + i,
			  area);
	}
}
