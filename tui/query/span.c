#include "query/span.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/numeral.h"
#include "base/scan.h"
#include "domain/excerpt.h"

enum { WEEK = 7, YEAR_MONTHS = 12, AWAY_MAX = 36500 };
enum { FIRST_YEAR = 1900, LAST_YEAR = 2079, LAST_DAY = UINT16_MAX };

static const struct {
	const char *name, *label;
	struct span span;
} words[] = {
	{"today", "今天", {SPAN_TODAY, 0}},
	{"yesterday", "昨天", {SPAN_TODAY, -1}},
	{"tomorrow", "明天", {SPAN_TODAY, 1}},
	{"week", "本周", {SPAN_THIS_WEEK, 0}},
	{"last-week", "上周", {SPAN_THIS_WEEK, -1}},
	{"next-week", "下周", {SPAN_THIS_WEEK, 1}},
	{"month", "本月", {SPAN_THIS_MONTH, 0}},
	{"last-month", "上月", {SPAN_THIS_MONTH, -1}},
	{"next-month", "下月", {SPAN_THIS_MONTH, 1}},
	{"year", "今年", {SPAN_THIS_YEAR, 0}},
	{"last-year", "去年", {SPAN_THIS_YEAR, -1}},
	{"next-year", "明年", {SPAN_THIS_YEAR, 1}},
	{"none", "无", {SPAN_EMPTY, 0}},
	/* Said in another way. */
	{"today", "今日", {SPAN_TODAY, 0}},
	{"yesterday", "昨日", {SPAN_TODAY, -1}},
	{"month", "这个月", {SPAN_THIS_MONTH, 0}},
	{"last-month", "上个月", {SPAN_THIS_MONTH, -1}},
	{"next-month", "下个月", {SPAN_THIS_MONTH, 1}},
	{"year", "本年", {SPAN_THIS_YEAR, 0}},
};

enum { WORDS = sizeof(words) / sizeof(*words), WORDS_NAMED = 13 };

bool span_word(size_t n, const char **name, const char **label,
	       struct span *span)
{
	if (n >= WORDS_NAMED)
		return false;
	*name = words[n].name;
	*label = words[n].label;
	*span = words[n].span;
	return true;
}

/* --- What it means --- */

/* A day by its count, as far as the calendar goes. */
static day clamp(int32_t d)
{
	if (d < 1)
		return 1;
	return d > LAST_DAY ? LAST_DAY : (day)d;
}

/* The day a month begins with, counted on where the calendar ends. */
static int32_t month_first(int32_t month)
{
	day d = day_make(month / YEAR_MONTHS, month % YEAR_MONTHS + 1, 1);

	if (d != DAY_NONE)
		return d;
	return month < FIRST_YEAR * YEAR_MONTHS ? 0 : LAST_DAY + 1;
}

/* First and last day, not clamped. */
struct days {
	int32_t first, last;
};

static struct days months(int32_t from, int32_t count)
{
	return (struct days){month_first(from), month_first(from + count) - 1};
}

static struct days span_days(struct span span, day today)
{
	int year, month, mday;

	day_split(today, &year, &month, &mday);
	int32_t this_month = year * YEAR_MONTHS + month - 1;
	int32_t monday = today - day_weekday(today) + 1 + WEEK * span.value;

	switch (span.kind) {
	case SPAN_DAY:
		return (struct days){span.value, span.value};
	case SPAN_AWAY:
	case SPAN_TODAY:
		return (struct days){today + span.value, today + span.value};
	case SPAN_THIS_WEEK:
		return (struct days){monday, monday + WEEK - 1};
	case SPAN_MONTH:
		return months(span.value, 1);
	case SPAN_THIS_MONTH:
		return months(this_month + span.value, 1);
	case SPAN_YEAR:
		return months(span.value * YEAR_MONTHS, YEAR_MONTHS);
	case SPAN_THIS_YEAR:
		return months((year + span.value) * YEAR_MONTHS, YEAR_MONTHS);
	case SPAN_EMPTY:
		break;
	}
	return (struct days){0, 0};
}

static struct stretch between(int32_t first, int32_t last)
{
	if (first > last || last < 1 || first > LAST_DAY)
		return (struct stretch){1, 0};
	return (struct stretch){clamp(first), clamp(last)};
}

struct stretch span_stretch(struct span span, enum compare compare, day today)
{
	struct days days = span_days(span, today);

	if (span.kind == SPAN_EMPTY)
		return (struct stretch){DAY_NONE, DAY_NONE};
	switch (compare) {
	case COMPARE_LESS:
		return between(1, days.first - 1);
	case COMPARE_LESS_EQUAL:
		return between(1, days.last);
	case COMPARE_GREATER:
		return between(days.last + 1, LAST_DAY);
	case COMPARE_GREATER_EQUAL:
		return between(days.first, LAST_DAY);
	case COMPARE_EQUAL:
		break;
	}
	return between(days.first, days.last);
}

