#include "pane/panes.h"

#include "desk.h"
#include "drawing.h"

enum { ROOT = 0, LI = 1001 };

static struct desk *desk;
static struct model model;
static struct canvas *canvas;

/* -- the scene */

static struct proposal *make(unsigned meeting, uint32_t number,
			     const char *status, const char *title)
{
	struct proposal *p = desk_new(desk, desk_key(meeting, number), status);

	if (title)
		p->title = title;
	return p;
}

static void set_units(struct proposal *p, enum unit_role role,
		      const char *first, const char *second)
{
	struct unit *units = arena_alloc(&desk->arena, 2 * sizeof(*units));

	units[0] = (struct unit){first, role, "", DAY_NONE};
	p->units = (struct units){units, 1};
	if (second)
		units[p->units.count++] =
			(struct unit){second, role, "", DAY_NONE};
}

static void fill(void)
{
	struct proposal *all[] = {
		make(3, 1, "handling",
		     "关于鼓励企业“走出去”培育壮大“地瓜经济”的建议"),
		make(3, 4, "handling", "关于停车的建议"),
		make(3, 23, "answered", "关于“平服365”—全链条服务的建议"),
		make(3, 161, "received", NULL),
		make(3, 173, "closed", "Ａｂｃ\u202e的建议"),
		make(2, 9, "closed", "去年的建议"),
	};

	set_units(all[0], ROLE_LEAD, "jxj", NULL);
	all[0]->dates[DATE_ASSIGNED] = day_make(2024, 8, 1);
	set_units(all[1], ROLE_LEAD, "swj", "jyj");
	all[1]->dates[DATE_ASSIGNED] = day_make(2024, 8, 25);
	set_units(all[2], ROLE_SEPARATE, "jyj", "gaj");
	all[2]->dates[DATE_ASSIGNED] = day_make(2024, 8, 1);
	all[2]->dates[DATE_REPLIED] = day_make(2024, 10, 30);
	all[2]->result = "A";
	set_units(all[4], ROLE_LEAD, "gone", NULL);
	all[4]->dates[DATE_DUE] = day_make(2024, 9, 1);
	all[4]->dates[DATE_REPLIED] = day_make(2024, 9, 4);
	all[4]->result = "B";
	desk_put(desk, ROOT, (const struct proposal *const *)all, LENGTH(all));
}

static void begin(void)
{
	OK(model_begin(&model, err));
}

static void refresh(void)
{
	model_end(&model);
	begin();
	model_refresh(&model);
}

static void filter(const char *word)
{
	OK(filter_word(&model.filter, &model.catalog, word, err));
	model_refresh(&model);
}

static int start_empty(void **state)
{
	(void)state;
	width_set_ambiguous(1);
	desk = desk_open();
	model_init(&model, desk->store, desk->config);
	model.user = "王芳";
	return 0;
}

static int start(void **state)
{
	start_empty(state);
	fill();
	begin();
	return 0;
}

static int stop(void **state)
{
	(void)state;
	model_free(&model);
	desk_close(desk);
	canvas_free(canvas);
	canvas = NULL;
	width_set_ambiguous(1);
	return 0;
}

static struct rect paper(int height, int width)
{
	canvas_free(canvas);
	canvas = canvas_new(height, width);
	return (struct rect){0, 0, height, width};
}

static void draw_list(int height, int width)
{
	struct rect area = paper(height, width);

	model.height = (size_t)height - 1;
	model_scroll(&model);
	list_draw(&model, canvas, area);
}

static uint32_t slot_of(uint32_t number)
{
	uint32_t slot;

	assert_true(reading_find(model.reading, desk_key(3, number), &slot));
	return slot;
}

/* -- the list */

static void list_has_all_its_columns_on_120(void **state)
{
	(void)state;
	draw_list(8, 120);
	assert_drawn(canvas, "?");
}

static void list_has_fewer_columns_on_80_and_on_40(void **state)
{
	(void)state;
	draw_list(8, 80);
	assert_drawn(canvas, "?");
	draw_list(8, 40);
	assert_drawn(canvas, "?");
}

static void wide_quotes_move_nothing_but_the_titles_end(void **state)
{
	(void)state;
	width_set_ambiguous(2);
	draw_list(3, 80);
	assert_drawn(canvas, "?");
	draw_list(3, 40);
	assert_drawn(canvas, "?");
	for (int width = 1; width < 130; width++) {
		draw_list(7, width);
		assert_whole(canvas);
	}
}

