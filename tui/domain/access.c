#include "domain/access.h"

#include <string.h>

static const struct {
	const char *name, *label;
} roles[ACCESS_COUNT] = {
	[ACCESS_NONE] = {"none", "无"},     [ACCESS_VIEW] = {"viewer", "查看"},
	[ACCESS_EDIT] = {"editor", "编辑"}, [ACCESS_ADMIN] = {"admin", "管理"},
	[ACCESS_ROOT] = {"root", "root"},
};

enum {
	N = ACCESS_NONE,
	V = ACCESS_VIEW,
	E = ACCESS_EDIT,
	A = ACCESS_ADMIN,
	R = ACCESS_ROOT
};

/* The least role for it, by the phase that the proposal is in before. */
static const struct rule {
	const char *label;
	unsigned char least[PHASE_COUNT + 1];
} rules[ACTION_COUNT] = {
	/* clang-format off */
	/*                             收到 审查 立案 交办 办理 答复 办结 并案 不立案 - */
	[ACTION_NONE]     = {"",           {N, N, N, N, N, N, N, N, N, N}},
	[ACTION_READ]     = {"查看",       {V, V, V, V, V, V, V, V, V, V}},
	[ACTION_STATUS]   = {"改状态",     {E, E, E, E, E, E, E, E, E, E}},
	[ACTION_FORCE]    = {"强制改状态", {A, A, A, A, A, A, A, A, A, A}},
	[ACTION_EDIT]     = {"修改内容",   {E, E, E, E, E, E, A, A, A, E}},
	[ACTION_CREATE]   = {"新增提案",   {E, E, E, E, E, E, E, E, E, E}},
	[ACTION_REMOVE]   = {"移除提案",   {E, E, E, E, E, E, A, A, A, E}},
	[ACTION_UNDO]     = {"撤销",       {E, E, E, E, E, E, E, E, E, E}},
	[ACTION_UNDO_ANY] = {"撤销他人的批次", {A, A, A, A, A, A, A, A, A, A}},
	[ACTION_EXPORT]   = {"导出全库",   {A, A, A, A, A, A, A, A, A, A}},
	[ACTION_BACKUP]   = {"备份",       {A, A, A, A, A, A, A, A, A, A}},
	[ACTION_MAINTAIN] = {"维护提案库", {R, R, R, R, R, R, R, R, R, R}},
	[ACTION_USERS]    = {"管理用户",   {A, A, A, A, A, A, A, A, A, A}},
	/* clang-format on */
};

static const char *const phase_words[PHASE_COUNT] = {
	[PHASE_INTAKE] = "刚收到",   [PHASE_REVIEW] = "在审查",
	[PHASE_FILED] = "已立案",    [PHASE_ASSIGNED] = "已交办",
	[PHASE_HANDLING] = "在办理", [PHASE_ANSWERED] = "已答复",
	[PHASE_CLOSED] = "已办结",   [PHASE_MERGED] = "已并案",
	[PHASE_DROPPED] = "不立案",
};

const char *access_name(enum access access)
{
	return roles[access].name;
}

const char *access_label(enum access access)
{
	return roles[access].label;
}

bool access_parse(const char *text, enum access *out)
{
	for (int i = ACCESS_VIEW; i <= ACCESS_ADMIN; i++) {
		if (strcmp(text, roles[i].name) != 0 &&
		    strcmp(text, roles[i].label) != 0)
			continue;
		*out = (enum access)i;
		return true;
	}
	return false;
}

const char *action_label(enum action action)
{
	return rules[action].label;
}

/* Whether it is the phase that asks for more than elsewhere. */
static bool by_phase(const struct rule *rule, enum phase phase)
{
	return phase < PHASE_COUNT &&
	       rule->least[phase] > rule->least[PHASE_COUNT];
}

bool access_may(enum access access, enum action action, enum phase phase,
		struct err *err)
{
	const struct rule *rule = &rules[action];
	enum access least = (enum access)rule->least[phase];

	if (access >= least)
		return true;
	if (access == ACCESS_NONE)
		return err_set(err, ERR_DENIED,
			       "您还不是本系统的用户，请管理员用 proposals "
			       "user add 添加");
	if (by_phase(rule, phase))
		return err_set(err, ERR_DENIED,
			       "提案%s，只有“%s”可以%s，您是“%s”",
			       phase_words[phase], access_label(least),
			       rule->label, access_label(access));
	if (least == ACCESS_ROOT)
		return err_set(err, ERR_DENIED, "只有 root 可以%s，请用 sudo",
			       rule->label);
	return err_set(err, ERR_DENIED, "只有“%s”%s可以%s，您是“%s”",
		       access_label(least), least < ACCESS_ADMIN ? "以上" : "",
		       rule->label, access_label(access));
}
