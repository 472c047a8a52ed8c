#include "query/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/fit.h"
#include "base/mem.h"
#include "base/session.h"
#include "query/hunt.h"
#include "store/touched.h"

void hits_free(struct hits *hits)
{
	for (int i = 0; i < WHERE_COUNT; i++)
		slotset_free(&hits->in[i]);
}

void hits_all(struct hits *out, uint32_t slots)
{
	for (int i = 0; i < WHERE_COUNT; i++) {
		slotset_init(&out->in[i], slots);
		for (size_t k = 0; k < out->in[i].count; k++)
			out->in[i].words[k] = UINT32_MAX;
	}
}

void hits_and(struct hits *hits, const struct hits *other)
{
	for (int i = 0; i < WHERE_COUNT; i++)
		slotset_and(&hits->in[i], &other->in[i]);
}

/* A whole number, in any session. */
static uint32_t number_of(const struct needle *needle)
{
	uint32_t number = 0;

	for (size_t i = 0; i < needle->len; i++) {
		char32_t digit = needle->text[i] - '0';

		if (digit > 9 || number > NUMBER_MAX / 10)
			return 0;
		number = number * 10 + (uint32_t)digit;
	}
	return number <= NUMBER_MAX ? number : 0;
}

static void find_number(const struct hunt *hunt, struct slotset *out)
{
	uint32_t number = number_of(&hunt->needle), slot;
	struct strings codes = {0};
	session id;

	if (number)
		codes = reading_dict(hunt->reading, DICT_SESSION);
	for (size_t i = 1; i < codes.count; i++)
		if (session_parse(codes.items[i], &id) &&
		    reading_find(hunt->reading, key_make(id, number), &slot))
			slotset_add(out, slot);
}

static void add_key(void *arg, key k)
{
	struct hunt *hunt = arg;
	uint32_t slot;

	if (reading_find(hunt->reading, k, &slot))
		slotset_add(&hunt->out->in[WHERE_REST], slot);
}

/* Notes stand in batches, of which there are far fewer than proposals. */
static void find_notes(struct hunt *hunt)
{
	const struct reading *reading = hunt->reading;
	uint32_t last = reading_last_batch(reading);
	struct arena arena = {0};
	struct batch batch;
	struct err why;

	for (uint32_t number = 1; number <= last; number++) {
		if (reading_batch(reading, number, &arena, &batch, &why) &&
		    *batch.note &&
		    needle_in(&hunt->needle, batch.note, strlen(batch.note)))
			reading_touched(reading, number, add_key, hunt);
		arena_free(&arena);
	}
}

static bool fits_any(const struct fit *fit, const struct choice *unit)
{
	if (fit_try(fit, unit->label) || fit_try(fit, unit->name))
		return true;
	for (size_t i = 0; i < unit->aliases.count; i++)
		if (fit_try(fit, unit->aliases.items[i]))
			return true;
	return false;
}

/* The departments that are meant, as they are suggested while one types. */
static void find_units(struct hunt *hunt, const struct config *config,
		       const char *text)
{
	const struct choices *units = &config->choices[CHOICE_DEPARTMENT];
	struct fit fit;

	hunt->units = mem_array(units->count + 1, sizeof(*hunt->units));
	if (!fit_begin(&fit, text) || !fit.count)
		return;
	for (size_t i = 0; i < units->count; i++)
		if (fits_any(&fit, &units->items[i]))
			hunt->units[hunt->unit_count++] =
				gram_unit(units->items[i].code);
}

static void add_chunk(struct hits *out, enum where where, uint32_t chunk,
		      const uint32_t words[GRAM_WORDS])
{
	struct slotset *set = &out->in[where];
	size_t first = (size_t)chunk * GRAM_WORDS;

	for (size_t i = 0; i < GRAM_WORDS && first + i < set->count; i++)
		set->words[first + i] |= words[i];
}

void search_text(const struct reading *reading, const struct config *config,
		 const char *text, struct hits *out)
{
	static const enum where where[PART_COUNT] = {
		[PART_TITLE] = WHERE_TITLE,
		[PART_PROPOSERS] = WHERE_PROPOSERS,
		[PART_REST] = WHERE_REST,
	};
	uint32_t slots = reading_slots(reading);
	struct hunt *hunt = mem_new(sizeof(*hunt));

	for (int i = 0; i < WHERE_COUNT; i++)
		slotset_init(&out->in[i], slots);
	hunt->reading = reading;
	hunt->out = out;
	if (needle_set(&hunt->needle, text)) {
		find_units(hunt, config, text);
		for (uint32_t chunk = 0; chunk * GRAM_SLOTS < slots; chunk++) {
			hunt_chunk(hunt, chunk);
			for (int part = 0; part < PART_COUNT; part++)
				add_chunk(out, where[part], chunk,
					  hunt->words[part]);
		}
		find_number(hunt, &out->in[WHERE_NUMBER]);
		find_notes(hunt);
	}
	for (int i = 1; i < WHERE_COUNT; i++)
		slotset_or(&out->in[i], &out->in[i - 1]);
	free(hunt->units);
	free(hunt);
}
