/*
 * UTF-8, strictly: no surrogates, no overlong forms, nothing past U+10FFFF.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

/* utf8_next()'s answer for a byte that is not part of a character. */
#define UTF8_INVALID ((char32_t)0xFFFFFFFFu)

/*
 * Decode the character at *at (before `end`) and move *at behind it. A byte
 * that does not begin a well-formed character gives UTF8_INVALID and is
 * passed over alone.
 */
char32_t utf8_next(const char **at, const char *end);

/* The same, quicker for ASCII and Chinese: for loops over whole registers. */
static inline char32_t utf8_next_quick(const char **at, const char *end)
{
	const unsigned char *bytes = (const unsigned char *)*at;
	unsigned char lead = *bytes;

	if (lead < 0x80) {
		*at += 1;
		return lead;
	}
	if (lead > 0xE0 && lead < 0xF0 && lead != 0xED && end - *at >= 3 &&
	    (bytes[1] & 0xC0) == 0x80 && (bytes[2] & 0xC0) == 0x80) {
		*at += 3;
		return (char32_t)((lead & 0xF) << 12 | (bytes[1] & 0x3F) << 6 |
				  (bytes[2] & 0x3F));
	}
	return utf8_next(at, end);
}

/* Encode into out[4]; the number of bytes. U+FFFD if it is no character. */
size_t utf8_put(char32_t cp, char out[4]);

bool utf8_valid(const char *text, size_t len);

/* Characters in a NUL-terminated text; an invalid byte counts as one. */
size_t utf8_count(const char *text);

/*
 * The largest n <= len where text can be cut without halving a character.
 * Reads nothing behind text[len - 1].
 */
size_t utf8_cut(const char *text, size_t len);

/*
 * Full-width forms to ASCII where a command, number or code is expected:
 * ０-９ Ａ-Ｚ ａ-ｚ ：；，。．、／！？（）＃－, the dashes — – ‐ ‑ −, and the
 * ideographic and the no-break space. 。 becomes '.', 、 becomes '/' only for
 * keys (see ui/key.h); here it becomes ','. Anything else, UTF8_INVALID too,
 * is returned as it is.
 */
char32_t utf8_narrow(char32_t cp);

#endif