/* --- How it is written --- */

static bool at_end(const char *at)
{
	scan_blanks(&at);
	return !*at;
}

/* A word of the table, in either case, nothing behind it. */
static bool read_word(const char *at, struct span *out)
{
	for (size_t i = 0; i < WORDS; i++) {
		const char *rest = at;

		if (strncasecmp(at, words[i].name, strlen(words[i].name)) == 0)
			rest += strlen(words[i].name);
		else if (!scan_word(&rest, words[i].label))
			continue;
		if (!at_end(rest))
			continue;
		*out = words[i].span;
		return true;
	}
	return false;
}

/* 7d, 7天, -30d, ＋7天. */
static bool read_away(const char *at, struct span *out)
{
	bool back = scan_char(&at, U'-');
	uint32_t n;

	if (!back && !scan_char(&at, U'+'))
		scan_char(&at, U'＋');
	if (!numeral_next(&at, &n) || n > AWAY_MAX)
		return false;
	if (!scan_char(&at, U'd') && !scan_char(&at, U'D') &&
	    !scan_word(&at, "天"))
		return false;
	*out = (struct span){SPAN_AWAY, back ? -(int32_t)n : (int32_t)n};
	return at_end(at);
}

static bool is_year(uint32_t n)
{
	return n >= FIRST_YEAR && n <= LAST_YEAR;
}

static bool to_month(uint32_t year, uint32_t month, struct span *out)
{
	if (!is_year(year) || month < 1 || month > YEAR_MONTHS)
		return false;
	*out = (struct span){SPAN_MONTH,
			     (int32_t)(year * YEAR_MONTHS + month - 1)};
	return true;
}

/* 2024, 2024年, 2024-03, 2024/3, 2024.3, 2024年3月, 3月. */
static bool read_month_or_year(const char *at, day today, struct span *out)
{
	uint32_t first, month;
	int year, this_month, mday;

	if (!numeral_next(&at, &first))
		return false;
	day_split(today, &year, &this_month, &mday);
	if (scan_word(&at, "月"))
		return at_end(at) && to_month((uint32_t)year, first, out);
	bool words_of_it = scan_word(&at, "年");
	if (at_end(at)) {
		*out = (struct span){SPAN_YEAR, (int32_t)first};
		return is_year(first);
	}
	if (!words_of_it && !scan_char(&at, U'-') && !scan_char(&at, U'/') &&
	    !scan_char(&at, U'.'))
		return false;
	if (!is_year(first) || !numeral_next(&at, &month))
		return false;
	if (words_of_it && !scan_word(&at, "月"))
		return false;
	return at_end(at) && to_month(first, month, out);
}

bool span_parse(const char *text, day today, struct span *out, struct err *err)
{
	char typed[EXCERPT_SIZE];
	struct err unused;
	day d;

	scan_blanks(&text);
	if (read_word(text, out) || read_away(text, out) ||
	    read_month_or_year(text, today, out))
		return true;
	if (*text && day_parse(text, today, &d, &unused)) {
		*out = (struct span){SPAN_DAY, d};
		return true;
	}
	excerpt(text, strlen(text), typed);
	return err_set(
		err, ERR_USAGE,
		"“%s”不是日期，可以写 2024-03-01、3月1日、2024-03、2024、"
		"今天、本周、本月、今年、7天、-30天、无",
		typed);
}

static void format_word(struct span span, bool chinese, struct buf *out)
{
	for (size_t i = 0; i < WORDS_NAMED; i++) {
		if (words[i].span.kind != span.kind ||
		    words[i].span.value != span.value)
			continue;
		buf_str(out, chinese ? words[i].label : words[i].name);
		return;
	}
}

void span_format(struct span span, bool chinese, struct buf *out)
{
	char text[11];

	switch (span.kind) {
	case SPAN_DAY:
		day_format((day)span.value, text);
		buf_str(out, text);
		return;
	case SPAN_MONTH:
		buf_printf(out, "%d-%02d", span.value / YEAR_MONTHS,
			   span.value % YEAR_MONTHS + 1);
		return;
	case SPAN_YEAR:
		buf_printf(out, "%d", span.value);
		return;
	case SPAN_AWAY:
		buf_printf(out, "%d%s", span.value, chinese ? "天" : "d");
		return;
	case SPAN_EMPTY:
	case SPAN_TODAY:
	case SPAN_THIS_WEEK:
	case SPAN_THIS_MONTH:
	case SPAN_THIS_YEAR:
		format_word(span, chinese, out);
		return;
	}
}
