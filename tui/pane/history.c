#include "base/clock.h"
#include "base/utf8.h"
#include "domain/batch.h"
#include "domain/field.h"
#include "pane/panes.h"

enum { INDENT = 4, SHORT = 60 };

/* Long texts are told by their length: the detail shows them in full. */
static void add_value(struct buf *out, const struct field *field,
		      const struct model *model, const char *canonical)
{
	struct buf shown = {0};

	if (*canonical)
		field_show(field, canonical, model->config,
			   model->config->current, &shown);
	size_t chars = utf8_count(buf_text(&shown));
	if (!shown.len)
		buf_str(out, "空");
	else if (chars > SHORT)
		buf_printf(out, "（%zu字）", chars);
	else
		buf_str(out, buf_text(&shown));
	buf_free(&shown);
}

static void add_fields(const struct model *model, const struct event *event,
		       int width, struct lines *lines)
{
	for (size_t i = 0; i < event->field_count; i++) {
		const struct event_field *change = &event->fields[i];
		const struct field *field = &fields[change->field];
		struct buf text = {0};

		buf_printf(&text, "%s：", field->label);
		if (event->kind != EVENT_CREATED) {
			add_value(&text, field, model, change->before);
			buf_str(&text, " → ");
		}
		add_value(&text, field, model, change->after);
		lines_wrap(lines, STYLE_NORMAL, "", INDENT, width,
			   buf_text(&text));
		buf_free(&text);
	}
}

static void add_batch(const struct batch *batch, int width, struct lines *lines)
{
	struct buf text = {0};
	char when[17];

	clock_format(batch->at, when);
	buf_printf(&text, "%s  %s  批次 %u  %s", when, batch->who.name,
		   batch->number, batch_kind_label(batch->kind));
	if (*batch->summary)
		buf_printf(&text, "：%s", batch->summary);
	if (*batch->note)
		buf_printf(&text, "（%s）", batch->note);
	lines_wrap(lines, STYLE_BOLD, "", 0, width, buf_text(&text));
	buf_free(&text);
}

bool history_lines(const struct model *model, key k, int width,
		   struct lines *lines, struct err *err)
{
	struct arena arena = {0};
	struct event *events;
	struct batch batch;
	size_t count = 0;
	bool ok = reading_history(model->reading, k, &arena, &events, &count,
				  err);

	for (size_t i = 0; ok && i < count; i++) {
		ok = reading_batch(model->reading, events[i].batch, &arena,
				   &batch, err);
		if (!ok)
			break;
		add_batch(&batch, width, lines);
		add_fields(model, &events[i], width, lines);
	}
	arena_free(&arena);
	return ok;
}

/* A batch of 100,000 would be a page nobody reads: the first are enough. */
enum { BATCH_SHOWN = 1000 };

struct batch_page {
	const struct model *model;
	struct lines *lines;
	int width;
	size_t shown;
};

static bool add_event(void *arg, const struct event *event, struct err *err)
{
	struct batch_page *page = arg;
	char label[64];

	(void)err;
	if (page->shown++ >= BATCH_SHOWN)
		return true;
	key_label(event->key, page->model->config->current, label);
	lines_addf(page->lines, STYLE_BOLD, "%s%s", label,
		   event->kind == EVENT_CREATED   ? "  新增"
		   : event->kind == EVENT_REMOVED ? "  移除"
						  : "");
	if (event->kind == EVENT_CHANGED)
		add_fields(page->model, event, page->width, page->lines);
	return true;
}

bool batch_lines(const struct model *model, uint32_t number, int width,
		 struct lines *lines, struct err *err)
{
	struct batch_page page = {model, lines, width, 0};
	struct arena arena = {0};
	struct batch batch;
	bool ok = reading_batch(model->reading, number, &arena, &batch, err);

	if (ok)
		add_batch(&batch, width, lines);
	if (ok && batch.undone_by)
		lines_addf(lines, STYLE_WARN, "已由批次 %u 撤销",
			   batch.undone_by);
	ok = ok &&
	     reading_events(model->reading, number, add_event, &page, err);
	if (page.shown > BATCH_SHOWN)
		lines_addf(lines, STYLE_DIM, "……还有 %zu 件",
			   page.shown - BATCH_SHOWN);
	arena_free(&arena);
	return ok;
}
