#include "config/names.h"

#include <ctype.h>
#include <string.h>

#include "base/utf8.h"

/* Longer than any name may be. */
enum { FOLDED_MAX = 1024 };

struct folded {
	char text[FOLDED_MAX];
	size_t len;
	uint32_t hash;
};

/* FNV-1a. */
static uint32_t hash_of(const char *text, size_t len)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)text[i]) * 16777619u;
	return hash;
}

static bool is_blank(char32_t cp)
{
	return cp == ' ' || cp == '\t' || cp == '\n' || cp == '\r';
}

static bool fold(const char *text, struct folded *out)
{
	const char *end = text + strlen(text);
	size_t kept = 0;

	out->len = 0;
	while (text < end) {
		char32_t cp = utf8_narrow(utf8_next(&text, end));

		if (cp == UTF8_INVALID || out->len + 5 > FOLDED_MAX)
			return false;
		if (cp < 0x80)
			cp = (char32_t)tolower((int)cp);
		if (out->len == 0 && is_blank(cp))
			continue;
		out->len += utf8_put(cp, out->text + out->len);
		if (!is_blank(cp))
			kept = out->len;
	}
	out->len = kept;
	out->text[kept] = '\0';
	out->hash = hash_of(out->text, kept);
	return kept > 0;
}

struct names *names_new(struct arena *arena, size_t count)
{
	struct names *names = arena_alloc(arena, sizeof(*names));

	names->room = 8;
	while (names->room < count * 2)
		names->room *= 2;
	names->slots = arena_alloc(arena, names->room * sizeof(*names->slots));
	return names;
}

/* Its slot, or the free one where it belongs. */
static struct name *slot_of(const struct names *names,
			    const struct folded *folded)
{
	size_t i = folded->hash & (names->room - 1);

	while (names->slots[i].folded &&
	       (names->slots[i].hash != folded->hash ||
		strcmp(names->slots[i].folded, folded->text) != 0))
		i = (i + 1) & (names->room - 1);
	return &names->slots[i];
}

const struct name *names_add(struct names *names, struct arena *arena,
			     const char *text, uint32_t choice, struct place at)
{
	struct folded folded;

	if (!fold(text, &folded))
		return NULL;

	struct name *slot = slot_of(names, &folded);

	if (slot->folded)
		return slot;
	*slot = (struct name){arena_str(arena, folded.text, folded.len),
			      folded.hash, choice, at};
	return NULL;
}

const struct name *names_find(const struct names *names, const char *text)
{
	struct folded folded;

	if (!fold(text, &folded))
		return NULL;

	const struct name *slot = slot_of(names, &folded);

	return slot->folded ? slot : NULL;
}

bool names_same(const char *a, const char *b)
{
	struct folded left, right;

	return a && fold(a, &left) && fold(b, &right) &&
	       left.hash == right.hash && strcmp(left.text, right.text) == 0;
}
