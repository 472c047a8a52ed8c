/*
 * The panes: what each draws from the model. Every pane fills its area, is
 * drawn anew after every key, and keeps nothing but its scroll.
 */
#ifndef PANE_PANES_H
#define PANE_PANES_H

#include "change/plan.h"
#include "pane/lines.h"
#include "pane/model.h"

/* Cursor and scroll of a page of rows. */
struct scroll {
	size_t top, cursor;
	size_t count, height; /* as last drawn */
};

/* Move by rows or to an end; text pages scroll, lists move the cursor. */
void scroll_move(struct scroll *scroll, long delta);
void scroll_text(struct scroll *scroll, long delta);

/* 十四届三次 2024   226 件  已选 12  逾期 4  临期 9            王芳 只读 */
void bar_top(const struct model *model, struct canvas *canvas, int y);

/*
 * The band: 状态 with counts, and what else is filtered. `focus` is the value
 * that the band's cursor is on, -1 for 全部, BAND_NO_FOCUS without.
 */
#define BAND_NO_FOCUS (-2L)
void band_draw(const struct model *model, struct canvas *canvas, int y,
	       long focus);

/* The value left (-1) or right (1) of `from`, past the empty ones. */
long band_step(const struct model *model, long from, int by);

/* Column titles in the first row of the area, proposals below. */
void list_draw(const struct model *model, struct canvas *canvas,
	       struct rect area);

/* What is read first stands first: the long texts come last. */
extern const enum field_id field_order[FIELD_END - 1];

/* One proposal as lines: every field, long texts wrapped. */
MUST_USE
bool detail_lines(const struct model *model, uint32_t slot, int width,
		  struct lines *lines, struct err *err);

/* 历史 of one proposal; what one batch did. */
MUST_USE
bool history_lines(const struct model *model, key k, int width,
		   struct lines *lines, struct err *err);
MUST_USE
bool batch_lines(const struct model *model, uint32_t number, int width,
		 struct lines *lines, struct err *err);

/* The full filter page: facets side by side, values below with counts. */
struct filter_page {
	enum facet facet;           /* the column of the cursor */
	size_t cursor[FACET_COUNT]; /* value under it, per facet */
	size_t top[FACET_COUNT];
	int first;            /* the facet on the left */
	struct filter before; /* what Esc goes back to */
};
void filter_page_draw(struct filter_page *page, const struct model *model,
		      struct canvas *canvas, struct rect area);

/*
 * The batches, newest first. The cursor stays on its batch when others come
 * on top. The batch under it, as it was last drawn; 0 without any.
 */
void batches_draw(struct scroll *scroll, const struct model *model,
		  struct canvas *canvas, struct rect area);
uint32_t batch_under(const struct scroll *scroll);

/* The preview of a plan: what, how many of each verdict, and every item. */
void preview_draw(const struct plan *plan, struct scroll *scroll,
		  const struct model *model, struct canvas *canvas,
		  struct rect area);

/* A list to choose from: statuses, orders, commands. */
struct menu_item {
	char key[16];      /* "s", "F6"; or "" */
	const char *label; /* 已答复 */
	char detail[96];   /* what stands behind it */
	enum style style;
	int value; /* what the chooser makes of it */
};

struct menu {
	const char *title;
	struct menu_item *items; /* owned */
	size_t count;
	struct scroll scroll;
};
void menu_draw(struct menu *menu, struct canvas *canvas, struct rect area);
struct menu_item *menu_add(struct menu *menu);
void menu_free(struct menu *menu);

/* "-- 第4号 -----": a rule with a title; `focus` makes it stand out. */
void rule_draw(struct canvas *canvas, int y, bool focus, const char *title);

/* A canvas style for a colour of the configuration. */
enum style style_of(enum colour colour);

#endif
