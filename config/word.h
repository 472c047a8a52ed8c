/*
 * The words a setting chooses from, each with the value it stands for.
 */
#ifndef CONFIG_WORD_H
#define CONFIG_WORD_H

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

#endif
