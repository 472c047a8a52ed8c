#include "domain/excerpt.h"

#include <string.h>

#include "base/buf.h"
#include "base/clean.h"
#include "base/utf8.h"

void excerpt(const char *text, size_t len, char out[EXCERPT_SIZE])
{
	const char *at = text, *end = text + len;
	struct buf buf = {0};

	for (int i = 0; i < EXCERPT_CHARS && at < end; i++)
		utf8_next(&at, end);
	clean_line(&buf, text, (size_t)(at - text));

	const char *clean = buf_text(&buf);
	const char *more = at < end ? "…" : "";
	size_t room = EXCERPT_SIZE - 1 - strlen(more);
	size_t kept = utf8_cut(clean, room < buf.len ? room : buf.len);

	memcpy(out, clean, kept);
	memcpy(out + kept, more, strlen(more) + 1);
	buf_free(&buf);
}
