#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/actions.h"
#include "app/app.h"
#include "app/edit.h"
#include "app/prompt.h"
#include "base/mem.h"
#include "base/numeral.h"
#include "base/progress.h"
#include "domain/field_choice.h"
#include "store/columns.h"

/* In an opened proposal the command is about that one, marks or not. */
static uint32_t *targets(struct app *app, size_t *count)
{
	uint32_t *slots;

	if (page_top(app)->kind != PAGE_DETAIL)
		return model_targets(&app->model, count);
	slots = mem_array(1, sizeof(*slots));
	*count = 1;
	*slots = app_slot(app);
	return slots;
}

static bool plan_it(struct app *app, const char *status, struct err *err)
{
	struct plan plan = {0};
	size_t count;
	uint32_t *slots = targets(app, &count);
	bool ok = plan_status(&plan, app->config, app->model.reading, slots,
			      count, status, false, err);

	free(slots);
	if (ok)
		page_preview(app, &plan);
	else
		plan_free(&plan);
	return ok;
}

static bool choose_status(struct app *app, int value, struct err *err)
{
	return plan_it(app,
		       app->config->choices[CHOICE_STATUS].items[value].code,
		       err);
}

/* How many of the targets stand where, by status; those that are gone stand
 * nowhere. How many there are still. */
static size_t count_targets(struct app *app, size_t *by_id, size_t ids)
{
	const struct reading *reading = app->model.reading;
	size_t count, there = 0;
	uint32_t *slots = targets(app, &count);

	memset(by_id, 0, ids * sizeof(*by_id));
	for (size_t i = 0; i < count; i++) {
		if (!reading_value(reading, COLUMN_SESSION, slots[i]))
			continue;
		by_id[reading_value(reading, COLUMN_STATUS, slots[i])]++;
		there++;
	}
	free(slots);
	return there;
}

static size_t allowed(struct app *app, const size_t *by_id,
		      const struct choice *to)
{
	struct strings dict = reading_dict(app->model.reading, DICT_STATUS);
	size_t sum = 0;

	for (size_t id = 0; id < dict.count; id++) {
		if (by_id[id] && workflow_step(app->config, dict.items[id],
					       to->code, false) == VERDICT_OK)
			sum += by_id[id];
	}
	return sum;
}

/* The next steps first, then the ways out, then what is not allowed: Enter is
 * most likely what is meant. */
static int status_rank(const struct choice *status, size_t can)
{
	if (can == 0)
		return 2;
	return status->phase >= PHASE_MERGED;
}

static void add_status(struct menu *menu, const struct choice *status,
		       int value, size_t can)
{
	struct menu_item *item = menu_add(menu);

	item->key[0] = status->key;
	item->label = status->label;
	item->value = value;
	item->style = can ? STYLE_NORMAL : STYLE_DIM;
	if (can)
		snprintf(item->detail, sizeof(item->detail), "%zu 件可改", can);
	else
		snprintf(item->detail, sizeof(item->detail), "不允许");
}

static void fill_statuses(struct app *app, const size_t *by_id,
			  struct menu *menu)
{
	const struct choices *statuses = &app->config->choices[CHOICE_STATUS];

	for (int rank = 0; rank < 3; rank++) {
		for (size_t i = 0; i < statuses->count; i++) {
			size_t can = allowed(app, by_id, &statuses->items[i]);

			if (status_rank(&statuses->items[i], can) == rank)
				add_status(menu, &statuses->items[i], (int)i,
					   can);
		}
	}
}

/* "status 已答复 4、173" would mark as well: the shell does that. */
ACTION(run_status)
{
	struct model *model = &app->model;

	if (page_top(app)->kind == PAGE_MAIN && model->cursor == SLOT_NONE &&
	    !model->selection.count)
		return err_set(err, ERR_NOT_FOUND,
			       "列表是空的，没有可改的提案");
	if (model->anchor != SLOT_NONE)
		run_range(app, "", err);
	const struct choice *to =
		*arg ? config_match(app->config, CHOICE_STATUS, arg) : NULL;
	if (*arg && !to)
		return choice_refuse(app->config, CHOICE_STATUS, "状态", arg,
				     err);
	if (to)
		return plan_it(app, to->code, err);

	size_t by_id[256], count = count_targets(app, by_id, 256);
	char title[96];
	if (!count)
		return err_set(err, ERR_NOT_FOUND,
			       "要改的提案已被撤销，不再存在");
	snprintf(title, sizeof(title), "把 %zu 件的状态改为", count);
	struct page *page = page_push(app, PAGE_MENU, title);
	page->choose = choose_status;
	fill_statuses(app, by_id, &page->menu);
	return true;
}

/* What was saved, and how to take it back. */
static void say_saved(struct app *app, const struct plan *plan,
		      const struct committed *done)
{
	char label[64], others[80] = "";
	size_t left = plan->verdicts[VERDICT_CONFLICT];

	if (done->batch == 0) {
		app_say(app, STYLE_NORMAL, "没有变化，什么都不用写");
		return;
	}
	if (done->changed == 1 && plan->count == 1)
		key_label(plan->items[0].key, app->config->current, label);
	else
		snprintf(label, sizeof(label), "%zu 件", done->changed);
	if (left)
		snprintf(others, sizeof(others),
			 "；另有 %zu 件之后又被修改，没有动", left);
	app_say(app, left ? STYLE_WARN : STYLE_GOOD,
		"%s已保存：%s（批次 %u）%s，按 %s", label, plan->summary,
		done->batch, others,
		plan->kind == BATCH_UNDO ? "R 或 Ctrl-Y 重做"
					 : "u 或 Ctrl-U 撤销");
}

