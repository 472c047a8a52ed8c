#include "pane/model.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/width.h"
#include "query/late.h"

void model_init(struct model *model, struct store *store,
		const struct config *config)
{
	*model = (struct model){
		.store = store,
		.config = config,
		.cursor = SLOT_NONE,
		.anchor = SLOT_NONE,
	};
	model->columns.count = config->list_count;
	for (size_t i = 0; i < config->list_count; i++)
		model->columns.items[i] = config->list[i];
}

void model_free(struct model *model)
{
	model_end(model);
	catalog_free(&model->catalog);
	buf_free(&model->lost);
	listing_free(&model->listing);
	widths_free(&model->widths);
	groups_free(&model->groups);
	selection_free(&model->selection);
	selection_free(&model->dropped);
}

/* The new year's work is what most people want to see first. */
static void first_look(struct model *model)
{
	static const struct view current = {.name = "",
					    .filter = "",
					    .sort = "",
					    .group = "",
					    .columns = ""};
	const struct view *view = model->start ? model->start : &current;
	struct look look;

	model->today = clock_today();
	const struct language language = model_language(model);
	view_salvage(view, &language, &look, &model->lost);
	model_show(model, &look, "");
}

bool model_begin(struct model *model, struct err *err)
{
	bool first = model->version == 0;

	if (!reading_begin(model->store, &model->reading, err))
		return false;
	model->access = reading_access(model->reading);
	catalog_update(&model->catalog, model->config, model->reading);
	if (first) {
		first_look(model);
		model_refresh(model);
		model_go(model, 0);
	}
	return true;
}

void model_end(struct model *model)
{
	if (model->reading)
		reading_end(model->reading);
	model->reading = NULL;
}

bool model_stale(const struct model *model)
{
	return reading_version(model->reading) != model->version ||
	       clock_today() != model->today ||
	       width_ambiguous() != model->widths.ambiguous;
}

unsigned model_uncounted(const struct model *model)
{
	return model->counts_all ? 0 : ~(1u << FACET_STATUS | 1u << FACET_DUE);
}

static struct query query_of(struct model *model)
{
	return (struct query){
		.reading = model->reading,
		.catalog = &model->catalog,
		.filter = &model->filter,
		.order = model->order,
		.today = model->today,
		.marked = &model->selection,
		.widths = &model->widths,
		.groups = &model->groups,
		.uncounted = model_uncounted(model),
	};
}

void model_refresh(struct model *model)
{
	size_t before = model_line(model, model->row);
	long row;

	model->version = reading_version(model->reading);
	model->today = clock_today();
	const struct query query = query_of(model);
	listing_run(&query, &model->listing, &model->counts);
	row = model->cursor == SLOT_NONE
		      ? -1
		      : listing_row(&model->listing, model->cursor);
	if (row < 0) {
		model_go(model, (long)model->row);
		return;
	}
	/* Lines came or went above the cursor: scroll along with it. */
	size_t line = model_line(model, (size_t)row);
	if (line != before && before >= model->top) {
		size_t below = before - model->top;
		model->top = line > below ? line - below : 0;
	}
	model->row = (size_t)row;
	model_scroll(model);
}

struct language model_language(const struct model *model)
{
	return (struct language){
		.catalog = &model->catalog,
		.reading = model->reading,
		.today = model->today,
		.screen = true,
	};
}

struct look model_look(const struct model *model)
{
	return (struct look){model->filter, model->order, model->columns};
}

void model_show(struct model *model, const struct look *look, const char *view)
{
	char name[VIEW_NAME_BYTES]; /* it may be the model's own */

	snprintf(name, sizeof(name), "%s", view);
	model->filter = look->filter;
	model->order = look->order;
	model->columns = look->columns;
	model->opened = *look;
	memcpy(model->view, name, sizeof(name));
}

struct place model_place(const struct model *model)
{
	return (struct place){model->cursor, model->top};
}

