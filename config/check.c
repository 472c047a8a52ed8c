#include "config/check.h"

#include <stdint.h>
#include <string.h>

#include "base/nearest.h"
#include "config/names.h"
#include "config/schema.h"

struct check {
	struct config *config;
	const struct node *root;
	struct mistakes *mistakes;
	struct choice *items[CHOICE_KINDS]; /* config's, to be completed */
};

/* The row of the schema that lists the choices of a kind. */
static const struct setting *list_of(enum choice_kind kind)
{
	size_t offset = offsetof(struct config, choices) +
			kind * sizeof(struct choices);
	const struct setting *at, *last;

	for (schema_group(GROUP_ROOT, &at, &last); at < last; at++)
		if (at->type == SETTING_LIST &&
		    at->offset == offset + offsetof(struct choices, items))
			return at;
	return NULL;
}

/* The first item of a list in the file; NULL if it is no list. */
static const struct node *items_of(const struct check *check, const char *name)
{
	const struct node *list = yaml_get(check->root, name);

	return list && list->kind == NODE_LIST ? list->first : NULL;
}

/* Where an item says `name`; the item itself if it does not. */
static const struct node *where(const struct node *item, const char *name)
{
	const struct node *node = yaml_get(item, name);

	return node ? node : item;
}

static const struct choice *choice_at(const struct check *check,
				      enum choice_kind kind, size_t i)
{
	return &check->config->choices[kind].items[i];
}

/* A name that belongs to one choice must not belong to another. */
static void claim(const struct check *check, enum choice_kind kind, size_t i,
		  const char *text, const struct setting *setting,
		  const struct node *node)
{
	const struct name *other =
		names_add(check->config->names[kind], &check->config->arena,
			  text, (uint32_t)i, node->at);

	if (other && other->choice != i)
		mistake_add(check->mistakes, node->at,
			    "%s“%s”重复，第 %u 行的“%s”已经用了", setting->word,
			    mistake_quote(check->mistakes, text, strlen(text)),
			    other->at.line,
			    choice_at(check, kind, other->choice)->label);
}

static void claim_aliases(const struct check *check, enum choice_kind kind,
			  size_t i, const struct setting *setting,
			  const struct node *item)
{
	const struct strings *aliases = &choice_at(check, kind, i)->aliases;
	const struct node *list = yaml_get(item, setting->name);
	const struct node *node = list ? list->first : NULL;

	for (size_t j = 0; j < aliases->count && node; j++) {
		claim(check, kind, i, aliases->items[j], setting, node);
		node = node->next;
	}
}

/* Everything a choice of this kind is called, by the rows of the schema. */
static void claim_names(const struct check *check, enum choice_kind kind,
			size_t i, const struct node *item)
{
	const char *base = (const char *)choice_at(check, kind, i);
	const struct setting *at, *last;
	const char *text;

	for (schema_group(list_of(kind)->members, &at, &last); at < last;
	     at++) {
		if (at->type == SETTING_TEXTS) {
			claim_aliases(check, kind, i, at, item);
		} else if ((at->type == SETTING_TEXT && !at->words) ||
			   at->type == SETTING_CODE) {
			const struct node *node = yaml_get(item, at->name);

			memcpy(&text, base + at->offset, sizeof(text));
			/* What it has by default is one of its other names. */
			if (node)
				claim(check, kind, i, text, at, node);
		}
	}
}

static size_t count_names(const struct choices *choices)
{
	size_t count = 0;

	for (size_t i = 0; i < choices->count; i++)
		count += 3 + choices->items[i].aliases.count;
	return count;
}

static void check_names(const struct check *check, enum choice_kind kind)
{
	const struct choices *choices = &check->config->choices[kind];
	const struct node *item = items_of(check, list_of(kind)->name);

	check->config->names[kind] =
		names_new(&check->config->arena, count_names(choices));
	for (size_t i = 0; i < choices->count && item; i++) {
		claim_names(check, kind, i, item);
		item = item->next;
	}
}

