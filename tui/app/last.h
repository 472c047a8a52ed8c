/*
 * What a person saw when he left: the interface begins there the next time.
 * It is his own, a few lines in his home ($XDG_STATE_HOME/proposals/last), of
 * the register that he looked at last; of two windows the one that is left
 * last is remembered.
 */
#ifndef APP_LAST_H
#define APP_LAST_H

#include "config/view.h"
#include "pane/model.h"

/* Zero-initialise; free with last_free(). */
struct last {
	struct arena arena;
	bool known;         /* there is one, of this register */
	struct view view;   /* its name: the view that was open, or "" */
	const char *number; /* of the proposal under the cursor, or "" */
	struct buf written; /* as it stands in the file */
};

/* False with one sentence when it cannot be read: then it begins anew. */
MUST_USE
bool last_load(struct last *last, const char *store, struct err *err);

/* With a reading open. Nothing is written when nothing has changed. */
MUST_USE
bool last_save(struct last *last, const char *store, const struct model *model,
	       struct err *err);

void last_free(struct last *last);

#endif
