#include "exchange/archive_line.h"

#include <string.h>

#include "domain/excerpt.h"

static bool wrong(struct archive_line *in, const char *name)
{
	return err_set(in->err, ERR_USAGE, "“%s”缺少或写法不对", name);
}

static bool get_integer(struct archive_line *in, const json_t *of,
			const char *name, json_int_t most, json_int_t *out)
{
	const json_t *value = json_object_get(of, name);

	*out = json_integer_value(value);
	return (json_is_integer(value) && *out >= 0 && *out <= most) ||
	       wrong(in, name);
}

static bool get_number(struct archive_line *in, const json_t *of,
		       const char *name, uint32_t *out)
{
	json_int_t value;

	if (!get_integer(in, of, name, UINT32_MAX, &value))
		return false;
	*out = (uint32_t)value;
	return true;
}

/* null is `none`. */
static bool get_number_or_null(struct archive_line *in, const char *name,
			       uint32_t none, uint32_t *out)
{
	if (!json_is_null(json_object_get(in->object, name)))
		return get_number(in, in->object, name, out);
	*out = none;
	return true;
}

/* null is "". */
static bool get_text(struct archive_line *in, const json_t *of,
		     const char *name, const char **out)
{
	const json_t *value = json_object_get(of, name);

	*out = json_is_string(value) ? json_string_value(value) : "";
	return json_is_string(value) || json_is_null(value) || wrong(in, name);
}

