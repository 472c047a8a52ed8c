/*
 * The filter language: name=value,value.
 */
#include <string.h>
#include <strings.h>

#include "base/nearest.h"
#include "domain/excerpt.h"
#include "domain/workflow.h"
#include "query/facet.h"
#include "query/filter.h"

enum { PIECE_MAX = FILTER_TEXT, CHOICES_SHOWN = 24 };

/* Bytes of the separator at `at`, 0 when there is none. */
static size_t one_of(const char *at, const char *const *separators)
{
	for (; *separators; separators++) {
		size_t len = strlen(*separators);

		if (strncmp(at, *separators, len) == 0)
			return len;
	}
	return 0;
}

static size_t comma(const char *at)
{
	static const char *const commas[] = {",", "，", ";", "；", "、", NULL};

	return one_of(at, commas);
}

static size_t equals(const char *at)
{
	static const char *const signs[] = {"=", "＝", NULL};

	return one_of(at, signs);
}

static size_t blank(const char *at)
{
	static const char *const blanks[] = {" ", "\t", "　", NULL};

	return one_of(at, blanks);
}

/* Copies what is between blanks; false when that is nothing or too much. */
static bool piece_copy(const char *text, size_t len, char out[PIECE_MAX])
{
	const char *end = text + len, *last;
	size_t step;

	while (text < end && (step = blank(text)))
		text += step;
	last = text;
	for (const char *at = text; at < end; at += step ? step : 1) {
		step = blank(at);
		if (!step)
			last = at + 1;
	}
	len = (size_t)(last - text);
	if (len == 0 || len >= PIECE_MAX)
		return false;
	memcpy(out, text, len);
	out[len] = '\0';
	return true;
}

static bool means_empty(const char *piece)
{
	return strcasecmp(piece, "none") == 0 || strcmp(piece, "无") == 0;
}

static int value_named(const struct catalog *catalog, enum facet facet,
		       const char *piece)
{
	int value = catalog_match(catalog, facet, piece);
	uint16_t empty;

	if (value >= 0 || !means_empty(piece))
		return value;
	if (facet == FACET_DUE)
		return LATE_NONE;
	empty = catalog_code(catalog, facet, "");
	return empty == NO_VALUE ? -1 : empty;
}

/* The value that was probably meant, or NULL. */
static const char *value_meant(const struct facet_values *values,
			       const char *piece)
{
	const char *meant = NULL;
	struct nearest nearest;

	nearest_begin(&nearest, piece);
	for (size_t i = 0; i < values->count; i++) {
		const struct facet_value *value = &values->items[i];

		if (*value->code && (nearest_try(&nearest, value->label) ||
				     nearest_try(&nearest, value->code)))
			meant = value->label;
	}
	return meant;
}

static void add_choices(const struct facet_values *values, struct buf *out)
{
	size_t shown = 0;

	for (size_t i = 0; i < values->count && shown < CHOICES_SHOWN; i++) {
		if (!*values->items[i].code)
			continue;
		buf_printf(out, "%s%s", shown ? "、" : "",
			   values->items[i].label);
		shown++;
	}
	if (values->count > CHOICES_SHOWN + 1)
		buf_printf(out, "等 %zu 项", values->count);
}

static const char *facet_thing(enum facet facet)
{
	return facet == FACET_UNIT ? "单位" : facet_label(facet);
}

static bool no_value(const struct catalog *catalog, enum facet facet,
		     const char *text, size_t len, struct err *err)
{
	const struct facet_values *values = &catalog->facets[facet];
	struct buf choices = {0};
	char typed[EXCERPT_SIZE];
	const char *near;

	excerpt(text, len, typed);
	near = value_meant(values, typed);
	add_choices(values, &choices);
	err_set(err, ERR_USAGE, "没有“%s”这个%s，%s%s%s可选：%s", typed,
		facet_thing(facet), near ? "是不是“" : "", near ? near : "",
		near ? "”？" : "", buf_text(&choices));
	buf_free(&choices);
	return false;
}

static bool no_values(const struct catalog *catalog, enum facet facet,
		      struct err *err)
{
	struct buf choices = {0};

