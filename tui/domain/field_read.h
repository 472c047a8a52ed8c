/*
 * What the files behind field_read() share: a text that a person wrote, on
 * its way to canonical form.
 */
#ifndef DOMAIN_FIELD_READ_H
#define DOMAIN_FIELD_READ_H

#include "domain/field_part.h"

/* The most bytes that anybody's cell or paste is looked at for. */
#define INPUT_MAX (4u << 20)

struct input {
	const struct field *field;
	struct proposal *p; /* as it is; not changed */
	const char *text;
	enum unit_role role;
	const struct config *config;
	struct arena *arena; /* scratch memory */
	struct err *err;
};

/* Add the canonical text of names, of units. */
bool input_names(const struct input *in, struct buf *out);
bool input_units(const struct input *in, struct buf *out);

/* ERR_USAGE: more than FIELD_ITEMS_MAX. */
bool input_too_many(const struct input *in);

#endif
