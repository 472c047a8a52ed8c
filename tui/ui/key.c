#include "ui/key.h"

#include <string.h>

#include "base/utf8.h"
#include "ui/key_table.h"

enum {
	ESC = 0x1B,
	BEL = 0x07,
	REPLACEMENT = 0xFFFD,
	CURSOR_MAX = 9999,

	/* Milliseconds until what has come is all that comes. */
	WAIT_HELD = 1,
	WAIT_ESC = 25,
	WAIT_REST = 500,
	WAIT_PASTE = 1000,
};

static const char paste_end[] = "\033[201~";

static keycode finish(struct key_parser *parser, keycode key)
{
	parser->pending_len = 0;
	return key;
}

/* Past the room only the end of the sequence matters. */
static keycode more(struct key_parser *parser, unsigned char byte)
{
	if (parser->pending_len < sizeof(parser->pending))
		parser->pending[parser->pending_len++] = byte;
	return KEYCODE_NONE;
}

static keycode ascii(unsigned char byte)
{
	switch (byte) {
	case 0: /* Ctrl-Space: an input method's, not ours */
		return KEYCODE_UNKNOWN;
	case '\b': /* Backspace, as PuTTY may be told to send it */
		return KEYCODE_BACKSPACE;
	case '\n':
		return KEYCODE_ENTER;
	default:
		return byte;
	}
}

