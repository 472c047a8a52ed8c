/*
 * Days, numbers and people in the language of conditions.
 */
#include <string.h>

#include "base/nearest.h"
#include "domain/excerpt.h"
#include "domain/number.h"
#include "query/parser.h"
#include "query/people.h"

static bool no_values(struct parser *parser)
{
	err_set(parser->err, ERR_USAGE, "“%s”后面要写%s，例如 %s",
		parser->term->label,
		parser->term->kind == TERM_NUMBERS  ? "编号"
		: parser->term->kind == TERM_PERSON ? "人的帐号"
						    : "日期",
		parser->term->example);
	return parser_wrong(parser, parser->values);
}

/* --- Days --- */

static bool span_at(struct parser *parser, struct span *out)
{
	const char *from = parser->at;
	struct buf text = {0};

	lex_value(&parser->at, &text);
	bool ok = span_parse(buf_text(&text), parser->language->today, out,
			     parser->err);
	buf_free(&text);
	return ok ? true : parser_wrong(parser, from);
}

bool parser_day(struct parser *parser)
{
	const char *from = parser->at;
	struct span span;

	if (!span_at(parser, &span))
		return false;
	if (span.kind == SPAN_EMPTY && parser->compare != COMPARE_EQUAL) {
		err_set(parser->err, ERR_USAGE, "“无”前面只能用 = 或 !=");
		return parser_wrong(parser, from);
	}
	struct filter_days days = {
		.date = (uint8_t)(parser->term->kind == TERM_DUE
					  ? FILTER_DUE
					  : parser->term->which),
		.compare = (uint8_t)parser->compare,
		.no = parser->no,
		.span = (uint8_t)span.kind,
		.value = span.value,
	};
	return filter_add_days(parser->filter, days)
		       ? true
		       : parser_full(parser, from);
}

bool parser_days(struct parser *parser)
{
	if (!parser_first(parser))
		return no_values(parser);
	do {
		if (!parser_day(parser))
			return false;
		if (parser->compare == COMPARE_EQUAL)
			continue;
		if (!lex_comma(parser->at))
			return true;
		err_set(parser->err, ERR_USAGE,
			"比大小只能写一个日期，几个日期用 =");
		return parser_wrong(parser, parser->at);
	} while (parser_next(parser));
	return true;
}

/* --- Numbers --- */

/* A session that no number names stands for all: 99-31. */
static session any_session(void)
{
	return session_make(SESSION_TERM_MAX, SESSION_MEETING_MAX);
}

static struct filter_numbers numbers_of(const struct number_range *range,
					bool no)
{
	bool any = key_session(range->first) == any_session();

	return (struct filter_numbers){
		any ? key_number(range->first) : range->first,
		any ? key_number(range->last) : range->last,
		no,
	};
}

static bool add_numbers(struct parser *parser, const char *from,
			const struct numbers *numbers)
{
	for (size_t i = 0; i < numbers->count; i++)
		if (!filter_add_numbers(
			    parser->filter,
			    numbers_of(&numbers->items[i], parser->no)))
			return parser_full(parser, from);
	return true;
}

bool parser_numbers(struct parser *parser)
{
	struct numbers numbers;
	struct arena arena = {0};
	struct buf list = {0};
	const char *from;

	if (!parser_first(parser))
		return no_values(parser);
	from = parser->at;
	do {
		lex_value(&parser->at, &list);
		buf_str(&list, "、");
	} while (parser_next(parser));
	bool ok = number_list(buf_text(&list), any_session(), &arena, &numbers,
			      parser->err)
			  ? add_numbers(parser, from, &numbers)
			  : parser_wrong(parser, from);
	buf_free(&list);
	arena_free(&arena);
	return ok;
}

/* --- People --- */

static bool no_person(struct parser *parser, const struct people *people,
		      const char *name)
{
	char typed[EXCERPT_SIZE];
	const char *near = NULL;
	struct buf known = {0};
	struct nearest nearest;

	excerpt(name, strlen(name), typed);
	nearest_begin(&nearest, typed);
	for (size_t i = 0; i < people->count; i++) {
		if (nearest_try(&nearest, people->names[i]))
			near = people->names[i];
		buf_printf(&known, "、%s", people->names[i]);
	}
	err_set(parser->err, ERR_USAGE, "没有“%s”这个人，%s%s%s可选：我%s",
		typed, near ? "是不是“" : "", near ? near : "",
		near ? "”？" : "", buf_text(&known));
	buf_free(&known);
	return false;
}

static bool add_person(struct parser *parser, const struct people *people,
		       const char *name)
{
	const char *found = people_find(people, name);

	/* Where nobody is known, anybody may be. */
	if (!found && (parser->language->reading || !*name))
		return no_person(parser, people, name);
	if (!found)
		found = name;
	return filter_add_person(parser->filter, found, parser->no)
		       ? true
		       : parser_full(parser, parser->at);
}

static bool add_people(struct parser *parser, const struct people *people)
{
	do {
		const char *from = parser->at;
		struct buf name = {0};

		lex_value(&parser->at, &name);
		bool ok = add_person(parser, people, buf_text(&name));
		buf_free(&name);
		if (!ok)
			return parser_wrong(parser, from);
	} while (parser_next(parser));
	return true;
}

bool parser_people(struct parser *parser)
{
	struct people people = {0};

	if (!parser_first(parser))
		return no_values(parser);
	if (parser->language->reading)
		people_load(parser->language->reading, &people);
	bool ok = add_people(parser, &people);
	people_free(&people);
	return ok;
}
