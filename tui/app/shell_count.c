#include <stdlib.h>
#include <string.h>

#include "app/actions.h"
#include "app/shell.h"
#include "base/clean.h"
#include "base/clock.h"
#include "exchange/json.h"

/* Facets first, then filter words. */
struct grouping {
	enum facet by[2];
	int count;
};

static bool read_grouping(const struct shell *shell, struct grouping *out,
			  struct err *err)
{
	out->count = 0;
	while (out->count < 2 && out->count < shell->arg_count &&
	       facet_find(shell->args[out->count], &out->by[out->count]))
		out->count++;
	enum facet third;
	bool more = out->count == 2 && out->count < shell->arg_count &&
		    facet_find(shell->args[out->count], &third);

	if (out->count && !more)
		return true;
	return err_set(err, ERR_USAGE,
		       "要给出一个或两个分组：status unit category level "
		       "result feedback "
		       "due session");
}

static void json_group(const struct catalog *catalog, enum facet facet,
		       size_t value, struct buf *out)
{
	const char *code = catalog->facets[facet].items[value].code;

	buf_printf(out, "\"%s\":", facet_name(facet));
	if (*code)
		json_quote(code, out);
	else
		buf_str(out, "null");
	buf_char(out, ',');
}

static void text_group(const struct catalog *catalog, enum facet facet,
		       size_t value, struct buf *out)
{
	const char *label = catalog->facets[facet].items[value].label;

	clean_line(out, label, strlen(label));
	buf_char(out, '\t');
}

static void add_row(struct shell *shell, const struct grouping *grouping,
		    size_t x, size_t y, uint64_t count)
{
	struct buf *out = &shell->out;
	size_t values[2] = {x, y};

	if (shell->options.json)
		buf_char(out, '{');
	for (int i = 0; i < grouping->count; i++)
		(shell->options.json ? json_group : text_group)(
			&shell->catalog, grouping->by[i], values[i], out);
	if (shell->options.json)
		buf_printf(out, "\"count\":%llu}\n", (unsigned long long)count);
	else
		buf_printf(out, "%llu\n", (unsigned long long)count);
}

static void explain(const struct shell *shell, const struct query *query)
{
	struct listing listing = {0};

	listing_run(query, &listing, NULL);
	shell_explain(shell, query->filter, listing.count);
	listing_free(&listing);
}

/* One facet lists every value, zero or not; two only what there is. */
bool shell_count(struct shell *shell, struct err *err)
{
	struct filter filter;
	struct grouping grouping;
	struct cross cross = {0};

	if (!read_grouping(shell, &grouping, err) ||
	    !shell_reading(shell, err) ||
	    !shell_filter(shell, grouping.count, &filter, err))
		return false;
	struct query query = {
		.reading = shell->reading,
		.catalog = &shell->catalog,
		.filter = &filter,
		.today = clock_today(),
	};
	bool two = grouping.count == 2;
	if (shell->options.explain)
		explain(shell, &query);
	listing_cross(&query, grouping.by[0], grouping.by[two], &cross);
	for (size_t x = 0; x < cross.x_count; x++) {
		for (size_t y = 0; y < cross.y_count; y++) {
			uint64_t n = cross.cells[x * cross.y_count + y];

			if (two ? n > 0 : x == y)
				add_row(shell, &grouping, x, y, n);
		}
	}
	free(cross.cells);
	return true;
}
