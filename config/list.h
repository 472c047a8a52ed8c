/*
 * The columns that the list of proposals can have, and those that it has.
 */
#ifndef CONFIG_LIST_H
#define CONFIG_LIST_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "config/word.h"

enum list_column {
	LIST_NUMBER,
	LIST_SESSION,
	LIST_UNIT,
	LIST_JOINT,
	LIST_STATUS,
	LIST_LEVEL,
	LIST_CATEGORY,
	LIST_DUE,
	LIST_RESULT,
	LIST_FEEDBACK,
	LIST_PROPOSERS,
	LIST_RECEIVED,
	LIST_FILED,
	LIST_ASSIGNED,
	LIST_REPLIED,
	LIST_CLOSED,
	LIST_CHANGED,
	LIST_CHANGED_BY,
	LIST_TITLE,
	LIST_COLUMNS
};

/* number 编号, …: in the order of the enum. */
extern const struct word list_column_words[];

/*
 * Which, and in which order; each once. The title may only be the last:
 * nothing stands behind text whose width the terminal and we may see
 * differently.
 */
struct list_columns {
	enum list_column items[LIST_COLUMNS];
	size_t count;
};

/*
 * From names or labels, by commas or blanks. ERR_USAGE names what is no
 * column, stands twice, or stands behind the title.
 */
MUST_USE
bool list_columns_parse(const char *text, struct list_columns *out,
			struct err *err);

/* Add the names, by commas, as list_columns_parse() reads them. */
void list_columns_write(const struct list_columns *columns, struct buf *out);

#endif
