#include "config/syntax.h"

#include <string.h>

/* Which of its two places to name. */
enum where { AT, FROM, NEAREST };

/* In the order of the search: what begins alike, longest first. */
static const struct {
	const char *problem, *context; /* their beginnings */
	enum where where;
	const char *sentence;
} sentences[] = {
	{"found unexpected end of stream", "while scanning a quoted", FROM,
	 "引号在这里打开，到文件末尾都没有关上"},
	{"found unexpected document indicator", "while scanning a quoted", FROM,
	 "引号在这里打开，没有关上"},
	{"found unknown escape character", "", AT,
	 "双引号里的反斜杠要写两个“\\\\”，或者改用单引号"},
	{"did not find expected hexdecimal number", "", AT,
	 "双引号里的反斜杠要写两个“\\\\”，或者改用单引号"},
	{"found invalid Unicode character escape", "", AT,
	 "双引号里的反斜杠要写两个“\\\\”，或者改用单引号"},
	{"could not find expected ':'", "", FROM,
	 "这里应是“名称: 内容”，没有找到半角冒号"},
	{"found unexpected ':'", "", AT, "冒号后面没有内容，或者没有空一格"},
	{"mapping values are not allowed", "", AT,
	 "这里不该有冒号：请检查这一行和上一行的缩进；"
	 "文字里有“: ”的要加引号"},
	{"mapping keys are not allowed", "", AT,
	 "这里不能用“?”开头，这样的文字要加引号"},
	{"block sequence entries are not allowed", "", AT,
	 "这里不能有“-”开头的列表项，请检查缩进和上一行"},
	{"did not find expected '-' indicator", "", AT,
	 "这一行应以“-”开头，或者缩进与同一列表的上一项不同"},
	{"did not find expected key", "", AT,
	 "这一行与同一项的其他行没有对齐，或者不是“名称: 内容”"},
	{"did not find expected ',' or ']'", "", NEAREST,
	 "两项之间缺了逗号，或者方括号没有关上"},
	{"did not find expected ',' or '}'", "", NEAREST,
	 "两项之间缺了逗号，或者花括号没有关上；文字里有“: ”的要加引号"},
	{"did not find expected node content", "", AT,
	 "这里缺少内容，或者多了一个逗号或括号"},
	{"found character that cannot start any token", "", AT,
	 "这个字符不能放在开头，这样的文字要加引号"},
	{"did not find expected alphabetic or numeric", "", FROM,
	 "“&”和“*”在这里有特别的意思，这样的文字要加引号"},
	{"found undefined tag handle", "", AT,
	 "“!”在这里有特别的意思，这样的文字要加引号"},
	{"", "while scanning a tag", FROM,
	 "“!”在这里有特别的意思，这样的文字要加引号"},
	{"", "while parsing a tag", FROM,
	 "“!”在这里有特别的意思，这样的文字要加引号"},
	{"found a tab character", "", AT, "缩进里有制表符（Tab），请改为空格"},
	{"", "while scanning a directive", FROM,
	 "行首不能是“%”，这样的文字要加引号"},
	{"", "while scanning a %", FROM, "行首不能是“%”，这样的文字要加引号"},
	{"did not find expected <document start>", "", AT,
	 "从这里起不合格式：顶格的行都应是“名称: 内容”"},
	{"", "", AT, "这里不合 YAML 格式，请检查缩进、冒号和引号"},
};

static bool begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

static struct place place_of(const struct syntax_error *error, enum where where)
{
	if (where == FROM)
		return error->from;
	/* On another line it is about all that was swallowed on the way. */
	if (where == NEAREST && error->at.line != error->from.line)
		return error->from;
	return error->at;
}

/* Has the cause been told? Indentation confuses all that follows. */
static bool is_told(const struct syntax_error *error,
		    const struct mended *mended,
		    const struct mistakes *mistakes)
{
	uint32_t line = error->at.line;

	return mistake_between(mistakes, line, line) ||
	       mistake_between(mistakes, error->from.line, error->from.line) ||
	       (mended->bent_first && mended->bent_first <= line &&
		mended->bent_last >= error->section);
}

void syntax_tell(const struct syntax_error *error, const struct mended *mended,
		 struct mistakes *mistakes)
{
	size_t i = 0;

	if (is_told(error, mended, mistakes))
		return;
	while (!begins(error->problem, sentences[i].problem) ||
	       !begins(error->context, sentences[i].context))
		i++;
	mistake_add(mistakes, place_of(error, sentences[i].where), "%s",
		    sentences[i].sentence);
}
