/*
 * The words a setting chooses from, each with the value it stands for.
 */
#ifndef CONFIG_WORD_H
#define CONFIG_WORD_H

#include <stddef.h>

struct word {
	const char *name;  /* as written in YAML; NULL ends a table */
	const char *label; /* what the office calls it, for hints */
	int value;
};

/* phase_name() and phase_label() in the order of enum phase. */
extern const struct word phase_words[];

/* By the name, upper or lower case. NULL if there is none. */
const struct word *word_find(const struct word *words, const char *name);

/* "" if no word has that value. */
const char *word_name(const struct word *words, int value);

/*
 * The name that was probably meant: the word whose label was written, or the
 * one a slip of the finger away. NULL if nothing is near.
 */
const char *word_nearest(const struct word *words, const char *text);

/*
 * How many letters have to be added, dropped, changed or swapped to make `a`
 * of `b`, in any case and with - and _ alike; SIZE_MAX for more than a slip.
 */
size_t word_distance(const char *a, const char *b);

#endif
