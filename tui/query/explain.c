/*
 * What a filter means, in a sentence for people.
 */
#include <string.h>

#include "query/language.h"
#include "query/term.h"

struct speaker {
	const struct filter *filter;
	const struct catalog *catalog;
	struct buf *out;
	bool begun;
};

static void clause(struct speaker *speaker)
{
	if (speaker->begun)
		buf_str(speaker->out, "，");
	speaker->begun = true;
}

/* --- Facets --- */

/* 办理中或已答复: a status speaks for itself, so does a deadline. */
static const char *prefix(enum facet facet, bool no)
{
	static const char *const words[FACET_COUNT] = {
		[FACET_STATUS] = "",       [FACET_UNIT] = "主办",
		[FACET_CATEGORY] = "类别", [FACET_LEVEL] = "",
		[FACET_RESULT] = "结果",   [FACET_FEEDBACK] = "反馈",
		[FACET_DUE] = "",          [FACET_SESSION] = "",
	};

	return no && !*words[facet] ? facet_label(facet) : words[facet];
}

static bool all_named(const struct speaker *speaker, enum facet facet, bool no)
{
	const struct facet_values *values = &speaker->catalog->facets[facet];

	for (size_t i = 0; i < values->count; i++)
		if (!*values->items[i].code &&
		    (no ? filter_excludes(speaker->filter, facet, i)
			: filter_has(speaker->filter, facet, i)))
			return false;
	return true;
}

static void say_values(struct speaker *speaker, enum facet facet, bool no)
{
	const struct facet_values *values = &speaker->catalog->facets[facet];
	const char *before = no ? "不是" : "";
	bool named = all_named(speaker, facet, no);

	clause(speaker);
	buf_str(speaker->out, named ? prefix(facet, no) : facet_label(facet));
	for (size_t i = 0; i < values->count; i++) {
		if (no ? !filter_excludes(speaker->filter, facet, i)
		       : !filter_has(speaker->filter, facet, i))
			continue;
		buf_printf(speaker->out, "%s%s", before,
			   values->items[i].label);
		before = "或";
	}
}

static void say_facets(struct speaker *speaker, unsigned except)
{
	for (int f = 0; f < FACET_COUNT; f++) {
		if (speaker->filter->chosen[f] && !(except & 1u << f))
			say_values(speaker, (enum facet)f, false);
		if (speaker->filter->excluded[f])
			say_values(speaker, (enum facet)f, true);
	}
}

/* --- Days --- */

static const char *const happens[FILTER_DATES] = {
	[FILTER_RECEIVED] = "收到", [FILTER_FILED] = "立案",
	[FILTER_ASSIGNED] = "交办", [FILTER_DUE] = "到期",
	[FILTER_REPLIED] = "答复",  [FILTER_CLOSED] = "办结",
	[FILTER_CHANGED] = "改过",
};

/* 2024年3月1日, 3 天前, 本周. */
static void say_span(const struct filter_days *days, struct buf *out)
{
	enum { MONTHS = 12 };
	int32_t value = days->value;

	switch ((enum span_kind)days->span) {
	case SPAN_AWAY:
		if (value)
			buf_printf(out, "%d 天%s", value < 0 ? -value : value,
				   value < 0 ? "前" : "后");
		else
			buf_str(out, "今天");
		return;
	case SPAN_MONTH:
		buf_printf(out, "%d年%d月", value / MONTHS, value % MONTHS + 1);
		return;
	case SPAN_YEAR:
		buf_printf(out, "%d年", value);
		return;
	case SPAN_EMPTY:
	case SPAN_DAY:
	case SPAN_TODAY:
	case SPAN_THIS_WEEK:
	case SPAN_THIS_MONTH:
	case SPAN_THIS_YEAR:
		span_format((struct span){(enum span_kind)days->span, value},
			    true, out);
		return;
	}
}

/* 7 天内到期, 逾期超过 30 天: what is still owed. */
static void say_owed(const struct filter_days *days, struct buf *out)
{
	static const char *const left[][2] = {
		[COMPARE_EQUAL] = {"正好剩 ", " 天"},
		[COMPARE_LESS] = {"", " 天内到期"},
		[COMPARE_LESS_EQUAL] = {"最多剩 ", " 天"},
		[COMPARE_GREATER] = {"还剩 ", " 天以上"},
		[COMPARE_GREATER_EQUAL] = {"至少剩 ", " 天"},
	};
	static const char *const late[][2] = {
		[COMPARE_EQUAL] = {"正好逾期 ", " 天"},
		[COMPARE_LESS] = {"逾期超过 ", " 天"},
		[COMPARE_LESS_EQUAL] = {"至少逾期 ", " 天"},
		[COMPARE_GREATER] = {"逾期不到 ", " 天或未到期"},
		[COMPARE_GREATER_EQUAL] = {"最多逾期 ", " 天或未到期"},
	};
	int32_t value = days->value;
	bool past = value < 0 || (value == 0 && days->compare == COMPARE_LESS);
	const char *const *words = (past ? late : left)[days->compare];

	buf_printf(out, "%s%d%s", words[0], value < 0 ? -value : value,
		   words[1]);
}

/* When, without what happened then: 2024-03-01 起; 最近 30 天. */
static void say_when(const struct filter_days *days, struct buf *out)
{
	static const char *const behind[] = {
		[COMPARE_EQUAL] = "",           [COMPARE_LESS] = "之前",
		[COMPARE_LESS_EQUAL] = "为止",  [COMPARE_GREATER] = "之后",
		[COMPARE_GREATER_EQUAL] = "起",
	};

	if (days->no)
		buf_str(out, "不是");
	if (days->span == SPAN_AWAY && days->value < 0 &&
	    days->compare == COMPARE_GREATER_EQUAL) {
		buf_printf(out, "最近 %d 天", -days->value);
		return;
	}
	say_span(days, out);
	if (days->compare != COMPARE_EQUAL && days->span == SPAN_DAY)
		buf_char(out, ' ');
	buf_str(out, behind[days->compare]);
}

