/*
 * The values of facets in the language of conditions.
 */
#include <string.h>
#include <strings.h>

#include "base/nearest.h"
#include "domain/excerpt.h"
#include "domain/workflow.h"
#include "query/facet.h"
#include "query/parser.h"

/* Longer texts are no values. */
enum { PIECE_MAX = 256, CHOICES_SHOWN = 24 };

static bool means_empty(const char *text)
{
	return strcasecmp(text, "none") == 0 || strcmp(text, "无") == 0;
}

int value_named(const struct catalog *catalog, enum facet facet,
		const char *text)
{
	int value = catalog_match(catalog, facet, text);
	uint16_t empty;

	if (value >= 0 || !means_empty(text))
		return value;
	if (facet == FACET_DUE)
		return LATE_NONE;
	empty = catalog_code(catalog, facet, "");
	return empty == NO_VALUE ? -1 : empty;
}

/* The value that was probably meant, or NULL. */
static const char *value_meant(const struct facet_values *values,
			       const char *typed)
{
	const char *meant = NULL;
	struct nearest nearest;

	nearest_begin(&nearest, typed);
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

static const char *thing(const struct parser *parser)
{
	if (parser->term->kind == TERM_DUE)
		return "期限（也可以写日期、7天）";
	return parser->term->which == FACET_UNIT ? "单位" : parser->term->label;
}

static bool no_value(struct parser *parser, enum facet facet)
{
	const struct facet_values *values =
		&parser->language->catalog->facets[facet];
	struct buf choices = {0};
	const char *near, *at = parser->at;
	char typed[EXCERPT_SIZE];
	struct buf text = {0};

	lex_value(&at, &text);
	excerpt(buf_text(&text), text.len, typed);
	buf_free(&text);
	near = value_meant(values, typed);
	add_choices(values, &choices);
	err_set(parser->err, ERR_USAGE, "没有“%s”这个%s，%s%s%s可选：%s", typed,
		thing(parser), near ? "是不是“" : "", near ? near : "",
		near ? "”？" : "", buf_text(&choices));
	buf_free(&choices);
	return parser_wrong(parser, parser->at);
}

static bool no_values(struct parser *parser, enum facet facet)
{
	struct buf choices = {0};

	add_choices(&parser->language->catalog->facets[facet], &choices);
	err_set(parser->err, ERR_USAGE, "“%s=”后面要写%s，可选：%s",
		parser->term->name, thing(parser), buf_text(&choices));
	buf_free(&choices);
	return parser_wrong(parser, parser->values);
}

/*
 * The longest text before a comma that is a value, since a label may itself
 * hold one: 城乡建设、环保. The bytes of it, 0 when nothing fits.
 */
static size_t longest(const struct catalog *catalog, enum facet facet,
		      const char *text, int *value)
{
	char piece[PIECE_MAX];
	size_t found = 0, bare = lex_bare(text);

	for (size_t len = 1; len <= bare && len < PIECE_MAX; len++) {
		int match;

		if (len < bare && !lex_comma(text + len))
			continue;
		memcpy(piece, text, len);
		piece[len] = '\0';
		match = value_named(catalog, facet, piece);
		if (match >= 0) {
			found = len;
			*value = match;
		}
	}
	return found;
}

/* The bytes of the value at parser->at; what is in "" is one as a whole. */
static size_t value_at(const struct parser *parser, enum facet facet,
		       int *value)
{
	const struct catalog *catalog = parser->language->catalog;
	const char *at = parser->at;
	struct buf text = {0};

	if (!lex_quote(at))
		return longest(catalog, facet, at, value);
	lex_text(&at, &text);
	*value = value_named(catalog, facet, buf_text(&text));
	buf_free(&text);
	return *value < 0 ? 0 : (size_t)(at - parser->at);
}

/* A date, where the facet is 期限 and the text looks like one. */
static bool is_day(const struct parser *parser)
{
	const char *at = parser->at;
	struct buf text = {0};
	struct span span;
	struct err unused;

	if (parser->term->kind != TERM_DUE)
		return false;
	lex_value(&at, &text);
	bool is = span_parse(buf_text(&text), parser->language->today, &span,
			     &unused);
	buf_free(&text);
	return is;
}

static bool add_value(struct parser *parser, enum facet facet)
{
	int value = -1;
	size_t len = value_at(parser, facet, &value);

	if (len) {
		filter_choose(parser->filter, facet, (size_t)value, parser->no);
		parser->at += len;
		return true;
	}
	if (is_day(parser))
		return parser_day(parser);
	return no_value(parser, facet);
}

bool parser_facet(struct parser *parser, enum facet facet)
{
	if (parser->compare != COMPARE_EQUAL)
		return parser_days(parser);
	if (!parser_first(parser))
		return no_values(parser, facet);
	do {
		if (!add_value(parser, facet))
			return false;
	} while (parser_next(parser));
	return true;
}
