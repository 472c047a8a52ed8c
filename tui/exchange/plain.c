#include "exchange/plain.h"

#include <string.h>

#include "base/utf8.h"
#include "exchange/token.h"
#include "exchange/value.h"

/* One member: what is to be done with it once the whole line is plain. */
struct member {
	enum { IS_TEXT, IS_NULL, IS_NAMES, IS_UNITS, IS_IGNORED } kind;
	int field;
	struct token text; /* of a list: from its bracket on */
};

struct reader {
	struct plain *plain;
	struct tokens tokens;
	struct member members[VALUE_NAMES];
	size_t count;
	uint64_t seen; /* a bit for each name */
};

/* Nothing in it is something else to piece_char(). That it is UTF-8 is looked
 * at later; behind it stands a quote and more. */
static bool is_kept(struct token text)
{
	const unsigned char *at = (const unsigned char *)text.start;

	for (size_t i = 0; i < text.len; i++) {
		if (at[i] == 0x7F || (at[i] == 0xC2 && at[i + 1] < 0xA0) ||
		    (at[i] == 0xE2 && at[i + 1] == 0x80 &&
		     (at[i + 2] == 0xA8 || at[i + 2] == 0xA9)))
			return false;
	}
	return true;
}

static bool names(struct tokens *in)
{
	struct token text;

	if (token_take(in, ']'))
		return true;
	do
		if (!token_string(in, &text) || text.escaped || !is_kept(text))
			return false;
	while (token_take(in, ','));
	return token_take(in, ']');
}

static bool is_word(struct token text)
{
	return text.len > 0 && !text.escaped &&
	       !memchr(text.start, ' ', text.len);
}

/* Department and role of {"department":"jxj","role":"lead"}. */
struct part {
	struct token department;
	const char *role;
};

static bool find_role(struct token text, const char **out)
{
	for (enum unit_role role = 0; role < ROLE_COUNT; role++)
		if (token_same(text, role_name(role))) {
			*out = role_name(role);
			return true;
		}
	return false;
}

/* State and date only where they are null. */
static bool part_member(struct tokens *in, struct part *out, unsigned *seen)
{
	static const char *const words[] = {"department", "role", "state",
					    "date"};
	struct token name, value;
	unsigned i = 0;

	if (!token_string(in, &name) || !token_take(in, ':'))
		return false;
	while (i < 4 && !token_same(name, words[i]))
		i++;
	if (i == 4 || *seen & 1u << i)
		return false;
	*seen |= 1u << i;
	token_skip(in);
	if (i >= 2)
		return token_null(in);
	if (!token_string(in, &value) || !is_word(value))
		return false;
	if (i == 0)
		out->department = value;
	return i == 0 || find_role(value, &out->role);
}

static bool part(struct tokens *in, struct part *out)
{
	unsigned seen = 0;

	*out = (struct part){.role = role_name(ROLE_LEAD)};
	if (!token_take(in, '{'))
		return false;
	do
		if (!part_member(in, out, &seen))
			return false;
	while (token_take(in, ','));
	return token_take(in, '}') && out->department.len;
}

static bool units(struct tokens *in)
{
	struct part one;

	if (token_take(in, ']'))
		return true;
	do
		if (!part(in, &one))
			return false;
	while (token_take(in, ','));
	return token_take(in, ']');
}

static bool list(struct reader *in, struct member *out)
{
	in->tokens.at++;
	out->text = (struct token){.start = in->tokens.at};
	if (out->field == FIELD_UNITS) {
		out->kind = IS_UNITS;
		return units(&in->tokens);
	}
	out->kind = IS_NAMES;
	return (out->field == FIELD_PROPOSERS || out->field == FIELD_RELATED) &&
	       names(&in->tokens);
}

