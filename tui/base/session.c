#include "base/session.h"

#include <stdio.h>

#include "base/numeral.h"
#include "base/scan.h"

session session_make(uint32_t term, uint32_t meeting)
{
	if (term < 1 || term > SESSION_TERM_MAX || meeting < 1 ||
	    meeting > SESSION_MEETING_MAX)
		return 0;
	return (session)(term << 5 | meeting);
}

unsigned session_term(session s)
{
	return s >> 5;
}

unsigned session_meeting(session s)
{
	return s & 31u;
}

/* A number with or without 第 before it, blanks around. */
static bool ordinal(const char **at, uint32_t *value)
{
	scan_blanks(at);
	if (scan_word(at, "第"))
		scan_blanks(at);
	if (!numeral_next(at, value))
		return false;
	scan_blanks(at);
	return true;
}

static void meeting_word(const char **at)
{
	const char *next = *at;

	scan_blanks(&next);
	if (scan_word(&next, "会议") || scan_word(&next, "全体会议") ||
	    scan_word(&next, "全会"))
		*at = next;
}

/* 第十四届（第三次会议） */
static bool in_words(const char **at, uint32_t *term, uint32_t *meeting)
{
	if (!ordinal(at, term))
		return false;
	if (!scan_word(at, "届") && !scan_word(at, "屆"))
		return false;
	scan_blanks(at);

	bool open = scan_char(at, U'(');
	if (!ordinal(at, meeting) || !scan_word(at, "次"))
		return false;
	meeting_word(at);
	if (!open)
		return true;
	scan_blanks(at);
	return scan_char(at, U')');
}

static bool in_figures(const char **at, uint32_t *term, uint32_t *meeting)
{
	return numeral_next(at, term) && scan_char(at, U'-') &&
	       numeral_next(at, meeting);
}

bool session_next(const char **at, session *out)
{
	bool (*const forms[])(const char **, uint32_t *,
			      uint32_t *) = {in_figures, in_words};

	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		const char *next = *at;
		uint32_t term, meeting;

		if (!forms[i](&next, &term, &meeting))
			continue;
		session found = session_make(term, meeting);
		if (!found)
			return false;
		*at = next;
		*out = found;
		return true;
	}
	return false;
}

bool session_parse(const char *text, session *out)
{
	session found;

	scan_blanks(&text);
	if (!session_next(&text, &found))
		return false;
	scan_blanks(&text);
	if (*text)
		return false;
	*out = found;
	return true;
}

void session_format(session s, char out[8])
{
	if (s)
		snprintf(out, 8, "%u-%u", s >> 5 & 2047u, s & 31u);
	else
		out[0] = '\0';
}

void session_label(session s, char out[32])
{
	char term[10], meeting[10];

	out[0] = '\0';
	if (!s)
		return;
	numeral_chinese(session_term(s), term);
	numeral_chinese(session_meeting(s), meeting);
	snprintf(out, 32, "%s届%s次", term, meeting);
}