	add_choices(&catalog->facets[facet], &choices);
	err_set(err, ERR_USAGE, "“%s=”后面要写%s，可选：%s", facet_name(facet),
		facet_thing(facet), buf_text(&choices));
	buf_free(&choices);
	return false;
}

/*
 * The longest text before a comma that is a value, since a label may itself
 * hold one: 城乡建设、环保. The bytes of it, 0 when nothing fits.
 */
static size_t longest(const struct catalog *catalog, enum facet facet,
		      const char *text, int *value)
{
	char piece[PIECE_MAX];
	size_t found = 0;

	for (size_t len = 0; len < PIECE_MAX; len++) {
		int match;

		if (text[len] && !comma(text + len))
			continue;
		/* It begins with no blank and is short enough. */
		piece_copy(text, len, piece);
		match = value_named(catalog, facet, piece);
		if (match >= 0) {
			found = len;
			*value = match;
		}
		if (!text[len])
			break;
	}
	return found;
}

static size_t until_comma(const char *text)
{
	size_t len = 0;

	while (text[len] && !comma(text + len))
		len++;
	return len;
}

static bool add_values(struct filter *filter, const struct catalog *catalog,
		       enum facet facet, const char *text, struct err *err)
{
	size_t count = 0;

	while (*text) {
		size_t gap = comma(text) ? comma(text) : blank(text), len;
		int value = 0;

		if (gap) {
			text += gap;
			continue;
		}
		len = longest(catalog, facet, text, &value);
		if (!len)
			return no_value(catalog, facet, text, until_comma(text),
					err);
		if (!filter_has(filter, facet, (size_t)value))
			filter_toggle(filter, facet, (size_t)value);
		text += len;
		count++;
	}
	return count ? true : no_values(catalog, facet, err);
}

static bool set_text(struct filter *filter, const char *text, struct err *err)
{
	char piece[PIECE_MAX];

	if (!piece_copy(text, strlen(text), piece))
		return err_set(err, ERR_USAGE,
			       "“text=”后面要写找什么，不超过 %zu 个字节",
			       sizeof(filter->text) - 1);
	memcpy(filter->text, piece, sizeof(filter->text));
	return true;
}

/* 逾期 and 临期 stand alone. */
static bool lateness_word(struct filter *filter, const char *word)
{
	for (int i = LATE_OVERDUE; i <= LATE_SOON; i++) {
		if (strcasecmp(word, lateness_name((enum lateness)i)) != 0 &&
		    strcmp(word, lateness_label((enum lateness)i)) != 0)
			continue;
		if (!filter_has(filter, FACET_DUE, (size_t)i))
			filter_toggle(filter, FACET_DUE, (size_t)i);
		return true;
	}
	return false;
}

static bool no_facet(const char *word, struct err *err)
{
	struct buf choices = {0};
	char typed[EXCERPT_SIZE];

	excerpt(word, strlen(word), typed);
	for (int f = 0; f < FACET_COUNT; f++)
		buf_printf(&choices, "%s=（%s）、", facet_name((enum facet)f),
			   facet_label((enum facet)f));
	err_set(err, ERR_USAGE,
		"看不懂筛选条件“%s”，可用：%stext=（文字）、overdue（逾期）、"
		"soon（临期），例如 状态=办理中",
		typed, buf_text(&choices));
	buf_free(&choices);
	return false;
}

bool filter_word(struct filter *filter, const struct catalog *catalog,
		 const char *word, struct err *err)
{
	size_t len = 0;
	char name[PIECE_MAX];
	enum facet facet;

	while (word[len] && !equals(word + len))
		len++;
	if (!piece_copy(word, len, name))
		return no_facet(word, err);
	if (!word[len])
		return lateness_word(filter, name) ? true : no_facet(word, err);

	const char *values = word + len + equals(word + len);
	if (strcasecmp(name, "text") == 0 || strcmp(name, "文字") == 0)
		return set_text(filter, values, err);
	if (!facet_find(name, &facet))
		return no_facet(word, err);

	struct filter next = *filter;
	if (!add_values(&next, catalog, facet, values, err))
		return false;
	*filter = next;
	return true;
}