static bool value(struct reader *in, struct member *out)
{
	token_skip(&in->tokens);
	if (in->tokens.at == in->tokens.end)
		return false;
	switch (*in->tokens.at) {
	case '"':
		out->kind = IS_TEXT;
		return token_string(&in->tokens, &out->text);
	case '[':
		return list(in, out);
	case 'n':
		out->kind = IS_NULL;
		return token_null(&in->tokens);
	default:
		out->kind = IS_TEXT;
		return token_whole(&in->tokens, &out->text);
	}
}

/* Lines of one file have their names in the same order. */
static bool find_name(struct reader *in, struct token text, int *out)
{
	int *guess = &in->plain->names[in->count];

	if (text.escaped)
		return false;
	if (!token_same(text, value_name(*guess))) {
		for (*guess = 0; value_name(*guess); ++*guess)
			if (token_same(text, value_name(*guess)))
				break;
		if (!value_name(*guess)) {
			*guess = 0;
			return false;
		}
	}
	*out = *guess;
	return true;
}

static bool member(struct reader *in)
{
	struct member *out = &in->members[in->count];
	struct token text;
	int name;

	if (in->count == VALUE_NAMES || !token_string(&in->tokens, &text) ||
	    !token_take(&in->tokens, ':') || !find_name(in, text, &name) ||
	    in->seen & (uint64_t)1 << name)
		return false;
	in->seen |= (uint64_t)1 << name;
	out->field = value_name_field(name);
	if (!value(in, out))
		return false;
	if (out->field == VALUE_IGNORED)
		out->kind = IS_IGNORED;
	in->count++;
	return true;
}

static bool object(struct reader *in)
{
	if (!token_take(&in->tokens, '{'))
		return false;
	do
		if (!member(in))
			return false;
	while (token_take(&in->tokens, ','));
	if (!token_take(&in->tokens, '}'))
		return false;
	token_skip(&in->tokens);
	return in->tokens.at == in->tokens.end;
}

/* -- from here on nothing can fail: the line becomes its texts */

/* Line by line, over what stood between them. */
static void end_names(char *start, const char *end)
{
	char *from = start, *to = start;

	for (;;) {
		from += strcspn(from, "\"]");
		if (*from++ == ']')
			break;
		size_t len = (size_t)((char *)memchr(from, '"',
						     (size_t)(end - from)) -
				      from);
		if (len && to > start)
			*to++ = '\n';
		memmove(to, from, len);
		to += len;
		from += len + 1;
	}
	*to = '\0';
}

static void end_units(char *start, char *end)
{
	struct tokens in = {start, end};
	char *to = start;
	struct part one;

	while (part(&in, &one)) {
		size_t len = strlen(one.role);

		if (to > start)
			*to++ = '\n';
		memcpy(to, one.role, len);
		to += len;
		*to++ = ' ';
		memmove(to, one.department.start, one.department.len);
		to += one.department.len;
		if (!token_take(&in, ','))
			break;
	}
	*to = '\0';
}

static char *end_value(const struct member *member, char *end)
{
	static char nothing[1];

	switch (member->kind) {
	case IS_TEXT:
		token_end(member->text);
		break;
	case IS_NAMES:
		end_names(member->text.start, end);
		break;
	case IS_UNITS:
		end_units(member->text.start, end);
		break;
	case IS_NULL:
	case IS_IGNORED:
		return nothing;
	}
	return member->text.start;
}

bool plain_read(struct plain *plain, char *line, size_t len, struct row *row)
{
	struct reader in = {.plain = plain, .tokens = {line, line + len}};

	if (!object(&in) || !utf8_valid(line, len))
		return false;
	row->cells = arena_alloc(plain->arena, in.count * sizeof(*row->cells));
	for (size_t i = 0; i < in.count; i++) {
		const struct member *member = &in.members[i];

		if (member->kind == IS_IGNORED)
			continue;
		row->cells[row->count++] = (struct row_cell){
			.field = member->field,
			.text = end_value(member, in.tokens.end),
			.canonical = member->kind == IS_NAMES ||
				     member->kind == IS_UNITS,
		};
	}
	return true;
}
