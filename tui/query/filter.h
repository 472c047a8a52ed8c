/*
 * 筛选: what a proposal has to be like to be listed. Several values of one
 * facet mean or, several facets and whatever else is asked mean and. How it
 * is written and read: query/language.h.
 */
#ifndef QUERY_FILTER_H
#define QUERY_FILTER_H

#include "query/catalog.h"
#include "query/condition.h"

#define FACET_VALUES_MAX 1024u
#define FACET_WORDS (FACET_VALUES_MAX / 64)
#define FILTER_TEXT 256u /* bytes, with the NUL */
#define FILTER_DAYS 16u
#define FILTER_NUMBERS 32u
#define FILTER_PEOPLE 8u

/*
 * Zero-initialised it lets everything through. Plain data without gaps: copy
 * it freely, compare it with memcmp().
 */
struct filter {
	uint64_t values[FACET_COUNT][FACET_WORDS];
	uint64_t without[FACET_COUNT][FACET_WORDS];
	uint16_t chosen[FACET_COUNT];   /* how many; 0: any */
	uint16_t excluded[FACET_COUNT]; /* how many may not be */
	struct filter_days days[FILTER_DAYS];
	struct filter_numbers numbers[FILTER_NUMBERS];
	struct filter_person people[FILTER_PEOPLE];
	uint8_t day_count, number_count, person_count;
	uint8_t marked, merged; /* enum filter_flag */
	uint8_t spare[3];
	/*
	 * Texts that all have to be there, and texts of which none may be:
	 * by blanks, one that holds blanks in "", where "" is a quotation
	 * mark. Set with filter_text(), read with filter_text_next().
	 */
	char text[FILTER_TEXT];
	char no_text[FILTER_TEXT];
};

bool filter_has(const struct filter *filter, enum facet facet, size_t value);
bool filter_excludes(const struct filter *filter, enum facet facet,
		     size_t value);
void filter_toggle(struct filter *filter, enum facet facet, size_t value);
void filter_only(struct filter *filter, enum facet facet, size_t value);
void filter_any(struct filter *filter, enum facet facet);

/* It has to be, with `no` may not be, one of these. */
void filter_choose(struct filter *filter, enum facet facet, size_t value,
		   bool no);

/* The facet narrows, and whether a value alone passes what it asks. */
bool filter_narrows(const struct filter *filter, enum facet facet);
bool filter_lets(const struct filter *filter, enum facet facet, size_t value);

/* Nothing is asked but what the facets in `except` (1 << facet) ask. */
bool filter_empty(const struct filter *filter, unsigned except);

/* Everything away but the facets in `keep` (1 << facet). */
void filter_clear(struct filter *filter, unsigned keep);

/* False when there is no room for it; what is there already stays once. */
MUST_USE
bool filter_add_days(struct filter *filter, struct filter_days days);
MUST_USE
bool filter_add_numbers(struct filter *filter, struct filter_numbers numbers);
MUST_USE
bool filter_add_person(struct filter *filter, const char *name, bool no);
MUST_USE
bool filter_add_text(struct filter *filter, const char *text, size_t len,
		     bool no);

/*
 * Make what a person typed to search for the only texts: words at blanks,
 * what is in "" or “” is one. False, and nothing changed, if it is too long.
 */
MUST_USE
bool filter_set_text(struct filter *filter, const char *typed);

/* The next of the texts at *at, which moves on; false at the end. */
bool filter_text_next(const char **at, char out[FILTER_TEXT]);

#endif
