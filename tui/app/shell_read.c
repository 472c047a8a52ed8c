#include <string.h>

#include "app/actions.h"
#include "app/views.h"
#include "base/clean.h"
#include "base/clock.h"
#include "base/width.h"
#include "domain/field.h"
#include "domain/workflow.h"
#include "exchange/json.h"
#include "exchange/review.h"
#include "query/lookup.h"

static void add_cell(struct buf *out, const char *text, int cells)
{
	struct buf clean = {0};

	clean_line(&clean, text, strlen(text));
	buf_str(out, buf_text(&clean));
	for (int n = width_text(buf_text(&clean)); n < cells; n++)
		buf_char(out, ' ');
	buf_str(out, "  ");
	buf_free(&clean);
}

/* A line of the list, in the columns of the screen. */
static void add_line(const struct shell *shell, const struct proposal *p,
		     struct buf *out)
{
	const struct config *config = shell->config;
	char number[16], words[32];
	struct buf units = {0};

	key_format(p->key, number);
	deadline_words(workflow_phase(config, p->status),
		       deadline_due(&config->reply, p->dates),
		       p->dates[DATE_REPLIED], clock_today(), words);
	proposal_answering(p, config, &units);
	add_cell(out, number, 9);
	add_cell(out, buf_text(&units), 12);
	add_cell(out, config_label(config, CHOICE_STATUS, p->status), 10);
	add_cell(out, words, 8);
	add_cell(out, config_label(config, CHOICE_RESULT, p->result), 4);
	clean_line(out, p->title, strlen(p->title));
	buf_char(out, '\n');
	buf_free(&units);
}

/* Everything of one proposal, a field a paragraph. */
static void add_fields(const struct shell *shell, const struct proposal *p,
		       struct buf *out)
{
	struct buf canonical = {0}, shown = {0};
	char label[64];

	key_label(p->key, 0, label);
	buf_printf(out, "%s\n", label);
	for (int id = FIELD_TITLE; id < FIELD_END; id++) {
		buf_reset(&canonical);
		buf_reset(&shown);
		field_canonical(&fields[id], p, &canonical);
		if (!canonical.len)
			continue;
		field_show(&fields[id], buf_text(&canonical), shell->config,
			   key_session(p->key), &shown);
		buf_printf(out, "%s：", fields[id].label);
		clean_lines(out, buf_text(&shown), shown.len);
		buf_char(out, '\n');
	}
	buf_printf(out, "修订：%u\n", p->revision);
	buf_free(&canonical);
	buf_free(&shown);
}

typedef void add_fn(const struct shell *shell, const struct proposal *p,
		    struct buf *out);

static bool add_slot(struct shell *shell, uint32_t slot, add_fn *add,
		     struct err *err)
{
	struct arena arena = {0};
	struct proposal p;
	bool ok = reading_proposal(shell->reading, slot, &arena, &p, err);

	if (ok && shell->options.json)
		json_proposal(&p, &shell->out);
	else if (ok)
		add(shell, &p, &shell->out);
	arena_free(&arena);
	return ok && shell_flush_full(shell, err);
}

bool shell_list(struct shell *shell, struct err *err)
{
	struct look look = {0};
	struct listing listing = {0};
	struct query query = {.filter = &look.filter};
	uint32_t limit = UINT32_MAX;
	bool ok = shell_reading(shell, err) && shell_look(shell, 0, &look, err);

	query.order = look.order;
	if (ok && shell->options.sort)
		ok = order_parse(&query.order, shell->options.sort, err);
	if (ok && shell->options.limit)
		ok = shell_number("--limit", shell->options.limit, &limit, err);
	if (!ok)
		return false;
	query.reading = shell->reading;
	query.catalog = &shell->catalog;
	if (shell->options.reverse)
		order_turn(&query.order);
	query.today = clock_today();
	listing_run(&query, &listing, NULL);
	shell_explain(shell, &look.filter, listing.count);
	for (size_t i = 0; ok && i < listing.count && i < limit; i++)
		ok = add_slot(shell, listing.slots[i], add_line, err);
	if (ok && listing.count == 0)
		ok = err_set(err, ERR_NOT_FOUND, "没有符合条件的提案");
	else if (ok && listing.count > limit)
		shell_say("共 %zu 件，只列出前 %u 件", listing.count, limit);
	listing_free(&listing);
	return ok;
}

bool shell_show(struct shell *shell, struct err *err)
{
	struct arena arena = {0};
	struct lookup_list list = {0};
	bool ok = shell_reading(shell, err) &&
		  shell_numbers(shell, 0, &arena, &list, err);

	for (size_t i = 0; ok && i < list.count; i++) {
		if (i && !shell->options.json)
			buf_char(&shell->out, '\n');
		ok = add_slot(shell, list.slots[i], add_fields, err);
	}
	for (size_t i = 0; ok && i < list.merged_count; i++) {
		struct lookup found;
		char from[16], to[16];

		key_format(list.merged[i], from);
		lookup_one(shell->reading, from, shell->config->current,
			   &found);
		key_format(found.merged_into, to);
		shell_say("%s 已并入 %s", from, to);
	}
	if (ok && list.unknown_count)
		ok = err_set(err, ERR_NOT_FOUND, "有 %zu 个编号没有找到",
			     list.unknown_count);
	arena_free(&arena);
	return ok;
}

bool shell_report(struct shell *shell, struct err *err)
{
	if (shell->arg_count != 1 || strcmp(shell->args[0], "review") != 0)
		return err_set(err, ERR_USAGE,
			       "要给出报告的名字，现在有：report review");
	return shell_reading(shell, err) &&
	       review_write(shell->reading, &shell->catalog,
			    shell->config->current, &shell->out, err);
}
