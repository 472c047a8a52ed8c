#include "domain/paste.h"

#include <string.h>

#include "base/numeral.h"
#include "base/scan.h"
#include "base/utf8.h"

char32_t paste_peek(const struct paste *paste, const char **next)
{
	*next = paste->at;
	return paste->at < paste->end ? utf8_next(next, paste->end) : 0;
}

/* Blanks that stay on the line, the invisible ones of web pages included. */
static bool is_blank(char32_t c)
{
	return c == ' ' || c == '\t' || c == 0xA0 || c == 0x3000 ||
	       (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x205F ||
	       c == 0xFEFF;
}

static bool is_one_of(char32_t c, const char32_t *set)
{
	while (*set && *set != c)
		set++;
	return c && *set;
}

bool paste_between(char32_t c)
{
	return is_blank(c) ||
	       is_one_of(
		       c,
		       U"\n\r\v\f\x85\u2028\u2029、,，;；。和及与()（）[]【】");
}

static bool is_dash(char32_t c)
{
	return is_one_of(c, U"-－—–―−‐‑﹣");
}

static void skip_blanks(struct paste *paste)
{
	const char *next;

	while (is_blank(paste_peek(paste, &next)))
		paste->at = next;
}

/* The dash of 14-3-173; 至 and ~ are for ranges alone. */
static bool take_dash(struct paste *paste)
{
	const char *next, *start = paste->at;

	skip_blanks(paste);
	if (!is_dash(paste_peek(paste, &next))) {
		paste->at = start;
		return false;
	}
	/* An input method types two dashes with one key: 161——165. */
	do
		paste->at = next;
	while (paste_peek(paste, &next) == U'—');
	skip_blanks(paste);
	return true;
}

bool paste_range(struct paste *paste)
{
	const char *next, *start = paste->at;

	if (take_dash(paste))
		return true;
	skip_blanks(paste);
	if (!is_one_of(paste_peek(paste, &next), U"~～〜∼至到")) {
		paste->at = start;
		return false;
	}
	paste->at = next;
	skip_blanks(paste);
	return true;
}

/* The first of `words` that stands here; they are ordered long to short. */
static bool take_word(struct paste *paste, const char *const *words)
{
	while (*words && !scan_word(&paste->at, *words))
		words++;
	return *words != NULL;
}

/* Words with a colon or not that stand around numbers and mean nothing. */
static bool take_filler(struct paste *paste, const char *const *words)
{
	if (!take_word(paste, words))
		return false;
	skip_blanks(paste);
	take_word(paste, (const char *const[]){":", "：", NULL});
	return true;
}

/* A full stop ends the list; 1.5 and "1. 第4号" are something else. */
static bool take_stop(struct paste *paste)
{
	struct paste rest = *paste;
	const char *next;
	char32_t c = paste_peek(&rest, &next);

	if (c != '.' && c != U'．')
		return false;
	do
		rest.at = next;
	while (paste_between(paste_peek(&rest, &next)));
	if (rest.at != rest.end)
		return false;
	paste->at = rest.at;
	return true;
}

static const char *const fillers[] = {
	"提案编号", "提案案号", "提案号", "重点提案", "提案", "编号",
	"案号",     "以及",     "市政协", "政协",     NULL,
};

void paste_skip(struct paste *paste)
{
	const char *next;

	for (;;) {
		if (paste_between(paste_peek(paste, &next)))
			paste->at = next;
		else if (!take_filler(paste, fillers) && !take_stop(paste))
			return;
	}
}

bool paste_ends(const struct paste *paste)
{
	struct paste rest = *paste;

	paste_skip(&rest);
	return rest.at > paste->at || rest.at == rest.end;
}

/* 十四届三次 and what follows it in a letter, up to its first number. */
bool paste_session(struct paste *paste)
{
	static const char *const words[] = {
		"全体会议", "会议", "全会", "大会", "的", ":", "：", NULL,
	};
	static const char meeting[] = "次";
	const char *start = paste->at;
	session s;

	if (!session_next(&paste->at, &s))
		return false;
	/* 14-3 without a number behind it is a range, not a session. */
	if (!memmem(start, (size_t)(paste->at - start), meeting,
		    strlen(meeting))) {
		paste->at = start;
		return false;
	}
	while (take_filler(paste, words))
		;
	if (!take_dash(paste))
		paste_skip(paste);
	paste->session = s;
	return true;
}

/* 14-3-173 up to its second dash. */
bool paste_prefix(struct paste *paste)
{
	const char *start = paste->at;
	uint32_t term, meeting;

	if (numeral_next(&paste->at, &term) && take_dash(paste) &&
	    numeral_next(&paste->at, &meeting) && take_dash(paste)) {
		session s = session_make(term, meeting);

		if (s) {
			paste->session = s;
			return true;
		}
	}
	paste->at = start;
	return false;
}

static bool take_letter(struct paste *paste, char32_t small)
{
	const char *next;
	char32_t c = utf8_narrow(paste_peek(paste, &next));

	if ((c | 0x20) != small)
		return false;
	paste->at = next;
	return true;
}

/* 第 # № No. */
void paste_mark(struct paste *paste)
{
	static const char *const marks[] = {"第", "#", "＃", "№", NULL};
	static const char *const stops[] = {".", "．", ":", "：", NULL};
	const char *start = paste->at;

	if (take_word(paste, marks)) {
		skip_blanks(paste);
	} else if (take_letter(paste, 'n') && take_letter(paste, 'o')) {
		take_word(paste, stops);
		skip_blanks(paste);
	} else {
		paste->at = start;
	}
}

/* 号, and 提案 behind it; whether it was there. */
bool paste_suffix(struct paste *paste)
{
	static const char *const words[] = {
		"号提案", "号建议", "号案", "号件", "号", "號", NULL,
	};
	const char *start = paste->at;

	skip_blanks(paste);
	if (take_word(paste, words))
		return true;
	paste->at = start;
	return false;
}
