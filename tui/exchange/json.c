#include "exchange/json.h"

#include <string.h>
#include <time.h>

#include "exchange/object.h"
#include "store/users.h"

/* "2024-11-20T09:30:00+08:00" */
static void add_time(struct object *object, const char *name, int64_t ms)
{
	time_t when = (time_t)(ms / 1000 - (ms % 1000 < 0));
	char text[64];
	struct tm tm = {.tm_year = -1900 - 1};

	object_key(object, name);
	localtime_r(&when, &tm);
	if (ms == 0 || tm.tm_year < -1900 || tm.tm_year > 8099) {
		buf_str(object->out, "null");
		return;
	}

	long minutes = tm.tm_gmtoff / 60;
	size_t len = strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &tm);
	buf_char(object->out, '"');
	buf_add(object->out, text, len);
	buf_printf(object->out, "%c%02ld:%02ld\"", minutes < 0 ? '-' : '+',
		   (minutes < 0 ? -minutes : minutes) / 60,
		   (minutes < 0 ? -minutes : minutes) % 60);
}

static void add_names(const struct strings *names, struct buf *out)
{
	buf_char(out, '[');
	for (size_t i = 0; i < names->count; i++) {
		if (i > 0)
			buf_char(out, ',');
		json_quote(names->items[i], out);
	}
	buf_char(out, ']');
}

static void add_unit(const struct unit *unit, struct buf *out)
{
	struct object object = {.out = out};
	char date[11];

	day_format(unit->date, date);
	object_text(&object, "department", unit->department);
	object_text(&object, "role", role_name(unit->role));
	object_text(&object, "state", unit->state);
	object_text(&object, "date", date);
	buf_char(out, '}');
}

static void add_units(const struct units *units, struct buf *out)
{
	buf_char(out, '[');
	for (size_t i = 0; i < units->count; i++) {
		if (i > 0)
			buf_char(out, ',');
		add_unit(&units->items[i], out);
	}
	buf_char(out, ']');
}

static void add_keys(const struct keys *keys, struct buf *out)
{
	buf_char(out, '[');
	for (size_t i = 0; i < keys->count; i++) {
		char text[16];

		key_format(keys->items[i], text);
		if (i > 0)
			buf_char(out, ',');
		json_quote(text, out);
	}
	buf_char(out, ']');
}

static const void *member(const struct field *field, const struct proposal *p)
{
	return (const char *)p + field->offset;
}

static void add_field(const struct field *field, const struct proposal *p,
		      struct object *object)
{
	const void *value = member(field, p);
	char text[16] = "";

	object_key(object, field->name);
	switch (field->type) {
	case FIELD_TYPE_LINE:
	case FIELD_TYPE_TEXT:
	case FIELD_TYPE_CODE:
		object_value(*(const char *const *)value, object->out);
		return;
	case FIELD_TYPE_NAMES:
		add_names(value, object->out);
		return;
	case FIELD_TYPE_UNITS:
		add_units(value, object->out);
		return;
	case FIELD_TYPE_KEYS:
		add_keys(value, object->out);
		return;
	case FIELD_TYPE_DATE:
		day_format(*(const day *)value, text);
		break;
	case FIELD_TYPE_KEY:
		if (*(const key *)value != KEY_NONE)
			key_format(*(const key *)value, text);
		break;
	}
	object_value(text, object->out);
}

void json_proposal(const struct proposal *p, struct buf *out)
{
	struct object object = {.out = out};

	object_proposal(&object, p->key);
	for (int i = 1; i < FIELD_END; i++)
		add_field(&fields[i], p, &object);
	object_number(&object, "revision", p->revision);
	add_time(&object, "changed_at", p->changed_at);
	object_text(&object, "changed_by", p->changed_by);
	object_end(&object);
}

static void add_change(const struct event_field *change, struct buf *out)
{
	struct object object = {.out = out};

	object_text(&object, "field", fields[change->field].name);
	object_text(&object, "before", change->before);
	object_text(&object, "after", change->after);
	buf_char(out, '}');
}

static void add_changes(const struct event *event, struct object *object)
{
	object_key(object, "changes");
	buf_char(object->out, '[');
	for (size_t i = 0; i < event->field_count; i++) {
		if (i > 0)
			buf_char(object->out, ',');
		add_change(&event->fields[i], object->out);
	}
	buf_char(object->out, ']');
}

void json_event(const struct event *event, const struct batch *batch,
		struct buf *out)
{
	struct object object = {.out = out};

	object_proposal(&object, event->key);
	object_number(&object, "revision", event->revision);
	object_text(&object, "event", event_kind_name(event->kind));
	object_number(&object, "batch", event->batch);
	object_text(&object, "kind", batch_kind_name(batch->kind));
	add_time(&object, "at", batch->at);
	object_text(&object, "by", batch->who.name);
	object_text(&object, "note", batch->note);
	add_changes(event, &object);
	object_end(&object);
}

void json_batch(const struct batch *batch, struct buf *out)
{
	struct object object = {.out = out};

	object_number(&object, "batch", batch->number);
	object_text(&object, "kind", batch_kind_name(batch->kind));
	add_time(&object, "at", batch->at);
	object_text(&object, "by", batch->who.name);
	object_number(&object, "uid", batch->who.uid);
	object_number_or_null(&object, "login_uid", batch->who.login_uid,
			      UINT32_MAX);
	object_text(&object, "from", batch->who.from);
	object_text(&object, "summary", batch->summary);
	object_text(&object, "note", batch->note);
	object_number(&object, "count", batch->count);
	object_number_or_null(&object, "undoes", batch->undoes, 0);
	object_number_or_null(&object, "undone_by", batch->undone_by, 0);
	object_end(&object);
}

void json_user(const struct user *user, const char *account, struct buf *out)
{
	struct object object = {.out = out};

	object_number(&object, "uid", user->uid);
	object_text(&object, "name", user->name);
	object_text(&object, "role", access_name(user->access));
	add_time(&object, "since", user->since);
	object_number(&object, "batch", user->batch);
	object_text(&object, "account", account ? account : "");
	object_end(&object);
}
