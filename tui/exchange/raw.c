#include "exchange/raw.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/clean.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "exchange/child.h"
#include "exchange/lines.h"
#include "exchange/reader.h"
#include "exchange/token.h"

/* Past the longest line that an honest child writes, and the widest row. */
#define RAW_LINE_MAX ((size_t)32 << 20)
#define RAW_WIDTH_MAX 1024u

struct reader {
	struct raw *raw;
	struct arena *arena;
};

static bool is_blank(char32_t cp)
{
	return cp <= ' ' || cp == 0xA0 || cp == 0x3000 || cp == 0xFEFF ||
	       (cp >= 0x2000 && cp <= 0x200B) || cp == 0x2028 || cp == 0x2029;
}

/* Where the last character begins; the text is UTF-8. */
static const char *last_of(const char *start, const char *end)
{
	do
		end--;
	while (end > start && (*end & 0xC0) == 0x80);
	return end;
}

static void trim(const char **start, const char **end)
{
	const char *at = *start;

	while (at < *end && is_blank(utf8_next(&at, *end)))
		*start = at;
	while (*end > *start) {
		const char *last = last_of(*start, *end);

		at = last;
		if (!is_blank(utf8_next(&at, *end)))
			break;
		*end = last;
	}
}

static bool is_formula(const char *at, const char *end)
{
	static const char *const signs[] = {"=",  "+",  "-",  "@",
					    "＝", "＋", "－", "＠"};

	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
		size_t len = strlen(signs[i]);

		if ((size_t)(end - at) >= len && memcmp(at, signs[i], len) == 0)
			return true;
	}
	return false;
}

/* What Excel is told so that it leaves a text alone: ="0173", '=x. */
static void unguard(const char **start, const char **end)
{
	size_t len = (size_t)(*end - *start);

	if (len >= 3 && memcmp(*start, "=\"", 2) == 0 && (*end)[-1] == '"') {
		*start += 2;
		*end -= 1;
	} else if (len >= 2 && **start == '\'' &&
		   is_formula(*start + 1, *end)) {
		*start += 1;
	}
}

static const char *cell_text(const json_t *cell, struct arena *arena)
{
	const char *start = json_string_value(cell);
	const char *end = start + json_string_length(cell);

	trim(&start, &end);
	if (start == end)
		return "";
	unguard(&start, &end);
	return arena_str(arena, start, (size_t)(end - start));
}

/* The same where it stands. */
static const char *end_cell(struct token token)
{
	token_end(token);

	const char *start = token.start, *end = start + strlen(start);
	trim(&start, &end);
	unguard(&start, &end);
	token.start[end - token.start] = '\0';
	return start;
}

static void raw_add(struct raw *raw, struct raw_row row)
{
	if (row.cells.count == 0)
		return;
	if ((raw->count & (raw->count - 1)) == 0)
		raw->items = mem_resize(raw->items,
					(raw->count ? 2 * raw->count : 1) *
						sizeof(*raw->items));
	raw->items[raw->count++] = row;
}

static bool strange(struct err *err)
{
	return err_set(err, ERR_INTERNAL,
		       "读表格的程序给出的内容看不懂，请重新安装");
}

static unsigned natural(const json_t *object, const char *name)
{
	json_int_t n = json_integer_value(json_object_get(object, name));

	return n > 0 && n <= UINT32_MAX ? (unsigned)n : 0;
}

static bool read_row(struct reader *in, const json_t *object,
		     const json_t *list, struct err *err)
{
	struct raw_row row = {.line = natural(object, "line"),
			      .width = natural(object, "width")};
	size_t count = json_array_size(list);

	if (row.width > RAW_WIDTH_MAX || count > row.width)
		return strange(err);
	row.cells.items =
		arena_alloc(in->arena, count * sizeof(*row.cells.items));
	for (size_t i = 0; i < count; i++) {
		const json_t *cell = json_array_get(list, i);

		if (!json_is_string(cell))
			return strange(err);
		row.cells.items[i] = cell_text(cell, in->arena);
		if (*row.cells.items[i])
			row.cells.count = i + 1;
	}
	raw_add(in->raw, row);
	return true;
}

/* "line": and its number. */
static bool number_member(struct tokens *in, const char *name, unsigned *out)
{
	struct token token;

	if (!token_string(in, &token) || !token_same(token, name) ||
	    !token_take(in, ':') || !token_whole(in, &token) || token.len > 9)
		return false;
	*out = 0;
	for (size_t i = 0; i < token.len; i++)
		*out = *out * 10 + (unsigned)(token.start[i] - '0');
	return true;
}

