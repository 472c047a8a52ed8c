#include "query/term.h"

#include <string.h>

#include "base/utf8.h"
#include "domain/workflow.h"
#include "query/filter.h"

/* clang-format off */
const struct term terms[] = {
	{"status",   "状态", {"办理状态"}, TERM_FACET, FACET_STATUS, "状态=办理中,已答复", "办理状态"},
	{"unit",     "主办", {"单位", "主办单位", "部门"}, TERM_FACET, FACET_UNIT, "主办=经信局", "答复的单位：主办、分办"},
	{"category", "类别", {"分类"}, TERM_FACET, FACET_CATEGORY, "类别=教育", "提案类别"},
	{"level",    "级别", {NULL}, TERM_FACET, FACET_LEVEL, "级别=重点", "一般、重要、重点"},
	{"result",   "结果", {"办理结果"}, TERM_FACET, FACET_RESULT, "结果=A,无", "办理结果，无是未定"},
	{"feedback", "反馈", {"反馈意见"}, TERM_FACET, FACET_FEEDBACK, "反馈=不满意", "委员的反馈意见"},
	{"due",      "期限", {"时限", "应复", "应复日期"}, TERM_DUE, FACET_DUE, "期限<7天", "逾期、临期，或应复日期；几天是指还欠着的"},
	{"session",  "届次", {"届"}, TERM_FACET, FACET_SESSION, "届次=14-3", "届次"},
	{"received", "收到", {"收到日期"}, TERM_DAYS, FILTER_RECEIVED, "收到=本月", "收到日期"},
	{"filed",    "立案", {"立案日期"}, TERM_DAYS, FILTER_FILED, "立案>=2024-01-15", "立案日期"},
	{"assigned", "交办", {"交办日期"}, TERM_DAYS, FILTER_ASSIGNED, "交办=无", "交办日期，无是没有"},
	{"replied",  "答复", {"答复日期"}, TERM_DAYS, FILTER_REPLIED, "答复>=-30天", "答复日期"},
	{"closed",   "办结", {"办结日期"}, TERM_DAYS, FILTER_CLOSED, "办结=2024年", "办结日期"},
	{"changed",  "更新", {"更新时间", "修改"}, TERM_DAYS, FILTER_CHANGED, "更新>=今天", "最后一次修改的日期"},
	{"by",       "修改人", {"改动人"}, TERM_PERSON, 0, "修改人=我", "谁改过，帐号或“我”；与“更新”同用是指那时改过"},
	{"number",   "编号", {NULL}, TERM_NUMBERS, 0, "编号=100-200,250", "编号和范围，哪一届都行"},
	{"merged",   "并案", {"已并案"}, TERM_MERGED, 0, "并案=否", "已经并到别的提案"},
	{"text",     "文字", {NULL}, TERM_TEXT, 0, "文字=地瓜", "要找的文字；直接写也行，有空格的加引号"},
	{"overdue",  "逾期", {NULL}, TERM_LATE, LATE_OVERDUE, "逾期", "还欠着，已过应复日期"},
	{"soon",     "临期", {NULL}, TERM_LATE, LATE_SOON, "临期", "还欠着，快到应复日期"},
	{"marked",   "已选", {NULL}, TERM_MARKED, 0, "已选", "选中的提案，只在界面上"},
};
/* clang-format on */

enum { TERMS = sizeof(terms) / sizeof(*terms), NAME_MAX_BYTES = 48 };
const size_t term_count = TERMS;

/* Narrow, small; false if it is longer than any name. */
static bool fold(const char *text, size_t len, char out[NAME_MAX_BYTES + 4])
{
	const char *end = text + len;
	size_t n = 0;

	while (text < end) {
		char32_t cp = utf8_narrow(utf8_next(&text, end));

		if (n >= NAME_MAX_BYTES || cp == UTF8_INVALID)
			return false;
		if (cp >= U'A' && cp <= U'Z')
			cp += 'a' - 'A';
		n += utf8_put(cp, out + n);
	}
	out[n] = '\0';
	return n > 0;
}

static bool is_called(const struct term *term, const char *name)
{
	if (strcmp(term->name, name) == 0 || strcmp(term->label, name) == 0)
		return true;
	for (size_t i = 0; i < 4 && term->synonyms[i]; i++)
		if (strcmp(term->synonyms[i], name) == 0)
			return true;
	return false;
}

const struct term *term_find(const char *text, size_t len)
{
	char name[NAME_MAX_BYTES + 4];

	if (!fold(text, len, name))
		return NULL;
	for (size_t i = 0; i < TERMS; i++)
		if (is_called(&terms[i], name))
			return &terms[i];
	return NULL;
}

bool term_alone(const struct term *term)
{
	return term->kind == TERM_LATE || term->kind == TERM_MARKED;
}

bool term_compares(const struct term *term)
{
	return term->kind == TERM_DAYS || term->kind == TERM_DUE;
}
