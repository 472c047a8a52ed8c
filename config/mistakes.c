#include "config/mistakes.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clean.h"
#include "base/utf8.h"

enum { TOLD = 100, KEPT = 2000, QUOTED = 24 };

static struct mistake *room_for_one(struct mistakes *mistakes)
{
	if (mistakes->count == mistakes->room) {
		size_t room = mistakes->room ? mistakes->room * 2 : 16;
		struct mistake *items =
			arena_alloc(mistakes->arena, room * sizeof(*items));

		if (mistakes->count)
			memcpy(items, mistakes->items,
			       mistakes->count * sizeof(*items));
		mistakes->items = items;
		mistakes->room = room;
	}
	return &mistakes->items[mistakes->count];
}

void mistake_add(struct mistakes *mistakes, struct place at, const char *fmt,
		 ...)
{
	char text[1024];
	va_list ap;

	if (mistakes->count == KEPT) {
		mistakes->more++;
		return;
	}
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);

	size_t len = utf8_cut(text, strlen(text));

	*room_for_one(mistakes) = (struct mistake){
		at, mistakes->count, arena_str(mistakes->arena, text, len)};
	mistakes->count++;
}

const char *mistake_quote(struct mistakes *mistakes, const char *text,
			  size_t len)
{
	struct buf clean = {0};
	const char *at = text, *end = text + len;

	if (mistakes->count == KEPT)
		return "";
	for (int i = 0; i < QUOTED && at < end; i++)
		utf8_next(&at, end);
	clean_line(&clean, text, (size_t)(at - text));
	if (at < end)
		buf_str(&clean, "…");

	char *quote = arena_str(mistakes->arena, buf_text(&clean), clean.len);

	buf_free(&clean);
	return quote;
}

bool mistake_between(const struct mistakes *mistakes, uint32_t first,
		     uint32_t last)
{
	for (size_t i = 0; i < mistakes->count; i++)
		if (mistakes->items[i].at.line >= first &&
		    mistakes->items[i].at.line <= last)
			return true;
	return false;
}

void mistakes_clamp(struct mistakes *mistakes, struct place end)
{
	for (size_t i = 0; i < mistakes->count; i++)
		if (mistakes->items[i].at.line > end.line)
			mistakes->items[i].at = end;
}

static int by_place(const void *left, const void *right)
{
	const struct mistake *a = left, *b = right;

	if (a->at.line != b->at.line)
		return a->at.line < b->at.line ? -1 : 1;
	if (a->at.column != b->at.column)
		return a->at.column < b->at.column ? -1 : 1;
	return (a->order > b->order) - (a->order < b->order);
}

static bool repeats(const struct mistake *a, const struct mistake *b)
{
	return a->at.line == b->at.line && a->at.column == b->at.column &&
	       strcmp(a->text, b->text) == 0;
}

bool mistakes_tell(struct mistakes *mistakes, const char *file, struct buf *out,
		   struct err *err)
{
	const struct mistake *items = mistakes->items;
	struct buf name = {0};
	size_t told = 0, more = mistakes->more;

	if (!mistakes->count)
		return true;
	qsort(mistakes->items, mistakes->count, sizeof(*items), by_place);
	clean_line(&name, file, strlen(file));
	err_set(err, ERR_CONFIG, "%s:%u:%u: %s", buf_text(&name),
		items->at.line, items->at.column, items->text);
	for (size_t i = 0; i < mistakes->count; i++) {
		if (i > 0 && repeats(&items[i], &items[i - 1]))
			continue;
		if (told == TOLD) {
			more++;
			continue;
		}
		told++;
		buf_printf(out, "%s:%u:%u: %s\n", buf_text(&name),
			   items[i].at.line, items[i].at.column, items[i].text);
	}
	if (more)
		buf_printf(out, "还有 %zu 处\n", more);
	buf_free(&name);
	return false;
}
