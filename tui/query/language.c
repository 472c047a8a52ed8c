#include "query/language.h"

#include <string.h>

#include "base/nearest.h"
#include "base/utf8.h"
#include "domain/excerpt.h"
#include "domain/workflow.h"
#include "query/parser.h"

bool parser_wrong(struct parser *parser, const char *at)
{
	parser->wrong = at;
	return false;
}

bool parser_full(struct parser *parser, const char *at)
{
	err_set(parser->err, ERR_USAGE, "条件太多了，请少写几个%s",
		parser->term->label);
	return parser_wrong(parser, at);
}

/* The sign behind a name, blanks allowed between; NULL if there is none. */
static const char *sign_behind(const char *name, size_t len,
			       enum compare *compare, bool *no, size_t *bytes)
{
	const char *at = name + len;

	while (lex_blank(at))
		at += lex_blank(at);
	*bytes = lex_sign(at, compare, no);
	/* Far from an unknown word it is the beginning of something else. */
	if (!*bytes || (at != name + len && !term_find(name, len)))
		return NULL;
	return at;
}

bool parser_condition(const char *at)
{
	enum compare compare;
	size_t len, bytes;
	bool no;

	while (lex_not(at))
		at += lex_not(at);
	len = lex_name(at);
	return len && term_find(at, len) &&
	       sign_behind(at, len, &compare, &no, &bytes);
}

bool parser_first(struct parser *parser)
{
	const char *at = parser->at;

	while (lex_blank(at) || lex_comma(at))
		at += lex_blank(at) + lex_comma(at);
	if (!*at || parser_condition(at))
		return false;
	parser->at = at;
	return true;
}

bool parser_next(struct parser *parser)
{
	const char *at = parser->at;
	bool comma = false;

	while (lex_blank(at) || lex_comma(at)) {
		comma = comma || lex_comma(at);
		at += lex_blank(at) + lex_comma(at);
	}
	if (!comma)
		return false;
	parser->at = at;
	return *at && !parser_condition(at);
}

static bool too_long(struct parser *parser, const char *from)
{
	err_set(parser->err, ERR_USAGE,
		"要找的文字太长，合起来不超过 %u 个字节", FILTER_TEXT - 1);
	return parser_wrong(parser, from);
}

static bool no_values(struct parser *parser, const char *choices)
{
	err_set(parser->err, ERR_USAGE, "“%s”后面要写%s", parser->term->label,
		choices);
	return parser_wrong(parser, parser->values);
}

/* What is quoted, or else up to a blank. */
static bool parse_quoted(struct parser *parser)
{
	const char *from = parser->at;
	struct buf text = {0};

	lex_text(&parser->at, &text);
	bool fits = filter_add_text(parser->filter, buf_text(&text), text.len,
				    parser->no);
	buf_free(&text);
	return fits ? true : too_long(parser, from);
}

static bool parse_text(struct parser *parser)
{
	if (!parser_first(parser))
		return no_values(parser, "找什么，有空格的加引号");
	return parse_quoted(parser);
}

static bool parse_merged(struct parser *parser)
{
	static const char *const yes[] = {"是", "yes", "true", "1"};
	static const char *const no[] = {"否", "no", "false", "0"};
	struct buf text = {0};
	const char *from;
	int answer = -1;

	if (!parser_first(parser))
		return no_values(parser, "是或否");
	from = parser->at;
	lex_value(&parser->at, &text);
	for (size_t i = 0; i < sizeof(yes) / sizeof(*yes); i++) {
		if (strcmp(buf_text(&text), yes[i]) == 0)
			answer = !parser->no;
		if (strcmp(buf_text(&text), no[i]) == 0)
			answer = parser->no;
	}
	buf_free(&text);
	if (answer < 0) {
		no_values(parser, "是或否");
		return parser_wrong(parser, from);
	}
	parser->filter->merged = answer ? FLAG_YES : FLAG_NO;
	return true;
}

/* A name, a sign, and what follows. */
static bool parse_values(struct parser *parser)
{
	const struct term *term = parser->term;

	if (parser->compare != COMPARE_EQUAL && !term_compares(term)) {
		err_set(parser->err, ERR_USAGE, "“%s”只能用 = 或 !=，例如 %s",
			term->label, term->example);
		return parser_wrong(parser, parser->at);
	}
	switch (term->kind) {
	case TERM_FACET:
	case TERM_DUE:
		return parser_facet(parser, (enum facet)term->which);
	case TERM_DAYS:
		return parser_days(parser);
	case TERM_NUMBERS:
		return parser_numbers(parser);
	case TERM_PERSON:
		return parser_people(parser);
	case TERM_TEXT:
		return parse_text(parser);
	case TERM_MERGED:
		return parse_merged(parser);
	case TERM_LATE:
	case TERM_MARKED:
		break;
	}
	err_set(parser->err, ERR_USAGE, "“%s”单独写，后面不加 =", term->label);
	return parser_wrong(parser, parser->at);
}

