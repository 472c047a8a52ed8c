#include <string.h>

#include "domain/excerpt.h"
#include "domain/field_choice.h"
#include "domain/field_read.h"

/* The items so far, so that none comes twice. */
struct list {
	const char **items;
	size_t count;
};

static bool list_has(const struct list *list, const char *text)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i], text) == 0)
			return true;
	return false;
}

bool input_too_many(const struct input *in)
{
	return err_set(in->err, ERR_USAGE, "%s太多：最多 %u 个",
		       in->field->label, FIELD_ITEMS_MAX);
}

static bool too_long(const struct input *in, struct piece item)
{
	char word[EXCERPT_SIZE];

	excerpt(item.text, item.len, word);
	return err_set(in->err, ERR_USAGE, "%s“%s”太长：每个最多 %u 字节",
		       in->field->label, word, FIELD_ITEM_MAX);
}

/* `text` belongs to the list from here on; once more is no mistake. */
static void list_add(struct list *list, const char *text)
{
	if (!list_has(list, text))
		list->items[list->count++] = text;
}

static struct list list_new(struct arena *arena)
{
	size_t size = FIELD_ITEMS_MAX * sizeof(const char *);

	return (struct list){.items = arena_alloc(arena, size)};
}

/* One item to the list; how, depends on the field. */
typedef bool item_fn(const struct input *in, const char *text,
		     struct list *list);

static bool each_item(const struct input *in, item_fn *each, struct list *list)
{
	struct piece rest = {in->text, strlen(in->text)}, item;
	size_t count = 0;

	while (piece_next(&rest, &item)) {
		if (item.len == 0)
			continue;
		/* Counted before repeats go: looking for them takes time. */
		if (++count > FIELD_ITEMS_MAX)
			return input_too_many(in);
		if (item.len > FIELD_ITEM_MAX)
			return too_long(in, item);

		struct buf line = {0};
		piece_line(item, &line);
		const char *text = arena_str(in->arena, line.data, line.len);
		buf_free(&line);
		if (!each(in, text, list))
			return false;
	}
	return true;
}

static bool add_name(const struct input *in, const char *text,
		     struct list *list)
{
	(void)in;
	list_add(list, text);
	return true;
}

bool input_names(const struct input *in, struct buf *out)
{
	struct list list = list_new(in->arena);

	if (!each_item(in, add_name, &list))
		return false;
	for (size_t i = 0; i < list.count; i++)
		buf_printf(out, "%s%s", i ? "\n" : "", list.items[i]);
	return true;
}

/* 经信局 商务局: departments that only a blank separates. */
static bool add_words(const struct input *in, const char *text,
		      struct list *list)
{
	const char *at = text;
	size_t before = list->count;

	while (*at) {
		size_t len = strcspn(at, " ");
		const char *word = arena_str(in->arena, at, len);
		const struct choice *choice =
			choice_read(in->config, CHOICE_DEPARTMENT, word);

		at += len + strspn(at + len, " ");
		if (!choice || list->count == FIELD_ITEMS_MAX) {
			list->count = before;
			return false;
		}
		list_add(list, choice->code);
	}
	return true;
}

static const struct unit *find_unit(const struct units *units,
				    enum unit_role role, const char *department)
{
	for (size_t i = 0; i < units->count; i++)
		if (units->items[i].role == role &&
		    strcmp(units->items[i].department, department) == 0)
			return &units->items[i];
	return NULL;
}

static bool add_department(const struct input *in, const char *text,
			   struct list *list)
{
	const struct choice *choice =
		choice_read(in->config, CHOICE_DEPARTMENT, text);

	if (choice)
		list_add(list, choice->code);
	else if (find_unit(&in->p->units, in->role, text))
		list_add(list, text); /* the configuration lost it since */
	else if (!strchr(text, ' ') || !add_words(in, text, list))
		return choice_refuse(in->config, CHOICE_DEPARTMENT,
				     role_label(in->role), text, in->err);
	return true;
}

static void add_unit(const struct unit *unit, struct buf *out)
{
	if (out->len)
		buf_char(out, '\n');
	field_unit(unit, out);
}

/* The units of a role as they were, or as `list` has them. */
static void add_new(const struct input *in, const struct list *list,
		    struct buf *out)
{
	for (size_t i = 0; i < list->count; i++) {
		struct unit unit = {
			.department = list->items[i],
			.role = in->role,
			.state = "",
		};
		const struct unit *old =
			find_unit(&in->p->units, in->role, unit.department);

		add_unit(old ? old : &unit, out);
	}
}

static void add_old(const struct input *in, enum unit_role role,
		    struct buf *out)
{
	for (size_t i = 0; i < in->p->units.count; i++)
		if (in->p->units.items[i].role == role)
			add_unit(&in->p->units.items[i], out);
}

bool input_units(const struct input *in, struct buf *out)
{
	struct list list = list_new(in->arena);

	if (!each_item(in, add_department, &list))
		return false;
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		if (role_order[i] == in->role)
			add_new(in, &list, out);
		else
			add_old(in, role_order[i], out);
	}
	return true;
}
