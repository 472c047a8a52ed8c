#include "config/pen.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

/* FIND_MAX: bytes that a text may have. */
enum { SLIPS_MAX = 500, FIND_MAX = 1000 };

void pen_start(struct pen *pen, struct span text, unsigned tab,
	       struct mistakes *mistakes)
{
	*pen = (struct pen){.next = text.text,
			    .end = text.text + text.len,
			    .content = text.text,
			    .copied = text.text,
			    .text = text,
			    .mistakes = mistakes};
	memset(pen->tab, ' ', tab);
}

bool pen_had_enough(const struct pen *pen)
{
	return pen->slips > SLIPS_MAX;
}

bool pen_line(struct pen *pen)
{
	const char *at = pen->next;

	if (pen_had_enough(pen))
		pen->depth = 0;
	if (at == pen->end || pen_had_enough(pen))
		return false;
	pen->start = pen->known = at;
	pen->known_column = 1;
	while (at < pen->end && *at != '\n' && *at != '\r')
		at++;
	pen->stop = at;
	if (at < pen->end)
		at += *at == '\r' && at + 1 < pen->end && at[1] == '\n' ? 2 : 1;
	pen->next = at;
	pen->line++;
	return true;
}

void pen_finish(struct pen *pen, struct mended *out)
{
	pen_close_all(pen);
	*out = (struct mended){pen->text, pen->edits, pen->edit_count,
			       pen->bent_first, pen->bent_last};
	if (pen->copied > pen->text.text) {
		buf_add(&pen->out, pen->copied,
			(size_t)(pen->end - pen->copied));
		out->text.text = arena_str(pen->mistakes->arena,
					   buf_text(&pen->out), pen->out.len);
		out->text.len = pen->out.len;
	}
	buf_free(&pen->out);
}

bool pen_sees_all(const struct pen *pen, const char *at, const char *what)
{
	size_t len = strlen(what);

	return (size_t)(pen->stop - at) >= len && memcmp(at, what, len) == 0;
}

const char *pen_skip(const struct pen *pen, const char *at)
{
	while (at < pen->stop && (*at == ' ' || *at == '\t'))
		at++;
	return at;
}

const char *pen_word_end(const struct pen *pen, const char *at)
{
	while (at < pen->stop && (isalnum((unsigned char)*at) || *at == '_'))
		at++;
	return at;
}

const char *pen_find(const struct pen *pen, const char *at, const char *what)
{
	size_t len = (size_t)(pen->stop - at);

	return memmem(at, len < FIND_MAX ? len : FIND_MAX, what, strlen(what));
}

size_t pen_wide_blank(const struct pen *pen, const char *at)
{
	return pen_sees(pen, at, "\u3000")   ? 3
	       : pen_sees(pen, at, "\u00a0") ? 2
					     : 0;
}

const char *pen_expect(struct pen *pen, bool key, const char *at)
{
	pen->fresh = true;
	pen->key = key;
	return at;
}

/* Lines may be long, so it counts on from where it was asked last. */
static uint32_t column(struct pen *pen, const char *until)
{
	const char *at = until < pen->known ? pen->start : pen->known;
	uint32_t column = until < pen->known ? 1 : pen->known_column;

	for (; at < until; column++)
		utf8_next(&at, until);
	pen->known = until;
	pen->known_column = column;
	return column;
}

void pen_slip(struct pen *pen, const char *at, const char *fmt, ...)
{
	struct place place = {pen->line, column(pen, at)};
	char text[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	mistake_add(pen->mistakes, place, "%s", text);
	pen->slips++;
}

static struct edit *new_edit(struct pen *pen)
{
	if (pen->edit_count == pen->edit_room) {
		size_t room = pen->edit_room ? pen->edit_room * 2 : 16;
		struct edit *edits = arena_alloc(pen->mistakes->arena,
						 room * sizeof(*edits));

		if (pen->edit_count)
			memcpy(edits, pen->edits,
			       pen->edit_count * sizeof(*edits));
		pen->edits = edits;
		pen->edit_room = room;
	}
	return &pen->edits[pen->edit_count++];
}

static void put(struct pen *pen, const char *at, size_t len, const char *with)
{
	buf_add(&pen->out, pen->copied, (size_t)(at - pen->copied));
	buf_str(&pen->out, with);
	pen->copied = at + len;
}

void pen_mend(struct pen *pen, const char *at, size_t len, const char *with)
{
	const struct edit *last =
		pen->edit_count ? &pen->edits[pen->edit_count - 1] : NULL;
	uint32_t shift =
		last && last->line == pen->line ? last->column - last->back : 0;

	put(pen, at, len, with);
	*new_edit(pen) = (struct edit){
		pen->line, column(pen, at) + shift + (uint32_t)utf8_count(with),
		column(pen, at + len)};
}

void pen_drop_line(struct pen *pen)
{
	put(pen, pen->start, (size_t)(pen->stop - pen->start), "");
	pen->content = pen->stop;
}

void pen_content(struct pen *pen, const char *at)
{
	/* No piece begins with a blank. */
	while (at[-1] == ' ' || at[-1] == '\t')
		at--;
	pen->content = at;
}

void pen_open(struct pen *pen, const char *at, char close)
{
	/* Deeper than any setting; libyaml will say so. */
	if (pen->depth == PEN_DEPTH) {
		pen->depth = 0;
		pen->stop = at;
		pen->next = pen->end;
		return;
	}
	pen->open[pen->depth].close = close;
	pen->open[pen->depth++].at = (struct place){pen->line, column(pen, at)};
}

static void left_open(struct pen *pen, const char *at)
{
	const char text[2] = {pen->open[--pen->depth].close, '\0'};

	mistake_add(pen->mistakes, pen->open[pen->depth].at,
		    "括号在这里打开，没有关上，请补上“%s”", text);
	pen->slips++;
	if (at >= pen->start)
		pen_mend(pen, at, 0, text);
	else
		put(pen, at, 0, text);
}

void pen_close(struct pen *pen, const char *at, char close)
{
	size_t fits = pen->depth;

	while (fits > 0 && pen->open[fits - 1].close != close)
		fits--;
	if (fits == 0)
		return;
	while (pen->depth > fits)
		left_open(pen, at);
	pen->depth--;
}

void pen_close_all(struct pen *pen)
{
	while (pen->depth)
		left_open(pen, pen->content);
}
