#include "config/list.h"

#include <string.h>

const struct word list_column_words[] = {
	{"number", "编号", LIST_NUMBER},
	{"session", "届次", LIST_SESSION},
	{"unit", "主办", LIST_UNIT},
	{"joint", "会办", LIST_JOINT},
	{"status", "状态", LIST_STATUS},
	{"level", "级别", LIST_LEVEL},
	{"category", "类别", LIST_CATEGORY},
	{"due", "期限", LIST_DUE},
	{"result", "结果", LIST_RESULT},
	{"feedback", "反馈", LIST_FEEDBACK},
	{"proposers", "提案人", LIST_PROPOSERS},
	{"received", "收到", LIST_RECEIVED},
	{"filed", "立案", LIST_FILED},
	{"assigned", "交办", LIST_ASSIGNED},
	{"replied", "答复", LIST_REPLIED},
	{"closed", "办结", LIST_CLOSED},
	{"changed", "更新", LIST_CHANGED},
	{"by", "修改人", LIST_CHANGED_BY},
	{"title", "案由", LIST_TITLE},
	{NULL, NULL, 0},
};

static const struct word *column_of(const char *word)
{
	const struct word *at = word_find(list_column_words, word);

	for (const struct word *w = list_column_words; !at && w->name; w++)
		if (strcmp(w->label, word) == 0)
			at = w;
	return at;
}

static bool refuse(const char *word, struct err *err)
{
	struct buf labels = {0};

	for (const struct word *w = list_column_words; w->name; w++)
		buf_printf(&labels, "%s%s", labels.len ? "、" : "", w->label);
	err_set(err, ERR_USAGE, "没有“%s”这一列，可选：%s", word,
		buf_text(&labels));
	buf_free(&labels);
	return false;
}

static bool add(struct list_columns *columns, const struct word *word,
		struct err *err)
{
	for (size_t i = 0; i < columns->count; i++) {
		if ((int)columns->items[i] == word->value)
			return err_set(err, ERR_USAGE,
				       "“%s”这一列写了两次，请删掉一个",
				       word->label);
		if (columns->items[i] == LIST_TITLE)
			return err_set(err, ERR_USAGE,
				       "案由只能是最后一列，“%s”不能在它后面",
				       word->label);
	}
	columns->items[columns->count++] = (enum list_column)word->value;
	return true;
}

bool list_columns_parse(const char *text, struct list_columns *out,
			struct err *err)
{
	struct list_columns columns = {.count = 0};
	char word[WORD_MAX];

	while (word_next(&text, word)) {
		const struct word *column = column_of(word);

		if (!column)
			return refuse(word, err);
		if (!add(&columns, column, err))
			return false;
	}
	if (!columns.count)
		return err_set(err, ERR_USAGE,
			       "没有写出要哪几列，例如 编号,状态,案由");
	*out = columns;
	return true;
}

void list_columns_write(const struct list_columns *columns, struct buf *out)
{
	for (size_t i = 0; i < columns->count; i++)
		buf_printf(
			out, "%s%s", i ? "," : "",
			word_name(list_column_words, (int)columns->items[i]));
}
