/*
 * The two ways into struct rows; rows_read() chooses.
 */
#ifndef EXCHANGE_READER_H
#define EXCHANGE_READER_H

#include "exchange/raw.h"
#include "exchange/rows.h"

/* Both read `fd` from where it stands and leave it open. */
MUST_USE
bool rows_json(struct rows *rows, int fd, struct err *err);
MUST_USE
bool rows_sheet(struct rows *rows, int fd, struct err *err);

/* The second half of rows_sheet(): from cells to rows under headers. */
MUST_USE
bool rows_table(struct rows *rows, const struct raw *raw, struct err *err);

/* A new row at the end; its cells are the caller's to fill. */
struct row *rows_add(struct rows *rows, unsigned line);

/* More than this and the file is refused. */
#define ROWS_MAX 1000000u
bool rows_full(const struct rows *rows, struct err *err);

#endif
