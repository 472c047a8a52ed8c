/*
 * The facets of the filter and their values: what the configuration names,
 * in its order, and after that what the register holds beyond it. A value's
 * index stays the same while the program runs.
 */
#ifndef QUERY_CATALOG_H
#define QUERY_CATALOG_H

#include "config/config.h"
#include "store/columns.h"

enum facet {
	FACET_STATUS,
	FACET_UNIT,
	FACET_CATEGORY,
	FACET_LEVEL,
	FACET_RESULT,
	FACET_FEEDBACK,
	FACET_DUE,
	FACET_SESSION,
	FACET_COUNT
};

struct facet_value {
	const char *code; /* "" in the value "none": 未定, 未填 */
	const char *label;
	enum colour colour;
};

struct facet_values {
	struct facet_value *items;
	size_t count;
};

/* 状态/status, 主办/unit, …: on screen and in the filter language. */
const char *facet_label(enum facet facet);
const char *facet_name(enum facet facet);
bool facet_find(const char *name, enum facet *out);

struct indexes {
	uint16_t *items;
	size_t count;
};

struct catalog {
	struct arena arena;
	const struct config *config;
	struct facet_values facets[FACET_COUNT];
	/* Dict id -> value index; private to query/. */
	uint16_t *index[FACET_COUNT];
	size_t index_count[FACET_COUNT];
	/* For FACET_UNIT: dict id of leads -> indexes of its departments. */
	struct indexes *leads;
	size_t leads_count;
	size_t dict_sizes[DICT_COUNT]; /* what it was made from */
};

/*
 * Make, or bring up to date after a new reading; cheap when no dictionary
 * grew. Without one, NULL, it has what the configuration names. Free with
 * catalog_free().
 */
void catalog_update(struct catalog *catalog, const struct config *config,
		    const struct reading *reading);
void catalog_free(struct catalog *catalog);

/* By code, label, name or alias; -1 when nothing fits. */
int catalog_match(const struct catalog *catalog, enum facet facet,
		  const char *text);

#endif