static void cursor_and_marks_have_columns_of_their_own(void **state)
{
	(void)state;
	selection_set(&model.selection, slot_of(4), true);
	selection_set(&model.selection, slot_of(23), true);
	assert_true(model_go_slot(&model, slot_of(23)));
	draw_list(8, 40);
	assert_drawn(canvas, "?");
	model.anchor = slot_of(161);
	model_go(&model, 0);
	draw_list(8, 40);
	assert_drawn(canvas, "?");
}

static void lateness_stands_out(void **state)
{
	(void)state;
	draw_list(8, 80);
	assert_int_equal(drawing_style(canvas, 1, "逾19天"), STYLE_ALERT);
	assert_int_equal(drawing_style(canvas, 2, "剩5天"), STYLE_WARN);
	assert_int_equal(drawing_style(canvas, 3, "按期"), STYLE_NORMAL);
	assert_int_equal(drawing_style(canvas, 5, "迟3天"), STYLE_NORMAL);
}

static void what_was_searched_is_marked_in_the_title(void **state)
{
	(void)state;
	filter("text=地瓜");
	draw_list(8, 80);
	assert_int_equal(model.listing.count, 1);
	assert_int_equal(drawing_style(canvas, 1, "地瓜"), STYLE_HIT);
	assert_int_equal(drawing_style(canvas, 1, "经济"), STYLE_NORMAL);
}

static void numbers_of_several_sessions_are_whole(void **state)
{
	(void)state;
	filter_any(&model.filter, FACET_SESSION);
	model_refresh(&model);
	draw_list(8, 80);
	assert_drawn(canvas, "?");
}

static void an_empty_list_says_why(void **state)
{
	(void)state;
	filter("result=none");
	filter("status=answered");
	draw_list(4, 80);
	assert_drawn(canvas, "?");
}

static void an_empty_register_says_how_to_fill_it(void **state)
{
	(void)state;
	begin();
	draw_list(4, 80);
	assert_drawn(canvas, "?");
}

static void a_list_without_room_draws_nothing_outside(void **state)
{
	(void)state;
	canvas = canvas_new(6, 60);
	for (int height = 0; height < 3; height++) {
		model.height = 1;
		list_draw(&model, canvas, (struct rect){2, 0, height, 60});
		struct buf row = {0};
		canvas_row(canvas, 2 + (height ? height : 1), &row);
		assert_string_equal(buf_text(&row), "");
		buf_free(&row);
	}
}

/* -- the bar and the rule */

static void draw_bar(int width)
{
	paper(1, width);
	bar_top(&model, canvas, 0);
}

static void bar_counts_and_warns(void **state)
{
	(void)state;
	draw_bar(80);
	assert_drawn(canvas, "?");
	assert_int_equal(drawing_style(canvas, 0, "逾期"), STYLE_ALERT);
	assert_int_equal(drawing_style(canvas, 0, "临期"), STYLE_WARN);
	model.read_only = true;
	draw_bar(80);
	assert_drawn(canvas, "?");
	filter_any(&model.filter, FACET_SESSION);
	model_refresh(&model);
	draw_bar(80);
	assert_drawn(canvas, "?");
}

static void bar_says_how_many_marks_are_out_of_sight(void **state)
{
	(void)state;
	selection_set(&model.selection, slot_of(4), true);
	selection_set(&model.selection, slot_of(23), true);
	draw_bar(80);
	assert_drawn(canvas, "?");
	filter("status=answered");
	draw_bar(80);
	assert_drawn(canvas, "?");
	draw_bar(40);
	assert_drawn(canvas, "?");
	for (int width = 1; width < 90; width++) {
		draw_bar(width);
		assert_whole(canvas);
	}
}

static void a_rule_names_what_is_below_it(void **state)
{
	(void)state;
	paper(2, 24);
	rule_draw(canvas, 0, false, "第4号");
	rule_draw(canvas, 1, true, "关于“地瓜经济”的一个很长的标题");
	assert_drawn(canvas, "?");
	assert_int_equal(drawing_style(canvas, 0, "第4号"), STYLE_BOLD);
	assert_int_equal(drawing_style(canvas, 1, "关于"), STYLE_REVERSE);
}

