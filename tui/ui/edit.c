#include "ui/edit.h"

#include <string.h>

#include "base/clean.h"
#include "base/utf8.h"
#include "base/width.h"
#include "domain/piece.h"
#include "ui/caret.h"

enum {
	REPLACEMENT = 0xFFFD,
	CTRL_K = 11,
	CTRL_W = 23,
};

static void insert(struct edit_line *line, const char *bytes, size_t len)
{
	if (len > EDIT_MAX - line->len)
		return;
	memmove(line->text + line->caret + len, line->text + line->caret,
		line->len - line->caret + 1);
	memcpy(line->text + line->caret, bytes, len);
	line->len += len;
	line->caret += len;
}

/* Take out what is between `from` and `to`; the caret stands there. */
static void take_out(struct edit_line *line, size_t from, size_t to)
{
	memmove(line->text + from, line->text + to, line->len - to + 1);
	line->len -= to - from;
	line->caret = from;
}

static size_t next_char(const struct edit_line *line, size_t at)
{
	return caret_next(line->text, line->len, at);
}

static size_t previous_char(const struct edit_line *line, size_t at)
{
	return caret_previous(line->text, line->len, at);
}

void edit_set(struct edit_line *line, const char *text)
{
	size_t len = strnlen(text, EDIT_MAX + 1);

	if (len > EDIT_MAX)
		len = utf8_cut(text, EDIT_MAX);
	memcpy(line->text, text, len);
	line->text[len] = '\0';
	line->len = line->caret = len;
}

static bool insert_key(struct edit_line *line, keycode key)
{
	char bytes[4];

	if (key < ' ' || key >= KEYCODE_UP || piece_char(key) != key)
		return false;
	insert(line, bytes, utf8_put(key, bytes));
	return true;
}

bool edit_key(struct edit_line *line, keycode key)
{
	switch (key) {
	case KEYCODE_LEFT:
		line->caret = previous_char(line, line->caret);
		return true;
	case KEYCODE_RIGHT:
		line->caret = next_char(line, line->caret);
		return true;
	case KEYCODE_HOME:
		line->caret = 0;
		return true;
	case KEYCODE_END:
		line->caret = line->len;
		return true;
	case KEYCODE_BACKSPACE:
		take_out(line, previous_char(line, line->caret), line->caret);
		return true;
	case KEYCODE_DELETE:
		take_out(line, line->caret, next_char(line, line->caret));
		return true;
	case KEYCODE_CTRL_U:
		take_out(line, 0, line->caret);
		return true;
	case CTRL_W:
		take_out(line, caret_word(line->text, line->len, line->caret),
			 line->caret);
		return true;
	case CTRL_K:
		take_out(line, line->caret, line->len);
		return true;
	default:
		return key != REPLACEMENT && insert_key(line, key);
	}
}

void edit_paste(struct edit_line *line, const char *text)
{
	const char *end = text + strlen(text);
	size_t before = line->len + 1;

	while (text < end && before != line->len) {
		char32_t cp = utf8_next(&text, end);

		if (cp == '\r' && *text == '\n')
			continue;
		before = line->len;
		insert_key(line,
			   cp == UTF8_INVALID ? REPLACEMENT : piece_char(cp));
	}
}

/* Cells that a part of the text takes on the canvas. */
static int cells(const struct edit_line *line, size_t from, size_t to)
{
	struct buf shown = {0};
	int width;

	clean_line(&shown, line->text + from, to - from);
	width = width_text(buf_text(&shown));
	buf_free(&shown);
	return width;
}

int edit_cells(const struct edit_line *line)
{
	return cells(line, 0, line->len);
}

void edit_draw(const struct edit_line *line, struct canvas *canvas, int y,
	       int x, int width)
{
	size_t start = 0, next = next_char(line, line->caret);
	int under = cells(line, line->caret, next);

	if (width <= 0)
		return;
	if (under < 1)
		under = 1;
	while (start < line->caret &&
	       cells(line, start, line->caret) + under > width)
		start = next_char(line, start);
	canvas_fill(canvas, y, x, width, STYLE_NORMAL, ' ');
	canvas_text(canvas, y, x, width, STYLE_NORMAL, line->text + start);
	canvas_cursor(canvas, y, x + cells(line, start, line->caret));
}
