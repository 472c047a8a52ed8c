#include <string.h>

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
	case VERDICT_DENIED:
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
	VERDICT_OK,     VERDICT_FORCED,  VERDICT_CONFLICT,  VERDICT_GONE,
	VERDICT_DENIED, VERDICT_REFUSED, VERDICT_UNCHANGED,
};
_Static_assert(sizeof(order) / sizeof(*order) == VERDICT_COUNT,
	       "every verdict is summed up");

static const char *verdict_word(enum verdict verdict)
{
	if (verdict == VERDICT_CONFLICT)
		return "需复核";
	return verdict == VERDICT_FORCED ? "强制" : verdict_label(verdict);
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

/* What it is by now: that decides what to do. */
static void add_change(const struct plan *plan, const struct plan_item *item,
		       const struct proposal *now, struct buf *out)
{
	if (strcmp(now->status, item->from) == 0)
		buf_str(out, "其他内容已被修改");
	else
		buf_printf(
			out, "已被改为“%s”",
			config_label(plan->config, CHOICE_STATUS, now->status));
}

/* The reason, and the title: of the record now, not when it was planned. */
static void add_words(const struct plan *plan, const struct plan_item *item,
		      const struct model *model, struct buf *reason,
		      struct buf *title)
{
	struct arena arena = {0};
	struct proposal now;
	struct err err = {0};
	bool there = item->slot != UINT32_MAX &&
		     reading_proposal(model->reading, item->slot, &arena, &now,
				      &err);

	if (there && item->verdict == VERDICT_CONFLICT && !plan->undoes)
		add_change(plan, item, &now, reason);
	else
		plan_reason(plan, item, reason);
	if (there)
		buf_str(title, now.title);
	else if (item->edit.next)
		buf_str(title, item->edit.next->title);
	arena_free(&arena);
}

/* On less columns a reason stands where the step would: it names both. */
enum { VERDICT_CELLS = 8, STEP_CELLS = 24, NARROW = 72 };

static void draw_step(const struct plan *plan, const struct plan_item *item,
		      const struct model *model, struct canvas *canvas, int y,
		      int x, int end)
{
	enum style style = verdict_style(item->verdict);
	int cells = end < NARROW ? 18 : STEP_CELLS;
	struct buf step = {0}, reason = {0}, title = {0};

	plan_step(plan, item, &step);
	add_words(plan, item, model, &reason, &title);
	if (reason.len && end < NARROW)
		cells = 0;
	canvas_text_cut(canvas, y, x, cells, style, buf_text(&step));
	x += cells ? cells + 2 : 0;
	x += canvas_text(canvas, y, x, end - x, STYLE_NORMAL,
			 buf_text(&reason));
	x += reason.len ? 2 : 0;
	canvas_text(canvas, y, x, end - x, STYLE_NORMAL, buf_text(&title));
	buf_free(&step);
	buf_free(&reason);
	buf_free(&title);
}

static void draw_item(const struct plan *plan, const struct plan_item *item,
		      const struct model *model, struct canvas *canvas, int y,
		      struct rect area)
{
	enum style style = verdict_style(item->verdict);
	int x = area.x + 1, end = area.x + area.width;
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
	draw_step(plan, item, model, canvas, y, x, end);
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
