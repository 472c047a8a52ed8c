/*
 * One text of proposals.yaml as a number, a word, a date. Only for value.c.
 */
#ifndef CONFIG_SCALAR_H
#define CONFIG_SCALAR_H

#include "config/schema.h"
#include "config/yaml.h"

/* As value_read(), for settings that are no list. */
void scalar_read(const struct setting *setting, const struct node *node,
		 void *base, struct arena *arena, struct mistakes *mistakes);

#endif
