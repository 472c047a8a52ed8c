#include "exchange/columns.h"

#include <string.h>

#include "base/numeral.h"
#include "base/scan.h"
#include "domain/excerpt.h"
#include "exchange/rows.h"

enum { HEADER_ROWS = 20, TITLE_MAX = 600 };

/* Behind 届: the first number with 次 behind it. */
static uint32_t find_meeting(const char *at)
{
	while (*at) {
		const char *next = at;
		uint32_t meeting;

		if (numeral_next(&next, &meeting) && scan_word(&next, "次"))
			return meeting;
		scan_next(&at);
	}
	return 0;
}

session title_session(const char *title)
{
	/* Each place is tried: a title is short, or it is none. */
	if (strlen(title) > TITLE_MAX)
		return 0;
	while (*title) {
		const char *next = title;
		uint32_t term;

		if (numeral_next(&next, &term) && scan_word(&next, "届"))
			return session_make(term, find_meeting(next));
		scan_next(&title);
	}
	return 0;
}

/* How many headers a row has; 0 without a number and a title. */
static size_t header_score(const struct strings *cells)
{
	size_t known = 0;
	bool enough = false;

	for (size_t i = 0; i < cells->count; i++) {
		int field = rows_header(cells->items[i]);

		known += field > 0;
		enough = enough || field == ROW_NUMBER || field == FIELD_TITLE;
	}
	return enough ? known : 0;
}

static bool find_header(const struct raw *raw, size_t *out)
{
	size_t best = 0;

	for (size_t i = 0; i < raw->count && i < HEADER_ROWS; i++) {
		size_t score = header_score(&raw->items[i].cells);

		if (score > best) {
			best = score;
			*out = i;
		}
	}
	return best > 0;
}

static session find_session(const struct raw *raw, size_t header,
			    const char *source)
{
	for (size_t i = 0; i < header; i++) {
		const struct strings *cells = &raw->items[i].cells;

		for (size_t j = 0; j < cells->count; j++) {
			session found = title_session(cells->items[j]);

			if (found)
				return found;
		}
	}
	return title_session(source);
}

static bool twice(const char *first, const char *second, struct err *err)
{
	char a[EXCERPT_SIZE], b[EXCERPT_SIZE];

	excerpt(first, strlen(first), a);
	excerpt(second, strlen(second), b);
	return err_set(err, ERR_USAGE,
		       "“%s”和“%s”两列的意思相同，请删去或改名其中一列", a, b);
}

static bool name_columns(struct table_columns *out, struct err *err)
{
	size_t seen[ROW_FIELD_END] = {0}; /* column + 1 */

	for (size_t i = 0; i < out->names.count; i++) {
		int field = rows_header(out->names.items[i]);

		out->fields[i] = field;
		if (field < 0)
			continue;
		if (seen[field])
			return twice(out->names.items[seen[field] - 1],
				     out->names.items[i], err);
		seen[field] = i + 1;
	}
	if (!seen[ROW_NUMBER])
		return err_set(err, ERR_USAGE,
			       "表头没有“编号”这一列（提案号、案号也可以；"
			       "“序号”只是行号）");
	out->number = seen[ROW_NUMBER] - 1;
	return true;
}

/* One for each cell of the row, so that nameless columns count as well. */
static void copy_names(struct table_columns *out, const struct raw_row *row,
		       struct arena *arena)
{
	size_t count =
		row->width > row->cells.count ? row->width : row->cells.count;

	out->names.count = count;
	out->names.items = arena_alloc(arena, count * sizeof(char *));
	out->fields = arena_alloc(arena, count * sizeof(*out->fields));
	for (size_t i = 0; i < count; i++)
		out->names.items[i] =
			i < row->cells.count ? row->cells.items[i] : "";
}

bool table_columns_find(struct table_columns *out, const struct raw *raw,
			const char *source, struct arena *arena,
			struct err *err)
{
	if (raw->count == 0)
		return err_set(err, ERR_USAGE, "是空的，没有可导入的内容");
	if (!find_header(raw, &out->header))
		return err_set(err, ERR_USAGE,
			       "前 %d 行里没有找到表头（按 %s 读取），"
			       "表头要有“编号”和“案由”",
			       HEADER_ROWS, raw->encoding);
	copy_names(out, &raw->items[out->header], arena);
	out->session = find_session(raw, out->header, source);
	return name_columns(out, err);
}
