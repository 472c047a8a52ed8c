#include <string.h>

#include "app/actions.h"
#include "app/app.h"
#include "base/utf8.h"
#include "query/lookup.h"

/* A range that was begun becomes marks. */
static void end_range(struct model *model)
{
	size_t first, last;

	if (model_range(model, &first, &last)) {
		for (size_t n = first; n <= last; n++)
			selection_set(&model->selection,
				      model->listing.slots[n], true);
	}
	model->anchor = SLOT_NONE;
}

ACTION(run_mark)
{
	struct model *model = &app->model;

	(void)arg, (void)err;
	if (model->anchor != SLOT_NONE) {
		end_range(model);
		return true;
	}
	if (model->cursor == SLOT_NONE)
		return true;
	selection_set(&model->selection, model->cursor,
		      !selection_has(&model->selection, model->cursor));
	model_go(model, (long)model->row + 1);
	return true;
}

ACTION(run_range)
{
	struct model *model = &app->model;

	(void)arg, (void)err;
	if (model->anchor != SLOT_NONE) {
		end_range(model);
		return true;
	}
	model->anchor = model->cursor;
	app_say(app, STYLE_NORMAL,
		"移动光标选一段，再按 v 或 F4 选定，Esc 放弃");
	return true;
}

static void extend(struct app *app, long by)
{
	struct model *model = &app->model;

	if (model->cursor == SLOT_NONE)
		return;
	selection_set(&model->selection, model->cursor, true);
	model_go(model, (long)model->row + by);
	selection_set(&model->selection, model->cursor, true);
}

ACTION(run_range_up)
{
	(void)arg, (void)err;
	extend(app, -1);
	return true;
}

ACTION(run_range_down)
{
	(void)arg, (void)err;
	extend(app, 1);
	return true;
}

ACTION(run_mark_all)
{
	(void)arg, (void)err;
	app->model.anchor = SLOT_NONE;
	selection_all(&app->model.selection, &app->model.listing);
	app_say(app, STYLE_NORMAL, "已选当前筛选的全部 %zu 件",
		app->model.listing.count);
	return true;
}

ACTION(run_invert)
{
	(void)arg, (void)err;
	app->model.anchor = SLOT_NONE;
	selection_invert(&app->model.selection, &app->model.listing);
	return true;
}

/* What was taken away can be had back: marking 80 proposals is work. */
ACTION(run_unmark)
{
	struct model *model = &app->model;
	struct selection marks = model->selection;

	(void)arg, (void)err;
	if (marks.count == 0 && model->dropped.count == 0) {
		app_say(app, STYLE_DIM, "没有选中任何提案");
		return true;
	}
	model->selection = model->dropped;
	model->dropped = marks;
	if (marks.count) {
		selection_clear(&model->selection);
		app_say(app, STYLE_NORMAL, "已取消 %zu 件的选中，按 U 恢复",
			marks.count);
	} else {
		app_say(app, STYLE_NORMAL, "已恢复 %zu 件的选中",
			model->selection.count);
	}
	return true;
}

bool mark_numbers(struct app *app, const char *text, struct err *err)
{
	struct model *model = &app->model;
	struct arena arena = {0};
	struct lookup_list list;
	struct buf words = {0};
	bool ok = lookup_list(model->reading, text, app->config->current,
			      &arena, &list, err);

	if (ok) {
		for (size_t i = 0; i < list.count; i++)
			selection_set(&model->selection, list.slots[i], true);
		if (list.count)
			model_go_slot(model, list.slots[0]);
		lookup_words(&list, app->config->current, &words);
		app_say(app, list.unknown_count ? STYLE_WARN : STYLE_NORMAL,
			"%s", buf_text(&words));
		app->message[utf8_cut(app->message, strlen(app->message))] =
			'\0';
	}
	buf_free(&words);
	arena_free(&arena);
	return ok;
}
