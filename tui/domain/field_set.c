#include <string.h>

#include "base/utf8.h"
#include "domain/excerpt.h"
#include "domain/field_keep.h"
#include "domain/field_part.h"

/* Where a canonical text goes, and the sentence for what is not one. */
struct target {
	const struct field *field;
	void *member; /* NULL: only a look at the text */
	struct arena *arena;
	struct err *err;
};

static bool refuse(const struct target *to, struct piece text)
{
	char word[EXCERPT_SIZE];

	excerpt(text.text, text.len, word);
	return err_set(to->err, ERR_USAGE, "%s“%s”的写法不对", to->field->label,
		       word);
}

/* An empty text has no line, one that ends in \n has an empty last. */
static size_t count_lines(struct piece text)
{
	size_t count = text.len > 0;

	for (size_t i = 0; i < text.len; i++)
		count += text.text[i] == '\n';
	return count;
}

/* Up to the next sign or the end; *rest moves behind the sign. */
static struct piece take(struct piece *rest, char sign)
{
	const char *end = memchr(rest->text, sign, rest->len);
	struct piece part = *rest;

	if (end)
		part.len = (size_t)(end - rest->text);
	rest->text += part.len + (end != NULL);
	rest->len -= part.len + (end != NULL);
	return part;
}

/* Without control characters; a line's end would break lists and screens. */
static bool is_line(struct piece text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.text[i];

		if (c < ' ' || c == 0x7F)
			return false;
	}
	return true;
}

static bool is_word(struct piece text)
{
	return text.len > 0 && text.len <= FIELD_ITEM_MAX && is_line(text) &&
	       !memchr(text.text, ' ', text.len);
}

static bool set_text(const struct target *to, struct piece text)
{
	const char **member = to->member;

	if (to->field->type == FIELD_TYPE_TEXT
		    ? memchr(text.text, '\0', text.len) != NULL
		    : !is_line(text))
		return refuse(to, text);
	if (member)
		*member = text.len ? arena_str(to->arena, text.text, text.len)
				   : "";
	return true;
}

static bool set_code(const struct target *to, struct piece text)
{
	if (text.len && !is_word(text))
		return refuse(to, text);
	return set_text(to, text);
}

static bool read_date(struct piece text, day *out)
{
	static const char shape[] = "dddd-dd-dd";
	int n[3] = {0};
	int part = 0;

	if (text.len != strlen(shape))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.text[i];

		if (shape[i] == '-' && c == '-')
			part++;
		else if (shape[i] == 'd' && c >= '0' && c <= '9')
			n[part] = n[part] * 10 + (c - '0');
		else
			return false;
	}
	*out = day_make(n[0], n[1], n[2]);
	return *out != DAY_NONE;
}

static bool set_date(const struct target *to, struct piece text)
{
	day *member = to->member;
	day d = DAY_NONE;

	if (text.len && !read_date(text, &d))
		return refuse(to, text);
	if (member)
		*member = d;
	return true;
}

/* 14-3-23 and nothing else: what key_format() would write. */
static bool read_key(struct piece text, key *out)
{
	uint32_t n[3] = {0};
	char again[16];
	size_t part = 0;

	if (text.len >= sizeof(again))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.text[i];

		if (c == '-' && part < 2)
			part++;
		else if (c >= '0' && c <= '9' && n[part] <= NUMBER_MAX)
			n[part] = n[part] * 10 + (uint32_t)(c - '0');
		else
			return false;
	}
	*out = key_make(session_make(n[0], n[1]), n[2]);
	key_format(*out, again);
	/* Leading zeros, which alone would be lost, make it longer. */
	return *out != KEY_NONE && strlen(again) == text.len;
}

static bool set_key(const struct target *to, struct piece text)
{
	key *member = to->member;
	key k = KEY_NONE;

	if (text.len && !read_key(text, &k))
		return refuse(to, text);
	if (member)
		*member = k;
	return true;
}

static bool set_keys(const struct target *to, struct piece text)
{
	struct keys *member = to->member;
	struct keys keys = {.count = count_lines(text)};
	key k;

	if (member)
		keys.items = arena_alloc(to->arena,
					 keys.count * sizeof(*keys.items));
	for (size_t i = 0; i < keys.count; i++) {
		struct piece line = take(&text, '\n');

		if (!read_key(line, member ? &keys.items[i] : &k))
			return refuse(to, line);
	}
	if (member)
		*member = keys;
	return true;
}

static bool is_name(struct piece line)
{
	return line.len > 0 && line.len <= FIELD_ITEM_MAX && is_line(line);
}

static bool look_at_names(const struct target *to, struct piece text)
{
	for (size_t i = count_lines(text); i > 0; i--) {
		struct piece line = take(&text, '\n');

		if (!is_name(line))
			return refuse(to, line);
	}
	return true;
}

