#include <string.h>

#include "config/check.h"
#include "config/names.h"

const char *view_text_name(enum view_text text)
{
	static const char *const names[VIEW_TEXTS] = {
		[VIEW_FILTER] = "filter",
		[VIEW_SORT] = "sort",
		[VIEW_GROUP] = "group",
		[VIEW_COLUMNS] = "columns",
	};

	return names[text];
}

/* A view that an earlier one has the name or the key of. */
static void check_view(const struct config *config, size_t i,
		       const struct node *item, const struct node *const *items,
		       struct mistakes *mistakes)
{
	const struct view *view = &config->views[i];

	for (size_t j = 0; j < i; j++) {
		const struct view *other = &config->views[j];
		const struct node *name = yaml_get(item, "name");
		const struct node *key = yaml_get(item, "key");

		if (name && names_same(view->name, other->name))
			mistake_add(mistakes, name->at,
				    "名称“%s”重复，第 %u 行已经用了",
				    other->name, items[j]->at.line);
		if (key && view->key && view->key == other->key)
			mistake_add(mistakes, key->at,
				    "按键“%c”重复，第 %u 行已经用了", view->key,
				    items[j]->at.line);
	}
}

/* Behind the quote, if there is one. */
static struct view_place place_of(const struct node *item, const char *name)
{
	const struct node *node = yaml_get(item, name);

	if (!node || node->kind != NODE_TEXT)
		return (struct view_place){0};
	return (struct view_place){node->at.line,
				   node->at.column + !node->plain};
}

void check_views(struct config *config, const struct node *root,
		 struct mistakes *mistakes)
{
	const struct node *list = yaml_get(root, "views");
	const struct node *item =
		list && list->kind == NODE_LIST ? list->first : NULL;
	const struct node **items = arena_alloc(
		mistakes->arena, config->view_count * sizeof(*items) + 1);

	for (size_t i = 0; i < config->view_count && item; i++) {
		for (enum view_text t = 0; t < VIEW_TEXTS; t++)
			config->views[i].at[t] =
				place_of(item, view_text_name(t));
		items[i] = item;
		check_view(config, i, item, items, mistakes);
		item = item->next;
	}
}
