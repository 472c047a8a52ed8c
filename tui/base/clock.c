#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* As many digits as `width`; -1 for anything else. */
static int figure(const char **at, int width)
{
	int value = 0;

	for (int i = 0; i < width; i++, ++*at) {
		if (**at < '0' || **at > '9')
			return -1;
		value = value * 10 + (**at - '0');
	}
	return value;
}

/* Behind a sign. */
static int figure_after(char sign, const char **at, int width)
{
	if (**at != sign)
		return -1;
	++*at;
	return figure(at, width);
}

/* 2024-11-20 or 2024-11-20T09:30:00, local time. */
static bool parse_now(const char *text, int64_t *ms)
{
	struct tm tm = {.tm_isdst = -1};
	int year = figure(&text, 4);
	int month = year < 0 ? -1 : figure_after('-', &text, 2);
	int mday = month < 0 ? -1 : figure_after('-', &text, 2);

	if (mday < 0 || day_make(year, month, mday) == DAY_NONE)
		return false;
	if (*text) {
		tm.tm_hour = figure_after('T', &text, 2);
		if (tm.tm_hour >= 0)
			tm.tm_min = figure_after(':', &text, 2);
		if (tm.tm_hour >= 0 && tm.tm_min >= 0)
			tm.tm_sec = figure_after(':', &text, 2);
		if (*text || tm.tm_hour < 0 || tm.tm_hour > 23 ||
		    tm.tm_min < 0 || tm.tm_min > 59 || tm.tm_sec < 0 ||
		    tm.tm_sec > 59)
			return false;
	}
	tm.tm_year = year - 1900;
	tm.tm_mon = month - 1;
	tm.tm_mday = mday;
	*ms = (int64_t)mktime(&tm) * 1000;
	return true;
}

static int64_t read_clock(clockid_t id)
{
	struct timespec now = {0};

	clock_gettime(id, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_now(void)
{
	const char *text = secure_getenv("PROPOSALS_NOW");
	int64_t ms;

	return text && parse_now(text, &ms) ? ms : read_clock(CLOCK_REALTIME);
}

int64_t clock_ticks(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

/* False past what a calendar of this machine can say. */
static bool local(int64_t ms, struct tm *tm)
{
	int64_t seconds = ms / 1000 - (ms % 1000 < 0);
	time_t when = (time_t)seconds;

	return localtime_r(&when, tm) != NULL;
}

day clock_day(int64_t ms)
{
	struct tm tm;

	if (!local(ms, &tm))
		return DAY_NONE;
	return day_make(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

day clock_today(void)
{
	return clock_day(clock_now());
}

void clock_format(int64_t ms, char out[17])
{
	struct tm tm;

	out[0] = '\0';
	if (!local(ms, &tm) || tm.tm_year < -1900 || tm.tm_year > 8099)
		return;
	snprintf(out, 17, "%04u-%02u-%02u %02u:%02u",
		 (unsigned)(tm.tm_year + 1900) % 10000,
		 (unsigned)(tm.tm_mon + 1) % 100, (unsigned)tm.tm_mday % 100,
		 (unsigned)tm.tm_hour % 100, (unsigned)tm.tm_min % 100);
}

void clock_stamp(int64_t ms, char out[18])
{
	struct tm tm;

	out[0] = '\0';
	if (local(ms, &tm) && tm.tm_year >= -1900 && tm.tm_year <= 8099)
		strftime(out, 18, "%Y-%m-%d-%H%M%S", &tm);
}
