/*
 * Everything that was stored, typed or read from a file passes through here
 * on its way to a screen, a shell's output or a log. What a terminal would
 * execute, hide or reorder becomes visible: control characters as ^[ or
 * <U+009B>, invalid bytes as <FF>, and as <U+202E> whatever is
 *
 * - bidirectional control, zero-width, filler, tag, private, unassigned;
 * - a combining mark, a skin tone, half a flag, a part of a hangul syllable:
 *   some terminals merge it into the cells before it, some do not;
 * - written from right to left: PuTTY and others turn the whole line around.
 *
 * What comes out goes through again unchanged. Allowed are letters, numbers,
 * punctuation, symbols and spaces of one or two cells, in Unicode 14 and the
 * ideographs of 15 to 17.
 */
#ifndef BASE_CLEAN_H
#define BASE_CLEAN_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

#include "base/buf.h"

/* Whether a character may reach the terminal as it is. */
bool clean_printable(char32_t cp);

/* Add `text` for one line: newlines, tabs and runs of them become a blank. */
void clean_line(struct buf *out, const char *text, size_t len);

/* Add `text` for several lines: \n stays, \r\n and \r are \n, a tab a blank. */
void clean_lines(struct buf *out, const char *text, size_t len);

#endif
