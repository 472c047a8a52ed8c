#include "config/encoding.h"

#include <stdlib.h>
#include <string.h>
#include <uniconv.h>

#include "base/utf8.h"

static const struct place top = {1, 1};

/* Where a reader is; \r, \n and \r\n each end a line. */
struct walk {
	const char *at, *end;
	struct place place;
};

static char32_t walk_next(struct walk *walk)
{
	char32_t cp = utf8_next(&walk->at, walk->end);
	bool pair = cp == '\r' && walk->at < walk->end && *walk->at == '\n';

	if ((cp == '\n' || cp == '\r') && !pair)
		walk->place = (struct place){walk->place.line + 1, 1};
	else if (!pair)
		walk->place.column++;
	return cp;
}

struct place encoding_end(struct span text)
{
	struct walk walk = {text.text, text.text + text.len, top};

	while (walk.at < walk.end)
		walk_next(&walk);
	return walk.place;
}

/* What libyaml would refuse, or take for the end of a line. */
static bool is_text(char32_t cp)
{
	if (cp < 0x20)
		return cp == '\t' || cp == '\n' || cp == '\r';
	return !(cp >= 0x7f && cp < 0xa0) && cp != 0x2028 && cp != 0x2029 &&
	       cp != 0xfeff && cp != 0xfffe && cp != 0xffff &&
	       cp != UTF8_INVALID;
}

/* Of three bytes from U+4000 to U+8FFF: most of what there is. */
static bool is_ideograph(const char *at, const char *end)
{
	return end - at > 2 && (unsigned char)*at >= 0xe4 &&
	       (unsigned char)*at <= 0xe8 &&
	       ((unsigned char)at[1] & 0xc0) == 0x80 &&
	       ((unsigned char)at[2] & 0xc0) == 0x80;
}

static bool all_text(struct span span)
{
	const char *at = span.text, *end = at + span.len;

	while (at < end) {
		if (*at >= 0x20 && *at < 0x7f)
			at++;
		else if (is_ideograph(at, end))
			at += 3;
		else if (!is_text(utf8_next(&at, end)))
			return false;
	}
	return true;
}

static void tell_character(char32_t cp, struct span byte, struct place at,
			   struct mistakes *mistakes)
{
	if (cp == UTF8_INVALID)
		mistake_add(mistakes, at,
			    "这里的字节 %s 不是 UTF-8 文字，请重新输入这个字",
			    mistake_quote(mistakes, byte.text, byte.len));
	else if (cp == 0)
		mistake_add(mistakes, at, "这里有空字符（NUL），请删掉");
	else
		mistake_add(mistakes, at, "这里有看不见的字符 %s，请删掉",
			    mistake_quote(mistakes, byte.text, byte.len));
}

/* Tell each character that is no text, and put a blank in its place. */
static struct span blank_out(struct span span, struct mistakes *mistakes)
{
	struct walk walk = {span.text, span.text + span.len, top};
	struct buf out = {0};
	char32_t cp = 0;

	while (walk.at < walk.end) {
		struct place place = walk.place;
		const char *start = walk.at;
		bool again = cp == UTF8_INVALID;

		cp = walk_next(&walk);

		struct span one = {start, (size_t)(walk.at - start)};

		if (is_text(cp)) {
			buf_add(&out, one.text, one.len);
			continue;
		}
		/* The rest of a broken character is no second mistake. */
		if (!again || cp != UTF8_INVALID)
			tell_character(cp, one, place, mistakes);
		buf_char(&out, ' ');
	}
	span = (struct span){
		arena_str(mistakes->arena, buf_text(&out), out.len), out.len};
	buf_free(&out);
	return span;
}

/*
 * Chinese in UTF-8 is made of sequences of three bytes, in GBK of pairs that
 * are hardly ever UTF-8: one broken character does not make a file GBK.
 */
static bool mostly_invalid(struct span span, struct place *first)
{
	struct walk walk = {span.text, span.text + span.len, top};
	size_t invalid = 0, wide = 0;

	while (walk.at < walk.end) {
		struct place place = walk.place;
		char32_t cp = walk_next(&walk);

		if (cp == UTF8_INVALID && invalid++ == 0)
			*first = place;
		wide += cp != UTF8_INVALID && cp >= 0x800;
	}
	return invalid > wide;
}

static bool from_gbk(struct span span, struct span *out, struct arena *arena)
{
	size_t len;
	uint8_t *text =
		u8_conv_from_encoding("GB18030", iconveh_error, span.text,
				      span.len, NULL, NULL, &len);

	if (!text)
		return false;
	*out = (struct span){arena_str(arena, (const char *)text, len), len};
	free(text);
	return true;
}

static bool starts_with(struct span span, const char *mark, size_t len)
{
	return span.len >= len && memcmp(span.text, mark, len) == 0;
}

static bool is_utf16(struct span span)
{
	size_t nuls = 0;

	for (size_t i = 0; i < span.len; i++)
		nuls += span.text[i] == '\0';
	return starts_with(span, "\xff\xfe", 2) ||
	       starts_with(span, "\xfe\xff", 2) || nuls > span.len / 4;
}

bool encoding_decode(struct span file, struct span *out,
		     struct mistakes *mistakes)
{
	struct place first = top;

	*out = file;
	if (file.len > ENCODING_SIZE_MAX) {
		mistake_add(mistakes, top,
			    "文件超过 1 MiB，不像是配置文件，请检查路径");
		return false;
	}
	if (starts_with(file, "\xef\xbb\xbf", 3))
		*out = (struct span){file.text + 3, file.len - 3};
	if (all_text(*out))
		return true;
	if (is_utf16(file)) {
		mistake_add(mistakes, top,
			    "文件是 UTF-16 编码，请另存为 UTF-8");
		return false;
	}
	if (mostly_invalid(*out, &first) &&
	    from_gbk(*out, out, mistakes->arena))
		mistake_add(mistakes, first, "文件是 GBK 编码，请另存为 UTF-8");
	if (!all_text(*out))
		*out = blank_out(*out, mistakes);
	return true;
}
