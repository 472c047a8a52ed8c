/*
 * A foreign table: any bytes become JSON Lines or one sentence, and written
 * again as the plainest CSV there is the cells come back the same. What the
 * program then makes of the rows is in rows.c.
 */
#include <jansson.h>
#include <stdio.h>

#include "base/json.h"
#include "claims.h"
#include "sheet/sheet.h"

struct output {
	char *text; /* of open_memstream() */
	size_t len;
	bool ok;
	unsigned line;
	struct err err;
};

static struct output convert(const char *bytes, size_t len)
{
	struct output out = {0};
	FILE *file = open_memstream(&out.text, &out.len);

	HOLDS(file);
	out.ok = sheet_convert(bytes, len, file, &out.line, &out.err);
	HOLDS(fclose(file) == 0);
	return out;
}

/* The rows of an output, one after the other. */
struct rows {
	const char *at;
	unsigned line; /* of the last */
};

static json_t *next_row(struct rows *rows)
{
	const char *end = strchr(rows->at, '\n');
	json_t *row;

	if (!end)
		return NULL;
	row = json_loadb(rows->at, (size_t)(end - rows->at),
			 JSON_REJECT_DUPLICATES, NULL);
	HOLDS(json_is_object(row));
	rows->at = end + 1;
	return row;
}

/* Where the rows begin. */
static struct rows rows_of(const struct output *out)
{
	struct rows rows = {out->text, 0};

	if (out->len > 0) {
		json_t *head = next_row(&rows);

		HOLDS(json_is_string(json_object_get(head, "encoding")));
		json_decref(head);
	}
	return rows;
}

static const json_t *cells_of(const json_t *row)
{
	return json_object_get(row, "cells");
}

static void claim_row(struct rows *rows, const json_t *row)
{
	const json_t *cells = cells_of(row);
	size_t count = json_array_size(cells);
	json_int_t line = json_integer_value(json_object_get(row, "line"));
	json_int_t width = json_integer_value(json_object_get(row, "width"));

	HOLDS(line > (json_int_t)rows->line);
	rows->line = (unsigned)line;
	HOLDS(count > 0 && count <= SHEET_COLUMNS_MAX);
	HOLDS(width >= (json_int_t)count && width <= SHEET_COLUMNS_MAX);
	for (size_t i = 0; i < count; i++) {
		const json_t *cell = json_array_get(cells, i);

		HOLDS(json_is_string(cell));
		/* A newline is \n alone, which a \r of its own became. */
		HOLDS(!strchr(json_string_value(cell), '\r'));
	}
	HOLDS(json_string_length(json_array_get(cells, count - 1)) > 0);
}

static void claim_rows(const struct output *out)
{
	struct rows rows = rows_of(out);
	json_t *row;

	while ((row = next_row(&rows))) {
		claim_row(&rows, row);
		json_decref(row);
	}
	HOLDS(!*rows.at);
	HOLDS(!out->line || rows.line <= out->line);
}

static void write_cell(const char *text, struct buf *csv)
{
	buf_char(csv, '"');
	for (; *text; text++) {
		if (*text == '"')
			buf_char(csv, '"');
		/* Which the reader makes \n again. */
		if (*text == '\n')
			buf_char(csv, '\r');
		buf_char(csv, *text);
	}
	buf_char(csv, '"');
}

/* As other programs do: a mark, every cell in quotes, \r\n inside as well. */
static void write_rows(const struct output *out, struct buf *csv)
{
	struct rows rows = rows_of(out);
	json_t *row;

	buf_str(csv, "\xEF\xBB\xBF");
	while ((row = next_row(&rows))) {
		for (size_t i = 0; i < json_array_size(cells_of(row)); i++) {
			const json_t *cell = json_array_get(cells_of(row), i);

			if (i > 0)
				buf_char(csv, ',');
			write_cell(json_string_value(cell), csv);
		}
		buf_str(csv, "\r\n");
		json_decref(row);
	}
}

static void claim_again(const struct output *out)
{
	struct buf csv = {0};
	struct rows before = rows_of(out), after;
	struct output again;
	json_t *row;

	write_rows(out, &csv);
	again = convert(csv.data, csv.len);
	HOLDS(again.ok);
	after = rows_of(&again);
	while ((row = next_row(&before))) {
		json_t *same = next_row(&after);

		HOLDS(same && json_equal(cells_of(row), cells_of(same)));
		json_decref(row);
		json_decref(same);
	}
	HOLDS(!*after.at);
	free(again.text);
	buf_free(&csv);
}

static unsigned lines_of(const char *bytes, size_t len)
{
	unsigned lines = 1;

	for (size_t i = 0; i < len; i++)
		lines += bytes[i] == '\n' || bytes[i] == '\r';
	return lines;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *bytes = bytes_copy(data, size);
	struct output out = convert(bytes, size);

	claim_rows(&out);
	if (out.ok) {
		claim_again(&out);
	} else {
		claim_error(&out.err, ERR_USAGE);
		HOLDS(out.line <= lines_of(bytes, size));
	}
	free(out.text);
	free(bytes);
	return 0;
}
