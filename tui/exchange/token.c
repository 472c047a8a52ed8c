#include "exchange/token.h"

#include <endian.h>
#include <stdint.h>
#include <string.h>

void token_skip(struct tokens *in)
{
	while (in->at < in->end && (*in->at == ' ' || *in->at == '\t'))
		in->at++;
}

bool token_take(struct tokens *in, char c)
{
	token_skip(in);
	if (in->at == in->end || *in->at != c)
		return false;
	in->at++;
	return true;
}

/* Which of eight bytes end a run: a quote, a backslash, a control character.
 * The lowest bit that is set is right, those above it need not be. */
static uint64_t stops(const char *at)
{
	const uint64_t ones = 0x0101010101010101u, high = ones << 7;
	uint64_t word;

	memcpy(&word, at, sizeof(word));
	word = le64toh(word);
	uint64_t quote = word ^ ones * '"', slash = word ^ ones * '\\';
	return (((quote - ones) & ~quote) | ((slash - ones) & ~slash) |
		((word - ones * ' ') & ~word)) &
	       high;
}

/* To the next byte that ends a run, or the end. */
static char *run(char *at, const char *end)
{
	while (end - at >= 8) {
		uint64_t found = stops(at);

		if (found)
			return at + __builtin_ctzll(found) / 8;
		at += 8;
	}
	while (at < end && *at != '"' && *at != '\\' &&
	       (unsigned char)*at >= ' ')
		at++;
	return at;
}

bool token_string(struct tokens *in, struct token *out)
{
	if (!token_take(in, '"'))
		return false;
	*out = (struct token){.start = in->at};
	for (;;) {
		char *at = run(in->at, in->end);

		if (at == in->end)
			return false;
		in->at = at + 1;
		if (*at == '"') {
			out->len = (size_t)(at - out->start);
			return true;
		}
		if (*at != '\\' || in->at == in->end ||
		    !memchr("\"\\/bfnrt", *in->at, 8))
			return false;
		in->at++;
		out->escaped = true;
	}
}

bool token_whole(struct tokens *in, struct token *out)
{
	enum { DIGITS = 18 };
	char *start = in->at;

	while (in->at < in->end && *in->at >= '0' && *in->at <= '9')
		in->at++;
	*out = (struct token){.start = start, .len = (size_t)(in->at - start)};
	return out->len > 0 && out->len <= DIGITS &&
	       (*start != '0' || out->len == 1) && in->at < in->end &&
	       memchr(" \t,}", *in->at, 4);
}

bool token_null(struct tokens *in)
{
	if (in->end - in->at < 4 || memcmp(in->at, "null", 4) != 0)
		return false;
	in->at += 4;
	return true;
}

bool token_same(struct token text, const char *word)
{
	return strlen(word) == text.len &&
	       memcmp(text.start, word, text.len) == 0;
}

static char meant(char escape)
{
	static const char forms[] = "b\bf\fn\nr\rt\t";
	const char *form = strchr(forms, escape);

	return form ? form[1] : escape;
}

void token_end(struct token text)
{
	char *to = text.start, *end = text.start + text.len;

	if (!text.escaped)
		to = end;
	for (char *from = to; from < end; from++)
		*to++ = *from == '\\' ? meant(*++from) : *from;
	*to = '\0';
}