/* -- the band */

static void draw_band(int width, long focus)
{
	paper(1, width);
	band_draw(&model, canvas, 0, focus);
}

static void band_shows_empty_statuses_while_they_fit(void **state)
{
	(void)state;
	draw_band(80, BAND_NO_FOCUS);
	assert_drawn(canvas, "?");
	draw_band(60, BAND_NO_FOCUS);
	assert_drawn(canvas, "?");
}

static void band_shows_what_is_chosen_and_what_else_is_filtered(void **state)
{
	(void)state;
	filter("status=handling,closed");
	filter("unit=经信局,商务局");
	filter("text=建议");
	draw_band(80, BAND_NO_FOCUS);
	assert_drawn(canvas, "?");
	assert_int_equal(drawing_style(canvas, 0, "[办理中"), STYLE_BOLD);
	draw_band(40, BAND_NO_FOCUS);
	assert_drawn(canvas, "?");
}

static void band_keeps_the_focus_inside(void **state)
{
	(void)state;
	draw_band(24, -1);
	assert_drawn(canvas, "?");
	draw_band(24, ST_CLOSED);
	assert_drawn(canvas, "?");
	assert_int_equal(drawing_style(canvas, 0, " 已办结"), STYLE_REVERSE);
	draw_band(24, ST_ASSIGNED);
	assert_drawn(canvas, "?");
	for (int width = 1; width < 90; width++) {
		for (long focus = BAND_NO_FOCUS; focus <= ST_CLOSED; focus++) {
			draw_band(width, focus);
			assert_whole(canvas);
		}
	}
}

static void band_steps_past_empty_statuses(void **state)
{
	(void)state;
	assert_int_equal(band_step(&model, -1, 1), ST_RECEIVED);
	assert_int_equal(band_step(&model, ST_RECEIVED, 1), ST_HANDLING);
	assert_int_equal(band_step(&model, ST_HANDLING, -1), ST_RECEIVED);
	assert_int_equal(band_step(&model, ST_RECEIVED, -1), -1);
	assert_int_equal(band_step(&model, -1, -1), -1);
	assert_int_equal(band_step(&model, ST_CLOSED, 1), ST_CLOSED);
}

/* -- the detail */

static struct proposal *full(void)
{
	struct proposal *p = make(3, 200, "answered",
				  "关于“一老一小”服务体系建设的建议");
	static const char *const names[] = {"民进平湖市委会", "王富国"};
	static key related[2];
	int month = 1;

	set_units(p, ROLE_LEAD, "jxj", "swj");
	p->proposers = (struct strings){names, 2};
	p->category = "industry";
	p->level = "key";
	p->topic = "一";
	p->result = "A";
	p->feedback = "satisfied";
	p->led_by = "李四";
	p->supervised_by = "赵六";
	for (int i = 0; i < DATE_COUNT; i++)
		p->dates[i] = day_make(2024, month++, 5);
	related[0] = desk_key(3, 4);
	related[1] = desk_key(2, 9);
	p->related = (struct keys){related, 2};
	p->merged_into = desk_key(3, 1);
	p->outcome = "制定一系列优惠政策，鼓励企业积极参与境外投资；建立全市"
		     "境外投资企业微信联络群。\n第二段：共3.8万亩。";
	p->body = "正文一行";
	p->remarks = "备注";
	return p;
}

static void draw_detail(uint32_t number, int width)
{
	struct lines lines = {0};
	struct rect area = paper(40, width);

	OK(detail_lines(&model, slot_of(number), width, &lines, err));
	lines_draw(&lines, 0, canvas, area, "");
	lines_free(&lines);
}

static void put_full(void)
{
	const struct proposal *p = full();

	model_end(&model);
	desk_put(desk, ROOT, &p, 1);
	refresh();
}

static void detail_has_every_field_in_three_columns(void **state)
{
	(void)state;
	put_full();
	draw_detail(200, 120);
	assert_drawn(canvas, "?");
}

static void detail_has_every_field_in_two_columns(void **state)
{
	(void)state;
	put_full();
	draw_detail(200, 80);
	assert_drawn(canvas, "?");
}

static void detail_has_every_field_in_one_column(void **state)
{
	(void)state;
	put_full();
	draw_detail(200, 40);
	assert_drawn(canvas, "?");
}

