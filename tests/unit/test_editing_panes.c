#include "pane/editing.h"

#include "desk.h"
#include "drawing.h"
#include "pane/excerpts.h"

#include <time.h>

static struct config *config;
static struct editing editing;
static struct canvas *canvas;
static struct lines lines;

/* -- the scene */

static void set(struct proposal *p, enum field_id id, const char *text)
{
	OK(field_set(&fields[id], p, text, strlen(text), &editing.arena, err));
}

/* 2024-11-20 09:30 and so many minutes. */
static void trace(enum field_id id, const char *name, uint32_t batch)
{
	const int64_t half_past_nine = 1732066200000;

	editing.traces[id] = (struct trace){
		name, half_past_nine + (int64_t)batch * 60000, batch};
}

static void mine(enum field_id id, const char *text)
{
	set(&editing.versions.mine, id, text);
}

static void theirs(enum field_id id, const char *text, const char *name,
		   uint32_t batch)
{
	set(&editing.versions.theirs, id, text);
	trace(id, name, batch);
}

static void base(void)
{
	struct versions *v = &editing.versions;

	proposal_init(&v->base, desk_key(3, 4));
	set(&v->base, FIELD_TITLE,
	    "关于鼓励企业“走出去”培育壮大“地瓜经济”的建议");
	set(&v->base, FIELD_PROPOSERS, "民进平湖市委会\n张三");
	set(&v->base, FIELD_UNITS, "lead jxj\njoint jyj");
	set(&v->base, FIELD_STATUS, "handling");
	set(&v->base, FIELD_LEVEL, "ordinary");
	set(&v->base, FIELD_RELATED, "14-3-23\n14-2-9");
	set(&v->base, FIELD_OUTCOME, "第一段\n\n第二段\u202e");
	v->mine = v->theirs = v->base;
}

static int start(void **state)
{
	(void)state;
	setenv("TZ", "Asia/Shanghai", 1);
	tzset();
	config = desk_configure();
	editing = (struct editing){.config = config, .key = desk_key(3, 4)};
	base();
	return 0;
}

static int stop(void **state)
{
	(void)state;
	lines_free(&lines);
	canvas_free(canvas);
	canvas = NULL;
	editing_free(&editing);
	config_free(config);
	return 0;
}

static void size(int height, int width)
{
	canvas_free(canvas);
	canvas = canvas_new(height, width);
}

static struct rect all(void)
{
	return (struct rect){0, 0, canvas->height, canvas->width};
}

/* One of everything that can become of a field. */
static void everything(void)
{
	mine(FIELD_TITLE, "新的案由");
	theirs(FIELD_LEVEL, "key", "李明", 7);
	mine(FIELD_RESULT, "A");
	theirs(FIELD_RESULT, "B", "李明", 7);
	mine(FIELD_FEEDBACK, "satisfied");
	theirs(FIELD_FEEDBACK, "satisfied", "赵六", 6);
	mine(FIELD_TOPIC, "一");
	theirs(FIELD_TOPIC, "二", "赵六", 6);
	editing.picks[FIELD_TOPIC] = PICK_MINE;
	mine(FIELD_CATEGORY, "city");
	theirs(FIELD_CATEGORY, "culture", "赵六", 6);
	editing.picks[FIELD_CATEGORY] = PICK_THEIRS;
	mine(FIELD_UNITS, "lead jxj\njoint gaj");
}

static void draw_form(int height, int width, size_t cursor)
{
	struct scroll scroll = {.cursor = cursor};

	size(height, width);
	form_draw(&editing, &scroll, canvas, all());
}

static void draw_changes(int height, int width)
{
	size(height, width);
	lines_reset(&lines);
	changes_lines(&editing, width, &lines);
	lines_draw(&lines, 0, canvas, all());
}

static void draw_conflict(struct conflict_view *view)
{
	canvas_clear(canvas);
	conflict_draw(view, &editing, &lines, canvas, all());
}

/* -- the claims */

