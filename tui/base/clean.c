#include "base/clean.h"

#include <unictype.h>

#include "base/utf8.h"
#include "base/width.h"

/* Of Unicode 15 to 17; libunistring knows 14, and people's names need them. */
static bool is_late_ideograph(char32_t cp)
{
	return (cp >= 0x2B739 && cp <= 0x2B73F) ||
	       (cp >= 0x2CEA2 && cp <= 0x2CEAD) ||
	       (cp >= 0x2EBF0 && cp <= 0x2EE5D) ||
	       (cp >= 0x31350 && cp <= 0x33479);
}

/* Joins what stands before it on some terminals: the cells would not add up. */
static bool may_join(char32_t cp)
{
	return (cp >= 0x1F1E6 && cp <= 0x1F1FF) || /* halves of flags */
	       (cp >= 0x1F3FB && cp <= 0x1F3FF);   /* skin tones */
}

/* A terminal that knows right-to-left script moves the text around it. */
static bool is_leftward(char32_t cp)
{
	int class = uc_bidi_category(cp);

	return class == UC_BIDI_R || class == UC_BIDI_AL || class == UC_BIDI_AN;
}

bool clean_printable(char32_t cp)
{
	if (cp < 0x7F)
		return cp >= 0x20;
	if ((cp >= 0x4E00 && cp <= 0x9FFF) || is_late_ideograph(cp))
		return true;
	if (cp > 0x10FFFF || may_join(cp) || is_leftward(cp) ||
	    uc_is_property_default_ignorable_code_point(cp))
		return false;
	return uc_is_general_category_withtable(
		       cp, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N |
				   UC_CATEGORY_MASK_P | UC_CATEGORY_MASK_S |
				   UC_CATEGORY_MASK_Zs) &&
	       width_char(cp) > 0;
}

/* U+4000 to U+9FFF: all of them may pass. */
static bool is_ideograph(const unsigned char *p)
{
	return p[0] >= 0xE4 && p[0] <= 0xE9 && (p[1] & 0xC0) == 0x80 &&
	       (p[2] & 0xC0) == 0x80;
}

/* Bytes of plain ASCII and ideographs at `at`: nearly all there is. */
static size_t plain(const char *at, const char *end)
{
	const unsigned char *start = (const unsigned char *)at, *p = start;
	const unsigned char *stop = (const unsigned char *)end;

	for (;;) {
		if (p < stop && *p >= 0x20 && *p < 0x7F)
			p++;
		else if (stop - p >= 3 && is_ideograph(p))
			p += 3;
		else
			return (size_t)(p - start);
	}
}

static void add_char(struct buf *out, const char *at, const char *next,
		     char32_t cp)
{
	if (cp == UTF8_INVALID)
		buf_printf(out, "<%02X>", (unsigned char)*at);
	else if (clean_printable(cp))
		buf_add(out, at, (size_t)(next - at));
	else if (cp < 0x20 || cp == 0x7F)
		buf_printf(out, "^%c", (char)(cp ^ 0x40));
	else
		buf_printf(out, "<U+%04X>", (unsigned)cp);
}

static bool is_gap(char c)
{
	return c == '\n' || c == '\r' || c == '\t';
}

/* Pass over a run of newlines and tabs; it is one blank. */
static const char *line_gap(struct buf *out, const char *at, const char *end)
{
	while (at < end && is_gap(*at))
		at++;
	buf_char(out, ' ');
	return at;
}

/* Pass over one newline or tab. */
static const char *lines_gap(struct buf *out, const char *at, const char *end)
{
	if (*at == '\r' && at + 1 < end && at[1] == '\n')
		at++;
	buf_char(out, *at == '\t' ? ' ' : '\n');
	return at + 1;
}

static void add_text(struct buf *out, const char *at, size_t len,
		     const char *(*gap)(struct buf *, const char *,
					const char *))
{
	const char *end = at + len;

	while (at < end) {
		size_t run = plain(at, end);

		buf_add(out, at, run);
		at += run;
		if (at == end)
			break;
		if (is_gap(*at)) {
			at = gap(out, at, end);
			continue;
		}
		const char *start = at;
		char32_t cp = utf8_next(&at, end);
		add_char(out, start, at, cp);
	}
}

void clean_line(struct buf *out, const char *text, size_t len)
{
	add_text(out, text, len, line_gap);
}

void clean_lines(struct buf *out, const char *text, size_t len)
{
	add_text(out, text, len, lines_gap);
}
