#include <stdio.h>

#include "base/width.h"
#include "pane/panes.h"
#include "query/language.h"

/* One value as it stands in the band. */
struct piece {
	char text[96];
	int cells;
	bool shown;
};

enum { PIECES_MAX = 64, LABEL = 6 };

/* Index -1 is 全部. */
static void piece_make(const struct model *model, long i, long focus,
		       struct piece *piece)
{
	const struct facet_values *all = &model->catalog.facets[FACET_STATUS];
	uint32_t count = 0;
	bool chosen;

	if (i < 0) {
		for (size_t n = 0; n < all->count; n++)
			count += model->counts.of[FACET_STATUS][n];
		chosen = model->filter.chosen[FACET_STATUS] == 0;
	} else {
		count = model->counts.of[FACET_STATUS][i];
		chosen = filter_has(&model->filter, FACET_STATUS, (size_t)i);
	}
	snprintf(piece->text, sizeof(piece->text),
		 chosen ? "[%s %u]" : " %s %u ",
		 i < 0 ? "全部" : all->items[i].label, count);
	piece->cells = width_text(piece->text);
	piece->shown = i < 0 || count || chosen || i == focus;
}

/* Empty values are shown as long as everything fits. */
static void piece_room(struct piece *pieces, size_t count, int width)
{
	int all = 0;

	for (size_t i = 0; i < count; i++)
		all += pieces[i].cells;
	for (size_t i = 0; all <= width && i < count; i++)
		pieces[i].shown = true;
}

/* The first piece to draw so that the focus is inside. */
static size_t first_piece(const struct piece *pieces, size_t focus, int width)
{
	size_t first = focus;
	int used = pieces[focus].cells;

	while (first > 0) {
		int cells =
			pieces[first - 1].shown ? pieces[first - 1].cells : 0;
		if (used + cells > width)
			break;
		used += cells;
		first--;
	}
	return first;
}

/* What has to be seen: the value under the cursor, else the first chosen. */
static size_t seen_piece(const struct piece *pieces, size_t count, long focus)
{
	if (focus != BAND_NO_FOCUS)
		return (size_t)(focus + 1);
	for (size_t i = 0; i < count; i++) {
		if (pieces[i].text[0] == '[')
			return i;
	}
	return 0;
}

static int draw_pieces(const struct piece *pieces, size_t count, size_t focus,
		       bool focused, struct canvas *canvas, int y, int width)
{
	int x = LABEL;

	while (count > 1 && !pieces[count - 1].shown)
		count--;
	size_t first = first_piece(pieces, focus, width - 1);
	if (first)
		canvas_text(canvas, y, LABEL - 1, 1, STYLE_DIM, "<");
	for (size_t i = first; i < count; i++) {
		enum style style = STYLE_NORMAL;

		if (!pieces[i].shown)
			continue;
		/* All but the last leave room for the sign of more; the first
		 * may be the focus, and is cut rather than left out. */
		int room = LABEL + width - x - (i + 1 < count);
		if (pieces[i].cells > room && x > LABEL) {
			canvas_text(canvas, y, x, 1, STYLE_DIM, ">");
			return x + 1;
		}
		if (focused && i == focus) {
			style = STYLE_REVERSE;
			canvas_cursor(canvas, y, x + 1);
		} else if (pieces[i].text[0] == '[') {
			style = STYLE_BOLD;
		}
		x += canvas_text(canvas, y, x, room, style, pieces[i].text);
	}
	return x;
}

void band_draw(const struct model *model, struct canvas *canvas, int y,
	       long focus)
{
	struct piece pieces[PIECES_MAX];
	size_t count = model->catalog.facets[FACET_STATUS].count + 1;
	struct buf others = {0};

	if (count > PIECES_MAX)
		count = PIECES_MAX;
	filter_explain(&model->filter, &model->catalog,
		       1u << FACET_STATUS | 1u << FACET_SESSION, &others);
	int cells = width_text(buf_text(&others));
	int width = canvas->width - LABEL - (cells ? cells + 2 : 0);
	if (width < canvas->width / 2)
		width = canvas->width / 2 - LABEL;
	for (size_t i = 0; i < count; i++)
		piece_make(model, (long)i - 1, focus, &pieces[i]);
	piece_room(pieces, count, width);
	canvas_text(canvas, y, 0, LABEL, STYLE_DIM, "状态");
	bool focused = focus != BAND_NO_FOCUS;
	int x = draw_pieces(pieces, count, seen_piece(pieces, count, focus),
			    focused, canvas, y, width);
	canvas_text_cut(canvas, y, x + 1, canvas->width - x - 1, STYLE_WARN,
			buf_text(&others));
	buf_free(&others);
}

long band_step(const struct model *model, long from, int by)
{
	long count = (long)model->catalog.facets[FACET_STATUS].count;

	for (long to = from + by; to < count; to += by) {
		if (to < 0)
			return -1;
		if (model->counts.of[FACET_STATUS][to] ||
		    filter_has(&model->filter, FACET_STATUS, (size_t)to))
			return to;
	}
	return from;
}
