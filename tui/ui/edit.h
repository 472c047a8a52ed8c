/*
 * A line of text being typed. What a terminal cannot show is kept, and shown
 * as base/clean.h has it; only a control character becomes U+FFFD. Pure.
 */
#ifndef UI_EDIT_H
#define UI_EDIT_H

#include "ui/canvas.h"
#include "ui/key.h"

#define EDIT_MAX 255u /* bytes */

struct edit_line {
	char text[EDIT_MAX + 1];
	size_t len, caret; /* bytes; caret is between characters */
};

void edit_set(struct edit_line *line, const char *text);

/*
 * A character, Left, Right, Home, End, Backspace, Delete, Ctrl-U, Ctrl-W,
 * Ctrl-K; false if the key means nothing here.
 */
bool edit_key(struct edit_line *line, keycode key);

/* Add pasted text, ends of lines as blanks, as much as fits. */
void edit_paste(struct edit_line *line, const char *text);

/* The cells that all of it takes. */
int edit_cells(const struct edit_line *line);

/* Draw into `width` cells, scrolled to the caret, and put the cursor there. */
void edit_draw(const struct edit_line *line, struct canvas *canvas, int y,
	       int x, int width);

#endif
