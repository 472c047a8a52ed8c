#include <stdlib.h>
#include <string.h>

#include "base/clean.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/width.h"
#include "domain/field.h"
#include "domain/workflow.h"
#include "pane/panes.h"

enum { LABEL = 10, GAP = 2 };

/* Being laid out: short fields side by side, long ones below each other. */
struct layout {
	const struct model *model;
	struct lines *lines;
	int width, columns;
	int filled;         /* columns used in `pending` */
	struct buf pending; /* a line of short fields */
	struct hit *hits;   /* in it; owned */
	size_t hit_count;
};

static void flush(struct layout *layout)
{
	if (layout->filled)
		lines_add_hits(layout->lines, STYLE_NORMAL,
			       buf_text(&layout->pending), layout->hits,
			       layout->hit_count);
	buf_reset(&layout->pending);
	layout->filled = 0;
	layout->hit_count = 0;
}

static void pad_to(struct buf *buf, int cells)
{
	for (int n = width_text(buf_text(buf)); n < cells; n++)
		buf_char(buf, ' ');
}

static void add_long(struct layout *layout, const char *label, const char *text)
{
	flush(layout);
	lines_wrap(layout->lines, STYLE_NORMAL, label, LABEL, layout->width,
		   text);
}

/* A value of the pending line, with what was searched in it. */
static void add_value(struct layout *layout, const char *text)
{
	size_t at = layout->pending.len, count;
	const struct lines *lines = layout->lines;

	clean_line(&layout->pending, text, strlen(text));
	struct hit *hits = found_hits(lines->found, lines->sounds,
				      buf_text(&layout->pending) + at,
				      layout->pending.len - at, &count);
	if (count)
		layout->hits =
			mem_resize(layout->hits,
				   (layout->hit_count + count) * sizeof(*hits));
	for (size_t i = 0; i < count; i++)
		layout->hits[layout->hit_count++] =
			(struct hit){hits[i].from + at, hits[i].to + at};
	free(hits);
}

static void add(struct layout *layout, const char *label, const char *text)
{
	int cells = layout->width / layout->columns;

	if (!*text)
		text = "-";
	if (layout->columns < 2 || strchr(text, '\n') ||
	    LABEL + width_text(text) + GAP > cells) {
		add_long(layout, label, text);
		return;
	}
	int start = layout->filled * cells;
	pad_to(&layout->pending, start);
	buf_str(&layout->pending, label);
	pad_to(&layout->pending, start + LABEL);
	add_value(layout, text);
	if (++layout->filled == layout->columns)
		flush(layout);
}

static void add_field(struct layout *layout, const struct field *field,
		      const struct proposal *p)
{
	const struct config *config = layout->model->config;
	struct buf canonical = {0}, shown = {0};

	layout->lines->sounds = field == &fields[FIELD_TITLE] ||
				field == &fields[FIELD_PROPOSERS];
	field_canonical(field, p, &canonical);
	if (canonical.len)
		field_show(field, buf_text(&canonical), config,
			   key_session(p->key), &shown);
	if (field->type == FIELD_TYPE_TEXT || field == &fields[FIELD_TITLE])
		add_long(layout, field->label,
			 shown.len ? buf_text(&shown) : "-");
	else
		add(layout, field->label, buf_text(&shown));
	buf_free(&canonical);
	buf_free(&shown);
}

static void add_units(struct layout *layout, const struct proposal *p)
{
	layout->lines->sounds = true;
	for (int role = 0; role < ROLE_COUNT; role++) {
		struct buf units = {0};

		proposal_units(p, layout->model->config, (enum unit_role)role,
			       &units);
		if (units.len || role == ROLE_LEAD)
			add(layout, role_label((enum unit_role)role),
			    buf_text(&units));
		buf_free(&units);
	}
}

static void add_clock(struct layout *layout, const struct proposal *p)
{
	const struct model *model = layout->model;
	day due = deadline_due(&model->config->reply, p->dates);
	struct buf text = {0};
	char words[32], date[11];

	layout->lines->sounds = false;
	deadline_words(workflow_phase(model->config, p->status), due,
		       p->dates[DATE_REPLIED], model->today, words);
	day_format(due, date);
	buf_printf(&text, "%s%s%s", words, *words && *date ? " " : "", date);
	add(layout, "期限", buf_text(&text));
	buf_free(&text);
}

static void add_trace(struct layout *layout, const struct proposal *p)
{
	struct buf text = {0};
	char when[17];

	layout->lines->sounds = false;
	clock_format(p->changed_at, when);
	buf_printf(&text, "%s %s 批次 %u（第 %u 次修订）", when, p->changed_by,
		   p->batch, p->revision);
	add_long(layout, "最近更新", buf_text(&text));
	buf_free(&text);
}

/* As many as the header says: a field without a place does not compile. */
const enum field_id field_order[] = {
	FIELD_TITLE,    FIELD_PROPOSERS, FIELD_UNITS,       FIELD_STATUS,
	FIELD_DUE,      FIELD_RESULT,    FIELD_LEVEL,       FIELD_TOPIC,
	FIELD_CATEGORY, FIELD_FEEDBACK,  FIELD_LED_BY,      FIELD_SUPERVISED_BY,
	FIELD_RECEIVED, FIELD_FILED,     FIELD_ASSIGNED,    FIELD_REPLIED,
	FIELD_CLOSED,   FIELD_RELATED,   FIELD_MERGED_INTO, FIELD_OUTCOME,
	FIELD_BODY,     FIELD_REMARKS,
};
bool detail_lines(const struct model *model, uint32_t slot, int width,
		  struct lines *lines, struct err *err)
{
	struct layout layout = {
		.model = model,
		.lines = lines,
		.width = width,
		.columns = width >= 110  ? 3
			   : width >= 72 ? 2
					 : 1,
	};
	struct arena arena = {0};
	struct found found;
	struct proposal p;
	bool ok = reading_proposal(model->reading, slot, &arena, &p, err);

	found_open(&found, &model->filter);
	lines->found = &found;
	for (size_t i = 0; ok && i < FIELD_END - 1; i++) {
		if (field_order[i] == FIELD_UNITS)
			add_units(&layout, &p);
		else if (field_order[i] == FIELD_DUE)
			add_clock(&layout, &p);
		else
			add_field(&layout, &fields[field_order[i]], &p);
	}
	if (ok)
		add_trace(&layout, &p);
	lines->found = NULL;
	found_close(&found);
	buf_free(&layout.pending);
	free(layout.hits);
	arena_free(&arena);
	return ok;
}
