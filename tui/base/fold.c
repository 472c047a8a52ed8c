#include "base/fold.h"

#include <stdlib.h>

static int compare(const void *cp, const void *pair)
{
	uint32_t wanted = *(const uint32_t *)cp;
	uint32_t from = ((const struct character_pair *)pair)->from;

	return (wanted > from) - (wanted < from);
}

const struct character_pair *character_find(const struct character_pair *pairs,
					    size_t count, uint32_t cp)
{
	return bsearch(&cp, pairs, count, sizeof(*pairs), compare);
}

char32_t fold_char_far(char32_t cp)
{
	const struct character_pair *pair;

	pair = character_find(fold_far, fold_far_count, cp);
	return pair ? pair->to : cp;
}

size_t fold_text(const char *text, size_t len, struct buf *out)
{
	const char *end = text + len;
	size_t count = 0;

	while (text < end) {
		char bytes[256];
		size_t used = 0;

		for (; text < end && used <= sizeof(bytes) - 4; count++) {
			char32_t cp = fold_next(&text, end);

			if (cp < 0x80)
				bytes[used++] = (char)cp;
			else
				used += utf8_put(cp, bytes + used);
		}
		buf_add(out, bytes, used);
	}
	return count;
}
