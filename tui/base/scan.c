#include "base/scan.h"

#include <string.h>

#include "base/utf8.h"

char32_t scan_next(const char **at)
{
	if (!**at)
		return 0;
	/* No further than the NUL: only a character's own bytes are read. */
	return utf8_narrow(utf8_next(at, *at + strnlen(*at, 4)));
}

char32_t scan_peek(const char *at)
{
	return scan_next(&at);
}

void scan_blanks(const char **at)
{
	for (;;) {
		const char *next = *at;
		char32_t cp = scan_next(&next);

		if (cp != U' ' && cp != U'\t' && cp != U'\n' && cp != U'\r')
			return;
		*at = next;
	}
}

bool scan_char(const char **at, char32_t cp)
{
	const char *next = *at;

	if (scan_next(&next) != cp)
		return false;
	*at = next;
	return true;
}

bool scan_word(const char **at, const char *word)
{
	size_t len = strlen(word);

	if (strncmp(*at, word, len) != 0)
		return false;
	*at += len;
	return true;
}