static int hex_digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* Exactly so many bytes. */
static bool read_hex(const char *text, unsigned char *out, size_t len)
{
	if (strlen(text) != 2 * len)
		return false;
	for (size_t i = 0; i < len; i++) {
		int high = hex_digit(text[2 * i]);
		int low = hex_digit(text[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		out[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}

static bool get_hex(struct archive_line *in, const char *name,
		    unsigned char *out, size_t len)
{
	const char *text;

	return get_text(in, in->object, name, &text) &&
	       (read_hex(text, out, len) || wrong(in, name));
}

/* {"hex":"…"} is a text that is not UTF-8. */
static bool get_exact(struct archive_line *in, const json_t *of,
		      const char *name, const char **out)
{
	const json_t *value = json_object_get(of, name);
	const char *hex;

	if (!json_is_object(value))
		return get_text(in, of, name, out);
	if (!get_text(in, value, "hex", &hex))
		return false;
	size_t len = strlen(hex) / 2;
	unsigned char *bytes = arena_alloc(&in->arena, len + 1);
	*out = (const char *)bytes;
	return (read_hex(hex, bytes, len) && !memchr(bytes, 0, len)) ||
	       wrong(in, name);
}

bool archive_line_head(struct archive_line *in, struct archive_head *out)
{
	const json_t *roles = json_object_get(in->object, "roles");
	uint32_t version;

	if (!get_number(in, in->object, "version", &version))
		return false;
	if (version != ARCHIVE_VERSION)
		return err_set(in->err, ERR_USAGE,
			       "是第 %u 版的整库导出，本程序只认第 %d 版",
			       (unsigned)version, ARCHIVE_VERSION);
	out->roles = json_is_true(roles);
	return (json_is_boolean(roles) || wrong(in, "roles")) &&
	       get_integer(in, in->object, "batches", UINT32_MAX,
			   &out->batches) &&
	       get_integer(in, in->object, "events", INT64_MAX, &out->events) &&
	       get_hex(in, "head", out->head, sizeof(out->head));
}

static bool read_kind(struct archive_line *in, enum batch_kind *out)
{
	const char *name;

	if (!get_text(in, in->object, "kind", &name))
		return false;
	for (*out = BATCH_IMPORT; *out <= BATCH_USER; ++*out)
		if (!strcmp(name, batch_kind_name(*out)))
			return true;
	return wrong(in, "kind");
}

static bool read_access(struct archive_line *in, const json_t *of,
			const char *name, enum access *out)
{
	const char *text;

	if (!get_text(in, of, name, &text))
		return false;
	*out = ACCESS_NONE;
	return !strcmp(text, access_name(ACCESS_NONE)) ||
	       access_parse(text, out) || wrong(in, name);
}

static bool read_grant(struct archive_line *in, struct grant *out)
{
	const json_t *grant = json_object_get(in->object, "grant");

	return (json_is_object(grant) || wrong(in, "grant")) &&
	       get_number(in, grant, "uid", &out->uid) &&
	       get_exact(in, grant, "name", &out->name) &&
	       read_access(in, grant, "before", &out->before) &&
	       read_access(in, grant, "after", &out->after);
}

/* Before 1970 nobody wrote anything, but a clock may say so. */
static bool read_time(struct archive_line *in, int64_t *out)
{
	const json_t *value = json_object_get(in->object, "at_ms");

	*out = json_integer_value(value);
	return json_is_integer(value) || wrong(in, "at_ms");
}

bool archive_line_batch(struct archive_line *in, struct batch *out,
			unsigned char operation[OPERATION_SIZE])
{
	*out = (struct batch){0};
	return get_number(in, in->object, "batch", &out->number) &&
	       read_kind(in, &out->kind) && read_time(in, &out->at) &&
	       get_number(in, in->object, "uid", &out->who.uid) &&
	       get_number_or_null(in, "login_uid", UINT32_MAX,
				  &out->who.login_uid) &&
	       get_exact(in, in->object, "by", &out->who.name) &&
	       get_exact(in, in->object, "from", &out->who.from) &&
	       get_hex(in, "operation", operation, OPERATION_SIZE) &&
	       get_exact(in, in->object, "note", &out->note) &&
	       get_exact(in, in->object, "summary", &out->summary) &&
	       get_number(in, in->object, "count", &out->count) &&
	       get_number_or_null(in, "undoes", 0, &out->undoes) &&
	       get_number_or_null(in, "undone_by", 0, &out->undone_by) &&
	       (out->kind != BATCH_USER || read_grant(in, &out->grant));
}

static bool find_field(struct archive_line *in, const char *name,
		       enum field_id *out)
{
	char word[EXCERPT_SIZE];

	for (unsigned id = 1; id < FIELD_END; id++)
		if (!strcmp(fields[id].name, name)) {
			*out = (enum field_id)id;
			return true;
		}
	excerpt(name, strlen(name), word);
	return err_set(in->err, ERR_USAGE, "没有“%s”这个字段", word);
}

/* Of a creation: from nothing. */
static bool read_filled(struct archive_line *in, struct event *out)
{
	json_t *filled = json_object_get(in->object, "fields");
	struct event_field *to;
	const char *name;
	json_t *value;

	if (!json_is_object(filled))
		return wrong(in, "fields");
	out->fields = to = arena_alloc(
		&in->arena, (json_object_size(filled) + 1) * sizeof(*to));
	json_object_foreach(filled, name, value)
	{
		to->before = "";
		if (!find_field(in, name, &to->field) ||
		    !get_text(in, filled, name, &to->after))
			return false;
		to++;
		out->field_count++;
	}
	return true;
}

static bool read_change(struct archive_line *in, const json_t *change,
			struct event_field *out)
{
	const char *name;

	return (json_is_object(change) || wrong(in, "changes")) &&
	       get_text(in, change, "field", &name) &&
	       find_field(in, name, &out->field) &&
	       get_text(in, change, "before", &out->before) &&
	       get_text(in, change, "after", &out->after);
}

static bool read_changes(struct archive_line *in, struct event *out)
{
	const json_t *changes = json_object_get(in->object, "changes");
	size_t count = json_array_size(changes);
	struct event_field *to =
		arena_alloc(&in->arena, (count + 1) * sizeof(*to));

	if (!json_is_array(changes) || count >= FIELD_END)
		return wrong(in, "changes");
	out->fields = to;
	out->field_count = count;
	for (size_t i = 0; i < count; i++)
		if (!read_change(in, json_array_get(changes, i), &to[i]))
			return false;
	return true;
}

static bool read_key(struct archive_line *in, key *out)
{
	const char *text;
	uint32_t number;
	session s;

	if (!get_text(in, in->object, "session", &text) ||
	    !get_number(in, in->object, "number", &number))
		return false;
	if (!session_parse(text, &s))
		return wrong(in, "session");
	*out = key_make(s, number);
	return *out != KEY_NONE || wrong(in, "number");
}

bool archive_line_event(struct archive_line *in, struct event *out)
{
	const char *kind;

	*out = (struct event){0};
	if (!get_number(in, in->object, "batch", &out->batch) ||
	    !read_key(in, &out->key) ||
	    !get_number(in, in->object, "revision", &out->revision) ||
	    !get_text(in, in->object, "event", &kind))
		return false;
	for (out->kind = EVENT_CREATED; out->kind <= EVENT_REMOVED; out->kind++)
		if (!strcmp(kind, event_kind_name(out->kind)))
			break;
	switch (out->kind) {
	case EVENT_CREATED:
		return read_filled(in, out);
	case EVENT_CHANGED:
		return read_changes(in, out);
	case EVENT_REMOVED:
		return true;
	}
	return wrong(in, "event");
}
