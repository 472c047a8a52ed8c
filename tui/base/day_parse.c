#include "base/day.h"

#include <string.h>

#include "base/clean.h"
#include "base/numeral.h"
#include "base/scan.h"
#include "base/utf8.h"

enum { SERIAL_FIRST = 20000, SERIAL_LAST = 65535, QUOTED = 60 };

struct parts {
	uint32_t year, month, mday;
};

static bool is_digit(char32_t cp)
{
	return cp >= U'0' && cp <= U'9';
}

static bool two_digits(const char **at, unsigned *value)
{
	*value = 0;
	for (int i = 0; i < 2; i++) {
		if (!is_digit(scan_peek(*at)))
			return false;
		*value = *value * 10 + (scan_next(at) - U'0');
	}
	return true;
}

/* 9 or 09. */
static bool hour_digits(const char **at, unsigned *value)
{
	const char *next = *at;

	if (two_digits(&next, value)) {
		*at = next;
		return true;
	}
	if (!is_digit(scan_peek(*at)))
		return false;
	*value = scan_next(at) - U'0';
	return true;
}

/* Z, +08:00, +0800, +08 or nothing. */
static bool skip_zone(const char **at)
{
	unsigned hour, minute;

	if (scan_char(at, U'Z'))
		return true;
	if (!scan_char(at, U'+') && !scan_char(at, U'-'))
		return true;
	if (!two_digits(at, &hour) || hour > 14)
		return false;
	if (!scan_char(at, U':') && !is_digit(scan_peek(*at)))
		return true;
	return two_digits(at, &minute) && minute < 60;
}

/* 9:30, 09:30:00, 09:30:00.000, 093000, with a zone or without. */
static bool skip_time(const char **at)
{
	unsigned hour, minute, second;

	if (!hour_digits(at, &hour) || hour > 24)
		return false;
	bool colon = scan_char(at, U':');
	if (!two_digits(at, &minute) || minute > 59)
		return false;
	if (colon ? scan_char(at, U':') : is_digit(scan_peek(*at))) {
		if (!two_digits(at, &second) || second > 60)
			return false;
		if (scan_char(at, U'.') || scan_char(at, U','))
			while (is_digit(scan_peek(*at)))
				scan_next(at);
	}
	return skip_zone(at);
}

/* Nothing but blanks, or a time. */
static bool at_end(const char *at)
{
	bool time = scan_char(&at, U'T') || scan_char(&at, U't');

	scan_blanks(&at);
	if (!*at)
		return !time;
	if (!skip_time(&at))
		return false;
	scan_blanks(&at);
	return !*at;
}

static bool part(const char **at, uint32_t *value)
{
	scan_blanks(at);
	return numeral_next(at, value);
}

static bool word(const char **at, const char *text)
{
	const char *next = *at;

	scan_blanks(&next);
	if (!scan_word(&next, text))
		return false;
	*at = next;
	return true;
}

/* Behind the first number of 2024年10月4日 and 10月4日. */
static bool in_words(const char **at, uint32_t first, struct parts *p)
{
	p->month = first;
	if (word(at, "年")) {
		p->year = first;
		if (!part(at, &p->month))
			return false;
	}
	if (!word(at, "月") || !part(at, &p->mday))
		return false;
	if (!word(at, "日"))
		word(at, "号");
	return true;
}

/* Behind the first number of 2024-10-04 and 10-4: one sign throughout. */
static bool in_signs(const char **at, uint32_t first, struct parts *p)
{
	char32_t sign = scan_peek(*at);

	if (sign != U'-' && sign != U'/' && sign != U'.')
		return false;
	scan_next(at);
	p->month = first;
	if (!part(at, &p->mday))
		return false;
	if (!scan_char(at, sign))
		return true;
	p->year = first;
	p->month = p->mday;
	return part(at, &p->mday);
}

/* Without any sign: 20241004, or a spreadsheet's serial number. */
static day one_number(uint32_t n)
{
	/* A spreadsheet believes in 1900-02-29, so it is one ahead. */
	if (n >= SERIAL_FIRST && n <= SERIAL_LAST)
		return (day)(n - 1);
	return day_make((int)(n / 10000), (int)(n / 100 % 100), (int)(n % 100));
}

static day read_day(const char *at, day today)
{
	uint32_t first;

	if (scan_word(&at, "今天") || scan_word(&at, "今日"))
		return at_end(at) ? today : DAY_NONE;
	if (!numeral_next(&at, &first))
		return DAY_NONE;
	if (at_end(at))
		return one_number(first);

	int year, month, mday;
	day_split(today, &year, &month, &mday);
	struct parts p = {.year = (uint32_t)year};
	const char *words = at;
	if (in_words(&words, first, &p))
		at = words;
	else if (!in_signs(&at, first, &p))
		return DAY_NONE;
	if (!at_end(at))
		return DAY_NONE;
	return day_make((int)p.year, (int)p.month, (int)p.mday);
}

static bool refuse(const char *text, struct err *err)
{
	struct buf shown = {0};
	size_t len = strnlen(text, QUOTED + 1);

	clean_line(&shown, text, len > QUOTED ? utf8_cut(text, QUOTED) : len);
	err_set(err, ERR_USAGE,
		"“%s%s”不是有效的日期，请写成 2024-10-04 的样子",
		buf_text(&shown), len > QUOTED ? "…" : "");
	buf_free(&shown);
	return false;
}

bool day_parse(const char *text, day today, day *out, struct err *err)
{
	const char *at = text;

	*out = DAY_NONE;
	scan_blanks(&at);
	if (!*at)
		return true;
	*out = read_day(at, today);
	if (*out != DAY_NONE)
		return true;

	return refuse(at, err);
}
