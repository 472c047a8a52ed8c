#include "query/order.h"

#include <string.h>

#include "config/word.h"
#include "domain/excerpt.h"

static const struct {
	const char *name, *label;
} sorts[SORT_COUNT] = {
	[SORT_MATCH] = {"match", "匹配"},
	[SORT_NUMBER] = {"number", "编号"},
	[SORT_DUE] = {"due", "期限"},
	[SORT_UNIT] = {"unit", "主办"},
	[SORT_STATUS] = {"status", "状态"},
	[SORT_CHANGED] = {"changed", "更新时间"},
	[SORT_LEVEL] = {"level", "级别"},
	[SORT_CATEGORY] = {"category", "类别"},
	[SORT_RESULT] = {"result", "结果"},
	[SORT_FEEDBACK] = {"feedback", "反馈"},
	[SORT_RECEIVED] = {"received", "收到"},
	[SORT_FILED] = {"filed", "立案"},
	[SORT_ASSIGNED] = {"assigned", "交办"},
	[SORT_REPLIED] = {"replied", "答复"},
	[SORT_CLOSED] = {"closed", "办结"},
};

const char *sort_label(enum sort sort)
{
	return sorts[sort].label;
}

int sort_find(const char *text)
{
	for (int i = 0; i < SORT_COUNT; i++)
		if (strcmp(text, sorts[i].name) == 0 ||
		    strcmp(text, sorts[i].label) == 0)
			return i;
	return -1;
}

static bool refuse(const char *word, struct err *err)
{
	char said[EXCERPT_SIZE];
	struct buf labels = {0};

	for (int i = 0; i < SORT_COUNT; i++)
		buf_printf(&labels, "%s%s", i ? "、" : "", sorts[i].label);
	excerpt(word, strlen(word), said);
	err_set(err, ERR_USAGE, "没有“%s”这种排序，可选：%s", said,
		buf_text(&labels));
	buf_free(&labels);
	return false;
}

static bool add(struct order *order, enum sort by, bool reverse,
		struct err *err)
{
	if (order_place(order, by) >= 0)
		return err_set(err, ERR_USAGE, "排序里“%s”写了两次",
			       sort_label(by));
	if (order->count == ORDER_KEYS)
		return err_set(err, ERR_USAGE, "最多按 %d 项排序", ORDER_KEYS);
	order->keys[order->count++] = (struct order_key){by, reverse};
	return true;
}

bool order_parse(struct order *order, const char *text, struct err *err)
{
	struct order keys = {.grouped = order->grouped, .group = order->group};
	char word[WORD_MAX];

	while (word_next(&text, word)) {
		bool reverse = *word == '-' && word[1];
		int by = sort_find(word + reverse);

		if (by < 0)
			return refuse(word + reverse, err);
		if (!add(&keys, (enum sort)by, reverse, err))
			return false;
	}
	*order = keys;
	return true;
}

void order_write(const struct order *order, struct buf *out)
{
	for (size_t i = 0; i < order->count; i++)
		buf_printf(out, "%s%s%s", i ? "," : "",
			   order->keys[i].reverse ? "-" : "",
			   sorts[order->keys[i].by].name);
}

void order_explain(const struct order *order, struct buf *out)
{
	for (size_t i = 0; i < order->count; i++)
		buf_printf(out, "%s%s%s", i ? "、" : "",
			   sorts[order->keys[i].by].label,
			   order->keys[i].reverse ? "反序" : "");
}

int order_place(const struct order *order, enum sort by)
{
	for (size_t i = 0; i < order->count; i++)
		if (order->keys[i].by == by)
			return (int)i;
	return -1;
}

void order_only(struct order *order, enum sort by)
{
	bool reverse = order->count == 1 && order->keys[0].by == by &&
		       !order->keys[0].reverse;

	order->keys[0] = (struct order_key){by, reverse};
	order->count = 1;
}

bool order_add(struct order *order, enum sort by)
{
	int place = order_place(order, by);
	struct err err;

	if (place < 0)
		return add(order, by, false, &err);
	if (!order->keys[place].reverse) {
		order->keys[place].reverse = true;
		return true;
	}
	order->count--;
	for (size_t i = (size_t)place; i < order->count; i++)
		order->keys[i] = order->keys[i + 1];
	return true;
}

void order_turn(struct order *order)
{
	if (!order->count)
		order->keys[order->count++].by = SORT_NUMBER;
	for (size_t i = 0; i < order->count; i++)
		order->keys[i].reverse = !order->keys[i].reverse;
}

bool order_group(struct order *order, const char *text, struct err *err)
{
	enum facet facet;
	struct buf labels = {0};

	if (strcmp(text, "none") == 0 || strcmp(text, "不分组") == 0) {
		order->grouped = false;
		return true;
	}
	if (facet_find(text, &facet) && facet != FACET_DUE) {
		order->grouped = true;
		order->group = facet;
		return true;
	}
	for (int f = 0; f < FACET_COUNT; f++)
		if (f != FACET_DUE)
			buf_printf(&labels, "、%s", facet_label((enum facet)f));
	err_set(err, ERR_USAGE, "不能按“%s”分组，可选：不分组%s", text,
		buf_text(&labels));
	buf_free(&labels);
	return false;
}
