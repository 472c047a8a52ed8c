/*
 * A filter written back in the language of conditions.
 */
#include <string.h>

#include "domain/workflow.h"
#include "query/parser.h"

struct writer {
	const struct filter *filter;
	const struct catalog *catalog;
	bool chinese;
	struct buf *out;
};

static void begin(const struct writer *writer, enum term_kind kind, int which,
		  enum compare compare, bool no)
{
	const struct term *term = terms;

	while (term->kind != kind || term->which != which)
		term++;
	if (writer->out->len)
		buf_char(writer->out, ' ');
	if (no && compare != COMPARE_EQUAL)
		buf_char(writer->out, '!');
	buf_str(writer->out, writer->chinese ? term->label : term->name);
	buf_str(writer->out,
		lex_sign_text(compare, no && compare == COMPARE_EQUAL));
}

/* --- Facets --- */

/* Written so, it is read as this value. */
static bool reads_as(const struct writer *writer, enum facet facet,
		     const char *text, size_t value)
{
	int read = value_named(writer->catalog, facet, text);

	return read >= 0 && (size_t)read == value;
}

static void write_value(const struct writer *writer, enum facet facet,
			size_t value)
{
	const struct facet_value *named =
		&writer->catalog->facets[facet].items[value];
	const char *empty = writer->chinese ? "无" : "none";
	const char *first = writer->chinese ? named->label : named->code;
	const char *second = writer->chinese ? named->code : named->label;

	if (!*named->code) {
		first = empty;
		second = "";
	}
	lex_spell(reads_as(writer, facet, first, value) ? first : second,
		  writer->out);
}

static void write_values(const struct writer *writer, enum facet facet, bool no)
{
	size_t count = writer->catalog->facets[facet].count;
	bool first = true;

	for (size_t i = 0; i < count; i++) {
		if (no ? !filter_excludes(writer->filter, facet, i)
		       : !filter_has(writer->filter, facet, i))
			continue;
		if (first)
			begin(writer,
			      facet == FACET_DUE ? TERM_DUE : TERM_FACET,
			      (int)facet, COMPARE_EQUAL, no);
		else
			buf_char(writer->out, ',');
		write_value(writer, facet, i);
		first = false;
	}
}

static void write_facets(const struct writer *writer)
{
	for (int f = 0; f < FACET_COUNT; f++) {
		if (writer->filter->chosen[f])
			write_values(writer, (enum facet)f, false);
		if (writer->filter->excluded[f])
			write_values(writer, (enum facet)f, true);
	}
}

/* --- Days, numbers, people --- */

static void write_days(const struct writer *writer)
{
	for (size_t i = 0; i < writer->filter->day_count; i++) {
		const struct filter_days *days = &writer->filter->days[i];
		struct span span = {(enum span_kind)days->span, days->value};
		bool due = days->date == FILTER_DUE;

		begin(writer, due ? TERM_DUE : TERM_DAYS,
		      due ? (int)FACET_DUE : days->date,
		      (enum compare)days->compare, days->no);
		span_format(span, writer->chinese, writer->out);
	}
}

static void write_key(key k, struct buf *out)
{
	char text[16];

	if (key_session(k)) {
		key_format(k, text);
		buf_str(out, text);
	} else {
		buf_printf(out, "%u", key_number(k));
	}
}

/* A session that is named holds for what follows: each has its own word. */
static void write_numbers(const struct writer *writer)
{
	for (size_t i = 0; i < writer->filter->number_count; i++) {
		const struct filter_numbers *numbers =
			&writer->filter->numbers[i];

		begin(writer, TERM_NUMBERS, 0, COMPARE_EQUAL, numbers->no);
		write_key(numbers->first, writer->out);
		if (numbers->last != numbers->first)
			buf_printf(writer->out, "-%u",
				   key_number(numbers->last));
	}
}

static void write_people(const struct writer *writer)
{
	for (size_t i = 0; i < writer->filter->person_count; i++) {
		const struct filter_person *person = &writer->filter->people[i];
		bool me = strcmp(person->name, PERSON_ME) == 0;

		begin(writer, TERM_PERSON, 0, COMPARE_EQUAL, person->no);
		lex_spell(me && writer->chinese ? "我" : person->name,
			  writer->out);
	}
}

/* --- The rest --- */

static void write_alone(const struct writer *writer, enum term_kind kind,
			bool no)
{
	const struct term *term = terms;

	while (term->kind != kind)
		term++;
	buf_printf(writer->out, "%s%s%s", writer->out->len ? " " : "",
		   no ? "!" : "", writer->chinese ? term->label : term->name);
}

static void write_flags(const struct writer *writer)
{
	const struct filter *filter = writer->filter;

	if (filter->merged) {
		begin(writer, TERM_MERGED, 0, COMPARE_EQUAL, false);
		if (filter->merged == FLAG_YES)
			buf_str(writer->out, writer->chinese ? "是" : "yes");
		else
			buf_str(writer->out, writer->chinese ? "否" : "no");
	}
	if (filter->marked)
		write_alone(writer, TERM_MARKED, filter->marked == FLAG_NO);
}

/* A text that would stand for something else is quoted. */
static void write_texts(const struct writer *writer, const char *texts, bool no)
{
	char text[FILTER_TEXT];

	while (filter_text_next(&texts, text)) {
		const struct term *term = term_find(text, strlen(text));

		if (writer->out->len)
			buf_char(writer->out, ' ');
		if (no)
			buf_char(writer->out, '!');
		if (term && term_alone(term))
			lex_quoted(text, strlen(text), writer->out);
		else
			lex_spell(text, writer->out);
	}
}

void filter_format(const struct filter *filter, const struct catalog *catalog,
		   enum spelling spelling, struct buf *out)
{
	struct buf text = {0};
	const struct writer writer = {
		.filter = filter,
		.catalog = catalog,
		.chinese = spelling == SPELL_LABELS,
		.out = &text,
	};

	write_facets(&writer);
	write_days(&writer);
	write_numbers(&writer);
	write_people(&writer);
	write_flags(&writer);
	write_texts(&writer, filter->text, false);
	write_texts(&writer, filter->no_text, true);
	buf_str(out, buf_text(&text));
	buf_free(&text);
}
