/*
 * The page of saved views: the key that opens each, its name, how many it
 * lists, whose it is, what it means.
 */
#ifndef PANE_VIEWS_H
#define PANE_VIEWS_H

#include "config/view.h"
#include "pane/panes.h"

struct view_row {
	char key; /* 0 none */
	char name[VIEW_NAME_BYTES];
	bool own;
	char words[256]; /* what it means, and what of it is gone */
	bool lost;       /* something is */
	struct look look;
	size_t listed; /* once it is counted */
};

struct views_page {
	struct view_row *rows; /* owned */
	size_t count;
	size_t counted;   /* the first so many rows */
	uint64_t version; /* of the register they are counted in */
	struct scroll scroll;
};

/* A row more, zeroed. */
struct view_row *views_page_add(struct views_page *page);

/* The row under the cursor, NULL without any. */
struct view_row *views_page_row(const struct views_page *page);

/*
 * Count for some milliseconds at most, so that a key is never late; true when
 * something new is known. views_page_waits(): there is more to be counted.
 */
bool views_page_count(struct views_page *page, const struct model *model);
bool views_page_waits(const struct views_page *page, const struct model *model);

void views_page_draw(struct views_page *page, const struct model *model,
		     struct canvas *canvas, struct rect area);
void views_page_free(struct views_page *page);

#endif
