/*
 * libyaml's English about a mistake in the syntax, in words for the office.
 */
#ifndef CONFIG_SYNTAX_H
#define CONFIG_SYNTAX_H

#include "config/slips.h"

struct syntax_error {
	const char *problem, *context; /* libyaml's; "" if it gave none */
	struct place at;               /* where it noticed */
	struct place from; /* where the thing began that it was reading */
	uint32_t section;  /* line of the top-level name before it */
};

/*
 * Note it, unless a slip on the way there is the cause, which has been told.
 * The place is where a person would look: an unclosed quote's beginning.
 */
void syntax_tell(const struct syntax_error *error, const struct mended *mended,
		 struct mistakes *mistakes);

#endif
