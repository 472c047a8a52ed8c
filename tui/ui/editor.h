/*
 * A text of any length being edited, one line or several, wrapped to the
 * cells there are. What a terminal cannot show is kept, and shown as
 * base/clean.h has it; only a control character becomes U+FFFD. Pure.
 */
#ifndef UI_EDITOR_H
#define UI_EDITOR_H

#include "ui/canvas.h"
#include "ui/key.h"

struct editor {
	struct buf text;   /* owned */
	size_t caret;      /* bytes; between characters */
	size_t max;        /* bytes that the text may have */
	bool lines;        /* Enter ends a line; else there is but one */
	bool full;         /* the last key or paste found no room */
	int goal;          /* cell that Up and Down keep to, -1 none */
	size_t top;        /* the first row shown */
	size_t rows;       /* of the whole text, as last drawn */
	int width, height; /* as last drawn */
};

/* Begin with `text`, the caret at its end; free what was before. */
void editor_set(struct editor *editor, const char *text, size_t max,
		bool lines);
void editor_free(struct editor *editor);

/*
 * A character, Enter between lines, arrows, Home, End, PgUp, PgDn, Backspace,
 * Delete, Ctrl-U, Ctrl-W, Ctrl-K; false if the key means nothing here.
 */
bool editor_key(struct editor *editor, keycode key);

/*
 * Add pasted text: line ends as they are, or as blanks where there is one
 * line. All of it, or nothing and `full`.
 */
void editor_paste(struct editor *editor, const char *text);

/* Rows that the text takes at this width. */
size_t editor_rows(const struct editor *editor, int width);

/* Draw, scrolled to the caret, and put the cursor there. */
void editor_draw(struct editor *editor, struct canvas *canvas,
		 struct rect area);

#endif
