#include "domain/workflow.h"

#include <stdio.h>
#include <string.h>

static const char *const verdict_labels[VERDICT_COUNT] = {
	[VERDICT_OK] = "可执行",        [VERDICT_FORCED] = "可执行（强制）",
	[VERDICT_REFUSED] = "不允许",   [VERDICT_DENIED] = "无权",
	[VERDICT_UNCHANGED] = "无变化", [VERDICT_CONFLICT] = "已被他人修改",
	[VERDICT_GONE] = "已不存在",
};

static const struct {
	const char *name, *label;
} latenesses[LATE_COUNT] = {
	[LATE_OVERDUE] = {"overdue", "逾期"},
	[LATE_SOON] = {"soon", "临期"},
	[LATE_LATER] = {"later", "未到期"},
	[LATE_NONE] = {"none", "不计时"},
};

const char *verdict_label(enum verdict verdict)
{
	return verdict_labels[verdict];
}

static bool may_follow(const struct config *config, const struct choice *from,
		       const struct choice *to)
{
	const struct choice *items = config->choices[CHOICE_STATUS].items;

	for (size_t i = 0; i < from->next_count; i++)
		if (&items[from->next[i]] == to)
			return true;
	return false;
}

enum verdict workflow_step(const struct config *config, const char *from,
			   const char *to, bool force)
{
	if (strcmp(from, to) == 0)
		return VERDICT_UNCHANGED;

	const struct choice *next = config_choice(config, CHOICE_STATUS, to);
	if (!next)
		return VERDICT_REFUSED;
	const struct choice *now = config_choice(config, CHOICE_STATUS, from);
	if (!now || may_follow(config, now, next))
		return VERDICT_OK;
	return force ? VERDICT_FORCED : VERDICT_REFUSED;
}

void workflow_reason(const struct config *config, const char *from,
		     const char *to, struct buf *out)
{
	const struct choice *items = config->choices[CHOICE_STATUS].items;
	const struct choice *now = config_choice(config, CHOICE_STATUS, from);

	if (!config_choice(config, CHOICE_STATUS, to)) {
		buf_printf(out, "配置里没有“%s”这个状态", to);
		return;
	}
	if (!now)
		return;
	if (now->next_count == 0) {
		buf_printf(out, "“%s”是终点，不能再改", now->label);
		return;
	}
	buf_printf(out, "“%s”之后只能是：", now->label);
	for (size_t i = 0; i < now->next_count; i++)
		buf_printf(out, "%s%s", i ? "、" : "",
			   items[now->next[i]].label);
}

enum phase workflow_phase(const struct config *config, const char *status)
{
	const struct choice *choice =
		config_choice(config, CHOICE_STATUS, status);

	return choice ? choice->phase : PHASE_DROPPED;
}

day deadline_due(const struct deadline_rule *rule, const day dates[DATE_COUNT])
{
	day from = dates[rule->from];

	if (dates[DATE_DUE] != DAY_NONE || from == DAY_NONE)
		return dates[DATE_DUE];
	switch (rule->unit) {
	case UNIT_WORKDAY:
		return day_add_workdays(from, rule->amount);
	case UNIT_MONTH:
		return day_add_months(from, rule->amount);
	case UNIT_DAY:
		break;
	}
	return day_add(from, rule->amount);
}

const char *lateness_name(enum lateness lateness)
{
	return latenesses[lateness].name;
}

const char *lateness_label(enum lateness lateness)
{
	return latenesses[lateness].label;
}

enum lateness deadline_lateness(const struct deadline_rule *rule,
				enum phase phase, day due, day today)
{
	int soon = rule->warn_count ? rule->warn[0] : 0;

	if (!phase_awaits_reply(phase) || due == DAY_NONE)
		return LATE_NONE;
	if (today > due)
		return LATE_OVERDUE;
	return due - today <= soon ? LATE_SOON : LATE_LATER;
}

/* Above four digits the days would not fit into 8 cells, and say nothing. */
static void span_words(const char *word, int days, char out[32])
{
	if (days <= 9999)
		snprintf(out, 32, "%s%d天", word, days);
	else
		snprintf(out, 32, "%s%d年", word, days / 365);
}

static bool phase_replied(enum phase phase)
{
	return phase == PHASE_ANSWERED || phase == PHASE_CLOSED ||
	       phase == PHASE_MERGED;
}

void deadline_words(enum phase phase, day due, day replied, day today,
		    char out[32])
{
	out[0] = '\0';
	if (due == DAY_NONE)
		return;
	if (phase_awaits_reply(phase)) {
		if (due > today)
			span_words("剩", due - today, out);
		else if (due < today)
			span_words("逾", today - due, out);
		else
			snprintf(out, 32, "今天");
	} else if (phase_replied(phase) && replied != DAY_NONE) {
		if (replied > due)
			span_words("迟", replied - due, out);
		else
			snprintf(out, 32, "按期");
	}
}
