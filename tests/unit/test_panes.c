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
	struct language language = model_language(&model);

	OK(filter_parse(&model.filter, &language, word, NULL, err));
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

static void remove_number(uint32_t number)
{
	struct edit edit = {.key = desk_key(3, number), .kind = EDIT_REMOVE};

	edit.revision =
		reading_value(model.reading, COLUMN_REVISION, slot_of(number));
	model_end(&model);
	desk_commit(desk, ROOT, BATCH_UNDO, &edit, 1);
	begin();
}

/* -- the list */

static void list_has_all_its_columns_on_120(void **state)
{
	(void)state;
	draw_list(8, 120);
	assert_picture(canvas, "list-120");
}

static void list_has_fewer_columns_on_80_and_on_40(void **state)
{
	(void)state;
	draw_list(8, 80);
	assert_picture(canvas, "list-80");
	draw_list(8, 40);
	assert_picture(canvas, "list-40");
}

static void columns(const char *text)
{
	OK(list_columns_parse(text, &model.columns, err));
}

static void columns_are_chosen_and_ordered(void **state)
{
	(void)state;
	columns("状态 编号 会办 更新 修改人 案由");
	draw_list(8, 80);
	assert_picture(canvas, "list-chosen");
	columns("级别,类别,反馈,收到,立案,交办,答复,办结,提案人,届次");
	draw_list(8, 120);
	assert_picture(canvas, "list-other");
}

/* Nothing at all may stand in a row, but something does. */
static void columns_give_way_where_there_is_no_room(void **state)
{
	(void)state;
	columns("编号,主办,会办,状态,级别,类别,期限,结果,反馈,提案人,收到,"
		"立案,交办,答复,办结,更新,修改人,案由");
	draw_list(8, 200);
	assert_picture(canvas, "list-all-200");
	draw_list(8, 120);
	assert_picture(canvas, "list-all-120");
	draw_list(8, 60);
	assert_picture(canvas, "list-all-60");
	for (int width = 1; width < 210; width++) {
		draw_list(7, width);
		assert_whole(canvas);
	}
}

/* Of the one that is not on the screen, too. */
static void columns_are_as_wide_as_all_that_is_listed(void **state)
{
	(void)state;
	draw_list(2, 80);
	assert_picture(canvas, "list-one-row");
	filter("status=closed");
	draw_list(2, 80);
	assert_picture(canvas, "list-one-row-narrower");
}

static void group_by(const char *facet)
{
	OK(order_group(&model.order, facet, err));
	model_refresh(&model);
}

static void groups_have_heads(void **state)
{
	(void)state;
	group_by("status");
	draw_list(12, 80);
	assert_picture(canvas, "list-groups");
	assert_int_equal(drawing_style(canvas, 1, "已收到"), STYLE_BOLD);
	assert_int_equal(drawing_style(canvas, 3, "逾期 1"), STYLE_ALERT);
	group_by("unit");
	draw_list(12, 40);
	assert_picture(canvas, "list-groups-40");
	for (int width = 1; width < 90; width++) {
		draw_list(9, width);
		assert_whole(canvas);
	}
}

/* At every height each row can be gone to, and is then on the screen, below
 * the head of its group if it is the first of it and there is room. */
static void the_cursor_passes_over_heads(void **state)
{
	size_t n;
	(void)state;

	group_by("unit");
	for (size_t height = 1; height < 12; height++) {
		model.height = height;
		for (size_t i = 0; i < 2 * model.listing.count; i++) {
			size_t row = i < model.listing.count
					     ? i
					     : 2 * model.listing.count - 1 - i;

			model_go(&model, (long)row);
			size_t line = model_line(&model, row);
			assert_true(model_at_line(&model, line, &n));
			assert_int_equal(n, row);
			assert_in_range(line, model.top,
					model.top + height - 1);
			if (height > 1 && !model_at_line(&model, line - 1, &n))
				assert_true(model.top < line);
			assert_true(model.top == 0 ||
				    model.top + height <= model_lines(&model));
		}
	}
}

static void pages_of_groups_turn_and_end(void **state)
{
	(void)state;
	group_by("unit");
	model.height = 4;
	model_go(&model, 0);
	for (int i = 0; i < 9; i++)
		model_turn_page(&model, 1);
	assert_int_equal(model.row, model.listing.count - 1);
	for (int i = 0; i < 9; i++)
		model_turn_page(&model, -1);
	assert_int_equal(model.row, 0);
	assert_int_equal(model.top, 0);
	filter("result=none");
	filter("status=answered");
	model_turn_page(&model, 1);
	assert_int_equal(model.cursor, SLOT_NONE);
}

