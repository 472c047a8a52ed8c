#include "query/complete.h"

#include <stdlib.h>
#include <string.h>

#include "query/likeness.h"
#include "query/parser.h"
#include "query/people.h"

/* Where the caret is: in a name, or in a value of a condition. */
struct place {
	const struct term *term; /* NULL: a name */
	enum compare compare;
	const char *begin, *from, *to;
};

struct completer {
	const struct language *language;
	const struct counts *counts;
	unsigned uncounted;
	struct place place;
	struct typed typed;
	struct arena *arena;
	struct completions *out;
	enum likeness likes[COMPLETIONS_MAX];
};

/* --- Where the caret is --- */

/* The values behind a sign; false when the caret is behind all of them. */
static bool find_value(const char **at, const char *caret, struct place *place)
{
	const char *end = *at;
	bool more = true;

	while (more) {
		struct buf unused = {0};
		const char *from = end;

		while (lex_blank(from) || lex_comma(from))
			from += lex_blank(from) + lex_comma(from);
		if (from > caret)
			from = caret;
		/* After a comma too a new condition may begin. */
		if (from < caret && parser_condition(from)) {
			*at = from;
			return false;
		}
		place->from = end = from;
		if (place->term->kind == TERM_TEXT)
			lex_text(&end, &unused);
		else
			lex_value(&end, &unused);
		buf_free(&unused);
		if (caret <= end) {
			place->to = end;
			return true;
		}
		*at = end;
		for (from = end, more = false; from < caret; from++)
			if (lex_comma(from))
				more = true;
			else if (!lex_blank(from))
				break;
		more = more || lex_comma(end);
	}
	return false;
}

/* Behind the sign of a condition that begins at `at`, or NULL. */
static const char *condition_values(const char *at, struct place *place)
{
	size_t len = lex_name(at), bytes;
	const char *sign = at + len;
	bool no;

	place->term = term_find(at, len);
	if (!place->term)
		return NULL;
	while (lex_blank(sign))
		sign += lex_blank(sign);
	bytes = lex_sign(sign, &place->compare, &no);
	return bytes ? sign + bytes : NULL;
}

/* False inside of a text in quotation marks. */
static bool find_place(const char *text, const char *caret, struct place *place)
{
	const char *at = text;

	for (;;) {
		struct buf unused = {0};
		const char *values;

		while (at < caret && lex_blank(at))
			at += lex_blank(at);
		place->begin = at;
		while (at < caret && lex_not(at))
			at += lex_not(at);
		values = at < caret ? condition_values(at, place) : NULL;
		if (values && values <= caret) {
			if (find_value(&values, caret, place))
				return true;
			at = values;
			continue;
		}
		place->term = NULL;
		place->from = at;
		bool quoted = lex_quote(at);
		if (at < caret || !quoted)
			lex_text(&at, &unused);
		buf_free(&unused);
		place->to = at;
		if (caret <= at)
			return !quoted;
	}
}

/* --- What fits --- */

static void offer(struct completer *completer, enum likeness like,
		  struct completion completion)
{
	struct completions *out = completer->out;
	size_t at = out->count;

	if (like == LIKE_NOT)
		return;
	while (at > 0 && completer->likes[at - 1] > like)
		at--;
	if (at == COMPLETIONS_MAX)
		return;
	if (out->count < COMPLETIONS_MAX)
		out->count++;
	for (size_t i = out->count - 1; i > at; i--) {
		out->items[i] = out->items[i - 1];
		completer->likes[i] = completer->likes[i - 1];
	}
	out->items[at] = completion;
	completer->likes[at] = like;
}

static enum likeness better_of(enum likeness a, enum likeness b)
{
	return a < b ? a : b;
}

/* Names that are known by their English as well as by their Chinese. */
static enum likeness like_names(const struct completer *completer,
				const char *name, const char *label)
{
	return better_of(typed_like(&completer->typed, label),
			 typed_like(&completer->typed, name));
}

static const char *spelled(const struct completer *completer, const char *text)
{
	struct buf out = {0};
	const char *copy;

	lex_spell(text, &out);
	copy = arena_str(completer->arena, buf_text(&out), out.len);
	buf_free(&out);
	return copy;
}

static void offer_signs(struct completer *completer, const struct term *term,
			enum likeness like)
{
	static const struct {
		const char *sign, *means;
	} signs[] = {
		{"=", "是"},    {"!=", "不是"}, {"<", "之前；期限：几天之内"},
		{"<=", "为止"}, {">", "之后"},  {">=", "起"},
	};
	size_t count = term_compares(term) ? 6 : 2;

	for (size_t i = 0; i < count; i++) {
		const char *text = arena_printf(completer->arena, "%s%s",
						term->label, signs[i].sign);

		offer(completer, like,
		      (struct completion){.text = text,
					  .label = text,
					  .code = signs[i].means});
	}
}

