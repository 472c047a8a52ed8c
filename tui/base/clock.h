/*
 * The time. Tests and the documented examples set PROPOSALS_NOW
 * (2024-11-20T09:30:00 or 2024-11-20, local time). Anything else in it is
 * ignored, and a set-group-id program ignores it altogether.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

#include "base/day.h"

/* Milliseconds since 1970, UTC. */
int64_t clock_now(void);

/* Milliseconds on a clock that never jumps: for waiting, not for records. */
int64_t clock_ticks(void);

/* Today in local time; DAY_NONE if the clock is out of the calendar. */
day clock_today(void);

/* The same of any time. */
day clock_day(int64_t ms);

/*
 * "2024-11-20 09:30" in local time; 17 bytes with the NUL. "" for a time that
 * has no year of four figures.
 */
void clock_format(int64_t ms, char out[17]);

/* The same for a file's name, with seconds: "2024-11-20-093000"; 18 bytes. */
void clock_stamp(int64_t ms, char out[18]);

#endif
