#include "pane/lines.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unilbrk.h>

#include "base/clean.h"
#include "base/mem.h"
#include "base/width.h"

static struct line *line_new(struct lines *lines)
{
	if (lines->count == lines->cap) {
		lines->cap = lines->cap ? lines->cap * 2 : 32;
		lines->items = mem_resize(lines->items,
					  lines->cap * sizeof(*lines->items));
	}
	return &lines->items[lines->count++];
}

static void line_add(struct lines *lines, struct line line, size_t len)
{
	line.text = arena_str(&lines->arena, line.text, len);
	line.label = arena_str(&lines->arena, line.label, strlen(line.label));
	*line_new(lines) = line;
}

void lines_add(struct lines *lines, enum style style, const char *text)
{
	line_add(lines, (struct line){"", text, 0, style}, strlen(text));
}

void lines_addf(struct lines *lines, enum style style, const char *fmt, ...)
{
	struct line *line = line_new(lines);
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	*line = (struct line){
		.label = "",
		.text = arena_str(&lines->arena, text, strlen(text)),
		.style = style,
	};
}

static const char *encoding(void)
{
	return width_ambiguous() == 2 ? "GBK" : "UTF-8";
}

/*
 * libunistring finds the breaks. A "word" longer than the line, or one that
 * its own idea of width lets stick out, is cut by cells afterwards.
 */
static void wrap_paragraph(struct lines *lines, struct line line, int width,
			   const char *text, size_t len)
{
	char *breaks = mem_new(len + 1);
	size_t start = 0;

	u8_width_linebreaks((const uint8_t *)text, len, width, 0, 0, NULL,
			    encoding(), breaks);
	for (size_t i = 1; i <= len; i++) {
		if (i < len && breaks[i] != UC_BREAK_POSSIBLE &&
		    breaks[i] != UC_BREAK_MANDATORY)
			continue;
		char *piece = arena_str(&lines->arena, text + start, i - start);
		do {
			size_t fit = width_fit(piece, width, NULL);
			size_t cut = fit ? fit : strlen(piece);
			line.text = piece;
			line_add(lines, line, cut);
			line.label = "";
			piece += cut;
			piece += fit && *piece == ' ';
		} while (*piece);
		start = i;
	}
	if (len == 0)
		line_add(lines, line, 0);
	free(breaks);
}

void lines_wrap(struct lines *lines, enum style style, const char *label,
		int indent, int width, const char *text)
{
	struct line line = {label, "", indent, style};
	struct buf clean = {0};
	const char *at;

	clean_lines(&clean, text, strlen(text));
	at = buf_text(&clean);
	for (;;) {
		size_t len = strcspn(at, "\n");

		wrap_paragraph(lines, line,
			       width - indent < 2 ? 2 : width - indent, at,
			       len);
		line.label = "";
		if (!at[len])
			break;
		at += len + 1;
	}
	buf_free(&clean);
}

void lines_draw(const struct lines *lines, size_t top, struct canvas *canvas,
		struct rect area, const char *needle)
{
	for (int i = 0; i < area.height; i++) {
		size_t n = top + (size_t)i;

		if (n >= lines->count)
			break;
		const struct line *line = &lines->items[n];
		int y = area.y + i;
		canvas_text(canvas, y, area.x, line->indent - 1, STYLE_BOLD,
			    line->label);
		canvas_text_hits(canvas, y, area.x + line->indent,
				 area.width - line->indent, line->style,
				 line->text, needle);
	}
}

void lines_reset(struct lines *lines)
{
	arena_free(&lines->arena);
	lines->count = 0;
}

void lines_free(struct lines *lines)
{
	lines_reset(lines);
	free(lines->items);
	*lines = (struct lines){0};
}
