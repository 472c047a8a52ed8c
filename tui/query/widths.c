#include "query/widths.h"

#include <stdlib.h>
#include <string.h>

#include "base/clean.h"
#include "base/mem.h"
#include "base/width.h"
#include "query/facet.h"

/* A key without its session; keys of one session keep their order. */
enum { SESSION_BITS = 12 };

void widths_free(struct widths *widths)
{
	for (int f = 0; f < FACET_COUNT; f++)
		free(widths->cells[f]);
	*widths = (struct widths){0};
}

/* As the list shows it: departments joined, sessions by their codes. */
static void show(const struct catalog *catalog, enum facet facet, uint32_t id,
		 struct buf *out)
{
	struct indexes values = catalog_values(catalog, facet, id);
	const struct facet_value *items = catalog->facets[facet].items;

	for (size_t i = 0; id && i < values.count; i++) {
		const struct facet_value *value = &items[values.items[i]];

		buf_printf(out, "%s%s", i ? "、" : "",
			   facet == FACET_SESSION ? value->code : value->label);
	}
}

static uint8_t cells_of(const struct catalog *catalog, enum facet facet,
			uint32_t id)
{
	struct buf text = {0}, clean = {0};

	show(catalog, facet, id, &text);
	clean_line(&clean, buf_text(&text), text.len);
	int cells = width_text(buf_text(&clean));
	buf_free(&text);
	buf_free(&clean);
	return (uint8_t)(cells < WIDTH_MOST ? cells : WIDTH_MOST);
}

/* What the dictionary has got since. */
static void grow(struct widths *widths, const struct catalog *catalog,
		 enum facet facet)
{
	enum dict dict = facet_source(facet)->dict;
	size_t count = dict == DICT_COUNT ? 0 : catalog->dict_sizes[dict];
	uint8_t *cells = widths->cells[facet];

	if (count <= widths->counts[facet])
		return;
	cells = mem_resize(cells, count);
	for (size_t id = widths->counts[facet]; id < count; id++) {
		cells[id] = cells_of(catalog, facet, (uint32_t)id);
		if (cells[id] > widths->most[facet])
			widths->most[facet] = cells[id];
	}
	widths->cells[facet] = cells;
	widths->counts[facet] = count;
}

void widths_begin(struct widths *widths, const struct catalog *catalog)
{
	/* The terminal's answer may have come. */
	if (widths->ambiguous != width_ambiguous())
		widths_free(widths);
	widths->ambiguous = width_ambiguous();
	memset(widths->facets, 0, sizeof(widths->facets));
	widths->number = 0;
	for (int f = 0; f < FACET_COUNT; f++)
		grow(widths, catalog, (enum facet)f);
}

static void add_facet(struct widths *widths, enum facet facet, const void *ids,
		      const uint32_t *rows, size_t count)
{
	const uint8_t *cells = widths->cells[facet], *narrow = ids;
	const uint16_t *wide = ids;
	unsigned most = (unsigned)widths->facets[facet];
	bool bytes = column_width(facet_source(facet)->column) == 1;

	for (size_t i = 0; i < count; i++) {
		uint32_t at = rows[i] % CHUNK_SLOTS;
		unsigned some = cells[bytes ? narrow[at] : wide[at]];

		most = some > most ? some : most;
	}
	widths->facets[facet] = (int)most;
}

static void add_numbers(struct widths *widths, const key *keys,
			const uint32_t *rows, size_t count)
{
	uint32_t most = widths->number << SESSION_BITS;

	for (size_t i = 0; i < count; i++) {
		uint32_t some = keys[rows[i] % CHUNK_SLOTS] << SESSION_BITS;

		most = some > most ? some : most;
	}
	widths->number = most >> SESSION_BITS;
}

void widths_add(struct widths *widths, const struct reading *reading,
		const uint32_t *rows, size_t count)
{
	uint32_t chunk = rows[0] / CHUNK_SLOTS;

	add_numbers(widths, reading_chunk(reading, COLUMN_KEY, chunk), rows,
		    count);
	for (int f = 0; f < FACET_COUNT; f++)
		if (widths->facets[f] < widths->most[f])
			add_facet(widths, (enum facet)f,
				  reading_chunk(
					  reading,
					  facet_source((enum facet)f)->column,
					  chunk),
				  rows, count);
}
