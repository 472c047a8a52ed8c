/*
 * proposals.yaml: any bytes are a configuration that prints as one which says
 * the same, or mistakes in the order of the file.
 */
#include "config/config.h"
#include "claims.h"
#include "config/encoding.h"
#include "config/names.h"

static const char name[] = "f";

/* "f:12:3: " at the beginning of a line; moves behind it. */
static bool take_place(const char **at, unsigned *line, unsigned *column)
{
	char *end;

	if (strncmp(*at, "f:", 2) != 0)
		return false;
	*line = (unsigned)strtoul(*at + 2, &end, 10);
	HOLDS(*end == ':');
	*column = (unsigned)strtoul(end + 1, &end, 10);
	HOLDS(strncmp(end, ": ", 2) == 0);
	*at = end + 2;
	return true;
}

/* In the order of the file, and none behind its end. */
static void claim_mistake(const char *text, unsigned last_line, bool first)
{
	static unsigned before_line, before_column;
	const char *sentence = text;
	unsigned line, column;

	if (!take_place(&sentence, &line, &column)) {
		HOLDS(!first && strncmp(text, "还有 ", strlen("还有 ")) == 0);
		return;
	}
	HOLDS(line >= 1 && line <= last_line && column >= 1);
	HOLDS(first || line > before_line ||
	      (line == before_line && column >= before_column));
	before_line = line;
	before_column = column;
	claim_sentence(sentence);
}

static void claim_mistakes(struct buf *mistakes, const struct err *err,
			   unsigned last_line)
{
	char *at = mistakes->data;
	unsigned count = 0;

	HOLDS(err->code == ERR_CONFIG);
	HOLDS(mistakes->len > 0 && at[mistakes->len - 1] == '\n');
	while (*at) {
		char *end = strchr(at, '\n');

		*end = '\0';
		HOLDS(count || strcmp(at, err->text) == 0);
		claim_mistake(at, last_line, count++ == 0);
		at = end + 1;
	}
	HOLDS(count <= 101);
}

static unsigned lines_of(const uint8_t *data, size_t size)
{
	unsigned lines = 1;

	for (size_t i = 0; i < size; i++)
		lines += data[i] == '\n' || data[i] == '\r';
	return lines;
}

/* Each is found by its code and by its label. */
static void claim_choices(const struct config *config, enum choice_kind kind)
{
	const struct choices *choices = &config->choices[kind];

	for (size_t i = 0; i < choices->count; i++) {
		const struct choice *choice = &choices->items[i];

		claim_clean_line(choice->code, strlen(choice->code));
		HOLDS(config_choice(config, kind, choice->code) == choice);
		HOLDS(config_match(config, kind, choice->code) == choice);
		HOLDS(!*choice->label ||
		      config_match(config, kind, choice->label) == choice);
		for (size_t j = 0; j < choice->next_count; j++)
			HOLDS(choice->next[j] < choices->count);
	}
}

static void claim_print(const struct config *config)
{
	struct buf printed = {0}, again = {0}, mistakes = {0};
	struct config *copy = NULL;
	struct err err = {0};

	config_print(config, &printed);
	bool readable = config_parse(&copy, name, printed.data, printed.len,
				     &mistakes, &err);
	HOLDS(readable);
	config_print(copy, &again);
	HOLDS(strcmp(printed.data, again.data) == 0);
	config_free(copy);
	buf_free(&printed);
	buf_free(&again);
	buf_free(&mistakes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *bytes = bytes_copy(data, size);
	struct buf mistakes = {0};
	struct config *config = NULL;
	struct err err = {0};

	if (config_parse(&config, name, bytes, size, &mistakes, &err)) {
		HOLDS(config && !mistakes.len && size <= ENCODING_SIZE_MAX);
		for (enum choice_kind kind = 0; kind < CHOICE_KINDS; kind++)
			claim_choices(config, kind);
		claim_print(config);
	} else {
		HOLDS(!config);
		claim_mistakes(&mistakes, &err, lines_of(data, size));
	}
	config_free(config);
	buf_free(&mistakes);
	free(bytes);
	return 0;
}
