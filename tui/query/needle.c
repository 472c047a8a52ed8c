#include "query/needle.h"

#include <string.h>

#include "base/fold.h"

bool needle_set(struct needle *needle, const char *text)
{
	const char *at = text, *end = text + strlen(text);

	needle->len = 0;
	while (at < end && needle->len < NEEDLE_MAX)
		needle->text[needle->len++] = fold_next(&at, end);
	if (at < end)
		needle->len = 0;
	needle->sounds = needle->len && pinyin_parse(text, &needle->pinyin);
	return needle->len;
}

/* Where it ends if it begins at `at`, else NULL. */
static const char *match(const struct needle *needle, const char *at,
			 const char *end)
{
	for (size_t i = 0; i < needle->len; i++)
		if (at == end || fold_next(&at, end) != needle->text[i])
			return NULL;
	return at;
}

static const char *find_text(const struct needle *needle, const char *text,
			     size_t len, const char **stop)
{
	const char *at = text, *end;

	/* An empty text may be none at all. */
	if (!len)
		return NULL;
	end = text + len;
	while (needle->len && at < end) {
		const char *from = at;

		if (fold_next(&at, end) != needle->text[0])
			continue;
		*stop = match(needle, from, end);
		if (*stop)
			return from;
	}
	return NULL;
}

bool needle_in(const struct needle *needle, const char *text, size_t len)
{
	const char *stop;

	/* An empty text may be none at all. */
	return len && find_text(needle, text, len, &stop);
}

bool needle_find_text(const struct needle *needle, const char *text, size_t len,
		      size_t *from, size_t *to)
{
	const char *stop, *start = find_text(needle, text, len, &stop);

	if (!start)
		return false;
	*from = (size_t)(start - text);
	*to = (size_t)(stop - text);
	return true;
}

bool needle_find(const struct needle *needle, const char *text, size_t len,
		 size_t *from, size_t *to)
{
	size_t first, last;
	bool is_there = needle_find_text(needle, text, len, from, to);
	bool sounds = needle->sounds && len &&
		      pinyin_find(&needle->pinyin, text, len, &first, &last);

	if (sounds && (!is_there || first < *from)) {
		*from = first;
		*to = last;
	}
	return is_there || sounds;
}
