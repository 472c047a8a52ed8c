#include "config/read.h"

#include <string.h>

#include "base/nearest.h"
#include "config/schema.h"
#include "config/value.h"

struct form {
	struct arena *arena;
	struct mistakes *mistakes;
};

static void read_group(const struct form *form, enum group group,
		       const struct node *map, char *base);

/* The setting that was probably meant; by its Chinese word, too. */
static const struct setting *setting_meant(const struct setting *first,
					   const struct setting *last,
					   const char *name)
{
	const struct setting *meant = NULL;
	struct nearest nearest;

	nearest_begin(&nearest, name);
	for (; first < last; first++) {
		if (nearest_try(&nearest, first->name) ||
		    nearest_try(&nearest, first->word))
			meant = first;
	}
	return meant;
}

/* Gives the setting that was probably meant, or NULL. */
static const struct setting *tell_unknown(const struct form *form,
					  const struct setting *first,
					  const struct setting *last,
					  const struct node *key)
{
	const char *name = mistake_quote(form->mistakes, key->text, key->len);
	const struct setting *meant = setting_meant(first, last, key->text);
	struct buf list = {0};

	for (; first < last; first++) {
		buf_str(&list, list.len ? "、" : "");
		buf_str(&list, first->name);
	}
	if (meant)
		mistake_add(form->mistakes, key->at,
			    "没有“%s”这个设置，是不是“%s”？", name,
			    meant->name);
	else
		mistake_add(form->mistakes, key->at,
			    "没有“%s”这个设置，这里可以写：%s", name,
			    buf_text(&list));
	buf_free(&list);
	return meant;
}

static void read_items(const struct form *form, const struct setting *setting,
		       const struct node *list, char *base)
{
	size_t count = list->count, max = (size_t)setting->max;
	const struct node *node = list->first;

	if (count > max || (count < (size_t)setting->min && !list->cut))
		mistake_add(form->mistakes, list->at,
			    "“%s”（%s）应有 %d 到 %d 项，这里有 %zu 项",
			    setting->name, setting->word, setting->min,
			    setting->max, count);
	count = count > max ? max : count;

	char *items = arena_alloc(form->arena, count * setting->size + 1);

	value_set_list(setting, base, items, count);
	for (size_t i = 0; i < count; i++, node = node->next)
		read_group(form, setting->members, node,
			   items + i * setting->size);
}

static void read_setting(const struct form *form, const struct setting *setting,
			 const struct node *node, char *base)
{
	if (setting->type == SETTING_GROUP)
		read_group(form, setting->members, node,
			   base + setting->offset);
	else if (setting->type != SETTING_LIST)
		value_read(setting, node, base, form->arena, form->mistakes);
	else if (node->kind == NODE_LIST)
		read_items(form, setting, node, base);
	else if (setting->min || !value_is_empty(node))
		value_wrong(setting, node, form->mistakes);
}

/* What the file does not say; `map` is where it should be. */
static void read_absent(const struct form *form, const struct setting *setting,
			const struct node *map, char *base)
{
	static const struct node nothing = {.kind = NODE_MAP};

	if (!setting->fallback && map->kind == NODE_MAP && !map->cut)
		mistake_add(form->mistakes, map->at, "%s缺少“%s”（%s）",
			    setting->in == GROUP_ROOT ? "" : "这一项",
			    setting->name, setting->word);
	else if (setting->type == SETTING_GROUP)
		read_group(form, setting->members, &nothing,
			   base + setting->offset);
	else if (setting->fallback && *setting->fallback != '=' &&
		 setting->type != SETTING_LIST)
		value_default(setting, base, form->arena, form->mistakes);
}

/* Texts are never NULL, not even beside a mistake. */
static void fill_texts(const struct setting *first, const struct setting *last,
		       char *base)
{
	const char *nothing = "";

	for (; first < last; first++)
		if (first->type == SETTING_TEXT || first->type == SETTING_CODE)
			memcpy(base + first->offset, &nothing, sizeof(nothing));
}

static const struct setting *among(const struct setting *first,
				   const struct setting *last, const char *name)
{
	for (; first < last; first++)
		if (*first->name == *name && strcmp(first->name, name) == 0)
			return first;
	return NULL;
}

