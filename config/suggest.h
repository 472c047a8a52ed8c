/*
 * Which choices somebody may mean who has not typed all of it yet.
 */
#ifndef CONFIG_SUGGEST_H
#define CONFIG_SUGGEST_H

#include "base/fit.h"
#include "config/config.h"

struct suggestion {
	const struct choice *choice;
	enum fit_grade grade;
};

/*
 * The best `room` choices whose label, name or alias fits `text` in any way
 * of fit.h, or whose code begins with it, the best first: by the grade of the
 * best of its names, departments that are gone behind the others, then in the
 * order of the file. What config_match() finds fits whole. Gives their number.
 */
size_t config_suggest(const struct config *config, enum choice_kind kind,
		      const char *text, struct suggestion *out, size_t room);

#endif
