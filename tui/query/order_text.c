/*
 * An order as a text.
 */
#include <string.h>

#include "query/listing.h"

static const char *const names[SORT_COUNT] = {
	[SORT_MATCH] = "match",   [SORT_NUMBER] = "number",
	[SORT_DUE] = "due",       [SORT_UNIT] = "unit",
	[SORT_STATUS] = "status", [SORT_CHANGED] = "changed",
};

bool order_parse(struct order *order, const char *text, struct err *err)
{
	struct order read = {.reverse = *text == '-'};

	text += read.reverse;
	if (*text && !sort_find(text, &read.by, err))
		return false;
	*order = read;
	return true;
}

void order_write(const struct order *order, struct buf *out)
{
	if (order->by != SORT_MATCH || order->reverse)
		buf_printf(out, "%s%s", order->reverse ? "-" : "",
			   names[order->by]);
}

void order_explain(const struct order *order, struct buf *out)
{
	if (order->by != SORT_MATCH || order->reverse)
		buf_printf(out, "%s%s", sort_label(order->by),
			   order->reverse ? "反序" : "");
}

void order_turn(struct order *order)
{
	if (order->by == SORT_MATCH && !order->reverse)
		order->by = SORT_NUMBER;
	order->reverse = !order->reverse;
}
