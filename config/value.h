/*
 * One value of proposals.yaml by the type its row in the schema names.
 */
#ifndef CONFIG_VALUE_H
#define CONFIG_VALUE_H

#include "config/schema.h"
#include "config/yaml.h"

/*
 * Check `node` and put it into the member of `base`, the struct of the
 * setting's group; texts are copied into `arena`. Not for groups, and lists
 * of them. What is wrong is noted, and the member is left as it was.
 */
void value_read(const struct setting *setting, const struct node *node,
		void *base, struct arena *arena, struct mistakes *mistakes);

/* The same for what holds when the file does not say. */
void value_default(const struct setting *setting, void *base,
		   struct arena *arena, struct mistakes *mistakes);

/* Note that `node` is something else than the setting wants. */
void value_wrong(const struct setting *setting, const struct node *node,
		 struct mistakes *mistakes);

/* Put an array and its length where a setting for lists says. */
void value_set_list(const struct setting *setting, void *base,
		    const void *items, size_t count);

/* Nothing behind the colon, or null, or ~. */
bool value_is_empty(const struct node *node);

#endif
