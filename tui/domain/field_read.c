#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "domain/excerpt.h"
#include "domain/field_choice.h"
#include "domain/field_read.h"
#include "domain/number.h"

/* Lines: whatever ends one becomes \n, a tab stays. */
static void add_lines(struct piece text, struct buf *out)
{
	text = piece_trim(text);

	const char *at = text.text, *end = text.text + text.len;
	while (at < end) {
		const char *start = at;
		char32_t c = utf8_next(&at, end), kept = piece_char(c);

		/* Trimmed, it does not end in one. */
		if (c == '\r' && *at == '\n')
			continue;
		if (kept == c || c == '\t')
			buf_add(out, start, (size_t)(at - start));
		else
			buf_utf8(out, kept == ' ' ? '\n' : kept);
	}
}

static struct piece all_of(const struct input *in)
{
	return (struct piece){in->text, strlen(in->text)};
}

static bool read_line(const struct input *in, struct buf *out)
{
	piece_line(all_of(in), out);
	if (in->field->id == FIELD_TITLE && out->len == 0)
		return err_set(in->err, ERR_USAGE, "%s不能为空",
			       in->field->label);
	return true;
}

static bool read_text(const struct input *in, struct buf *out)
{
	add_lines(all_of(in), out);
	return true;
}

static bool read_date(const struct input *in, struct buf *out)
{
	char word[EXCERPT_SIZE], date[11];
	struct err err;
	day d;

	if (!day_parse(in->text, clock_today(), &d, &err)) {
		excerpt(in->text, strlen(in->text), word);
		return err_set(in->err, ERR_USAGE,
			       "%s“%s”不是日期，请写成 2024-10-04",
			       in->field->label, word);
	}
	day_format(d, date);
	buf_str(out, date);
	return true;
}

static bool read_code(const struct input *in, struct buf *out)
{
	const struct field *field = in->field;
	struct buf line = {0};

	piece_line(all_of(in), &line);
	const char *text = buf_text(&line);
	const struct choice *choice =
		choice_read(in->config, field->kind, text);

	if (choice)
		buf_str(out, choice->code);
	else
		choice_refuse(in->config, field->kind, field->label, text,
			      in->err);
	buf_free(&line);
	return choice != NULL;
}

static session session_of(const struct input *in)
{
	session s = key_session(in->p->key);

	return s ? s : in->config->current;
}

static bool add_key(const struct input *in, key k, struct buf *out)
{
	char text[16];

	if (k == in->p->key)
		return err_set(in->err, ERR_USAGE, "%s不能是这件提案自己",
			       in->field->label);
	key_format(k, text);
	buf_printf(out, "%s%s", out->len ? "\n" : "", text);
	return true;
}

/* Whether an earlier range has it already. */
static bool repeated(const struct numbers *numbers, size_t range, key k)
{
	for (size_t i = 0; i < range; i++)
		if (numbers->items[i].first <= k && k <= numbers->items[i].last)
			return true;
	return false;
}

static bool read_keys(const struct input *in, struct buf *out)
{
	struct numbers numbers;
	size_t count = 0;

	if (!number_list(in->text, session_of(in), in->arena, &numbers,
			 in->err))
		return err_in(in->err, "%s", in->field->label);
	for (size_t i = 0; i < numbers.count; i++)
		for (key k = numbers.items[i].first; k <= numbers.items[i].last;
		     k++) {
			/* Repeats too: looking for them takes time. */
			if (++count > FIELD_ITEMS_MAX)
				return input_too_many(in);
			if (!repeated(&numbers, i, k) && !add_key(in, k, out))
				return false;
		}
	return true;
}

static bool read_key(const struct input *in, struct buf *out)
{
	key k;

	if (!number_one(in->text, session_of(in), &k, in->err))
		return err_in(in->err, "%s", in->field->label);
	return add_key(in, k, out);
}

static bool (*const readers[])(const struct input *in, struct buf *out) = {
	[FIELD_TYPE_LINE] = read_line,    [FIELD_TYPE_TEXT] = read_text,
	[FIELD_TYPE_NAMES] = input_names, [FIELD_TYPE_CODE] = read_code,
	[FIELD_TYPE_DATE] = read_date,    [FIELD_TYPE_UNITS] = input_units,
	[FIELD_TYPE_KEY] = read_key,      [FIELD_TYPE_KEYS] = read_keys,
};

/* Blank, or how a sheet says that there is none. */
static bool is_nothing(const struct input *in)
{
	static const char *const words[] = {"",  "无", "暂无", "-", "－",
					    "—", "——", "/",    "／"};
	struct buf line = {0};
	bool found = false;

	piece_line(all_of(in), &line);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words) && !found; i++)
		found = strcmp(buf_text(&line), words[i]) == 0;
	buf_free(&line);
	return found;
}

static bool is_text(const struct field *field)
{
	return field->type == FIELD_TYPE_LINE || field->type == FIELD_TYPE_TEXT;
}

/* An office may call one of its own choices 无. */
static bool is_choice(const struct input *in)
{
	return in->field->type == FIELD_TYPE_CODE &&
	       config_match(in->config, in->field->kind, in->text);
}

static bool read_input(const struct input *in, struct buf *out)
{
	size_t len = strlen(in->text);

	/* Units and names may take more bytes than they will have. */
	if (len > INPUT_MAX)
		return err_set(in->err, ERR_USAGE,
			       "%s太长：有 %zu 字节，最多 %u 字节",
			       in->field->label, len, INPUT_MAX);
	if (!utf8_valid(in->text, len))
		return err_set(in->err, ERR_USAGE, "%s里有不是 UTF-8 的字节",
			       in->field->label);
	if (!is_text(in->field) && is_nothing(in) && !is_choice(in)) {
		if (in->field->type != FIELD_TYPE_UNITS)
			return true;
		return input_units(&(struct input){in->field, in->p, "",
						   in->role, in->config,
						   in->arena, in->err},
				   out);
	}
	return readers[in->field->type](in, out);
}

bool field_read(const struct field *field, struct proposal *p, const char *text,
		enum unit_role role, const struct config *config,
		struct arena *arena, struct err *err)
{
	struct arena scratch = {0};
	struct input in = {field, p, text, role, config, &scratch, err};
	struct buf out = {0};
	bool ok = read_input(&in, &out) &&
		  field_set(field, p, buf_text(&out), out.len, arena, err);

	buf_free(&out);
	arena_free(&scratch);
	return ok;
}
