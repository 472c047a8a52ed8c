#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/arrange.h"

static const char shown[] = "[x]", hidden[] = "[ ]";

static bool is_shown(const struct menu_item *item)
{
	return strcmp(item->key, shown) == 0;
}

static void add_column(struct menu *menu, enum list_column column, bool is_on)
{
	struct menu_item *item = menu_add(menu);

	item->label = list_column_words[column].label;
	item->value = (int)column;
	snprintf(item->key, sizeof(item->key), "%s", is_on ? shown : hidden);
}

static bool has(const struct list_columns *columns, enum list_column column)
{
	for (size_t i = 0; i < columns->count; i++)
		if (columns->items[i] == column)
			return true;
	return false;
}

/* Those that are shown in their order, the others; the title stays last. */
static void fill_columns(const struct list_columns *columns, struct menu *menu)
{
	for (size_t i = 0; i < columns->count; i++)
		if (columns->items[i] != LIST_TITLE)
			add_column(menu, columns->items[i], true);
	for (int c = 0; c < LIST_TITLE; c++)
		if (!has(columns, (enum list_column)c))
			add_column(menu, (enum list_column)c, false);
	add_column(menu, LIST_TITLE, has(columns, LIST_TITLE));
}

static void take_columns(const struct menu *menu, struct list_columns *out)
{
	out->count = 0;
	for (size_t i = 0; i < menu->count; i++)
		if (is_shown(&menu->items[i]))
			out->items[out->count++] =
				(enum list_column)menu->items[i].value;
}

static bool toggle_column(struct app *app, struct menu *menu, struct err *err)
{
	struct menu_item *item = &menu->items[menu->scroll.cursor];
	bool hide = is_shown(item);

	if (hide && app->model.columns.count == 1)
		return err_set(err, ERR_REFUSED, "至少要留一列");
	snprintf(item->key, sizeof(item->key), "%s", hide ? hidden : shown);
	take_columns(menu, &app->model.columns);
	return true;
}

static void shift_column(struct app *app, struct menu *menu, int by)
{
	long from = (long)menu->scroll.cursor, to = from + by;
	long last = (long)menu->count - 1;

	if (from == last || to == last) {
		app_say(app, STYLE_DIM, "案由总在最后一列");
		return;
	}
	if (to < 0)
		return;
	struct menu_item item = menu->items[from];
	menu->items[from] = menu->items[to];
	menu->items[to] = item;
	menu->scroll.cursor = (size_t)to;
	take_columns(menu, &app->model.columns);
}

/* They are chosen already. */
static bool close_columns(struct app *app, int value, struct err *err)
{
	(void)app, (void)value, (void)err;
	return true;
}

ACTION(run_columns)
{
	struct page *page;

	if (*arg)
		return list_columns_parse(arg, &app->model.columns, err);
	page = page_push(app, PAGE_MENU,
			 "选列：空格选，J/K 或 +/- 移，Esc 返回");
	page->choose = close_columns;
	page->toggle = toggle_column;
	page->shift = shift_column;
	fill_columns(&app->model.columns, &page->menu);
	return true;
}

static bool shift(struct app *app, int by)
{
	struct page *page = page_top(app);

	if (page->shift)
		page->shift(app, &page->menu, by);
	return true;
}

ACTION(run_column_up)
{
	(void)arg, (void)err;
	return shift(app, -1);
}

ACTION(run_column_down)
{
	(void)arg, (void)err;
	return shift(app, 1);
}
