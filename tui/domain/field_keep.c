#include "domain/field_keep.h"

#include <endian.h>
#include <stdint.h>
#include <string.h>

/*
 * Which of eight bytes need a look: control characters, and what begins a
 * character that a line cannot have, C2 80-9F and E2 80 A8-A9. The lowest bit
 * that is set is right, those above it need not be.
 */
static uint64_t doubts(const char *at)
{
	const uint64_t ones = 0x0101010101010101u, high = ones << 7;
	uint64_t word;

	memcpy(&word, at, sizeof(word));
	word = le64toh(word);
	uint64_t del = word ^ ones * 0x7F, c2 = word ^ ones * 0xC2,
		 e2 = word ^ ones * 0xE2;
	return (((word - ones * ' ') & ~word) | ((del - ones) & ~del) |
		((c2 - ones) & ~c2) | ((e2 - ones) & ~e2)) &
	       high;
}

/* As piece_char() has it; `lines`: ends of lines and tabs may stay. The NUL
 * behind the text stops a look at more than there is. */
static bool is_kept(const char *text, bool lines)
{
	const unsigned char *at = (const unsigned char *)text;

	if (*at < ' ')
		return lines && (*at == '\n' || *at == '\t');
	if (*at == 0xC2)
		return at[1] >= 0xA0;
	return *at != 0x7F &&
	       !(*at == 0xE2 && at[1] == 0x80 && (at[2] & 0xFE) == 0xA8);
}

static bool all_kept(const char *text, size_t len, bool lines)
{
	const char *end = text + len;

	while (end - text >= 8) {
		uint64_t found = doubts(text);

		text += found ? __builtin_ctzll(found) / 8 : 8;
		if (found && !is_kept(text++, lines))
			return false;
	}
	for (; text < end; text++)
		if (!is_kept(text, lines))
			return false;
	return true;
}

/* The blanks that all_kept() lets pass do not stand around it. */
static bool is_trim(const char *text, size_t len)
{
	static const char *const blanks[] = {" ",      "\n",     "\t",
					     "\u00A0", "\u3000", "\uFEFF"};

	for (size_t i = 0; i < sizeof(blanks) / sizeof(*blanks); i++) {
		size_t size = strlen(blanks[i]);

		if (len < size)
			continue;
		if (!memcmp(text, blanks[i], size) ||
		    !memcmp(text + len - size, blanks[i], size))
			return false;
	}
	return true;
}

bool field_keep(const struct field *field, struct proposal *p, const char *text,
		size_t len)
{
	bool lines = field->type == FIELD_TYPE_TEXT;

	if ((!lines && field->type != FIELD_TYPE_LINE) || len == 0 ||
	    len > field->max || !is_trim(text, len) ||
	    !all_kept(text, len, lines))
		return false;
	*(const char **)((char *)p + field->offset) = text;
	return true;
}
