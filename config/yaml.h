/*
 * YAML as a tree of texts, lists and maps that know their places. Only the
 * plain part of YAML is let through: one document, no anchors, aliases and
 * tags, not very deep. What a text means is for config/schema.h to say: a
 * label may be `no`, and a date is a text as well.
 */
#ifndef CONFIG_YAML_H
#define CONFIG_YAML_H

#include "config/slips.h"

enum node_kind {
	NODE_TEXT,
	NODE_LIST,
	NODE_MAP,
	NODE_BROKEN /* there is a mistake about it already */
};

struct node {
	enum node_kind kind;
	bool plain; /* a text without quotes */
	bool cut;   /* the file went wrong before the end of this */
	struct place at;
	const char *text; /* NODE_TEXT, with a NUL behind */
	size_t len;
	size_t count;
	const struct node *key;    /* in a map: its name, a text as a rule */
	struct node *first, *next; /* what is in it; what follows */
};

#define YAML_DEPTH_MAX 16
#define YAML_NODES_MAX 100000u

/*
 * Read; the tree is in the mistakes' arena. Behind a mistake in the syntax
 * the reading goes on at the next line that begins with a name at its left
 * edge, so *out may have holes (`cut`), and is NULL when there is nothing.
 * False after such a mistake.
 */
bool yaml_read(const struct mended *mended, struct node **out,
	       struct mistakes *mistakes);

/* The last entry of that name, NULL if none or if `map` is no map. */
const struct node *yaml_get(const struct node *map, const char *name);

#endif
