/*
 * What stands between the cells of a table, seen from its first lines.
 */
#ifndef SHEET_DELIMITER_H
#define SHEET_DELIMITER_H

#include <stddef.h>

/* Stands for ， since libcsv knows only bytes; never part of UTF-8. */
#define DELIMITER_WIDE '\xFF'

/*
 * One of , ; TAB or DELIMITER_WIDE; ',' when nothing separates. What Excel
 * says in a first line `sep=;` is believed.
 */
char delimiter_find(const char *text, size_t len);

#endif
