#include "base/json.h"

#include <string.h>

#include "base/clean.h"
#include "base/utf8.h"

/* 、 to 】 of E3 80, and the full-width ！ to ～ of EF. */
static bool is_punctuation(const unsigned char *p)
{
	if (*p == 0xE3)
		return p[1] == 0x80 && p[2] >= 0x81 && p[2] <= 0x91;
	return *p == 0xEF && ((p[1] == 0xBC && p[2] >= 0x81 && p[2] <= 0xBF) ||
			      (p[1] == 0xBD && p[2] >= 0x80 && p[2] <= 0x9E));
}

/* Bytes at `at` that stand for themselves: ASCII, common ideographs and what
 * stands between them. */
static size_t plain(const char *at)
{
	const unsigned char *start = (const unsigned char *)at, *p = start;

	for (;;) {
		if (*p >= 0x20 && *p < 0x7F && *p != '"' && *p != '\\')
			p++;
		else if (*p >= 0xE5 && *p <= 0xE9 && (p[1] & 0xC0) == 0x80 &&
			 (p[2] & 0xC0) == 0x80)
			p += 3;
		else if (is_punctuation(p))
			p += 3;
		else
			return (size_t)(p - start);
	}
}

static void escape_ascii(struct buf *out, char c)
{
	static const char short_forms[] = "\"\"\\\\\nn\tt\rr\bb\ff";

	for (const char *form = short_forms; *form; form += 2)
		if (*form == c) {
			buf_char(out, '\\');
			buf_char(out, form[1]);
			return;
		}
	buf_printf(out, "\\u%04x", (unsigned)c);
}

static void escape_wide(struct buf *out, char32_t cp)
{
	if (cp == UTF8_INVALID)
		cp = 0xFFFD;
	if (clean_printable(cp)) {
		buf_utf8(out, cp);
		return;
	}
	if (cp > 0xFFFF) {
		cp -= 0x10000;
		buf_printf(out, "\\u%04x", 0xD800 + (unsigned)(cp >> 10));
		cp = 0xDC00 + (cp & 0x3FF);
	}
	buf_printf(out, "\\u%04x", (unsigned)cp);
}

void json_quote(const char *text, struct buf *out)
{
	const char *end = text + strlen(text);

	buf_char(out, '"');
	while (text < end) {
		size_t run = plain(text);

		buf_add(out, text, run);
		text += run;
		if (text == end)
			break;
		if ((unsigned char)*text < 0x80)
			escape_ascii(out, *text++);
		else
			escape_wide(out, utf8_next(&text, end));
	}
	buf_char(out, '"');
}
