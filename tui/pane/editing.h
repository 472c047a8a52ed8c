/*
 * What is drawn while one proposal is edited: the form, what others change
 * meanwhile, the changes before they are saved, and the page of conflicts.
 */
#ifndef PANE_EDITING_H
#define PANE_EDITING_H

#include "change/editing.h"
#include "pane/panes.h"

/* A row of the form: a field, or the units with one role. */
struct form_row {
	enum field_id field;
	enum unit_role role; /* FIELD_UNITS */
};

enum { FORM_ROWS = FIELD_END - 1 + ROLE_COUNT - 1 };

struct form_row form_row(size_t n);
const char *form_label(struct form_row row); /* 案由, 会办 */

/* A row each: label, value, and in a few words what became of it. */
void form_draw(const struct editing *editing, struct scroll *scroll,
	       struct canvas *canvas, struct rect area);

/* Add 李明 11-20 09:31 改了办理结果；有 1 项…, nothing without news. */
void editing_news(const struct editing *editing, struct buf *out);

/* What saving changes, old and new; and what others changed and stays. */
void changes_lines(const struct editing *editing, int width,
		   struct lines *lines);

/*
 * The fields that both changed, each with what it was, theirs and mine; below
 * them what was merged without a question. The cursor is on a field.
 */
struct conflict_view {
	enum field_id ids[FIELD_END];
	size_t starts[FIELD_END + 1]; /* the first line of each, as drawn */
	size_t count, cursor;
	struct scroll scroll; /* lines */
};

/* The fields that are in conflict by now; the cursor stays on its own. */
void conflict_fill(struct conflict_view *view, const struct editing *editing);

/* To another field, or line by line through one that is taller. */
void conflict_move(struct conflict_view *view, long by);
void conflict_draw(struct conflict_view *view, const struct editing *editing,
		   struct lines *lines, struct canvas *canvas,
		   struct rect area);

#endif
