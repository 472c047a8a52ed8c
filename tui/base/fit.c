#include "base/fit.h"

#include <string.h>

#include "base/fold.h"

/* `text` has no blank around it and is folded. */
static bool read_typed(struct fit *fit, const char *text)
{
	const char *end = text + strlen(text);

	fit->sounds = pinyin_parse(text, &fit->pinyin);
	for (fit->count = 0; text < end; fit->count++) {
		if (fit->count == FIT_MAX)
			return false;
		fit->typed[fit->count] = utf8_next(&text, end);
	}
	return true;
}

bool fit_begin(struct fit *fit, const char *typed)
{
	struct buf folded = {0};
	const char *text;
	bool ok;

	fold_text(typed, strlen(typed), &folded);
	while (folded.len && folded.data[folded.len - 1] == ' ')
		folded.data[--folded.len] = '\0';
	text = buf_text(&folded);
	ok = read_typed(fit, text + strspn(text, " "));
	buf_free(&folded);
	return ok;
}

/* Behind what was typed, if that is what stands at `at`; the NUL is not. */
static const char *follow(const struct fit *fit, const char *at,
			  const char *end)
{
	for (size_t i = 0; i < fit->count; i++) {
		if (fold_next(&at, end) != fit->typed[i])
			return NULL;
	}
	return at;
}

static enum fit_grade by_text(const struct fit *fit, const char *name,
			      const char *end)
{
	for (const char *at = name; at < end; fold_next(&at, end)) {
		const char *stop = follow(fit, at, end);

		if (!stop)
			continue;
		if (at > name)
			return FIT_INSIDE;
		return stop < end ? FIT_BEGIN : FIT_WHOLE;
	}
	return FIT_NONE;
}

static enum fit_grade by_sound(const struct fit *fit, const char *name,
			       size_t len)
{
	size_t from, to;

	if (!fit->sounds || !pinyin_find(&fit->pinyin, name, len, &from, &to))
		return FIT_NONE;
	if (from)
		return FIT_SOUND;
	return to < len ? FIT_SOUND_BEGIN : FIT_SOUND_WHOLE;
}

/* Letters would be found all over a name in letters. */
static enum fit_grade by_order(const struct fit *fit, const char *at,
			       const char *end)
{
	size_t found = 0;

	while (at < end && found < fit->count && fit->typed[found] >= 0x80) {
		if (fold_next(&at, end) == fit->typed[found])
			found++;
	}
	return found == fit->count ? FIT_SCATTERED : FIT_NONE;
}

enum fit_grade fit_try(const struct fit *fit, const char *name)
{
	size_t len = strlen(name);
	enum fit_grade grade = by_text(fit, name, name + len);

	if (!grade)
		grade = by_sound(fit, name, len);
	if (!grade && len)
		grade = by_order(fit, name, name + len);
	return grade;
}
