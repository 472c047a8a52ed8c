/*
 * What the files behind field.h share.
 */
#ifndef DOMAIN_FIELD_PART_H
#define DOMAIN_FIELD_PART_H

#include "domain/field.h"
#include "domain/piece.h"

/* The field's member of *p; what it points to is told by field->type. */
const void *field_member(const struct field *field, const struct proposal *p);

/* Bytes of the canonical text. */
size_t field_size(const struct field *field, const struct proposal *p);

/* Add "role department[ state[ date]]". */
void field_unit(const struct unit *unit, struct buf *out);

/* Those that answer first: lead, separate, joint. */
extern const enum unit_role role_order[ROLE_COUNT];

#endif
