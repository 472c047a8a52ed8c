/*
 * Long texts side by side: of what is the same in all of them only a little
 * is shown, so that the difference can be seen.
 */
#ifndef PANE_EXCERPTS_H
#define PANE_EXCERPTS_H

#include <stddef.h>

#include "base/buf.h"

enum { EXCERPTS_MAX = 3 };

/* Add to each out[i] text i, or …… and the part of it that differs. */
void excerpts(const char *const *texts, size_t count, struct buf *out);

#endif
