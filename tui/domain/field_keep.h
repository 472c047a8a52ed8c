/*
 * Texts that are looked at and not read.
 */
#ifndef DOMAIN_FIELD_KEEP_H
#define DOMAIN_FIELD_KEEP_H

#include "domain/field.h"

/*
 * Set a text that is UTF-8 and NUL-terminated, and that field_read() would
 * take as it stands, to itself and not to a copy: it must live as long. False
 * when that is not sure, and for what is not text: field_read() knows.
 */
bool field_keep(const struct field *field, struct proposal *p, const char *text,
		size_t len);

/* Whether field_set() would take this text, and the same sentence if not. */
MUST_USE
bool field_check(const struct field *field, const char *text, size_t len,
		 struct err *err);

#endif
