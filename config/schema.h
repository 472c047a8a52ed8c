/*
 * Every setting of proposals.yaml, once. This table drives reading, every
 * error, --print-config, the manual, and a test that proposals.yaml.example
 * names and explains each: a new setting is a member of struct config and a
 * row here.
 */
#ifndef CONFIG_SCHEMA_H
#define CONFIG_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "config/word.h"

enum setting_type {
	SETTING_TEXT, /* one line; of `words` if there are any */
	SETTING_CODE, /* [A-Za-z0-9][A-Za-z0-9_-]* */
	SETTING_INT,
	SETTING_BOOL,
	SETTING_WORD,     /* one of `words`, kept as its value */
	SETTING_LETTER,   /* one letter, or nothing */
	SETTING_KEY,      /* one letter or digit, or nothing */
	SETTING_DATE,     /* a day, or nothing */
	SETTING_SESSION,  /* 14-3 */
	SETTING_TEXTS,    /* a list of texts */
	SETTING_INTS,     /* a list of numbers */
	SETTING_WORDS,    /* a list of `words`, kept as their values */
	SETTING_STATUSES, /* a list of codes; config/check.c looks them up */
	SETTING_GROUP,    /* the settings of `members` */
	SETTING_LIST      /* a list of those */
};

/* What settings belong together. */
enum group {
	GROUP_ROOT,
	GROUP_SESSION,
	GROUP_DEPARTMENT,
	GROUP_CATEGORY,
	GROUP_LEVEL,
	GROUP_STATUS,
	GROUP_RESULT,
	GROUP_DEADLINES,
	GROUP_REPLY,
	GROUP_LISTED,
	GROUP_VIEW,
	GROUP_DISPLAY,
	GROUP_COUNT
};

/* Settings that one group may have. */
#define SCHEMA_MEMBERS_MAX 16

struct setting {
	enum group in;
	const char *name;
	enum setting_type type;
	const char *word; /* what it is in Chinese: 代码 */
	const char *help; /* one line for the office */
	/* As in YAML, items by blanks; =x: the text of x; NULL: required. */
	const char *fallback;
	int min, max;  /* a number; characters of a text; items of a list */
	size_t offset; /* in the struct of its group */
	size_t count;  /* lists: where their number goes, likewise */
	size_t size;   /* lists: of one item */
	const struct word *words;
	enum group members;
};

extern const struct setting settings[];
extern const size_t setting_count;

/* The settings of a group are first .. last-1. */
void schema_group(enum group group, const struct setting **first,
		  const struct setting **last);

/* The row that the group belongs to; NULL for GROUP_ROOT. */
const struct setting *schema_owner(enum group group);

/* The row of the views, which one person may have as well. */
const struct setting *schema_views(void);

/* Is there a setting of that name anywhere? */
bool schema_knows(const char *name, size_t len);

/* Add its path: departments[].code */
void schema_path(const struct setting *setting, struct buf *out);

#endif
