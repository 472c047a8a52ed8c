#include <string.h>

#include "pane/editing_part.h"
#include "pane/excerpts.h"

/* The mark of the cursor stands in front of the lines. */
enum { MARGIN = 2, INDENT = 10, SIDES = 3 };

void conflict_fill(struct conflict_view *view, const struct editing *editing)
{
	enum field_id on = view->count ? view->ids[view->cursor] : FIELD_END;

	view->count = 0;
	view->cursor = 0;
	for (size_t i = 0; i < FIELD_END - 1; i++) {
		enum field_id id = field_order[i];

		if (editing_state(editing, id) != MERGE_CONFLICT)
			continue;
		if (id == on)
			view->cursor = view->count;
		view->ids[view->count++] = id;
	}
}

static void head_line(const struct editing *editing, enum field_id id,
		      int width, struct lines *lines)
{
	static const char *const words[] = {
		[PICK_NONE] = "请选：1 用他人的，2 用我的，Enter 再改",
		[PICK_THEIRS] = "用他人的",
		[PICK_MINE] = "用我的",
	};
	enum merge_pick pick = editing->picks[id];

	lines_wrap(lines, pick == PICK_NONE ? STYLE_WARN : STYLE_GOOD,
		   fields[id].label, INDENT, width, words[pick]);
}

static void side_lines(const struct editing *editing, enum field_id id,
		       int width, struct lines *lines)
{
	const struct versions *v = &editing->versions;
	const struct proposal *sides[SIDES] = {&v->base, &v->theirs, &v->mine};
	static const char *const labels[][SIDES] = {
		[PICK_NONE] = {"  原值", "1 他人", "2 我"},
		[PICK_THEIRS] = {"  原值", "1 他人 *", "2 我"},
		[PICK_MINE] = {"  原值", "1 他人", "2 我   *"},
	};
	enum merge_pick pick = editing->picks[id];
	struct buf full[SIDES] = {{0}, {0}, {0}}, part[SIDES] = {{0}, {0}, {0}};
	const char *texts[SIDES];

	for (int i = 0; i < SIDES; i++) {
		show_field(editing, id, sides[i], &full[i]);
		texts[i] = buf_text(&full[i]);
	}
	excerpts(texts, SIDES, part);
	for (int i = 0; i < SIDES; i++) {
		bool chosen = (pick == PICK_THEIRS && i == 1) ||
			      (pick == PICK_MINE && i == 2);

		if (!part[i].len)
			buf_str(&part[i], "空");
		if (i == 1) {
			buf_str(&part[i], "（");
			show_trace(&editing->traces[id], &part[i]);
			buf_str(&part[i], "）");
		}
		lines_wrap(lines, chosen ? STYLE_BOLD : STYLE_NORMAL,
			   labels[pick][i], INDENT, width, buf_text(&part[i]));
		buf_free(&full[i]);
		buf_free(&part[i]);
	}
}

/* What needs no choice: he sees what will be saved together with it. */
static void merged_lines(const struct editing *editing, int width,
			 struct lines *lines)
{
	const struct versions *versions = &editing->versions;
	bool titled = false;

	for (size_t i = 0; i < FIELD_END - 1; i++) {
		enum field_id id = field_order[i];
		enum merge_state state = editing_state(editing, id);

		if (state == MERGE_UNCHANGED || state == MERGE_CONFLICT)
			continue;
		if (!titled)
			lines_add(lines, STYLE_BOLD,
				  "只有一方改过的已经合并，不用选：");
		titled = true;
		if (state == MERGE_MINE)
			change_lines(editing, id, &versions->theirs,
				     &versions->mine, "（我）", width, lines);
		else
			theirs_lines(editing, id, width, lines);
	}
}

static void fill_lines(struct conflict_view *view,
		       const struct editing *editing, int width,
		       struct lines *lines)
{
	lines_reset(lines);
	for (size_t i = 0; i < view->count; i++) {
		view->starts[i] = lines->count;
		head_line(editing, view->ids[i], width, lines);
		side_lines(editing, view->ids[i], width, lines);
		lines_add(lines, STYLE_NORMAL, "");
	}
	view->starts[view->count] = lines->count;
	if (!view->count) {
		lines_wrap(lines, STYLE_NORMAL, "", 0, width,
			   "没有需要选定的项了，按 F8 预览并保存，"
			   "按 Esc 返回修改");
		lines_add(lines, STYLE_NORMAL, "");
	}
	merged_lines(editing, width, lines);
}

/* The last line of the field, without the blank one behind it. */
static size_t last_line(const struct conflict_view *view, size_t n)
{
	return view->starts[n + 1] > 1 ? view->starts[n + 1] - 2 : 0;
}

static void step_down(struct conflict_view *view)
{
	struct scroll *scroll = &view->scroll;
	size_t bottom = scroll->top + scroll->height;

	if (view->count && last_line(view, view->cursor) >= bottom)
		scroll->top++;
	else if (view->cursor + 1 < view->count)
		view->cursor++;
	else if (bottom < scroll->count)
		scroll->top++;
}

static void step_up(struct conflict_view *view)
{
	struct scroll *scroll = &view->scroll;

	if (scroll->top > view->starts[view->cursor])
		scroll->top--;
	else if (view->cursor > 0)
		view->cursor--;
	else if (scroll->top > 0)
		scroll->top--;
}

/* A field that came under the cursor is shown, from its first line. */
static void show_cursor(struct conflict_view *view)
{
	struct scroll *scroll = &view->scroll;
	size_t start = view->starts[view->cursor];
	size_t end = last_line(view, view->cursor) + 1;

	if (end > scroll->top + scroll->height)
		scroll->top = end - scroll->height;
	if (start < scroll->top)
		scroll->top = start;
}

void conflict_move(struct conflict_view *view, long by)
{
	for (; by; by += by < 0 ? 1 : -1) {
		size_t cursor = view->cursor, top = view->scroll.top;

		if (by > 0)
			step_down(view);
		else
			step_up(view);
		if (view->cursor != cursor)
			show_cursor(view);
		else if (view->scroll.top == top)
			break;
	}
}

void conflict_draw(struct conflict_view *view, const struct editing *editing,
		   struct lines *lines, struct canvas *canvas, struct rect area)
{
	struct rect text = {area.y, area.x + MARGIN, area.height,
			    area.width - MARGIN};
	struct scroll *scroll = &view->scroll;
	size_t start;

	conflict_fill(view, editing);
	fill_lines(view, editing, text.width, lines);
	scroll->count = lines->count;
	scroll->height = (size_t)area.height;
	scroll_text(scroll, 0);
	lines_draw(lines, scroll->top, canvas, text);
	canvas_cursor(canvas, area.y, area.x);
	if (!view->count)
		return;
	start = view->starts[view->cursor];
	start = start < scroll->top ? scroll->top : start;
	int y = area.y + (int)(start - scroll->top);
	canvas_fill(canvas, y, area.x, 1, STYLE_BOLD, '>');
	canvas_cursor(canvas, y, area.x);
}
