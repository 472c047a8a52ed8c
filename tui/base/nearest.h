/*
 * What a person may have meant by a word that is unknown: the known one that
 * is a slip or two of the fingers away. A slip adds, drops or changes a
 * character or swaps two neighbours. Upper and lower case, full-width forms,
 * - and _ make no difference.
 */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

/* Longer words are no slips of anything. */
#define NEAREST_MAX 40u

struct nearest {
	char32_t typed[NEAREST_MAX];
	size_t count;
	size_t slips; /* of the nearest word so far; SIZE_MAX none */
};

void nearest_begin(struct nearest *nearest, const char *typed);

/*
 * True if `word` is near, at most a slip for every three characters of the
 * longer of the two, and nearer than every word before it.
 */
bool nearest_try(struct nearest *nearest, const char *word);

#endif
