/*
 * What makes no difference to somebody who searches: full-width and other
 * forms of a letter, digit or mark; upper and lower case; traditional and
 * simplified characters, variants of one, and radicals as PDF files have them
 * for characters; every kind of blank but the end of a line, of dash, quotation
 * mark and name dot.
 *
 * One character becomes one. Of two that become the same the one is found
 * by the other: rather too much is found (干 by 乾) than something missed.
 * Folding twice changes nothing more. What is stored is never folded.
 */
#ifndef BASE_FOLD_H
#define BASE_FOLD_H

#include <stddef.h>
#include <uchar.h>

#include "base/buf.h"
#include "base/characters.h"
#include "base/utf8.h"

/* For fold_char() alone. */
char32_t fold_char_far(char32_t cp);

/* UTF8_INVALID and what folds to nothing else stay as they are. */
static inline char32_t fold_char(char32_t cp)
{
	uint16_t shift = FOLD_FAR;

	if (cp < 64 * CHARACTER_PAGES)
		shift = fold_rows[fold_pages[cp / 64]][cp % 64];
	return shift == FOLD_FAR ? fold_char_far(cp) : (uint16_t)(cp + shift);
}

/* Read the character at *at as utf8_next() does, and fold it. */
static inline char32_t fold_next(const char **at, const char *end)
{
	return fold_char(utf8_next_quick(at, end));
}

/*
 * Add `text`, folded, and tell how many characters that were; a byte that is
 * none becomes U+FFFD.
 */
size_t fold_text(const char *text, size_t len, struct buf *out);

#endif
