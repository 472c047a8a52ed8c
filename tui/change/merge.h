/*
 * Three versions of one proposal, field by field: as it was opened (base), as
 * somebody edited it (mine), and as it is stored by now (theirs). What only
 * one of the two changed is taken from him; what both changed differently is
 * a conflict until somebody chooses. Pure: nothing here reads or writes.
 */
#ifndef CHANGE_MERGE_H
#define CHANGE_MERGE_H

#include "domain/field.h"

struct versions {
	struct proposal base, mine, theirs;
};

enum merge_state {
	MERGE_UNCHANGED, /* by nobody */
	MERGE_MINE,      /* by me alone */
	MERGE_THEIRS,    /* by others alone */
	MERGE_ALIKE,     /* by both, to the same value */
	MERGE_CONFLICT   /* by both, differently */
};

enum merge_pick { PICK_NONE, PICK_THEIRS, PICK_MINE };

enum merge_state merge_state(const struct versions *versions,
			     enum field_id field);

/*
 * The version whose value is to be written; mine for a conflict about which
 * nobody has chosen.
 */
const struct proposal *merge_source(const struct versions *versions,
				    enum field_id field, enum merge_pick pick);

/*
 * The proposal to write over theirs, which is borrowed from all three.
 * False, and no proposal, while a conflict is open.
 */
MUST_USE
bool merge_result(const struct versions *versions,
		  const enum merge_pick picks[FIELD_END], struct proposal *out);

#endif
