#include "config/scalar.h"

#include <ctype.h>
#include <limits.h>
#include <string.h>

#include "base/clean.h"
#include "base/day.h"
#include "base/session.h"
#include "base/utf8.h"
#include "config/value.h"

/* What a reader gets: the value trimmed, and where to put it. */
struct value {
	const struct setting *setting;
	const struct node *node;
	const char *text;
	void *member;
	struct mistakes *mistakes;
};

static const char *quote(const struct value *value)
{
	return mistake_quote(value->mistakes, value->text, strlen(value->text));
}

static void wrong(const struct value *value)
{
	value_wrong(value->setting, value->node, value->mistakes);
}

/* Without blanks around, the ideographic one included. */
static const char *trimmed(struct arena *arena, const char *text, size_t len)
{
	static const char wide[] = "\u3000";
	const size_t size = sizeof(wide) - 1;

	for (;;) {
		if (len && isspace((unsigned char)*text))
			text++, len--;
		else if (len && isspace((unsigned char)text[len - 1]))
			len--;
		else if (len >= size && memcmp(text, wide, size) == 0)
			text += size, len -= size;
		else if (len >= size &&
			 memcmp(text + len - size, wide, size) == 0)
			len -= size;
		else
			return arena_str(arena, text, len);
	}
}

/* Every character can be seen; told if not. */
static bool visible(const struct setting *setting, const struct node *node,
		    struct mistakes *mistakes)
{
	const char *at = node->text, *end = at + node->len;

	while (at < end) {
		const char *start = at;

		if (clean_printable(utf8_next(&at, end)) || *start == '\n')
			continue;
		mistake_add(
			mistakes, node->at,
			"“%s”（%s）里有看不见的字符 %s，请删掉", setting->name,
			setting->word,
			mistake_quote(mistakes, start, (size_t)(at - start)));
		return false;
	}
	return true;
}

static bool length_fits(const struct value *value, size_t min, size_t max)
{
	const struct setting *setting = value->setting;
	size_t length = utf8_count(value->text);

	if (length > max)
		mistake_add(value->mistakes, value->node->at,
			    "“%s”（%s）最多 %zu 个字，这里有 %zu 个",
			    setting->name, setting->word, max, length);
	else if (length < min)
		mistake_add(value->mistakes, value->node->at,
			    "“%s”（%s）后面没有内容", setting->name,
			    setting->word);
	return length >= min && length <= max;
}

static bool one_line(const struct value *value)
{
	if (!strchr(value->text, '\n'))
		return true;
	mistake_add(value->mistakes, value->node->at, "“%s”（%s）只能写一行",
		    value->setting->name, value->setting->word);
	return false;
}

/* Add what can be chosen: intake、review */
static const char *choices(const struct value *value)
{
	struct buf list = {0};
	const struct word *word;

	for (word = value->setting->words; word->name; word++) {
		buf_str(&list, list.len ? "、" : "");
		buf_str(&list, word->name);
	}

	const char *text =
		arena_str(value->mistakes->arena, buf_text(&list), list.len);

	buf_free(&list);
	return text;
}

static const struct word *chosen(const struct value *value)
{
	const struct setting *setting = value->setting;
	const struct word *word = word_find(setting->words, value->text);
	const char *nearest;

	if (word)
		return word;
	nearest = word_nearest(setting->words, value->text);
	if (!*value->text)
		wrong(value);
	else if (nearest)
		mistake_add(value->mistakes, value->node->at,
			    "“%s”（%s）没有“%s”，是不是“%s”？可以写：%s",
			    setting->name, setting->word, quote(value), nearest,
			    choices(value));
	else
		mistake_add(value->mistakes, value->node->at,
			    "“%s”（%s）没有“%s”，可以写：%s", setting->name,
			    setting->word, quote(value), choices(value));
	return NULL;
}

static void read_text(const struct value *value)
{
	const struct setting *setting = value->setting;

	if (setting->words && *value->text && !chosen(value))
		return;
	if (one_line(value) &&
	    length_fits(value, (size_t)setting->min, (size_t)setting->max))
		memcpy(value->member, &value->text, sizeof(value->text));
}

static bool is_code(const char *text)
{
	if (!isascii(*text) || !isalnum((unsigned char)*text))
		return false;
	for (; *text; text++)
		if (!isascii(*text) || !(isalnum((unsigned char)*text) ||
					 *text == '-' || *text == '_'))
			return false;
	return true;
}

static void read_code(const struct value *value)
{
	const struct setting *setting = value->setting;

	if (!length_fits(value, 1, (size_t)setting->max))
		return;
	if (is_code(value->text))
		memcpy(value->member, &value->text, sizeof(value->text));
	else
		mistake_add(value->mistakes, value->node->at,
			    "“%s”（%s）只能用英文字母、数字、“-”和“_”，"
			    "不能是“%s”",
			    setting->name, setting->word, quote(value));
}

