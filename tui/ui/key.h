/*
 * From the bytes a terminal sends to keys. Pure: no curses, no reading.
 *
 * Knows the sequences of xterm, linux, PuTTY, rxvt, screen and tmux. The
 * keypad is left in numeric mode (no smkx), so PuTTY's digits are digits.
 */
#ifndef UI_KEY_H
#define UI_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* A character is its code point; Ctrl-A is 1; the rest is above Unicode. */
typedef uint32_t keycode;

enum {
	KEYCODE_CTRL_C = 3,
	KEYCODE_CTRL_F = 6,
	KEYCODE_CTRL_U = 21,
	KEYCODE_CTRL_Z = 26,
	KEYCODE_TAB = 9,
	KEYCODE_ENTER = 13,
	KEYCODE_ESC = 27,
	KEYCODE_SPACE = 32,
	KEYCODE_BACKSPACE = 127,
	KEYCODE_UP = 0x110000,
	KEYCODE_DOWN,
	KEYCODE_LEFT,
	KEYCODE_RIGHT,
	KEYCODE_SHIFT_UP,
	KEYCODE_SHIFT_DOWN,
	KEYCODE_SHIFT_TAB,
	KEYCODE_HOME,
	KEYCODE_END,
	KEYCODE_PAGE_UP,
	KEYCODE_PAGE_DOWN,
	KEYCODE_INSERT,
	KEYCODE_DELETE,
	KEYCODE_F1, /* F2 .. F12 follow */
	KEYCODE_F12 = KEYCODE_F1 + 11,
	KEYCODE_PASTE,   /* a bracketed paste ended: key_parser.paste */
	KEYCODE_ACK,     /* CSI 0 n: the terminal has drawn the frame */
	KEYCODE_CURSOR,  /* CSI r ; c R: key_parser.row, .column */
	KEYCODE_RESIZE,  /* made by the screen */
	KEYCODE_CLOSED,  /* the line is gone; made by the screen */
	KEYCODE_SUSPEND, /* screen_suspend() is asked for; made by the screen */
	KEYCODE_UNKNOWN, /* a sequence nobody knows: swallowed whole */
	KEYCODE_NONE,    /* nothing complete yet */
};

#define KEY_PASTE_MAX (1u << 20)

struct key_parser {
	unsigned char pending[64];
	size_t pending_len;
	bool pasting;
	bool paste_cut;   /* over KEY_PASTE_MAX; the rest was dropped */
	struct buf paste; /* owned; of the last KEYCODE_PASTE */
	int row, column;  /* of the last KEYCODE_CURSOR */
};

/*
 * Take one byte. KEYCODE_NONE: more is needed. Invalid UTF-8 gives U+FFFD.
 * Esc and a character in one go are Alt and nothing to us: KEYCODE_UNKNOWN.
 */
keycode key_feed(struct key_parser *parser, unsigned char byte);

/*
 * Milliseconds to wait for the rest of what has come, then key_timeout();
 * 0 when nothing waits.
 */
int key_pending(const struct key_parser *parser);

/*
 * What the waiting bytes mean if nothing follows: a lone Esc, as a rule.
 * Also the way out of a paste whose end got lost: Esc or Ctrl-C, and silence.
 */
keycode key_timeout(struct key_parser *parser);

void key_parser_free(struct key_parser *parser);

/*
 * Full-width digits and punctuation typed with an input method on, folded to
 * the key that was meant: １ 1, ： :, 、 and ／ /, ？ ?, ＃ #, 　 Space.
 */
keycode key_narrow(keycode key);

/*
 * F6, Ctrl-A or ^A, Enter, Shift-Up, Space, s, 、: as in the command table.
 * False if it is no key's name.
 */
bool key_parse(const char *name, size_t len, keycode *out);

/* The name on screen; "" for what is no key. */
void keycode_name(keycode key, char out[16]);

#endif
