/*
 * 阶段: what a status counts as. An office names its own statuses; figures
 * and deadlines ask only for the phase, which is fixed here.
 */
#ifndef CONFIG_PHASE_H
#define CONFIG_PHASE_H

#include <stdbool.h>

/* In the order a proposal passes them; the last two stand aside. */
enum phase {
	PHASE_INTAKE,   /* intake 收到 */
	PHASE_REVIEW,   /* review 审查 */
	PHASE_FILED,    /* filed 立案 */
	PHASE_ASSIGNED, /* assigned 交办 */
	PHASE_HANDLING, /* handling 办理 */
	PHASE_ANSWERED, /* answered 答复 */
	PHASE_CLOSED,   /* closed 办结 */
	PHASE_MERGED,   /* merged 并案 */
	PHASE_DROPPED, /* dropped 不立案、转社情民意、退回、撤案 */
	PHASE_COUNT
};

/* The reply is still owed, so its clock runs. */
bool phase_awaits_reply(enum phase phase);

#endif
