#include "query/filter.h"

#include <string.h>

static uint64_t bit(size_t value)
{
	return UINT64_C(1) << (value % 64);
}

bool filter_has(const struct filter *filter, enum facet facet, size_t value)
{
	return value < FACET_VALUES_MAX &&
	       (filter->values[facet][value / 64] & bit(value)) != 0;
}

void filter_toggle(struct filter *filter, enum facet facet, size_t value)
{
	if (value >= FACET_VALUES_MAX)
		return;
	filter->values[facet][value / 64] ^= bit(value);
	if (filter_has(filter, facet, value))
		filter->chosen[facet]++;
	else
		filter->chosen[facet]--;
}

void filter_only(struct filter *filter, enum facet facet, size_t value)
{
	filter_any(filter, facet);
	filter_toggle(filter, facet, value);
}

void filter_any(struct filter *filter, enum facet facet)
{
	memset(filter->values[facet], 0, sizeof(filter->values[facet]));
	filter->chosen[facet] = 0;
}

static void show_facet(const struct filter *filter,
		       const struct catalog *catalog, enum facet facet,
		       struct buf *out)
{
	const struct facet_values *values = &catalog->facets[facet];
	const char *before = " ";

	buf_str(out, facet_label(facet));
	for (size_t i = 0; i < values->count; i++) {
		if (!filter_has(filter, facet, i))
			continue;
		buf_str(out, before);
		buf_str(out, values->items[i].label);
		before = "、";
	}
}

void filter_show(const struct filter *filter, const struct catalog *catalog,
		 unsigned except, struct buf *out)
{
	const char *before = "";

	for (int f = 0; f < FACET_COUNT; f++) {
		if (!filter->chosen[f] || except & 1u << f)
			continue;
		buf_str(out, before);
		show_facet(filter, catalog, (enum facet)f, out);
		before = "  ";
	}
	if (filter->text[0])
		buf_printf(out, "%s“%s”", before, filter->text);
}
