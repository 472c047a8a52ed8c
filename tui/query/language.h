/*
 * The one language of conditions: at the screen, in saved views, in the shell
 * and in the configuration.
 *
 *     status=办理中,已答复 unit=经信局 due<7d assigned>=2024-03-01
 *     "地瓜经济" !result=A marked changed>=today by=王芳
 *
 * A condition is a name, a sign (= != < <= > >=) and values; names and values
 * in English and Chinese (query/term.h), full-width as well: ＝ ！ ＜ ＞ ≤ ≥ ≠
 * ，. ! before a condition or a text turns it around. Everything else is text
 * to be found; in "" or “” it may hold blanks, signs and names.
 */
#ifndef QUERY_LANGUAGE_H
#define QUERY_LANGUAGE_H

#include "query/filter.h"

/* What the words are about. */
struct language {
	const struct catalog *catalog;
	const struct reading
		*reading; /* whose people; NULL: any name will do */
	day today;
	bool screen; /* there are marks */
};

/*
 * Add to the filter what `text` says. ERR_USAGE, with the filter as it was,
 * names the character and the word, and what there is to choose; *at (may be
 * NULL) is the byte.
 */
MUST_USE
bool filter_parse(struct filter *filter, const struct language *language,
		  const char *text, size_t *at, struct err *err);

enum spelling {
	SPELL_CODES, /* status=handling: to be kept, whatever labels become */
	SPELL_LABELS /* 状态=办理中: to be read and edited */
};

/* Add the text that filter_parse() makes this very filter of. */
void filter_format(const struct filter *filter, const struct catalog *catalog,
		   enum spelling spelling, struct buf *out);

/*
 * Add what it means, for people: 办理中或已答复，主办经信局，7 天内到期;
 * without what is chosen of the facets in `except` (1 << facet). Nothing for
 * an empty one.
 */
void filter_explain(const struct filter *filter, const struct catalog *catalog,
		    unsigned except, struct buf *out);

#endif
