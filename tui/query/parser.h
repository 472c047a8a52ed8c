/*
 * What the parts of the parser of conditions share. Private to query/.
 */
#ifndef QUERY_PARSER_H
#define QUERY_PARSER_H

#include "query/language.h"
#include "query/lex.h"
#include "query/term.h"

struct parser {
	const struct language *language;
	struct filter *filter; /* being made */
	struct err *err;
	const char *at;    /* behind what was read */
	const char *wrong; /* where the mistake is, after one */

	/* The condition that is being read. */
	const struct term *term;
	enum compare compare;
	bool no;
	const char *values; /* behind its sign */
};

/* Remember where, and return false; the sentence is in parser->err. */
bool parser_wrong(struct parser *parser, const char *at);

/*
 * Step from a value, or a sign, to the next value; false when there is none,
 * and then `at` is behind the list.
 */
bool parser_first(struct parser *parser);
bool parser_next(struct parser *parser);

/* A known name with a sign behind it begins here. */
bool parser_condition(const char *at);

/* Read the values of facets, and of everything else. */
bool parser_facet(struct parser *parser, enum facet facet);
bool parser_days(struct parser *parser);
bool parser_numbers(struct parser *parser);
bool parser_people(struct parser *parser);

/* One date at `at`, which is added. */
bool parser_day(struct parser *parser);

/* More of them than a filter holds. */
bool parser_full(struct parser *parser, const char *at);

/* The value of a facet that a text means, the empty one too; -1. */
int value_named(const struct catalog *catalog, enum facet facet,
		const char *text);

#endif
