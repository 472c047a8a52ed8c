#include <string.h>

#include "base/utf8.h"
#include "domain/excerpt.h"
#include "domain/field_part.h"

enum {
	NEAR_CHARS = 32, /* longer texts are no typing mistakes */
	FEW_CHOICES = 12,
};

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

struct letters {
	char32_t chars[NEAR_CHARS];
	size_t count; /* 0: too long */
};

static struct letters letters_of(const char *text)
{
	const char *end = text + strlen(text);
	struct letters word = {.count = 0};

	while (text < end) {
		if (word.count == NEAR_CHARS)
			return (struct letters){.count = 0};
		word.chars[word.count++] = utf8_narrow(utf8_next(&text, end));
	}
	return word;
}

static size_t least(size_t a, size_t b, size_t c)
{
	size_t less = a < b ? a : b;

	return less < c ? less : c;
}

/* Characters to add, remove or replace to get from one to the other. */
static size_t distance(const struct letters *a, const struct letters *b)
{
	size_t row[NEAR_CHARS + 1];

	for (size_t j = 0; j <= b->count; j++)
		row[j] = j;
	for (size_t i = 0; i < a->count; i++) {
		size_t corner = row[0];

		row[0] = i + 1;
		for (size_t j = 0; j < b->count; j++) {
			size_t change = corner + (a->chars[i] != b->chars[j]);

			corner = row[j + 1];
			row[j + 1] = least(change, corner + 1, row[j] + 1);
		}
	}
	return row[b->count];
}

/* The best guess so far. */
struct guess {
	struct letters wanted;
	const struct choice *choice;
	size_t distance;
};

/* At most half of the characters may be wrong. */
static void consider(struct guess *guess, const struct choice *choice,
		     const char *name)
{
	struct letters word = letters_of(name);
	size_t longer = word.count > guess->wanted.count ? word.count
							 : guess->wanted.count;

	if (!word.count || !guess->wanted.count)
		return;
	size_t steps = distance(&guess->wanted, &word);
	if (2 * steps <= longer &&
	    (!guess->choice || steps < guess->distance)) {
		guess->choice = choice;
		guess->distance = steps;
	}
}

static const struct choice *nearest(const struct choices *choices,
				    const char *text)
{
	struct guess guess = {.wanted = letters_of(text)};

	for (size_t i = 0; i < choices->count; i++) {
		const struct choice *choice = &choices->items[i];

		consider(&guess, choice, choice->label);
		consider(&guess, choice, choice->code);
		consider(&guess, choice, choice->name);
		for (size_t j = 0; j < choice->aliases.count; j++)
			consider(&guess, choice, choice->aliases.items[j]);
	}
	return guess.choice;
}

bool choice_refuse(const struct config *config, enum choice_kind kind,
		   const char *label, const char *text, struct err *err)
{
	const struct choices *choices = &config->choices[kind];
	const struct choice *near = nearest(choices, text);
	struct buf hint = {0};
	char word[EXCERPT_SIZE];

	excerpt(text, strlen(text), word);
	if (near) {
		buf_printf(&hint, "，是不是“%s”？", near->label);
	} else if (choices->count && choices->count <= FEW_CHOICES) {
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