static bool set_names(const struct target *to, struct piece text)
{
	struct strings *member = to->member;
	struct strings names = {.count = count_lines(text)};

	if (!look_at_names(to, text))
		return false;
	if (!member)
		return true;
	/* All of them in one copy, where each \n becomes the end of a name. */
	char *copy = arena_str(to->arena, text.text, text.len);
	names.items =
		arena_alloc(to->arena, names.count * sizeof(*names.items));
	for (size_t i = 0; i < names.count; i++) {
		struct piece line = take(&text, '\n');

		names.items[i] = copy;
		copy[line.len] = '\0';
		copy += line.len + 1;
	}
	*member = names;
	return true;
}

static bool read_role(struct piece word, enum unit_role *out)
{
	for (enum unit_role role = 0; role < ROLE_COUNT; role++) {
		const char *name = role_name(role);

		if (strlen(name) == word.len &&
		    memcmp(name, word.text, word.len) == 0) {
			*out = role;
			return true;
		}
	}
	return false;
}

/* A blank too many would be lost, and the text not the same again. */
static bool is_tight(struct piece line, struct piece department,
		     struct piece state, const struct unit *unit)
{
	size_t date = unit->date == DAY_NONE ? 0 : strlen(" 2024-10-04");
	size_t len = strlen(role_name(unit->role)) + 1 + department.len + date;

	if (state.len || date)
		len += 1 + state.len;
	return len == line.len;
}

/* Without an arena its texts are only looked at. */
static bool read_unit(struct piece line, struct arena *arena, struct unit *out)
{
	struct piece rest = line;
	struct piece role = take(&rest, ' ');
	struct piece department = take(&rest, ' ');
	struct piece state = take(&rest, ' ');

	if (!read_role(role, &out->role) || !is_word(department) ||
	    !is_line(state) || state.len > FIELD_ITEM_MAX ||
	    (rest.len && !read_date(rest, &out->date)) ||
	    !is_tight(line, department, state, out))
		return false;
	if (arena) {
		out->department =
			arena_str(arena, department.text, department.len);
		out->state = arena_str(arena, state.text, state.len);
	}
	return true;
}

static bool set_units(const struct target *to, struct piece text)
{
	struct units *member = to->member;
	struct units units = {.count = count_lines(text)};

	if (member)
		units.items = arena_alloc(to->arena,
					  units.count * sizeof(*units.items));
	for (size_t i = 0; i < units.count; i++) {
		struct piece line = take(&text, '\n');
		struct unit unit = {0};

		if (!read_unit(line, member ? to->arena : NULL, &unit))
			return refuse(to, line);
		if (member)
			units.items[i] = unit;
	}
	if (member)
		*member = units;
	return true;
}

static bool (*const setters[])(const struct target *to, struct piece text) = {
	[FIELD_TYPE_LINE] = set_text,   [FIELD_TYPE_TEXT] = set_text,
	[FIELD_TYPE_NAMES] = set_names, [FIELD_TYPE_CODE] = set_code,
	[FIELD_TYPE_DATE] = set_date,   [FIELD_TYPE_UNITS] = set_units,
	[FIELD_TYPE_KEY] = set_key,     [FIELD_TYPE_KEYS] = set_keys,
};

static bool is_list(const struct field *field)
{
	return field->type == FIELD_TYPE_NAMES ||
	       field->type == FIELD_TYPE_UNITS ||
	       field->type == FIELD_TYPE_KEYS;
}

static bool set(const struct target *to, const char *text, size_t len)
{
	const struct field *field = to->field;
	struct piece all = {len ? text : "", len};
	struct err *err = to->err;

	if (len > field->max)
		return err_set(err, ERR_USAGE,
			       "%s太长：有 %zu 字节，最多 %zu 字节",
			       field->label, len, field->max);
	if (!utf8_valid(all.text, len))
		return err_set(err, ERR_USAGE, "%s里有不是 UTF-8 的字节",
			       field->label);
	if (is_list(field) && count_lines(all) > FIELD_ITEMS_MAX)
		return err_set(err, ERR_USAGE, "%s太多：最多 %u 个",
			       field->label, FIELD_ITEMS_MAX);
	return setters[field->type](to, all);
}

bool field_set(const struct field *field, struct proposal *p, const char *text,
	       size_t len, struct arena *arena, struct err *err)
{
	struct target to = {field, (char *)p + field->offset, arena, err};

	return set(&to, text, len);
}

bool field_check(const struct field *field, const char *text, size_t len,
		 struct err *err)
{
	return set(&(struct target){field, NULL, NULL, err}, text, len);
}
