#include <stdio.h>
#include <string.h>

#include "app/search.h"
#include "query/complete.h"

/* Completions cover at most so many rows of the list. */
enum { COMPLETION_ROWS = 8 };

/* --- What is typed --- */

static struct language language(const struct app *app)
{
	return model_language(&app->model);
}

/* What the line asks, to what was asked without it. */
static bool search_parse(const struct app *app, const char *text,
			 struct filter *out, size_t *at, struct err *err)
{
	const struct language about = language(app);

	*out = app->line_base;
	return filter_parse(out, &about, text, at, err);
}

/* The line without the condition at the caret, which may be half of one. */
static struct buf all_but_one(const struct app *app)
{
	const struct completions *found = &app->completions;
	struct buf text = {0};

	buf_add(&text, app->line.text, found->begin);
	buf_str(&text, app->line.text + found->to);
	return text;
}

/* As long as it makes no sense the list is that of the rest of the line, or,
 * where that makes none either, stays. */
static void search_apply(struct app *app)
{
	struct filter filter;
	struct err err = {0};
	bool ok = search_parse(app, app->line.text, &filter, NULL, &err);

	if (!ok) {
		struct buf rest = all_but_one(app);

		ok = search_parse(app, buf_text(&rest), &filter, NULL, &err);
		buf_free(&rest);
	}
	if (!ok)
		return;
	app->model.filter = filter;
	/* The best of what a text finds is what one is after. */
	if (*filter.text) {
		model_refresh(&app->model);
		model_go(&app->model, 0);
	} else {
		model_return(&app->model, app->line_place);
	}
}

/* 办理中，7 天内到期：31 件; texts stand in the line as they are. */
void search_tell(struct app *app, struct buf *out)
{
	const struct language about = language(app);
	struct filter typed = {0}, texts = {0};
	struct err err = {0};

	if (!app->line.len)
		return;
	/* What it may become is shown already. */
	if (!filter_parse(&typed, &about, app->line.text, NULL, &err) &&
	    !app->palette.count) {
		buf_str(out, err.text);
		return;
	}
	memcpy(texts.text, typed.text, sizeof(texts.text));
	if (memcmp(&texts, &typed, sizeof(texts)) != 0) {
		filter_explain(&typed, about.catalog, 0, out);
		buf_str(out, "：");
	}
	buf_printf(out, "%zu 件", app->model.listing.count);
}

/* --- Completions --- */

void search_close(struct app *app)
{
	menu_free(&app->palette);
	arena_free(&app->hints);
	app->completions = (struct completions){.facet = -1};
	app->completing = false;
	app->model.counts_all = false;
}

static void find_completions(struct app *app)
{
	const struct language about = language(app);

	arena_free(&app->hints);
	filter_complete(&about, &app->model.counts,
			model_uncounted(&app->model), app->line.text,
			app->line.caret, &app->hints, &app->completions);
}

/* The values of a facet stand there with their counts. */
static void count_completions(struct app *app)
{
	int facet = app->completions.facet;

	if (facet < 0 || !(model_uncounted(&app->model) & 1u << facet))
		return;
	app->model.counts_all = true;
	model_refresh(&app->model);
	find_completions(app);
}

/* Not where a word begins, nor for a word that is whole. */
static bool worth_showing(const struct app *app)
{
	const struct completions *found = &app->completions;
	size_t typed = found->to - found->from;

	if (found->names && app->line.caret == found->from)
		return false;
	return found->count > 1 ||
	       (found->count == 1 &&
		(strlen(found->items[0].text) != typed ||
		 memcmp(found->items[0].text, app->line.text + found->from,
			typed) != 0));
}

static void show_completions(struct app *app)
{
	struct menu *menu = &app->palette;

	menu_free(menu);
	for (size_t i = 0; i < app->completions.count; i++) {
		const struct completion *from = &app->completions.items[i];
		struct menu_item *item = menu_add(menu);
		char count[16] = "";

		if (from->counted)
			snprintf(count, sizeof(count), "%u 件  ", from->count);
		item->label = from->label;
		item->style = STYLE_NORMAL;
		snprintf(item->detail, sizeof(item->detail), "%s%s", count,
			 from->code);
	}
}

