/*
 * What the files behind field.h share.
 */
#ifndef DOMAIN_FIELD_PART_H
#define DOMAIN_FIELD_PART_H

#include "domain/field.h"
#include "domain/piece.h"

/* The field's member of *p; what it points to is told by field->type. */
const void *field_member(const struct field *field, const struct proposal *p);

/* Add "role department[ state[ date]]". */
void field_unit(const struct unit *unit, struct buf *out);

/* Those that answer first: lead, separate, joint. */
extern const enum unit_role role_order[ROLE_COUNT];

/*
 * The choice that a person meant: what config_match() finds, with or without
 * 类 or 提案 behind it. NULL: none.
 */
const struct choice *choice_read(const struct config *config,
				 enum choice_kind kind, const char *text);

/* ERR_USAGE: no such choice; names the nearest one, or all if they are few. */
bool choice_refuse(const struct config *config, enum choice_kind kind,
		   const char *label, const char *text, struct err *err);

#endif