/* A condition that is not the first of those of its date with "=". */
static bool is_another(const struct filter *filter, size_t i)
{
	const struct filter_days *days = &filter->days[i];

	if (days->compare != COMPARE_EQUAL || days->no)
		return false;
	for (size_t before = 0; before < i; before++)
		if (filter->days[before].date == days->date &&
		    filter->days[before].compare == COMPARE_EQUAL &&
		    !filter->days[before].no)
			return true;
	return false;
}

static void say_day(const struct filter *filter, size_t i, struct buf *out)
{
	const struct filter_days *days = &filter->days[i];

	if (days->span == SPAN_EMPTY) {
		buf_printf(out, "%s%s日期", days->no ? "有" : "没有",
			   happens[days->date]);
		return;
	}
	if (days->date == FILTER_DUE && days->span == SPAN_AWAY) {
		if (days->no)
			buf_str(out, "不是");
		say_owed(days, out);
		return;
	}
	say_when(days, out);
	buf_str(out, happens[days->date]);
}

/* Those of one date with "=" are a choice: 2024年3月交办或2024年5月交办. */
static void say_same(const struct filter *filter, size_t first, struct buf *out)
{
	for (size_t i = first; i < filter->day_count; i++) {
		if (filter->days[i].date != filter->days[first].date ||
		    (i != first && !is_another(filter, i)))
			continue;
		if (i != first)
			buf_str(out, "或");
		say_day(filter, i, out);
	}
}

static bool with_people(const struct filter *filter)
{
	for (size_t i = 0; i < filter->person_count; i++)
		if (!filter->people[i].no)
			return true;
	return false;
}

static void say_days(struct speaker *speaker)
{
	const struct filter *filter = speaker->filter;

	for (size_t i = 0; i < filter->day_count; i++) {
		const struct filter_days *days = &filter->days[i];

		if (is_another(filter, i) ||
		    (days->date == FILTER_CHANGED && with_people(filter)))
			continue;
		clause(speaker);
		if (days->compare == COMPARE_EQUAL && !days->no)
			say_same(filter, i, speaker->out);
		else
			say_day(filter, i, speaker->out);
	}
}

/* --- People: 王芳今天起改过 --- */

static void say_names(const struct filter *filter, bool no, struct buf *out)
{
	const char *before = "";

	for (size_t i = 0; i < filter->person_count; i++) {
		const struct filter_person *person = &filter->people[i];

		if (!person->no == no)
			continue;
		buf_printf(out, "%s%s", before,
			   strcmp(person->name, PERSON_ME) == 0 ? "我"
								: person->name);
		before = "或";
	}
}

static void say_times(const struct filter *filter, struct buf *out)
{
	const char *before = "";

	for (size_t i = 0; i < filter->day_count; i++) {
		if (filter->days[i].date != FILTER_CHANGED)
			continue;
		buf_str(out, is_another(filter, i) ? "或" : before);
		say_when(&filter->days[i], out);
		before = "、";
	}
}

static void say_people(struct speaker *speaker)
{
	const struct filter *filter = speaker->filter;
	struct buf names = {0};

	for (int no = 0; no < 2; no++) {
		buf_reset(&names);
		say_names(filter, no, &names);
		if (!names.len)
			continue;
		clause(speaker);
		buf_str(speaker->out, buf_text(&names));
		say_times(filter, speaker->out);
		buf_str(speaker->out, no ? "没有改过" : "改过");
	}
	buf_free(&names);
}

/* --- Numbers, flags, texts --- */

static void say_numbers(struct speaker *speaker, bool no)
{
	const struct filter *filter = speaker->filter;
	const char *before = no ? "编号不是 " : "编号 ";
	bool begun = false;

	for (size_t i = 0; i < filter->number_count; i++) {
		const struct filter_numbers *numbers = &filter->numbers[i];
		char of[32] = "";

		if (!numbers->no == no)
			continue;
		if (!begun)
			clause(speaker);
		begun = true;
		session_label(key_session(numbers->first), of);
		buf_printf(speaker->out, "%s%s%s%u", before, of, *of ? " " : "",
			   key_number(numbers->first));
		if (numbers->last != numbers->first)
			buf_printf(speaker->out, "—%u",
				   key_number(numbers->last));
		before = "、";
	}
}

static void say_texts(struct speaker *speaker, const char *texts,
		      const char *before)
{
	char text[FILTER_TEXT];

	if (!*texts)
		return;
	clause(speaker);
	while (filter_text_next(&texts, text)) {
		buf_printf(speaker->out, "%s“%s”", before, text);
		before = "和";
	}
}

static void say_flag(struct speaker *speaker, uint8_t flag, const char *yes,
		     const char *no)
{
	if (flag == FLAG_ANY)
		return;
	clause(speaker);
	buf_str(speaker->out, flag == FLAG_YES ? yes : no);
}

void filter_explain(const struct filter *filter, const struct catalog *catalog,
		    unsigned except, struct buf *out)
{
	struct speaker speaker = {
		.filter = filter,
		.catalog = catalog,
		.out = out,
	};

	say_facets(&speaker, except);
	say_days(&speaker);
	say_people(&speaker);
	say_numbers(&speaker, false);
	say_numbers(&speaker, true);
	say_flag(&speaker, filter->merged, "已并案", "未并案");
	say_flag(&speaker, filter->marked, "已选", "未选");
	say_texts(&speaker, filter->text, "含");
	say_texts(&speaker, filter->no_text, "不含");
}