static void update_completions(struct app *app)
{
	find_completions(app);
	if (app->completions.facet < 0)
		app->model.counts_all = false;
	count_completions(app);
	app->completing = false;
	if (worth_showing(app))
		show_completions(app);
	else
		menu_free(&app->palette);
}

/* Put it in the place of the word at the caret. */
static void take_completion(struct app *app)
{
	const struct completions *found = &app->completions;
	size_t n = app->palette.scroll.cursor;
	struct buf text = {0};

	if (n >= found->count)
		return;
	buf_add(&text, app->line.text, found->from);
	buf_str(&text, found->items[n].text);
	size_t caret = text.len;
	buf_str(&text, app->line.text + found->to);
	if (text.len <= EDIT_MAX) {
		edit_set(&app->line, buf_text(&text));
		app->line.caret = caret;
	}
	buf_free(&text);
	search_changed(app);
}

/* Tab: what is shown, the only one there is, or show what there is. */
static void complete(struct app *app)
{
	if (app->palette.count == 0 && app->completions.count > 1) {
		show_completions(app);
		app->completing = true;
		return;
	}
	if (app->completions.count)
		take_completion(app);
}

/* --- The prompt --- */

void search_changed(struct app *app)
{
	find_completions(app);
	search_apply(app);
	update_completions(app);
}

/* Enter with a mistake stays, with the caret where it is. */
static bool stays(struct app *app)
{
	struct filter unused;
	struct err err = {0};
	size_t at = 0;

	if (search_parse(app, app->line.text, &unused, &at, &err))
		return false;
	app->line.caret = at;
	app_say(app, STYLE_ALERT, "%s", err.text);
	return true;
}

static bool choose(struct app *app, long by)
{
	if (app->palette.count == 0)
		return false;
	/* The first step only says that one is chosen. */
	if (app->completing || by < 0)
		scroll_move(&app->palette.scroll, by);
	app->completing = true;
	return true;
}

bool search_key(struct app *app, keycode code)
{
	switch (code) {
	case KEYCODE_UP:
		return choose(app, -1);
	case KEYCODE_DOWN:
		return choose(app, 1);
	case KEYCODE_TAB:
		complete(app);
		return true;
	case KEYCODE_ENTER:
		if (app->completing)
			take_completion(app);
		else
			return stays(app);
		return true;
	case KEYCODE_ESC:
		if (!app->completing)
			return false;
		menu_free(&app->palette);
		app->completing = false;
		return true;
	default:
		return false;
	}
}

bool search_accept(struct app *app, struct err *err)
{
	(void)err;
	search_close(app);
	app->focus = FOCUS_LIST;
	return true;
}

void search_cancel(struct app *app)
{
	search_close(app);
	app->model.filter = app->line_before;
	model_return(&app->model, app->line_place);
}

/* Just above the line, so that the list can be seen. */
void search_above(struct app *app, struct rect area)
{
	int rows = (int)app->palette.count;

	if (rows > COMPLETION_ROWS)
		rows = COMPLETION_ROWS;
	if (rows > area.height / 2)
		rows = area.height / 2;
	if (rows <= 0)
		return;
	area.y += area.height - rows;
	area.height = rows;
	for (int i = 0; i < rows; i++)
		canvas_fill(app->canvas, area.y + i, 0, area.width,
			    STYLE_NORMAL, ' ');
	menu_draw(&app->palette, app->canvas, area);
}

static const struct prompt_ops conditions_ops = {
	.label = "条件",
	.hint = "Tab 补全  Enter 保留  Esc 取消",
	.changed = search_changed,
	.accept = search_accept,
	.cancel = search_cancel,
	.tell = search_tell,
	.key = search_key,
	.above = search_above,
};

bool prompt_conditions(struct app *app, struct err *err)
{
	struct buf text = {0};
	bool fits;

	filter_format(&app->model.filter, &app->model.catalog, SPELL_LABELS,
		      &text);
	/* More is typed behind it. */
	if (text.len)
		buf_char(&text, ' ');
	fits = text.len <= EDIT_MAX;
	if (fits) {
		app->line_base = (struct filter){0};
		prompt_open(app, &conditions_ops, buf_text(&text));
	} else {
		err_set(err, ERR_REFUSED,
			"条件太长，一行写不下，请在整页筛选里改");
	}
	buf_free(&text);
	return fits;
}
