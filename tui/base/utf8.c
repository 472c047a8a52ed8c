#include "base/utf8.h"

#include <endian.h>
#include <string.h>
#include <unistr.h>

#define REPLACEMENT ((char32_t)0xFFFD)

char32_t utf8_next(const char **at, const char *end)
{
	const unsigned char *bytes = (const unsigned char *)*at;
	ucs4_t cp;
	int len = 1;

	if (*bytes < 0x80)
		cp = *bytes;
	else
		len = u8_mbtoucr(&cp, bytes, (size_t)(end - *at));
	*at += len > 0 ? len : 1;
	return len > 0 ? cp : UTF8_INVALID;
}

size_t utf8_put(char32_t cp, char out[4])
{
	uint8_t *bytes = (uint8_t *)out;
	int len = u8_uctomb(bytes, cp, 4);

	if (len < 0)
		len = u8_uctomb(bytes, REPLACEMENT, 4);
	return (size_t)len;
}

/* Eight bytes of ASCII. */
static bool is_ascii(const char *at)
{
	uint64_t word;

	memcpy(&word, at, sizeof(word));
	return !(word & 0x8080808080808080u);
}

/*
 * A character of three bytes, in four that can be read. Of the first two, the
 * bits that are left tell E0 with an overlong form and ED with a surrogate.
 */
static bool is_three(const char *at)
{
	uint32_t word;

	memcpy(&word, at, sizeof(word));
	word = le32toh(word);
	uint32_t left = word & 0x200F;
	return (word & 0xC0C0F0) == 0x8080E0 && left && left != 0x200D;
}

/* What most texts are made of is passed over in large steps. */
bool utf8_valid(const char *text, size_t len)
{
	const char *end = text + len;

	for (;;) {
		while (end - text >= 4 && is_three(text))
			text += 3;
		while (end - text >= 8 && is_ascii(text))
			text += 8;
		if (text == end)
			return true;
		if ((unsigned char)*text < 0x80)
			text++;
		else if (utf8_next(&text, end) == UTF8_INVALID)
			return false;
	}
}

size_t utf8_count(const char *text)
{
	const char *end = text + strlen(text);
	size_t count = 0;

	for (; text < end; count++)
		utf8_next(&text, end);
	return count;
}

/* Bytes that a character beginning like this wants; 1 for what is invalid. */
static size_t wanted(unsigned char lead)
{
	if (lead >= 0xC2 && lead <= 0xDF)
		return 2;
	if (lead >= 0xE0 && lead <= 0xEF)
		return 3;
	return lead >= 0xF0 && lead <= 0xF4 ? 4 : 1;
}

size_t utf8_cut(const char *text, size_t len)
{
	for (size_t back = 1; back <= 3 && back <= len; back++) {
		unsigned char byte = (unsigned char)text[len - back];

		if ((byte & 0xC0) != 0x80)
			return wanted(byte) > back ? len - back : len;
	}
	return len;
}

char32_t utf8_narrow(char32_t cp)
{
	if ((cp >= 0xFF10 && cp <= 0xFF19) || (cp >= 0xFF21 && cp <= 0xFF3A) ||
	    (cp >= 0xFF41 && cp <= 0xFF5A))
		return cp - 0xFEE0;
	switch (cp) {
	case U'：':
	case U'；':
	case U'，':
	case U'／':
	case U'！':
	case U'？':
	case U'（':
	case U'）':
	case U'＃':
	case U'－':
	case U'．':
		return cp - 0xFEE0;
	case U'。':
		return U'.';
	case U'、':
		return U',';
	case U'—':
	case U'–':
	case U'‐':
	case U'‑':
	case U'−':
		return U'-';
	case U'\u3000':
	case U'\u00A0':
		return U' ';
	default:
		return cp;
	}
}
