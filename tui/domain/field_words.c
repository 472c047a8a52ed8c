#include "domain/field_words.h"

#include "base/clean.h"
#include "base/utf8.h"

/* Characters of a value that is shown itself. */
enum { SHORT = 20 };

static void show(const struct field *field, const char *canonical,
		 const struct config *config, session current, struct buf *out)
{
	struct buf shown = {0};

	field_show(field, canonical, config, current, &shown);
	clean_line(out, buf_text(&shown), shown.len);
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

void field_words(const struct field *field, const char *before,
		 const char *after, const struct config *config,
		 session current, struct buf *out)
{
	struct buf from = {0}, to = {0};

	show(field, before, config, current, &from);
	show(field, after, config, current, &to);
	add_change(field, buf_text(&from), buf_text(&to), out);
	buf_free(&from);
	buf_free(&to);
}
