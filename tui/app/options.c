#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "app/shell.h"
#include "base/nearest.h"
#include "domain/excerpt.h"

#define AT(member) offsetof(struct options, member)

/* clang-format off */
const struct option_info option_infos[] = {
	{"store",        "目录", "提案库；否则 $PROPOSALS_STORE，否则 $XDG_DATA_HOME/proposals", AT(store), true},
	{"config",       "文件", "配置；否则 $PROPOSALS_CONFIG、用户配置、/etc/proposals/proposals.yaml、内置", AT(config), true},
	{"session",      "届次", "当前届次，如 14-3 或 十四届三次", AT(session), true},
	{"read-only",    "",     "只读，任何修改都会被拒绝", AT(read_only), true},
	{"help",         "",     "帮助", AT(help), true},
	{"version",      "",     "版本", AT(version), true},
	{"print-config", "",     "打印正在生效的配置", AT(print_config), true},
	{"json",         "",     "每行一个 JSON 对象", AT(json), false},
	{"note",         "文字", "批次的附注：文号、会议", AT(note), false},
	{"expect",       "件数", "要写入的件数与此不符就什么都不写", AT(expect), false},
	{"dry-run",      "",     "只预览，不写入", AT(dry_run), false},
	{"force",        "",     "流程不允许的也改，历史会注明", AT(force), false},
	{"status",       "状态", "没有状态的新提案用这个状态", AT(status), false},
	{"strict",       "",     "有一行被拒绝就什么都不写", AT(strict), false},
	{"sort",         "次序", "编号、期限、主办、状态、更新时间、级别等，可写几项，前面加 - 反序：主办,-期限", AT(sort), false},
	{"reverse",      "",     "反序", AT(reverse), false},
	{"system",       "",     "多人共用：位置由安装决定，按角色使用", AT(system), false},
	{"admin",        "帐号", "第一位管理员", AT(admin), false},
	{"compare",      "提案库", "再与另一个提案库逐件比较：目录，或备份文件", AT(compare), false},
	{"repair",       "",     "列、字典等由记录和历史得出的部分坏了就重建，记录和历史不动；要所有人先退出", AT(repair), false},
	{"rotate",       "目录", "在这个目录里按日期备份，留最近 14 天和 12 个月的", AT(rotate), false},
	{"explain",      "",     "先说明条件是什么意思、有多少件，写在标准错误上", AT(explain), false},
	{"view",         "视图", "按这个视图的条件和次序，见 proposals views", AT(view), false},
	{"all",          "",     "条件没写届次时看各届的，不只是当前届次", AT(all), false},
	{"group",        "分组", "不分组、状态、主办、类别、级别、结果、反馈、届次：每组前面有小计", AT(group), false},
	{"columns",      "列",   "哪几列，按先后：编号,状态,案由；配置里的 list.columns 是平常的", AT(columns), false},
	{"limit",        "件数", "最多这么多件", AT(limit), false},
};
/* clang-format on */

enum { OPTIONS = sizeof(option_infos) / sizeof(*option_infos) };
const size_t option_info_count = OPTIONS;

static void set_option(struct options *options, const struct option_info *info,
		       const char *value)
{
	char *member = (char *)options + info->offset;

	if (*info->arg)
		memcpy(member, &value, sizeof(value));
	else
		*(bool *)member = true;
}

static bool names_option(const struct command *command, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = command->options; (at = strstr(at, name));
	     at += len) {
		if ((at == command->options || at[-1] == ' ') &&
		    (at[len] == ' ' || at[len] == '\0'))
			return true;
	}
	return false;
}

/* The option that was probably meant; NULL. `word` may end in =value. */
static const char *option_meant(const char *word)
{
	const char *meant = NULL;
	struct nearest nearest;
	char name[EXCERPT_SIZE];

	word += strspn(word, "-");
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(word, "="), word);
	nearest_begin(&nearest, name);
	for (size_t i = 0; i < OPTIONS; i++) {
		if (nearest_try(&nearest, option_infos[i].name))
			meant = option_infos[i].name;
	}
	return meant;
}

/* What getopt did not like, in our words. */
static bool bad_option(int code, char **argv, struct err *err)
{
	/* Of letters behind one dash, it may stand before the last. */
	const char *word = optopt && argv[optind] && *argv[optind] == '-' &&
					   strchr(argv[optind], optopt)
				   ? argv[optind]
				   : argv[optind - 1];
	char short_word[EXCERPT_SIZE];

	excerpt(word, strlen(word), short_word);
	if (code == ':')
		return err_set(err, ERR_USAGE,
			       "选项 %s 后面要有内容，见 proposals help",
			       short_word);
	const char *meant = option_meant(short_word);
	return err_set(err, ERR_USAGE,
		       "没有 %s 这个选项，%s%s%s见 proposals help", short_word,
		       meant ? "是不是 --" : "", meant ? meant : "",
		       meant ? "？" : "");
}

/* An unset variable of a script must not mean the default. */
static bool empty_option(const struct option_info *info, const char *value)
{
	return *info->arg && info->offset != AT(note) && !*value;
}

static bool find_command(struct shell *shell, const char *name, struct err *err)
{
	shell->command = command_find(name);
	if (shell->command && shell->command->shell)
		return true;
	return command_refuse(name, true, err);
}

/* Words behind a command that takes none. */
static bool check_args(const struct shell *shell, struct err *err)
{
	char word[EXCERPT_SIZE];

	if (*shell->command->arg || shell->arg_count == 0)
		return true;
	excerpt(shell->args[0], strlen(shell->args[0]), word);
	return err_set(err, ERR_USAGE,
		       "命令 %s 后面多了“%s”，见 proposals help",
		       shell->command->name, word);
}

/* Options are given, but the command may not know them. */
static bool check_given(const struct shell *shell, const bool *given,
			struct err *err)
{
	for (size_t i = 0; i < OPTIONS; i++) {
		if (!given[i] || option_infos[i].global)
			continue;
		if (!shell->command)
			return err_set(
				err, ERR_USAGE,
				"选项 --%s 要和命令一起用，见 proposals help",
				option_infos[i].name);
		if (!names_option(shell->command, option_infos[i].name))
			return err_set(
				err, ERR_USAGE,
				"命令 %s 没有选项 --%s，见 proposals help %s",
				shell->command->name, option_infos[i].name,
				shell->command->name);
	}
	return true;
}

bool options_parse(struct shell *shell, int argc, char **argv, struct err *err)
{
	struct option longs[OPTIONS + 1] = {{0}};
	bool given[OPTIONS] = {false};
	int code, n = 0;

	for (size_t i = 0; i < OPTIONS; i++) {
		longs[i].name = option_infos[i].name;
		longs[i].has_arg =
			*option_infos[i].arg ? required_argument : no_argument;
	}
	opterr = 0;
	while ((code = getopt_long(argc, argv, ":", longs, &n)) != -1) {
		if (code != 0)
			return bad_option(code, argv, err);
		if (empty_option(&option_infos[n], optarg))
			return err_set(
				err, ERR_USAGE,
				"选项 --%s 后面是空的，见 proposals help",
				option_infos[n].name);
		set_option(&shell->options, &option_infos[n], optarg);
		given[n] = true;
	}
	shell->args = argv + optind;
	shell->arg_count = argc - optind;
	if (shell->arg_count) {
		if (!find_command(shell, *shell->args, err))
			return false;
		shell->args++;
		shell->arg_count--;
		if (!check_args(shell, err))
			return false;
	}
	return check_given(shell, given, err);
}
