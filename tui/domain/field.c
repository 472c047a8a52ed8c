#include "domain/field.h"

#include <string.h>

#include "domain/field_part.h"

const void *field_member(const struct field *field, const struct proposal *p)
{
	return (const char *)p + field->offset;
}

void field_unit(const struct unit *unit, struct buf *out)
{
	char date[11];

	day_format(unit->date, date);
	buf_str(out, role_name(unit->role));
	buf_char(out, ' ');
	buf_str(out, unit->department);
	if (*unit->state || *date) {
		buf_char(out, ' ');
		buf_str(out, unit->state);
	}
	if (*date) {
		buf_char(out, ' ');
		buf_str(out, date);
	}
}

static void add_names(const struct strings *names, struct buf *out)
{
	for (size_t i = 0; i < names->count; i++) {
		if (i)
			buf_char(out, '\n');
		buf_str(out, names->items[i]);
	}
}

static void add_units(const struct units *units, struct buf *out)
{
	for (size_t i = 0; i < units->count; i++) {
		if (i)
			buf_char(out, '\n');
		field_unit(&units->items[i], out);
	}
}

static void add_keys(const key *keys, size_t count, struct buf *out)
{
	for (size_t i = 0; i < count; i++) {
		char text[16];

		key_format(keys[i], text);
		if (i)
			buf_char(out, '\n');
		buf_str(out, text);
	}
}

static void add_date(day d, struct buf *out)
{
	char text[11];

	day_format(d, text);
	buf_str(out, text);
}

void field_canonical(const struct field *field, const struct proposal *p,
		     struct buf *out)
{
	const void *member = field_member(field, p);
	const struct keys *keys = member;
	const key *one = member;

	switch (field->type) {
	case FIELD_TYPE_LINE:
	case FIELD_TYPE_TEXT:
	case FIELD_TYPE_CODE:
		buf_str(out, *(const char *const *)member);
		break;
	case FIELD_TYPE_NAMES:
		add_names(member, out);
		break;
	case FIELD_TYPE_DATE:
		add_date(*(const day *)member, out);
		break;
	case FIELD_TYPE_UNITS:
		add_units(member, out);
		break;
	case FIELD_TYPE_KEY:
		add_keys(one, *one != KEY_NONE, out);
		break;
	case FIELD_TYPE_KEYS:
		add_keys(keys->items, keys->count, out);
		break;
	}
}

static size_t names_size(const struct strings *names)
{
	size_t size = names->count ? names->count - 1 : 0;

	for (size_t i = 0; i < names->count; i++)
		size += strlen(names->items[i]);
	return size;
}

static size_t canonical_size(const struct field *field,
			     const struct proposal *p)
{
	struct buf text = {0};

	field_canonical(field, p, &text);
	size_t size = text.len;
	buf_free(&text);
	return size;
}

size_t field_size(const struct field *field, const struct proposal *p)
{
	const void *member = field_member(field, p);

	switch (field->type) {
	case FIELD_TYPE_LINE:
	case FIELD_TYPE_TEXT:
	case FIELD_TYPE_CODE:
		return strlen(*(const char *const *)member);
	case FIELD_TYPE_NAMES:
		return names_size(member);
	case FIELD_TYPE_DATE:
	case FIELD_TYPE_UNITS:
	case FIELD_TYPE_KEY:
	case FIELD_TYPE_KEYS:
		break;
	}
	return canonical_size(field, p);
}

static size_t member_size(enum field_type type)
{
	switch (type) {
	case FIELD_TYPE_LINE:
	case FIELD_TYPE_TEXT:
	case FIELD_TYPE_CODE:
		return sizeof(const char *);
	case FIELD_TYPE_NAMES:
		return sizeof(struct strings);
	case FIELD_TYPE_DATE:
		return sizeof(day);
	case FIELD_TYPE_UNITS:
		return sizeof(struct units);
	case FIELD_TYPE_KEY:
		return sizeof(key);
	case FIELD_TYPE_KEYS:
		return sizeof(struct keys);
	}
	return 0;
}

void field_borrow(const struct field *field, struct proposal *to,
		  const struct proposal *from)
{
	memcpy((char *)to + field->offset, field_member(field, from),
	       member_size(field->type));
}

static bool same_text(const struct field *field, const struct proposal *a,
		      const struct proposal *b)
{
	struct buf before = {0}, after = {0};

	field_canonical(field, a, &before);
	field_canonical(field, b, &after);
	bool same = strcmp(buf_text(&before), buf_text(&after)) == 0;
	buf_free(&before);
	buf_free(&after);
	return same;
}

bool field_equal(const struct field *field, const struct proposal *a,
		 const struct proposal *b)
{
	const void *before = field_member(field, a);
	const void *after = field_member(field, b);

	switch (field->type) {
	case FIELD_TYPE_LINE:
	case FIELD_TYPE_TEXT:
	case FIELD_TYPE_CODE:
		return strcmp(*(const char *const *)before,
			      *(const char *const *)after) == 0;
	case FIELD_TYPE_DATE:
		return *(const day *)before == *(const day *)after;
	case FIELD_TYPE_KEY:
		return *(const key *)before == *(const key *)after;
	case FIELD_TYPE_NAMES:
	case FIELD_TYPE_UNITS:
	case FIELD_TYPE_KEYS:
		break;
	}
	return same_text(field, a, b);
}
