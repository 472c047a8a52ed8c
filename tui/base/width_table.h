/*
 * The characters whose width Unicode leaves open. Only width.c asks.
 *
 * A table of our own, because uc_width(cp, "GBK") of libunistring makes 10,852
 * more characters wide (ñ © « ✓ £) that every terminal draws in one cell.
 */
#ifndef BASE_WIDTH_TABLE_H
#define BASE_WIDTH_TABLE_H

#include <stddef.h>
#include <uchar.h>

struct width_range {
	char32_t first, last;
};

extern const struct width_range width_table[]; /* in ascending order */
extern const size_t width_table_count;

#endif
