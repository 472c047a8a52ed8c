/*
 * 筛选: several values of one facet mean or, several facets mean and.
 */
#ifndef QUERY_FILTER_H
#define QUERY_FILTER_H

#include "base/buf.h"
#include "base/err.h"
#include "query/catalog.h"

#define FACET_VALUES_MAX 1024u
#define FILTER_TEXT 256u /* bytes, with the NUL */

/* Zero-initialised it lets everything through. Plain data, copy it freely. */
struct filter {
	uint64_t values[FACET_COUNT][FACET_VALUES_MAX / 64];
	uint16_t chosen[FACET_COUNT]; /* how many; 0: any */
	char text[FILTER_TEXT];       /* in title or proposers; "" any */
};

bool filter_has(const struct filter *filter, enum facet facet, size_t value);
void filter_toggle(struct filter *filter, enum facet facet, size_t value);
void filter_only(struct filter *filter, enum facet facet, size_t value);
void filter_any(struct filter *filter, enum facet facet);

/*
 * Add one word of the filter language: status=办理中,已答复 unit=经信局
 * level=重点 result=A category=… feedback=… due=overdue session=14-3 overdue
 * text=…; names and values in Chinese too; ＝ and ， accepted; the value 无 or
 * none is the empty one. ERR_USAGE names the word and what there is to choose.
 */
MUST_USE
bool filter_word(struct filter *filter, const struct catalog *catalog,
		 const char *word, struct err *err);

/*
 * Add it in words: 状态 办理中、已答复  主办 经信局  “地瓜经济”; without the
 * facets in `except` (1 << facet).
 */
void filter_show(const struct filter *filter, const struct catalog *catalog,
		 unsigned except, struct buf *out);

#endif
