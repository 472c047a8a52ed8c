#include "app/arrange.h"

#include <stdio.h>
#include <string.h>

#include "app/app.h"

static void say_order(struct app *app)
{
	struct buf words = {0};

	order_explain(&app->model.order, &words);
	app_say(app, STYLE_NORMAL, "按%s排列",
		words.len ? buf_text(&words) : sort_label(SORT_NUMBER));
	buf_free(&words);
}

static bool choose_sort(struct app *app, int value, struct err *err)
{
	(void)err;
	order_only(&app->model.order, (enum sort)value);
	model_refresh(&app->model);
	say_order(app);
	return true;
}

/* What each of the menu's orders has to do with the one that is in force. */
static void tell_sorts(const struct order *order, struct menu *menu)
{
	for (size_t i = 0; i < menu->count; i++) {
		struct menu_item *item = &menu->items[i];
		int place = order_place(order, (enum sort)item->value);

		*item->detail = '\0';
		if (place >= 0)
			snprintf(item->detail, sizeof(item->detail), "%d%s",
				 place + 1,
				 order->keys[place].reverse ? " 反序" : "");
	}
}

static bool add_sort(struct app *app, struct menu *menu, struct err *err)
{
	struct order *order = &app->model.order;
	int value = menu->items[menu->scroll.cursor].value;

	if (!order_add(order, (enum sort)value))
		return err_set(err, ERR_USAGE,
			       "最多按 %d 项排序，用空格去掉一项再加",
			       ORDER_KEYS);
	model_refresh(&app->model);
	tell_sorts(order, menu);
	return true;
}

static bool sort_as_typed(struct app *app, const char *arg, struct err *err)
{
	if (sort_find(arg) >= 0)
		return choose_sort(app, sort_find(arg), err);
	if (!order_parse(&app->model.order, arg, err))
		return false;
	model_refresh(&app->model);
	say_order(app);
	return true;
}

ACTION(run_sort)
{
	const struct order *order = &app->model.order;

	if (*arg)
		return sort_as_typed(app, arg, err);
	struct page *page = page_push(
		app, PAGE_MENU, "排序：Enter 只按这一项，空格加上、反序、去掉");
	page->choose = choose_sort;
	page->toggle = add_sort;
	for (int i = 0; i < SORT_COUNT; i++) {
		struct menu_item *item = menu_add(&page->menu);

		item->label = sort_label((enum sort)i);
		item->value = i;
	}
	tell_sorts(order, &page->menu);
	page->menu.scroll.cursor = order->count ? order->keys[0].by : 0;
	return true;
}

ACTION(run_add)
{
	struct page *page = page_top(app);

	(void)arg;
	if (!page->toggle || !page->menu.count)
		return run_open(app, "", err);
	return page->toggle(app, &page->menu, err);
}

static bool choose_group(struct app *app, int value, struct err *err)
{
	struct order *order = &app->model.order;

	(void)err;
	order->grouped = value < FACET_COUNT;
	order->group = order->grouped ? (enum facet)value : 0;
	model_refresh(&app->model);
	if (order->grouped)
		app_say(app, STYLE_NORMAL, "按%s分组：%zu 组",
			facet_label(order->group), app->model.groups.count);
	else
		app_say(app, STYLE_NORMAL, "不分组");
	return true;
}

static void add_group(const struct order *order, struct menu *menu, int value,
		      const char *label)
{
	struct menu_item *item = menu_add(menu);

	item->label = label;
	item->value = value;
	if (value == (order->grouped ? (int)order->group : FACET_COUNT)) {
		snprintf(item->detail, sizeof(item->detail), "现在是这样");
		menu->scroll.cursor = menu->count - 1;
	}
}

ACTION(run_group)
{
	struct order *order = &app->model.order;

	if (*arg)
		return order_group(order, arg, err) &&
		       choose_group(app,
				    order->grouped ? (int)order->group
						   : FACET_COUNT,
				    err);
	struct page *page = page_push(app, PAGE_MENU, "分组");
	page->choose = choose_group;
	add_group(order, &page->menu, FACET_COUNT, "不分组");
	for (int f = 0; f < FACET_COUNT; f++)
		if (f != FACET_DUE)
			add_group(order, &page->menu, f,
				  facet_label((enum facet)f));
	return true;
}

static bool go_late(struct app *app, int by)
{
	struct page *page = page_top(app);
	struct model *model = &app->model;
	bool around;

	if (!model->counts.overdue)
		app_say(app, STYLE_DIM, "列表里没有逾期的提案");
	else if (!model_go_late(model, by, &around))
		app_say(app, STYLE_DIM, "列表里没有别的逾期提案");
	else if (around)
		app_say(app, STYLE_NORMAL,
			by > 0 ? "到底了，从头接着找" : "到头了，从底下接着找");
	if (page->kind == PAGE_DETAIL && model->counts.overdue)
		page_detail(app, model->cursor);
	return true;
}

ACTION(run_late_next)
{
	(void)arg, (void)err;
	return go_late(app, 1);
}

ACTION(run_late_before)
{
	(void)arg, (void)err;
	return go_late(app, -1);
}
