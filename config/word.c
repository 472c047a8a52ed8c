#include "config/word.h"

#include <strings.h>

#include "base/nearest.h"

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
