#include <string.h>

#include "base/clean.h"
#include "base/utf8.h"
#include "exchange/entry.h"

/* Characters of a value that is shown itself. */
enum { SHORT = 20 };

static void show(const struct entries *entries, const struct field *field,
		 const struct proposal *p, struct buf *out)
{
	struct buf canonical = {0}, shown = {0};

	field_canonical(field, p, &canonical);
	field_show(field, buf_text(&canonical), entries->config,
		   key_session(p->key), &shown);
	clean_line(out, buf_text(&shown), shown.len);
	buf_free(&canonical);
	buf_free(&shown);
}

static void add_change(const struct field *field, const char *before,
		       const char *after, struct buf *out)
{
	size_t length = utf8_count(after);

	buf_printf(out, "%s%s：", out->len > 0 ? "；" : "", field->label);
	if (!*after)
		buf_str(out, "清空");
	else if (length > SHORT || utf8_count(before) > SHORT)
		buf_printf(out, "%s（%zu字）", *before ? "已改" : "新填",
			   length);
	else
		buf_printf(out, "%s → %s", *before ? before : "空", after);
}

const char *entry_words(const struct entries *entries,
			const struct entry *entry)
{
	struct buf out = {0}, before = {0}, after = {0};

	for (int i = 1; i < FIELD_END; i++) {
		const struct field *field = &fields[i];

		if (field_equal(field, entry->base, entry->next))
			continue;
		buf_reset(&before);
		buf_reset(&after);
		show(entries, field, entry->base, &before);
		show(entries, field, entry->next, &after);
		add_change(field, buf_text(&before), buf_text(&after), &out);
	}

	const char *words = arena_str(entries->arena, buf_text(&out), out.len);
	buf_free(&out);
	buf_free(&before);
	buf_free(&after);
	return words;
}
