#include "config/slips.h"

#include <string.h>

#include "config/marks.h"
#include "config/schema.h"

static void check_indent(struct pen *pen, const char *until)
{
	const char *at = pen->start;
	struct buf blanks = {0};

	while (*at == ' ')
		at++;
	if (at == until)
		return;
	pen_slip(pen, at,
		 pen_wide_blank(pen, at) ? "缩进里有全角空格，请改为半角空格"
					 : "缩进里有制表符（Tab），请改为空格");
	pen->bent_last = pen->line;
	if (!pen->bent_first)
		pen->bent_first = pen->line;

	const char *bad = at;

	while (at < until) {
		size_t wide = pen_wide_blank(pen, at);

		buf_str(&blanks, wide == 3     ? "  "
				 : *at == '\t' ? pen->tab
					       : " ");
		at += wide ? wide : 1;
	}
	pen_mend(pen, bad, (size_t)(until - bad), buf_text(&blanks));
	buf_free(&blanks);
}

/* The blank behind a dash or a colon has to be an ASCII one. */
static const char *after_mark(struct pen *pen, const char *at, const char *mark)
{
	size_t wide = pen_wide_blank(pen, at);

	if (!wide)
		return at;
	pen_slip(pen, at, "“%s”后面是全角空格，请改为半角空格", mark);
	pen_mend(pen, at, wide, " ");
	return at + wide;
}

static const char *full_width_dash(const struct pen *pen, const char *at)
{
	static const char *const dashes[] = {"－", "—", "–", "•", "·", "＊"};

	for (size_t i = 0; i < sizeof(dashes) / sizeof(*dashes); i++) {
		const char *next = at + strlen(dashes[i]);

		if (pen_sees(pen, at, dashes[i]) &&
		    (pen_blank(pen, next) || pen_wide_blank(pen, next)))
			return dashes[i];
	}
	return NULL;
}

/* `-code: x` or `-{`, which YAML takes for a name or text. */
static bool tight_dash(const struct pen *pen, const char *at)
{
	const char *end = pen_word_end(pen, at + 1);

	if (pen_sees(pen, at, "-{") || pen_sees(pen, at, "-["))
		return true;
	return end < pen->stop && *end == ':' &&
	       schema_knows(at + 1, (size_t)(end - at - 1));
}

/* The mark of a list item, or NULL. */
static const char *dash(struct pen *pen, const char *at)
{
	const char *other = full_width_dash(pen, at);

	if (other) {
		pen_slip(pen, at, "列表项要用半角减号“-”开头，这里是“%s”",
			 other);
		pen_mend(pen, at, strlen(other), "-");
		return after_mark(pen, at + strlen(other), "-");
	}
	if (*at != '-')
		return NULL;
	if (at + 1 < pen->stop && at[1] == '\t') {
		pen_slip(pen, at + 1, "“-”后面是制表符（Tab），请改为空格");
		pen_mend(pen, at + 1, 1, " ");
		return at + 2;
	}
	if (pen_blank(pen, at + 1) || pen_wide_blank(pen, at + 1))
		return after_mark(pen, at + 1, "-");
	if (!tight_dash(pen, at))
		return NULL;
	pen_slip(pen, at + 1, "“-”后面要空一格");
	pen_mend(pen, at + 1, 0, " ");
	return at + 1;
}

static const char *full_width_colon(struct pen *pen, const char *at)
{
	const char *next = at + strlen("：");
	size_t wide = pen_wide_blank(pen, next);

	pen_slip(pen, at, "冒号是全角的“：”，请改为半角“:”，后面空一格");
	pen_mend(pen, at, (size_t)(next - at) + wide,
		 pen_blank(pen, next) ? ":" : ": ");
	return next + wide;
}

/* If a setting's name stands here: behind its colon. */
static const char *name(struct pen *pen, const char *at)
{
	const char *end = pen_word_end(pen, at);
	const char *colon = pen_skip(pen, end);

	if (end == at)
		return NULL;
	if (pen_sees(pen, colon, "：") && end - at > 1)
		return full_width_colon(pen, colon);
	if (colon == pen->stop || *colon != ':')
		return NULL;
	if (pen_blank(pen, colon + 1) || pen_in_flow(pen, colon + 1))
		return colon + 1;
	if (pen_wide_blank(pen, colon + 1))
		return after_mark(pen, colon + 1, ":");
	if (!schema_knows(at, (size_t)(end - at)))
		return NULL;
	pen_slip(pen, colon + 1, "冒号后面要空一格");
	pen_mend(pen, colon + 1, 0, " ");
	return colon + 1;
}

