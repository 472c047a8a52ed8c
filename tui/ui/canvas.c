#include "ui/canvas.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clean.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/width.h"

enum { PRINTF_MAX = 4096 };

struct canvas *canvas_new(int height, int width)
{
	struct canvas *canvas = mem_new(sizeof(*canvas));

	canvas->height = height > 0 ? height : 1;
	canvas->width = width > 0 ? width : 1;
	canvas->cells = mem_array((size_t)canvas->height,
				  (size_t)canvas->width * sizeof(struct cell));
	canvas_clear(canvas);
	return canvas;
}

void canvas_free(struct canvas *canvas)
{
	if (canvas)
		free(canvas->cells);
	free(canvas);
}

void canvas_clear(struct canvas *canvas)
{
	size_t count = (size_t)canvas->height * (size_t)canvas->width;

	for (size_t i = 0; i < count; i++)
		canvas->cells[i] = (struct cell){' ', STYLE_NORMAL};
	canvas_cursor(canvas, 0, 0);
}

static struct cell *row_of(const struct canvas *canvas, int y)
{
	return canvas->cells + (size_t)y * (size_t)canvas->width;
}

/* Half a wide character cannot stay when its other half is drawn over. */
static void split(struct canvas *canvas, int y, int x)
{
	struct cell *row = row_of(canvas, y);

	if (!row[x].cp && x > 0)
		row[x - 1].cp = ' ';
	if (x + 1 < canvas->width && !row[x + 1].cp)
		row[x + 1].cp = ' ';
}

static void put_cell(struct canvas *canvas, int y, int x, char32_t cp,
		     enum style style)
{
	if (y < 0 || y >= canvas->height || x < 0 || x >= canvas->width)
		return;
	split(canvas, y, x);
	row_of(canvas, y)[x] = (struct cell){cp, (unsigned char)style};
}

/* A wide character half outside the canvas is a blank. */
static void put_char(struct canvas *canvas, int y, int x, int wide, char32_t cp,
		     enum style style)
{
	bool whole = wide == 1 || (x >= 0 && x + 1 < canvas->width);

	put_cell(canvas, y, x, whole ? cp : ' ', style);
	if (wide == 1)
		return;
	put_cell(canvas, y, x + 1, ' ', style);
	if (whole && y >= 0 && y < canvas->height) {
		struct cell *row = row_of(canvas, y);

		row[x].cp = cp;
		row[x + 1].cp = 0;
	}
}

/* Clean text; a blank fills the odd cell where a wide one does not fit. */
static int draw(struct canvas *canvas, int y, int x, int width,
		enum style style, const char *text, size_t len)
{
	const char *end = text + len;
	int used = 0;

	while (text < end && used < width) {
		char32_t cp = utf8_next(&text, end);
		int wide = width_char(cp) == 2 ? 2 : 1;

		if (used + wide > width) {
			put_cell(canvas, y, x + used, ' ', style);
			return width;
		}
		put_char(canvas, y, x + used, wide, cp, style);
		used += wide;
	}
	return used;
}

/* Whether nothing in the first `width` cells needs cleaning. */
static bool is_clean(const char *text, int width)
{
	const char *end = text + strlen(text);

	for (int i = 0; i <= width && text < end; i++) {
		char32_t cp = utf8_next(&text, end);

		if (cp == UTF8_INVALID || !clean_printable(cp))
			return false;
	}
	return true;
}

/* `text`, or what clean_line() makes of it in `room`. */
static const char *cleaned(struct buf *room, const char *text, int width)
{
	if (is_clean(text, width))
		return text;
	clean_line(room, text, strlen(text));
	return buf_text(room);
}

int canvas_text(struct canvas *canvas, int y, int x, int width,
		enum style style, const char *text)
{
	struct buf room = {0};

	text = cleaned(&room, text, width);
	int used = draw(canvas, y, x, width, style, text, strlen(text));
	buf_free(&room);
	return used;
}

int canvas_text_cut(struct canvas *canvas, int y, int x, int width,
		    enum style style, const char *text)
{
	struct buf room = {0};
	int used;

	if (width <= 0)
		return 0;
	text = cleaned(&room, text, width);
	size_t len = strlen(text);
	if (width_fit(text, width, &used) < len) {
		draw(canvas, y, x, width - 1, style, text, len);
		put_cell(canvas, y, x + width - 1, '>', STYLE_DIM);
		used = width;
	} else {
		draw(canvas, y, x, width, style, text, len);
	}
	buf_free(&room);
	return used;
}

int canvas_printf(struct canvas *canvas, int y, int x, int width,
		  enum style style, const char *fmt, ...)
{
	char text[PRINTF_MAX];
	va_list ap;

	va_start(ap, fmt);
	int len = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (len < 0)
		return 0;
	if ((size_t)len >= sizeof(text))
		text[utf8_cut(text, sizeof(text) - 1)] = '\0';
	return canvas_text(canvas, y, x, width, style, text);
}

int canvas_text_hits(struct canvas *canvas, int y, int x, int width,
		     enum style style, const char *text, const struct hit *hits,
		     size_t count)
{
	size_t at = 0;
	int used = 0;

	for (size_t i = 0; i < count && used < width; i++) {
		used += draw(canvas, y, x + used, width - used, style,
			     text + at, hits[i].from - at);
		used += draw(canvas, y, x + used, width - used, STYLE_HIT,
			     text + hits[i].from, hits[i].to - hits[i].from);
		at = hits[i].to;
	}
	return used + draw(canvas, y, x + used, width - used, style, text + at,
			   strlen(text + at));
}

void canvas_fill(struct canvas *canvas, int y, int x, int width,
		 enum style style, char c)
{
	for (int i = 0; i < width; i++)
		put_cell(canvas, y, x + i, (unsigned char)c, style);
}

static int clamp(int value, int size)
{
	if (value < 0)
		return 0;
	return value < size ? value : size - 1;
}

void canvas_cursor(struct canvas *canvas, int y, int x)
{
	canvas->cursor_y = clamp(y, canvas->height);
	canvas->cursor_x = clamp(x, canvas->width);
}

void canvas_row(const struct canvas *canvas, int y, struct buf *out)
{
	if (y < 0 || y >= canvas->height)
		return;

	const struct cell *row = row_of(canvas, y);
	int end = canvas->width;
	while (end > 0 && row[end - 1].cp == ' ')
		end--;
	for (int x = 0; x < end; x++)
		if (row[x].cp)
			buf_utf8(out, row[x].cp);
}
