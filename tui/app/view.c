#include <stdio.h>
#include <string.h>

#include "app/actions.h"
#include "app/app.h"
#include "app/prompt.h"
#include "base/numeral.h"
#include "query/term.h"

static bool fill_history(struct app *app, struct page *page, int width,
			 struct err *err)
{
	return history_lines(&app->model, page->subject, width, &page->lines,
			     err);
}

ACTION(run_history)
{
	uint32_t slot = app_slot(app);
	char title[128], label[64];
	struct page *page;

	(void)arg;
	if (slot == SLOT_NONE)
		return err_set(err, ERR_NOT_FOUND, "列表是空的，没有历史可看");
	key k = reading_value(app->model.reading, COLUMN_KEY, slot);
	key_label(k, app->config->current, label);
	snprintf(title, sizeof(title), "%s的历史，最近的在上面", label);
	page = page_push(app, PAGE_TEXT, title);
	page->fill = fill_history;
	page->subject = k;
	return true;
}

bool fill_batch(struct app *app, struct page *page, int width, struct err *err)
{
	return batch_lines(&app->model, page->batch, width, &page->lines, err);
}

ACTION(run_batches)
{
	uint32_t number = 0, last = reading_last_batch(app->model.reading);
	const char *at = arg;
	struct page *page;

	if (!*arg) {
		page = page_push(app, PAGE_BATCHES, "批次，最近的在上面");
		page->scroll.count = last;
		return true;
	}
	if (!numeral_next(&at, &number) || *at || !number || number > last)
		return err_set(err, ERR_NOT_FOUND,
			       "没有这个批次，批次号见 Ctrl-G");
	page = page_push(app, PAGE_TEXT, "批次");
	page->fill = fill_batch;
	page->batch = number;
	return true;
}

static bool mark_event(void *arg, const struct event *event, struct err *err)
{
	struct model *model = arg;
	uint32_t slot;

	(void)err;
	if (reading_find(model->reading, event->key, &slot))
		selection_set(&model->selection, slot, true);
	return true;
}

ACTION(run_batch_mark)
{
	struct model *model = &app->model;
	uint32_t batch = batch_under(&page_top(app)->scroll);

	(void)arg;
	if (!batch)
		return err_set(err, ERR_NOT_FOUND, "还没有任何批次");
	if (!reading_events(model->reading, batch, mark_event, model, err))
		return false;
	page_pop(app);
	app_say(app, STYLE_NORMAL, "已选中批次 %u 的提案，共选中 %zu 件", batch,
		model->selection.count);
	return true;
}

ACTION(run_palette)
{
	(void)arg, (void)err;
	prompt_palette(app);
	return true;
}

static bool choose_command(struct app *app, int value, struct err *err)
{
	(void)err;
	app_command(app, &commands[value], "");
	return true;
}

ACTION(run_menu)
{
	struct page *page;
	unsigned where = page_where(app);

	(void)arg, (void)err;
	page = page_push(app, PAGE_MENU, "菜单：上下移动，Enter 执行");
	page->choose = choose_command;
	for (size_t i = 0; i < command_count; i++) {
		const struct command *command = &commands[i];
		struct menu_item *item;

		if (!command->run || (command->flags & SILENT) ||
		    !(command->flags & where))
			continue;
		if (!app_may(app, command))
			continue;
		item = menu_add(&page->menu);
		command_keys(command, item->key, sizeof(item->key));
		item->label = command->label;
		snprintf(item->detail, sizeof(item->detail), "%s",
			 command->help);
		item->value = (int)i;
	}
	return true;
}

/* The places a key may work in, as headings of the help. */
static const struct {
	unsigned where;
	const char *title;
} places[] = {
	{IN_LIST, "列表"},
	{IN_DETAIL, "详情"},
	{IN_BAND, "筛选栏"},
	{IN_FILTER, "整页筛选"},
	{IN_PREVIEW, "预览"},
	{IN_EDIT, "修改提案"},
	{IN_FIELD, "修改提案的一项"},
	{IN_CONFLICT, "与他人的修改不同"},
	{IN_VIEWS, "视图"},
	{IN_BATCHES, "批次列表"},
	{IN_TEXT, "历史、帮助等文字页"},
	{IN_MENU, "菜单"},
};

static void help_command(const struct command *command, int width,
			 struct lines *lines)
{
	char keys[64];

	command_keys(command, keys, sizeof(keys));
	lines_wrap(lines, STYLE_NORMAL, keys, 14, width, command->help);
}

/* The same table as the language has. */
static void help_conditions(int width, struct lines *lines)
{
	struct buf text = {0};

	lines_add(lines, STYLE_NORMAL, "");
	lines_add(lines, STYLE_BOLD, "条件（搜索、筛选、命令里都可以写）");
	lines_wrap(
		lines, STYLE_NORMAL, "", 0, width,
		"名称、符号（= != < <= > >=）、值；几个值用逗号隔开，是“或”；"
		"几个条件用空格隔开，是“且”；前面加 ! 是“不”；其余的字是要找"
		"的文字，有空格的加引号；全角符号也可以。");
	for (size_t i = 0; i < term_count; i++) {
		buf_reset(&text);
		buf_printf(&text, "%s  %s", terms[i].example, terms[i].help);
		lines_wrap(lines, STYLE_NORMAL, terms[i].label, 14, width,
			   buf_text(&text));
	}
	lines_wrap(lines, STYLE_NORMAL, "日期", 14, width,
		   "2024-03-01、3月1日、2024-03、2024、今天、昨天、本周、上月、"
		   "今年、7天（7 天后）、-30天、无");
	buf_free(&text);
}

static bool fill_help(struct app *app, struct page *page, int width,
		      struct err *err)
{
	(void)app, (void)err;
	lines_wrap(&page->lines, STYLE_NORMAL, "", 0, width,
		   "中文输入法开着也能用：数字、方向键、Enter、Esc、Tab、空格、"
		   "F 键、Ctrl 组合键都会直接生效。");
	for (size_t p = 0; p < sizeof(places) / sizeof(*places); p++) {
		lines_add(&page->lines, STYLE_NORMAL, "");
		lines_add(&page->lines, STYLE_BOLD, places[p].title);
		for (size_t i = 0; i < command_count; i++) {
			if (commands[i].run && *commands[i].keys &&
			    (commands[i].flags & places[p].where))
				help_command(&commands[i], width, &page->lines);
		}
	}
	help_conditions(width, &page->lines);
	return true;
}

ACTION(run_help)
{
	struct page *page = page_top(app);

	(void)arg, (void)err;
	if (page->kind == PAGE_TEXT && page->fill == fill_help)
		return true;
	page = page_push(app, PAGE_TEXT, "帮助");
	page->fill = fill_help;
	return true;
}
