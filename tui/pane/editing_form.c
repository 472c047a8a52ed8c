#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "base/width.h"
#include "domain/field_typed.h"
#include "pane/editing.h"
#include "pane/editing_part.h"

enum { LABEL_AT = 2, VALUE_AT = 12, GAP = 2 };

struct form_row form_row(size_t n)
{
	for (size_t i = 0; i < FIELD_END - 1; i++) {
		size_t rows = field_order[i] == FIELD_UNITS ? ROLE_COUNT : 1;

		if (n < rows)
			return (struct form_row){field_order[i],
						 (enum unit_role)n};
		n -= rows;
	}
	return (struct form_row){FIELD_TITLE, ROLE_LEAD};
}

const char *form_label(struct form_row row)
{
	return row.field == FIELD_UNITS ? role_label(row.role)
					: fields[row.field].label;
}

/* The first line, and how much there is: it is read in the editor. */
static void text_value(const char *text, struct buf *out)
{
	size_t lines = 1, first = strcspn(text, "\n");

	for (const char *at = text; *at; at++)
		lines += *at == '\n';
	buf_add(out, text, first);
	if (lines > 1)
		buf_printf(out, "（共 %zu 行 %zu 字）", lines,
			   utf8_count(text) - lines + 1);
}

static void row_value(const struct editing *editing, struct form_row row,
		      const struct proposal *p, struct buf *out)
{
	const struct field *field = &fields[row.field];
	struct buf text = {0};

	if (row.field == FIELD_UNITS)
		proposal_units(p, editing->config, row.role, &text);
	else
		show_field(editing, row.field, p, &text);
	if (field->type == FIELD_TYPE_TEXT)
		text_value(buf_text(&text), out);
	else
		buf_str(out, buf_text(&text));
	buf_free(&text);
}

/* The units of one role may be as they were while others changed. */
static bool same_row(const struct editing *editing, struct form_row row,
		     const struct proposal *a, const struct proposal *b)
{
	struct buf before = {0}, after = {0};

	if (row.field != FIELD_UNITS)
		return field_equal(&fields[row.field], a, b);
	proposal_units(a, editing->config, row.role, &before);
	proposal_units(b, editing->config, row.role, &after);
	bool same = strcmp(buf_text(&before), buf_text(&after)) == 0;
	buf_free(&before);
	buf_free(&after);
	return same;
}

struct row_look {
	char mark;
	enum style style;
	char words[96];
};

static void look_of(const struct editing *editing, struct form_row row,
		    struct row_look *out)
{
	const struct versions *v = &editing->versions;
	const char *name = editing->traces[row.field].name;
	bool mine = !same_row(editing, row, &v->base, &v->mine);
	bool theirs = !same_row(editing, row, &v->base, &v->theirs);
	enum merge_state state = editing_state(editing, row.field);

	*out = (struct row_look){.mark = ' '};
	name = name ? name : "他人";
	if (state == MERGE_CONFLICT && (mine || theirs)) {
		bool open = editing_undecided(editing, row.field);
		bool kept = editing->picks[row.field] == PICK_THEIRS;

		*out = (struct row_look){open   ? '!'
					 : kept ? '+'
						: '*',
					 open ? STYLE_WARN : STYLE_BOLD, ""};
		snprintf(out->words, sizeof(out->words), "%s %s %s",
			 open   ? "与"
			 : kept ? "用"
				: "不用",
			 name, open ? "不同" : "的");
	} else if (mine && state == MERGE_MINE) {
		*out = (struct row_look){'*', STYLE_BOLD, "已改"};
	} else if (theirs) {
		*out = (struct row_look){'+', STYLE_NORMAL, ""};
		snprintf(out->words, sizeof(out->words), "%s 改的", name);
	}
	out->words[utf8_cut(out->words, strlen(out->words))] = '\0';
}

static void draw_row(const struct editing *editing, struct form_row row,
		     bool selected, struct canvas *canvas, int y,
		     struct rect area)
{
	int x = area.x + VALUE_AT, end = area.x + area.width;
	struct row_look look;
	struct buf value = {0};

	look_of(editing, row, &look);
	row_value(editing, row, editing_source(editing, row.field), &value);
	canvas_fill(canvas, y, area.x, 1, STYLE_BOLD, selected ? '>' : ' ');
	canvas_fill(canvas, y, area.x + 1, 1, look.style, look.mark);
	canvas_text(canvas, y, area.x + LABEL_AT, VALUE_AT - LABEL_AT - 1,
		    look.style, form_label(row));
	int words = *look.words ? width_text(look.words) + GAP : 0;
	if (words > (end - x) / 2)
		words = (end - x) / 2;
	x += canvas_text_cut(canvas, y, x, end - x - words, look.style,
			     value.len ? buf_text(&value) : "-");
	canvas_text_cut(canvas, y, x + GAP, end - x - GAP, STYLE_WARN,
			look.words);
	buf_free(&value);
}

void form_draw(const struct editing *editing, struct scroll *scroll,
	       struct canvas *canvas, struct rect area)
{
	scroll->count = FORM_ROWS;
	scroll->height = area.height > 0 ? (size_t)area.height : 0;
	scroll_move(scroll, 0);
	for (int i = 0; i < area.height; i++) {
		size_t n = scroll->top + (size_t)i;

		if (n >= FORM_ROWS)
			break;
		draw_row(editing, form_row(n), n == scroll->cursor, canvas,
			 area.y + i, area);
	}
	canvas_cursor(canvas, area.y + (int)(scroll->cursor - scroll->top),
		      area.x);
}

/* What others changed and is not what it was. */
static bool is_news(const struct editing *editing, enum field_id id)
{
	enum merge_state state = editing_state(editing, id);

	return editing->traces[id].name &&
	       (state == MERGE_THEIRS || state == MERGE_ALIKE ||
		state == MERGE_CONFLICT);
}

static bool same_person(const struct editing *editing, enum field_id a,
			enum field_id b)
{
	return strcmp(editing->traces[a].name, editing->traces[b].name) == 0;
}

static bool named_before(const struct editing *editing, enum field_id id)
{
	for (int i = FIELD_TITLE; i < (int)id; i++)
		if (is_news(editing, (enum field_id)i) &&
		    same_person(editing, (enum field_id)i, id))
			return true;
	return false;
}

/* 李明 11-20 09:31 改了办理结果、级别: all of one person's, with his last. */
static void add_person(const struct editing *editing, enum field_id first,
		       struct buf *out)
{
	struct trace last = editing->traces[first];
	struct buf labels = {0};

	for (int i = (int)first; i < FIELD_END; i++) {
		enum field_id id = (enum field_id)i;

		if (!is_news(editing, id) || !same_person(editing, first, id))
			continue;
		if (editing->traces[id].batch > last.batch)
			last = editing->traces[id];
		buf_printf(&labels, "%s%s", labels.len ? "、" : "",
			   fields[id].label);
	}
	buf_str(out, out->len ? "；" : "");
	show_trace(&last, out);
	buf_printf(out, " 改了%s", buf_text(&labels));
	buf_free(&labels);
}

void editing_news(const struct editing *editing, struct buf *out)
{
	size_t open = editing_conflicts(editing);

	if (editing->gone) {
		show_trace(&editing->removed, out);
		buf_str(out, " 移除了这件提案，不能再保存");
		return;
	}
	for (int i = FIELD_TITLE; i < FIELD_END; i++) {
		enum field_id id = (enum field_id)i;

		if (is_news(editing, id) && !named_before(editing, id))
			add_person(editing, id, out);
	}
	if (open)
		buf_printf(out, "；有 %zu 项与您的不同，保存前请选定", open);
}
