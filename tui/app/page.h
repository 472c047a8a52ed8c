/*
 * The pages that lie on each other: each covers the one below, and Esc takes
 * the top one away.
 */
#ifndef APP_PAGE_H
#define APP_PAGE_H

#include "pane/editing.h"
#include "pane/views.h"
#include "ui/edit.h"
#include "ui/editor.h"

struct app;

enum page_kind {
	PAGE_MAIN,
	PAGE_DETAIL,
	PAGE_FILTER,
	PAGE_PREVIEW,
	PAGE_TEXT,
	PAGE_BATCHES,
	PAGE_MENU,
	PAGE_EDIT,
	PAGE_FIELD,
	PAGE_CONFLICT,
	PAGE_VIEWS,
	PAGE_KINDS
};

struct page {
	enum page_kind kind;
	char title[192];
	struct scroll scroll;
	struct lines lines; /* made anew at every drawing */
	/* PAGE_TEXT: makes the lines. */
	bool (*fill)(struct app *app, struct page *page, int width,
		     struct err *err);
	uint32_t slot;             /* PAGE_DETAIL: the proposal that is open */
	key subject;               /* PAGE_TEXT: the proposal, or … */
	uint32_t batch;            /* … the batch it is about */
	char *text;                /* … or the text itself; owned */
	struct filter_page filter; /* PAGE_FILTER */
	struct menu menu;          /* PAGE_MENU */
	bool (*choose)(struct app *app, int value, struct err *err);
	/* … Space, on the item under the cursor; NULL: the same as Enter. */
	bool (*toggle)(struct app *app, struct menu *menu, struct err *err);
	/* … move it by rows; NULL: the items stay where they are. */
	void (*shift)(struct app *app, struct menu *menu, int by);
	struct plan plan;       /* PAGE_PREVIEW */
	struct edit_line typed; /* the count, for confirmation */
	char note[EDIT_MAX + 1];
	bool rest; /* the conflicts have been seen: others may go on */
	struct editing *editing; /* PAGE_EDIT; owned */
	struct form_row row;     /* … and PAGE_FIELD: what is being changed */
	uint32_t seen; /* … PAGE_EDIT: the batch of theirs when it began */
	struct editor editor;          /* PAGE_FIELD */
	struct conflict_view conflict; /* PAGE_CONFLICT */
	struct views_page views;       /* PAGE_VIEWS */
	bool asked; /* Esc was pressed, and would lose something */
};

struct page *page_top(struct app *app);
unsigned page_where(struct app *app);

/* The new page is the top; when too many are open it takes the place of one. */
struct page *page_push(struct app *app, enum page_kind kind, const char *title);
void page_pop(struct app *app);

/*
 * A plan to confirm, which becomes the page's. Keys that were typed before it
 * can be read must not confirm it.
 */
struct page *page_preview(struct app *app, struct plan *plan);

/* Open a proposal, in the detail page that is open if there is one. */
void page_detail(struct app *app, uint32_t slot);

#endif
