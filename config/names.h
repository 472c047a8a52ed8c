/*
 * By what names a choice is known: code, label, name, aliases, in a hash
 * table, because an import asks for every cell of a spreadsheet. Only for
 * config/.
 */
#ifndef CONFIG_NAMES_H
#define CONFIG_NAMES_H

#include "base/arena.h"
#include "config/mistakes.h"

struct name {
	const char *folded; /* NULL: free */
	uint32_t hash, choice;
	struct place at; /* in the file */
};

struct names {
	struct name *slots;
	size_t room; /* a power of two, at most half full */
};

/* For at most `count` names. */
struct names *names_new(struct arena *arena, size_t count);

/*
 * Add a name for choice number `choice`, or give the one that has it
 * already. NULL when added, and for an empty name, which nobody has.
 */
const struct name *names_add(struct names *names, struct arena *arena,
			     const char *text, uint32_t choice,
			     struct place at);

/* Blanks around, full-width letters and upper case make no difference. */
const struct name *names_find(const struct names *names, const char *text);

/* By the same rules; an empty name is like no other. NULL is empty. */
bool names_same(const char *a, const char *b);

#endif
