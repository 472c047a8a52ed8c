/*
 * 排序: by what the rows of a listing are sorted, and into which groups they
 * fall.
 */
#ifndef QUERY_ORDER_H
#define QUERY_ORDER_H

#include "base/buf.h"
#include "base/err.h"
#include "query/catalog.h"

/* What has no value, or no date, is last, reversed as well. */
enum sort {
	SORT_MATCH,   /* match 匹配: where a text is found: number, title,
			 proposers, rest; without one, and in ties, 编号 */
	SORT_NUMBER,  /* number 编号: session, number; and ties of the rest */
	SORT_DUE,     /* due 期限: soonest first */
	SORT_UNIT,    /* unit 主办: configuration's order, here and below */
	SORT_STATUS,  /* status 状态 */
	SORT_CHANGED, /* changed 更新时间: newest first */
	SORT_LEVEL,   /* level 级别 */
	SORT_CATEGORY,
	SORT_RESULT,
	SORT_FEEDBACK,
	SORT_RECEIVED, /* received 收到, and the other days: soonest first */
	SORT_FILED,
	SORT_ASSIGNED,
	SORT_REPLIED,
	SORT_CLOSED,
	SORT_COUNT
};

const char *sort_label(enum sort sort);

/* By name or label; -1. */
int sort_find(const char *text);

enum { ORDER_KEYS = 4 };

struct order_key {
	enum sort by;
	bool reverse;
};

/* Zero-initialised: by SORT_MATCH, in no groups. */
struct order {
	struct order_key keys[ORDER_KEYS]; /* the first weighs most */
	size_t count;
	bool grouped; /* under heads, in the order of the configuration */
	enum facet group;
};

/*
 * The keys, from names or labels by commas or blanks, - before what is
 * reversed: 主办,-期限. ERR_USAGE names all there are, or says that it is too
 * many; then nothing has changed.
 */
MUST_USE
bool order_parse(struct order *order, const char *text, struct err *err);

/* Add the keys as order_parse() reads them; for people: 主办、期限反序. */
void order_write(const struct order *order, struct buf *out);
void order_explain(const struct order *order, struct buf *out);

/* The place of a key, or -1. */
int order_place(const struct order *order, enum sort by);

/* By this alone; if it is so already, the other way round. */
void order_only(struct order *order, enum sort by);

/*
 * Behind the keys that there are; if it is one of them the other way round,
 * and out when it was reversed. False: there is no room for it.
 */
bool order_add(struct order *order, enum sort by);

/* Every key the other way round. */
void order_turn(struct order *order);

/*
 * By name or label: status, unit, category, level, result, feedback, session;
 * none 不分组. ERR_USAGE names them.
 */
MUST_USE
bool order_group(struct order *order, const char *text, struct err *err);

#endif
