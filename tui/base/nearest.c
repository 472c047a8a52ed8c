#include "base/nearest.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

static char32_t fold(char32_t cp)
{
	cp = utf8_narrow(cp);
	if (cp >= U'A' && cp <= U'Z')
		return cp - U'A' + U'a';
	return cp == U'-' ? U'_' : cp;
}

/* The number of characters; 0 if there are too many. */
static size_t decode(const char *text, char32_t out[NEAREST_MAX])
{
	const char *end = text + strlen(text);
	size_t count = 0;

	while (text < end) {
		if (count == NEAREST_MAX)
			return 0;
		out[count++] = fold(utf8_next(&text, end));
	}
	return count;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Row i of the table of distances, for the first i characters of `a`. */
static void fill_row(size_t rows[3][NEAREST_MAX + 1], const char32_t *a,
		     size_t i, const char32_t *b, size_t count)
{
	size_t *now = rows[i % 3], *last = rows[(i + 2) % 3];
	const size_t *swapped = rows[(i + 1) % 3];

	now[0] = i;
	for (size_t j = 1; j <= count; j++) {
		now[j] = least(last[j - 1] + (a[i - 1] != b[j - 1]),
			       least(last[j], now[j - 1]) + 1);
		if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
		    a[i - 2] == b[j - 1])
			now[j] = least(now[j], swapped[j - 2] + 1);
	}
}

static size_t distance(const char32_t *a, size_t a_count, const char32_t *b,
		       size_t b_count)
{
	size_t rows[3][NEAREST_MAX + 1];

	for (size_t j = 0; j <= b_count; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a_count; i++)
		fill_row(rows, a, i, b, b_count);
	return rows[a_count % 3][b_count];
}

void nearest_begin(struct nearest *nearest, const char *typed)
{
	nearest->count = decode(typed, nearest->typed);
	nearest->slips = SIZE_MAX;
}

bool nearest_try(struct nearest *nearest, const char *word)
{
	char32_t chars[NEAREST_MAX];
	size_t count = decode(word, chars), typed = nearest->count;
	size_t shorter = least(count, typed), longer = count + typed - shorter;
	size_t slips;

	if (!shorter || longer - shorter >= nearest->slips)
		return false;
	slips = distance(nearest->typed, typed, chars, count);
	if (slips >= longer || slips > (longer + 2) / 3 ||
	    slips >= nearest->slips)
		return false;
	nearest->slips = slips;
	return true;
}
