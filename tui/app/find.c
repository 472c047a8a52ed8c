#include <stdio.h>
#include <string.h>

#include "app/actions.h"
#include "app/app.h"
#include "app/search.h"

/* A digit in the list begins a number; ":goto 173" brings a whole one. */
ACTION(run_goto)
{
	(void)err;
	prompt_number(app, arg);
	if (strlen(arg) > 1)
		prompt_key(app, KEYCODE_ENTER);
	return true;
}

ACTION(run_numbers)
{
	if (*arg)
		return mark_numbers(app, arg, err);
	prompt_numbers(app);
	return true;
}

ACTION(run_search)
{
	while (app->depth > 1)
		page_pop(app);
	if (!*arg) {
		prompt_search(app, KEYCODE_NONE);
		return true;
	}
	if (!filter_set_text(&app->model.filter, arg))
		return err_set(err, ERR_USAGE, "要找的文字太长，请写短些");
	model_refresh(&app->model);
	return true;
}

/* What the language of conditions says, to what there is. */
static bool add_conditions(struct app *app, const char *arg, struct err *err)
{
	const struct language language = model_language(&app->model);

	if (!filter_parse(&app->model.filter, &language, arg, NULL, err))
		return false;
	model_refresh(&app->model);
	return true;
}

ACTION(run_filter)
{
	if (*arg)
		return add_conditions(app, arg, err);
	while (app->depth > 1)
		page_pop(app);
	app->focus = FOCUS_BAND;
	app->band_before = app->model.filter;
	app->place_before = model_place(&app->model);
	for (long i = 0; app->model.filter.chosen[FACET_STATUS]; i++) {
		if (!filter_has(&app->model.filter, FACET_STATUS, (size_t)i))
			continue;
		app->band_value = i;
		return true;
	}
	app->band_value = -1;
	return true;
}

ACTION(run_conditions)
{
	(void)arg;
	while (app->depth > 1)
		page_pop(app);
	return prompt_conditions(app, err);
}

/* 逾期, then with 临期, then all again. */
ACTION(run_late)
{
	struct filter *filter = &app->model.filter;
	const struct catalog *catalog = &app->model.catalog;
	int late =
		catalog_match(catalog, FACET_DUE, lateness_name(LATE_OVERDUE));
	int soon = catalog_match(catalog, FACET_DUE, lateness_name(LATE_SOON));

	(void)arg, (void)err;
	while (app->depth > 1)
		page_pop(app);
	const char *shown, *next;

	if (!filter->chosen[FACET_DUE]) {
		filter_only(filter, FACET_DUE, (size_t)late);
		shown = "逾期", next = "再按 d 或 Ctrl-D 加上临期";
	} else if (!filter_has(filter, FACET_DUE, (size_t)soon)) {
		filter_toggle(filter, FACET_DUE, (size_t)soon);
		shown = "逾期和临期", next = "再按 d 或 Ctrl-D 看全部";
	} else {
		filter_any(filter, FACET_DUE);
		shown = "全部", next = "不再按期限筛选";
	}
	model_refresh(&app->model);
	app_say(app, STYLE_NORMAL, "%s：%zu 件，%s", shown,
		app->model.listing.count, next);
	return true;
}

ACTION(run_clear)
{
	(void)arg, (void)err;
	filter_clear(&app->model.filter, 1u << FACET_SESSION);
	*app->model.view = '\0';
	model_refresh(&app->model);
	app_say(app, STYLE_NORMAL, "已清除筛选：%zu 件",
		app->model.listing.count);
	return true;
}

ACTION(run_toggle)
{
	struct page *page = page_top(app);
	struct filter *filter = &app->model.filter;

	(void)arg, (void)err;
	if (page->kind == PAGE_FILTER) {
		enum facet facet = page->filter.facet;

		if (app->model.catalog.facets[facet].count)
			filter_toggle(filter, facet,
				      page->filter.cursor[facet]);
	} else if (app->band_value < 0) {
		filter_any(filter, FACET_STATUS);
	} else {
		filter_toggle(filter, FACET_STATUS, (size_t)app->band_value);
	}
	model_refresh(&app->model);
	return true;
}

/* Space made the choice already; without one, Enter means this value. */
ACTION(run_apply)
{
	struct filter *filter = &app->model.filter;

	(void)arg, (void)err;
	if (page_top(app)->kind == PAGE_FILTER)
		page_pop(app);
	else if (memcmp(filter, &app->band_before, sizeof(*filter)) == 0)
		app->band_value < 0 ? filter_any(filter, FACET_STATUS)
				    : filter_only(filter, FACET_STATUS,
						  (size_t)app->band_value);
	app->focus = FOCUS_LIST;
	model_refresh(&app->model);
	return true;
}

ACTION(run_filter_page)
{
	struct page *page = page_push(app, PAGE_FILTER, "筛选");

	(void)arg, (void)err;
	page->filter.before = app->band_before;
	page->filter.cursor[FACET_STATUS] =
		app->band_value > 0 ? (size_t)app->band_value : 0;
	model_refresh(&app->model);
	app->focus = FOCUS_LIST;
	return true;
}
