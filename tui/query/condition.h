/*
 * What a filter asks beside its facets. Plain data without gaps.
 */
#ifndef QUERY_CONDITION_H
#define QUERY_CONDITION_H

#include "config/config.h"
#include "domain/key.h"
#include "query/span.h"

#define FILTER_NAME 64u /* bytes, with the NUL */

/* A date of the proposal, or the day that its last change was made on. */
enum filter_date {
	FILTER_RECEIVED = DATE_RECEIVED,
	FILTER_FILED = DATE_FILED,
	FILTER_ASSIGNED = DATE_ASSIGNED,
	FILTER_DUE = DATE_DUE, /* as the rule has it */
	FILTER_REPLIED = DATE_REPLIED,
	FILTER_CLOSED = DATE_CLOSED,
	FILTER_CHANGED = DATE_COUNT,
	FILTER_DATES
};

/*
 * Of the same date: any of those with COMPARE_EQUAL, and every other. `no`
 * turns one around, and then a proposal without that date passes.
 */
struct filter_days {
	uint8_t date;    /* enum filter_date */
	uint8_t compare; /* enum compare */
	uint8_t no;
	uint8_t span; /* enum span_kind */
	int32_t value;
};

/* Any of these, and none of those with `no`. Session 0: of any session. */
struct filter_numbers {
	key first, last;
	uint32_t no;
};

/*
 * Any of these changed it, and none of those with `no` did: at a time that
 * every condition on FILTER_CHANGED allows. An account's name, a uid in
 * digits, or PERSON_ME.
 */
#define PERSON_ME "me"
struct filter_person {
	char name[FILTER_NAME];
	uint32_t no;
};

/* 已选, 并案. */
enum filter_flag { FLAG_ANY, FLAG_YES, FLAG_NO };

#endif
