#include <string.h>

#include "app/actions.h"
#include "app/shell.h"
#include "app/views.h"
#include "base/clean.h"
#include "base/clock.h"
#include "base/width.h"
#include "exchange/json.h"
#include "pane/cells.h"

/* What is listed, and how. */
struct table {
	struct shell *shell;
	struct look look;
	uint32_t limit;
	struct listing listing;
	struct widths widths;
	struct groups groups;
};

/* A script wants all that there is: nothing is cut, but for a column more. */
static void add_cell(const struct table *table, const struct row *row, size_t n,
		     struct buf *out)
{
	enum list_column column = table->look.columns.items[n];
	bool last = n + 1 == table->look.columns.count;
	struct buf text = {0}, clean = {0};

	cell_infos[column].make(row, &text);
	clean_line(&clean, buf_text(&text), text.len);
	buf_str(out, buf_text(&clean));
	int room = cell_width(column, &table->widths, false, WIDE_SCREEN);
	for (int have = width_text(buf_text(&clean)); !last && have < room;
	     have++)
		buf_char(out, ' ');
	buf_str(out, last ? "\n" : "  ");
	buf_free(&text);
	buf_free(&clean);
}

static bool add_row(const struct table *table, uint32_t slot, struct err *err)
{
	struct shell *shell = table->shell;
	struct arena arena = {0};
	struct proposal p;
	bool ok = reading_proposal(shell->reading, slot, &arena, &p, err);
	const struct row row = {shell->config, &p, clock_today(), false};

	if (ok && shell->options.json)
		json_proposal(&p, &shell->out);
	for (size_t i = 0;
	     ok && !shell->options.json && i < table->look.columns.count; i++)
		add_cell(table, &row, i, &shell->out);
	arena_free(&arena);
	return ok && shell_flush_full(shell, err);
}

/* Before the rows of a group: -- 经信局  42 件，其中逾期 1 */
static void add_head(const struct table *table, size_t row)
{
	const struct groups *groups = &table->groups;
	struct buf *out = &table->shell->out;

	if (table->shell->options.json || !groups->count)
		return;
	const struct group_head *head = &groups->items[groups_of(groups, row)];
	if (head->first != row)
		return;
	buf_printf(out, "-- %s  %zu 件", head->label, head->count);
	if (head->late)
		buf_printf(out, "，其中逾期 %zu", head->late);
	buf_char(out, '\n');
}

static bool print(struct table *table, struct err *err)
{
	const struct listing *listing = &table->listing;
	bool ok = true;

	for (size_t i = 0; ok && i < listing->count && i < table->limit; i++) {
		add_head(table, i);
		ok = add_row(table, listing->slots[i], err);
	}
	if (ok && listing->count == 0)
		return err_set(err, ERR_NOT_FOUND, "没有符合条件的提案");
	if (ok && listing->count > table->limit)
		shell_say("共 %zu 件，只列出前 %u 件", listing->count,
			  table->limit);
	return ok;
}

static void run(struct table *table)
{
	const struct query query = {
		.reading = table->shell->reading,
		.catalog = &table->shell->catalog,
		.filter = &table->look.filter,
		.order = table->look.order,
		.today = clock_today(),
		.widths = &table->widths,
		.groups = &table->groups,
	};

	listing_run(&query, &table->listing, NULL);
}

static bool read_options(struct table *table, struct err *err)
{
	const struct options *options = &table->shell->options;
	struct order *order = &table->look.order;

	if (options->sort && !order_parse(order, options->sort, err))
		return false;
	if (options->reverse)
		order_turn(order);
	if (options->group && !order_group(order, options->group, err))
		return false;
	if (options->columns &&
	    !list_columns_parse(options->columns, &table->look.columns, err))
		return false;
	return !options->limit ||
	       shell_number("--limit", options->limit, &table->limit, err);
}

bool shell_list(struct shell *shell, struct err *err)
{
	struct table table = {.shell = shell, .limit = UINT32_MAX};
	bool ok = shell_reading(shell, err) &&
		  shell_look(shell, 0, &table.look, err);

	if (!ok)
		return false;
	ok = read_options(&table, err);
	if (ok) {
		run(&table);
		shell_explain(shell, &table.look.filter, table.listing.count);
		ok = print(&table, err);
	}
	listing_free(&table.listing);
	widths_free(&table.widths);
	groups_free(&table.groups);
	return ok;
}
