/* What the files behind editing.h share. */
#ifndef PANE_EDITING_PART_H
#define PANE_EDITING_PART_H

#include "pane/editing.h"

/* Add the field's value as the screen shows it. */
void show_field(const struct editing *editing, enum field_id field,
		const struct proposal *p, struct buf *out);

/* Add 李明 11-20 09:31. */
void show_trace(const struct trace *trace, struct buf *out);

/*
 * Lines for one field: 办理结果  空 → B, or old and new below each other where
 * they are long. `behind` stands behind them.
 */
void change_lines(const struct editing *editing, enum field_id field,
		  const struct proposal *before, const struct proposal *after,
		  const char *behind, int width, struct lines *lines);

/* Others changed it and theirs stays: 级别  一般 → 重点（李明 11-20 09:31）. */
bool keeps_theirs(const struct editing *editing, enum field_id field);
void theirs_lines(const struct editing *editing, enum field_id field, int width,
		  struct lines *lines);

#endif
