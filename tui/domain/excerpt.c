#include "domain/excerpt.h"

#include <assert.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/clean.h"
#include "base/utf8.h"

static_assert(EXCERPT_CHARS * sizeof("<U+10FFFF>") + sizeof("…") <=
		      EXCERPT_SIZE,
	      "there is room for the longest of characters");

void excerpt(const char *text, size_t len, char out[EXCERPT_SIZE])
{
	const char *at = text, *end = text + len;
	struct buf buf = {0};

	for (int i = 0; i < EXCERPT_CHARS && at < end; i++)
		utf8_next(&at, end);
	clean_line(&buf, text, (size_t)(at - text));
	snprintf(out, EXCERPT_SIZE, "%s%s", buf_text(&buf),
		 at < end ? "…" : "");
	buf_free(&buf);
}
