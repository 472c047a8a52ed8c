#include "config/choice.h"

#include <string.h>

#include "base/utf8.h"
#include "config/config.h"
#include "config/names.h"

const char *choice_kind_label(enum choice_kind kind)
{
	static const char *const labels[CHOICE_KINDS] = {
		[CHOICE_DEPARTMENT] = "部门", [CHOICE_CATEGORY] = "类别",
		[CHOICE_LEVEL] = "级别",      [CHOICE_STATUS] = "状态",
		[CHOICE_RESULT] = "办理结果", [CHOICE_FEEDBACK] = "反馈",
	};

	return labels[kind];
}

static bool is_called(const struct choice *choice, const char *text)
{
	for (size_t i = 0; i < choice->aliases.count; i++)
		if (names_same(choice->aliases.items[i], text))
			return true;
	return names_same(choice->code, text) ||
	       names_same(choice->label, text) ||
	       names_same(choice->name, text);
}

/* One by one, in a configuration that was not read from YAML. */
static const struct choice *look_through(const struct choices *choices,
					 const char *text)
{
	for (size_t i = 0; i < choices->count; i++)
		if (is_called(&choices->items[i], text))
			return &choices->items[i];
	return NULL;
}

static const struct choice *find(const struct config *config,
				 enum choice_kind kind, const char *text)
{
	const struct choices *choices = &config->choices[kind];
	const struct name *name;

	if (!config->names[kind])
		return look_through(choices, text);
	name = names_find(config->names[kind], text);
	return name ? &choices->items[name->choice] : NULL;
}

const struct choice *config_choice(const struct config *config,
				   enum choice_kind kind, const char *code)
{
	const struct choice *choice = find(config, kind, code);

	return choice && strcmp(choice->code, code) == 0 ? choice : NULL;
}

/*
 * 市经信局, 平湖市经信局, 中共平湖市委组织部: what is left from 市 on, or
 * behind it, is a name that the file has.
 */
static const struct choice *without_city(const struct config *config,
					 enum choice_kind kind,
					 const char *text)
{
	enum { PREFIX_MAX = 6 };
	const char *end = text + strlen(text);

	for (int i = 0; i < PREFIX_MAX && text < end; i++) {
		const char *start = text;
		const struct choice *choice;

		if (utf8_next(&text, end) != U'市')
			continue;
		choice = find(config, kind, start);
		if (!choice)
			choice = find(config, kind, text);
		if (choice)
			return choice;
	}
	return NULL;
}

const struct choice *config_match(const struct config *config,
				  enum choice_kind kind, const char *text)
{
	const struct choice *choice = find(config, kind, text);

	return choice || kind != CHOICE_DEPARTMENT
		       ? choice
		       : without_city(config, kind, text);
}

const char *config_label(const struct config *config, enum choice_kind kind,
			 const char *code)
{
	const struct choice *choice = config_choice(config, kind, code);

	return choice ? choice->label : code;
}

const struct session_info *config_session(const struct config *config,
					  session id)
{
	for (size_t i = 0; i < config->session_count; i++)
		if (config->sessions[i].id == id)
			return &config->sessions[i];
	return NULL;
}
