/*
 * Rows of a foreign file before they mean anything: cells under headers.
 * JSON Lines are read here; everything else comes, as JSON Lines, from the
 * child program proposals-sheet.
 */
#ifndef EXCHANGE_ROWS_H
#define EXCHANGE_ROWS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/progress.h"
#include "domain/field.h"

/* What a column of the file is. */
enum row_field {
	ROW_SESSION = FIELD_END, /* 届次 */
	ROW_NUMBER,              /* 编号 */
	ROW_UNITS_JOINT,         /* 会办 (FIELD_UNITS is 主办) */
	ROW_UNITS_SEPARATE,      /* 分办 */
	ROW_FIELD_END
};

struct row_cell {
	int field;        /* enum field_id or row_field */
	const char *text; /* cleaned of nothing; "" from JSON null: clear */
	bool canonical;   /* from JSON: codes and canonical lists */
};

struct row {
	unsigned line;          /* where it begins in the file, from 1 */
	struct row_cell *cells; /* only those with something to say */
	size_t count;
	const char *broken; /* why it could not be read, or NULL */
};

struct rows {
	struct arena arena;
	const char *source;   /* file name for messages; 标准输入 */
	const char *encoding; /* as found: UTF-8, GB18030, … */
	struct row *items;    /* owned */
	size_t count;
	struct strings unknown_headers;

	struct progress *progress; /* who waits, or NULL */

	/* A whole register: nothing was read of it; see archive.h. */
	bool is_archive;
	int archive; /* owned, where it is */
};

/*
 * Read a whole file, "-" for standard input. JSON Lines when its first
 * character that is not blank is '{', otherwise a sheet. ERR_USAGE when the
 * file cannot be read, is empty, too large, or has no row of headers;
 * ERR_REFUSED when `progress` cancels it.
 */
MUST_USE
bool rows_read(struct rows *out, const char *path, struct progress *progress,
	       struct err *err);
void rows_free(struct rows *rows);

/* Give headers and cells their meaning; for sheet rows. -1: unknown. */
int rows_header(const char *header);

#endif
