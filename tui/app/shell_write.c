#include <stdlib.h>
#include <string.h>

#include "app/actions.h"
#include "app/shell.h"
#include "app/shell_wait.h"
#include "base/clean.h"
#include "change/plan.h"
#include "domain/field_choice.h"
#include "exchange/import.h"
#include "query/lookup.h"

/* One line a proposal: number, step, verdict and its reason. */
static void show_plan(struct shell *shell, const struct plan *plan)
{
	struct buf *out = &shell->out;

	for (size_t i = 0; i < plan->count; i++) {
		const struct plan_item *item = &plan->items[i];
		struct buf text = {0}, reason = {0};
		char number[16];

		key_format(item->key, number);
		buf_printf(&text, "%s  ", number);
		plan_step(plan, item, &text);
		buf_printf(&text, "  %s", verdict_label(item->verdict));
		plan_reason(plan, item, &reason);
		if (reason.len)
			buf_printf(&text, "：%s", buf_text(&reason));
		clean_line(out, buf_text(&text), text.len);
		buf_char(out, '\n');
		buf_free(&text);
		buf_free(&reason);
	}
}

static size_t count_left(const struct plan *plan)
{
	return plan->verdicts[VERDICT_REFUSED] +
	       plan->verdicts[VERDICT_DENIED] +
	       plan->verdicts[VERDICT_CONFLICT] + plan->verdicts[VERDICT_GONE];
}

/* What stays undone is named on standard error. */
static void say_left(const struct plan *plan)
{
	for (size_t i = 0; i < plan->count; i++) {
		struct buf reason = {0};
		char number[16];

		plan_reason(plan, &plan->items[i], &reason);
		key_format(plan->items[i].key, number);
		if (reason.len)
			shell_say("%s %s：%s", number,
				  verdict_label(plan->items[i].verdict),
				  buf_text(&reason));
		buf_free(&reason);
	}
}

static bool check_expected(const struct shell *shell, const struct plan *plan,
			   struct err *err)
{
	uint32_t expected;

	if (!shell->options.expect)
		return true;
	if (!shell_number("--expect", shell->options.expect, &expected, err))
		return false;
	if (plan_writes(plan) == expected)
		return true;
	return err_set(err, ERR_REFUSED,
		       "会写入 %zu 件，与 --expect %u 不符，什么都没有写入",
		       plan_writes(plan), expected);
}

/* Commit, and say which batch it is. */
static bool write_plan(struct shell *shell, struct plan *plan, bool rest,
		       struct err *err)
{
	struct arena arena = {0};
	struct committed done = {0};
	struct who who;

	if (!shell_sound(shell, err))
		return false;
	who_am_i(&who, &arena);
	reading_end(shell->reading);
	shell->reading = NULL;
	struct shell_wait wait;
	plan->progress = shell_wait_begin(&wait);
	bool ok = plan_commit(plan, shell->store, &who,
			      shell->options.note ? shell->options.note : "",
			      rest, &done, err);
	shell_wait_end(&wait);
	if (ok && done.batch)
		shell_say("已保存：批次 %u，%zu 件，%s", done.batch,
			  done.changed, plan->summary);
	else if (ok)
		shell_say("没有变化，什么都不用写");
	else if (err->code == ERR_CONFLICT) {
		say_left(plan);
		err_set(err, ERR_CONFLICT,
			"有 %zu 件刚被他人修改，这次什么都没有写入，"
			"请看过之后再运行一次",
			plan->verdicts[VERDICT_CONFLICT]);
	}
	free(done.conflicts);
	arena_free(&arena);
	return ok;
}

static bool run_plan(struct shell *shell, struct plan *plan, bool rest,
		     struct err *err)
{
	if (!check_expected(shell, plan, err))
		return false;
	if (shell->options.dry_run)
		show_plan(shell, plan);
	else if (plan_writes(plan) && !write_plan(shell, plan, rest, err))
		return false;
	if (!shell->options.dry_run)
		say_left(plan);
	if (count_left(plan))
		return err_set(err, ERR_REFUSED, "有 %zu 件%s写入",
			       count_left(plan),
			       shell->options.dry_run ? "不会" : "没有");
	if (!plan_writes(plan))
		shell_say("%zu 件都已经是这样，什么都不用写", plan->count);
	return true;
}

/* NULL, and refused: there is none. */
static const struct choice *find_status(const struct shell *shell,
					const char *text, struct err *err)
{
	const struct choice *status =
		config_match(shell->config, CHOICE_STATUS, text);

	if (!status)
		choice_refuse(shell->config, CHOICE_STATUS, "状态", text, err);
	return status;
}

bool shell_status(struct shell *shell, struct err *err)
{
	struct arena arena = {0};
	struct lookup_list list = {0};
	struct plan plan = {0};
	const struct choice *to;

	if (shell->arg_count < 2)
		return err_set(err, ERR_USAGE,
			       "要给出状态和编号，如 status 已答复 4、173");
	to = find_status(shell, shell->args[0], err);
	if (!to)
		return false;
	bool ok = shell_reading(shell, err) &&
		  shell_numbers(shell, 1, &arena, &list, err);
	if (ok && list.unknown_count)
		ok = err_set(
			err, ERR_NOT_FOUND,
			"有 %zu 个编号没有找到，什么都没有写入，请去掉再来",
			list.unknown_count);
	ok = ok &&
	     plan_status(&plan, shell->config, shell->reading, list.slots,
			 list.count, to->code, shell->options.force, err) &&
	     run_plan(shell, &plan, false, err);
	plan_free(&plan);
	arena_free(&arena);
	return ok;
}