static bool cell_members(struct tokens *in, struct token *cells, size_t *count)
{
	struct token name;

	if (!token_string(in, &name) || !token_same(name, "cells") ||
	    !token_take(in, ':') || !token_take(in, '['))
		return false;
	do
		if (*count == RAW_WIDTH_MAX ||
		    !token_string(in, &cells[(*count)++]))
			return false;
	while (token_take(in, ','));
	return token_take(in, ']');
}

/*
 * A row as the child writes it, taken where it stands in the arena. False, and
 * nothing has changed, for all else: read_object() knows.
 */
static bool plain_row(struct reader *in, const struct line *line)
{
	struct tokens tokens = {line->text, line->text + line->len};
	struct token cells[RAW_WIDTH_MAX];
	struct raw_row row = {0};
	unsigned width;
	size_t count = 0;

	if (line->cut || !token_take(&tokens, '{') ||
	    !number_member(&tokens, "line", &row.line) ||
	    !token_take(&tokens, ',') ||
	    !number_member(&tokens, "width", &width) ||
	    !token_take(&tokens, ',') ||
	    !cell_members(&tokens, cells, &count) ||
	    !token_take(&tokens, '}') || tokens.at != tokens.end ||
	    width > RAW_WIDTH_MAX || count > width ||
	    !utf8_valid(line->text, line->len))
		return false;
	row.width = width;
	row.cells.items =
		arena_alloc(in->arena, count * sizeof(*row.cells.items));
	for (size_t i = 0; i < count; i++) {
		row.cells.items[i] = end_cell(cells[i]);
		if (*row.cells.items[i])
			row.cells.count = i + 1;
	}
	raw_add(in->raw, row);
	return true;
}

static const char *clean_text(const json_t *text, struct arena *arena)
{
	struct buf clean = {0};

	clean_line(&clean, json_string_value(text), json_string_length(text));

	const char *copy = arena_str(arena, buf_text(&clean), clean.len);
	buf_free(&clean);
	return copy;
}

static bool file_error(struct reader *in, const json_t *error, unsigned line,
		       struct err *err)
{
	if (!json_is_string(error))
		return strange(err);
	err_set(err, ERR_USAGE, "%s", clean_text(error, in->arena));
	return line ? err_in(err, "第%u行", line) : false;
}

static bool read_object(struct reader *in, const json_t *object,
			struct err *err)
{
	const json_t *encoding = json_object_get(object, "encoding");
	const json_t *error = json_object_get(object, "error");
	const json_t *cells = json_object_get(object, "cells");

	if (error)
		return file_error(in, error, natural(object, "line"), err);
	if (json_is_array(cells))
		return read_row(in, object, cells, err);
	if (!json_is_string(encoding))
		return strange(err);
	in->raw->encoding = clean_text(encoding, in->arena);
	return true;
}

static bool read_line(struct reader *in, const struct line *line,
		      struct err *err)
{
	if (plain_row(in, line))
		return true;

	json_t *object =
		json_loadb(line->text, line->len, JSON_REJECT_DUPLICATES, NULL);
	bool ok = object && !line->cut ? read_object(in, object, err)
				       : strange(err);

	json_decref(object);
	return ok;
}

bool raw_lines(struct raw *out, int fd, struct arena *arena,
	       struct progress *progress, struct err *err)
{
	struct reader in = {out, arena};
	struct lines lines;
	struct line line;
	bool ok = true;

	*out = (struct raw){.encoding = ""};
	lines_begin(&lines, fd, RAW_LINE_MAX, arena);
	progress_phase(progress, "读取", "行", 0);
	while (ok && lines_next(&lines, &line))
		ok = progress_step(progress, line.number)
			     ? read_line(&in, &line, err)
			     : progress_cancelled(err);
	if (ok && lines.failed)
		ok = err_set(err, ERR_INTERNAL, "读表格的程序中断：%s",
			     err_words(lines.failed));
	lines_end(&lines);
	if (!ok)
		raw_free(out);
	return ok;
}

bool raw_read(struct raw *out, int fd, struct arena *arena,
	      struct progress *progress, struct err *err)
{
	struct child child;
	struct err end;

	if (!child_start(&child, fd, err))
		return false;
	bool ok = raw_lines(out, child.out, arena, progress, err);
	/* What the child said of the file is better than how it ended, and an
	 * interruption reaches it as well. */
	if (ok && !progress_at(progress, out->count)) {
		ok = progress_cancelled(err);
		raw_free(out);
	}
	if (!child_end(&child, &end) && ok) {
		*err = end;
		raw_free(out);
		ok = false;
	}
	return ok;
}

void raw_free(struct raw *raw)
{
	free(raw->items);
	raw->items = NULL;
	raw->count = 0;
}
