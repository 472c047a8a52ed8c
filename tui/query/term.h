/*
 * The conditions that there are, in one table: the language, its completion
 * and the help are made of it.
 */
#ifndef QUERY_TERM_H
#define QUERY_TERM_H

#include <stdbool.h>
#include <stddef.h>

enum term_kind {
	TERM_FACET,   /* `which`: enum facet; = and != with values */
	TERM_DUE,     /* the facet 期限, and the day as well */
	TERM_DAYS,    /* enum filter_date; all that compares */
	TERM_NUMBERS, /* = and != with numbers and ranges */
	TERM_PERSON,  /* = and != with names */
	TERM_TEXT,    /* = and != with one text */
	TERM_MERGED,  /* = 是, 否 */
	TERM_LATE,    /* a word alone: enum lateness */
	TERM_MARKED,  /* a word alone */
};

struct term {
	const char *name, *label; /* status, 状态 */
	const char *synonyms[4];  /* NULL behind the last */
	enum term_kind kind;
	int which;
	const char *example; /* 状态=办理中,已答复 */
	const char *help;    /* 办理状态 */
};

/* The facets come first, in their order. */
extern const struct term terms[];
extern const size_t term_count;

/* By name, label or synonym; width and case make no difference. NULL. */
const struct term *term_find(const char *text, size_t len);

/* It stands alone, without = and values. */
bool term_alone(const struct term *term);

/* < and > make sense. */
bool term_compares(const struct term *term);

#endif