bool shell_undo(struct shell *shell, struct err *err)
{
	struct arena arena = {0};
	struct plan plan = {0};
	struct who who;
	uint32_t batch = 0;
	bool ok = shell_reading(shell, err);

	who_am_i(&who, &arena);
	if (ok && shell->arg_count > 1)
		ok = err_set(err, ERR_USAGE, "只能给出一个批次号");
	else if (ok && shell->arg_count)
		ok = shell_number("批次", shell->args[0], &batch, err);
	else if (ok)
		batch = undo_candidate(shell->reading, who.uid);
	if (ok && !batch)
		ok = err_set(err, ERR_NOT_FOUND, "没有可以撤销的批次");
	ok = ok &&
	     plan_undo(&plan, shell->config, shell->reading, batch, err) &&
	     run_plan(shell, &plan, true, err);
	plan_free(&plan);
	arena_free(&arena);
	return ok;
}

/* Rejected rows are messages; with --dry-run the others are data. */
static void show_import(struct shell *shell, const struct import *import)
{
	static const char *const words[IMPORT_VERDICTS] = {
		[IMPORT_NEW] = "新增",
		[IMPORT_CHANGE] = "修改",
		[IMPORT_SAME] = "相同",
		[IMPORT_REJECT] = "拒绝",
	};

	for (size_t i = 0; i < import->count; i++) {
		const struct import_row *row = &import->rows[i];
		struct buf text = {0};
		char number[16];

		if (row->verdict == IMPORT_REJECT)
			shell_say("第 %u 行：%s", row->line, row->reason);
		if (!shell->options.dry_run || row->verdict == IMPORT_REJECT)
			continue;
		key_format(row->key, number);
		buf_printf(&text, "第 %u 行  %s  %s  %s", row->line,
			   words[row->verdict], number,
			   row->verdict == IMPORT_CHANGE ? row->changes
							 : row->title);
		clean_line(&shell->out, buf_text(&text), text.len);
		buf_char(&shell->out, '\n');
		buf_free(&text);
	}
}

static bool run_import(struct shell *shell, struct import *import,
		       struct err *err)
{
	size_t rejected = import->verdicts[IMPORT_REJECT];
	bool strict = shell->options.strict && rejected;

	show_import(shell, import);
	shell_say("新增 %zu 件，修改 %zu 件，相同 %zu 件，拒绝 %zu 行",
		  import->verdicts[IMPORT_NEW], import->verdicts[IMPORT_CHANGE],
		  import->verdicts[IMPORT_SAME], rejected);
	if (!shell->options.dry_run && !strict && plan_writes(&import->plan) &&
	    !write_plan(shell, &import->plan, false, err))
		return false;
	if (strict)
		return err_set(err, ERR_REFUSED,
			       "有 %zu 行被拒绝，--strict 下什么都没有写入",
			       rejected);
	if (rejected)
		return err_set(
			err, ERR_REFUSED,
			"有 %zu 行被拒绝，请改正后再导入一次，已导入的不会重复",
			rejected);
	return true;
}

static void say_source(const struct rows *rows)
{
	if (strcmp(rows->encoding, "UTF-8") != 0)
		shell_say("%s：按 %s 编码读取", rows->source, rows->encoding);
	for (size_t i = 0; i < rows->unknown_headers.count; i++)
		shell_say("%s：不认识“%s”这一列，没有导入", rows->source,
			  rows->unknown_headers.items[i]);
}

/* An archive is only recognised. */
static bool read_import(struct shell *shell, const char *status,
			struct rows *rows, struct import *import, bool *whole,
			struct err *err)
{
	struct shell_wait wait;
	bool ok = rows_read(rows, shell->args[0], shell_wait_begin(&wait), err);

	*whole = ok && rows->is_archive;
	if (ok && !*whole)
		ok = shell_reading(shell, err) &&
		     import_plan(import, rows, shell->config, shell->reading,
				 status, err);
	rows->progress = NULL;
	shell_wait_end(&wait);
	return ok;
}

bool shell_import(struct shell *shell, struct err *err)
{
	struct rows rows = {0};
	struct import import = {0};
	const char *status = shell->options.status;
	const struct choice *choice = NULL;

	if (shell->arg_count != 1 || !*shell->args[0])
		return err_set(err, ERR_USAGE,
			       "要给出一个文件，或 - 从标准输入读");
	if (status)
		choice = find_status(shell, status, err);
	if (status && !choice)
		return false;
	bool whole, ok = read_import(shell, choice ? choice->code : NULL, &rows,
				     &import, &whole, err);
	if (ok && whole)
		ok = shell_import_archive(shell, &rows, err);
	if (ok && !whole) {
		say_source(&rows);
		ok = run_import(shell, &import, err);
	}
	import_free(&import);
	rows_free(&rows);
	return ok;
}
