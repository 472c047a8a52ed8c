#include "config/value.h"

#include <string.h>
#include <strings.h>

#include "config/scalar.h"

/* Items of lists: days, and characters. */
enum { DAYS_MAX = 366, CHARACTERS_MAX = 60 };

static const char *const wanted[] = {
	[SETTING_TEXT] = "一段文字",
	[SETTING_CODE] = "一个代码",
	[SETTING_INT] = "一个整数",
	[SETTING_BOOL] = " true 或 false",
	[SETTING_WORD] = "一个词",
	[SETTING_LETTER] = "一个英文字母",
	[SETTING_KEY] = "一个英文字母或数字",
	[SETTING_DATE] = "一个日期，如 2024-01-15",
	[SETTING_SESSION] = "一个届次，如 14-3",
	[SETTING_TEXTS] = "一个列表，如 [甲, 乙]",
	[SETTING_INTS] = "一列整数，如 [15, 7, 3]",
	[SETTING_WORDS] = "一列词，如 [number, title]",
	[SETTING_STATUSES] = "一列状态代码，如 [review, filed]",
	[SETTING_GROUP] = "一组设置，每行一个“名称: 内容”",
	[SETTING_LIST] = "一个列表，每项以“- ”开头",
};

void value_wrong(const struct setting *setting, const struct node *node,
		 struct mistakes *mistakes)
{
	const char *what = node->kind == NODE_LIST ? "列表" : "一组设置";

	if (node->kind == NODE_BROKEN)
		return;
	if (node->kind != NODE_TEXT)
		mistake_add(mistakes, node->at, "“%s”（%s）应是%s，这里是%s",
			    setting->name, setting->word, wanted[setting->type],
			    what);
	else if (value_is_empty(node))
		mistake_add(mistakes, node->at, "“%s”（%s）后面没有内容",
			    setting->name, setting->word);
	else
		mistake_add(mistakes, node->at, "“%s”（%s）应是%s，不是“%s”",
			    setting->name, setting->word, wanted[setting->type],
			    mistake_quote(mistakes, node->text, node->len));
}

void value_set_list(const struct setting *setting, void *base,
		    const void *items, size_t count)
{
	char *start = base;

	memcpy(start + setting->offset, &items, sizeof(items));
	memcpy(start + setting->count, &count, sizeof(count));
}

bool value_is_empty(const struct node *node)
{
	return node->kind == NODE_TEXT && node->plain && node->len <= 4 &&
	       (node->len == 0 || strcmp(node->text, "~") == 0 ||
		strcasecmp(node->text, "null") == 0);
}

/* What one item of a list has to be. */
static struct setting item_of(const struct setting *list)
{
	struct setting item = *list;
	bool numbers = list->type == SETTING_INTS;

	item.type = list->type == SETTING_WORDS ? SETTING_WORD
		    : numbers                   ? SETTING_INT
						: SETTING_TEXT;
	item.min = numbers ? 0 : 1;
	item.max = numbers ? DAYS_MAX : CHARACTERS_MAX;
	item.offset = 0;
	return item;
}

static void read_list(const struct setting *setting, const struct node *list,
		      void *base, struct arena *arena,
		      struct mistakes *mistakes)
{
	const struct setting item = item_of(setting);
	size_t size = item.type == SETTING_TEXT ? sizeof(char *) : sizeof(int);
	const char *nothing = "";

	if (list->count < (size_t)setting->min ||
	    list->count > (size_t)setting->max) {
		mistake_add(mistakes, list->at,
			    "“%s”（%s）应有 %d 到 %d 项，这里有 %zu 项",
			    setting->name, setting->word, setting->min,
			    setting->max, list->count);
		return;
	}

	char *items = arena_alloc(arena, list->count * size + 1), *at = items;
	const struct node *node;

	for (node = list->first; node; node = node->next, at += size) {
		/* A text is never NULL, not even beside a mistake. */
		if (item.type == SETTING_TEXT)
			memcpy(at, &nothing, sizeof(nothing));
		scalar_read(&item, node, at, arena, mistakes);
	}
	value_set_list(setting, base, items, list->count);
}

static bool is_list(enum setting_type type)
{
	return type == SETTING_TEXTS || type == SETTING_INTS ||
	       type == SETTING_WORDS || type == SETTING_STATUSES;
}

void value_read(const struct setting *setting, const struct node *node,
		void *base, struct arena *arena, struct mistakes *mistakes)
{
	static const struct node none = {.kind = NODE_LIST};

	if (!is_list(setting->type))
		scalar_read(setting, node, base, arena, mistakes);
	else if (node->kind == NODE_LIST)
		read_list(setting, node, base, arena, mistakes);
	else if (value_is_empty(node) && setting->min == 0)
		read_list(setting, &none, base, arena, mistakes);
	else
		value_wrong(setting, node, mistakes);
}

/* A list of what blanks separate. */
static struct node *split(const char *text, struct arena *arena)
{
	struct node *list = arena_alloc(arena, sizeof(*list));
	struct node **end = &list->first;

	list->kind = NODE_LIST;
	while (*text) {
		size_t len = strcspn(text, " ");
		struct node *item = arena_alloc(arena, sizeof(*item));

		item->text = arena_str(arena, text, len);
		item->len = len;
		*end = item;
		end = &item->next;
		list->count++;
		text += len + strspn(text + len, " ");
	}
	return list;
}

void value_default(const struct setting *setting, void *base,
		   struct arena *arena, struct mistakes *mistakes)
{
	const struct node text = {.kind = NODE_TEXT,
				  .text = setting->fallback,
				  .len = strlen(setting->fallback)};

	value_read(setting,
		   is_list(setting->type)
			   ? split(setting->fallback, mistakes->arena)
			   : &text,
		   base, arena, mistakes);
}
