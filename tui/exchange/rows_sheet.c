#include <string.h>

#include "base/mem.h"
#include "exchange/columns.h"
#include "exchange/reader.h"

struct table {
	struct rows *rows;
	const struct raw *raw;
	struct table_columns columns;
	const char *session; /* for rows that name none, or NULL */
	bool *unnamed;       /* columns without a header that have cells */
};

static const char *cell(const struct raw_row *row, size_t column)
{
	return column < row->cells.count ? row->cells.items[column] : "";
}

static bool same_cells(const struct raw_row *a, const struct raw_row *b)
{
	if (a->cells.count != b->cells.count)
		return false;
	for (size_t i = 0; i < a->cells.count; i++)
		if (strcmp(a->cells.items[i], b->cells.items[i]) != 0)
			return false;
	return true;
}

/* A title or the headers again, as at the head of each printed page. */
static bool is_repeated(const struct table *table, const struct raw_row *row)
{
	for (size_t i = 0; i <= table->columns.header; i++)
		if (same_cells(row, &table->raw->items[i]))
			return true;

	/* No header begins with a digit, and nearly every number does. */
	const char *number = cell(row, table->columns.number);
	return !(*number >= '0' && *number <= '9') &&
	       rows_header(number) == ROW_NUMBER;
}

/* 合计, 总 计：12 件 */
static bool is_total_word(const char *text)
{
	static const char *const words[] = {"合计", "总计", "小计", "共计"};
	char word[8] = "";
	size_t len = 0;

	/* The first two characters, without blanks between them. */
	for (; *text && len < 6; text++)
		if (*text != ' ' && strncmp(text, "　", 3) != 0)
			word[len++] = *text;
		else if (*text != ' ')
			text += 2;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

static bool is_total(const struct table *table, const struct raw_row *row)
{
	const char *number = cell(row, table->columns.number);

	/* A row has a cell that is not empty. */
	for (size_t i = 0; !*number; i++)
		number = row->cells.items[i];
	return is_total_word(number);
}

/* A cell that no header stands over means that the row is out of step. */
static const char *out_of_step(const struct table *table,
			       const struct raw_row *raw)
{
	size_t names = table->columns.names.count;

	if (raw->cells.count <= names)
		return NULL;
	return arena_printf(&table->rows->arena,
			    "有 %zu 格，表头只有 %zu 格，"
			    "多半是少了引号或多了分隔符",
			    raw->cells.count, names);
}

static void add_cells(struct table *table, const struct raw_row *raw,
		      struct row *row)
{
	const struct table_columns *columns = &table->columns;
	bool session_given = false;

	row->cells = arena_alloc(&table->rows->arena,
				 (raw->cells.count + 1) * sizeof(*row->cells));
	for (size_t i = 0; i < raw->cells.count; i++) {
		if (!*raw->cells.items[i])
			continue;
		if (columns->fields[i] < 0) {
			table->unnamed[i] = true;
			continue;
		}
		session_given |= columns->fields[i] == ROW_SESSION;
		row->cells[row->count++] = (struct row_cell){
			.field = columns->fields[i],
			.text = raw->cells.items[i],
		};
	}
	if (!session_given && table->session)
		row->cells[row->count++] = (struct row_cell){
			.field = ROW_SESSION, .text = table->session};
}

static bool add_rows(struct table *table, struct err *err)
{
	for (size_t i = table->columns.header + 1; i < table->raw->count; i++) {
		const struct raw_row *raw = &table->raw->items[i];

		if (is_repeated(table, raw) || is_total(table, raw))
			continue;
		if (rows_full(table->rows, err))
			return false;
		struct row *row = rows_add(table->rows, raw->line);
		row->broken = out_of_step(table, raw);
		if (!row->broken)
			add_cells(table, raw, row);
	}
	return true;
}

/* Those that nobody understood, and nameless ones if they have cells. */
static void list_unknown(struct table *table)
{
	const struct table_columns *columns = &table->columns;
	struct strings *unknown = &table->rows->unknown_headers;
	struct arena *arena = &table->rows->arena;

	unknown->items = arena_alloc(arena, columns->names.count *
						    sizeof(*unknown->items));
	for (size_t i = 0; i < columns->names.count; i++) {
		const char *name = columns->names.items[i];

		if (columns->fields[i] >= 0 || (!*name && !table->unnamed[i]))
			continue;
		if (!*name)
			name = arena_printf(arena, "第%zu列（没有表头）",
					    i + 1);
		unknown->items[unknown->count++] = name;
	}
}

static bool understand(struct table *table, struct err *err)
{
	struct rows *rows = table->rows;
	struct table_columns *columns = &table->columns;

	if (!table_columns_find(columns, table->raw, rows->source, &rows->arena,
				err))
		return false;
	if (columns->session) {
		char text[8];

		session_format(columns->session, text);
		table->session = arena_str(&rows->arena, text, strlen(text));
	}
	table->unnamed = arena_alloc(&rows->arena, columns->names.count);
	if (!add_rows(table, err))
		return false;
	list_unknown(table);
	return true;
}

bool rows_table(struct rows *rows, const struct raw *raw, struct err *err)
{
	struct table table = {.rows = rows, .raw = raw};

	rows->encoding = raw->encoding;
	return understand(&table, err);
}

bool rows_sheet(struct rows *rows, int fd, struct err *err)
{
	struct raw raw;

	if (!raw_read(&raw, fd, &rows->arena, rows->progress, err))
		return false;
	bool ok = rows_table(rows, &raw, err);
	raw_free(&raw);
	return ok;
}
