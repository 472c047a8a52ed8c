/*
 * Days as a condition names them: one day, a month, this week, 7 days from
 * now. What depends on today is kept as it was said, so that a saved view
 * means another day tomorrow.
 */
#ifndef QUERY_SPAN_H
#define QUERY_SPAN_H

#include "base/buf.h"
#include "base/day.h"
#include "base/err.h"

enum span_kind {
	SPAN_EMPTY, /* 无 none: no day at all */
	SPAN_DAY,   /* value: the day. 2024-03-01, 3月1日 */
	SPAN_MONTH, /* year * 12 + month - 1. 2024-03, 2024年3月 */
	SPAN_YEAR,  /* 2024, 2024年 */
	SPAN_AWAY,  /* days from today. 7d, 7天, -30d */
	SPAN_TODAY, /* 0, -1, 1. 今天 today, 昨天 yesterday, 明天 tomorrow */
	SPAN_THIS_WEEK,  /* weeks from Monday's. 本周 week, 上周, 下周 */
	SPAN_THIS_MONTH, /* 本月 month, 上月, 下月 */
	SPAN_THIS_YEAR,  /* 今年 year, 去年, 明年 */
};

struct span {
	enum span_kind kind;
	int32_t value;
};

enum compare {
	COMPARE_EQUAL, /* within the span */
	COMPARE_LESS,  /* before its first day; … */
	COMPARE_LESS_EQUAL,
	COMPARE_GREATER, /* … behind its last */
	COMPARE_GREATER_EQUAL,
};

/* first > last: none. DAY_NONE .. DAY_NONE: no day. */
struct stretch {
	day first, last;
};

/* The days that compare so, as seen from `today`. */
struct stretch span_stretch(struct span span, enum compare compare, day today);

/*
 * Read one, blanks around allowed. Days and months without a year are of the
 * year of `today`. ERR_USAGE says how a date is written.
 */
MUST_USE
bool span_parse(const char *text, day today, struct span *out, struct err *err);

/* Add it as it is read again; in Chinese with `chinese`. */
void span_format(struct span span, bool chinese, struct buf *out);

/* The words that stand for days: today 今天 …; false past the last. */
bool span_word(size_t n, const char **name, const char **label,
	       struct span *span);

#endif
