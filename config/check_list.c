#include "config/check.h"

void check_list(const struct node *root, struct mistakes *mistakes)
{
	const struct node *list = yaml_get(yaml_get(root, "list"), "columns");
	const struct node *node = list ? list->first : NULL;
	const struct word *words = list_column_words;
	bool seen[LIST_COLUMNS] = {false};

	for (; node; node = node->next) {
		const struct word *word = node->kind == NODE_TEXT
						  ? word_find(words, node->text)
						  : NULL;

		if (word && seen[word->value])
			mistake_add(mistakes, node->at,
				    "“columns”里的“%s”重复，请删掉一个",
				    word->name);
		else if (word && seen[LIST_TITLE])
			mistake_add(mistakes, node->at,
				    "“columns”里 title（案由）只能在最后，"
				    "“%s”不能在它后面",
				    word->name);
		if (word)
			seen[word->value] = true;
	}
}
