#include "exchange/object.h"

void object_key(struct object *object, const char *name)
{
	buf_str(object->out, object->begun ? ",\"" : "{\"");
	buf_str(object->out, name);
	buf_str(object->out, "\":");
	object->begun = true;
}

void object_value(const char *text, struct buf *out)
{
	if (*text)
		json_quote(text, out);
	else
		buf_str(out, "null");
}

void object_text(struct object *object, const char *name, const char *text)
{
	object_key(object, name);
	object_value(text, object->out);
}

void object_number(struct object *object, const char *name, uint32_t number)
{
	object_key(object, name);
	buf_printf(object->out, "%u", (unsigned)number);
}

void object_number_or_null(struct object *object, const char *name,
			   uint32_t number, uint32_t none)
{
	object_key(object, name);
	if (number == none)
		buf_str(object->out, "null");
	else
		buf_printf(object->out, "%u", (unsigned)number);
}

void object_proposal(struct object *object, key k)
{
	char text[8];

	session_format(key_session(k), text);
	object_text(object, "session", text);
	object_number(object, "number", key_number(k));
}

void object_close(struct object *object)
{
	buf_str(object->out, object->begun ? "}" : "{}");
}

void object_end(struct object *object)
{
	object_close(object);
	buf_char(object->out, '\n');
}
