#include "domain/field_typed.h"

#include "domain/field_part.h"

/* 23、14-2-5: only another session has to be said. */
static void type_keys(const key *keys, size_t count, session own,
		      struct buf *out)
{
	for (size_t i = 0; i < count; i++) {
		char text[16];

		key_format(keys[i], text);
		buf_str(out, i ? "、" : "");
		if (key_session(keys[i]) == own)
			buf_printf(out, "%u", key_number(keys[i]));
		else
			buf_str(out, text);
	}
}

/* The rest is typed as it is shown. */
static void type_shown(const struct field *field, const struct proposal *p,
		       const struct config *config, struct buf *out)
{
	struct buf canonical = {0};

	field_canonical(field, p, &canonical);
	field_show(field, buf_text(&canonical), config, key_session(p->key),
		   out);
	buf_free(&canonical);
}

void field_typed(const struct field *field, const struct proposal *p,
		 enum unit_role role, const struct config *config,
		 struct buf *out)
{
	const void *member = field_member(field, p);
	const struct keys *keys = member;
	const key *one = member;
	session own = key_session(p->key);

	if (field->type == FIELD_TYPE_UNITS)
		proposal_units(p, config, role, out);
	else if (field->type == FIELD_TYPE_KEY)
		type_keys(one, *one != KEY_NONE, own, out);
	else if (field->type == FIELD_TYPE_KEYS)
		type_keys(keys->items, keys->count, own, out);
	else
		type_shown(field, p, config, out);
}
