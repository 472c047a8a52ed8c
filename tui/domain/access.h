/*
 * 权限: what a role may do, and to proposals in which phase. One table. The
 * store asks it inside the transaction of every change; the interface and the
 * shell ask the same function, to refuse beforehand and for the same reason.
 */
#ifndef DOMAIN_ACCESS_H
#define DOMAIN_ACCESS_H

#include "base/err.h"
#include "config/phase.h"

/* Roles; each may do what those before it may. The values are stored. */
enum access {
	ACCESS_NONE,  /* none: a stranger */
	ACCESS_VIEW,  /* viewer 查看 */
	ACCESS_EDIT,  /* editor 编辑 */
	ACCESS_ADMIN, /* admin 管理 */
	ACCESS_ROOT,  /* root, or anybody where there are no roles; not given */
	ACCESS_COUNT
};

enum action {
	ACTION_NONE,     /* asks for no role: help, moving about */
	ACTION_READ,     /* lists, proposals, history, check */
	ACTION_STATUS,   /* a step that the workflow names */
	ACTION_FORCE,    /* one that it does not name */
	ACTION_EDIT,     /* fields other than the status */
	ACTION_CREATE,   /* new proposals */
	ACTION_REMOVE,   /* take a creation back */
	ACTION_UNDO,     /* take one's own batch back */
	ACTION_UNDO_ANY, /* … somebody else's */
	ACTION_EXPORT,   /* everything, with history and users */
	ACTION_BACKUP,   /* a copy of the store */
	ACTION_MAINTAIN, /* put another file in the place of the store */
	ACTION_USERS,    /* who has which role */
	ACTION_COUNT
};

const char *access_name(enum access access);  /* editor */
const char *access_label(enum access access); /* 编辑 */

/* By name or label, of those that can be given: viewer, editor, admin. */
bool access_parse(const char *text, enum access *out);

/* 改状态 */
const char *action_label(enum action action);

/*
 * May somebody with this role do it to a proposal in this phase (PHASE_COUNT:
 * to none in particular)? Otherwise ERR_DENIED with who could.
 */
MUST_USE
bool access_may(enum access access, enum action action, enum phase phase,
		struct err *err);

#endif