static void offer_terms(struct completer *completer)
{
	for (size_t i = 0; i < term_count; i++) {
		const struct term *term = &terms[i];
		enum likeness like =
			like_names(completer, term->name, term->label);

		if (term->kind == TERM_MARKED && !completer->language->screen)
			continue;
		/* In the middle of a word it is a word to be found. */
		if (like > LIKE_SOUNDS)
			continue;
		if (like == LIKE_SAME && !term_alone(term)) {
			offer_signs(completer, term, like);
			continue;
		}
		offer(completer, like,
		      (struct completion){
			      .text = term_alone(term) || term_compares(term)
					      ? term->label
					      : arena_printf(
							completer->arena,
							"%s=", term->label),
			      .label = term->label,
			      .code = arena_printf(completer->arena, "%s  %s",
						   term->name, term->help),
		      });
	}
}

static void offer_values(struct completer *completer, enum facet facet)
{
	const struct catalog *catalog = completer->language->catalog;
	const struct facet_values *values = &catalog->facets[facet];
	bool counted =
		completer->counts && !(completer->uncounted & 1u << facet);

	for (size_t i = 0; i < values->count; i++) {
		const struct facet_value *value = &values->items[i];
		const char *text = *value->code ? value->label : "无";
		int means = value_named(catalog, facet, text);

		if (means != (int)i)
			text = value->code;
		offer(completer,
		      typed_like_value(&completer->typed, catalog, facet, i),
		      (struct completion){
			      .text = spelled(completer, text),
			      .label = value->label,
			      .code = *value->code ? value->code : "none",
			      .count = counted ? completer->counts->of[facet][i]
					       : 0,
			      .counted = counted,
		      });
	}
}

/* What is known by an English word as well. */
static void offer_word(struct completer *completer, const char *name,
		       const char *label)
{
	offer(completer, like_names(completer, name, label),
	      (struct completion){.text = label, .label = label, .code = name});
}

static void offer_days(struct completer *completer)
{
	const char *name = "", *label = "";
	struct span span;

	offer_word(completer, "7d", "7天");
	offer_word(completer, "-30d", "-30天");
	for (size_t i = 0; span_word(i, &name, &label, &span); i++) {
		/* Nothing is before or behind no day at all. */
		if (span.kind == SPAN_EMPTY &&
		    (completer->place.compare != COMPARE_EQUAL ||
		     completer->place.term->kind == TERM_DUE))
			continue;
		offer_word(completer, name, label);
	}
}

static void offer_people(struct completer *completer)
{
	struct people people = {0};

	offer_word(completer, PERSON_ME, "我");
	if (completer->language->reading)
		people_load(completer->language->reading, &people);
	for (size_t i = 0; i < people.count; i++) {
		const char *name = people.names[i];

		offer(completer, typed_like(&completer->typed, name),
		      (struct completion){.text = spelled(completer, name),
					  .label =
						  arena_str(completer->arena,
							    name, strlen(name)),
					  .code = ""});
	}
	people_free(&people);
}

static void offer_answers(struct completer *completer)
{
	offer_word(completer, "yes", "是");
	offer_word(completer, "no", "否");
}

static void offer_all(struct completer *completer)
{
	const struct term *term = completer->place.term;

	if (!term) {
		offer_terms(completer);
		return;
	}
	switch (term->kind) {
	case TERM_DUE:
		if (completer->place.compare == COMPARE_EQUAL)
			offer_values(completer, FACET_DUE);
		offer_days(completer);
		return;
	case TERM_FACET:
		offer_values(completer, (enum facet)term->which);
		return;
	case TERM_DAYS:
		offer_days(completer);
		return;
	case TERM_PERSON:
		offer_people(completer);
		return;
	case TERM_MERGED:
		offer_answers(completer);
		return;
	case TERM_NUMBERS:
	case TERM_TEXT:
	case TERM_LATE:
	case TERM_MARKED:
		return;
	}
}

void filter_complete(const struct language *language,
		     const struct counts *counts, unsigned uncounted,
		     const char *text, size_t caret, struct arena *arena,
		     struct completions *out)
{
	struct completer completer = {
		.language = language,
		.counts = counts,
		.uncounted = uncounted,
		.arena = arena,
		.out = out,
	};
	const char *at = text + caret, *typed;

	*out = (struct completions){
		.from = caret, .to = caret, .begin = caret, .facet = -1};
	if (!find_place(text, at, &completer.place))
		return;
	out->names = !completer.place.term;
	if (!out->names && (completer.place.term->kind == TERM_FACET ||
			    completer.place.term->kind == TERM_DUE))
		out->facet = completer.place.term->which;
	out->begin = (size_t)(completer.place.begin - text);
	out->from = (size_t)(completer.place.from - text);
	out->to = (size_t)(completer.place.to - text);
	out->items = arena_alloc(arena, COMPLETIONS_MAX * sizeof(*out->items));
	/* A value that is quoted is completed without its quotation mark. */
	typed = completer.place.from;
	if (typed < at)
		typed += lex_quote(typed);
	typed_open(&completer.typed, typed, (size_t)(at - typed));
	offer_all(&completer);
	typed_free(&completer.typed);
}
