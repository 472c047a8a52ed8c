/*
 * Quotes, brackets and commas for slips.c, right ones and full-width ones.
 * Each function reads what stands at `at`, and gives the place behind it.
 */
#ifndef CONFIG_MARKS_H
#define CONFIG_MARKS_H

#include "config/pen.h"

/* A quote in ' or ", which has to end on its line. */
const char *marks_quote(struct pen *pen, const char *at);

/*
 * “…” around a whole value; NULL for anything else, as a word in “ ” inside
 * a text is part of it.
 */
const char *marks_chinese_quote(struct pen *pen, const char *at);

/* An opening bracket; NULL if it is none. */
const char *marks_bracket(struct pen *pen, const char *at);
const char *marks_bracket_end(struct pen *pen, const char *at);

/* Most characters begin with none of their bytes. */
static inline bool marks_likely(char byte)
{
	return byte == "、"[0] || byte == "，"[0];
}

/*
 * A full-width mark that was meant to end a text within brackets; NULL if it
 * is part of the text. *inside: behind a full-width bracket of the text.
 */
const char *marks_within(struct pen *pen, const char *at, bool *inside);

#endif
