#include "ui/caret.h"

#include "base/utf8.h"

size_t caret_next(const char *text, size_t len, size_t at)
{
	const char *next = text + at;

	if (at < len)
		utf8_next(&next, text + len);
	return (size_t)(next - text);
}

size_t caret_previous(const char *text, size_t len, size_t at)
{
	for (size_t back = at < 4 ? at : 4; back > 1; back--)
		if (caret_next(text, len, at - back) == at)
			return at - back;
	return at ? at - 1 : 0;
}

enum word_class { WORD_BLANK, WORD_MARK, WORD_LETTER };

static enum word_class class_at(const char *text, size_t len, size_t at)
{
	const char *next = text + at;
	char32_t cp = utf8_narrow(utf8_next(&next, text + len));

	if (cp == ' ' || cp == '\n' || cp == '\t')
		return WORD_BLANK;
	if (cp < 0x80)
		return (cp >= '0' && cp <= '9') || (cp >= 'A' && cp <= 'Z') ||
				       (cp >= 'a' && cp <= 'z')
			       ? WORD_LETTER
			       : WORD_MARK;
	return cp > 0x3000 && cp < 0x3020 ? WORD_MARK : WORD_LETTER;
}

size_t caret_word(const char *text, size_t len, size_t at)
{
	enum word_class class = WORD_BLANK;

	while (at > 0) {
		size_t before = caret_previous(text, len, at);
		enum word_class here = class_at(text, len, before);

		if (here != class && class != WORD_BLANK)
			break;
		class = here;
		at = before;
	}
	return at;
}
