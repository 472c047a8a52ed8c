#include <string.h>

#include "domain/field_part.h"

static void show_names(const struct strings *names, struct buf *out)
{
	for (size_t i = 0; i < names->count; i++)
		buf_printf(out, "%s%s", i ? "、" : "", names->items[i]);
}

static void show_keys(const key *keys, size_t count, session current,
		      struct buf *out)
{
	for (size_t i = 0; i < count; i++) {
		char label[64];

		key_label(keys[i], current, label);
		buf_printf(out, "%s%s", i ? "、" : "", label);
	}
}

/* 经信局（已签收 2024-04-02） */
static void show_unit(const struct unit *unit, const struct config *config,
		      struct buf *out)
{
	char date[11];

	day_format(unit->date, date);
	buf_str(out, config_label(config, CHOICE_DEPARTMENT, unit->department));
	if (*unit->state || *date)
		buf_printf(out, "（%s%s%s）", unit->state,
			   *unit->state && *date ? " " : "", date);
}

/* 主办 经信局；会办 商务局、财政局 */
static void show_units(const struct units *units, const struct config *config,
		       struct buf *out)
{
	const char *semicolon = "";

	for (size_t r = 0; r < ROLE_COUNT; r++) {
		enum unit_role role = role_order[r];
		const char *comma = NULL;

		for (size_t i = 0; i < units->count; i++) {
			if (units->items[i].role != role)
				continue;
			if (comma)
				buf_str(out, comma);
			else
				buf_printf(out, "%s%s ", semicolon,
					   role_label(role));
			show_unit(&units->items[i], config, out);
			comma = "、";
			semicolon = "；";
		}
	}
}

static void show_member(const struct field *field, const struct proposal *p,
			const struct config *config, session current,
			struct buf *out)
{
	const void *member = field_member(field, p);
	const struct keys *keys = member;
	const key *one = member;

	switch (field->type) {
	case FIELD_TYPE_CODE:
		buf_str(out, config_label(config, field->kind,
					  *(const char *const *)member));
		break;
	case FIELD_TYPE_NAMES:
		show_names(member, out);
		break;
	case FIELD_TYPE_UNITS:
		show_units(member, config, out);
		break;
	case FIELD_TYPE_KEY:
		show_keys(one, *one != KEY_NONE, current, out);
		break;
	case FIELD_TYPE_KEYS:
		show_keys(keys->items, keys->count, current, out);
		break;
	case FIELD_TYPE_LINE:
	case FIELD_TYPE_TEXT:
	case FIELD_TYPE_DATE:
		field_canonical(field, p, out);
		break;
	}
}

void field_show(const struct field *field, const char *canonical,
		const struct config *config, session current, struct buf *out)
{
	struct arena arena = {0};
	struct proposal p;
	struct err err = {.code = ERR_NONE};

	proposal_init(&p, KEY_NONE);
	if (!*canonical)
		return;
	if (field_set(field, &p, canonical, strlen(canonical), &arena, &err))
		show_member(field, &p, config, current, out);
	else
		buf_str(out, canonical);
	arena_free(&arena);
}
