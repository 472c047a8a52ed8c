#include "config/phase.h"

#include <stddef.h>

#include "config/word.h"

const struct word phase_words[] = {
	[PHASE_INTAKE] = {"intake", "收到", PHASE_INTAKE},
	[PHASE_REVIEW] = {"review", "审查", PHASE_REVIEW},
	[PHASE_FILED] = {"filed", "立案", PHASE_FILED},
	[PHASE_ASSIGNED] = {"assigned", "交办", PHASE_ASSIGNED},
	[PHASE_HANDLING] = {"handling", "办理", PHASE_HANDLING},
	[PHASE_ANSWERED] = {"answered", "答复", PHASE_ANSWERED},
	[PHASE_CLOSED] = {"closed", "办结", PHASE_CLOSED},
	[PHASE_MERGED] = {"merged", "并案", PHASE_MERGED},
	[PHASE_DROPPED] = {"dropped", "终止", PHASE_DROPPED},
	[PHASE_COUNT] = {NULL, NULL, 0},
};

bool phase_awaits_reply(enum phase phase)
{
	return phase == PHASE_ASSIGNED || phase == PHASE_HANDLING;
}
