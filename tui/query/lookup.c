#include "query/lookup.h"

#include "domain/number.h"
#include "store/columns.h"

/* Longer chains of mergers are circles. */
enum { CHAIN_MAX = 64 };

/* From the proposal asked for to the one under which it is answered. */
static void follow(const struct reading *reading, struct lookup *out)
{
	uint32_t asked = out->slot;

	for (int i = 0; i < CHAIN_MAX; i++) {
		key next = reading_value(reading, COLUMN_MERGED, out->slot);
		uint32_t slot;

		if (next == KEY_NONE)
			return;
		out->merged_into = next;
		if (!reading_find(reading, next, &slot))
			return;
		out->slot = slot;
	}
	out->slot = asked;
	out->merged_into = KEY_NONE;
}

/* Keeps the newest, in that order. */
static void add_elsewhere(struct lookup *out, key k)
{
	size_t room = sizeof(out->elsewhere) / sizeof(*out->elsewhere);
	size_t at = out->elsewhere_count;

	if (at == room && out->elsewhere[--at] > k)
		return;
	for (; at > 0 && out->elsewhere[at - 1] < k; at--)
		out->elsewhere[at] = out->elsewhere[at - 1];
	out->elsewhere[at] = k;
	if (out->elsewhere_count < room)
		out->elsewhere_count++;
}

static void find_elsewhere(const struct reading *reading, struct lookup *out)
{
	struct strings dict = reading_dict(reading, DICT_SESSION);

	for (size_t id = 1; id < dict.count; id++) {
		uint32_t slot;
		session s;
		key k;

		if (!session_parse(dict.items[id], &s))
			continue;
		k = key_make(s, key_number(out->key));
		if (k != out->key && reading_find(reading, k, &slot))
			add_elsewhere(out, k);
	}
}

void lookup_one(const struct reading *reading, const char *text,
		session current, struct lookup *out)
{
	struct err unreadable;

	*out = (struct lookup){0};
	if (!number_one(text, current, &out->key, &unreadable)) {
		out->key = KEY_NONE;
		return;
	}
	find_elsewhere(reading, out);
	out->found = reading_find(reading, out->key, &out->slot);
	if (out->found)
		follow(reading, out);
	else
		reading_prove_absent(reading, &out->key, 1);
}