static void wide_quotes_move_nothing_but_the_titles_end(void **state)
{
	(void)state;
	width_set_ambiguous(2);
	draw_list(3, 80);
	assert_picture(canvas, "list-80-wide");
	draw_list(3, 40);
	assert_picture(canvas, "list-40-wide");
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
	assert_picture(canvas, "list-marks");
	model.anchor = slot_of(161);
	model_go(&model, 0);
	draw_list(8, 40);
	assert_picture(canvas, "list-range");
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

static void search(const char *typed)
{
	assert_true(filter_set_text(&model.filter, typed));
	model_refresh(&model);
}

/* What is marked on the canvas, stretches by |. */
static void assert_marked(const char *expected)
{
	struct buf marked = {0};
	bool before = false;

	for (int i = 0; i < canvas->height * canvas->width; i++) {
		bool is_hit = canvas->cells[i].style == STYLE_HIT;

		if (is_hit && !before && marked.len)
			buf_char(&marked, '|');
		if (is_hit && canvas->cells[i].cp)
			buf_utf8(&marked, canvas->cells[i].cp);
		before = is_hit;
	}
	if (strcmp(buf_text(&marked), expected) != 0)
		fail_msg("wanted %s, marked %s", expected, buf_text(&marked));
	buf_free(&marked);
}

static void what_was_searched_is_marked_in_the_list(void **state)
{
	static const struct {
		const char *typed, *marked;
	} cases[] = {
		{"地瓜", "地瓜"},
		{"建议 停车", "停车|建议"},
		{"abc", "Ａｂｃ"},   /* folded */
		{"tingche", "停车"}, /* by sound */
		{"jyj", "教育局"},   /* a department, cut or not */
		{"“平服365”", "平服365"},
		{"handling", ""}, /* not in what is chosen */
	};
	(void)state;

	columns("编号,状态,主办,案由");
	for (size_t i = 0; i < LENGTH(cases); i++) {
		search(cases[i].typed);
		if (strcmp(cases[i].typed, "jyj") == 0)
			filter("status=answered");
		draw_list(8, 80);
		assert_marked(cases[i].marked);
		filter_any(&model.filter, FACET_STATUS);
	}
	search("教育局");
	for (int width = 1; width < 90; width++) {
		draw_list(8, width);
		assert_whole(canvas);
	}
}

static void numbers_of_several_sessions_are_whole(void **state)
{
	(void)state;
	filter_any(&model.filter, FACET_SESSION);
	model_refresh(&model);
	draw_list(8, 80);
	assert_picture(canvas, "list-sessions");
}

static void an_empty_list_says_why(void **state)
{
	(void)state;
	filter("result=none");
	filter("status=answered");
	draw_list(4, 80);
	assert_picture(canvas, "list-none");
}

static void an_empty_register_says_how_to_fill_it(void **state)
{
	(void)state;
	begin();
	draw_list(4, 80);
	assert_picture(canvas, "list-empty");
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
	assert_picture(canvas, "bar");
	assert_int_equal(drawing_style(canvas, 0, "逾期"), STYLE_ALERT);
	assert_int_equal(drawing_style(canvas, 0, "临期"), STYLE_WARN);
	model.read_only = true;
	draw_bar(80);
	assert_picture(canvas, "bar-read-only");
	filter_any(&model.filter, FACET_SESSION);
	model_refresh(&model);
	draw_bar(80);
	assert_picture(canvas, "bar-sessions");
}

static void bar_says_how_many_marks_are_out_of_sight(void **state)
{
	(void)state;
	selection_set(&model.selection, slot_of(4), true);
	selection_set(&model.selection, slot_of(23), true);
	draw_bar(80);
	assert_picture(canvas, "bar-marks");
	filter("status=answered");
	draw_bar(80);
	assert_picture(canvas, "bar-outside");
	draw_bar(40);
	assert_picture(canvas, "bar-outside-40");
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
	assert_picture(canvas, "rule");
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
	assert_picture(canvas, "band-80");
	draw_band(60, BAND_NO_FOCUS);
	assert_picture(canvas, "band-60");
}

static void band_shows_what_is_chosen_and_what_else_is_filtered(void **state)
{
	(void)state;
	filter("status=handling,closed");
	filter("unit=经信局,商务局");
	filter("text=建议");
	draw_band(80, BAND_NO_FOCUS);
	assert_picture(canvas, "band-chosen-80");
	assert_int_equal(drawing_style(canvas, 0, "[办理中"), STYLE_BOLD);
	draw_band(40, BAND_NO_FOCUS);
	assert_picture(canvas, "band-chosen-40");
}

static void band_keeps_the_focus_inside(void **state)
{
	(void)state;
	draw_band(24, -1);
	assert_picture(canvas, "band-focus-all");
	draw_band(24, ST_CLOSED);
	assert_picture(canvas, "band-focus-last");
	assert_int_equal(drawing_style(canvas, 0, " 已办结"), STYLE_REVERSE);
	draw_band(40, ST_CLOSED);
	assert_picture(canvas, "band-focus-last-40");
	draw_band(24, ST_ASSIGNED);
	assert_picture(canvas, "band-focus-empty");
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
	struct proposal *p =
		make(3, 200, "answered", "关于“一老一小”服务体系建设的建议");
	static const char *names[] = {"民进平湖市委会", "王富国"};
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
	lines_draw(&lines, 0, canvas, area);
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
	assert_picture(canvas, "detail-120");
}

static void detail_has_every_field_in_two_columns(void **state)
{
	(void)state;
	put_full();
	draw_detail(200, 80);
	assert_picture(canvas, "detail-80");
}

static void detail_has_every_field_in_one_column(void **state)
{
	(void)state;
	put_full();
	draw_detail(200, 40);
	assert_picture(canvas, "detail-40");
}

static void what_was_searched_is_marked_in_the_detail(void **state)
{
	static const struct {
		const char *typed, *marked;
		int width;
	} cases[] = {
		{"提案人", "", 80}, /* a label is none of it */
		{"wfg", "王富国", 80},
		{"wfg", "王富国", 40},
		{"商务局 经信局", "经信局|商务局", 80},
		{"积极参与", "积极参与", 120},
		{"积极参与", "积|极参与", 40}, /* where the line ends */
		{"jjcy", "", 80}, /* texts go by their characters */
		{"３．８万 李四", "李四|3.8万", 80},
		{"企业 业积极", "企业|企业", 120}, /* one begins in the other */
	};
	(void)state;

	put_full();
	for (size_t i = 0; i < LENGTH(cases); i++) {
		search(cases[i].typed);
		draw_detail(200, cases[i].width);
		assert_marked(cases[i].marked);
	}
	search("企业");
	for (int width = 12; width < 130; width++) {
		draw_detail(200, width);
		assert_whole(canvas);
	}
}

static void detail_shows_what_is_empty_as_a_dash(void **state)
{
	(void)state;
	draw_detail(161, 80);
	assert_picture(canvas, "detail-empty");
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
	lines_draw(&lines, 0, canvas, area);
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

	edit.revision =
		reading_value(model.reading, COLUMN_REVISION, slot_of(number));
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
	assert_picture(canvas, "history-80");
	draw_history(4, 30);
	assert_picture(canvas, "history-30");
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
	lines_draw(&lines, 0, canvas, area);
	lines_free(&lines);
}

static void a_batch_tells_what_it_did_to_each(void **state)
{
	(void)state;
	change_status(4, "answered");
	draw_batch(2, 80);
	assert_picture(canvas, "batch-change");
	draw_batch(1, 60);
	assert_picture(canvas, "batch-creation");
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
	struct rect area = paper(5, 100);
	batches_draw(&scroll, &model, canvas, area);
	assert_picture(canvas, "batches-100");
	assert_int_equal(scroll.count, 2);
	area = paper(5, 40);
	scroll.cursor = 1;
	batches_draw(&scroll, &model, canvas, area);
	assert_picture(canvas, "batches-40");
	assert_int_equal(canvas->cursor_y, 1);
}

static void every_kind_of_batch_has_room_beside_its_number(void **state)
{
	(void)state;
	for (int kind = BATCH_IMPORT; kind <= BATCH_USER; kind++)
		assert_in_range(
			width_text(batch_kind_label((enum batch_kind)kind)), 4,
			6);
}

static void the_cursor_stays_on_its_batch(void **state)
{
	struct scroll scroll = {0};

	(void)state;
	change_status(4, "answered");
	struct rect area = paper(5, 100);
	batches_draw(&scroll, &model, canvas, area);
	assert_int_equal(batch_under(&scroll), 2);
	change_status(4, "closed");
	assert_int_equal(batch_under(&scroll), 2);
	batches_draw(&scroll, &model, canvas, area);
	assert_int_equal(scroll.cursor, 1);
	assert_int_equal(batch_under(&scroll), 2);
	assert_int_equal(canvas->cursor_y, 1);
}

static void no_batches_yet_is_said(void **state)
{
	struct scroll scroll = {0};

	(void)state;
	begin();
	struct rect area = paper(3, 40);
	batches_draw(&scroll, &model, canvas, area);
	assert_picture(canvas, "batches-none");
	assert_int_equal(batch_under(&scroll), 0);
}

/* -- the preview */

static struct plan plan_all(const char *status, bool force)
{
	model_end(&model);
	desk_add(desk, desk_key(3, 300), "handling");
	begin();
	uint32_t gone = slot_of(300);
	remove_number(300);
	uint32_t slots[] = {slot_of(1),   slot_of(4),   slot_of(23),
			    slot_of(161), slot_of(173), gone};
	struct plan plan;

	OK(plan_status(&plan, desk->config, model.reading, slots, LENGTH(slots),
		       status, force, err));
	return plan;
}

static void draw_preview(const struct plan *plan, int height, int width)
{
	struct scroll scroll = {0};
	struct rect area = paper(height, width);

	preview_draw(plan, &scroll, &model, canvas, area);
}

static void preview_shows_every_verdict(void **state)
{
	struct plan plan = plan_all("answered", false);

	(void)state;
	change_status(4, "answered");
	assert_int_equal(plan_review(&plan, model.reading), 1);
	draw_preview(&plan, 10, 100);
	assert_picture(canvas, "preview-100");
	draw_preview(&plan, 10, 80);
	assert_picture(canvas, "preview-80");
	draw_preview(&plan, 10, 40);
	assert_picture(canvas, "preview-40");
	assert_int_equal(drawing_style(canvas, 4, "不允许"), STYLE_ALERT);
	plan_free(&plan);
}

static void preview_names_what_is_forced(void **state)
{
	struct plan plan = plan_all("answered", true);

	(void)state;
	draw_preview(&plan, 10, 80);
	assert_picture(canvas, "preview-forced");
	plan_free(&plan);
}

static void preview_of_an_undo_tells_what_goes_back(void **state)
{
	struct plan plan;

	(void)state;
	OK(plan_undo(&plan, desk->config, model.reading, 1, err));
	draw_preview(&plan, 8, 60);
	assert_picture(canvas, "preview-remove");
	plan_free(&plan);

	put_full();
	struct proposal *p = full();
	p->remarks = "";
	p->title = "换了标题";
	const struct proposal *changed = p;
	model_end(&model);
	desk_put(desk, ROOT, &changed, 1);
	refresh();
	OK(plan_undo(&plan, desk->config, model.reading, 3, err));
	draw_preview(&plan, 8, 80);
	assert_picture(canvas, "preview-fields");
	plan_free(&plan);
}

static void preview_stays_whole_at_every_width(void **state)
{
	struct plan plan = plan_all("closed", false);

	(void)state;
	for (int cells = 1; cells <= 2; cells++) {
		width_set_ambiguous(cells);
		for (int width = 1; width < 130; width++) {
			draw_preview(&plan, 8, width);
			assert_whole(canvas);
		}
	}
	plan_free(&plan);
}

/* -- the filter page and menus */

static void draw_filter(struct filter_page *page, int height, int width)
{
	struct rect area = paper(height, width);

	filter_page_draw(page, &model, canvas, area);
}

static void filter_page_has_as_many_columns_as_fit(void **state)
{
	struct filter_page page = {.facet = FACET_STATUS, .cursor = {2}};

	(void)state;
	model.counts_all = true;
	filter("status=handling");
	filter("level=none");
	draw_filter(&page, 8, 120);
	assert_picture(canvas, "filter-120");
	draw_filter(&page, 8, 80);
	assert_picture(canvas, "filter-80");
	draw_filter(&page, 8, 40);
	assert_picture(canvas, "filter-40");
	assert_int_equal(canvas->cursor_y, 3);
}

static void filter_page_follows_the_cursor(void **state)
{
	struct filter_page page = {.facet = FACET_SESSION};

	(void)state;
	model.counts_all = true;
	model_refresh(&model);
	draw_filter(&page, 4, 80);
	assert_picture(canvas, "filter-last");
	page.facet = FACET_UNIT;
	page.cursor[FACET_UNIT] = 99;
	draw_filter(&page, 4, 40);
	assert_picture(canvas, "filter-scrolled");
	for (int width = 1; width < 130; width++) {
		draw_filter(&page, 5, width);
		assert_whole(canvas);
	}
}

static void a_menu_lines_up_keys_labels_and_details(void **state)
{
	static const struct {
		const char *key, *label, *detail;
	} items[] = {
		{"h", "办理中", "从 待签收、申退中"},
		{"", "已答复", ""},
		{"F6", "转社情民意", "一段很长的说明，一行放不下，只好截断"},
	};
	struct menu menu = {.title = "改状态"};
	struct rect area = paper(3, 40);

	(void)state;
	for (size_t i = 0; i < LENGTH(items); i++) {
		struct menu_item *item = menu_add(&menu);

		snprintf(item->key, sizeof(item->key), "%s", items[i].key);
		item->label = items[i].label;
		snprintf(item->detail, sizeof(item->detail), "%s",
			 items[i].detail);
	}
	menu_draw(&menu, canvas, area);
	assert_picture(canvas, "menu");
	scroll_move(&menu.scroll, 9);
	area = paper(2, 40);
	menu_draw(&menu, canvas, area);
	assert_picture(canvas, "menu-scrolled");
	assert_int_equal(canvas->cursor_y, 1);
	menu_free(&menu);
}

static void scrolls_stay_in_their_lists(void **state)
{
	struct scroll scroll = {.count = 10, .height = 4};

	(void)state;
	scroll_move(&scroll, 3);
	assert_int_equal(scroll.top, 0);
	scroll_move(&scroll, 1);
	assert_int_equal(scroll.top, 1);
	scroll_move(&scroll, 1000000);
	assert_int_equal(scroll.cursor, 9);
	assert_int_equal(scroll.top, 6);
	scroll_move(&scroll, -1000000);
	assert_int_equal(scroll.cursor, 0);
	assert_int_equal(scroll.top, 0);
	scroll_text(&scroll, 1000000);
	assert_int_equal(scroll.top, 6);
	scroll_text(&scroll, -7);
	assert_int_equal(scroll.top, 0);
	scroll = (struct scroll){.top = 8, .cursor = 9, .height = 0};
	scroll_move(&scroll, 1);
	assert_int_equal(scroll.cursor, 0);
	scroll_text(&scroll, 1);
	assert_int_equal(scroll.top, 0);
}

/* -- the model */

static uint32_t number_at(size_t row)
{
	assert_true(row < model.listing.count);
	return reading_value(model.reading, COLUMN_KEY,
			     model.listing.slots[row]) &
	       0xfffff;
}

/* Numbers 1000 .. 1000 + count - 1, handling. */
static void add_many(uint32_t count)
{
	const struct proposal *all[100];

	assert_true(count <= LENGTH(all));
	for (uint32_t i = 0; i < count; i++)
		all[i] = make(3, 1000 + i, "handling", NULL);
	model_end(&model);
	desk_put(desk, ROOT, all, count);
	refresh();
}

static void it_begins_with_the_current_session(void **state)
{
	(void)state;
	assert_int_equal(model.listing.count, 5);
	assert_int_equal(model.cursor, slot_of(1));
	assert_false(model_stale(&model));
}

static void cursor_and_scroll_follow_when_rows_above_go(void **state)
{
	(void)state;
	add_many(40);
	model.height = 10;
	assert_true(model_go_slot(&model, slot_of(1030)));
	size_t row = model.row, below = model.row - model.top;
	remove_number(4);
	assert_true(model_stale(&model));
	model_refresh(&model);
	assert_int_equal(model.cursor, slot_of(1030));
	assert_int_equal(model.row, row - 1);
	assert_int_equal(model.row - model.top, below);
	assert_false(model_stale(&model));
}

static void cursor_and_scroll_follow_when_rows_above_come(void **state)
{
	(void)state;
	add_many(40);
	model.height = 10;
	assert_true(model_go_slot(&model, slot_of(1030)));
	model_go(&model, (long)model.row - 4);
	size_t row = model.row, below = model.row - model.top;
	uint32_t cursor = model.cursor;
	model_end(&model);
	desk_add(desk, desk_key(3, 2), "handling");
	begin();
	assert_true(model_stale(&model));
	model_refresh(&model);
	assert_int_equal(model.cursor, cursor);
	assert_int_equal(model.row, row + 1);
	assert_int_equal(model.row - model.top, below);
}

static void cursor_and_marks_follow_through_another_order(void **state)
{
	(void)state;
	add_many(40);
	model.height = 10;
	assert_true(model_go_slot(&model, slot_of(161)));
	selection_set(&model.selection, slot_of(173), true);
	selection_set(&model.selection, slot_of(1000), true);
	order_only(&model.order, SORT_NUMBER);
	order_turn(&model.order);
	model_refresh(&model);
	assert_int_equal(model.cursor, slot_of(161));
	assert_int_equal(number_at(model.row), 161);
	assert_true(model.row >= model.top &&
		    model.row < model.top + model.height);
	assert_int_equal(model.selection.count, 2);
	assert_true(selection_has(&model.selection, slot_of(173)));
	assert_true(selection_has(&model.selection, slot_of(1000)));
}

static void marks_outlive_a_filter_that_hides_them(void **state)
{
	struct filter before = model.filter;

	(void)state;
	selection_set(&model.selection, slot_of(4), true);
	selection_set(&model.selection, slot_of(23), true);
	filter("status=answered");
	assert_int_equal(model.listing.count, 1);
	assert_int_equal(selection_within(&model.selection, &model.listing), 1);
	model.filter = before;
	model_refresh(&model);
	assert_int_equal(selection_within(&model.selection, &model.listing), 2);
}

static void cursor_stays_on_its_row_when_its_proposal_goes(void **state)
{
	(void)state;
	model.height = 10;
	assert_true(model_go_slot(&model, slot_of(23)));
	remove_number(23);
	model_refresh(&model);
	assert_int_equal(model.row, 2);
	assert_int_equal(number_at(model.row), 161);
	assert_int_equal(model.cursor, slot_of(161));
	model_go(&model, 99);
	remove_number(173);
	model_refresh(&model);
	assert_int_equal(model.cursor, slot_of(161));
}

static void an_empty_listing_has_no_cursor_and_gets_one_back(void **state)
{
	struct filter before = model.filter;
	size_t count;

	(void)state;
	filter("status=assigned");
	assert_int_equal(model.listing.count, 0);
	assert_int_equal(model.cursor, SLOT_NONE);
	uint32_t *targets = model_targets(&model, &count);
	assert_int_equal(count, 0);
	free(targets);
	assert_false(model_go_slot(&model, slot_of(1)));
	model.filter = before;
	model_refresh(&model);
	assert_int_equal(model.cursor, slot_of(1));
}

static void targets_are_the_marked_else_the_cursors(void **state)
{
	size_t count;
	uint32_t *targets;

	(void)state;
	model_go(&model, 2);
	targets = model_targets(&model, &count);
	assert_int_equal(count, 1);
	assert_int_equal(targets[0], slot_of(23));
	free(targets);
	selection_set(&model.selection, slot_of(173), true);
	selection_set(&model.selection, slot_of(1), true);
	targets = model_targets(&model, &count);
	assert_int_equal(count, 2);
	assert_int_equal(targets[0], slot_of(1));
	assert_int_equal(targets[1], slot_of(173));
	free(targets);
}

static void a_range_runs_both_ways_and_ends_with_its_anchor(void **state)
{
	size_t first, last;

	(void)state;
	assert_false(model_range(&model, &first, &last));
	model_go(&model, 3);
	model.anchor = slot_of(4);
	assert_true(model_range(&model, &first, &last));
	assert_int_equal(first, 1);
	assert_int_equal(last, 3);
	model_go(&model, 0);
	assert_true(model_range(&model, &first, &last));
	assert_int_equal(first, 0);
	assert_int_equal(last, 1);
	filter("status=answered");
	assert_false(model_range(&model, &first, &last));
}

static void it_comes_back_to_a_place(void **state)
{
	(void)state;
	add_many(40);
	model.height = 10;
	assert_true(model_go_slot(&model, slot_of(1020)));
	struct place place = model_place(&model);
	struct filter before = model.filter;
	size_t top = model.top, row = model.row;
	filter("status=answered");
	model_go(&model, 0);
	model.filter = before;
	model_return(&model, place);
	assert_int_equal(model.row, row);
	assert_int_equal(model.top, top);
	assert_int_equal(model.cursor, slot_of(1020));
}

static void moving_keeps_the_cursor_in_sight(void **state)
{
	(void)state;
	add_many(40);
	for (size_t height = 0; height < 60; height += 7) {
		model.height = height;
		for (long row = -5; row < 60; row += 3) {
			model_go(&model, row);
			size_t shown = height ? height : 1;
			assert_true(model.row >= model.top);
			assert_true(model.row < model.top + shown);
			assert_true(model.top == 0 ||
				    model.top + shown <= model.listing.count);
		}
	}
}

#define TESTED(name) cmocka_unit_test_setup_teardown(name, start, stop)
#define EMPTY(name) cmocka_unit_test_setup_teardown(name, start_empty, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TESTED(list_has_all_its_columns_on_120),
		TESTED(list_has_fewer_columns_on_80_and_on_40),
		TESTED(columns_are_chosen_and_ordered),
		TESTED(columns_give_way_where_there_is_no_room),
		TESTED(columns_are_as_wide_as_all_that_is_listed),
		TESTED(groups_have_heads),
		TESTED(the_cursor_passes_over_heads),
		TESTED(pages_of_groups_turn_and_end),
		TESTED(wide_quotes_move_nothing_but_the_titles_end),
		TESTED(cursor_and_marks_have_columns_of_their_own),
		TESTED(lateness_stands_out),
		TESTED(what_was_searched_is_marked_in_the_list),
		TESTED(numbers_of_several_sessions_are_whole),
		TESTED(an_empty_list_says_why),
		EMPTY(an_empty_register_says_how_to_fill_it),
		TESTED(a_list_without_room_draws_nothing_outside),
		TESTED(bar_counts_and_warns),
		TESTED(bar_says_how_many_marks_are_out_of_sight),
		TESTED(a_rule_names_what_is_below_it),
		TESTED(band_shows_empty_statuses_while_they_fit),
		TESTED(band_shows_what_is_chosen_and_what_else_is_filtered),
		TESTED(band_keeps_the_focus_inside),
		TESTED(band_steps_past_empty_statuses),
		TESTED(detail_has_every_field_in_three_columns),
		TESTED(detail_has_every_field_in_two_columns),
		TESTED(detail_has_every_field_in_one_column),
		TESTED(what_was_searched_is_marked_in_the_detail),
		TESTED(detail_shows_what_is_empty_as_a_dash),
		TESTED(detail_breaks_lines_as_chinese_does_at_every_width),
		TESTED(history_tells_creation_and_change),
		TESTED(history_tells_long_texts_by_their_length),
		TESTED(a_batch_tells_what_it_did_to_each),
		TESTED(no_batch_is_an_error),
		TESTED(batches_stand_newest_first),
		cmocka_unit_test(
			every_kind_of_batch_has_room_beside_its_number),
		TESTED(the_cursor_stays_on_its_batch),
		EMPTY(no_batches_yet_is_said),
		TESTED(preview_shows_every_verdict),
		TESTED(preview_names_what_is_forced),
		TESTED(preview_of_an_undo_tells_what_goes_back),
		TESTED(preview_stays_whole_at_every_width),
		TESTED(filter_page_has_as_many_columns_as_fit),
		TESTED(filter_page_follows_the_cursor),
		TESTED(a_menu_lines_up_keys_labels_and_details),
		TESTED(scrolls_stay_in_their_lists),
		TESTED(it_begins_with_the_current_session),
		TESTED(cursor_and_scroll_follow_when_rows_above_go),
		TESTED(cursor_and_scroll_follow_when_rows_above_come),
		TESTED(cursor_and_marks_follow_through_another_order),
		TESTED(marks_outlive_a_filter_that_hides_them),
		TESTED(cursor_stays_on_its_row_when_its_proposal_goes),
		TESTED(an_empty_listing_has_no_cursor_and_gets_one_back),
		TESTED(targets_are_the_marked_else_the_cursors),
		TESTED(a_range_runs_both_ways_and_ends_with_its_anchor),
		TESTED(it_comes_back_to_a_place),
		TESTED(moving_keeps_the_cursor_in_sight),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