/* Any whole number, cut at the ends of int; false for anything else. */
static bool number(const char *text, int *out)
{
	const char *at = text, *end = text + strlen(text);
	bool minus = *at == '-';
	int value = 0;

	at += minus;
	if (at == end)
		return false;
	while (at < end) {
		char32_t cp = utf8_narrow(utf8_next(&at, end));

		if (cp < '0' || cp > '9')
			return false;
		value = value > INT_MAX / 10 - 1 ? INT_MAX
						 : value * 10 + (int)(cp - '0');
	}
	*out = minus ? -value : value;
	return true;
}

static bool number_between(const struct value *value, int min, int max,
			   int *out)
{
	if (!number(value->text, out)) {
		wrong(value);
		return false;
	}
	if (*out >= min && *out <= max)
		return true;
	mistake_add(value->mistakes, value->node->at,
		    "“%s”（%s）应在 %d 到 %d 之间，不能是“%s”",
		    value->setting->name, value->setting->word, min, max,
		    quote(value));
	return false;
}

static void read_int(const struct value *value)
{
	int n;

	if (number_between(value, value->setting->min, value->setting->max, &n))
		memcpy(value->member, &n, sizeof(n));
}

static void read_bool(const struct value *value)
{
	static const struct word words[] = {
		{"true", NULL, true}, {"false", NULL, false},
		{"yes", NULL, true},  {"no", NULL, false},
		{"on", NULL, true},   {"off", NULL, false},
		{"是", NULL, true},   {"否", NULL, false},
		{NULL, NULL, 0},
	};
	const struct word *word = word_find(words, value->text);
	bool yes = word && word->value;

	if (word)
		memcpy(value->member, &yes, sizeof(yes));
	else
		wrong(value);
}

static void read_word(const struct value *value)
{
	const struct word *word = chosen(value);

	if (word)
		memcpy(value->member, &word->value, sizeof(word->value));
}

static void read_letter(const struct value *value)
{
	const char *at = value->text;
	char32_t cp = *at ? utf8_next(&at, at + strlen(at)) : 0;
	char letter = (char)utf8_narrow(cp);
	bool digits = value->setting->type == SETTING_KEY;

	if (*at || (cp && !(utf8_narrow(cp) < 0x80 &&
			    (isalpha((unsigned char)letter) ||
			     (digits && isdigit((unsigned char)letter))))))
		wrong(value);
	else
		memcpy(value->member, &letter, sizeof(letter));
}

/* day_parse() also knows 今天, 10-4 and serial numbers: not in a file. */
static bool starts_with_year(const char *text)
{
	const char *end = text + strlen(text);

	for (int i = 0; i < 5; i++) {
		char32_t cp =
			text < end ? utf8_narrow(utf8_next(&text, end)) : 0;

		if ((cp >= '0' && cp <= '9') != (i < 4))
			return false;
	}
	return true;
}

static void read_date(const struct value *value)
{
	day d = DAY_NONE;
	struct err err;

	if (*value->text && (!starts_with_year(value->text) ||
			     !day_parse(value->text, DAY_NONE, &d, &err)))
		wrong(value);
	else
		memcpy(value->member, &d, sizeof(d));
}

static void read_session(const struct value *value)
{
	session s = 0;

	if (session_parse(value->text, &s) ||
	    (!*value->text && value->setting->fallback))
		memcpy(value->member, &s, sizeof(s));
	else
		wrong(value);
}

typedef void reader(const struct value *value);

static reader *const readers[] = {
	[SETTING_TEXT] = read_text,       [SETTING_CODE] = read_code,
	[SETTING_INT] = read_int,         [SETTING_BOOL] = read_bool,
	[SETTING_WORD] = read_word,       [SETTING_LETTER] = read_letter,
	[SETTING_KEY] = read_letter,      [SETTING_DATE] = read_date,
	[SETTING_SESSION] = read_session,
};

static bool is_text(enum setting_type type)
{
	return type == SETTING_TEXT || type == SETTING_CODE;
}

void scalar_read(const struct setting *setting, const struct node *node,
		 void *base, struct arena *arena, struct mistakes *mistakes)
{
	struct value value = {.setting = setting,
			      .node = node,
			      .text = "",
			      .member = (char *)base + setting->offset,
			      .mistakes = mistakes};

	if (node->kind != NODE_TEXT) {
		wrong(&value);
		return;
	}
	if (!visible(setting, node, mistakes))
		return;
	if (!value_is_empty(node))
		value.text = trimmed(is_text(setting->type) ? arena
							    : mistakes->arena,
				     node->text, node->len);
	readers[setting->type](&value);
}