/* Two statuses that one letter picks. */
static void check_keys(const struct check *check)
{
	const struct choices *statuses = &check->config->choices[CHOICE_STATUS];
	const struct node *item = items_of(check, "statuses");
	const struct node *seen[128] = {0};

	for (size_t i = 0; i < statuses->count && item; i++) {
		unsigned char key = (unsigned char)statuses->items[i].key;
		const struct node *at = where(item, "key");

		if (key && seen[key])
			mistake_add(check->mistakes, at->at,
				    "按键“%c”重复，第 %u 行已经用了", key,
				    seen[key]->at.line);
		seen[key] = at;
		item = item->next;
	}
}

static int index_of(const struct choices *choices, const char *code)
{
	for (size_t i = 0; i < choices->count; i++)
		if (strcmp(choices->items[i].code, code) == 0)
			return (int)i;
	return -1;
}

/* The code that was probably meant: by label, or by a slip of the finger. */
static const char *nearest_code(const struct choices *choices, const char *text)
{
	const char *meant = NULL;
	struct nearest nearest;

	nearest_begin(&nearest, text);
	for (size_t i = 0; i < choices->count; i++) {
		const struct choice *choice = &choices->items[i];

		if (nearest_try(&nearest, choice->code) ||
		    nearest_try(&nearest, choice->label))
			meant = choice->code;
	}
	return meant;
}

static void tell_unknown(const struct check *check, const struct node *node,
			 const char *code)
{
	const char *meant =
		nearest_code(&check->config->choices[CHOICE_STATUS], code);
	const char *said = mistake_quote(check->mistakes, code, strlen(code));

	if (meant)
		mistake_add(check->mistakes, node->at,
			    "“next”里的“%s”不是状态代码，是不是“%s”？", said,
			    meant);
	else
		mistake_add(check->mistakes, node->at,
			    "“next”里的“%s”不是状态代码，statuses 里没有它",
			    said);
}

/* Which status an entry of `next` means; -1, and told, if none it may. */
static int next_index(const struct check *check, size_t self,
		      const struct node *node)
{
	const struct choices *statuses = &check->config->choices[CHOICE_STATUS];
	int i = index_of(statuses, node->text);

	if (i < 0)
		tell_unknown(check, node, node->text);
	else if ((size_t)i == self)
		mistake_add(check->mistakes, node->at,
			    "“next”里的“%s”就是这个状态自己，请删掉",
			    node->text);
	return i == (int)self ? -1 : i;
}

static bool contains(const uint16_t *items, size_t count, int item)
{
	for (size_t i = 0; i < count; i++)
		if (items[i] == item)
			return true;
	return false;
}

/* Turn the codes of one status' `next` into indexes. */
static void read_next(const struct check *check, size_t self,
		      const struct node *list, struct choice *status)
{
	const struct node *node = list ? list->first : NULL;
	uint16_t *next =
		arena_alloc(&check->config->arena,
			    (list ? list->count : 0) * sizeof(*next) + 1);
	size_t count = 0;

	for (; node; node = node->next) {
		int i = node->kind == NODE_TEXT && *node->text
				? next_index(check, self, node)
				: -1;

		if (i >= 0 && contains(next, count, i))
			mistake_add(check->mistakes, node->at,
				    "“next”里的“%s”重复，请删掉一个",
				    node->text);
		else if (i >= 0)
			next[count++] = (uint16_t)i;
	}
	status->next = next;
	status->next_count = count;
}

static void check_next(const struct check *check)
{
	const struct choices *statuses = &check->config->choices[CHOICE_STATUS];
	const struct node *item = items_of(check, "statuses");

	for (size_t i = 0; i < statuses->count && item; i++) {
		read_next(check, i, yaml_get(item, "next"),
			  &check->items[CHOICE_STATUS][i]);
		item = item->next;
	}
}

static void check_intake(const struct check *check)
{
	const struct choices *statuses = &check->config->choices[CHOICE_STATUS];
	const struct node *list = yaml_get(check->root, "statuses");

	for (size_t i = 0; i < statuses->count; i++)
		if (statuses->items[i].phase == PHASE_INTAKE)
			return;
	if (list && statuses->count)
		mistake_add(check->mistakes, list->key->at,
			    "没有阶段（phase）是 intake（收到）的状态，"
			    "新提案没有开头的状态");
}

