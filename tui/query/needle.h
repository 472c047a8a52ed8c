/*
 * A text that is looked for, and where it stands in another: compared as
 * base/fold.h folds, and, if it is letters only, also by how Chinese sounds.
 */
#ifndef QUERY_NEEDLE_H
#define QUERY_NEEDLE_H

#include "base/pinyin.h"

enum { NEEDLE_MAX = 256 }; /* characters */

struct needle {
	char32_t text[NEEDLE_MAX]; /* folded */
	size_t len;
	bool sounds; /* it may be pinyin */
	struct pinyin pinyin;
};

/* False, and nothing is found by it, when it is empty or too long. */
bool needle_set(struct needle *needle, const char *text);

/* It stands in the text as it is; what it sounds like does not count. */
bool needle_in(const struct needle *needle, const char *text, size_t len);

/* The first stretch of the text, in bytes, that is it … */
bool needle_find_text(const struct needle *needle, const char *text, size_t len,
		      size_t *from, size_t *to);

/* … or sounds like it. */
bool needle_find(const struct needle *needle, const char *text, size_t len,
		 size_t *from, size_t *to);

#endif