/* A text without quotes, up to what ends it. */
static const char *plain(struct pen *pen, const char *at)
{
	const char *start = at, *next;
	bool key = pen->key, inside = false;

	pen->fresh = false;
	for (; at < pen->stop; at++) {
		/* Ideographs, most of all. */
		if ((*at & 0x80) && !marks_likely(*at))
			continue;
		if (pen->depth && marks_likely(*at) &&
		    (next = marks_within(pen, at, &inside)))
			return next;
		if (at > start && (pen_in_flow(pen, at) ||
				   (*at == '#' && pen_blank(pen, at - 1))))
			return at;
		if (*at == ':' &&
		    (pen_blank(pen, at + 1) || pen_in_flow(pen, at + 1)))
			return key ? pen_expect(pen, false, at + 1) : at + 1;
	}
	return at;
}

static const char *fresh(struct pen *pen, const char *at)
{
	const char *next;

	if (*at == '"' || *at == '\'')
		return marks_quote(pen, at);
	if (!pen->depth && pen->key && (next = dash(pen, at)))
		return pen_expect(pen, true, next);
	if ((next = marks_bracket(pen, at)) ||
	    (next = marks_chinese_quote(pen, at)))
		return next;
	if (pen->key && (next = name(pen, at)))
		return pen_expect(pen, false, next);
	if (!pen->depth && (*at == '|' || *at == '>')) {
		pen->block = pen->indent;
		pen->in_block = true;
		return pen->stop;
	}
	return plain(pen, at);
}

static const char *piece(struct pen *pen, const char *at)
{
	if (pen->depth && *at == ',')
		return pen_expect(pen, pen_in_braces(pen), at + 1);
	if (pen->depth && (*at == ']' || *at == '}'))
		return marks_bracket_end(pen, at);
	if (!pen->fresh && *at == ':')
		return pen_expect(pen, false, at + 1);
	return pen->fresh ? fresh(pen, at) : plain(pen, at);
}

/* Can this line be inside the brackets that are open? */
static bool continues(const struct pen *pen, const char *at)
{
	const char *end = pen_word_end(pen, at);
	bool named = end > at && end < pen->stop && *end == ':' &&
		     pen_blank(pen, end + 1);

	if (*at == '-' && pen_blank(pen, at + 1))
		return false;
	if (!named)
		return true;
	return at > pen->start &&
	       (pen_in_braces(pen) || !schema_knows(at, (size_t)(end - at)));
}

static void read_line(struct pen *pen)
{
	const char *at = pen->start;

	while (at < pen->stop &&
	       (pen_blank(pen, at) || pen_wide_blank(pen, at)))
		at += pen_blank(pen, at) ? 1 : pen_wide_blank(pen, at);
	pen->indent = (size_t)(at - pen->start);
	if (at == pen->stop || (pen->in_block && pen->indent > pen->block))
		return;
	if (*at == '#') {
		pen_drop_line(pen);
		return;
	}
	pen->in_block = false;
	if (pen->depth && !continues(pen, at))
		pen_close_all(pen);
	if (!pen->depth)
		check_indent(pen, at);
	pen_expect(pen, !pen->depth || pen_in_braces(pen), at);
	while ((at = pen_skip(pen, at)) < pen->stop && !pen_had_enough(pen)) {
		/* Not the first of the line: that was a comment, and is gone. */
		if (*at == '#' && pen_blank(pen, at - 1))
			return;
		at = piece(pen, at);
		pen_content(pen, at);
	}
}

void slips_mend(struct span text, unsigned tab, struct mended *out,
		struct mistakes *mistakes)
{
	struct pen pen;

	pen_start(&pen, text, tab, mistakes);
	while (pen_line(&pen))
		read_line(&pen);
	pen_finish(&pen, out);
}

struct place slips_place(const struct mended *mended, struct place at)
{
	size_t low = 0, high = mended->edit_count;

	/* The last edit that stands before the place. */
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct edit *edit = &mended->edits[mid];

		if (edit->line < at.line ||
		    (edit->line == at.line && edit->column <= at.column))
			low = mid + 1;
		else
			high = mid;
	}
	if (low > 0 && mended->edits[low - 1].line == at.line)
		at.column = mended->edits[low - 1].back + at.column -
			    mended->edits[low - 1].column;
	return at;
}
