/*
 * A canvas on the terminal, through curses, which finds what differs. The only
 * user of curses. For ui/screen.c only.
 */
#ifndef UI_SCREEN_PAINT_H
#define UI_SCREEN_PAINT_H

#include "ui/canvas.h"

struct paint;

/*
 * Prepare curses for $TERM; see screen_start() for the failures and for
 * *warning. Bytes for ui/tty.h to send first are collected there.
 */
MUST_USE
bool paint_start(struct paint **out, const char **warning, struct err *err);
void paint_stop(struct paint *paint);

/* Whether there is a description of this terminal. */
bool paint_knows(const char *term);

/* The terminal may be asked. */
bool paint_answers(const struct paint *paint);

void paint_size(const struct paint *paint, int *height, int *width);

/* The terminal has another size now. */
void paint_resize(struct paint *paint, int height, int width);

/* Change the screen into `canvas`, in one write; the cells that differed. */
int paint_show(struct paint *paint, const struct canvas *canvas);

/* The screen is not what curses thinks: send all of the next canvas. */
void paint_redraw(struct paint *paint);

/* Somebody else had the terminal: enter it again. */
void paint_enter(struct paint *paint);

#endif
