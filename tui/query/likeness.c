#include "query/likeness.h"

#include <string.h>

#include "base/fold.h"
#include "query/facet.h"

void typed_open(struct typed *typed, const char *text, size_t len)
{
	*typed = (struct typed){0};
	fold_text(text, len, &typed->folded);
	typed->sounds = pinyin_parse(buf_text(&typed->folded), &typed->pinyin);
}

void typed_free(struct typed *typed)
{
	buf_free(&typed->folded);
}

/* Every character of `few` in `many`, in order, the first one first. */
static bool in_order(const char *few, const char *many)
{
	const char *few_end = few + strlen(few), *at = few;
	const char *many_end = many + strlen(many);
	char32_t wanted;
	bool first = true;

	while (at < few_end) {
		char32_t cp;

		wanted = utf8_next(&at, few_end);
		do {
			if (many == many_end)
				return false;
			cp = utf8_next(&many, many_end);
			if (first && cp != wanted)
				return false;
		} while (cp != wanted);
		first = false;
	}
	return true;
}

static enum likeness like_text(const char *typed, const char *name)
{
	const char *at = strstr(name, typed);

	if (at == name)
		return strcmp(typed, name) == 0 ? LIKE_SAME : LIKE_BEGINS;
	if (at)
		return LIKE_HAS;
	/* One letter after the other stands in most of what is Latin. */
	return (unsigned char)*typed >= 0x80 && in_order(typed, name)
		       ? LIKE_ORDER
		       : LIKE_NOT;
}

enum likeness typed_like(const struct typed *typed, const char *name)
{
	struct buf folded = {0};
	enum likeness like;
	size_t from, to;

	fold_text(name, strlen(name), &folded);
	like = like_text(buf_text(&typed->folded), buf_text(&folded));
	if (like > LIKE_SOUNDS && typed->sounds &&
	    pinyin_find(&typed->pinyin, name, strlen(name), &from, &to))
		like = from == 0 ? LIKE_SOUNDS : LIKE_HAS;
	buf_free(&folded);
	return like;
}

static void better(const struct typed *typed, const char *name,
		   enum likeness *best)
{
	enum likeness like = *name ? typed_like(typed, name) : LIKE_NOT;

	if (like < *best)
		*best = like;
}

enum likeness typed_like_value(const struct typed *typed,
			       const struct catalog *catalog, enum facet facet,
			       size_t value)
{
	const struct facet_value *named = &catalog->facets[facet].items[value];
	enum choice_kind kind = facet_source(facet)->kind;
	const struct choice *choice = NULL;
	enum likeness best = LIKE_NOT;

	better(typed, named->label, &best);
	better(typed, named->code, &best);
	if (kind != CHOICE_KINDS)
		choice = config_choice(catalog->config, kind, named->code);
	if (!choice)
		return best;
	better(typed, choice->name, &best);
	for (size_t i = 0; i < choice->aliases.count; i++)
		better(typed, choice->aliases.items[i], &best);
	return best;
}
