#include "query/facet.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "query/term.h"

static const struct facet_source sources[FACET_COUNT] = {
	[FACET_STATUS] = {COLUMN_STATUS, DICT_STATUS, CHOICE_STATUS},
	[FACET_UNIT] = {COLUMN_LEADS, DICT_LEADS, CHOICE_DEPARTMENT},
	[FACET_CATEGORY] = {COLUMN_CATEGORY, DICT_CATEGORY, CHOICE_CATEGORY},
	[FACET_LEVEL] = {COLUMN_LEVEL, DICT_LEVEL, CHOICE_LEVEL},
	[FACET_RESULT] = {COLUMN_RESULT, DICT_RESULT, CHOICE_RESULT},
	[FACET_FEEDBACK] = {COLUMN_FEEDBACK, DICT_FEEDBACK, CHOICE_FEEDBACK},
	[FACET_DUE] = {COLUMN_DUE, DICT_COUNT, CHOICE_KINDS},
	[FACET_SESSION] = {COLUMN_SESSION, DICT_SESSION, CHOICE_KINDS},
};

const char *facet_label(enum facet facet)
{
	return terms[facet].label;
}

const char *facet_name(enum facet facet)
{
	return terms[facet].name;
}

bool facet_find(const char *name, enum facet *out)
{
	const struct term *term = term_find(name, strlen(name));

	if (!term || (term->kind != TERM_FACET && term->kind != TERM_DUE))
		return false;
	*out = (enum facet)term->which;
	return true;
}

const struct facet_source *facet_source(enum facet facet)
{
	return &sources[facet];
}

uint16_t catalog_code(const struct catalog *catalog, enum facet facet,
		      const char *code)
{
	const struct facet_values *values = &catalog->facets[facet];

	for (size_t i = 0; i < values->count; i++)
		if (strcmp(values->items[i].code, code) == 0)
			return (uint16_t)i;
	return NO_VALUE;
}

struct indexes catalog_values(const struct catalog *catalog, enum facet facet,
			      uint32_t id)
{
	if (facet == FACET_UNIT)
		return id < catalog->leads_count ? catalog->leads[id]
						 : (struct indexes){NULL, 0};
	if (id >= catalog->index_count[facet] ||
	    catalog->index[facet][id] == NO_VALUE)
		return (struct indexes){NULL, 0};
	return (struct indexes){&catalog->index[facet][id], 1};
}

static const char *session_code(const char *text, char code[8])
{
	session id;

	if (!session_parse(text, &id))
		return NULL;
	session_format(id, code);
	return code;
}

/* What the configuration or the calendar of sessions makes of a text. */
static const char *known_code(const struct catalog *catalog, enum facet facet,
			      const char *text, char code[8])
{
	enum choice_kind kind = facet_source(facet)->kind;
	const struct choice *choice;

	if (facet == FACET_SESSION)
		return session_code(text, code);
	if (kind == CHOICE_KINDS)
		return NULL;
	choice = config_match(catalog->config, kind, text);
	return choice ? choice->code : NULL;
}

/* Moves `at` behind the blanks, of ASCII and of full width, around a text. */
static size_t trim(const char **at)
{
	const char *end = *at + strlen(*at), *next = *at, *last;

	while (next < end && utf8_narrow(utf8_next(&next, end)) == ' ')
		*at = next;
	last = next = *at;
	while (next < end)
		if (utf8_narrow(utf8_next(&next, end)) != ' ')
			last = next;
	return (size_t)(last - *at);
}

static bool same(const char *word, const char *text, size_t len)
{
	return strncasecmp(word, text, len) == 0 && word[len] == '\0';
}

int catalog_match(const struct catalog *catalog, enum facet facet,
		  const char *text)
{
	const struct facet_values *values = &catalog->facets[facet];
	char room[8];
	const char *code = known_code(catalog, facet, text, room);
	uint16_t value = code ? catalog_code(catalog, facet, code) : NO_VALUE;

	if (value != NO_VALUE)
		return value;
	size_t len = trim(&text);
	for (size_t i = 0; i < values->count; i++)
		if (same(values->items[i].code, text, len) ||
		    same(values->items[i].label, text, len))
			return (int)i;
	return -1;
}

uint16_t *facet_ranks(const struct catalog *catalog, enum facet facet)
{
	uint16_t *ranks = mem_array(UINT16_MAX + 1, sizeof(*ranks));

	for (uint32_t id = 0; id <= UINT16_MAX; id++) {
		struct indexes values = catalog_values(catalog, facet, id);

		ranks[id] = id && values.count ? values.items[0] : NO_VALUE;
	}
	return ranks;
}
