/*
 * The editor: a stored text and what somebody types into it. The first byte
 * says how large it is on the screen, and whether it has lines; then comes the
 * text, a NUL, and the keys. It stays a text, the caret stands between
 * characters, and all is drawn where it belongs.
 */
#include "ui/editor.h"
#include "base/utf8.h"
#include "base/width.h"
#include "claims.h"

enum { HEIGHT = 6, WIDTH = 20, MAX = 200 };

static void claim_text(const struct editor *editor)
{
	const char *text = buf_text(&editor->text);
	size_t len = editor->text.len;

	HOLDS(len <= editor->max && strlen(text) == len);
	HOLDS(editor->caret <= len);
	HOLDS(utf8_valid(text, editor->caret));
	HOLDS(utf8_valid(text + editor->caret, len - editor->caret));
}

static bool is_within(struct rect area, int y, int x)
{
	return y >= area.y && y < area.y + area.height && x >= area.x &&
	       x < area.x + area.width;
}

/* No half of a wide character, and nothing outside. */
static void claim_drawn(const struct canvas *canvas, struct rect area)
{
	for (int y = 0; y < HEIGHT; y++)
		for (int x = 0; x < WIDTH; x++) {
			const struct cell *cell = &canvas->cells[y * WIDTH + x];
			bool wide = x + 1 < WIDTH && !cell[1].cp;

			HOLDS(is_within(area, y, x) || cell->cp == ' ');
			HOLDS(cell->cp ? width_char(cell->cp) == 1 + wide
				       : x > 0 && cell[-1].cp);
		}
	HOLDS(is_within(area, canvas->cursor_y, canvas->cursor_x));
}

static void draw(struct editor *editor, struct canvas *canvas, struct rect area)
{
	canvas_clear(canvas);
	editor_draw(editor, canvas, area);
	claim_drawn(canvas, area);
	HOLDS(editor->rows == editor_rows(editor, area.width));
}

static size_t lines_of(const struct editor *editor)
{
	size_t lines = 0;

	for (const char *at = buf_text(&editor->text); *at; at++)
		lines += *at == '\n';
	return lines;
}

static void type(struct editor *editor, struct key_parser *parser, keycode key)
{
	size_t before = editor->text.len, lines = lines_of(editor);

	if (key == KEYCODE_PASTE)
		editor_paste(editor, buf_text(&parser->paste));
	else
		editor_key(editor, key);
	HOLDS(!editor->full || editor->text.len == before);
	HOLDS(editor->lines || lines_of(editor) <= lines);
	claim_text(editor);
}

/* What Left passes Right passes again. */
static void claim_steps(struct editor *editor)
{
	size_t caret = editor->caret;

	if (caret == 0)
		return;
	editor_key(editor, KEYCODE_LEFT);
	HOLDS(editor->caret < caret);
	editor_key(editor, KEYCODE_RIGHT);
	HOLDS(editor->caret == caret);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* Wide enough for <U+10FFFF>; a screen is at least 20 cells wide. */
	struct rect area = {1, 2, size ? 1 + data[0] % 4 : 1,
			    size ? 11 + data[0] / 4 % 8 : 11};
	struct editor editor = {0};
	struct key_parser parser = {0};
	struct canvas *canvas;
	char *text;

	if (size < 2)
		return 0;
	text = text_copy(data + 1, size - 1);
	if (utf8_valid(text, strlen(text)) && strlen(text) <= MAX) {
		canvas = canvas_new(HEIGHT, WIDTH);
		editor_set(&editor, text, MAX, data[0] < 128);
		draw(&editor, canvas, area);
		for (size_t i = 2 + strlen(text); i < size; i++) {
			keycode key = key_feed(&parser, data[i]);

			if (key == KEYCODE_NONE)
				continue;
			type(&editor, &parser, key);
			draw(&editor, canvas, area);
		}
		claim_steps(&editor);
		editor_free(&editor);
		key_parser_free(&parser);
		canvas_free(canvas);
	}
	free(text);
	return 0;
}
