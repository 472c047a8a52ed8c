/*
 * Pieces of a text that a person or a spreadsheet wrote: trimmed, without
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

/*
 * A character as a line may have it: controls that are white space, and
 * Unicode's ends of lines, become a blank; other controls U+FFFD, to be seen.
 */
char32_t piece_char(char32_t c);

/* Without the blanks around. */
struct piece piece_trim(struct piece text);

/* Add it trimmed, each character as piece_char() has it. */
void piece_line(struct piece text, struct buf *out);

/*
 * Take the next item off a list, trimmed and perhaps empty; false at the end.
 * Between items stand 、 ， , ; ； / and newlines. Inside brackets they are
 * part of the item: 民革（张三、李四）; a bracket ends with its line.
 */
bool piece_next(struct piece *rest, struct piece *item);

#endif
