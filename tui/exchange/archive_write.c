#include <string.h>

#include "base/utf8.h"
#include "base/version.h"
#include "exchange/archive.h"
#include "exchange/object.h"

enum { PIECE = 1 << 18 };

struct writing {
	const struct reading *reading;
	archive_sink *sink;
	void *arg;
	struct buf text;
};

static bool flush(struct writing *writing, struct err *err)
{
	bool ok = writing->sink(writing->arg, &writing->text, err);

	buf_reset(&writing->text);
	return ok;
}

static void add_hex(const unsigned char *bytes, size_t len, struct buf *out)
{
	for (size_t i = 0; i < len; i++)
		buf_printf(out, "%02x", bytes[i]);
}

static void hex_member(struct object *object, const char *name,
		       const void *bytes, size_t len)
{
	object_key(object, name);
	buf_char(object->out, '"');
	add_hex(bytes, len, object->out);
	buf_char(object->out, '"');
}

/* Nothing may be lost of what somebody typed in whatever encoding. */
static void exact_member(struct object *object, const char *name,
			 const char *text)
{
	size_t len = strlen(text);
	struct object bytes = {.out = object->out};

	if (utf8_valid(text, len)) {
		object_text(object, name, text);
		return;
	}
	object_key(object, name);
	hex_member(&bytes, "hex", text, len);
	object_close(&bytes);
}

static void add_head(struct writing *writing, const struct check_sums *sums,
		     bool roles)
{
	struct buf *out = &writing->text;
	struct object object = {.out = out};

	object_text(&object, "export", "proposals");
	object_number(&object, "version", ARCHIVE_VERSION);
	object_text(&object, "program", VERSION);
	object_key(&object, "roles");
	buf_str(out, roles ? "true" : "false");
	object_key(&object, "batches");
	buf_printf(out, "%llu", (unsigned long long)sums->batches);
	object_key(&object, "events");
	buf_printf(out, "%llu", (unsigned long long)sums->events);
	hex_member(&object, "head", reading_chain(writing->reading), HEAD_SIZE);
	object_end(&object);
}

static void add_grant(struct object *object, const struct grant *grant)
{
	struct object inner = {.out = object->out};

	object_key(object, "grant");
	object_number(&inner, "uid", grant->uid);
	exact_member(&inner, "name", grant->name);
	object_text(&inner, "before", access_name(grant->before));
	object_text(&inner, "after", access_name(grant->after));
	object_close(&inner);
}

static void add_batch(const struct batch *batch,
		      const unsigned char operation[OPERATION_SIZE],
		      struct buf *out)
{
	struct object object = {.out = out};

	object_number(&object, "batch", batch->number);
	object_text(&object, "kind", batch_kind_name(batch->kind));
	object_key(&object, "at_ms");
	buf_printf(out, "%lld", (long long)batch->at);
	object_number(&object, "uid", batch->who.uid);
	object_number_or_null(&object, "login_uid", batch->who.login_uid,
			      UINT32_MAX);
	exact_member(&object, "by", batch->who.name);
	exact_member(&object, "from", batch->who.from);
	hex_member(&object, "operation", operation, OPERATION_SIZE);
	exact_member(&object, "note", batch->note);
	exact_member(&object, "summary", batch->summary);
	object_number(&object, "count", batch->count);
	object_number_or_null(&object, "undoes", batch->undoes, 0);
	object_number_or_null(&object, "undone_by", batch->undone_by, 0);
	if (batch->kind == BATCH_USER)
		add_grant(&object, &batch->grant);
	object_end(&object);
}

/* Of a creation, what was filled. */
static void add_filled(struct object *object, const struct event *event)
{
	struct object inner = {.out = object->out};

	object_key(object, "fields");
	for (size_t i = 0; i < event->field_count; i++)
		object_text(&inner, fields[event->fields[i].field].name,
			    event->fields[i].after);
	object_close(&inner);
}

static void add_removed(struct object *object, const struct proposal *p)
{
	struct object inner = {.out = object->out};
	struct buf text = {0};

	object_key(object, "fields");
	for (unsigned id = 1; id < FIELD_END; id++) {
		buf_reset(&text);
		field_canonical(&fields[id], p, &text);
		if (text.len)
			object_text(&inner, fields[id].name, buf_text(&text));
	}
	object_close(&inner);
	buf_free(&text);
}

static void add_changes(struct object *object, const struct event *event)
{
	object_key(object, "changes");
	buf_char(object->out, '[');
	for (size_t i = 0; i < event->field_count; i++) {
		const struct event_field *change = &event->fields[i];
		struct object inner = {.out = object->out};

		if (i)
			buf_char(object->out, ',');
		object_text(&inner, "field", fields[change->field].name);
		object_text(&inner, "before", change->before);
		object_text(&inner, "after", change->after);
		object_close(&inner);
	}
	buf_char(object->out, ']');
}

static bool add_event(void *arg, const struct event *event, struct err *err)
{
	struct writing *writing = arg;
	struct object object = {.out = &writing->text};

	object_number(&object, "batch", event->batch);
	object_proposal(&object, event->key);
	object_number(&object, "revision", event->revision);
	object_text(&object, "event", event_kind_name(event->kind));
	if (event->kind == EVENT_CREATED)
		add_filled(&object, event);
	else if (event->kind == EVENT_CHANGED)
		add_changes(&object, event);
	else
		add_removed(&object, event->removed);
	object_end(&object);
	return writing->text.len < PIECE || flush(writing, err);
}

static bool write_batch(struct writing *writing, uint32_t number,
			struct err *err)
{
	unsigned char operation[OPERATION_SIZE];
	struct arena arena = {0};
	struct batch batch;
	bool ok = past_batch(writing->reading, number, &arena, &batch,
			     operation, err);

	if (ok)
		add_batch(&batch, operation, &writing->text);
	arena_free(&arena);
	return ok &&
	       past_events(writing->reading, number, add_event, writing, err);
}

bool archive_write(const struct reading *reading, bool roles,
		   archive_sink *sink, void *arg, struct check_sums *sums,
		   struct err *err)
{
	struct writing writing = {.reading = reading, .sink = sink, .arg = arg};
	bool ok = true;

	past_sums(reading, sums);
	add_head(&writing, sums, roles);
	for (uint32_t i = 1; ok && i <= sums->batches; i++)
		ok = write_batch(&writing, i, err);
	ok = ok && flush(&writing, err);
	buf_free(&writing.text);
	return ok;
}
