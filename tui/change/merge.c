#include "change/merge.h"

enum merge_state merge_state(const struct versions *versions, enum field_id id)
{
	const struct field *field = &fields[id];
	bool mine = !field_equal(field, &versions->base, &versions->mine);
	bool theirs = !field_equal(field, &versions->base, &versions->theirs);

	if (mine && theirs)
		return field_equal(field, &versions->mine, &versions->theirs)
			       ? MERGE_ALIKE
			       : MERGE_CONFLICT;
	if (mine)
		return MERGE_MINE;
	return theirs ? MERGE_THEIRS : MERGE_UNCHANGED;
}

const struct proposal *merge_source(const struct versions *versions,
				    enum field_id id, enum merge_pick pick)
{
	switch (merge_state(versions, id)) {
	case MERGE_MINE:
		return &versions->mine;
	case MERGE_CONFLICT:
		return pick == PICK_THEIRS ? &versions->theirs
					   : &versions->mine;
	case MERGE_UNCHANGED:
	case MERGE_THEIRS:
	case MERGE_ALIKE:
		break;
	}
	return &versions->theirs;
}

bool merge_result(const struct versions *versions,
		  const enum merge_pick picks[FIELD_END], struct proposal *out)
{
	struct proposal result = versions->theirs;

	for (int id = FIELD_TITLE; id < FIELD_END; id++) {
		enum field_id field = (enum field_id)id;

		if (picks[id] == PICK_NONE &&
		    merge_state(versions, field) == MERGE_CONFLICT)
			return false;
		field_borrow(&fields[id], &result,
			     merge_source(versions, field, picks[id]));
	}
	*out = result;
	return true;
}
