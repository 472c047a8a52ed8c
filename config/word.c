#include "config/word.h"

#include <string.h>
#include <strings.h>

#include "base/nearest.h"
#include "base/utf8.h"

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

const char *word_nearest(const struct word *words, const char *text)
{
	const char *meant = NULL;
	struct nearest nearest;

	nearest_begin(&nearest, text);
	for (; words->name; words++) {
		if (nearest_try(&nearest, words->name) ||
		    nearest_try(&nearest, words->label))
			meant = words->name;
	}
	return meant;
}

/* Of what is narrow: 、 is a comma. */
static bool is_between(char32_t cp)
{
	return cp == ' ' || cp == ',';
}

bool word_next(const char **at, char out[WORD_MAX])
{
	const char *end = *at + strlen(*at);
	size_t len = 0;

	while (*at < end) {
		char32_t cp = utf8_narrow(utf8_next(at, end));

		if (is_between(cp) && len)
			break;
		if (!is_between(cp) && len < WORD_MAX - 5)
			len += utf8_put(cp, out + len);
	}
	out[len] = '\0';
	return len;
}
