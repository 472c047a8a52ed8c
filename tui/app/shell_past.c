#include "app/actions.h"
#include "app/shell.h"
#include "base/clean.h"
#include "base/clock.h"
#include "domain/field.h"
#include "domain/number.h"
#include "exchange/json.h"

static void add_batch(const struct batch *batch, struct buf *out)
{
	struct buf text = {0};
	char when[17];

	clock_format(batch->at, when);
	buf_printf(&text, "%u  %s  %s  %u 件  %s  %s", batch->number, when,
		   batch->who.name, batch->count, batch_kind_label(batch->kind),
		   batch->summary);
	if (*batch->note)
		buf_printf(&text, "（%s）", batch->note);
	if (batch->undone_by)
		buf_printf(&text, "，已由批次 %u 撤销", batch->undone_by);
	clean_line(out, buf_text(&text), text.len);
	buf_char(out, '\n');
	buf_free(&text);
}

static void add_value(const struct shell *shell, const struct field *field,
		      const char *canonical, key k, struct buf *out)
{
	if (*canonical)
		field_show(field, canonical, shell->config, key_session(k),
			   out);
	else
		buf_str(out, "空");
}

static void add_event(const struct shell *shell, const struct event *event,
		      struct buf *out)
{
	struct buf text = {0};

	for (size_t i = 0; i < event->field_count; i++) {
		const struct event_field *change = &event->fields[i];
		const struct field *field = &fields[change->field];

		buf_reset(&text);
		buf_printf(&text, "    %s：", field->label);
		if (event->kind == EVENT_CHANGED) {
			add_value(shell, field, change->before, event->key,
				  &text);
			buf_str(&text, " → ");
		}
		add_value(shell, field, change->after, event->key, &text);
		clean_line(out, buf_text(&text), text.len);
		buf_char(out, '\n');
	}
	buf_free(&text);
}

static bool list_batches(struct shell *shell, struct err *err)
{
	uint32_t limit = UINT32_MAX, last;
	bool ok = shell_reading(shell, err);

	if (ok && shell->options.limit)
		ok = shell_number("--limit", shell->options.limit, &limit, err);
	if (!ok)
		return false;
	last = reading_last_batch(shell->reading);
	for (uint32_t i = 0; ok && i < last && i < limit; i++) {
		struct arena arena = {0};
		struct batch batch;

		ok = reading_batch(shell->reading, last - i, &arena, &batch,
				   err);
		if (ok && shell->options.json)
			json_batch(&batch, &shell->out);
		else if (ok)
			add_batch(&batch, &shell->out);
		arena_free(&arena);
	}
	if (ok && last == 0)
		return err_set(err, ERR_NOT_FOUND, "还没有任何批次");
	return ok;
}

/* One batch whole: what it did to each proposal, for printing. */
struct printing {
	struct shell *shell;
	const struct batch *batch;
};

static bool print_event(void *arg, const struct event *event, struct err *err)
{
	static const char *const words[] = {
		[EVENT_CREATED] = "  新增",
		[EVENT_CHANGED] = "",
		[EVENT_REMOVED] = "  移除",
	};
	struct printing *printing = arg;
	struct shell *shell = printing->shell;
	char number[16];

	if (shell->options.json) {
		json_event(event, printing->batch, &shell->out);
	} else {
		key_format(event->key, number);
		buf_printf(&shell->out, "%s%s\n", number, words[event->kind]);
		add_event(shell, event, &shell->out);
	}
	return shell_flush_full(shell, err);
}

static bool print_batch(struct shell *shell, struct err *err)
{
	struct arena arena = {0};
	struct batch batch;
	struct printing printing = {shell, &batch};
	uint32_t number;

	if (shell->arg_count > 1)
		return err_set(err, ERR_USAGE, "只能给出一个批次号");
	bool ok = shell_number("批次", shell->args[0], &number, err) &&
		  shell_reading(shell, err) &&
		  reading_batch(shell->reading, number, &arena, &batch, err);

	if (ok && !shell->options.json)
		add_batch(&batch, &shell->out);
	ok = ok && reading_events(shell->reading, number, print_event,
				  &printing, err);
	arena_free(&arena);
	return ok;
}

bool shell_batches(struct shell *shell, struct err *err)
{
	return shell->arg_count ? print_batch(shell, err)
				: list_batches(shell, err);
}

bool shell_history(struct shell *shell, struct err *err)
{
	struct arena arena = {0};
	struct event *events;
	size_t count = 0;
	key k;

	if (shell->arg_count != 1)
		return err_set(err, ERR_USAGE,
			       "要给出一个编号，如 history 173");
	bool ok = shell_reading(shell, err) &&
		  number_one(shell->args[0], shell->config->current, &k, err) &&
		  reading_history(shell->reading, k, &arena, &events, &count,
				  err);
	for (size_t i = 0; ok && i < count; i++) {
		struct batch batch;

		ok = reading_batch(shell->reading, events[i].batch, &arena,
				   &batch, err);
		if (ok && shell->options.json) {
			json_event(&events[i], &batch, &shell->out);
		} else if (ok) {
			add_batch(&batch, &shell->out);
			add_event(shell, &events[i], &shell->out);
		}
	}
	arena_free(&arena);
	if (ok && count == 0) {
		char label[64];

		key_label(k, shell->config->current, label);
		return err_set(err, ERR_NOT_FOUND, "没有%s提案", label);
	}
	return ok;
}