static void check_repeated_session(const struct check *check, size_t i,
				   const struct node *item,
				   const struct node *const *items)
{
	const struct session_info *sessions = check->config->sessions;

	for (size_t j = 0; j < i; j++) {
		if (sessions[i].id && sessions[i].id == sessions[j].id)
			mistake_add(check->mistakes, where(item, "id")->at,
				    "届次“%s”重复，第 %u 行已经写过",
				    sessions[j].label,
				    where(items[j], "id")->at.line);
		else if (strcmp(sessions[i].label, sessions[j].label) == 0)
			mistake_add(check->mistakes, where(item, "label")->at,
				    "名称“%s”重复，第 %u 行已经写过",
				    sessions[j].label,
				    where(items[j], "label")->at.line);
	}
}

static void check_sessions(const struct check *check)
{
	struct config *config = check->config;
	const struct node *item = items_of(check, "sessions");
	const struct node **items =
		arena_alloc(check->mistakes->arena,
			    config->session_count * sizeof(struct node *) + 1);

	for (size_t i = 0; i < config->session_count && item; i++) {
		struct session_info *info = &config->sessions[i];
		char label[32];

		if (info->id && !*info->label) {
			session_label(info->id, label);
			info->label =
				arena_str(&config->arena, label, strlen(label));
		}
		items[i] = item;
		if (info->id)
			check_repeated_session(check, i, item, items);
		item = item->next;
	}
}

static void check_current(const struct check *check)
{
	struct config *config = check->config;
	session latest = 0;
	char text[8];

	for (size_t i = 0; i < config->session_count; i++)
		if (config->sessions[i].id > latest)
			latest = config->sessions[i].id;
	if (!config->current) {
		config->current = latest;
	} else if (!config_session(config, config->current)) {
		session_format(config->current, text);
		mistake_add(check->mistakes, where(check->root, "current")->at,
			    "当前届次“%s”不在 sessions 里", text);
	}
}

static void check_warnings(const struct check *check)
{
	const struct deadline_rule *rule = &check->config->reply;
	const struct node *reply =
		yaml_get(yaml_get(check->root, "deadlines"), "reply");
	const struct node *list = yaml_get(reply, "warn");
	const struct node *node = list ? list->first : NULL;

	for (size_t i = 0; i < rule->warn_count && node; i++) {
		if (i > 0 && rule->warn[i] >= rule->warn[i - 1])
			mistake_add(check->mistakes, node->at,
				    "提醒天数要从大到小，%d 不能在 %d 后面",
				    rule->warn[i], rule->warn[i - 1]);
		node = node->next;
	}
}

/* What a kind of choice has no setting for is empty, but never NULL. */
static void complete(struct check *check, enum choice_kind kind)
{
	struct choices *choices = &check->config->choices[kind];
	size_t size = choices->count * sizeof(struct choice);
	struct choice *items = arena_alloc(&check->config->arena, size + 1);

	if (size)
		memcpy(items, choices->items, size);
	for (size_t i = 0; i < choices->count; i++) {
		if (!items[i].name)
			items[i].name = "";
		if (!items[i].system)
			items[i].system = "";
		items[i].active |= kind != CHOICE_DEPARTMENT;
	}
	choices->items = check->items[kind] = items;
}

void check_config(struct config *config, const struct node *root,
		  struct mistakes *mistakes)
{
	struct check check = {config, root, mistakes, {0}};

	check_sessions(&check);
	for (enum choice_kind kind = 0; kind < CHOICE_KINDS; kind++) {
		if (!list_of(kind))
			continue;
		complete(&check, kind);
		check_names(&check, kind);
	}
	check_keys(&check);
	check_warnings(&check);
	check_list(root, mistakes);
	check_views(config, root, mistakes);
	/* What a file with a hole refers to may stand in the hole. */
	if (root && root->cut)
		return;
	check_next(&check);
	check_intake(&check);
	check_current(&check);
}
