/*
 * A JSON object being written; each member puts the comma before itself. For
 * exchange/ only.
 */
#ifndef EXCHANGE_OBJECT_H
#define EXCHANGE_OBJECT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/json.h"
#include "domain/key.h"

struct object {
	struct buf *out;
	bool begun;
};

/* What follows is the value. */
void object_key(struct object *object, const char *name);

/* "" is null, here and in a list. */
void object_text(struct object *object, const char *name, const char *text);
void object_value(const char *text, struct buf *out);

void object_number(struct object *object, const char *name, uint32_t number);
void object_number_or_null(struct object *object, const char *name,
			   uint32_t number, uint32_t none);

/* "session":"14-3","number":4 */
void object_proposal(struct object *object, key k);

/* } and the end of the line; } alone within another. */
void object_end(struct object *object);
void object_close(struct object *object);

#endif
