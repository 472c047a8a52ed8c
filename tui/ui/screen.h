/*
 * The terminal: the only reader of keys, and the only place that sees a closed
 * line. Curses is behind ui/screen_paint.h, modes and signals are behind
 * ui/tty.h.
 *
 * A frame is one write. A large one, or any on a slow line, is followed by a
 * question to the terminal, and the next frame waits for the answer, or
 * 500 ms: the screen never lags more than a frame behind the keys. A terminal
 * that stays silent twice is never asked again.
 */
#ifndef UI_SCREEN_H
#define UI_SCREEN_H

#include "base/err.h"
#include "config/config.h"
#include "ui/canvas.h"
#include "ui/key.h"

struct screen;

/*
 * Take the terminal over. ERR_USAGE when standard input or output is none,
 * or TERM is dumb; an unknown TERM falls back to xterm-256color with
 * *warning (may be set to a constant sentence, else NULL). Starts the width
 * probe unless told the width. Signals that end a program restore the
 * terminal.
 */
MUST_USE
bool screen_start(struct screen **out, enum ambiguous ambiguous,
		  const char **warning, struct err *err);
void screen_stop(struct screen *screen);

/* Whether this system knows a terminal of this name, without opening it. */
bool screen_knows(const char *term);

/*
 * Give the terminal back and stop, as Ctrl-Z does everywhere, until the shell
 * makes the program go on; KEYCODE_RESIZE comes next. No reading may be open.
 * Nothing happens where nobody could make it go on: screen_can_suspend().
 */
bool screen_can_suspend(const struct screen *screen);
void screen_suspend(struct screen *screen);

/* The signal that asked to end, SIGHUP when the line is gone; 0: somebody is
 * still there. Known before KEYCODE_CLOSED comes. */
int screen_closed_by(const struct screen *screen);

void screen_size(const struct screen *screen, int *height, int *width);

/* A frame may be drawn: the last one has been acknowledged or given up. */
bool screen_ready(const struct screen *screen);

/*
 * Show the canvas: only what differs goes over the line. `sure`: whatever the
 * line, ask whether it has arrived, for screen_ready() to tell.
 */
void screen_show(struct screen *screen, const struct canvas *canvas, bool sure);

/* Draw everything anew with the next screen_show(). */
void screen_redraw(struct screen *screen);

/*
 * The next key, waiting at most `ms` (0: only what is there, -1: for ever).
 * KEYCODE_NONE when there is none: the time is up, a frame was acknowledged
 * or given up. KEYCODE_RESIZE when the canvas has to be drawn anew: another
 * size, the answer that ambiguous characters are wide, or the program goes on
 * after it was stopped. KEYCODE_SUSPEND when somebody asked for that: call
 * screen_suspend() soon. KEYCODE_CLOSED, from then on always, once the line
 * is gone or a signal asked to end.
 */
keycode screen_key(struct screen *screen, int ms);

/* The text of the last KEYCODE_PASTE; *cut: it was longer. */
const char *screen_paste(const struct screen *screen, bool *cut);

#endif
