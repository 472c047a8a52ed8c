#include <stdio.h>

#include "pane/panes.h"

enum { FACET_CELLS = 22, GAP = 2 };

/* As many facets as fit side by side; they move only to keep the cursor's. */
static void scroll_facets(struct filter_page *page, int fit)
{
	int facet = (int)page->facet;

	if (page->first + fit > FACET_COUNT)
		page->first = fit < FACET_COUNT ? FACET_COUNT - fit : 0;
	if (facet < page->first)
		page->first = facet;
	else if (facet >= page->first + fit)
		page->first = facet - fit + 1;
}

static void follow(struct filter_page *page, enum facet facet, size_t height,
		   size_t count)
{
	size_t *top = &page->top[facet], cursor = page->cursor[facet];

	if (count && cursor >= count)
		page->cursor[facet] = cursor = count - 1;
	if (cursor < *top)
		*top = cursor;
	else if (height && cursor >= *top + height)
		*top = cursor - height + 1;
}

static void draw_value(const struct model *model, enum facet facet, size_t n,
		       struct canvas *canvas, int y, int x, bool cursor)
{
	const struct facet_value *value =
		&model->catalog.facets[facet].items[n];
	uint32_t count = model->counts.of[facet][n];
	bool chosen = filter_has(&model->filter, facet, n);
	bool without = filter_excludes(&model->filter, facet, n);
	enum style style = chosen  ? STYLE_BOLD
			   : count ? style_of(value->colour)
				   : STYLE_DIM;
	char number[16];

	canvas_fill(canvas, y, x, 1, STYLE_BOLD, cursor ? '>' : ' ');
	canvas_text(canvas, y, x + 1, 3, style,
		    chosen    ? "[x]"
		    : without ? "[-]"
			      : "[ ]");
	int cells = snprintf(number, sizeof(number), "%u", count);
	canvas_text_cut(canvas, y, x + 5, FACET_CELLS - 6 - cells, style,
			value->label);
	canvas_text(canvas, y, x + FACET_CELLS - cells, cells, style, number);
	if (cursor)
		canvas_cursor(canvas, y, x);
}

static void draw_facet(struct filter_page *page, const struct model *model,
		       enum facet facet, struct canvas *canvas,
		       struct rect area)
{
	size_t count = model->catalog.facets[facet].count;
	size_t height = area.height > 1 ? (size_t)area.height - 1 : 0;
	bool focus = facet == page->facet;

	follow(page, facet, height, count);
	canvas_text(canvas, area.y, area.x + 1, area.width,
		    focus ? STYLE_REVERSE : STYLE_BOLD, facet_label(facet));
	for (size_t i = 0; i < height; i++) {
		size_t n = page->top[facet] + i;

		if (n >= count)
			return;
		draw_value(model, facet, n, canvas, area.y + 1 + (int)i, area.x,
			   focus && n == page->cursor[facet]);
	}
	if (page->top[facet] + height < count)
		canvas_printf(canvas, area.y, area.x + 8, area.width - 8,
			      STYLE_DIM, "共 %zu 项", count);
}

void filter_page_draw(struct filter_page *page, const struct model *model,
		      struct canvas *canvas, struct rect area)
{
	int fit = (area.width + GAP) / (FACET_CELLS + GAP);

	if (fit < 1)
		fit = 1;
	scroll_facets(page, fit);
	for (int i = 0; i < fit && page->first + i < FACET_COUNT; i++)
		draw_facet(page, model, (enum facet)(page->first + i), canvas,
			   (struct rect){area.y,
					 area.x + i * (FACET_CELLS + GAP),
					 area.height, FACET_CELLS});
}
