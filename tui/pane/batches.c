#include "base/clock.h"
#include "domain/batch.h"
#include "pane/panes.h"

/* On less columns the year and the name are left out. */
enum { NARROW = 72, YEAR = sizeof("2024-") - 1 };

static void draw_batch(const struct batch *batch, bool selected,
		       struct canvas *canvas, int y, struct rect area)
{
	enum style style = batch->undone_by ? STYLE_DIM : STYLE_NORMAL;
	int x = area.x + 2, end = area.x + area.width;
	bool narrow = area.width < NARROW;
	char when[17];

	clock_format(batch->at, when);
	canvas_fill(canvas, y, area.x, 1, STYLE_BOLD, selected ? '>' : ' ');
	canvas_printf(canvas, y, x, 6, STYLE_BOLD, "%6u", batch->number);
	x += 8;
	x += 2 +
	     canvas_text(canvas, y, x, 16, style, narrow ? when + YEAR : when);
	if (!narrow) {
		canvas_text_cut(canvas, y, x, 10, style, batch->who.name);
		x += 12;
	}
	canvas_printf(canvas, y, x, 9, style, "%6u 件", batch->count);
	x += 11;
	canvas_text(canvas, y, x, 6, style, batch_kind_label(batch->kind));
	x += 8;
	if (batch->undone_by)
		x += canvas_printf(canvas, y, x, end - x, STYLE_WARN,
				   "已由批次 %u 撤销  ", batch->undone_by);
	x += canvas_text(canvas, y, x, end - x, style, batch->summary);
	if (*batch->note)
		canvas_printf(canvas, y, x, end - x, style, "（%s）",
			      batch->note);
}

uint32_t batch_under(const struct scroll *scroll)
{
	return scroll->cursor < scroll->count
		       ? (uint32_t)(scroll->count - scroll->cursor)
		       : 0;
}

/* Who reads the newest sees what comes, others keep what they see. */
static void make_way(struct scroll *scroll, uint32_t last)
{
	size_t more = last > scroll->count ? last - scroll->count : 0;

	if (scroll->count)
		scroll->cursor += more;
	if (scroll->top)
		scroll->top += more;
	scroll->count = last;
}

void batches_draw(struct scroll *scroll, const struct model *model,
		  struct canvas *canvas, struct rect area)
{
	uint32_t last = reading_last_batch(model->reading);

	make_way(scroll, last);
	scroll->height = (size_t)area.height;
	scroll_move(scroll, 0);
	for (int i = 0; i < area.height; i++) {
		size_t n = scroll->top + (size_t)i;
		struct arena arena = {0};
		struct err err = {0};
		struct batch batch;

		if (n >= last)
			break;
		if (reading_batch(model->reading, last - (uint32_t)n, &arena,
				  &batch, &err))
			draw_batch(&batch, n == scroll->cursor, canvas,
				   area.y + i, area);
		else
			canvas_text(canvas, area.y + i, area.x + 2,
				    area.width - 2, STYLE_ALERT, err.text);
		arena_free(&arena);
	}
	if (last == 0)
		canvas_text(canvas, area.y, area.x + 2, area.width - 2,
			    STYLE_DIM, "还没有任何批次");
	canvas_cursor(canvas, area.y + (int)(scroll->cursor - scroll->top),
		      area.x);
}