/* Who hung up does not wait for another writer, and nobody has to. */
static bool may_go_on(struct progress *progress)
{
	struct app *app = progress->arg;

	return !screen_closed_by(app->screen) && app_wait(app, progress);
}

static bool write_plan(struct app *app, struct plan *plan, const char *note,
		       bool rest, struct err *err)
{
	struct committed done = {0};
	struct progress progress = {.tell = may_go_on, .arg = app};

	if (!reading_sound(app->model.reading, err))
		return false;
	plan->progress = &progress;
	model_end(&app->model);
	bool ok = plan_commit(plan, app->store, &app->who, note, rest, &done,
			      err);
	plan->progress = NULL;
	free(done.conflicts);
	if (ok)
		say_saved(app, plan, &done);
	if (done.batch)
		buf_add(&app->own, &done.batch, sizeof(done.batch));
	app_reload(app);
	return ok;
}

static bool confirmed(const struct page *page, const char *arg)
{
	size_t writes = plan_writes(&page->plan);
	char count[32];

	snprintf(count, sizeof(count), "%zu", writes);
	if (strcmp(arg, "y") == 0 || strcmp(arg, "是") == 0)
		return writes <= CONFIRM_BY_KEY;
	return strcmp(page->typed.text, count) == 0;
}

/* They have done their work; U brings them back. */
static void drop_marks(struct model *model)
{
	struct selection marks = model->selection;

	if (marks.count == 0)
		return;
	model->selection = model->dropped;
	selection_clear(&model->selection);
	model->dropped = marks;
}

/* y or 是; a bare Enter never confirms, only the count before it does. */
ACTION(run_confirm)
{
	struct page *page = page_top(app);
	bool edited = editing_of(app) != NULL;

	if (!confirmed(page, arg)) {
		edit_set(&page->typed, "");
		return err_set(err, ERR_USAGE,
			       "还没有写入：要确认请输入件数 %zu 再按 "
			       "Enter，放弃按 Esc",
			       plan_writes(&page->plan));
	}
	if (write_plan(app, &page->plan, page->note, page->rest, err)) {
		while (app->depth > 1 && page_top(app)->kind != PAGE_DETAIL)
			page_pop(app);
		if (app->depth == 1 && !edited)
			drop_marks(&app->model);
		return true;
	}
	edit_set(&page->typed, "");
	if (err->code == ERR_CONFLICT && edited && app->model.reading)
		return edit_again(app, err);
	if (err->code == ERR_CONFLICT) {
		page->rest = true;
		app->deaf = true;
	}
	if (app->model.reading)
		plan_review(&page->plan, app->model.reading);
	return false;
}

ACTION(run_note)
{
	(void)arg, (void)err;
	prompt_note(app);
	return true;
}

ACTION(run_digit)
{
	(void)err;
	edit_key(&page_top(app)->typed, (keycode)*arg);
	return true;
}

ACTION(run_erase)
{
	(void)arg, (void)err;
	edit_key(&page_top(app)->typed, KEYCODE_BACKSPACE);
	return true;
}

/*
 * A batch of this program's is undone at once; an older one, or somebody's
 * named by its number, is shown first.
 */
static bool take_back(struct app *app, uint32_t batch, bool ask,
		      struct err *err)
{
	struct plan plan = {0};
	bool ok = plan_undo(&plan, app->config, app->model.reading, batch, err);

	if (ok && ask) {
		page_preview(app, &plan)->rest =
			plan.verdicts[VERDICT_CONFLICT] > 0;
		return true;
	}
	ok = ok && write_plan(app, &plan, "", true, err);
	plan_free(&plan);
	return ok;
}

/* Two people may share an account: only what was done here is ours. */
static bool is_own(const struct app *app, uint32_t batch)
{
	uint32_t own;

	for (size_t at = 0; at < app->own.len; at += sizeof(own)) {
		memcpy(&own, app->own.data + at, sizeof(own));
		if (own == batch)
			return true;
	}
	return false;
}

ACTION(run_undo)
{
	uint32_t batch = undo_candidate(app->model.reading, app->who.uid);
	const char *at = arg;

	if (*arg && (!numeral_next(&at, &batch) || *at))
		return err_set(err, ERR_USAGE,
			       "批次要写成数字，如 undo 12；批次号见 Ctrl-G");
	if (!batch)
		return err_set(err, ERR_NOT_FOUND,
			       "没有可以撤销的批次；别人的批次可在批次列表（B "
			       "或 Ctrl-G）中撤销");
	return take_back(app, batch, *arg || !is_own(app, batch), err);
}

ACTION(run_redo)
{
	uint32_t batch = redo_candidate(app->model.reading, app->who.uid);

	(void)arg;
	if (!batch)
		return err_set(err, ERR_NOT_FOUND, "没有可以重做的批次");
	return take_back(app, batch, !is_own(app, batch), err);
}

ACTION(run_batch_undo)
{
	uint32_t batch = batch_under(&page_top(app)->scroll);

	(void)arg;
	if (!batch)
		return err_set(err, ERR_NOT_FOUND, "还没有任何批次");
	return take_back(app, batch, true, err);
}