static void detail_shows_what_is_empty_as_a_dash(void **state)
{
	(void)state;
	draw_detail(161, 80);
	assert_drawn(canvas, "?");
}

static void detail_breaks_lines_as_chinese_does_at_every_width(void **state)
{
	(void)state;
	put_full();
	for (int cells = 1; cells <= 2; cells++) {
		width_set_ambiguous(cells);
		for (int width = 12; width < 130; width++) {
			struct lines lines = {0};

			OK(detail_lines(&model, slot_of(200), width, &lines,
					err));
			for (size_t i = 0; i < lines.count; i++) {
				const struct line *line = &lines.items[i];

				if (line->indent + width_text(line->text) >
				    (width < 20 ? 20 : width))
					fail_msg("%d: %s", width, line->text);
				if (width > 20 &&
				    (!strncmp(line->text, "。", 3) ||
				     !strncmp(line->text, "，", 3)))
					fail_msg("%d: %s", width, line->text);
			}
			lines_free(&lines);
		}
	}
}

/* -- history and batches */

static void draw_history(uint32_t number, int width)
{
	struct lines lines = {0};
	struct rect area = paper(20, width);

	OK(history_lines(&model, desk_key(3, number), width, &lines, err));
	lines_draw(&lines, 0, canvas, area, "");
	lines_free(&lines);
}

/* As somebody else, with a note. */
static void change_status(uint32_t number, const char *status)
{
	struct edit edit = {.key = desk_key(3, number),
			    .kind = EDIT_STATUS,
			    .status = status};
	struct commit commit = {
		.kind = BATCH_STATUS,
		.who = {.uid = LI, .login_uid = LI, .name = "李", .from = ""},
		.note = "平政协〔2024〕5号",
		.summary = "改状态",
		.edits = &edit,
		.count = 1,
	};
	struct committed done = {0};

	edit.revision = reading_value(model.reading, COLUMN_REVISION,
				      slot_of(number));
	model_end(&model);
	OK(store_commit(desk->store, &commit, &done, err));
	free(done.conflicts);
	refresh();
}

static void history_tells_creation_and_change(void **state)
{
	(void)state;
	change_status(4, "answered");
	draw_history(4, 80);
	assert_drawn(canvas, "?");
	draw_history(4, 30);
	assert_drawn(canvas, "?");
	draw_history(999, 80);
	assert_drawn(canvas, "");
}

static void history_tells_long_texts_by_their_length(void **state)
{
	(void)state;
	put_full();
	struct proposal *p = full();
	p->outcome = "很长很长的情况，很长很长的情况，很长很长的情况，很长很长"
		     "的情况，很长很长的情况，很长很长的情况，很长很长的情况。"
		     "很长很长的情况。";
	p->body = "";
	const struct proposal *changed = p;
	model_end(&model);
	desk_put(desk, ROOT, &changed, 1);
	refresh();
	draw_history(200, 80);
	struct buf text = {0};
	drawing_text(canvas, &text);
	assert_non_null(strstr(buf_text(&text), " → （64字）"));
	assert_non_null(strstr(buf_text(&text), "正文：正文一行 → 空"));
	buf_free(&text);
}

static void draw_batch(uint32_t number, int width)
{
	struct lines lines = {0};
	struct rect area = paper(20, width);

	OK(batch_lines(&model, number, width, &lines, err));
	lines_draw(&lines, 0, canvas, area, "");
	lines_free(&lines);
}

static void a_batch_tells_what_it_did_to_each(void **state)
{
	(void)state;
	change_status(4, "answered");
	draw_batch(2, 80);
	assert_drawn(canvas, "?");
	draw_batch(1, 60);
	assert_drawn(canvas, "?");
}

static void no_batch_is_an_error(void **state)
{
	struct lines lines = {0};
	struct err err;

	(void)state;
	assert_false(batch_lines(&model, 99, 80, &lines, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	lines_free(&lines);
}

static void batches_stand_newest_first(void **state)
{
	struct scroll scroll = {0};

	(void)state;
	change_status(4, "answered");
	batches_draw(&scroll, &model, canvas, paper(5, 100));
}

/* -- the preview */

#define TESTED(name) cmocka_unit_test_setup_teardown(name, start, stop)
