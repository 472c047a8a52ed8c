#include "sheet/delimiter.h"

#include <stdbool.h>
#include <string.h>

enum { LINES = 64, CANDIDATES = 4 };

static const char *const candidates[CANDIDATES] = {",", ";", "\t", "，"};
static const char bytes[CANDIDATES] = {',', ';', '\t', DELIMITER_WIDE};

struct lines {
	unsigned of[LINES][CANDIDATES];
	size_t count;
};

static int candidate_at(const char *at, const char *end)
{
	for (int i = 0; i < CANDIDATES; i++) {
		size_t len = strlen(candidates[i]);

		if ((size_t)(end - at) >= len &&
		    memcmp(at, candidates[i], len) == 0)
			return i;
	}
	return -1;
}

/* Count outside quotes; a last line that was cut counts like the others. */
static void count_lines(const char *at, const char *end, struct lines *lines)
{
	bool quoted = false;

	for (lines->count = 1; at < end; at++) {
		int which = quoted ? -1 : candidate_at(at, end);

		if (*at == '"')
			quoted = !quoted;
		if (which >= 0)
			lines->of[lines->count - 1][which]++;
		if (*at == '\n' && !quoted && lines->count++ == LINES)
			break;
	}
	if (lines->count > LINES)
		lines->count = LINES;
}

/* Lines that agree on how many there are; then how many there are. */
static unsigned long score(const struct lines *lines, int which)
{
	unsigned long best = 0;

	for (size_t i = 0; i < lines->count; i++) {
		unsigned n = lines->of[i][which];
		unsigned long agree = 0;

		for (size_t j = 0; n > 0 && j < lines->count; j++)
			agree += lines->of[j][which] == n;

		unsigned long value = agree << 20 | n;
		if (value > best)
			best = value;
	}
	return best;
}

char delimiter_find(const char *text, size_t len)
{
	struct lines lines = {0};
	unsigned long best = 0;
	int found = 0;

	if (len > 4 && memcmp(text, "sep=", 4) == 0) {
		found = candidate_at(text + 4, text + len);
		if (found >= 0)
			return bytes[found];
		found = 0;
	}
	count_lines(text, text + len, &lines);
	for (int i = 0; i < CANDIDATES; i++) {
		unsigned long value = score(&lines, i);

		/* A full-width comma is prose unless nothing else is there. */
		if (bytes[i] == DELIMITER_WIDE && best > 0)
			break;
		if (value > best) {
			best = value;
			found = i;
		}
	}
	return bytes[found];
}
