/*
 * A grid of cells that panes draw on. Knows no curses, so panes are tested
 * as text. Every text goes through clean_line(), and is fitted by cells:
 * never half a character.
 */
#ifndef UI_CANVAS_H
#define UI_CANVAS_H

#include <uchar.h>

#include "base/buf.h"
#include "ui/style.h"

struct rect {
	int y, x, height, width;
};

struct cell {
	char32_t cp; /* 0 in the second cell of a wide character */
	unsigned char style;
};

struct canvas {
	int height, width;
	struct cell *cells;     /* height * width, owned */
	int cursor_y, cursor_x; /* where the hardware cursor stands */
};

struct canvas *canvas_new(int height, int width);
void canvas_free(struct canvas *canvas);
void canvas_clear(struct canvas *canvas);

/*
 * Draw UTF-8 `text` from (y, x) into at most `width` cells; what is outside
 * the canvas is dropped. Returns the cells used; a cell that is left over
 * because the next character is wide is blanked, and counts. Text that does
 * not fit ends in > in STYLE_DIM with canvas_text_cut().
 */
int canvas_text(struct canvas *canvas, int y, int x, int width,
		enum style style, const char *text);
int canvas_text_cut(struct canvas *canvas, int y, int x, int width,
		    enum style style, const char *text);

/* printf into canvas_text(). */
int canvas_printf(struct canvas *canvas, int y, int x, int width,
		  enum style style, const char *fmt, ...) PRINTF(6, 7);

/*
 * Like canvas_text(), with parts of it in STYLE_HIT: by bytes of the text,
 * which went through clean_line(), ascending.
 */
struct hit {
	size_t from, to;
};
int canvas_text_hits(struct canvas *canvas, int y, int x, int width,
		     enum style style, const char *text, const struct hit *hits,
		     size_t count);

/* Fill part of a row with an ASCII character. */
void canvas_fill(struct canvas *canvas, int y, int x, int width,
		 enum style style, char c);

/* Put the hardware cursor: the input method's window stands there. */
void canvas_cursor(struct canvas *canvas, int y, int x);

/* Row `y` as text without trailing blanks; for tests and dumps. */
void canvas_row(const struct canvas *canvas, int y, struct buf *out);

#endif
