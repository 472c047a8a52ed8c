#include "base/day.h"

#include <stdio.h>

enum { YEAR_FIRST = 1900, DAY_LAST = 65535 };

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30,
				   31, 31, 30, 31, 30, 31};

	return days[month - 1] + (month == 2 && is_leap(year));
}

/* Leap years before `year`, counted from the year 1. */
static int leaps_before(int year)
{
	year--;
	return year / 4 - year / 100 + year / 400;
}

/* Days of the calendar before 1 January. */
static int days_before(int year)
{
	return (year - YEAR_FIRST) * 365 + leaps_before(year) -
	       leaps_before(YEAR_FIRST);
}

day day_make(int year, int month, int mday)
{
	if (year < YEAR_FIRST || year > 2079 || month < 1 || month > 12 ||
	    mday < 1 || mday > month_days(year, month))
		return DAY_NONE;

	int count = days_before(year) + mday;
	for (int m = 1; m < month; m++)
		count += month_days(year, m);
	return count <= DAY_LAST ? (day)count : DAY_NONE;
}

void day_split(day d, int *year, int *month, int *mday)
{
	*year = *month = *mday = 0;
	if (d == DAY_NONE)
		return;

	/* Years of 366 days never overshoot, and fall short by one at most. */
	*year = YEAR_FIRST + (d - 1) / 366;
	while (days_before(*year + 1) < d)
		++*year;
	*mday = d - days_before(*year);
	for (*month = 1; *mday > month_days(*year, *month); ++*month)
		*mday -= month_days(*year, *month);
}

int day_weekday(day d)
{
	return d == DAY_NONE ? 0 : (d - 1) % 7 + 1;
}

day day_add_months(day d, int months)
{
	int year, month, mday;

	day_split(d, &year, &month, &mday);
	int64_t count = (int64_t)year * 12 + month - 1 + months;
	if (d == DAY_NONE || count < YEAR_FIRST * 12)
		return DAY_NONE;

	year = (int)(count / 12);
	month = (int)(count % 12) + 1;
	if (mday > month_days(year, month))
		mday = month_days(year, month);
	return day_make(year, month, mday);
}

day day_add(day d, int n)
{
	int64_t sum = (int64_t)d + n;

	return d == DAY_NONE || sum < 1 || sum > DAY_LAST ? DAY_NONE : (day)sum;
}

day day_add_workdays(day d, int n)
{
	int step = n < 0 ? -1 : 1;

	while (n && d != DAY_NONE) {
		d = day_add(d, step);
		if (day_weekday(d) <= 5)
			n -= step;
	}
	return d;
}

static void two_digits(int n, char *out)
{
	out[0] = (char)('0' + n / 10 % 10);
	out[1] = (char)('0' + n % 10);
}

void day_format(day d, char out[11])
{
	int year, month, mday;

	out[0] = '\0';
	if (d == DAY_NONE)
		return;
	day_split(d, &year, &month, &mday);
	/* By hand: an import writes millions of them. */
	two_digits(year / 100, out);
	two_digits(year % 100, out + 2);
	out[4] = out[7] = '-';
	two_digits(month, out + 5);
	two_digits(mday, out + 8);
	out[10] = '\0';
}
