/*
 * One proposal being edited, while others may change it: what it was when it
 * was opened, what it is to become, and what is stored by now, with who made
 * it so. A field is saved over what others wrote only after somebody has
 * seen theirs and chosen.
 */
#ifndef CHANGE_EDITING_H
#define CHANGE_EDITING_H

#include "change/merge.h"
#include "change/plan.h"

/* Whose batch; name NULL: nobody's. */
struct trace {
	const char *name;
	int64_t at; /* ms since 1970 */
	uint32_t batch;
};

struct editing {
	struct arena arena;
	const struct config *config; /* borrowed */
	key key;
	uint32_t opened; /* the batch that the base is of */
	struct versions versions;
	enum merge_pick picks[FIELD_END];
	struct trace traces[FIELD_END]; /* who changed it since */
	bool gone;                      /* it was removed, and … */
	struct trace removed;           /* … by whom */
};

/*
 * Open it. ERR_DENIED when the role does not allow editing a proposal of its
 * phase. On failure there is nothing to free.
 */
MUST_USE
bool editing_open(struct editing *out, const struct config *config,
		  const struct reading *reading, uint32_t slot,
		  struct err *err);
void editing_free(struct editing *editing);

/*
 * See what others have stored. *moved: there is something new, and what was
 * picked against what it replaces is open again.
 */
MUST_USE
bool editing_look(struct editing *editing, const struct reading *reading,
		  bool *moved, struct err *err);

/*
 * The person begins to edit what the field shows. If that is what others
 * wrote, he has it before his eyes: it is now what he starts from.
 */
void editing_begin(struct editing *editing, enum field_id field);

/*
 * What the person wrote, by field_read(), or the code that he chose. A
 * proposal that is named must exist, merging must not lead in a circle, and
 * the workflow must allow the status. On failure the field is as it was.
 */
MUST_USE
bool editing_read(struct editing *editing, const struct reading *reading,
		  enum field_id field, enum unit_role role, const char *text,
		  struct err *err);
MUST_USE
bool editing_code(struct editing *editing, enum field_id field,
		  const char *code, struct err *err);

/* The version that has the value to show and to save. */
const struct proposal *editing_source(const struct editing *editing,
				      enum field_id field);

enum merge_state editing_state(const struct editing *editing,
			       enum field_id field);

/* A conflict about which nobody has chosen; how many there are. */
bool editing_undecided(const struct editing *editing, enum field_id field);
size_t editing_conflicts(const struct editing *editing);

/* Saving would change it; how many fields that are, conflicts included. */
bool editing_changed(const struct editing *editing, enum field_id field);
size_t editing_changes(const struct editing *editing);

/*
 * The batch that saves it, over what was stored at the last look. The plan
 * borrows from what is edited: free it first. ERR_CONFLICT while something is
 * undecided; ERR_REFUSED when nothing is changed, the proposal is gone or
 * the workflow forbids the step; ERR_DENIED when the role does.
 */
MUST_USE
bool plan_edit(struct plan *out, struct editing *editing,
	       const struct reading *reading, struct err *err);

#endif
