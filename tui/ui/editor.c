#include "ui/editor.h"

#include <string.h>

#include "base/utf8.h"
#include "domain/piece.h"
#include "ui/caret.h"
#include "ui/editor_rows.h"

enum {
	REPLACEMENT = 0xFFFD,
	CTRL_K = 11,
	CTRL_W = 23,
};

void editor_set(struct editor *editor, const char *text, size_t max, bool lines)
{
	int width = editor->width, height = editor->height;

	editor_free(editor);
	buf_str(&editor->text, text);
	editor->caret = editor->text.len;
	editor->max = max;
	editor->lines = lines;
	editor->goal = -1;
	editor->width = width;
	editor->height = height;
}

void editor_free(struct editor *editor)
{
	buf_free(&editor->text);
	*editor = (struct editor){0};
}

static void insert(struct editor *editor, const char *bytes, size_t len)
{
	struct buf *text = &editor->text, tail = {0};

	if (len > editor->max || text->len > editor->max - len) {
		editor->full = true;
		return;
	}
	buf_str(&tail, buf_text(text) + editor->caret);
	text->len = editor->caret;
	buf_add(text, bytes, len);
	buf_str(text, buf_text(&tail));
	buf_free(&tail);
	editor->caret += len;
}

/* Take out what is between `from` and `to`; the caret stands there. */
static void take_out(struct editor *editor, size_t from, size_t to)
{
	struct buf *text = &editor->text;

	if (from == to)
		return;
	memmove(text->data + from, text->data + to, text->len - to + 1);
	text->len -= to - from;
	editor->caret = from;
}

static size_t next(const struct editor *editor)
{
	return caret_next(buf_text(&editor->text), editor->text.len,
			  editor->caret);
}

static size_t previous(const struct editor *editor)
{
	return caret_previous(buf_text(&editor->text), editor->text.len,
			      editor->caret);
}

/* The ends of the line that the caret is in. */
static size_t line_start(const struct editor *editor)
{
	const char *text = buf_text(&editor->text);
	size_t at = editor->caret;

	while (at > 0 && text[at - 1] != '\n')
		at--;
	return at;
}

static size_t line_end(const struct editor *editor)
{
	const char *text = buf_text(&editor->text);

	return editor->caret + strcspn(text + editor->caret, "\n");
}

static void insert_key(struct editor *editor, keycode key)
{
	char bytes[4];

	insert(editor, bytes, utf8_put(key, bytes));
}

static bool is_text(keycode key)
{
	return key >= ' ' && key < KEYCODE_UP && key != REPLACEMENT &&
	       piece_char(key) == key;
}

/* What takes something out. */
static bool erase_key(struct editor *editor, keycode key)
{
	const char *text = buf_text(&editor->text);
	size_t caret = editor->caret;

	switch (key) {
	case KEYCODE_BACKSPACE:
		take_out(editor, previous(editor), caret);
		return true;
	case KEYCODE_DELETE:
		take_out(editor, caret, next(editor));
		return true;
	case KEYCODE_CTRL_U:
		take_out(editor, line_start(editor), caret);
		return true;
	case CTRL_W:
		take_out(editor, caret_word(text, editor->text.len, caret),
			 caret);
		return true;
	case CTRL_K:
		take_out(editor, caret, line_end(editor));
		return true;
	default:
		return false;
	}
}

/* What moves along the text. */
static bool step_key(struct editor *editor, keycode key)
{
	if (key == KEYCODE_LEFT)
		editor->caret = previous(editor);
	else if (key == KEYCODE_RIGHT)
		editor->caret = next(editor);
	else
		return false;
	return true;
}

bool editor_key(struct editor *editor, keycode key)
{
	editor->full = false;
	if (rows_key(editor, key))
		return true;
	if (step_key(editor, key) || erase_key(editor, key)) {
		editor->goal = -1;
		return true;
	}
	if (key == KEYCODE_ENTER && editor->lines)
		insert(editor, "\n", 1);
	else if (is_text(key))
		insert_key(editor, key);
	else
		return false;
	editor->goal = -1;
	return true;
}

void editor_paste(struct editor *editor, const char *text)
{
	const char *at = text, *end = text + strlen(text);
	struct buf clean = {0};

	editor->full = false;
	while (at < end) {
		char32_t cp = utf8_next(&at, end);

		char32_t kept = piece_char(cp);

		if (cp == '\r' && *at == '\n')
			continue;
		if (kept == ' ' && cp != ' ' && cp != '\t' && editor->lines)
			kept = '\n';
		buf_utf8(&clean, kept);
	}
	insert(editor, buf_text(&clean), clean.len);
	editor->goal = -1;
	buf_free(&clean);
}
