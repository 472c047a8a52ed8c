#include <string.h>

#include "app/actions.h"
#include "app/shell.h"
#include "base/clean.h"
#include "domain/field.h"
#include "exchange/json.h"
#include "exchange/review.h"
#include "query/lookup.h"

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

static bool add_slot(struct shell *shell, uint32_t slot, struct err *err)
{
	struct arena arena = {0};
	struct proposal p;
	bool ok = reading_proposal(shell->reading, slot, &arena, &p, err);

	if (ok && shell->options.json)
		json_proposal(&p, &shell->out);
	else if (ok)
		add_fields(shell, &p, &shell->out);
	arena_free(&arena);
	return ok && shell_flush_full(shell, err);
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
		ok = add_slot(shell, list.slots[i], err);
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
