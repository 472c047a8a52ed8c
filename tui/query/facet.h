/*
 * Where the values of each facet come from. Private to query/.
 */
#ifndef QUERY_FACET_H
#define QUERY_FACET_H

#include "query/catalog.h"

struct facet_source {
	enum column column;
	enum dict dict;        /* DICT_COUNT: FACET_DUE, which is computed */
	enum choice_kind kind; /* CHOICE_KINDS: not one of the choices */
};

const struct facet_source *facet_source(enum facet facet);

/* A dict id, or value, that the catalogue has no room for. */
#define NO_VALUE UINT16_MAX

/* The values under which a row with this dict id counts, FACET_DUE apart. */
struct indexes catalog_values(const struct catalog *catalog, enum facet facet,
			      uint32_t id);

/* The index of a code; NO_VALUE when there is none. */
uint16_t catalog_code(const struct catalog *catalog, enum facet facet,
		      const char *code);

/*
 * By dict id, of all 65536: where rows with it stand in the catalogue's order,
 * by their first value; NO_VALUE, which is last, without one. free() it.
 */
uint16_t *facet_ranks(const struct catalog *catalog, enum facet facet);

#endif
