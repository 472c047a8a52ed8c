/*
 * What was searched, marked where it stands: by its text, and in titles, names
 * and departments also by how it sounds, as the search finds it.
 */
#ifndef PANE_FOUND_H
#define PANE_FOUND_H

#include "query/filter.h"
#include "query/needle.h"
#include "ui/canvas.h"

struct found {
	struct needle *needles; /* owned; one for each text of the filter */
	size_t count;
};

void found_open(struct found *found, const struct filter *filter);
void found_close(struct found *found);

/*
 * Where they stand in a text that went through clean_line(): ascending, none
 * in another. free() them; NULL if there are none.
 */
struct hit *found_hits(const struct found *found, bool sounds, const char *text,
		       size_t len, size_t *count);

/* Draw any text with its hits; `cut`: one that does not fit ends in >. */
int found_draw(const struct found *found, bool sounds, bool cut,
	       struct canvas *canvas, int y, int x, int width, enum style style,
	       const char *text);

#endif
