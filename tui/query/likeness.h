/*
 * How well what somebody has typed so far fits a name. Private to query/.
 */
#ifndef QUERY_LIKENESS_H
#define QUERY_LIKENESS_H

#include "base/pinyin.h"
#include "query/catalog.h"

/* The better comes first. */
enum likeness {
	LIKE_SAME,
	LIKE_BEGINS,
	LIKE_SOUNDS, /* its beginning sounds so: jxj 经信局 */
	LIKE_HAS,
	LIKE_ORDER, /* all its characters, in order: 发改委 发展和改革委员会 */
	LIKE_NOT
};

/* What was typed, prepared. Free with typed_free(). */
struct typed {
	struct buf folded;
	struct pinyin pinyin;
	bool sounds;
};

void typed_open(struct typed *typed, const char *text, size_t len);
void typed_free(struct typed *typed);

enum likeness typed_like(const struct typed *typed, const char *name);

/* The best of code, label, and what else the configuration calls it. */
enum likeness typed_like_value(const struct typed *typed,
			       const struct catalog *catalog, enum facet facet,
			       size_t value);

#endif
