/*
 * 批次 and 历史: one change to any number of proposals, and what it did to
 * each field.
 */
#ifndef DOMAIN_BATCH_H
#define DOMAIN_BATCH_H

#include <stddef.h>
#include <stdint.h>

#include "domain/access.h"
#include "domain/field.h"

/* The values are stored. */
enum batch_kind {
	BATCH_IMPORT = 1, /* 导入 */
	BATCH_STATUS,     /* 改状态 */
	BATCH_EDIT,       /* 修改 */
	BATCH_UNDO,       /* 撤销 */
	BATCH_REDO,       /* 重做 */
	BATCH_USER,       /* who may do what: no proposals */
};

const char *batch_kind_name(enum batch_kind kind);  /* import */
const char *batch_kind_label(enum batch_kind kind); /* 导入 */

/* Who: the kernel's word, and what the line claims. */
struct who {
	uint32_t uid, login_uid; /* login_uid UINT32_MAX: none */
	const char *name;        /* account name, or the uid in digits */
	const char *from;        /* SSH_CONNECTION as claimed, or "" */
};

/* BATCH_USER: whose role changed, and how. */
struct grant {
	uint32_t uid;
	const char *name;
	enum access before, after;
};

struct batch {
	uint32_t number; /* from 1, without gaps */
	enum batch_kind kind;
	int64_t at; /* ms since 1970 */
	struct who who;
	const char *note;    /* 文号、会议 */
	const char *summary; /* 办理中 → 已答复; a file's name */
	uint32_t count;      /* proposals changed */
	uint32_t undoes;     /* the batch that this one takes back, or 0 */
	uint32_t undone_by;  /* or 0 */
	struct grant grant;  /* BATCH_USER */
};

enum event_kind { EVENT_CREATED = 1, EVENT_CHANGED, EVENT_REMOVED };

const char *event_kind_name(enum event_kind kind); /* created */

/* One field of one proposal, before and after, as canonical text. */
struct event_field {
	enum field_id field;
	const char *before, *after;
};

/* What one batch did to one proposal. */
struct event {
	key key;
	uint32_t batch;    /* its number */
	uint32_t revision; /* of the proposal after it */
	enum event_kind kind;
	const struct event_field *fields; /* EVENT_CHANGED */
	size_t field_count;
	const struct proposal *removed; /* EVENT_REMOVED: what it was */
};

#endif
