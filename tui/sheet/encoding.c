#include "sheet/encoding.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

#define SAVE_AS "请在 WPS 或 Excel 中打开，另存为“CSV UTF-8”再导入"

const char *encoding_name(enum encoding encoding)
{
	static const char *const names[ENCODING_COUNT] = {
		[ENCODING_UTF8] = "UTF-8",
		[ENCODING_GB18030] = "GB18030",
		[ENCODING_CP936] = "CP936",
		[ENCODING_UTF16LE] = "UTF-16LE",
		[ENCODING_UTF16BE] = "UTF-16BE",
	};

	return names[encoding];
}

struct magic {
	const char *bytes;
	size_t len;
};

static bool begins(const char *bytes, size_t len, struct magic magic)
{
	return len >= magic.len && memcmp(bytes, magic.bytes, magic.len) == 0;
}

/* What people take for a table; NULL if it may be one. */
static const char *foreign_kind(const char *bytes, size_t len)
{
	static const struct {
		struct magic magic;
		const char *kind;
	} kinds[] = {
		{{"PK\3\4", 4}, " Excel 工作簿（xlsx）或压缩文件"},
		{{"\xD0\xCF\x11\xE0", 4}, " Excel 工作簿（xls）"},
		{{"%PDF", 4}, " PDF 文件"},
		{{"\x1F\x8B", 2}, "压缩文件"},
		{{"Rar!", 4}, "压缩文件"},
		{{"7z\xBC\xAF", 4}, "压缩文件"},
		{{"<?", 2}, " XML 文件"},
		{{"<!", 2}, "网页文件"},
		{{"<html", 5}, "网页文件"},
		{{"<HTML", 5}, "网页文件"},
		{{"<table", 6}, "网页文件"},
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (begins(bytes, len, kinds[i].magic))
			return kinds[i].kind;
	return NULL;
}

/* True if there is a mark. */
static bool find_mark(const char *bytes, size_t len, enum encoding *out,
		      size_t *mark)
{
	static const struct {
		struct magic magic;
		enum encoding encoding;
	} marks[] = {
		{{"\xEF\xBB\xBF", 3}, ENCODING_UTF8},
		{{"\xFF\xFE", 2}, ENCODING_UTF16LE},
		{{"\xFE\xFF", 2}, ENCODING_UTF16BE},
		{{"\x84\x31\x95\x33", 4}, ENCODING_GB18030},
	};

	*mark = 0;
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (begins(bytes, len, marks[i].magic)) {
			*out = marks[i].encoding;
			*mark = marks[i].magic.len;
			return true;
		}
	return false;
}

static unsigned count_lines(const char *text, size_t len)
{
	unsigned lines = 0;

	for (size_t i = 0; i < len; i++)
		lines += text[i] == '\n';
	return lines;
}

/* Without this every CP936 file of Latin letters would look like UTF-8. */
static bool looks_utf8(const char *bytes, size_t len)
{
	bool ascii = true;

	for (size_t i = 0; i < len; i++) {
		if ((unsigned char)bytes[i] >= 0xE0)
			return true;
		if ((unsigned char)bytes[i] >= 0x80)
			ascii = false;
	}
	return ascii;
}

static bool utf8_decodes(const char *bytes, size_t len, unsigned *line)
{
	const char *at = bytes, *end = bytes + len;

	*line = 1;
	if (utf8_valid(bytes, len))
		return true;
	while (at < end) {
		char32_t cp = utf8_next(&at, end);

		if (cp == UTF8_INVALID)
			return false;
		*line += cp == '\n';
	}
	return true;
}

static bool decodes(enum encoding encoding, const char *bytes, size_t len,
		    bool *ok, unsigned *line, struct err *err)
{
	if (encoding == ENCODING_UTF8) {
		*ok = utf8_decodes(bytes, len, line);
		return true;
	}

	struct decoder *decoder = mem_new(sizeof(*decoder));
	bool opened = decoder_open(decoder, encoding, bytes, len, err);
	const char *piece;
	size_t count;

	*line = 1;
	*ok = opened;
	while (*ok && decoder_next(decoder, &piece, &count)) {
		*ok = !memchr(piece, '\0', count);
		*line += count_lines(piece, count);
	}
	if (opened) {
		*ok = *ok && !decoder->broken;
		decoder_close(decoder);
	}
	free(decoder);
	return opened;
}

static bool guess(const char *bytes, size_t len, enum encoding *out,
		  unsigned *line, struct err *err)
{
	static const enum encoding tries[] = {ENCODING_UTF8, ENCODING_GB18030,
					      ENCODING_CP936};
	unsigned furthest = 1;

	for (size_t i = 0; i < sizeof(tries) / sizeof(*tries); i++) {
		bool ok;

		if (tries[i] == ENCODING_UTF8 && !looks_utf8(bytes, len))
			continue;
		if (!decodes(tries[i], bytes, len, &ok, line, err))
			return false;
		*out = tries[i];
		if (ok)
			return true;
		if (*line > furthest)
			furthest = *line;
	}
	*line = furthest;
	return err_set(err, ERR_USAGE,
		       "文字编码认不出，不是 UTF-8，也不是 GB18030：" SAVE_AS);
}

bool encoding_find(const char *bytes, size_t len, enum encoding *out,
		   size_t *mark, unsigned *line, struct err *err)
{
	bool marked = find_mark(bytes, len, out, mark);
	const char *kind = foreign_kind(bytes + *mark, len - *mark);
	bool ok;

	*line = 0;
	if (kind)
		return err_set(err, ERR_USAGE, "这是%s，不是文本表格：" SAVE_AS,
			       kind);

	bool wide = *mark == 2;
	const char *nul = wide ? NULL : memchr(bytes, '\0', len);
	if (nul) {
		*line = 1 + count_lines(bytes, (size_t)(nul - bytes));
		return err_set(err, ERR_USAGE,
			       "有空字节，这不是文本表格：" SAVE_AS);
	}
	bytes += *mark;
	len -= *mark;
	if (!marked)
		return guess(bytes, len, out, line, err);
	if (!decodes(*out, bytes, len, &ok, line, err))
		return false;
	if (!ok)
		return err_set(err, ERR_USAGE,
			       "文件自称是 %s，但有不合规的字节：" SAVE_AS,
			       encoding_name(*out));
	return true;
}
