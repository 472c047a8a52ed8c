/*
 * The terminal below curses: its modes, the signals, and bytes in and out.
 * For ui/screen.c and ui/screen_paint.c only.
 *
 * A process has one terminal, and signal handlers take no argument: what must
 * be put back when the program dies is the state of this module, not of a
 * struct that is passed around.
 */
#ifndef UI_TTY_H
#define UI_TTY_H

#include <stddef.h>

#include "base/err.h"

enum tty_event {
	TTY_NOTHING, /* the time is up */
	TTY_INPUT,
	TTY_RESIZED,
	TTY_RESUMED, /* was stopped: the modes have been set anew */
	TTY_SUSPEND, /* has to stop: call tty_suspend() once nothing is held */
	TTY_CLOSED,  /* the line is gone, or a signal asked to end */
};

/*
 * Remember the modes and catch signals; in the background, stop until the
 * shell brings us to the front. ERR_USAGE when standard input or output is no
 * terminal, or nobody can bring us there. tty_close() and every way out of
 * base/crash.h send the farewell and put the modes back.
 */
MUST_USE
bool tty_open(struct err *err);
void tty_close(void);

/* Every byte that is typed comes as it is, at once, and without an echo. */
void tty_raw(void);

/*
 * Give the terminal back and stop, with the whole process group, until the
 * shell makes it go on in the foreground; then comes TTY_RESUMED. Nothing
 * that others wait for may be held: it can take days. Where nobody could make
 * it go on, tty_can_suspend() is false and TTY_SUSPEND never comes.
 */
bool tty_can_suspend(void);
void tty_suspend(void);

/* The signal that asked to end, SIGHUP when the line is gone; 0: go on. */
int tty_closed_by(void);

/* What leaves the terminal's screen as it was found. */
void tty_set_farewell(const char *bytes, size_t len);

/* False when the terminal does not know. */
bool tty_size(int *height, int *width);

/* Collect bytes; tty_flush() sends all of them in one write. */
void tty_add(const char *bytes, size_t len);
void tty_flush(void);

/* Wait at most `ms` (-1: for ever). */
enum tty_event tty_wait(int ms);

/* What TTY_INPUT announced; 0 when there is nothing after all. */
size_t tty_read(unsigned char *out, size_t size);

#endif
