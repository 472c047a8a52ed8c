#include "exchange/value.h"

#include <string.h>

#include "base/clock.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "domain/excerpt.h"
#include "domain/piece.h"

static const struct {
	const char *name;
	int field;
} extra[] = {
	{"session", ROW_SESSION},      {"number", ROW_NUMBER},
	{"revision", VALUE_IGNORED},   {"changed_at", VALUE_IGNORED},
	{"changed_by", VALUE_IGNORED},
};

enum { EXTRA = sizeof(extra) / sizeof(*extra) };
_Static_assert(EXTRA + FIELD_END - 1 == VALUE_NAMES, "each has a number");

const char *value_name(int index)
{
	if (index < EXTRA)
		return extra[index].name;
	return index < VALUE_NAMES ? fields[index - EXTRA + 1].name : NULL;
}

int value_name_field(int index)
{
	return index < EXTRA ? extra[index].field : index - EXTRA + 1;
}

int value_field(const char *name)
{
	for (int i = 0; i < VALUE_NAMES; i++)
		if (strcmp(value_name(i), name) == 0)
			return value_name_field(i);
	return -1;
}

static const char *field_name(int field)
{
	for (size_t i = 0; i < EXTRA; i++)
		if (extra[i].field == field)
			return extra[i].name;
	if (field == ROW_UNITS_JOINT || field == ROW_UNITS_SEPARATE)
		return fields[FIELD_UNITS].name;
	return fields[field].name;
}

static const char *name_meant(const char *name)
{
	const char *meant = NULL;
	struct nearest nearest;

	nearest_begin(&nearest, name);
	for (int i = 0; i < VALUE_NAMES; i++)
		if (nearest_try(&nearest, value_name(i)))
			meant = value_name(i);
	return meant;
}

void value_nearest(const char *name, struct buf *out)
{
	int field = rows_header(name);
	const char *known = field > 0 ? field_name(field) : name_meant(name);

	if (known)
		buf_printf(out, "“%s”", known);
}

static bool wrong(int field, const char *what, struct err *err)
{
	return err_set(err, ERR_USAGE, "%s 应是%s", field_name(field), what);
}

/* A number as some writers have it: 173.0. */
static bool is_whole(const json_t *value)
{
	double real = json_real_value(value);

	return json_is_real(value) && real >= 0 && real < 1e9 &&
	       real - (double)(long)real <= 0;
}

static bool add_scalar(const json_t *value, struct buf *out)
{
	if (json_is_string(value))
		buf_str(out, json_string_value(value));
	else if (json_is_integer(value))
		buf_printf(out, "%" JSON_INTEGER_FORMAT,
			   json_integer_value(value));
	else if (is_whole(value))
		buf_printf(out, "%ld", (long)json_real_value(value));
	else
		return json_is_null(value);
	return true;
}

/* An item on its line: what would end the line becomes a blank. */
static bool add_item(const json_t *value, struct buf *out)
{
	struct buf item = {0};
	bool ok = add_scalar(value, &item);
	const char *at = buf_text(&item), *end = at + item.len;

	if (ok && item.len > 0 && out->len > 0)
		buf_char(out, '\n');
	while (ok && at < end)
		buf_utf8(out, piece_char(utf8_next(&at, end)));
	buf_free(&item);
	return ok;
}

static bool add_items(int field, const json_t *list, struct buf *out,
		      struct err *err)
{
	const json_t *item;
	size_t i;

	json_array_foreach(list, i, item) if (
		!add_item(item, out)) return wrong(field,
						   "文字的列表：[\"…\",\"…\"]",
						   err);
	return true;
}

static const char unit_shape[] =
	"列表：[{\"department\":\"jxj\",\"role\":\"lead\"}]";

/* One word of a unit's line; "" when it is not given. */
static bool unit_word(const json_t *unit, const char *name, const char **out,
		      struct err *err)
{
	const json_t *value = json_object_get(unit, name);
	char word[EXCERPT_SIZE];

	*out = value && json_is_string(value) ? json_string_value(value) : "";
	if (value && !json_is_string(value) && !json_is_null(value))
		return err_set(err, ERR_USAGE, "units 的 %s 应是文字", name);
	if (!strpbrk(*out, " \n"))
		return true;
	excerpt(*out, strlen(*out), word);
	return err_set(err, ERR_USAGE, "units 的 %s“%s”里不能有空格", name,
		       word);
}

static bool known_members(const json_t *unit, struct err *err)
{
	static const char *const names[] = {"department", "role", "state",
					    "date"};
	size_t known = 0;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		known += json_object_get(unit, names[i]) != NULL;
	if (known == json_object_size(unit))
		return true;
	return err_set(err, ERR_USAGE,
		       "units 的每一项只能有 department、role、state、date");
}

static bool find_role(const char *word, const char **name, struct err *err)
{
	*name = role_name(ROLE_LEAD);
	if (!*word)
		return true;
	for (enum unit_role role = 0; role < ROLE_COUNT; role++) {
		*name = role_name(role);
		if (strcmp(word, *name) == 0 ||
		    strcmp(word, role_label(role)) == 0)
			return true;
	}
	return err_set(err, ERR_USAGE,
		       "units 的 role 应是 lead、joint 或 separate");
}

static bool find_date(const char *word, char out[11], struct err *err)
{
	char shown[EXCERPT_SIZE];
	day d;

	if (day_parse(word, clock_today(), &d, err)) {
		day_format(d, out);
		return true;
	}
	excerpt(word, strlen(word), shown);
	return err_set(err, ERR_USAGE,
		       "units 的 date“%s”不是日期，请写成 2024-10-04", shown);
}

static bool add_unit(const json_t *unit, struct buf *out, struct err *err)
{
	const char *department, *role, *state, *date;
	char written[11];

	if (!json_is_object(unit))
		return wrong(FIELD_UNITS, unit_shape, err);
	if (!known_members(unit, err) ||
	    !unit_word(unit, "department", &department, err) ||
	    !unit_word(unit, "role", &role, err) ||
	    !unit_word(unit, "state", &state, err) ||
	    !unit_word(unit, "date", &date, err) ||
	    !find_role(role, &role, err) || !find_date(date, written, err))
		return false;
	if (!*department)
		return err_set(err, ERR_USAGE, "units 里有一项没有 department");
	buf_printf(out, "%s%s %s", out->len ? "\n" : "", role, department);
	if (*state || *written)
		buf_printf(out, " %s", state);
	if (*written)
		buf_printf(out, " %s", written);
	return true;
}

static bool add_units(const json_t *list, struct buf *out, struct err *err)
{
	const json_t *unit;
	size_t i;

	json_array_foreach(list, i,
			   unit) if (!add_unit(unit, out, err)) return false;
	return true;
}

static bool is_list(int field)
{
	return field == FIELD_PROPOSERS || field == FIELD_RELATED;
}

bool value_text(int field, const json_t *value, struct buf *out,
		bool *canonical, struct err *err)
{
	*canonical = json_is_array(value);
	if (json_is_array(value) && field == FIELD_UNITS)
		return add_units(value, out, err);
	if (json_is_array(value) && is_list(field))
		return add_items(field, value, out, err);
	if (!json_is_array(value) && add_scalar(value, out))
		return true;
	if (field == FIELD_UNITS)
		return wrong(field, unit_shape, err);
	return wrong(field, is_list(field) ? "文字的列表" : "文字", err);
}
