#include "domain/piece.h"

#include "base/utf8.h"

enum { REPLACEMENT = 0xFFFD };

/* White space that is no character of a line. */
static bool is_gap(char32_t c)
{
	return (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 ||
	       c == 0x2029;
}

char32_t piece_char(char32_t c)
{
	if (is_gap(c))
		return ' ';
	return c < ' ' || (c >= 0x7F && c <= 0x9F) ? REPLACEMENT : c;
}

static bool is_blank(char32_t c)
{
	return c == ' ' || c == 0x3000 || c == 0xA0 || c == 0xFEFF || is_gap(c);
}

/* Without the blanks around. */
struct piece piece_trim(struct piece text)
{
	const char *end = text.text + text.len;
	const char *first = NULL, *last = text.text;

	for (const char *at = text.text; at < end;) {
		const char *start = at;

		if (is_blank(utf8_next(&at, end)))
			continue;
		first = first ? first : start;
		last = at;
	}
	if (!first)
		return (struct piece){end, 0};
	return (struct piece){first, (size_t)(last - first)};
}

void piece_line(struct piece text, struct buf *out)
{
	text = piece_trim(text);

	const char *at = text.text, *end = text.text + text.len;
	while (at < end) {
		const char *start = at;
		char32_t c = utf8_next(&at, end), kept = piece_char(c);

		if (kept == c)
			buf_add(out, start, (size_t)(at - start));
		else
			buf_utf8(out, kept);
	}
}

static bool is_separator(char32_t c)
{
	return c == U'、' || c == ',' || c == U'，' || c == ';' || c == U'；' ||
	       c == '/' || c == U'／';
}

/*
 * The next item of a list that a person wrote. Separators inside brackets
 * are part of it: 民革（张三、李四）. A bracket ends with its line.
 */
bool piece_next(struct piece *rest, struct piece *item)
{
	const char *at = rest->text, *end = at + rest->len;
	const char *stop = at;
	int depth = 0;

	if (rest->len == 0)
		return false;
	while (at < end) {
		stop = at;
		char32_t c = utf8_next(&at, end);

		if (c == '(' || c == U'（')
			depth++;
		else if ((c == ')' || c == U'）') && depth > 0)
			depth--;
		else if (c == '\n' || c == '\r' ||
			 (depth == 0 && is_separator(c)))
			break;
		stop = at;
	}
	*item = piece_trim(
		(struct piece){rest->text, (size_t)(stop - rest->text)});
	*rest = (struct piece){at, (size_t)(end - at)};
	return true;
}
