/*
 * What slips.c reads with: a walk over the lines of a text that remembers
 * open brackets, and copies the text as soon as something in it is mended.
 * Only for slips.c and marks.c.
 */
#ifndef CONFIG_PEN_H
#define CONFIG_PEN_H

#include "base/buf.h"
#include "config/slips.h"

#define PEN_DEPTH 32

struct pen {
	const char *start, *stop; /* of this line, without its end */
	const char *next, *end;   /* the next line; the text's end */
	uint32_t line;
	const char *known; /* of this line, and its column */
	uint32_t known_column;
	size_t indent; /* bytes */

	bool fresh;    /* a value may begin here */
	bool key;      /* and it may be a name */
	bool in_block; /* in a | or > text, of lines indented more */
	size_t block;  /* than this */

	struct {
		char close;
		struct place at;
	} open[PEN_DEPTH]; /* brackets */
	size_t depth;
	const char *content; /* behind the last piece before this line */

	char tab[9];        /* blanks for a Tab */
	const char *copied; /* up to here the text is in `out` */
	struct buf out;     /* owned until pen_finish() */
	struct edit *edits; /* in the mistakes' arena */
	size_t edit_count, edit_room, slips;
	uint32_t bent_first, bent_last; /* lines, see struct mended */
	struct span text;
	struct mistakes *mistakes;
};

/* `tab` blanks for a Tab, at most 8. */
void pen_start(struct pen *pen, struct span text, unsigned tab,
	       struct mistakes *mistakes);

/* Go to the next line; false at the end. */
bool pen_line(struct pen *pen);

/* More slips than anyone would mend in one go. */
bool pen_had_enough(const struct pen *pen);

/* Give what was mended to *out, and the memory back. */
void pen_finish(struct pen *pen, struct mended *out);

bool pen_sees_all(const struct pen *pen, const char *at, const char *what);

/* Is `what` the next text at `at`? Nearly always not: the first byte says. */
static inline bool pen_sees(const struct pen *pen, const char *at,
			    const char *what)
{
	return at < pen->stop && *at == *what && pen_sees_all(pen, at, what);
}

/* Where `what` next stands in this line, not far away, or NULL. */
const char *pen_find(const struct pen *pen, const char *at, const char *what);

/* A blank or the end of the line. */
static inline bool pen_blank(const struct pen *pen, const char *at)
{
	return at == pen->stop || *at == ' ' || *at == '\t';
}

/* Behind the blanks. */
const char *pen_skip(const struct pen *pen, const char *at);

/* Bytes of a blank that is not ASCII, 0 if there is none. */
size_t pen_wide_blank(const struct pen *pen, const char *at);

/* Behind letters, digits and _. */
const char *pen_word_end(const struct pen *pen, const char *at);

/* Something that ends a text within brackets; not asked at a line's end. */
static inline bool pen_in_flow(const struct pen *pen, const char *at)
{
	return pen->depth > 0 && (*at == ',' || *at == '[' || *at == ']' ||
				  *at == '{' || *at == '}');
}

static inline bool pen_in_braces(const struct pen *pen)
{
	return pen->open[pen->depth - 1].close == '}';
}

/* At `at` a value may begin, or, if `key`, its name; gives `at`. */
const char *pen_expect(struct pen *pen, bool key, const char *at);

/* A mistake at `at`, which is in this line. */
void pen_slip(struct pen *pen, const char *at, const char *fmt, ...)
	PRINTF(3, 4);

/* Put `with` in the place of `len` bytes. Edits go forward only. */
void pen_mend(struct pen *pen, const char *at, size_t len, const char *with);

/* Leave nothing of this line but its end. */
void pen_drop_line(struct pen *pen);

/* A piece ends at `at`. */
void pen_content(struct pen *pen, const char *at);

void pen_open(struct pen *pen, const char *at, char close);

/* Close the nearest bracket that fits, and those left open inside it. */
void pen_close(struct pen *pen, const char *at, char close);

/* Brackets end where the last piece ended: each one is a mistake. */
void pen_close_all(struct pen *pen);

#endif
