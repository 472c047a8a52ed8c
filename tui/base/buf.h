/*
 * A text that grows. Zero-initialise it, add to it, give it back with
 * buf_free(). `data` is NULL until something is added, NUL-terminated after.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>
#include <uchar.h>

#include "base/err.h"

struct buf {
	char *data; /* owned */
	size_t len; /* without the NUL */
	size_t cap;
};

/* What is added may not lie in the buffer itself. */
void buf_add(struct buf *buf, const void *bytes, size_t len);
void buf_str(struct buf *buf, const char *text);
void buf_char(struct buf *buf, char c);
void buf_printf(struct buf *buf, const char *fmt, ...) PRINTF(2, 3);

/* Add one code point as UTF-8; U+FFFD if it is no character. */
void buf_utf8(struct buf *buf, char32_t cp);

/* The text, "" when nothing was added. Borrowed until the next change. */
const char *buf_text(const struct buf *buf);

/* Empty it and keep the memory. */
void buf_reset(struct buf *buf);
void buf_free(struct buf *buf);

#endif
