/*
 * Which status may follow which, and what is due when. Pure rules over the
 * configuration.
 */
#ifndef DOMAIN_WORKFLOW_H
#define DOMAIN_WORKFLOW_H

#include "base/buf.h"
#include "config/config.h"
#include "domain/proposal.h"

enum verdict {
	VERDICT_OK,     /* 可执行 */
	VERDICT_FORCED, /* 可执行（强制）: `next:` does not name the step */
	VERDICT_REFUSED,   /* 不允许 */
	VERDICT_DENIED,    /* 无权: not with this role */
	VERDICT_UNCHANGED, /* 无变化 */
	VERDICT_CONFLICT,  /* 已被他人修改 */
	VERDICT_GONE,      /* 已不存在 */
	VERDICT_COUNT
};

const char *verdict_label(enum verdict verdict);

/*
 * May a proposal go from one status to another? VERDICT_OK, _UNCHANGED,
 * _REFUSED, or _FORCED when refused but `force`. A status that the
 * configuration lost may go anywhere.
 */
enum verdict workflow_step(const struct config *config, const char *from,
			   const char *to, bool force);

/* The reason for _REFUSED: “已收到”之后只能是：审查中 */
void workflow_reason(const struct config *config, const char *from,
		     const char *to, struct buf *out);

/* What a status counts as; one that the configuration lost, as dropped. */
enum phase workflow_phase(const struct config *config, const char *status);

/* The day a reply is due: `due` if given, else from the rule; DAY_NONE. */
day deadline_due(const struct deadline_rule *rule, const day dates[DATE_COUNT]);

enum lateness {
	LATE_OVERDUE, /* overdue 逾期: owed, and the day has passed */
	LATE_SOON,  /* soon 临期: owed within warn[0] days, today included */
	LATE_LATER, /* later 未到期: owed, further off */
	LATE_NONE,  /* none 不计时: nothing owed, or no date known */
	LATE_COUNT
};

const char *lateness_name(enum lateness lateness);
const char *lateness_label(enum lateness lateness);

/* How late, seen from `today`. */
enum lateness deadline_lateness(const struct deadline_rule *rule,
				enum phase phase, day due, day today);

/*
 * For a column of 8 cells: 剩12天, 今天到期 as 今天, 逾3天; answered ones by
 * the day they were answered: 按期, 迟3天; "" when nothing is known.
 */
void deadline_words(enum phase phase, day due, day replied, day today,
		    char out[32]);

#endif
