/*
 * What the columns of a foreign table mean, and where its rows begin.
 */
#ifndef EXCHANGE_COLUMNS_H
#define EXCHANGE_COLUMNS_H

#include "base/session.h"
#include "exchange/raw.h"

struct table_columns {
	size_t header; /* index of the row of headers; before it are titles */
	struct strings names;
	int *fields;     /* for each name: enum field_id, row_field or -1 */
	size_t number;   /* which column has the numbers */
	session session; /* that the titles or `source` name, or 0 */
};

/*
 * Find the row of headers: among the first 20 the one with most words that
 * are known, 编号 or 案由 among them. ERR_USAGE without one, without a column
 * of numbers, and when two columns mean the same.
 */
MUST_USE
bool table_columns_find(struct table_columns *out, const struct raw *raw,
			const char *source, struct arena *arena,
			struct err *err);

/* 十四届三次, 第十四届委员会第三次会议 somewhere in a title; 0 if not. */
session title_session(const char *title);

#endif
