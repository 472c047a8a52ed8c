#include "query/catalog.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "domain/workflow.h"
#include "query/facet.h"
#include "query/filter.h"

/*
 * The array doubles whenever its count is a power of two; the last place is
 * kept for the empty value.
 */
static uint16_t value_add(struct catalog *catalog, enum facet facet,
			  const char *code, const char *label,
			  enum colour colour)
{
	struct facet_values *values = &catalog->facets[facet];
	size_t n = values->count;

	if (n >= FACET_VALUES_MAX - (*code ? 1 : 0))
		return NO_VALUE;
	if ((n & (n - 1)) == 0)
		values->items =
			mem_resize(values->items,
				   (n ? 2 * n : 1) * sizeof(*values->items));
	values->items[n] = (struct facet_value){code, label, colour};
	values->count++;
	return (uint16_t)n;
}

static void add_lateness(struct catalog *catalog)
{
	static const enum colour colours[LATE_COUNT] = {
		[LATE_OVERDUE] = COLOUR_RED,
		[LATE_SOON] = COLOUR_YELLOW,
	};

	for (int i = 0; i < LATE_COUNT; i++)
		value_add(catalog, FACET_DUE, lateness_name((enum lateness)i),
			  lateness_label((enum lateness)i), colours[i]);
}

static void add_session(struct catalog *catalog, session id, const char *label)
{
	char code[8], words[32];

	session_format(id, code);
	session_label(id, words);
	if (!label || !*label)
		label = words;
	value_add(catalog, FACET_SESSION,
		  arena_str(&catalog->arena, code, strlen(code)),
		  arena_str(&catalog->arena, label, strlen(label)),
		  COLOUR_DEFAULT);
}

static void add_choices(struct catalog *catalog, enum facet facet)
{
	const struct choices *choices =
		&catalog->config->choices[facet_source(facet)->kind];

	for (size_t i = 0; i < choices->count; i++)
		value_add(catalog, facet, choices->items[i].code,
			  choices->items[i].label, choices->items[i].colour);
}

static void add_configured(struct catalog *catalog)
{
	const struct config *config = catalog->config;

	for (int f = 0; f < FACET_COUNT; f++)
		if (facet_source((enum facet)f)->kind != CHOICE_KINDS)
			add_choices(catalog, (enum facet)f);
	for (size_t i = 0; i < config->session_count; i++)
		add_session(catalog, config->sessions[i].id,
			    config->sessions[i].label);
	add_lateness(catalog);
}

/* A code that the register holds: known, or new and unknown to the file. */
static uint16_t value_of(struct catalog *catalog, enum facet facet,
			 const char *code, size_t len)
{
	char *copy = arena_str(&catalog->arena, code, len);
	uint16_t value = catalog_code(catalog, facet, copy);
	session id;

	if (value != NO_VALUE || !*copy)
		return value;
	if (facet != FACET_SESSION)
		return value_add(catalog, facet, copy, copy, COLOUR_DEFAULT);
	if (!session_parse(copy, &id))
		return NO_VALUE;
	add_session(catalog, id, NULL);
	return catalog_code(catalog, facet, copy);
}

/* Each department once, though it may answer in two roles. */
static struct indexes leads_of(struct catalog *catalog, const char *codes)
{
	struct indexes out = {NULL, 0};
	size_t room = 1;

	for (const char *c = codes; *c; c++)
		room += *c == '\n';
	out.items = arena_alloc(&catalog->arena, room * sizeof(*out.items));
	do {
		size_t len = strcspn(codes, "\n"), i = 0;
		uint16_t value = value_of(catalog, FACET_UNIT, codes, len);

		while (i < out.count && out.items[i] != value)
			i++;
		if (i == out.count && value != NO_VALUE)
			out.items[out.count++] = value;
		codes += len + (codes[len] == '\n');
	} while (*codes);
	return out;
}

static void grow_leads(struct catalog *catalog, struct strings dict)
{
	catalog->leads = mem_resize(catalog->leads,
				    dict.count * sizeof(*catalog->leads));
	for (size_t id = catalog->leads_count; id < dict.count; id++)
		catalog->leads[id] = leads_of(catalog, dict.items[id]);
	catalog->leads_count = dict.count;
}

static void grow_index(struct catalog *catalog, enum facet facet,
		       struct strings dict)
{
	uint16_t **index = &catalog->index[facet];

	*index = mem_resize(*index, dict.count * sizeof(**index));
	for (size_t id = catalog->index_count[facet]; id < dict.count; id++)
		(*index)[id] = id ? value_of(catalog, facet, dict.items[id],
					     strlen(dict.items[id]))
				  : catalog_code(catalog, facet, "");
	catalog->index_count[facet] = dict.count;
}

static void grow(struct catalog *catalog, const struct reading *reading,
		 enum facet facet)
{
	enum dict from = facet_source(facet)->dict;
	struct strings dict = reading_dict(reading, from);

	if (dict.count <= catalog->dict_sizes[from])
		return;
	catalog->dict_sizes[from] = dict.count;
	if (facet == FACET_UNIT)
		grow_leads(catalog, dict);
	else
		grow_index(catalog, facet, dict);
}

/*
 * The empty value comes when everything known at first is in, so it is last
 * but for what appears later: a value never changes its index.
 */
static void add_empty(struct catalog *catalog)
{
	for (int f = 0; f < FACET_COUNT; f++) {
		uint16_t value;

		if (f == FACET_DUE || f == FACET_SESSION)
			continue;
		value = value_add(catalog, (enum facet)f, "",
				  f == FACET_RESULT ? "未定" : "未填",
				  COLOUR_DEFAULT);
		if (catalog->index_count[f])
			catalog->index[f][0] = value;
	}
	if (catalog->leads_count)
		catalog->leads[0] = leads_of(catalog, "");
}

void catalog_update(struct catalog *catalog, const struct config *config,
		    const struct reading *reading)
{
	bool fresh = !catalog->config;

	if (fresh) {
		catalog->config = config;
		add_configured(catalog);
	}
	for (int f = 0; f < FACET_COUNT; f++)
		if (reading && facet_source((enum facet)f)->dict != DICT_COUNT)
			grow(catalog, reading, (enum facet)f);
	if (fresh)
		add_empty(catalog);
}

void catalog_free(struct catalog *catalog)
{
	for (int f = 0; f < FACET_COUNT; f++) {
		free(catalog->facets[f].items);
		free(catalog->index[f]);
	}
	free(catalog->leads);
	arena_free(&catalog->arena);
	*catalog = (struct catalog){0};
}
