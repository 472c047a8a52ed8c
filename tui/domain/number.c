#include "domain/number.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/numeral.h"
#include "base/utf8.h"
#include "domain/excerpt.h"
#include "domain/paste.h"

#define HOW "请写成 173、第173号 或 14-3-173"

struct reader {
	struct paste paste;
	struct err *err;
	struct number_range *items; /* on the heap */
	size_t count, room;
};

/* From `start` to the next separator, for an error. */
static void piece(const struct reader *r, const char *start,
		  char out[EXCERPT_SIZE])
{
	struct paste paste = {.at = start, .end = r->paste.end};
	const char *next;

	for (int i = 0; i <= EXCERPT_CHARS && paste.at < paste.end; i++) {
		char32_t c = paste_peek(&paste, &next);

		if (i > 0 && paste.at >= r->paste.at && paste_between(c))
			break;
		paste.at = next;
	}
	excerpt(start, (size_t)(paste.at - start), out);
}

static bool bad(const struct reader *r, const char *start)
{
	char word[EXCERPT_SIZE];
	const char *next;
	char32_t c = utf8_narrow(paste_peek(&r->paste, &next));

	piece(r, start, word);
	/* numeral_next() stops before digits only when they are too many. */
	if (c >= '0' && c <= '9')
		return err_set(r->err, ERR_USAGE, "“%s”太大：编号最大是 %u",
			       word, NUMBER_MAX);
	return err_set(r->err, ERR_USAGE, "“%s”不是编号，" HOW, word);
}

/* One number of the item that began at `start`, and what stands around. */
static bool read_number(struct reader *r, const char *start, key *out,
			bool *closed)
{
	char word[EXCERPT_SIZE];
	uint32_t number;

	if (!paste_session(&r->paste))
		paste_prefix(&r->paste);
	paste_mark(&r->paste);
	if (!numeral_next(&r->paste.at, &number))
		return bad(r, start);
	*closed = paste_suffix(&r->paste);
	*out = key_make(r->paste.session, number);
	if (*out != KEY_NONE)
		return true;

	piece(r, start, word);
	if (number == 0 || number > NUMBER_MAX)
		return err_set(r->err, ERR_USAGE,
			       "“%s”不是编号：编号从 1 到 %u", word,
			       NUMBER_MAX);
	return err_set(r->err, ERR_USAGE, "“%s”没有写明届次，请写成 14-3-173",
		       word);
}

static bool check_range(const struct reader *r, const char *start, key first,
			key last)
{
	char word[EXCERPT_SIZE];

	if (first <= last && key_session(first) == key_session(last) &&
	    last - first < NUMBER_SPAN_MAX)
		return true;
	piece(r, start, word);
	if (key_session(first) != key_session(last))
		return err_set(r->err, ERR_USAGE, "“%s”跨了两个届次，请分开写",
			       word);
	if (first > last)
		return err_set(r->err, ERR_USAGE,
			       "“%s”前大后小：范围从小写到大，"
			       "带届次的编号写成 14-3-173",
			       word);
	return err_set(r->err, ERR_USAGE, "“%s”太长：一个范围最多 %u 个编号",
		       word, NUMBER_SPAN_MAX);
}

static void add(struct reader *r, key first, key last)
{
	if (r->count == r->room) {
		r->room = r->room ? 2 * r->room : 16;
		r->items = mem_resize(r->items, r->room * sizeof(*r->items));
	}
	r->items[r->count++] = (struct number_range){first, last};
}

/* A number or a range, and that it ends where something else can begin. */
static bool read_item(struct reader *r)
{
	const char *start = r->paste.at;
	bool closed;
	key first, last;

	if (!read_number(r, start, &first, &closed))
		return false;
	last = first;
	if (paste_range(&r->paste) && !read_number(r, start, &last, &closed))
		return false;
	if (!check_range(r, start, first, last))
		return false;

	if (!closed && !paste_ends(&r->paste))
		return bad(r, start);
	add(r, first, last);
	return true;
}

static bool read_list(struct reader *r)
{
	for (paste_skip(&r->paste); r->paste.at < r->paste.end;
	     paste_skip(&r->paste))
		if (!read_item(r))
			return false;
	if (r->count == 0)
		return err_set(r->err, ERR_USAGE, "没有编号，" HOW);
	return true;
}

static struct reader reader_on(const char *text, session current,
			       struct err *err)
{
	return (struct reader){
		.paste = {text, text + strlen(text), current},
		.err = err,
	};
}

bool number_list(const char *text, session current, struct arena *arena,
		 struct numbers *out, struct err *err)
{
	struct reader r = reader_on(text, current, err);
	bool ok = read_list(&r);

	*out = (struct numbers){0};
	if (ok) {
		size_t size = r.count * sizeof(*r.items);

		out->items = arena_alloc(arena, size);
		out->count = r.count;
		memcpy(out->items, r.items, size);
	}
	free(r.items);
	return ok;
}

bool number_one(const char *text, session current, key *out, struct err *err)
{
	struct reader r = reader_on(text, current, err);
	bool ok = read_list(&r);

	if (ok && (r.count > 1 || r.items[0].first != r.items[0].last))
		ok = err_set(err, ERR_USAGE, "这里只能写一个编号，" HOW);
	if (ok)
		*out = r.items[0].first;
	free(r.items);
	return ok;
}

bool number_only(const char *text, session current)
{
	struct err err;
	struct reader r = reader_on(text, current, &err);
	bool ok = read_list(&r);

	free(r.items);
	return ok;
}
