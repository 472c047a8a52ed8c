#include "sheet/table.h"

#include <string.h>

#include "base/json.h"
#include "sheet/delimiter.h"
#include "sheet/sheet.h"

static const char wide_comma[] = "，";

static void fail(struct table *table, unsigned line, const char *sentence)
{
	if (table->failed)
		return;
	table->failed = true;
	table->line = line;
	err_set(table->err, ERR_USAGE, "%s", sentence);
}

/* The cell as it was meant: \n for every newline, ， where it was text. */
static void restore_cell(struct buf *cell, const char *text, size_t len)
{
	buf_reset(cell);
	if (!memchr(text, '\r', len) &&
	    !memchr(text, (unsigned char)DELIMITER_WIDE, len)) {
		buf_add(cell, text, len);
		return;
	}
	for (size_t i = 0; i < len; i++) {
		if (text[i] == DELIMITER_WIDE)
			buf_str(cell, wide_comma);
		else if (text[i] != '\r')
			buf_char(cell, text[i]);
		else if (i + 1 == len || text[i + 1] != '\n')
			buf_char(cell, '\n');
	}
}

static void on_cell(void *text, size_t len, void *arg)
{
	struct table *table = arg;

	table->cells++;
	table->bytes += len;
	if (len == 0) {
		table->empty++;
		return;
	}
	if (len > SHEET_CELL_MAX) {
		fail(table, table->row_line,
		     "有一格超过 1 MB，多半是前面少了一个引号");
		return;
	}
	if (table->filled + table->empty >= SHEET_COLUMNS_MAX ||
	    table->bytes > SHEET_ROW_MAX) {
		fail(table, table->row_line, "超过 1024 列或 4 MB，不像表格");
		return;
	}
	for (; table->empty > 0; table->empty--, table->filled++)
		buf_str(&table->row, table->filled ? ",\"\"" : "\"\"");
	if (table->filled++)
		buf_char(&table->row, ',');
	restore_cell(&table->cell, text, len);
	json_quote(buf_text(&table->cell), &table->row);
}

/* Empty cells may go on for ever behind the last column there can be. */
static size_t width(const struct table *table)
{
	size_t cells = table->filled + table->empty;

	return cells < SHEET_COLUMNS_MAX ? cells : SHEET_COLUMNS_MAX;
}

static void on_row(int end, void *arg)
{
	struct table *table = arg;

	(void)end;
	if (table->filled > 0 && ++table->rows > SHEET_ROWS_MAX)
		fail(table, table->row_line,
		     "超过 1000000 行，请分成几个文件导入");
	else if (table->filled > 0)
		fprintf(table->out,
			"{\"line\":%u,\"width\":%zu,\"cells\":[%s]}\n",
			table->row_line, width(table), buf_text(&table->row));
	buf_reset(&table->row);
	table->filled = table->empty = table->bytes = 0;
}

void table_begin(struct table *table, char delimiter, FILE *out,
		 struct err *err)
{
	*table = (struct table){.out = out,
				.err = err,
				.line = 1,
				.row_line = 1,
				.delimiter = delimiter};
	/* Fails only for options that it does not know. */
	csv_init(&table->csv, 0);
	csv_set_delim(&table->csv, (unsigned char)delimiter);
	csv_set_blk_size(&table->csv, 1 << 16);
}

static void line_began(struct table *table)
{
	table->line_begun = true;
	table->was_quoted = table->csv.quoted;
	if (!table->was_quoted)
		table->row_line = table->line;
	table->cells = 0;
}

static void line_ended(struct table *table)
{
	/* A quote still open was opened here, unless nothing ended here. */
	if (table->csv.quoted && (!table->was_quoted || table->cells > 0))
		table->quote_line = table->line;
	table->line_begun = false;
	table->line++;
}

static bool parse(struct table *table, const char *text, size_t len)
{
	if (csv_parse(&table->csv, text, len, on_cell, on_row, table) != len)
		fail(table, table->line, "内存不足，请分成几个文件导入");
	if (csv_get_buffer_size(&table->csv) > 2 * SHEET_CELL_MAX)
		fail(table,
		     table->csv.quoted && table->quote_line ? table->quote_line
							    : table->row_line,
		     "有一格超过 1 MB，多半是这里的引号没有配对");
	return !table->failed;
}

/* How much of the text belongs to this line, its end included. */
static size_t line_length(const char *text, size_t len, bool *ends)
{
	const char *end = memchr(text, '\n', len);
	size_t most = end ? (size_t)(end - text) : len;
	const char *cr = memchr(text, '\r', most);

	*ends = end || cr;
	if (cr)
		return (size_t)(cr - text) + 1;
	return end ? most + 1 : len;
}

static bool add_lines(struct table *table, const char *text, size_t len)
{
	while (len > 0) {
		bool ends;
		size_t n = line_length(text, len, &ends);
		/* The \n of \r\n belongs to the line that is over. */
		bool rest = table->after_cr && *text == '\n';

		if (!rest && !table->line_begun)
			line_began(table);
		if (!parse(table, text, n))
			return false;
		if (ends && !rest)
			line_ended(table);
		table->after_cr = ends && text[n - 1] == '\r';
		text += n;
		len -= n;
	}
	return true;
}

bool table_add(struct table *table, const char *text, size_t len)
{
	if (table->delimiter != DELIMITER_WIDE)
		return add_lines(table, text, len);

	const char *end = text + len;
	size_t width = strlen(wide_comma);

	buf_reset(&table->piece);
	while (text < end) {
		bool wide = (size_t)(end - text) >= width &&
			    memcmp(text, wide_comma, width) == 0;

		buf_char(&table->piece, wide ? DELIMITER_WIDE : *text);
		text += wide ? width : 1;
	}
	return add_lines(table, buf_text(&table->piece), table->piece.len);
}

bool table_end(struct table *table)
{
	if (table->line_begun)
		line_ended(table);
	/* Only in strict mode does libcsv tell a quote that stayed open. */
	csv_set_opts(&table->csv, CSV_STRICT | CSV_STRICT_FINI);
	if (csv_fini(&table->csv, on_cell, on_row, table) != 0)
		fail(table, table->quote_line,
		     "这一行打开的引号到文件末尾也没有结束，请补上引号");
	return !table->failed;
}

void table_free(struct table *table)
{
	csv_free(&table->csv);
	buf_free(&table->piece);
	buf_free(&table->cell);
	buf_free(&table->row);
}
