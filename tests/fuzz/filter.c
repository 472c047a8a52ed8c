/*
 * The language of conditions: any text makes a filter that is written and read
 * again as the same, or leaves it as it was and says where and why. A row in
 * which its texts stand is let through. What completes it, wherever the caret
 * is, stands for a part of it.
 */
#include "../unit/desk.h"
#include "base/fold.h"
#include "base/utf8.h"
#include "claims.h"
#include "query/complete.h"
#include "query/language.h"
#include "query/listing.h"

enum { PROPOSALS = 40 };

static struct desk *desk;
static struct catalog catalog;
static const char *titles[PROPOSALS]; /* by slot */

static void close_desk(void)
{
	catalog_free(&catalog);
	desk_close(desk);
}

static const char *const words[] = {
	"关于５G基站 A 的建议",
	"Zhang San",
	"地瓜经济",
	"ａbcＡＢ１２",
};

static key key_of(uint32_t i)
{
	return desk_key(1 + i % 4, i + 1);
}

static void fill(void)
{
	static const char *const statuses[] = {"received", "handling", "lost",
					       ""};
	const struct proposal *all[PROPOSALS];

	for (uint32_t i = 0; i < PROPOSALS; i++) {
		struct proposal *p =
			desk_new(desk, key_of(i), statuses[i / 4 % 4]);

		p->title = words[i % 4];
		p->dates[DATE_ASSIGNED] = (day)(day_make(2024, 8, 1) + i);
		all[i] = p;
	}
	desk_put(desk, 1, all, PROPOSALS);
}

static void list_titles(void)
{
	for (uint32_t i = 0; i < PROPOSALS; i++) {
		uint32_t slot;

		HOLDS(reading_find(desk->reading, key_of(i), &slot));
		titles[slot] = words[i % 4];
	}
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	desk = desk_open();
	fill();
	desk_read(desk);
	list_titles();
	catalog_update(&catalog, desk->config, desk->reading);
	desk_done(desk);
	atexit(close_desk);
	return 0;
}

static struct language language(void)
{
	return (struct language){
		.catalog = &catalog,
		.today = day_make(2024, 11, 20),
		.screen = true,
	};
}

/* What was read can be written, and read again as the same. */
static void claim_written(const struct filter *filter, enum spelling spelling)
{
	const struct language about = language();
	struct filter again = {0};
	struct buf text = {0};
	struct err err = {0};

	filter_format(filter, &catalog, spelling, &text);
	HOLDS(filter_parse(&again, &about, buf_text(&text), NULL, &err));
	HOLDS(memcmp(&again, filter, sizeof(again)) == 0);
	buf_free(&text);
}

static void claim_explained(const struct filter *filter)
{
	struct buf said = {0};

	filter_explain(filter, &catalog, 0, &said);
	HOLDS((said.len == 0) == filter_empty(filter, 0));
	buf_free(&said);
}

/* By the plainest means: what makes no difference is folded away. */
static bool stands_in(const char *text, const char *title)
{
	struct buf needle = {0}, hay = {0};

	fold_text(text, strlen(text), &needle);
	fold_text(title, strlen(title), &hay);
	bool stands = strstr(buf_text(&hay), buf_text(&needle)) != NULL;
	buf_free(&needle);
	buf_free(&hay);
	return stands;
}

static bool all_stand_in(const struct filter *filter, const char *title)
{
	const char *at = filter->text;
	char text[FILTER_TEXT];

	while (filter_text_next(&at, text))
		if (!stands_in(text, title))
			return false;
	return true;
}

static void claim_rows(const struct filter *filter)
{
	struct filter only = {0};
	struct query query = {.reading = desk->reading,
			      .catalog = &catalog,
			      .filter = filter,
			      .today = day_make(2024, 11, 20)};
	struct listing listing = {0};

	memcpy(only.text, filter->text, sizeof(only.text));
	bool text_only = memcmp(&only, filter, sizeof(only)) == 0;
	listing_run(&query, &listing, NULL);
	/* It may be found by its sound as well, and elsewhere. */
	for (uint32_t slot = 0; text_only && slot < PROPOSALS; slot++)
		HOLDS(listing_row(&listing, slot) >= 0 ||
		      !all_stand_in(filter, titles[slot]));
	listing_free(&listing);
}

/* A pass over the register is dear. */
static bool is_one_in_eight(const uint8_t *data, size_t size)
{
	unsigned sum = 0;

	for (size_t i = 0; i < size; i++)
		sum += data[i];
	return sum % 8 == 0;
}

static void claim_completed(const char *text, size_t caret)
{
	const struct language about = language();
	struct completions found;
	struct arena arena = {0};

	filter_complete(&about, NULL, 0, text, caret, &arena, &found);
	HOLDS(found.begin <= found.from && found.from <= caret);
	HOLDS(caret <= found.to && found.to <= strlen(text));
	HOLDS(found.count <= COMPLETIONS_MAX);
	for (size_t i = 0; i < found.count; i++)
		HOLDS(*found.items[i].text && *found.items[i].label);
	arena_free(&arena);
}

/* The place of a mistake is in the text. */
static void claim_mistake(const char *text, size_t at, const struct err *err)
{
	claim_error(err, ERR_USAGE);
	HOLDS(at <= strlen(text));
	HOLDS(strncmp(err->text, "第 ", strlen("第 ")) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct language about = language();
	char *text = text_copy(data, size);
	struct filter filter = {0}, before = {0};
	struct err err = {0};
	size_t at = 0;

	if (filter_parse(&filter, &about, text, &at, &err)) {
		claim_written(&filter, SPELL_CODES);
		claim_written(&filter, SPELL_LABELS);
		claim_explained(&filter);
		if (is_one_in_eight(data, size)) {
			desk_read(desk);
			claim_rows(&filter);
			desk_done(desk);
		}
	} else {
		claim_mistake(text, at, &err);
		HOLDS(memcmp(&before, &filter, sizeof(filter)) == 0);
	}
	if (utf8_valid(text, strlen(text)))
		claim_completed(
			text, utf8_cut(text, size ? data[0] % (strlen(text) + 1)
						  : 0));
	free(text);
	return 0;
}
