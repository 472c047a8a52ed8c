#include "query/lex.h"

#include <string.h>

/* Bytes of the first that stands there, its place in the list; 0 if none. */
static size_t one_of(const char *at, const char *const *list, size_t *which)
{
	for (size_t i = 0; list[i]; i++) {
		size_t len = strlen(list[i]);

		*which = i;
		if (strncmp(at, list[i], len) == 0)
			return len;
	}
	return 0;
}

size_t lex_blank(const char *at)
{
	static const char *const blanks[] = {" ",  "\t",     "\n", "\r",
					     "　", "\u00A0", NULL};
	size_t which;

	return one_of(at, blanks, &which);
}

size_t lex_comma(const char *at)
{
	static const char *const commas[] = {",", "，", ";", "；", "、", NULL};
	size_t which;

	return one_of(at, commas, &which);
}

size_t lex_not(const char *at)
{
	static const char *const nots[] = {"!", "！", NULL};
	size_t which;

	return one_of(at, nots, &which);
}

size_t lex_quote(const char *at)
{
	static const char *const quotes[] = {"\"", "“", "”", NULL};
	size_t which;

	return one_of(at, quotes, &which);
}

static size_t equals(const char *at)
{
	static const char *const signs[] = {"=", "＝", NULL};
	size_t which;

	return one_of(at, signs, &which);
}

/* The longer of two that begin alike comes first. */
static size_t less_or_greater(const char *at, enum compare *compare)
{
	static const char *const signs[] = {"<", "＜", ">", "＞",
					    "≤", "≥",  NULL};
	static const enum compare meant[] = {
		COMPARE_LESS,    COMPARE_LESS,       COMPARE_GREATER,
		COMPARE_GREATER, COMPARE_LESS_EQUAL, COMPARE_GREATER_EQUAL};
	size_t which, len = one_of(at, signs, &which), more;

	if (!len)
		return 0;
	*compare = meant[which];
	if (which > 3)
		return len;
	more = equals(at + len);
	if (more)
		*compare = *compare == COMPARE_LESS ? COMPARE_LESS_EQUAL
						    : COMPARE_GREATER_EQUAL;
	return len + more;
}

size_t lex_sign(const char *at, enum compare *compare, bool *no)
{
	size_t len = equals(at);

	*no = false;
	*compare = COMPARE_EQUAL;
	if (len)
		return len + equals(at + len);
	if (strncmp(at, "≠", strlen("≠")) == 0) {
		*no = true;
		return strlen("≠");
	}
	len = lex_not(at);
	if (len && equals(at + len)) {
		*no = true;
		return len + equals(at + len);
	}
	return less_or_greater(at, compare);
}

size_t lex_name(const char *at)
{
	enum compare compare;
	bool no;
	size_t len = 0;

	while (at[len] && !lex_blank(at + len) && !lex_comma(at + len) &&
	       !lex_sign(at + len, &compare, &no))
		len++;
	return len;
}

size_t lex_bare(const char *at)
{
	size_t len = 0;

	while (at[len] && !lex_blank(at + len))
		len++;
	return len;
}

size_t lex_item(const char *at)
{
	size_t len = 0;

	while (at[len] && !lex_blank(at + len) && !lex_comma(at + len))
		len++;
	return len;
}

/* Bytes of what closes a quotation at `at`; "" closes what "" opened. */
static size_t closing(const char *at, bool ascii)
{
	return (*at == '"') == ascii ? lex_quote(at) : 0;
}

static void read_quoted(const char **at, struct buf *out)
{
	bool ascii = **at == '"';

	*at += lex_quote(*at);
	while (**at) {
		size_t len = closing(*at, ascii);

		*at += len;
		/* Twice it means itself. */
		if (len && !(ascii && **at == '"'))
			return;
		buf_char(out, *(*at)++);
	}
}

static void read(const char **at, size_t bare, struct buf *out)
{
	if (lex_quote(*at)) {
		read_quoted(at, out);
		return;
	}
	buf_add(out, *at, bare);
	*at += bare;
}

void lex_text(const char **at, struct buf *out)
{
	read(at, lex_bare(*at), out);
}

void lex_value(const char **at, struct buf *out)
{
	read(at, lex_item(*at), out);
}

void lex_quoted(const char *text, size_t len, struct buf *out)
{
	buf_char(out, '"');
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '"')
			buf_char(out, '"');
		buf_char(out, text[i]);
	}
	buf_char(out, '"');
}

void lex_spell(const char *text, struct buf *out)
{
	enum compare compare;
	bool no, plain = *text && !lex_quote(text) && !lex_not(text);

	for (const char *at = text; *at; at++)
		plain = plain && !lex_blank(at) && !lex_comma(at) &&
			!lex_sign(at, &compare, &no);
	if (plain)
		buf_str(out, text);
	else
		lex_quoted(text, strlen(text), out);
}

const char *lex_sign_text(enum compare compare, bool no)
{
	static const char *const signs[] = {
		[COMPARE_EQUAL] = "=",          [COMPARE_LESS] = "<",
		[COMPARE_LESS_EQUAL] = "<=",    [COMPARE_GREATER] = ">",
		[COMPARE_GREATER_EQUAL] = ">=",
	};

	return no ? "!=" : signs[compare];
}
