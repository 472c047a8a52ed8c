/*
 * Proposal numbers as people type and paste them:
 * 173 第173号 １７３ 0173 No.173 №173 #173 一百七十三 14-3-173 十四届三次173
 * 十四届三次第173号, and lists and ranges of them: 4、173、23,36，161—165号.
 */
#ifndef DOMAIN_NUMBER_H
#define DOMAIN_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "domain/key.h"

/* first == last for a single number. Both are of one session. */
struct number_range {
	key first, last;
};

struct numbers {
	struct number_range *items; /* in the order they were written */
	size_t count;
};

/*
 * Read a list; `current` is the session of numbers that name none. Between
 * numbers stand blanks, newlines, brackets, 、 , ， ; ； 。 和 及 与; within a
 * range - — – ~ ～ 至 到. A range may not run backwards nor span more than
 * NUMBER_SPAN_MAX. ERR_USAGE names the piece that is no number, and says so
 * when there is none at all.
 *
 * A session that the list names, as 十四届三次 or in 14-3-173, holds for the
 * numbers behind it until another is named. Two dashes make a full number when
 * term and meeting can be such (14-3-173; 14-3-161-165 is a range); one dash
 * makes a range, so 14-3 alone runs backwards and is refused. Zero, numbers
 * over NUMBER_MAX, dates, decimals, titles and counts (5件) are refused.
 */
#define NUMBER_SPAN_MAX 100000u
MUST_USE
bool number_list(const char *text, session current, struct arena *arena,
		 struct numbers *out, struct err *err);

/* Exactly one number, no range. */
MUST_USE
bool number_one(const char *text, session current, key *out, struct err *err);

/* Every item of the text is a number: a paste is marks, not a search. */
bool number_only(const char *text, session current);

#endif