static const char *name_meant(const char *typed)
{
	const char *meant = NULL;
	struct nearest nearest;

	nearest_begin(&nearest, typed);
	for (size_t i = 0; i < term_count && !term_alone(&terms[i]); i++) {
		if (nearest_try(&nearest, terms[i].name))
			meant = terms[i].name;
		if (nearest_try(&nearest, terms[i].label))
			meant = terms[i].label;
	}
	return meant;
}

static bool unknown_name(struct parser *parser, const char *name, size_t len)
{
	char typed[EXCERPT_SIZE], word[EXCERPT_SIZE];
	struct buf names = {0};
	const char *meant;

	excerpt(name, len, typed);
	excerpt(name, lex_bare(name), word);
	meant = name_meant(typed);
	for (size_t i = 0; i < term_count; i++)
		if (!term_alone(&terms[i]))
			buf_printf(&names, "%s=（%s）", terms[i].name,
				   terms[i].label);
	err_set(parser->err, ERR_USAGE,
		"看不懂条件“%s”，%s%s%s要找这些字请加引号；可用：%s", word,
		meant ? "是不是“" : "", meant ? meant : "", meant ? "”？" : "",
		buf_text(&names));
	buf_free(&names);
	return parser_wrong(parser, name);
}

static bool parse_alone(struct parser *parser, const struct term *term)
{
	struct filter *filter = parser->filter;

	parser->term = term;
	if (term->kind == TERM_LATE) {
		filter_choose(filter, FACET_DUE, (size_t)term->which,
			      parser->no);
		return true;
	}
	if (!parser->language->screen) {
		err_set(parser->err, ERR_USAGE,
			"“%s”只有在界面上才有，这里用不了", term->label);
		return parser_wrong(parser, parser->at);
	}
	filter->marked = parser->no ? FLAG_NO : FLAG_YES;
	return true;
}

/* A word without a sign: it stands alone, or it is to be found. */
static bool parse_word(struct parser *parser, size_t len)
{
	const struct term *term = term_find(parser->at, len);

	if (!term || !term_alone(term))
		return parse_quoted(parser);
	if (!parse_alone(parser, term))
		return false;
	parser->at += len;
	return true;
}

static bool parse_term(struct parser *parser)
{
	const char *name = parser->at, *sign;
	size_t len = lex_name(name), bytes;
	bool no = false;

	sign = sign_behind(name, len, &parser->compare, &no, &bytes);
	if (!sign)
		return parse_word(parser, lex_bare(name));
	parser->term = term_find(name, len);
	if (!parser->term)
		return unknown_name(parser, name, len);
	parser->no ^= no;
	parser->at = sign;
	if (term_alone(parser->term) ||
	    (parser->compare != COMPARE_EQUAL && !term_compares(parser->term)))
		return parse_values(parser);
	parser->at = parser->values = sign + bytes;
	return parse_values(parser);
}

static bool parse_next(struct parser *parser)
{
	const char *from = parser->at;

	parser->no = false;
	while (lex_not(parser->at)) {
		parser->no = !parser->no;
		parser->at += lex_not(parser->at);
	}
	if (parser->at != from && (!*parser->at || lex_blank(parser->at))) {
		err_set(parser->err, ERR_USAGE,
			"“!”后面紧接着写条件，例如 !结果=A");
		return parser_wrong(parser, from);
	}
	return lex_quote(parser->at) ? parse_quoted(parser)
				     : parse_term(parser);
}

/* Counted as people count, from 1. */
static size_t character_of(const char *text, const char *at)
{
	size_t count = 1;

	while (text < at) {
		utf8_next(&text, at);
		count++;
	}
	return count;
}

/* False at a byte that is no character: it could be found inside of one. */
static bool check_bytes(struct parser *parser)
{
	const char *at = parser->at, *end = at + strlen(at);

	while (at < end) {
		const char *from = at;

		if (utf8_next(&at, end) != UTF8_INVALID)
			continue;
		err_set(parser->err, ERR_USAGE,
			"条件里有不成文字的字节，请用 UTF-8 编码");
		return parser_wrong(parser, from);
	}
	return true;
}

static bool parse_all(struct parser *parser)
{
	if (!check_bytes(parser))
		return false;
	for (;;) {
		while (lex_blank(parser->at))
			parser->at += lex_blank(parser->at);
		if (!*parser->at)
			return true;
		if (!parse_next(parser))
			return false;
	}
}

bool filter_parse(struct filter *filter, const struct language *language,
		  const char *text, size_t *at, struct err *err)
{
	struct filter next = *filter;
	struct parser parser = {
		.language = language,
		.filter = &next,
		.err = err,
		.at = text,
	};

	if (parse_all(&parser)) {
		*filter = next;
		return true;
	}
	if (at)
		*at = (size_t)(parser.wrong - text);
	return err_in(err, "第 %zu 字", character_of(text, parser.wrong));
}
