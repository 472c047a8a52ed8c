/*
 * The rows of a CSV text. libcsv splits them; what it does not know is kept
 * here: lines, limits, and where a quote was left open.
 */
#ifndef SHEET_TABLE_H
#define SHEET_TABLE_H

#include <csv.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"

struct table {
	struct csv_parser csv;
	FILE *out;        /* borrowed */
	struct err *err;  /* borrowed; filled when `failed` */
	struct buf piece; /* text with ， replaced */
	struct buf cell;  /* the cell as it is meant */
	struct buf row;   /* JSON of this row's cells */
	size_t filled;    /* cells in `row` */
	size_t empty;     /* empty ones waiting behind them */
	size_t cells;     /* since the beginning, to see a cell end */
	size_t bytes;     /* of this row's cells */
	unsigned rows;
	unsigned line;     /* being read, from 1 */
	unsigned row_line; /* where this row began */
	unsigned quote_line;
	bool line_begun, after_cr, was_quoted, failed;
	char delimiter;
};

/* `out` and `err` must live as long. */
void table_begin(struct table *table, char delimiter, FILE *out,
		 struct err *err);

/* Add text; false, with the error and `line` set, when it cannot be taken. */
bool table_add(struct table *table, const char *text, size_t len);
bool table_end(struct table *table);
void table_free(struct table *table);

#endif
