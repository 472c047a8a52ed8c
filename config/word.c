#include "config/word.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

enum { LONGEST = 40 };

const struct word *word_find(const struct word *words, const char *name)
{
	for (; words->name; words++)
		if (strcasecmp(words->name, name) == 0)
			return words;
	return NULL;
}

const char *word_name(const struct word *words, int value)
{
	for (; words->name; words++)
		if (words->value == value)
			return words->name;
	return "";
}

static int fold(char c)
{
	return c == '-' ? '_' : tolower((unsigned char)c);
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* One row of the table of edit distances; `row` runs over prefixes of b. */
static void distance_row(size_t rows[3][LONGEST + 1], const char *a, size_t i,
			 const char *b, size_t b_len)
{
	size_t *now = rows[i % 3], *last = rows[(i + 2) % 3];

	now[0] = i;
	for (size_t j = 1; j <= b_len; j++) {
		bool same = fold(a[i - 1]) == fold(b[j - 1]);

		now[j] = least(last[j - 1] + !same,
			       least(last[j], now[j - 1]) + 1);
		if (i > 1 && j > 1 && fold(a[i - 1]) == fold(b[j - 2]) &&
		    fold(a[i - 2]) == fold(b[j - 1]))
			now[j] = least(now[j], rows[(i + 1) % 3][j - 2] + 1);
	}
}

size_t word_distance(const char *a, const char *b)
{
	size_t rows[3][LONGEST + 1];
	size_t a_len = strlen(a), b_len = strlen(b);
	size_t slip = a_len < 4 ? 1 : a_len < 7 ? 2 : 3;

	if (a_len > LONGEST || b_len > LONGEST || a_len > b_len + slip ||
	    b_len > a_len + slip)
		return SIZE_MAX;
	for (size_t j = 0; j <= b_len; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a_len; i++)
		distance_row(rows, a, i, b, b_len);

	size_t distance = rows[a_len % 3][b_len];

	return distance <= slip && distance < b_len ? distance : SIZE_MAX;
}

const char *word_nearest(const struct word *words, const char *text)
{
	const char *nearest = NULL;
	size_t best = SIZE_MAX;

	for (; words->name; words++) {
		size_t distance = word_distance(text, words->name);

		if (words->label && strcmp(words->label, text) == 0)
			return words->name;
		if (distance < best) {
			best = distance;
			nearest = words->name;
		}
	}
	return nearest;
}
