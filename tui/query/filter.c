#include "query/filter.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"
#include "query/lex.h"

static_assert(sizeof(struct filter) ==
		      2 * FACET_COUNT * (FACET_WORDS * 8 + 2) +
			      FILTER_DAYS * sizeof(struct filter_days) +
			      FILTER_NUMBERS * sizeof(struct filter_numbers) +
			      FILTER_PEOPLE * sizeof(struct filter_person) + 8 +
			      2 * FILTER_TEXT,
	      "no gaps: filters are compared byte by byte");

/* --- Facets --- */

static uint64_t bit(size_t value)
{
	return UINT64_C(1) << (value % 64);
}

static bool among(const uint64_t *set, size_t value)
{
	return value < FACET_VALUES_MAX && (set[value / 64] & bit(value)) != 0;
}

/* Set or take out; the number of them follows. */
static void put(uint64_t *set, uint16_t *count, size_t value, bool in)
{
	if (value >= FACET_VALUES_MAX || among(set, value) == in)
		return;
	set[value / 64] ^= bit(value);
	if (in)
		++*count;
	else
		--*count;
}

bool filter_has(const struct filter *filter, enum facet facet, size_t value)
{
	return among(filter->values[facet], value);
}

bool filter_excludes(const struct filter *filter, enum facet facet,
		     size_t value)
{
	return among(filter->without[facet], value);
}

void filter_choose(struct filter *filter, enum facet facet, size_t value,
		   bool no)
{
	if (no)
		put(filter->without[facet], &filter->excluded[facet], value,
		    true);
	else
		put(filter->values[facet], &filter->chosen[facet], value, true);
}

/* What somebody chooses may be there, whatever was said before. */
void filter_toggle(struct filter *filter, enum facet facet, size_t value)
{
	bool in = !filter_has(filter, facet, value);

	put(filter->values[facet], &filter->chosen[facet], value, in);
	if (in)
		put(filter->without[facet], &filter->excluded[facet], value,
		    false);
}

void filter_only(struct filter *filter, enum facet facet, size_t value)
{
	filter_any(filter, facet);
	filter_toggle(filter, facet, value);
}

void filter_any(struct filter *filter, enum facet facet)
{
	memset(filter->values[facet], 0, sizeof(filter->values[facet]));
	memset(filter->without[facet], 0, sizeof(filter->without[facet]));
	filter->chosen[facet] = filter->excluded[facet] = 0;
}

bool filter_narrows(const struct filter *filter, enum facet facet)
{
	return filter->chosen[facet] || filter->excluded[facet];
}

bool filter_lets(const struct filter *filter, enum facet facet, size_t value)
{
	return (!filter->chosen[facet] || filter_has(filter, facet, value)) &&
	       !filter_excludes(filter, facet, value);
}

void filter_clear(struct filter *filter, unsigned keep)
{
	struct filter cleared = {0};

	for (int f = 0; f < FACET_COUNT; f++) {
		if (!(keep & 1u << f))
			continue;
		memcpy(cleared.values[f], filter->values[f],
		       sizeof(cleared.values[f]));
		memcpy(cleared.without[f], filter->without[f],
		       sizeof(cleared.without[f]));
		cleared.chosen[f] = filter->chosen[f];
		cleared.excluded[f] = filter->excluded[f];
	}
	*filter = cleared;
}

bool filter_empty(const struct filter *filter, unsigned except)
{
	struct filter rest = *filter, kept = *filter;

	filter_clear(&kept, except);
	return memcmp(&rest, &kept, sizeof(rest)) == 0;
}

/* --- Days, numbers, people --- */

bool filter_add_days(struct filter *filter, struct filter_days days)
{
	for (size_t i = 0; i < filter->day_count; i++)
		if (memcmp(&filter->days[i], &days, sizeof(days)) == 0)
			return true;
	if (filter->day_count == FILTER_DAYS)
		return false;
	filter->days[filter->day_count++] = days;
	return true;
}

bool filter_add_numbers(struct filter *filter, struct filter_numbers numbers)
{
	for (size_t i = 0; i < filter->number_count; i++)
		if (memcmp(&filter->numbers[i], &numbers, sizeof(numbers)) == 0)
			return true;
	if (filter->number_count == FILTER_NUMBERS)
		return false;
	filter->numbers[filter->number_count++] = numbers;
	return true;
}

bool filter_add_person(struct filter *filter, const char *name, bool no)
{
	struct filter_person person = {.no = no};
	size_t len = strlen(name);

	if (len >= FILTER_NAME)
		return false;
	memcpy(person.name, name, len);
	for (size_t i = 0; i < filter->person_count; i++)
		if (memcmp(&filter->people[i], &person, sizeof(person)) == 0)
			return true;
	if (filter->person_count == FILTER_PEOPLE)
		return false;
	filter->people[filter->person_count++] = person;
	return true;
}

/* --- Texts --- */

bool filter_text_next(const char **at, char out[FILTER_TEXT])
{
	struct buf text = {0};

	while (lex_blank(*at))
		*at += lex_blank(*at);
	if (!**at)
		return false;
	lex_text(at, &text);
	size_t len = text.len < FILTER_TEXT ? text.len : FILTER_TEXT - 1;
	memcpy(out, buf_text(&text), len);
	out[len] = '\0';
	buf_free(&text);
	return true;
}

/* As filter_text_next() reads it. */
static void quote(const char *text, size_t len, struct buf *out)
{
	bool plain = len && !lex_quote(text);

	for (size_t i = 0; i < len; i++)
		plain = plain && !lex_blank(text + i);
	if (plain) {
		buf_add(out, text, len);
		return;
	}
	lex_quoted(text, len, out);
}

static bool holds(const char *texts, const char *text, size_t len)
{
	char one[FILTER_TEXT];

	while (filter_text_next(&texts, one))
		if (strlen(one) == len && memcmp(one, text, len) == 0)
			return true;
	return false;
}

static bool add_text(char texts[FILTER_TEXT], const char *text, size_t len)
{
	size_t used = strlen(texts);
	struct buf more = {0};

	if (!len || holds(texts, text, len))
		return true;
	if (used)
		buf_char(&more, ' ');
	quote(text, len, &more);
	bool fits = used + more.len < FILTER_TEXT;
	if (fits)
		memcpy(texts + used, more.data, more.len);
	buf_free(&more);
	return fits;
}

bool filter_add_text(struct filter *filter, const char *text, size_t len,
		     bool no)
{
	return add_text(no ? filter->no_text : filter->text, text, len);
}

bool filter_set_text(struct filter *filter, const char *typed)
{
	char texts[FILTER_TEXT] = "", one[FILTER_TEXT];

	if (strlen(typed) >= FILTER_TEXT)
		return false;
	while (filter_text_next(&typed, one))
		if (!add_text(texts, one, strlen(one)))
			return false;
	memcpy(filter->text, texts, FILTER_TEXT);
	return true;
}
