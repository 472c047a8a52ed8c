/*
 * What a proposal's coded fields choose from. The office names its choices
 * in proposals.yaml; the opinions on a reply are fixed.
 */
#ifndef CONFIG_CHOICE_H
#define CONFIG_CHOICE_H

#include <stdint.h>

#include "base/strings.h"
#include "config/phase.h"

enum colour {
	COLOUR_DEFAULT, /* default */
	COLOUR_RED,
	COLOUR_GREEN,
	COLOUR_YELLOW,
	COLOUR_BLUE,
	COLOUR_MAGENTA,
	COLOUR_CYAN
};

/* What a proposal's coded fields choose from. */
enum choice_kind {
	CHOICE_DEPARTMENT,
	CHOICE_CATEGORY,
	CHOICE_LEVEL,
	CHOICE_STATUS,
	CHOICE_RESULT,
	CHOICE_FEEDBACK, /* fixed: 满意 基本满意 不满意 */
	CHOICE_KINDS
};

/* 级别 as the rules see it, whatever the office calls it. */
enum level_rank { LEVEL_ORDINARY, LEVEL_IMPORTANT, LEVEL_KEY };

struct choice {
	const char *code;  /* in the store, JSON and the shell; never renamed */
	const char *label; /* on screen: 办理中, 经信局, A */
	const char *name; /* 经济和信息化局, a result's wording, or "" */
	struct strings aliases; /* other names, accepted when reading */
	enum colour colour;
	char key;             /* statuses: letter that picks it, 0 none */
	enum phase phase;     /* statuses */
	const uint16_t *next; /* statuses: which may follow, as indexes */
	size_t next_count;
	bool solved, follow_up; /* results */
	enum level_rank rank;   /* levels */
	const char *system;     /* departments: 政府 or 党群, or "" */
	bool active;            /* false: a department that is gone */
};

struct choices {
	const struct choice *items; /* in the order of the file */
	size_t count;
};

/* 部门, 类别, 级别, 状态, 办理结果, 反馈: the kind's word on screen. */
const char *choice_kind_label(enum choice_kind kind);

#endif
