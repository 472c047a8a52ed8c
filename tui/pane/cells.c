#include "pane/cells.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/width.h"
#include "pane/panes.h"

/* On the left: many blanks in front would make ncurses erase them anew with
 * every move of the mark before them, twice the bytes. */
static enum style make_number(const struct row *row, struct buf *out)
{
	char text[16];

	key_format(row->p->key, text);
	buf_str(out, row->one_session ? strrchr(text, '-') + 1 : text);
	return STYLE_NORMAL;
}

static enum style make_session(const struct row *row, struct buf *out)
{
	char code[8];

	session_format(key_session(row->p->key), code);
	buf_str(out, code);
	return STYLE_NORMAL;
}

static enum style make_unit(const struct row *row, struct buf *out)
{
	proposal_answering(row->p, row->config, out);
	return STYLE_NORMAL;
}

static enum style make_joint(const struct row *row, struct buf *out)
{
	proposal_units(row->p, row->config, ROLE_JOINT, out);
	return STYLE_NORMAL;
}

static enum style coded(const struct row *row, enum choice_kind kind,
			const char *code, struct buf *out)
{
	const struct choice *choice = config_choice(row->config, kind, code);

	buf_str(out, config_label(row->config, kind, code));
	return choice ? style_of(choice->colour) : STYLE_NORMAL;
}

static enum style make_status(const struct row *row, struct buf *out)
{
	return coded(row, CHOICE_STATUS, row->p->status, out);
}

static enum style make_level(const struct row *row, struct buf *out)
{
	return coded(row, CHOICE_LEVEL, row->p->level, out);
}

static enum style make_category(const struct row *row, struct buf *out)
{
	return coded(row, CHOICE_CATEGORY, row->p->category, out);
}

static enum style make_result(const struct row *row, struct buf *out)
{
	return coded(row, CHOICE_RESULT, row->p->result, out);
}

static enum style make_feedback(const struct row *row, struct buf *out)
{
	return coded(row, CHOICE_FEEDBACK, row->p->feedback, out);
}

static enum style make_due(const struct row *row, struct buf *out)
{
	const struct proposal *p = row->p;
	enum phase phase = workflow_phase(row->config, p->status);
	day due = deadline_due(&row->config->reply, p->dates);
	char words[32];

	deadline_words(phase, due, p->dates[DATE_REPLIED], row->today, words);
	buf_str(out, words);
	enum lateness late =
		deadline_lateness(&row->config->reply, phase, due, row->today);
	if (late == LATE_OVERDUE)
		return STYLE_ALERT;
	return late == LATE_SOON ? STYLE_WARN : STYLE_NORMAL;
}

static enum style make_proposers(const struct row *row, struct buf *out)
{
	for (size_t i = 0; i < row->p->proposers.count; i++)
		buf_printf(out, "%s%s", i ? "、" : "",
			   row->p->proposers.items[i]);
	return STYLE_NORMAL;
}

static enum style dated(day d, struct buf *out)
{
	char text[11];

	day_format(d, text);
	buf_str(out, text);
	return STYLE_NORMAL;
}

static enum style make_received(const struct row *row, struct buf *out)
{
	return dated(row->p->dates[DATE_RECEIVED], out);
}

static enum style make_filed(const struct row *row, struct buf *out)
{
	return dated(row->p->dates[DATE_FILED], out);
}

static enum style make_assigned(const struct row *row, struct buf *out)
{
	return dated(row->p->dates[DATE_ASSIGNED], out);
}

static enum style make_replied(const struct row *row, struct buf *out)
{
	return dated(row->p->dates[DATE_REPLIED], out);
}

static enum style make_closed(const struct row *row, struct buf *out)
{
	return dated(row->p->dates[DATE_CLOSED], out);
}

static enum style make_changed(const struct row *row, struct buf *out)
{
	return dated(clock_day(row->p->changed_at), out);
}

static enum style make_changed_by(const struct row *row, struct buf *out)
{
	buf_str(out, row->p->changed_by);
	return STYLE_NORMAL;
}

static enum style make_title(const struct row *row, struct buf *out)
{
	buf_str(out, row->p->title);
	return STYLE_NORMAL;
}

static int widest_number(const struct widths *widths, bool one_session)
{
	char text[16];
	int digits = snprintf(text, sizeof(text), "%u", widths->number);

	return one_session ? digits
			   : widths->facets[FACET_SESSION] + 1 + digits;
}

#define WIDEST(name, facet) \
	static int widest_##name(const struct widths *widths, \
				 bool one_session) \
	{ \
		(void)one_session; \
		return widths->facets[facet]; \
	}

WIDEST(session, FACET_SESSION)
WIDEST(unit, FACET_UNIT)
WIDEST(status, FACET_STATUS)
WIDEST(level, FACET_LEVEL)
WIDEST(category, FACET_CATEGORY)
WIDEST(result, FACET_RESULT)
WIDEST(feedback, FACET_FEEDBACK)

/* clang-format off */
const struct cell_info cell_infos[LIST_COLUMNS] = {
	[LIST_NUMBER] =     {make_number,     13, 13,  0, widest_number},
	[LIST_SESSION] =    {make_session,     5,  5, 16, widest_session},
	[LIST_UNIT] =       {make_unit,       16, 10,  3, widest_unit},
	[LIST_JOINT] =      {make_joint,      16, 10,  6, NULL},
	[LIST_STATUS] =     {make_status,     16, 10,  1, widest_status},
	[LIST_LEVEL] =      {make_level,      12,  8,  5, widest_level},
	[LIST_CATEGORY] =   {make_category,   16, 10,  8, widest_category},
	[LIST_DUE] =        {make_due,         8,  8,  2, NULL},
	[LIST_RESULT] =     {make_result,      8,  6,  4, widest_result},
	[LIST_FEEDBACK] =   {make_feedback,   10,  8,  9, widest_feedback},
	[LIST_PROPOSERS] =  {make_proposers,  16, 10,  7, NULL},
	[LIST_RECEIVED] =   {make_received,   10, 10, 15, NULL},
	[LIST_FILED] =      {make_filed,      10, 10, 14, NULL},
	[LIST_ASSIGNED] =   {make_assigned,   10, 10, 12, NULL},
	[LIST_REPLIED] =    {make_replied,    10, 10, 11, NULL},
	[LIST_CLOSED] =     {make_closed,     10, 10, 13, NULL},
	[LIST_CHANGED] =    {make_changed,    10, 10, 10, NULL},
	[LIST_CHANGED_BY] = {make_changed_by,  8,  8, 17, NULL},
	[LIST_TITLE] =      {make_title,       0,  0,  0, NULL},
};
/* clang-format on */

const char *cell_title(enum list_column column)
{
	return list_column_words[column].label;
}

int cell_width(enum list_column column, const struct widths *widths,
	       bool one_session, int screen)
{
	const struct cell_info *info = &cell_infos[column];
	int most = screen < WIDE_SCREEN ? info->narrow : info->most;
	int cells = info->widest ? info->widest(widths, one_session) : most;
	int title = width_text(cell_title(column));

	if (cells > most)
		cells = most;
	return column == LIST_TITLE || cells > title ? cells : title;
}