void model_return(struct model *model, struct place place)
{
	model->cursor = place.cursor;
	model_refresh(model);
	model->top = place.top;
	model_scroll(model);
}

size_t model_line(const struct model *model, size_t row)
{
	const struct groups *groups = &model->groups;

	return groups->count ? row + groups_of(groups, row) + 1 : row;
}

size_t model_lines(const struct model *model)
{
	return model->listing.count + model->groups.count;
}

bool model_at_line(const struct model *model, size_t line, size_t *n)
{
	const struct groups *groups = &model->groups;
	size_t low = 0, high = groups->count;

	*n = line;
	if (!high)
		return true;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (groups->items[middle].first + middle <= line)
			low = middle;
		else
			high = middle;
	}
	if (groups->items[low].first + low == line) {
		*n = low;
		return false;
	}
	*n = line - low - 1;
	return true;
}

/* The line to be seen above the cursor: the head of its group, if it is the
 * first of it. */
static size_t line_above(const struct model *model, size_t line)
{
	size_t n;

	return line && !model_at_line(model, line - 1, &n) ? line - 1 : line;
}

void model_scroll(struct model *model)
{
	size_t height = model->height ? model->height : 1;
	size_t line = model_line(model, model->row);
	size_t lines = model_lines(model);

	if (model->top + height > lines)
		model->top = lines > height ? lines - height : 0;
	if (line >= model->top + height)
		model->top = line - height + 1;
	else if (height > 1 && line_above(model, line) < model->top)
		model->top = line_above(model, line);
	else if (line < model->top)
		model->top = line;
}

void model_turn_page(struct model *model, int by)
{
	long height = (long)model->height * by, n;
	long line = (long)model_line(model, model->row) + height;
	long last = (long)model_lines(model) - 1;
	long top = (long)model->top + height;
	size_t row;

	if (!model->listing.count)
		return;
	line = line < 0 ? 0 : line > last ? last : line;
	/* The first row of the group whose head it is. */
	if (!model_at_line(model, (size_t)line, &row))
		row = model->groups.items[row].first;
	n = (long)row;
	model->top = top > 0 ? (size_t)top : 0;
	model_go(model, n);
}

bool model_go_late(struct model *model, int by, bool *around)
{
	const struct query query = query_of(model);
	long row = late_next(&query, &model->listing, model->row, by);

	if (row < 0)
		return false;
	*around = by > 0 ? (size_t)row < model->row : (size_t)row > model->row;
	model_go(model, row);
	return true;
}

void model_go(struct model *model, long row)
{
	size_t count = model->listing.count;

	if (row < 0)
		row = 0;
	model->row = (size_t)row < count ? (size_t)row : count ? count - 1 : 0;
	model->cursor = count ? model->listing.slots[model->row] : SLOT_NONE;
	model_scroll(model);
}

bool model_go_slot(struct model *model, uint32_t slot)
{
	long row = listing_row(&model->listing, slot);

	if (row >= 0)
		model_go(model, row);
	return row >= 0;
}

bool model_range(const struct model *model, size_t *first, size_t *last)
{
	long row = model->anchor == SLOT_NONE
			   ? -1
			   : listing_row(&model->listing, model->anchor);

	if (row < 0)
		return false;
	*first = (size_t)row < model->row ? (size_t)row : model->row;
	*last = (size_t)row < model->row ? model->row : (size_t)row;
	return true;
}

uint32_t *model_targets(const struct model *model, size_t *count)
{
	uint32_t *slots, slot;

	*count = model->selection.count;
	if (!*count) {
		*count = model->cursor != SLOT_NONE;
		slots = mem_array(1, sizeof(*slots));
		*slots = model->cursor;
		return slots;
	}
	slots = mem_array(*count, sizeof(*slots));
	size_t n = 0;
	for (uint32_t from = 0; selection_next(&model->selection, from, &slot);
	     from = slot + 1)
		slots[n++] = slot;
	return slots;
}
