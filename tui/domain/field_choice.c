#include "domain/field_choice.h"

#include <string.h>

#include "base/buf.h"
#include "base/nearest.h"
#include "domain/excerpt.h"

enum { FEW_CHOICES = 12 };

/* B类, 重点提案 */
static const struct choice *without_suffix(const struct config *config,
					   enum choice_kind kind,
					   const char *text)
{
	static const char *const suffixes[] = {"类", "提案"};
	const struct choice *found = NULL;
	size_t len = strlen(text);

	for (size_t i = 0; i < 2 && !found; i++) {
		size_t cut = strlen(suffixes[i]);
		struct buf stem = {0};

		if (len <= cut || strcmp(text + len - cut, suffixes[i]) != 0)
			continue;
		buf_add(&stem, text, len - cut);
		found = config_match(config, kind, stem.data);
		buf_free(&stem);
	}
	return found;
}

const struct choice *choice_read(const struct config *config,
				 enum choice_kind kind, const char *text)
{
	const struct choice *found = config_match(config, kind, text);

	return found ? found : without_suffix(config, kind, text);
}

static const struct choice *choice_meant(const struct choices *choices,
					 const char *text)
{
	const struct choice *meant = NULL;
	struct nearest nearest;

	nearest_begin(&nearest, text);
	for (size_t i = 0; i < choices->count; i++) {
		const struct choice *choice = &choices->items[i];

		if (nearest_try(&nearest, choice->label) ||
		    nearest_try(&nearest, choice->code) ||
		    nearest_try(&nearest, choice->name))
			meant = choice;
		for (size_t j = 0; j < choice->aliases.count; j++) {
			if (nearest_try(&nearest, choice->aliases.items[j]))
				meant = choice;
		}
	}
	return meant;
}

bool choice_refuse(const struct config *config, enum choice_kind kind,
		   const char *label, const char *text, struct err *err)
{
	const struct choices *choices = &config->choices[kind];
	const struct choice *near = choice_meant(choices, text);
	struct buf hint = {0};
	char word[EXCERPT_SIZE];

	excerpt(text, strlen(text), word);
	if (near) {
		buf_printf(&hint, "，是不是“%s”？", near->label);
	} else if (choices->count <= FEW_CHOICES) {
		buf_str(&hint, "，可以是：");
		for (size_t i = 0; i < choices->count; i++)
			buf_printf(&hint, "%s%s", i ? "、" : "",
				   choices->items[i].label);
	}
	err_set(err, ERR_USAGE, "%s“%s”不在配置的%s里%s", label, word,
		choice_kind_label(kind), buf_text(&hint));
	buf_free(&hint);
	return false;
}
