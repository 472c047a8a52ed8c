#include <stdio.h>
#include <string.h>

#include "app/actions.h"
#include "app/edit.h"
#include "base/utf8.h"
#include "domain/field_typed.h"

/* A date or a number may be typed in a longer form than it is stored in. */
enum { TYPED_MIN = 300, NOTHING = -1 };

/* From the page of conflicts he has seen what he writes over. */
static void settle(struct app *app, enum field_id id)
{
	struct page *form = app->form;
	struct editing *editing = form->editing;

	if (page_top(app)->kind == PAGE_CONFLICT &&
	    editing->traces[id].batch == form->seen &&
	    editing_state(editing, id) == MERGE_CONFLICT)
		editing->picks[id] = PICK_MINE;
	if (page_top(app)->kind == PAGE_CONFLICT)
		conflict_fill(&page_top(app)->conflict, editing);
}

static bool choose_value(struct app *app, int value, struct err *err)
{
	enum field_id id = app->form->row.field;
	const struct choices *choices = &app->config->choices[fields[id].kind];
	const char *code = value == NOTHING ? "" : choices->items[value].code;

	if (!editing_code(app->form->editing, id, code, err))
		return false;
	settle(app, id);
	return true;
}

/* Statuses have their letters, everything else its place in the list. */
static void item_key(const struct choice *choice, size_t n,
		     struct menu_item *item)
{
	if (choice->key)
		item->key[0] = choice->key;
	else if (n < 9)
		item->key[0] = (char)('1' + n);
}

static void add_choice(struct app *app, struct menu *menu, enum field_id id,
		       size_t n)
{
	const struct choice *choice =
		&app->config->choices[fields[id].kind].items[n];
	const char *stored = app->form->editing->versions.theirs.status;
	struct menu_item *item = menu_add(menu);

	item->label = choice->label;
	item->value = (int)n;
	item_key(choice, n, item);
	snprintf(item->detail, sizeof(item->detail), "%s", choice->name);
	if (id == FIELD_STATUS &&
	    workflow_step(app->config, stored, choice->code, false) ==
		    VERDICT_REFUSED) {
		item->style = STYLE_DIM;
		snprintf(item->detail, sizeof(item->detail), "不允许");
	}
	item->detail[utf8_cut(item->detail, strlen(item->detail))] = '\0';
}

static void add_nothing(struct menu *menu)
{
	struct menu_item *item = menu_add(menu);

	item->key[0] = '0';
	item->label = "空";
	item->value = NOTHING;
}

/* The value that is shown is under the cursor. */
static void open_choices(struct app *app, enum field_id id, const char *title)
{
	const struct proposal *source = editing_source(app->form->editing, id);
	const struct choices *choices = &app->config->choices[fields[id].kind];
	struct page *page = page_push(app, PAGE_MENU, title);
	struct buf code = {0};

	page->choose = choose_value;
	field_canonical(&fields[id], source, &code);
	for (size_t i = 0; i < choices->count; i++) {
		if (strcmp(choices->items[i].code, buf_text(&code)) == 0)
			page->menu.scroll.cursor = page->menu.count;
		add_choice(app, &page->menu, id, i);
	}
	if (id != FIELD_STATUS || !code.len)
		add_nothing(&page->menu);
	if (!code.len)
		page->menu.scroll.cursor = page->menu.count - 1;
	buf_free(&code);
}

static void open_text(struct app *app, struct form_row row, const char *title)
{
	const struct field *field = &fields[row.field];
	size_t max = field->max < TYPED_MIN ? TYPED_MIN : field->max;
	struct page *page = page_push(app, PAGE_FIELD, title);
	struct buf text = {0};

	page->row = row;
	field_typed(field, editing_source(app->form->editing, row.field),
		    row.role, app->config, &text);
	editor_set(&page->editor, buf_text(&text), max,
		   field->type == FIELD_TYPE_TEXT);
	/* Keys may come before it is drawn. */
	page->editor.width = app->canvas->width;
	page->editor.height = app->canvas->height - 3;
	page->text = strdup(buf_text(&text));
	buf_free(&text);
}

static struct form_row row_here(struct app *app)
{
	const struct page *page = page_top(app);
	const struct conflict_view *view = &page->conflict;

	if (page->kind != PAGE_CONFLICT)
		return form_row(page->scroll.cursor);
	if (!view->count)
		return (struct form_row){FIELD_END, ROLE_LEAD};
	return (struct form_row){view->ids[view->cursor], ROLE_LEAD};
}

ACTION(run_field)
{
	struct page *form = app->form;
	struct form_row row = row_here(app);
	char title[256];

	(void)arg;
	if (row.field == FIELD_END)
		return err_set(err, ERR_NOT_FOUND, "没有需要选定的项了");
	if (form->editing->gone)
		return err_set(err, ERR_REFUSED,
			       "这件提案已被移除，不能再修改，按 Esc 返回");
	if (page_top(app)->kind == PAGE_CONFLICT && row.field == FIELD_UNITS)
		return err_set(err, ERR_REFUSED,
			       "单位要分主办、会办、分办改：按 Esc 回到修改页");
	editing_begin(form->editing, row.field);
	form->row = row;
	form->seen = form->editing->traces[row.field].batch;
	snprintf(title, sizeof(title), "%s：%s", form->title, form_label(row));
	if (fields[row.field].type == FIELD_TYPE_CODE)
		open_choices(app, row.field, title);
	else
		open_text(app, row, title);
	return true;
}

ACTION(run_field_done)
{
	struct page *page = page_top(app);
	const char *text = buf_text(&page->editor.text);
	enum field_id id = page->row.field;

	(void)arg;
	if (strcmp(text, page->text) != 0 &&
	    !editing_read(app->form->editing, app->model.reading, id,
			  page->row.role, text, err))
		return false;
	page_pop(app);
	settle(app, id);
	return true;
}

static void say_full(struct app *app, const struct editor *editor)
{
	if (editor->full)
		app_say(app, STYLE_ALERT, "放不下了：这一项最多 %zu 字节",
			editor->max);
}

bool field_key(struct app *app, keycode code)
{
	struct page *page = page_top(app);

	if (!editor_key(&page->editor, code))
		return false;
	say_full(app, &page->editor);
	return true;
}

void field_paste(struct app *app, const char *text, bool cut)
{
	struct page *page = page_top(app);

	if (cut) {
		app_say(app, STYLE_ALERT,
			"粘贴的内容超过 1 MB，没有放进来，请分次粘贴");
		return;
	}
	editor_paste(&page->editor, text);
	if (page->editor.full)
		app_say(app, STYLE_ALERT,
			"粘贴的内容放不下，没有放进来：这一项最多 %zu 字节",
			page->editor.max);
}

const char *field_hint(const struct page *page)
{
	return page->editor.lines ? "F8/Ctrl-S 完成  Enter 换行  Esc 放弃"
				  : "Enter 完成  Esc 放弃";
}
