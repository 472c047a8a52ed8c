/*
 * A view as it is written down: in proposals.yaml those of everybody, in a
 * file of the same form those of one person. Only names and texts; what they
 * mean is for query/views.h.
 */
#ifndef CONFIG_VIEW_H
#define CONFIG_VIEW_H

#include <stddef.h>
#include <stdint.h>

#define VIEW_NAME_MAX 16 /* characters */
#define VIEW_NAME_BYTES (VIEW_NAME_MAX * 4 + 1)
#define VIEW_FILTER_MAX 400 /* characters */
#define VIEWS_MAX 35        /* in one file: as many as there are keys */

enum view_session {
	VIEW_CURRENT, /* the current session, if the filter names none */
	VIEW_ALL      /* all sessions */
};

/* Of a text's first character in its file; line 0: it is not there. */
struct view_place {
	uint32_t line, column;
};

/* The texts that mean something. */
enum view_text { VIEW_FILTER, VIEW_SORT, VIEW_GROUP, VIEW_COLUMNS, VIEW_TEXTS };

struct view {
	const char *name;    /* 逾期 */
	char key;            /* letter or digit that opens it, 0 none */
	const char *filter;  /* query/language.h */
	const char *sort;    /* query/order.h, "" by number */
	const char *group;   /* the same, "" none */
	const char *columns; /* config/list.h, "" those of the configuration */
	enum view_session session;
	struct view_place at[VIEW_TEXTS];
};

/* filter, sort … as the file calls it. */
const char *view_text_name(enum view_text text);

#endif
