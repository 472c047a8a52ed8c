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
	line_add(lines,
		 (struct line){.label = "", .text = text, .style = style},
		 strlen(text));
}

/* A copy that lives as long as the lines. */
static const struct hit *keep_hits(struct lines *lines, const struct hit *hits,
				   size_t count)
{
	struct hit *kept = arena_alloc(&lines->arena, count * sizeof(*kept));

	memcpy(kept, hits, count * sizeof(*kept));
	return kept;
}

void lines_add_hits(struct lines *lines, enum style style, const char *text,
		    const struct hit *hits, size_t count)
{
	struct line line = {.label = "", .text = text, .style = style};

	if (count) {
		line.hits = keep_hits(lines, hits, count);
		line.hit_count = count;
	}
	line_add(lines, line, strlen(text));
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

/* The hits of a paragraph, and those that no line has yet. */
struct pending {
	struct hit *hits; /* owned */
	size_t count, next;
};

/* Those that are in the line from..to of the paragraph, as far as they are. */
static void take_hits(struct lines *lines, struct line *line,
		      struct pending *pending, size_t from, size_t to)
{
	const struct hit *hits = pending->hits;
	size_t first, last;

	while (pending->next < pending->count && hits[pending->next].to <= from)
		pending->next++;
	first = last = pending->next;
	while (last < pending->count && hits[last].from < to)
		last++;
	line->hit_count = last - first;
	line->hits = NULL;
	if (first == last)
		return;
	struct hit *taken =
		arena_alloc(&lines->arena, (last - first) * sizeof(*taken));
	for (size_t i = first; i < last; i++)
		taken[i - first] = (struct hit){
			hits[i].from > from ? hits[i].from - from : 0,
			(hits[i].to < to ? hits[i].to : to) - from,
		};
	line->hits = taken;
}

/*
 * libunistring finds the breaks. A "word" longer than the line, or one that
 * its own idea of width lets stick out, is cut by cells afterwards.
 */
static void wrap_paragraph(struct lines *lines, struct line line, int width,
			   const char *text, size_t len)
{
	char *breaks = mem_new(len + 1);
	struct pending pending = {0};
	size_t start = 0;

	if (lines->found)
		pending.hits = found_hits(lines->found, lines->sounds, text,
					  len, &pending.count);
	u8_width_linebreaks((const uint8_t *)text, len, width, 0, 0, NULL,
			    encoding(), breaks);
	for (size_t i = 1; i <= len; i++) {
		if (i < len && breaks[i] != UC_BREAK_POSSIBLE &&
		    breaks[i] != UC_BREAK_MANDATORY)
			continue;
		char *whole = arena_str(&lines->arena, text + start, i - start);
		char *piece = whole;
		do {
			size_t fit = width_fit(piece, width, NULL);
			size_t cut = fit ? fit : strlen(piece);
			size_t at = start + (size_t)(piece - whole);
			line.text = piece;
			take_hits(lines, &line, &pending, at, at + cut);
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
	free(pending.hits);
}

void lines_wrap(struct lines *lines, enum style style, const char *label,
		int indent, int width, const char *text)
{
	struct line line = {
		.label = label, .text = "", .indent = indent, .style = style};
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
		struct rect area)
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
				 line->text, line->hits, line->hit_count);
	}
}

void lines_reset(struct lines *lines)
{
	arena_free(&lines->arena);
	lines->count = 0;
	lines->found = NULL;
	lines->sounds = false;
}

void lines_free(struct lines *lines)
{
	lines_reset(lines);
	free(lines->items);
	*lines = (struct lines){0};
}
