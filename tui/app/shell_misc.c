#include <string.h>

#include "app/actions.h"
#include "app/shell.h"
#include "base/width.h"
#include "query/term.h"
#include "store/check.h"

/* Where the explanations begin. */
enum { HELP_CELLS = 24 };

/* A register of a million can have a million findings: the first say it. */
enum { FINDINGS_TOLD = 100 };

void shell_tell(void *arg, const char *sentence)
{
	unsigned *told = arg;

	if (*told < FINDINGS_TOLD)
		shell_say("%s", sentence);
	else if (*told == FINDINGS_TOLD)
		shell_say("……只列出前 %d 处", FINDINGS_TOLD);
	*told += *told <= FINDINGS_TOLD;
}

bool shell_check(struct shell *shell, struct err *err)
{
	struct check_sums sums = {0};
	uint64_t findings = 0;
	unsigned told = 0;

	if (shell->options.repair)
		return shell_repair(shell, err);
	if (!shell_open(shell, err) ||
	    !store_check(shell->store, shell_tell, &told, &sums, &findings,
			 err))
		return false;
	buf_printf(&shell->out,
		   "提案 %llu 件，已移除 %llu 件，历史 %llu 条，批次 %llu 个\n",
		   (unsigned long long)sums.proposals,
		   (unsigned long long)sums.removed,
		   (unsigned long long)sums.events,
		   (unsigned long long)sums.batches);
	if (findings && findings == sums.derived)
		return err_set(
			err, ERR_STORE,
			"发现 %llu 处问题，提案和历史都完好：请管理员运行 "
			"proposals check --repair 重建",
			(unsigned long long)findings);
	if (findings)
		return err_set(err, ERR_STORE,
			       "发现 %llu 处问题，请停止使用并从备份恢复",
			       (unsigned long long)findings);
	buf_str(&shell->out, "没有发现问题\n");
	return !shell->options.compare || shell_compare(shell, err);
}

/* "  left       right", in cells. */
static void help_row(struct buf *out, int cells, const char *before,
		     const char *word, const char *arg, const char *help)
{
	int used = 2 + width_text(before) + width_text(word) +
		   (*arg ? 1 + width_text(arg) : 0);

	buf_printf(out, "  %s%s%s%s", before, word, *arg ? " " : "", arg);
	do
		buf_char(out, ' ');
	while (++used < cells);
	buf_printf(out, " %s\n", help);
}

static void help_options(struct buf *out, const struct command *command)
{
	for (size_t i = 0; i < option_info_count; i++) {
		const struct option_info *info = &option_infos[i];
		size_t len = strlen(info->name);
		const char *at =
			command ? strstr(command->options, info->name) : NULL;

		if (command ? !at || (at[len] && at[len] != ' ')
			    : !info->global)
			continue;
		help_row(out, HELP_CELLS, "--", info->name, info->arg,
			 info->help);
	}
}

/* name 标签  example  what it is */
static void help_conditions(struct buf *out)
{
	enum { NAME_CELLS = 18, EXAMPLE_CELLS = 26 };

	buf_str(out,
		"  条件：名称、符号（= != < <= > >=）、值；几个值用逗号隔开，"
		"是“或”；几个条件用空格隔开，是“且”；\n"
		"  前面加 ! 是“不”；其余的字是要找的文字，有空格的加引号；"
		"全角符号也可以。在 shell 里请用单引号括起来\n");
	for (size_t i = 0; i < term_count; i++) {
		int cells = width_text(terms[i].name) +
			    width_text(terms[i].label) + 1;

		buf_printf(out, "  %s %s%*s", terms[i].name, terms[i].label,
			   NAME_CELLS - cells, "");
		cells = width_text(terms[i].example);
		buf_printf(out, " %s%*s %s\n", terms[i].example,
			   EXAMPLE_CELLS - cells, "", terms[i].help);
	}
	buf_str(out,
		"  日期可以写 2024-03-01、3月1日、2024-03、2024、今天、昨天、"
		"本周、上月、今年、7天（7 天后）、-30天、无\n");
}

static void help_all(struct buf *out)
{
	buf_str(out, "用法：proposals [选项] [命令 …]\n"
		     "不带命令就打开界面。\n\n命令：\n");
	for (size_t i = 0; i < command_count; i++) {
		if (commands[i].shell)
			help_row(out, HELP_CELLS, "", commands[i].name,
				 commands[i].arg, commands[i].help);
	}
	buf_str(out, "\n选项：\n");
	help_options(out, NULL);
	buf_str(out, "\n退出状态：0 完成，1 没有找到，2 用法不对，3 配置有误，"
		     "4 提案库有误，5 拒绝或部分拒绝，6 别人正占用，"
		     "70 程序自身的错误，128+N 界面被信号 N 结束\n");
}

bool shell_help(struct shell *shell, struct err *err)
{
	const struct command *command;

	if (shell->arg_count > 1)
		return err_set(err, ERR_USAGE,
			       "一次只能看一个命令的帮助，见 proposals help");
	if (shell->arg_count == 0) {
		help_all(&shell->out);
		return true;
	}
	command = command_find(shell->args[0]);
	if (!command)
		return command_refuse(shell->args[0], true, err);
	buf_printf(&shell->out, "%s%s%s：%s\n", command->name,
		   *command->arg ? " " : "", command->arg, command->help);
	if (*command->keys)
		buf_printf(&shell->out, "  按键：%s\n", command->keys);
	help_options(&shell->out, command);
	if (strstr(command->arg, "条件"))
		help_conditions(&shell->out);
	return true;
}
