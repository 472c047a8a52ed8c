/*
 * From the tree of proposals.yaml to struct config, by the schema: unknown,
 * repeated and missing settings, and each value for itself. What settings
 * must be to one another is for config/check.c.
 */
#ifndef CONFIG_READ_H
#define CONFIG_READ_H

#include "config/config.h"
#include "config/yaml.h"

/* Fill *config, whose arena takes what it needs. `root` may be NULL. */
void read_config(struct config *config, const struct node *root,
		 struct mistakes *mistakes);

/* The same for a file that holds nothing but views. */
void read_views(struct config *config, const struct node *root,
		struct mistakes *mistakes);

#endif
