/*
 * What a view means, and what is seen written as a view: saved ones
 * (config/view.h), and the one of the last time. Whatever else a view is to
 * hold goes through struct look, view_read() and view_write().
 */
#ifndef QUERY_VIEWS_H
#define QUERY_VIEWS_H

#include "query/language.h"
#include "query/listing.h"

struct look {
	struct filter filter;
	struct order order;
	struct list_columns columns;
};

/* What of a view is wrong, and where: a byte of that text. */
struct view_fault {
	enum view_text text;
	size_t at;
};

/* What the configuration says of the list where a view says nothing. */
void look_default(const struct config *config, struct look *out);

bool look_same(const struct look *a, const struct look *b);

/* ERR_USAGE names the word, and what there is; the fault may be NULL. */
MUST_USE
bool view_read(const struct view *view, const struct language *language,
	       struct look *out, struct view_fault *fault, struct err *err);

/*
 * The same when statuses, people, departments that it names are gone: what is
 * left of it. Adds a sentence about each, by ；, to `lost`.
 */
void view_salvage(const struct view *view, const struct language *language,
		  struct look *out, struct buf *lost);

/*
 * Write the texts of a view into *out, the arena keeps them; its name and key
 * stay. ERR_REFUSED: marks are no part of a view, or it is too long.
 */
MUST_USE
bool view_write(const struct look *look, const struct catalog *catalog,
		struct arena *arena, struct view *out, struct err *err);

/* The same, however long, and without what asks for marks. */
void view_write_all(const struct look *look, const struct catalog *catalog,
		    struct arena *arena, struct view *out);

/* Add 办理中，主办经信局，按期限排列; 全部 for one that asks nothing. */
void look_explain(const struct look *look, const struct catalog *catalog,
		  struct buf *out);

/* How many it lists. Cost: a pass over the columns that it asks about. */
size_t look_count(const struct look *look, const struct reading *reading,
		  const struct catalog *catalog, day today);

/*
 * config_load(), and then every condition and order of its views has to mean
 * something in it: the same ERR_CONFIG, a line for each that does not.
 */
MUST_USE
bool views_load_config(struct config **out, const char *path,
		       struct buf *mistakes, struct err *err);

#endif