/* A department without a short name is called by its whole name. */
static void copy_texts(const struct setting *first, const struct setting *last,
		       char *base)
{
	for (const struct setting *at = first; at < last; at++) {
		const struct setting *like;
		const char *text;

		if (!at->fallback || *at->fallback != '=')
			continue;
		like = among(first, last, at->fallback + 1);
		memcpy(&text, base + at->offset, sizeof(text));
		if (!*text)
			memcpy(base + at->offset, base + like->offset,
			       sizeof(text));
	}
}

static bool repeated(const struct form *form, const struct node *node,
		     const struct node *earlier)
{
	if (earlier)
		mistake_add(form->mistakes, node->key->at,
			    "“%s”重复，第 %u 行已经写过", node->key->text,
			    earlier->key->at.line);
	return earlier != NULL;
}

/* What is misspelt counts as what was meant, so its value is checked too. */
static void read_misspelt(const struct form *form, const struct setting *first,
			  const struct setting *last, const struct node *map,
			  const struct node **seen)
{
	for (const struct node *node = map->first; node; node = node->next) {
		const struct setting *meant;

		if (node->key->kind != NODE_TEXT || node->kind == NODE_BROKEN ||
		    among(first, last, node->key->text))
			continue;
		meant = tell_unknown(form, first, last, node->key);
		if (meant && !seen[meant - first])
			seen[meant - first] = node;
	}
}

static void read_members(const struct form *form, const struct setting *first,
			 const struct setting *last, const struct node *map,
			 char *base)
{
	const struct node *seen[SCHEMA_MEMBERS_MAX] = {0};
	const struct setting *at;

	fill_texts(first, last, base);
	for (const struct node *node = map->first; node; node = node->next) {
		if (node->key->kind != NODE_TEXT)
			continue;
		at = among(first, last, node->key->text);
		if (at && !repeated(form, node, seen[at - first]))
			seen[at - first] = node;
	}
	read_misspelt(form, first, last, map, seen);
	for (at = first; at < last; at++) {
		if (seen[at - first])
			read_setting(form, at, seen[at - first], base);
		else
			read_absent(form, at, map, base);
	}
	copy_texts(first, last, base);
}

static void tell_no_map(const struct form *form, enum group group,
			const struct node *node)
{
	const struct setting *setting = schema_owner(group);

	if (!setting)
		mistake_add(form->mistakes, node->at,
			    "整个文件应是一行行顶格的“名称: 内容”");
	else if (setting->type == SETTING_GROUP)
		value_wrong(setting, node, form->mistakes);
	else if (node->kind != NODE_BROKEN)
		mistake_add(form->mistakes, node->at,
			    "“%s”（%s）的每一项应是一组“名称: 内容”",
			    setting->name, setting->word);
}

static void read_group(const struct form *form, enum group group,
		       const struct node *map, char *base)
{
	static const struct node nothing = {.kind = NODE_BROKEN};
	const struct setting *first, *last;

	/* `display:` with nothing behind it changes nothing. */
	if (map->kind != NODE_MAP &&
	    !(value_is_empty(map) && schema_owner(group) &&
	      schema_owner(group)->fallback))
		tell_no_map(form, group, map);
	schema_group(group, &first, &last);
	read_members(form, first, last, map->kind == NODE_MAP ? map : &nothing,
		     base);
}

void read_config(struct config *config, const struct node *root,
		 struct mistakes *mistakes)
{
	const struct form form = {&config->arena, mistakes};

	if (root)
		read_group(&form, GROUP_ROOT, root, (char *)config);
	else if (!mistakes->count)
		mistake_add(mistakes, (struct place){1, 1},
			    "文件是空的；不用配置文件就不要指定它");
}

void read_views(struct config *config, const struct node *root,
		struct mistakes *mistakes)
{
	const struct form form = {&config->arena, mistakes};
	const struct setting *views = schema_views();

	if (root && root->kind == NODE_MAP)
		read_members(&form, views, views + 1, root, (char *)config);
	else if (root)
		tell_no_map(&form, GROUP_ROOT, root);
}
