#include "config/suggest.h"

#include <string.h>

static enum fit_grade better(enum fit_grade a, enum fit_grade b)
{
	return a > b ? a : b;
}

/* A code is made of initials: what is inside it means nothing. */
static enum fit_grade grade_code(const struct fit *fit, const char *code)
{
	enum fit_grade grade = fit_try(fit, code);

	return grade >= FIT_BEGIN ? grade : FIT_NONE;
}

static enum fit_grade grade(const struct fit *fit, const struct choice *choice)
{
	enum fit_grade best = grade_code(fit, choice->code);

	best = better(best, fit_try(fit, choice->label));
	best = better(best, fit_try(fit, choice->name));
	for (size_t i = 0; i < choice->aliases.count; i++)
		best = better(best, fit_try(fit, choice->aliases.items[i]));
	return best;
}

static bool precedes(const struct suggestion *a, const struct suggestion *b)
{
	if (a->grade != b->grade)
		return a->grade > b->grade;
	return a->choice->active && !b->choice->active;
}

/* Behind those that are as good; gives how many there are now. */
static size_t insert(struct suggestion *out, size_t count, size_t room,
		     struct suggestion suggestion)
{
	size_t at = count;

	while (at && precedes(&suggestion, &out[at - 1]))
		at--;
	if (at == room)
		return count;
	count += count < room;
	memmove(out + at + 1, out + at, (count - at - 1) * sizeof(*out));
	out[at] = suggestion;
	return count;
}

size_t config_suggest(const struct config *config, enum choice_kind kind,
		      const char *text, struct suggestion *out, size_t room)
{
	const struct choices *choices = &config->choices[kind];
	const struct choice *meant = config_match(config, kind, text);
	struct fit fit;
	bool fits = fit_begin(&fit, text);
	size_t count = 0;

	for (size_t i = 0; i < choices->count; i++) {
		struct suggestion one = {&choices->items[i], FIT_WHOLE};

		if (one.choice != meant)
			one.grade = fits ? grade(&fit, one.choice) : FIT_NONE;
		if (one.grade)
			count = insert(out, count, room, one);
	}
	return count;
}