static void every_field_has_one_row(void **state)
{
	int seen[FIELD_END] = {0};

	(void)state;
	for (size_t i = 0; i < FORM_ROWS; i++)
		seen[form_row(i).field]++;
	for (int id = FIELD_TITLE; id < FIELD_END; id++)
		assert_int_equal(seen[id], id == FIELD_UNITS ? ROLE_COUNT : 1);
	assert_string_equal(form_label(form_row(2)), "主办");
	assert_string_equal(form_label(form_row(3)), "会办");
	assert_string_equal(form_label(form_row(0)), "案由");
}

static void the_form_tells_what_became_of_each_field(void **state)
{
	(void)state;
	draw_form(24, 80, 0);
	assert_picture(canvas, "form-80");
	everything();
	draw_form(24, 120, 7);
	assert_picture(canvas, "form-120-everything");
	assert_int_equal(canvas->cursor_y, 7);
	assert_int_equal(canvas->cursor_x, 0);
	assert_int_equal(drawing_style(canvas, 7, "办理结果"), STYLE_WARN);
	assert_int_equal(drawing_style(canvas, 0, "案由"), STYLE_BOLD);
	assert_int_equal(drawing_style(canvas, 4, "分办"), STYLE_NORMAL);
	draw_form(7, 40, 10);
	assert_picture(canvas, "form-40-everything");
}

static void a_form_that_became_taller_fills_it(void **state)
{
	struct scroll scroll = {.cursor = FORM_ROWS - 1};

	(void)state;
	size(5, 40);
	form_draw(&editing, &scroll, canvas, all());
	assert_int_equal(scroll.top, FORM_ROWS - 5);
	size(10, 40);
	form_draw(&editing, &scroll, canvas, all());
	assert_int_equal(scroll.top, FORM_ROWS - 10);
}

static void news_are(const char *text)
{
	struct buf news = {0};

	editing_news(&editing, &news);
	assert_string_equal(buf_text(&news), text);
	buf_free(&news);
}

static void news_name_who_when_and_what(void **state)
{
	(void)state;
	news_are("");
	mine(FIELD_TITLE, "新的案由");
	news_are("");
	theirs(FIELD_LEVEL, "key", "李明", 7);
	news_are("李明 11-20 09:37 改了级别");
	theirs(FIELD_OUTCOME, "", "赵六", 8);
	theirs(FIELD_RESULT, "B", "李明", 9);
	news_are("李明 11-20 09:39 改了级别、办理结果；"
		 "赵六 11-20 09:38 改了落实情况");
	mine(FIELD_RESULT, "A");
	news_are("李明 11-20 09:39 改了级别、办理结果；"
		 "赵六 11-20 09:38 改了落实情况；"
		 "有 1 项与您的不同，保存前请选定");
	editing.picks[FIELD_RESULT] = PICK_MINE;
	news_are("李明 11-20 09:39 改了级别、办理结果；"
		 "赵六 11-20 09:38 改了落实情况");
	/* Back to what it was: no news any more. */
	theirs(FIELD_OUTCOME, "第一段\n\n第二段\u202e", "赵六", 10);
	news_are("李明 11-20 09:39 改了级别、办理结果");
	editing.gone = true;
	editing.removed = editing.traces[FIELD_RESULT];
	news_are("李明 11-20 09:39 移除了这件提案，不能再保存");
}

static void the_preview_shows_old_and_new_and_whose(void **state)
{
	(void)state;
	everything();
	mine(FIELD_OUTCOME, "第一段\n\n第二段\u202e\n第三段");
	draw_changes(24, 100);
	assert_picture(canvas, "changes-100");
	draw_changes(30, 40);
	assert_picture(canvas, "changes-40");
}

static void fields_in_conflict_show_three_values(void **state)
{
	struct conflict_view view = {0};

	(void)state;
	everything();
	conflict_fill(&view, &editing);
	assert_int_equal(view.count, 3);
	assert_int_equal(view.ids[0], FIELD_RESULT);
	size(24, 100);
	draw_conflict(&view);
	assert_picture(canvas, "conflict-100");
	conflict_move(&view, 1);
	draw_conflict(&view);
	assert_int_equal(view.ids[view.cursor], FIELD_TOPIC);
	assert_int_equal(canvas->cursor_y, 5);
	size(7, 40);
	draw_conflict(&view);
	conflict_move(&view, 4);
	draw_conflict(&view);
	assert_picture(canvas, "conflict-40");
	/* It stays on its field when another one is settled. */
	theirs(FIELD_RESULT, "", "李明", 8);
	draw_conflict(&view);
	assert_int_equal(view.count, 2);
	assert_int_equal(view.ids[view.cursor], FIELD_CATEGORY);
}

