#include "change/links.h"

#include "store/columns.h"

/* A chain that is longer is nobody's work. */
enum { CHAIN_MAX = 1000 };

static bool is_there(const struct reading *reading, const struct proposal *p,
		     key k, const char *label, struct err *err)
{
	char name[64];
	uint32_t slot;

	if (reading_find(reading, k, &slot))
		return true;
	key_label(k, key_session(p->key), name);
	return err_set(err, ERR_NOT_FOUND, "%s：没有%s提案，请核对编号和届次",
		       label, name);
}

static bool leads_away(const struct reading *reading, const struct proposal *p,
		       struct err *err)
{
	key k = p->merged_into;
	uint32_t slot;

	for (int i = 0; k != p->key; i++) {
		if (i == CHAIN_MAX || !reading_find(reading, k, &slot))
			return true;
		k = reading_value(reading, COLUMN_MERGED, slot);
		if (k == KEY_NONE)
			return true;
	}
	char name[64];
	key_label(p->merged_into, key_session(p->key), name);
	return err_set(err, ERR_REFUSED, "并入%s会绕回这件提案自己，请改并案",
		       name);
}

bool links_lead_somewhere(const struct reading *reading,
			  const struct proposal *p, enum field_id id,
			  struct err *err)
{
	const char *label = fields[id].label;

	if (id == FIELD_MERGED_INTO && p->merged_into != KEY_NONE)
		return is_there(reading, p, p->merged_into, label, err) &&
		       leads_away(reading, p, err);
	for (size_t i = 0; id == FIELD_RELATED && i < p->related.count; i++)
		if (!is_there(reading, p, p->related.items[i], label, err))
			return false;
	return true;
}
