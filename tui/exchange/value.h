/*
 * One value of a JSON object as the text that a row's cell holds.
 */
#ifndef EXCHANGE_VALUE_H
#define EXCHANGE_VALUE_H

#include <jansson.h>

#include "exchange/rows.h"

/* An object's member that is read and believed by nobody: revision. */
#define VALUE_IGNORED 0

/* All names that a member may have, by number; NULL behind the last. */
#define VALUE_NAMES (FIELD_END + 4)
const char *value_name(int index);
int value_name_field(int index);

/* enum field_id, row_field, VALUE_IGNORED, or -1 for a name unknown here. */
int value_field(const char *name);

/* Add what the writer of an unknown name may have meant: “title”. */
void value_nearest(const char *name, struct buf *out);

/*
 * Add the text; *canonical tells a list from what somebody typed. ERR_USAGE
 * when the value is of the wrong type.
 */
MUST_USE
bool value_text(int field, const json_t *value, struct buf *out,
		bool *canonical, struct err *err);

#endif
