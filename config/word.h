/*
 * The words a setting chooses from, each with the value it stands for.
 */
#ifndef CONFIG_WORD_H
#define CONFIG_WORD_H

#include <stdbool.h>

struct word {
	const char *name;  /* as written in YAML; NULL ends a table */
	const char *label; /* what the office calls it, for hints */
	int value;
};

/* In the order of enum phase. */
extern const struct word phase_words[];

/* By the name, upper or lower case. NULL if there is none. */
const struct word *word_find(const struct word *words, const char *name);

/* "" if no word has that value. */
const char *word_name(const struct word *words, int value);

/*
 * The name that was probably meant: by a slip of the finger, or because the
 * label was written. NULL if nothing is near.
 */
const char *word_nearest(const struct word *words, const char *text);

/*
 * The next of some words that are separated by commas or blanks of any width,
 * narrowed; *at moves behind it. False at the end. Of one that is too long the
 * beginning, which is no word of any table.
 */
enum { WORD_MAX = 64 };
bool word_next(const char **at, char out[WORD_MAX]);

#endif
