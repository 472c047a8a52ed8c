/*
 * Text cut into screen lines, where Chinese typesetting allows: no 。 or 》 at
 * a line's start. What the detail, history, help and batch pages scroll.
 */
#ifndef PANE_LINES_H
#define PANE_LINES_H

#include "base/arena.h"
#include "pane/found.h"

struct line {
	const char *label; /* drawn in bold at x 0; "" none */
	const char *text;  /* cleaned */
	int indent;        /* cells before the text */
	enum style style;
	const struct hit *hits; /* in the text */
	size_t hit_count;
};

struct lines {
	struct arena arena;
	struct line *items; /* owned */
	size_t count, cap;
	const struct found *found; /* marked in what is added, or NULL */
	bool sounds;               /* … also by how it sounds */
};

/* One line as it is, not wrapped. */
void lines_add(struct lines *lines, enum style style, const char *text);
void lines_addf(struct lines *lines, enum style style, const char *fmt, ...)
	PRINTF(3, 4);

/* Wrap `text` into `width` cells behind `indent`; label before the first. */
void lines_wrap(struct lines *lines, enum style style, const char *label,
		int indent, int width, const char *text);

/* The same with hits that are known. */
void lines_add_hits(struct lines *lines, enum style style, const char *text,
		    const struct hit *hits, size_t count);

/* Draw lines from `top` into the area. */
void lines_draw(const struct lines *lines, size_t top, struct canvas *canvas,
		struct rect area);

/* Empty it and keep nothing. */
void lines_reset(struct lines *lines);
void lines_free(struct lines *lines);

#endif
