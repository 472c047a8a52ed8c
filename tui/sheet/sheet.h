/*
 * A foreign table as JSON Lines: {"encoding":"GB18030"}, then for each row
 * that is not blank {"line":12,"width":9,"cells":["…",…]}: of its `width`
 * cells those up to the last that is not empty. What they mean is not known
 * here.
 */
#ifndef SHEET_SHEET_H
#define SHEET_SHEET_H

#include <stddef.h>
#include <stdio.h>

#include "base/err.h"

#define SHEET_BYTES_MAX ((size_t)2 << 30) /* of a file */
#define SHEET_PIPE_MAX ((size_t)256 << 20)
#define SHEET_ROWS_MAX 1000100u /* a million, and titles */
#define SHEET_COLUMNS_MAX 1024u
#define SHEET_CELL_MAX ((size_t)1 << 20)
#define SHEET_ROW_MAX ((size_t)4 << 20)

/*
 * ERR_USAGE when the bytes are no table or it is past a limit; *line is
 * where, 0 for the whole. Rows before that line have been written.
 */
MUST_USE
bool sheet_convert(const char *bytes, size_t len, FILE *out, unsigned *line,
		   struct err *err);

/* The same sentence for the reader: {"error":"…","line":3}. */
void sheet_error(FILE *out, unsigned line, const struct err *err);

#endif
