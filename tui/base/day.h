/*
 * A calendar day as one small number, so that it fits a column and compares
 * as an integer.
 */
#ifndef BASE_DAY_H
#define BASE_DAY_H

#include <stdint.h>

#include "base/err.h"

/* Days since 1899-12-31: 1 is 1900-01-01, 65535 is 2079-06-05; 0 is no day. */
typedef uint16_t day;

#define DAY_NONE ((day)0)

/* DAY_NONE if there is no such day in 1900-01-01..2079-06-05. */
day day_make(int year, int month, int mday);

/* All three 0 for DAY_NONE. */
void day_split(day d, int *year, int *month, int *mday);

/* 1 Monday .. 7 Sunday; 0 for DAY_NONE. */
int day_weekday(day d);

/*
 * In all three the number may be negative; the answer is DAY_NONE for
 * DAY_NONE and outside the calendar.
 *
 * d + months, the last day of the month where the month is shorter.
 */
day day_add_months(day d, int months);

/* d + n days. */
day day_add(day d, int n);

/* d + n workdays, Monday to Friday; with n 0 d itself. */
day day_add_workdays(day d, int n);

/* "2024-10-04", or "" for DAY_NONE; 11 bytes. */
void day_format(day d, char out[11]);

/*
 * Read a date as people write it: 2024-10-04, 2024/10/4, 2024.10.4, 20241004,
 * 2024年10月4日, 二〇二四年十月四日, 10月4日 and 10-4 (year of `today`), 今天,
 * a spreadsheet's serial number (20000-65535). A time behind it (T09:30:00Z,
 * 9:30) is checked and dropped, its zone too: the date counts as written.
 * Full-width forms and blanks around are accepted; "" gives DAY_NONE.
 * ERR_USAGE and DAY_NONE for anything else, 2024-02-30 included.
 */
MUST_USE
bool day_parse(const char *text, day today, day *out, struct err *err);

#endif
