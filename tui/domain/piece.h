/*
 * Pieces of a text that a person or a spreadsheet wrote: trimmed, freed of
 * control characters, taken off a list.
 */
#ifndef DOMAIN_PIECE_H
#define DOMAIN_PIECE_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

#include "base/buf.h"

struct piece {
	const char *text; /* not NUL-terminated */
	size_t len;
};

/* What has no place inside a line: controls and Unicode's line ends. */
bool piece_control(char32_t c);

/* Without the blanks around. */
struct piece piece_trim(struct piece text);

/* Add it trimmed, with a blank for each control character. */
void piece_line(struct piece text, struct buf *out);

/*
 * Take the next item off a list, trimmed and perhaps empty; false at the end.
 * Between items stand 、 ， , ; ； / and newlines. Inside brackets they are
 * part of the item: 民革（张三、李四）; a bracket ends with its line.
 */
bool piece_next(struct piece *rest, struct piece *item);

#endif
