#include "config/marks.h"

#include <string.h>

static const char *quote_end(const struct pen *pen, const char *at)
{
	char mark = *at++;

	for (; at < pen->stop; at++) {
		bool twice = at + 1 < pen->stop && mark == '\'' &&
			     *at == mark && at[1] == mark;

		if (twice || (mark == '"' && *at == '\\'))
			at++;
		else if (*at == mark)
			return at + 1;
	}
	return NULL;
}

/* Where the missing quote was probably meant to be. */
static const char *quote_guess(const struct pen *pen, const char *at)
{
	const char *end = at + 1;

	while (end < pen->stop && !pen_in_flow(pen, end) &&
	       !(*end == '#' && end[-1] == ' '))
		end++;
	while (end > at + 1 && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	return end;
}

const char *marks_quote(struct pen *pen, const char *at)
{
	const char mark[2] = {*at, '\0'};
	const char *end = quote_end(pen, at);

	pen->fresh = false;
	if (end)
		return end;

	const char *other = pen_find(pen, at, *at == '"' ? "”" : "’");

	if (other)
		pen_slip(pen, at,
			 "引号在这里打开，右边却是中文引号，请改为英文的 %s",
			 mark);
	else
		pen_slip(pen, at, "引号在这里打开，到行末没有关上，请补上 %s",
			 mark);
	end = other ? other : quote_guess(pen, at);
	pen_mend(pen, end, other ? strlen("”") : 0, mark);
	return other ? end + strlen("”") : end;
}

const char *marks_chinese_quote(struct pen *pen, const char *at)
{
	bool one = pen_sees(pen, at, "‘");
	const size_t size = strlen("“");

	if (!one && !pen_sees(pen, at, "“") && !pen_sees(pen, at, "＂"))
		return NULL;

	const char *end = pen_find(pen, at + size, one ? "’" : "”");

	if (!end && !one)
		end = pen_find(pen, at + size, "＂");
	if (!end || memchr(at, '"', (size_t)(end - at)) ||
	    memchr(at, '\\', (size_t)(end - at)))
		return NULL;

	const char *behind = pen_skip(pen, end + size);

	if (behind < pen->stop && *behind != '#' && *behind != ':' &&
	    !pen_in_flow(pen, behind))
		return NULL;
	pen_slip(pen, at, "引号是中文的，请改为英文引号 \"，或者去掉");
	pen_mend(pen, at, size, "\"");
	pen_mend(pen, end, size, "\"");
	pen->fresh = false;
	return end + size;
}

const char *marks_bracket(struct pen *pen, const char *at)
{
	bool wide = pen_sees(pen, at, "［") || pen_sees(pen, at, "｛");
	bool brace = *at == '{' || pen_sees(pen, at, "｛");
	size_t size = wide ? strlen("［") : 1;

	if (!wide && *at != '[' && *at != '{')
		return NULL;
	if (wide) {
		pen_slip(pen, at, "括号是全角的“%s”，请改为半角“%s”",
			 brace ? "｛" : "［", brace ? "{" : "[");
		pen_mend(pen, at, size, brace ? "{" : "[");
	}
	pen_open(pen, at, brace ? '}' : ']');
	return pen_expect(pen, brace, at + size);
}

const char *marks_bracket_end(struct pen *pen, const char *at)
{
	bool wide = pen_sees(pen, at, "］") || pen_sees(pen, at, "｝");
	bool brace = *at == '}' || pen_sees(pen, at, "｝");
	size_t size = wide ? strlen("］") : 1;

	/* This may put in brackets of its own before this one. */
	pen_close(pen, at, brace ? '}' : ']');
	if (wide) {
		pen_slip(pen, at, "括号是全角的“%s”，请改为半角“%s”",
			 brace ? "｝" : "］", brace ? "}" : "]");
		pen_mend(pen, at, size, brace ? "}" : "]");
	}
	pen->fresh = false;
	return at + size;
}

/* Whether a comma that ends in `at` stands between two settings. */
static bool before_name(const struct pen *pen, const char *at)
{
	at = pen_skip(pen, at);
	if (at == pen->stop)
		return true;

	const char *end = pen_word_end(pen, at);
	const char *colon = pen_skip(pen, end);

	return end > at && colon < pen->stop &&
	       (*colon == ':' || pen_sees(pen, colon, "："));
}

const char *marks_within(struct pen *pen, const char *at, bool *inside)
{
	const char *next = at + strlen("，");

	if (pen_sees(pen, at, "［") || pen_sees(pen, at, "｛"))
		*inside = true;
	if (pen_sees(pen, at, "］") || pen_sees(pen, at, "｝")) {
		const char *behind = pen_skip(pen, next);

		if (!*inside &&
		    (behind == pen->stop || pen_in_flow(pen, behind)))
			return marks_bracket_end(pen, at);
		*inside = false;
	}
	if (!pen_sees(pen, at, "，") && !pen_sees(pen, at, "、") &&
	    !pen_sees(pen, at, "；"))
		return NULL;
	if (pen_in_braces(pen) && !before_name(pen, next))
		return NULL;
	pen_slip(pen, at, "这里要用半角逗号“,”隔开，现在是“%.3s”", at);
	pen_mend(pen, at, (size_t)(next - at), ", ");
	return pen_expect(pen, pen_in_braces(pen), next);
}