static void no_conflict_left_says_how_to_go_on(void **state)
{
	struct conflict_view view = {0};

	(void)state;
	mine(FIELD_TITLE, "新的案由");
	size(5, 80);
	draw_conflict(&view);
	assert_picture(canvas, "conflict-none");
	conflict_move(&view, 1);
	conflict_move(&view, -1);
	draw_conflict(&view);
	assert_picture(canvas, "conflict-none");
}

/* Down reads a field that is taller than the screen before it leaves it. */
static void every_line_of_a_tall_field_can_be_read(void **state)
{
	struct conflict_view view = {0};
	bool seen[64] = {false};

	(void)state;
	mine(FIELD_OUTCOME, "一\n二\n三\n四\n五\n六\n七\n八\n九");
	theirs(FIELD_OUTCOME, "甲\n乙\n丙\n丁", "李明", 7);
	mine(FIELD_RESULT, "A");
	theirs(FIELD_RESULT, "B", "李明", 7);
	size(5, 40);
	draw_conflict(&view);
	for (int step = 0; step < 40; step++) {
		for (size_t i = 0; i < 5; i++)
			seen[view.scroll.top + i] = true;
		assert_in_range(canvas->cursor_y, 0, 4);
		conflict_move(&view, 1);
		draw_conflict(&view);
	}
	for (size_t i = 0; i < view.scroll.count; i++)
		assert_true(seen[i] || !*lines.items[i].text);
	assert_int_equal(view.cursor, 1);
	conflict_move(&view, -40);
	draw_conflict(&view);
	assert_int_equal(view.cursor, 0);
	assert_int_equal(view.scroll.top, 0);
}

static void excerpt_is(const char *a, const char *b, const char *from_a,
		       const char *from_b)
{
	const char *const texts[] = {a, b};
	struct buf out[2] = {{0}, {0}};

	excerpts(texts, 2, out);
	assert_string_equal(buf_text(&out[0]), from_a);
	assert_string_equal(buf_text(&out[1]), from_b);
	buf_free(&out[0]);
	buf_free(&out[1]);
}

#define TEN "一二三四五六七八九十"
#define LONG TEN TEN TEN TEN TEN

static void of_long_texts_the_difference_is_shown(void **state)
{
	(void)state;
	excerpt_is("", "", "", "");
	excerpt_is(TEN "甲" TEN, TEN "乙" TEN, TEN "甲" TEN, TEN "乙" TEN);
	excerpt_is(LONG "甲" LONG, LONG "乙乙" LONG,
		   "……六七八九十" TEN "甲" TEN "一二三四五……",
		   "……六七八九十" TEN "乙乙" TEN "一二三四五……");
	excerpt_is(LONG, LONG "乙", "……六七八九十" TEN,
		   "……六七八九十" TEN "乙");
	excerpt_is(LONG, LONG LONG, "……六七八九十" TEN,
		   "……六七八九十" TEN LONG);
	/* 甲 and 由 differ in their last byte only, 乙 and 京 in the first. */
	excerpt_is(LONG "甲", LONG "由", "……六七八九十" TEN "甲",
		   "……六七八九十" TEN "由");
	excerpt_is("", LONG, "", LONG);
}

#define CLAIM(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		CLAIM(every_field_has_one_row),
		CLAIM(the_form_tells_what_became_of_each_field),
		CLAIM(a_form_that_became_taller_fills_it),
		CLAIM(news_name_who_when_and_what),
		CLAIM(the_preview_shows_old_and_new_and_whose),
		CLAIM(fields_in_conflict_show_three_values),
		CLAIM(no_conflict_left_says_how_to_go_on),
		CLAIM(every_line_of_a_tall_field_can_be_read),
		CLAIM(of_long_texts_the_difference_is_shown),
	};
	return cmocka_run_group_tests_name("editing_panes", tests, NULL, NULL);
}
