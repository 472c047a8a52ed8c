/*
 * A field as a person edits it.
 */
#ifndef DOMAIN_FIELD_TYPED_H
#define DOMAIN_FIELD_TYPED_H

#include "domain/field.h"

/*
 * Add the text to edit, of units those with `role`: field_read() makes the
 * same value of it.
 */
void field_typed(const struct field *field, const struct proposal *p,
		 enum unit_role role, const struct config *config,
		 struct buf *out);

#endif
