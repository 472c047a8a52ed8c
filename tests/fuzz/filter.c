/*
 * The filter language: words separated by newlines set a filter that can be
 * shown, or leave it as it was and say why. The rows that it lets through are
 * those in which its text stands.
 */
#include "../unit/desk.h"
#include "claims.h"
#include "query/listing.h"
#include "query/sieve.h"

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

/* Every value that was chosen is chosen again by its code. */
static void claim_values(const struct filter *filter, enum facet facet)
{
	const struct facet_values *values = &catalog.facets[facet];
	struct filter again = {0};
	size_t chosen = 0;

	for (size_t i = 0; i < values->count; i++) {
		struct buf word = {0};
		struct err err = {0};

		if (!filter_has(filter, facet, i))
			continue;
		chosen++;
		buf_printf(&word, "%s=%s", facet_name(facet),
			   *values->items[i].code ? values->items[i].code
						  : "无");
		HOLDS(filter_word(&again, &catalog, word.data, &err));
		HOLDS(filter_has(&again, facet, i));
		buf_free(&word);
	}
	HOLDS(filter->chosen[facet] == chosen);
	HOLDS(again.chosen[facet] == chosen);
}

static char small(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

/* By the plainest means: does one of the needles stand in the text? */
static bool stands_in(const struct needles *needles, const char *text)
{
	for (size_t n = 0; n < needles->count; n++)
		for (const char *at = text; *at; at++) {
			size_t same = 0;

			while (same < needles->lens[n] && at[same] &&
			       small(at[same]) == needles->texts[n][same])
				same++;
			if (same == needles->lens[n])
				return true;
		}
	return false;
}

static void claim_rows(const struct filter *filter)
{
	struct query query = {.reading = desk->reading,
			      .catalog = &catalog,
			      .filter = filter,
			      .today = day_make(2024, 11, 20)};
	struct listing listing = {0};
	struct needles needles = {0};
	bool any = true;

	needles_set(&needles, filter->text);
	listing_run(&query, &listing, NULL);
	for (int f = 0; f < FACET_COUNT; f++)
		any = any && !filter->chosen[f];
	for (uint32_t slot = 0; slot < PROPOSALS; slot++) {
		bool text = stands_in(&needles, titles[slot]);
		bool in = listing_row(&listing, slot) >= 0;

		HOLDS(any ? in == text : text || !in);
	}
	listing_free(&listing);
}

static void claim_shown(const struct filter *filter)
{
	struct buf shown = {0};

	filter_show(filter, &catalog, 0, &shown);
	for (int f = 0; f < FACET_COUNT; f++)
		claim_values(filter, (enum facet)f);
	HOLDS(strlen(filter->text) < FILTER_TEXT);
	buf_free(&shown);
}

/* A pass over the register is dear. */
static bool is_one_in_eight(const uint8_t *data, size_t size)
{
	unsigned sum = 0;

	for (size_t i = 0; i < size; i++)
		sum += data[i];
	return sum % 8 == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = text_copy(data, size), *rest = text, *word;
	struct filter filter = {0};

	while ((word = strsep(&rest, "\n"))) {
		struct filter before = filter;
		struct err err = {0};

		if (filter_word(&filter, &catalog, word, &err))
			continue;
		claim_error(&err, ERR_USAGE);
		HOLDS(memcmp(&before, &filter, sizeof(filter)) == 0);
	}
	claim_shown(&filter);
	if (*filter.text && is_one_in_eight(data, size)) {
		desk_read(desk);
		claim_rows(&filter);
		desk_done(desk);
	}
	free(text);
	return 0;
}
