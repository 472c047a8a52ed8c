#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

enum { CAP_MIN = 64 };

/* Room for `len` more bytes and the NUL. */
static void reserve(struct buf *buf, size_t len)
{
	if (len > SIZE_MAX / 4 || buf->len > SIZE_MAX / 4)
		mem_die();
	if (buf->cap - buf->len > len)
		return;

	size_t cap = buf->cap ? buf->cap * 2 : CAP_MIN;
	if (cap < buf->len + len + 1)
		cap = buf->len + len + 1;
	buf->data = mem_resize(buf->data, cap);
	buf->cap = cap;
}

void buf_add(struct buf *buf, const void *bytes, size_t len)
{
	if (!len)
		return;
	reserve(buf, len);
	memcpy(buf->data + buf->len, bytes, len);
	buf->len += len;
	buf->data[buf->len] = '\0';
}

void buf_str(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

void buf_char(struct buf *buf, char c)
{
	buf_add(buf, &c, 1);
}

void buf_printf(struct buf *buf, const char *fmt, ...)
{
	va_list ap, again;

	va_start(ap, fmt);
	va_copy(again, ap);
	int len = vsnprintf(NULL, 0, fmt, ap);
	if (len > 0) {
		reserve(buf, (size_t)len);
		vsnprintf(buf->data + buf->len, (size_t)len + 1, fmt, again);
		buf->len += (size_t)len;
	}
	va_end(again);
	va_end(ap);
}

void buf_utf8(struct buf *buf, char32_t cp)
{
	char bytes[4];
	size_t len = utf8_put(cp, bytes);

	buf_add(buf, bytes, len);
}

const char *buf_text(const struct buf *buf)
{
	return buf->data ? buf->data : "";
}

void buf_reset(struct buf *buf)
{
	buf->len = 0;
	if (buf->data)
		buf->data[0] = '\0';
}

void buf_free(struct buf *buf)
{
	free(buf->data);
	*buf = (struct buf){0};
}
