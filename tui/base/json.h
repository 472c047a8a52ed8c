/*
 * A text as JSON writes it.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buf.h"

/*
 * Add `text` as a JSON string with its quotes: always valid UTF-8, and what a
 * terminal would execute, hide or reorder as \u, so that a reader gets the
 * text back and a screen shows what is there. A stray byte becomes U+FFFD.
 */
void json_quote(const char *text, struct buf *out);

#endif
