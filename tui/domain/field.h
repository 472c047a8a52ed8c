/*
 * The fields of a proposal, once. This table drives the stored record, the
 * history, JSON in and out, import headers and the detail pane: a new field
 * is a member of struct proposal and a row here.
 *
 * Every field has one canonical text, which is what records and history hold
 * and what JSON writes: codes for coded fields, 2024-10-04 for dates,
 * 14-3-23 for proposals; lists have one item a line; a unit is
 * "role department[ state[ date]]". Empty is "".
 */
#ifndef DOMAIN_FIELD_H
#define DOMAIN_FIELD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "config/config.h"
#include "domain/proposal.h"

/* The values are stored: never renumber, only add. */
enum field_id {
	FIELD_TITLE = 1,
	FIELD_BODY,
	FIELD_PROPOSERS,
	FIELD_CATEGORY,
	FIELD_LEVEL,
	FIELD_TOPIC,
	FIELD_UNITS,
	FIELD_STATUS,
	FIELD_RECEIVED,
	FIELD_FILED,
	FIELD_ASSIGNED,
	FIELD_DUE,
	FIELD_REPLIED,
	FIELD_CLOSED,
	FIELD_RESULT,
	FIELD_OUTCOME,
	FIELD_FEEDBACK,
	FIELD_LED_BY,
	FIELD_SUPERVISED_BY,
	FIELD_MERGED_INTO,
	FIELD_RELATED,
	FIELD_REMARKS,
	FIELD_END
};

enum field_type {
	FIELD_TYPE_LINE,  /* one line of text */
	FIELD_TYPE_TEXT,  /* several lines */
	FIELD_TYPE_NAMES, /* struct strings */
	FIELD_TYPE_CODE,  /* one choice of `kind` */
	FIELD_TYPE_DATE,  /* day */
	FIELD_TYPE_UNITS, /* struct units */
	FIELD_TYPE_KEY,   /* one proposal */
	FIELD_TYPE_KEYS   /* struct keys */
};

struct field {
	enum field_id id;
	const char *name;  /* in code and JSON: led_by */
	const char *label; /* on screen: 领办 */
	enum field_type type;
	enum choice_kind kind; /* FIELD_TYPE_CODE */
	size_t offset;         /* of the member in struct proposal */
	size_t max;            /* longest canonical text, bytes */
	const char *synonyms;  /* import headers, blank-separated, with label */
};

/* By id; fields[0] is unused. */
extern const struct field fields[FIELD_END];

/* Import headers of what stands before the fields, and of units by role. */
extern const char *const session_synonyms, *const number_synonyms;
extern const char *const unit_synonyms[ROLE_COUNT];

/* Longest name, department or code, and most of them in one field. */
#define FIELD_ITEM_MAX 300u
#define FIELD_ITEMS_MAX 2000u

/* Add the canonical text. */
void field_canonical(const struct field *field, const struct proposal *p,
		     struct buf *out);

/*
 * Set from canonical text, copying into the arena. ERR_USAGE on bytes that are
 * not canonical (a damaged record, a file that is wrong) and on text over the
 * field's limit; the member is then as it was. Codes are not looked up.
 */
MUST_USE
bool field_set(const struct field *field, struct proposal *p, const char *text,
	       size_t len, struct arena *arena, struct err *err);

/*
 * Set from what a person or a spreadsheet wrote: labels, names and aliases
 * for codes, dates of all forms, 、-separated names and departments
 * ("经信局、商务局" become `role` units beside those of other roles). ERR_USAGE
 * names field and value, and the nearest choice where there is one, and the
 * member is then as it was. 无 or a dash empties a field that is not text.
 * `role` is only for FIELD_UNITS.
 */
MUST_USE
bool field_read(const struct field *field, struct proposal *p, const char *text,
		enum unit_role role, const struct config *config,
		struct arena *arena, struct err *err);

/* Add what the screen shows for a canonical text: labels, 第23号, 、. */
void field_show(const struct field *field, const char *canonical,
		const struct config *config, session current, struct buf *out);

/* Give `to` the value that `from` has; the memory stays that of `from`. */
void field_borrow(const struct field *field, struct proposal *to,
		  const struct proposal *from);

/* The same canonical text in both. */
bool field_equal(const struct field *field, const struct proposal *a,
		 const struct proposal *b);

#endif
