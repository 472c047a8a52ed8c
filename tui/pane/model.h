/*
 * What the panes show: the register under one filter and order, the cursor
 * and the marks. Both belong to proposals (slots), never to rows, so they
 * stay where they are when somebody else changes the register.
 */
#ifndef PANE_MODEL_H
#define PANE_MODEL_H

#include "query/language.h"
#include "query/listing.h"
#include "query/selection.h"
#include "query/views.h"
#include "query/widths.h"

#define SLOT_NONE UINT32_MAX

struct model {
	struct store *store;         /* borrowed */
	const struct config *config; /* borrowed */
	struct reading *reading;     /* only while a key is handled */
	const char *user;            /* for the top bar */
	bool read_only;
	enum access access; /* of the person, as of the last reading */

	struct catalog catalog;
	struct filter filter;
	struct order order;
	struct list_columns columns;
	struct listing listing;
	struct widths widths; /* of what is listed */
	struct groups groups; /* its heads are lines among the rows */
	struct counts counts;
	bool counts_all; /* of every facet, not only what the band shows */
	struct selection selection;
	struct selection
		dropped;  /* marks taken away last; U brings them back */
	uint64_t version; /* of the reading the listing was made from */
	day today;

	uint32_t cursor; /* slot, SLOT_NONE in an empty listing */
	size_t row;      /* of the cursor */
	size_t top;      /* the first line shown: rows, and heads of groups */
	size_t height;   /* lines the list pane shows */
	uint32_t anchor; /* where a range of marks begins, or SLOT_NONE */

	const struct view *start;   /* to begin with; NULL: what is current */
	struct buf lost;            /* what of it is gone, a sentence each */
	char view[VIEW_NAME_BYTES]; /* that was opened last; "" none */
	struct look opened;         /* … and what it made of the list */
};

/* Where the list stands, to come back to. */
struct place {
	uint32_t cursor;
	size_t top;
};

void model_init(struct model *model, struct store *store,
		const struct config *config);
void model_free(struct model *model);

/* Begin and end a reading; between them the panes can be drawn. */
MUST_USE
bool model_begin(struct model *model, struct err *err);
void model_end(struct model *model);

/* Made anew the listing may be another: somebody committed, it is another
 * day, the terminal has said how wide its characters are. */
bool model_stale(const struct model *model);

/*
 * Run the query again. The cursor stays on its proposal; when that left the
 * listing, on the row where it was. The scroll moves only to keep it visible.
 */
void model_refresh(struct model *model);

/* The facets (1 << facet) of which there are no counts. */
unsigned model_uncounted(const struct model *model);

/* What conditions that are typed here are about. */
struct language model_language(const struct model *model);

/* What is seen; see that, as the view of that name (may be ""). The list is
 * made at the next model_refresh(). */
struct look model_look(const struct model *model);
void model_show(struct model *model, const struct look *look, const char *view);

struct place model_place(const struct model *model);

/* Run the query again, and go back there as far as it is still listed. */
void model_return(struct model *model, struct place place);

/* Put the cursor on a row (clamped), or on a slot; false: not listed. */
void model_go(struct model *model, long row);
bool model_go_slot(struct model *model, uint32_t slot);
void model_scroll(struct model *model);

/* A whole page on or back, so that no line comes twice. */
void model_turn_page(struct model *model, int by);

/*
 * The line that a row stands on. What stands on a line: true and the row, or
 * false and the group whose head it is. There is such a line.
 */
size_t model_line(const struct model *model, size_t row);
bool model_at_line(const struct model *model, size_t line, size_t *n);
size_t model_lines(const struct model *model);

/* To the next late one, by 1 or -1. False: there is no other. */
bool model_go_late(struct model *model, int by, bool *around);

/* The rows of a range that is being marked: first..last, false if none. */
bool model_range(const struct model *model, size_t *first, size_t *last);

/* The marked slots, else the one under the cursor; free() the result. */
uint32_t *model_targets(const struct model *model, size_t *count);

#endif
