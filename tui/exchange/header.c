#include <string.h>

#include "base/utf8.h"
#include "exchange/rows.h"

enum { HEADER_MAX = 60 };

/* Not part of the word: blanks, line ends, what marks a column as required. */
static bool is_decoration(char32_t narrow)
{
	return narrow <= ' ' || narrow == '*' || narrow == ':' ||
	       narrow == '"' || narrow == 0x200B || narrow == 0xFEFF ||
	       narrow == U'“' || narrow == U'”';
}

/* As the synonyms are written: narrow, small letters, no decoration. */
static void plain_header(const char *header, struct buf *out)
{
	const char *end = header + strlen(header);

	while (header < end && out->len < HEADER_MAX) {
		char32_t cp = utf8_narrow(utf8_next(&header, end));

		if (cp >= 'A' && cp <= 'Z')
			cp += 'a' - 'A';
		if (cp == UTF8_INVALID || is_decoration(cp))
			continue;
		buf_utf8(out, cp);
	}
}

/* `word` is one of these blank-separated ones. */
static bool among(const char *word, size_t len, const char *words)
{
	while (*words) {
		size_t n = strcspn(words, " ");

		if (n == len && memcmp(words, word, n) == 0)
			return true;
		words += n + strspn(words + n, " ");
	}
	return false;
}

static int find_word(const char *word, size_t len)
{
	if (len == 0)
		return -1;
	if (among(word, len, session_synonyms))
		return ROW_SESSION;
	if (among(word, len, number_synonyms))
		return ROW_NUMBER;
	if (among(word, len, unit_synonyms[ROLE_JOINT]))
		return ROW_UNITS_JOINT;
	if (among(word, len, unit_synonyms[ROLE_SEPARATE]))
		return ROW_UNITS_SEPARATE;
	for (int i = 1; i < FIELD_END; i++)
		if (among(word, len, fields[i].synonyms))
			return i;
	return -1;
}

int rows_header(const char *header)
{
	struct buf word = {0};

	plain_header(header, &word);

	int field = find_word(buf_text(&word), word.len);
	/* 主办单位（全称）, 编号(必填) */
	const char *open = strchr(buf_text(&word), '(');
	if (field < 0 && open)
		field = find_word(word.data, (size_t)(open - word.data));
	buf_free(&word);
	return field;
}