/* Bytes of a character beginning with `lead`; 0 for what cannot begin one. */
static size_t utf8_size(unsigned char lead)
{
	if (lead >= 0xC2 && lead <= 0xDF)
		return 2;
	if (lead >= 0xE0 && lead <= 0xEF)
		return 3;
	return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

/* The first byte of a key. */
static keycode begin(struct key_parser *parser, unsigned char byte)
{
	parser->pending_len = 0;
	if (byte == ESC || utf8_size(byte))
		return more(parser, byte);
	return byte < 0x80 ? ascii(byte) : REPLACEMENT;
}

/*
 * What was pending means `key`, and `byte` begins something new. If that is a
 * whole key already, it is held until the next byte or key_timeout().
 */
static keycode begin_after(struct key_parser *parser, keycode key,
			   unsigned char byte)
{
	if (begin(parser, byte) != KEYCODE_NONE)
		more(parser, byte);
	return key;
}

static keycode held(const struct key_parser *parser)
{
	unsigned char byte = parser->pending[0];

	return byte < 0x80 ? ascii(byte) : REPLACEMENT;
}

static bool is_held(const struct key_parser *parser)
{
	return parser->pending_len == 1 && parser->pending[0] != ESC &&
	       !utf8_size(parser->pending[0]);
}

/* Of two bytes and more. C1 controls are nothing that somebody typed. */
static keycode typed(char32_t cp)
{
	return cp < 0xA0 ? KEYCODE_UNKNOWN : cp;
}

static keycode utf8_byte(struct key_parser *parser, unsigned char byte)
{
	const char *at = (const char *)parser->pending;

	if ((byte & 0xC0) != 0x80)
		return begin_after(parser, REPLACEMENT, byte);
	more(parser, byte);
	if (parser->pending_len < utf8_size(parser->pending[0]))
		return KEYCODE_NONE;

	char32_t cp = utf8_next(&at, at + parser->pending_len);
	return finish(parser, cp == UTF8_INVALID ? REPLACEMENT : typed(cp));
}

static int number(const unsigned char **at, const unsigned char *end)
{
	int value = 0;

	while (*at < end && **at >= '0' && **at <= '9' && value <= CURSOR_MAX)
		value = value * 10 + (*(*at)++ - '0');
	return value;
}

/* CSI row ; column R */
static bool is_cursor(struct key_parser *parser)
{
	const unsigned char *at = parser->pending + 2;
	const unsigned char *end = parser->pending + parser->pending_len;
	int row = number(&at, end);

	if (row < 1 || at == end || *at++ != ';')
		return false;
	int column = number(&at, end);
	if (column < 1 || at + 1 != end || *at != 'R' || row > CURSOR_MAX ||
	    column > CURSOR_MAX)
		return false;
	parser->row = row;
	parser->column = column;
	return true;
}

static bool is_sequence(const struct key_parser *parser, const char *bytes)
{
	size_t len = strlen(bytes);

	return parser->pending_len == len + 1 &&
	       !memcmp(parser->pending + 1, bytes, len);
}

/* A CSI or SS3 sequence is complete. */
static keycode sequence(struct key_parser *parser)
{
	keycode key = KEYCODE_UNKNOWN;

	for (size_t i = 0; i < key_table_count; i++)
		if (is_sequence(parser, key_table[i].bytes))
			return finish(parser, key_table[i].key);
	if (is_sequence(parser, "[200~")) {
		buf_reset(&parser->paste);
		parser->paste_cut = false;
		parser->pasting = true;
		key = KEYCODE_NONE;
	} else if (is_cursor(parser)) {
		key = KEYCODE_CURSOR;
	}
	return finish(parser, key);
}

/* The byte that ends a CSI sequence; rxvt ends shifted keys with $. */
static bool is_final(unsigned char third, unsigned char byte)
{
	if (third == '[') /* linux: [[A to [[E */
		return true;
	if (byte == '$')
		return third && third != '?';
	return byte >= 0x40;
}

static keycode csi_byte(struct key_parser *parser, unsigned char byte)
{
	size_t len = parser->pending_len;
	unsigned char third = len > 2 ? parser->pending[2] : 0;

	if (third == 'M') { /* a mouse somebody left on: three more bytes */
		more(parser, byte);
		return len < 5 ? KEYCODE_NONE : finish(parser, KEYCODE_UNKNOWN);
	}
	if (byte < 0x20 || byte > 0x7E)
		return begin_after(parser, KEYCODE_UNKNOWN, byte);
	more(parser, byte);
	if (len == 2 && (byte == '[' || byte == 'M'))
		return KEYCODE_NONE;
	return is_final(third, byte) ? sequence(parser) : KEYCODE_NONE;
}

/* Digits between O and the letter say what was held down. */
static keycode ss3_byte(struct key_parser *parser, unsigned char byte)
{
	if (byte < 0x20 || byte > 0x7E)
		return begin_after(parser, KEYCODE_UNKNOWN, byte);
	more(parser, byte);
	if ((byte >= '0' && byte <= '9') || byte == ';')
		return KEYCODE_NONE;
	return sequence(parser);
}

static keycode escape_byte(struct key_parser *parser, unsigned char byte);

/*
 * The answer to a question we did not ask, up to BEL or Esc \. A control
 * character cannot be inside: then it was Alt-] and somebody goes on typing.
 */
static keycode string_byte(struct key_parser *parser, unsigned char byte)
{
	bool ending = parser->pending[parser->pending_len - 1] == ESC;

	if (byte == BEL || (ending && byte == '\\'))
		return finish(parser, KEYCODE_UNKNOWN);
	if (ending) {
		parser->pending_len = 1;
		keycode key = escape_byte(parser, byte);
		return key == KEYCODE_NONE ? KEYCODE_UNKNOWN : key;
	}
	if (byte == ESC)
		return more(parser, byte);
	if (byte < 0x20 || byte == 0x7F)
		return begin_after(parser, KEYCODE_UNKNOWN, byte);
	return KEYCODE_NONE;
}

/* Alt and a character that is more than one byte. */
static keycode alt_byte(struct key_parser *parser, unsigned char byte)
{
	if ((byte & 0xC0) != 0x80)
		return begin_after(parser, KEYCODE_UNKNOWN, byte);
	more(parser, byte);
	if (parser->pending_len <= utf8_size(parser->pending[1]))
		return KEYCODE_NONE;
	return finish(parser, KEYCODE_UNKNOWN);
}

static keycode after_escape(struct key_parser *parser, unsigned char byte)
{
	if (byte == ESC) /* the second one may begin a sequence */
		return KEYCODE_ESC;
	if (utf8_size(byte) || (byte && strchr("[O]P_^X", byte)))
		return more(parser, byte);
	return finish(parser, KEYCODE_UNKNOWN);
}

static keycode escape_byte(struct key_parser *parser, unsigned char byte)
{
	if (parser->pending_len == 1)
		return after_escape(parser, byte);
	if (parser->pending[1] == '[')
		return csi_byte(parser, byte);
	if (parser->pending[1] == 'O')
		return ss3_byte(parser, byte);
	if (utf8_size(parser->pending[1]))
		return alt_byte(parser, byte);
	return string_byte(parser, byte);
}

/* The byte behind the last that fits is the last of all: see way_out(). */
static void paste_add(struct key_parser *parser, unsigned char byte)
{
	struct buf *paste = &parser->paste;

	if (paste->len > KEY_PASTE_MAX)
		paste->data[KEY_PASTE_MAX] = (char)byte;
	else
		buf_char(paste, (char)byte);
	parser->paste_cut = paste->len > KEY_PASTE_MAX;
}

/* \r and \r\n become \n, what is not UTF-8 U+FFFD; no NUL stays. */
static void paste_tidy(struct key_parser *parser)
{
	struct buf raw = parser->paste;
	const char *at = buf_text(&raw);
	size_t len = parser->paste_cut ? utf8_cut(at, KEY_PASTE_MAX) : raw.len;
	const char *end = at + len;

	parser->paste = (struct buf){0};
	while (at < end) {
		char32_t cp = utf8_next(&at, end);

		if (cp == '\r' && at < end && *at == '\n')
			continue;
		if (cp == '\r')
			cp = '\n';
		if (cp)
			buf_utf8(&parser->paste,
				 cp == UTF8_INVALID ? REPLACEMENT : cp);
	}
	buf_free(&raw);
}

/* A paste ends at its end mark and nowhere else, whatever is inside. */
static keycode paste_byte(struct key_parser *parser, unsigned char byte)
{
	if (byte == (unsigned char)paste_end[parser->pending_len]) {
		more(parser, byte);
		if (paste_end[parser->pending_len])
			return KEYCODE_NONE;
		parser->pasting = false;
		paste_tidy(parser);
		return finish(parser, KEYCODE_PASTE);
	}
	for (size_t i = 0; i < parser->pending_len; i++)
		paste_add(parser, parser->pending[i]);
	parser->pending_len = 0;
	if (byte == ESC)
		return more(parser, byte);
	paste_add(parser, byte);
	return KEYCODE_NONE;
}

keycode key_feed(struct key_parser *parser, unsigned char byte)
{
	if (parser->pasting)
		return paste_byte(parser, byte);
	if (!parser->pending_len)
		return begin(parser, byte);
	if (is_held(parser))
		return begin_after(parser, held(parser), byte);
	if (parser->pending[0] == ESC)
		return escape_byte(parser, byte);
	return utf8_byte(parser, byte);
}

/* The last thing in an unfinished paste is a key to get out of it. */
static keycode way_out(const struct key_parser *parser)
{
	const struct buf *paste = &parser->paste;

	if (parser->pending_len == 1)
		return KEYCODE_ESC;
	if (!parser->pending_len && paste->len &&
	    paste->data[paste->len - 1] == KEYCODE_CTRL_C)
		return KEYCODE_CTRL_C;
	return KEYCODE_NONE;
}

int key_pending(const struct key_parser *parser)
{
	if (parser->pasting)
		return way_out(parser) == KEYCODE_NONE ? 0 : WAIT_PASTE;
	if (!parser->pending_len)
		return 0;
	if (is_held(parser))
		return WAIT_HELD;
	if (parser->pending_len == 1 && parser->pending[0] == ESC)
		return WAIT_ESC;
	return WAIT_REST;
}

keycode key_timeout(struct key_parser *parser)
{
	keycode key = KEYCODE_UNKNOWN;

	if (parser->pasting) {
		key = way_out(parser);
		if (key == KEYCODE_NONE)
			return key;
		parser->pasting = false;
		buf_reset(&parser->paste);
	} else if (!parser->pending_len) {
		key = KEYCODE_NONE;
	} else if (is_held(parser)) {
		key = held(parser);
	} else if (parser->pending[0] != ESC) {
		key = REPLACEMENT;
	} else if (parser->pending_len == 1) {
		key = KEYCODE_ESC;
	}
	return finish(parser, key);
}

void key_parser_free(struct key_parser *parser)
{
	buf_free(&parser->paste);
}
