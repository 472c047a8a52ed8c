#include "base/numeral.h"

#include <stdio.h>

#include "base/scan.h"

#define VALUE_MAX 99999999u

enum kind {
	KIND_NONE,
	KIND_DIGIT, /* 0 to 9 */
	KIND_TENS,  /* 廿: two and ten in one character */
	KIND_UNIT,  /* 十 百 千 */
	KIND_WAN,   /* 万 */
	KIND_LARGE, /* 亿: more than there may be */
};

struct sign {
	char32_t cp;
	enum kind kind;
	uint32_t value;
};

/* clang-format off */
static const struct sign signs[] = {
	{U'〇', KIND_DIGIT, 0}, {U'零', KIND_DIGIT, 0},
	{U'○', KIND_DIGIT, 0},  {U'一', KIND_DIGIT, 1},
	{U'二', KIND_DIGIT, 2}, {U'两', KIND_DIGIT, 2},
	{U'三', KIND_DIGIT, 3}, {U'四', KIND_DIGIT, 4},
	{U'五', KIND_DIGIT, 5}, {U'六', KIND_DIGIT, 6},
	{U'七', KIND_DIGIT, 7}, {U'八', KIND_DIGIT, 8},
	{U'九', KIND_DIGIT, 9}, {U'壹', KIND_DIGIT, 1},
	{U'贰', KIND_DIGIT, 2}, {U'兩', KIND_DIGIT, 2},
	{U'叁', KIND_DIGIT, 3}, {U'肆', KIND_DIGIT, 4},
	{U'伍', KIND_DIGIT, 5}, {U'陆', KIND_DIGIT, 6},
	{U'柒', KIND_DIGIT, 7}, {U'捌', KIND_DIGIT, 8},
	{U'玖', KIND_DIGIT, 9}, {U'十', KIND_UNIT, 10},
	{U'拾', KIND_UNIT, 10}, {U'百', KIND_UNIT, 100},
	{U'佰', KIND_UNIT, 100}, {U'千', KIND_UNIT, 1000},
	{U'仟', KIND_UNIT, 1000}, {U'廿', KIND_TENS, 20},
	{U'卅', KIND_TENS, 30}, {U'卌', KIND_TENS, 40},
	{U'万', KIND_WAN, 10000}, {U'萬', KIND_WAN, 10000},
	{U'亿', KIND_LARGE, 0}, {U'億', KIND_LARGE, 0},
};
/* clang-format on */

static const struct sign *sign_of(char32_t cp)
{
	static const struct sign none = {0, KIND_NONE, 0};

	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (signs[i].cp == cp)
			return &signs[i];
	return &none;
}

static bool is_digit(char32_t cp)
{
	return cp >= U'0' && cp <= U'9';
}

/* Digits side by side: 173, 一七三. */
static bool add_digit(uint32_t *value, uint32_t digit)
{
	*value = *value * 10 + digit;
	return *value <= VALUE_MAX;
}

/* What has been read of a number with units in it. */
struct counting {
	uint32_t total;   /* of 万 */
	uint32_t section; /* below 万 */
	uint32_t digit;   /* read and waiting for its unit, or 0 */
	uint32_t unit;    /* the last one; the next must be smaller */
	bool gap;         /* a 零 stands before what comes */
	bool wan;
};

static bool count_unit(struct counting *c, uint32_t unit)
{
	bool bare = !c->digit;

	if (unit >= c->unit || (bare && unit != 10))
		return false;
	c->section += (bare ? 1 : c->digit) * unit;
	c->unit = unit;
	c->digit = 0;
	c->gap = false;
	return true;
}

/* A last digit: 一百零五 is 105, but 一百五 is 150. */
static bool count_rest(struct counting *c)
{
	if (c->gap && !c->digit)
		return false;
	c->section += c->digit * (c->gap ? 1 : c->unit / 10);
	c->digit = 0;
	c->gap = false;
	return true;
}

static bool count_wan(struct counting *c)
{
	if (c->wan)
		return false;
	if (c->unit == 10000) { /* no smaller unit before it: 三万 */
		c->section = c->digit;
		c->digit = 0;
	} else if (!count_rest(c)) {
		return false;
	}
	c->total = c->section * 10000;
	c->section = 0;
	c->unit = 10000;
	c->wan = true;
	return c->total > 0;
}

static bool count_digit(struct counting *c, uint32_t digit)
{
	bool begun = c->unit < 10000 || c->wan;

	if (c->digit || (!digit && (c->gap || !begun)))
		return false;
	c->digit = digit;
	c->gap = c->gap || !digit;
	return true;
}

static bool count_sign(struct counting *c, const struct sign *sign)
{
	switch (sign->kind) {
	case KIND_DIGIT:
		return count_digit(c, sign->value);
	case KIND_TENS:
		return count_digit(c, sign->value / 10) && count_unit(c, 10);
	case KIND_UNIT:
		return count_unit(c, sign->value);
	case KIND_WAN:
		return count_wan(c);
	case KIND_NONE:
	case KIND_LARGE:
		break;
	}
	return false;
}

/*
 * A run of these characters is one number or none: to stop where it ceases
 * to make sense would turn 三十四五 into 34.
 */
static bool read_chinese(const char **at, uint32_t *value)
{
	struct counting c = {.unit = 10000};
	const struct sign *sign;
	bool counts = true, plain = true;
	uint32_t side_by_side = 0;

	while ((sign = sign_of(scan_peek(*at)))->kind != KIND_NONE) {
		scan_next(at);
		plain = plain && sign->kind == KIND_DIGIT &&
			add_digit(&side_by_side, sign->value);
		counts = counts && count_sign(&c, sign);
	}
	if (plain)
		*value = side_by_side;
	else if (counts && count_rest(&c))
		*value = c.total + c.section;
	else
		return false;
	return !is_digit(scan_peek(*at));
}

static bool read_digits(const char **at, uint32_t *value)
{
	*value = 0;
	while (is_digit(scan_peek(*at)))
		if (!add_digit(value, scan_next(at) - U'0'))
			return false;
	return sign_of(scan_peek(*at))->kind == KIND_NONE;
}

bool numeral_next(const char **at, uint32_t *value)
{
	const char *next = *at;
	char32_t first = scan_peek(next);
	uint32_t found;

	if (is_digit(first)) {
		if (!read_digits(&next, &found))
			return false;
	} else if (sign_of(first)->kind == KIND_NONE ||
		   !read_chinese(&next, &found)) {
		return false;
	}
	*at = next;
	*value = found;
	return true;
}

void numeral_chinese(uint32_t value, char out[10])
{
	static const char *const digits[] = {"零", "一", "二", "三", "四",
					     "五", "六", "七", "八", "九"};
	uint32_t tens = value / 10, ones = value % 10;

	if (value > 99)
		snprintf(out, 10, "%u", value > 999999999 ? 999999999 : value);
	else
		snprintf(out, 10, "%s%s%s", tens > 1 ? digits[tens] : "",
			 tens ? "十" : "", ones || !tens ? digits[ones] : "");
}
