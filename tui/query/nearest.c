#include "query/nearest.h"

#include <string.h>
#include <uchar.h>

#include "base/utf8.h"

enum { CHARACTERS = 32 };

static size_t decode(const char *text, char32_t out[CHARACTERS])
{
	const char *at = text, *end = text + strlen(text);
	size_t count = 0;

	while (at < end && count < CHARACTERS)
		out[count++] = utf8_narrow(utf8_next(&at, end));
	return count;
}

static size_t least(size_t a, size_t b, size_t c)
{
	size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

size_t nearest_distance(const char *a, const char *b)
{
	char32_t from[CHARACTERS], to[CHARACTERS];
	size_t from_count = decode(a, from), to_count = decode(b, to);
	size_t row[CHARACTERS + 1];

	for (size_t j = 0; j <= to_count; j++)
		row[j] = j;
	for (size_t i = 0; i < from_count; i++) {
		size_t corner = row[0];

		row[0] = i + 1;
		for (size_t j = 0; j < to_count; j++) {
			size_t above = row[j + 1];

			row[j + 1] = least(above + 1, row[j] + 1,
					   corner + (from[i] != to[j]));
			corner = above;
		}
	}
	return row[to_count];
}
