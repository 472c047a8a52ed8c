/*
 * What was drawn on a canvas, as text. For the tests of ui/ and pane/.
 */
#ifndef UNIT_DRAWING_H
#define UNIT_DRAWING_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/width.h"
#include "ui/canvas.h"
#include "unit.h"

/* What panes and the screen rely on: no half of a wide character. */
static inline void assert_whole(const struct canvas *canvas)
{
	for (int y = 0; y < canvas->height; y++) {
		const struct cell *row =
			canvas->cells + (size_t)(y * canvas->width);

		for (int x = 0; x < canvas->width; x++) {
			bool wide = x + 1 < canvas->width && !row[x + 1].cp;

			if (row[x].cp)
				assert_int_equal(width_char(row[x].cp),
						 wide ? 2 : 1);
			else
				assert_true(x > 0 && row[x - 1].cp);
		}
	}
}

/* All rows up to the last that is not empty, each with its newline. */
static inline void drawing_text(const struct canvas *canvas, struct buf *out)
{
	size_t end = 0;

	for (int y = 0; y < canvas->height; y++) {
		size_t start = out->len;

		canvas_row(canvas, y, out);
		if (out->len > start)
			end = out->len + 1;
		buf_char(out, '\n');
	}
	if (out->len) {
		out->len = end;
		out->data[end] = '\0';
	}
}

/* Fail with the whole drawing unless it is `text`. */
static inline void assert_drawn(const struct canvas *canvas, const char *text)
{
	struct buf drawn = {0};

	assert_whole(canvas);
	drawing_text(canvas, &drawn);
	if (strcmp(buf_text(&drawn), text) != 0)
		fail_msg("wanted:\n%s\ndrawn:\n%s", text, buf_text(&drawn));
	buf_free(&drawn);
}

/* Into a file's place: UPDATE=1 in the environment does, read the diff. */
static inline void drawing_write(const struct canvas *canvas, const char *path)
{
	struct buf drawn = {0};
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	drawing_text(canvas, &drawn);
	fputs(buf_text(&drawn), file);
	assert_int_equal(fclose(file), 0);
	buf_free(&drawn);
}

/* The same with the text in tests/data/panes/NAME. */
static inline void assert_picture(const struct canvas *canvas, const char *name)
{
	struct buf text = {0};
	char path[128], bytes[4096];
	size_t got;

	snprintf(path, sizeof(path), "tests/data/panes/%s", name);
	if (getenv("UPDATE"))
		drawing_write(canvas, path);
	FILE *file = fopen(path, "r");
	if (!file)
		fail_msg("no %s; UPDATE=1 makes it", path);
	while ((got = fread(bytes, 1, sizeof(bytes), file)) > 0)
		buf_add(&text, bytes, got);
	fclose(file);
	assert_drawn(canvas, buf_text(&text));
	buf_free(&text);
}

/* The style of the first cell of `word` in row y. */
static inline enum style drawing_style(const struct canvas *canvas, int y,
				       const char *word)
{
	struct buf row = {0};
	const char *at;
	int x;

	canvas_row(canvas, y, &row);
	at = strstr(buf_text(&row), word);
	if (!at)
		fail_msg("row %d has no %s: %s", y, word, buf_text(&row));
	row.data[at - row.data] = '\0';
	x = width_text(buf_text(&row));
	buf_free(&row);
	return (enum style)canvas->cells[y * canvas->width + x].style;
}

#endif
