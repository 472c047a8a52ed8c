/*
 * A list of texts that somebody else owns, as a rule an arena.
 */
#ifndef BASE_STRINGS_H
#define BASE_STRINGS_H

#include <stddef.h>

struct strings {
	const char **items; /* each NUL-terminated, never NULL */
	size_t count;
};

#endif
