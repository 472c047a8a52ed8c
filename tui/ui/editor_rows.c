#include "ui/editor_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/clean.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/width.h"
#include "ui/caret.h"

/* One row: text[start .. end), without the line's end. */
struct row {
	size_t start, end;
	bool wrapped; /* the line goes on in the next row */
};

struct rows {
	struct row *items;
	size_t count, cap;
};

static void row_add(struct rows *rows, size_t start, size_t end, bool wrapped)
{
	if (rows->count == rows->cap) {
		rows->cap = rows->cap ? rows->cap * 2 : 16;
		rows->items = mem_resize(rows->items,
					 rows->cap * sizeof(*rows->items));
	}
	rows->items[rows->count++] = (struct row){start, end, wrapped};
}

/* Cells of the character at `at`, as it is drawn. */
static int char_cells(const char *text, size_t len, size_t at, size_t *next)
{
	const char *to = text + at;
	char32_t cp = utf8_next(&to, text + len);
	struct buf shown = {0};

	*next = (size_t)(to - text);
	if (cp <= 0x10FFFF && clean_printable(cp))
		return width_char(cp);
	clean_line(&shown, text + at, *next - at);
	int cells = width_text(buf_text(&shown));
	buf_free(&shown);
	return cells;
}

/* The last column is the caret's, behind the last character of a row. */
static struct rows rows_of(const struct editor *editor, int width)
{
	const char *text = buf_text(&editor->text);
	size_t len = editor->text.len, start = 0, at = 0, next;
	struct rows rows = {0};
	int x = 0;

	while (at < len) {
		if (text[at] == '\n') {
			row_add(&rows, start, at, false);
			start = ++at;
			x = 0;
			continue;
		}
		int cells = char_cells(text, len, at, &next);
		if (x + cells > width - 1 && at > start) {
			row_add(&rows, start, at, true);
			start = at;
			x = 0;
		}
		x += cells;
		at = next;
	}
	row_add(&rows, start, len, false);
	return rows;
}

static void rows_free(struct rows *rows)
{
	free(rows->items);
}

static size_t row_of(const struct rows *rows, size_t caret)
{
	size_t low = 0, high = rows->count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (rows->items[middle].start <= caret)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static int cells_before(const struct editor *editor, const struct row *row,
			size_t caret)
{
	const char *text = buf_text(&editor->text);
	int cells = 0;

	for (size_t at = row->start; at < caret;)
		cells += char_cells(text, editor->text.len, at, &at);
	return cells;
}

/* The place in a row that is nearest to a cell, from the left. */
static size_t place_at(const struct editor *editor, const struct row *row,
		       int goal)
{
	const char *text = buf_text(&editor->text);
	size_t at = row->start, next;
	int x = 0;

	while (at < row->end) {
		x += char_cells(text, editor->text.len, at, &next);
		if (x > goal || (row->wrapped && next == row->end))
			break;
		at = next;
	}
	return at;
}

static void move_rows(struct editor *editor, const struct rows *rows, long by)
{
	size_t row = row_of(rows, editor->caret);
	long to = (long)row + by;

	if (editor->goal < 0)
		editor->goal =
			cells_before(editor, &rows->items[row], editor->caret);
	if (to < 0)
		to = 0;
	if (to >= (long)rows->count)
		to = (long)rows->count - 1;
	editor->caret = place_at(editor, &rows->items[to], editor->goal);
}

/* Further than any row is long. */
enum { FAR = 0x3fffffff };

static void go(struct editor *editor, const struct rows *rows, keycode key)
{
	const struct row *row = &rows->items[row_of(rows, editor->caret)];
	long page = editor->height > 1 ? editor->height - 1 : 1;

	if (key == KEYCODE_HOME)
		editor->caret = row->start;
	else if (key == KEYCODE_END)
		editor->caret = place_at(editor, row, FAR);
	else if (key == KEYCODE_UP || key == KEYCODE_DOWN)
		move_rows(editor, rows, key == KEYCODE_UP ? -1 : 1);
	else
		move_rows(editor, rows, key == KEYCODE_PAGE_UP ? -page : page);
}

bool rows_key(struct editor *editor, keycode key)
{
	bool ends = key == KEYCODE_HOME || key == KEYCODE_END;

	if (!ends && key != KEYCODE_UP && key != KEYCODE_DOWN &&
	    key != KEYCODE_PAGE_UP && key != KEYCODE_PAGE_DOWN)
		return false;
	struct rows rows = rows_of(editor, editor->width);
	if (ends)
		editor->goal = -1;
	go(editor, &rows, key);
	rows_free(&rows);
	return true;
}

size_t editor_rows(const struct editor *editor, int width)
{
	struct rows rows = rows_of(editor, width);
	size_t count = rows.count;

	rows_free(&rows);
	return count;
}

/* Character by character: what is shown of one may take several cells. */
static void draw_row(const struct editor *editor, const struct row *row,
		     struct canvas *canvas, int y, struct rect area)
{
	const char *text = buf_text(&editor->text);
	int x = area.x, end = area.x + area.width;
	size_t next;

	canvas_fill(canvas, y, area.x, area.width, STYLE_NORMAL, ' ');
	for (size_t at = row->start; at < row->end && x < end; at = next) {
		char one[5] = "";
		int cells = char_cells(text, editor->text.len, at, &next);

		memcpy(one, text + at, next - at);
		canvas_text(canvas, y, x, end - x, STYLE_NORMAL, one);
		x += cells;
	}
}

static void scroll_to(struct editor *editor, size_t row, size_t count)
{
	size_t height = (size_t)editor->height;

	if (row < editor->top)
		editor->top = row;
	if (row >= editor->top + height)
		editor->top = row - height + 1;
	if (editor->top + height > count)
		editor->top = count > height ? count - height : 0;
}

void editor_draw(struct editor *editor, struct canvas *canvas, struct rect area)
{
	struct rows rows = rows_of(editor, area.width);
	size_t row = row_of(&rows, editor->caret);

	if (area.height < 1)
		area.height = 1;
	editor->width = area.width;
	editor->height = area.height;
	editor->rows = rows.count;
	scroll_to(editor, row, rows.count);
	for (int i = 0; i < area.height; i++) {
		size_t n = editor->top + (size_t)i;

		if (n < rows.count)
			draw_row(editor, &rows.items[n], canvas, area.y + i,
				 area);
		else
			canvas_fill(canvas, area.y + i, area.x, area.width,
				    STYLE_NORMAL, ' ');
	}
	canvas_cursor(
		canvas, area.y + (int)(row - editor->top),
		area.x + cells_before(editor, &rows.items[row], editor->caret));
	rows_free(&rows);
}
