#include "query/hunt.h"

#include <string.h>

/* The grams of a text by their length, as one chunk lists them. */
struct chain {
	const struct hunt *hunt;
	uint32_t chunk;
	enum part part;
	struct posting of[GRAM_MAX + 1][NEEDLE_MAX];
};

struct span hunt_span(const struct hunt *hunt, enum part part, uint32_t slot)
{
	struct texts texts = reading_texts(hunt->reading, slot / TEXT_SLOTS);
	uint32_t at = slot % TEXT_SLOTS;
	uint32_t start = at ? texts.ends[at - 1] : 0;
	struct span all = {texts.bytes + start, texts.ends[at] - start};
	const char *end = memchr(all.text, '\n', all.len);
	size_t title = end ? (size_t)(end - all.text) : all.len;

	if (part == PART_TITLE)
		return (struct span){all.text, title};
	title += title < all.len;
	return (struct span){all.text + title, all.len - title};
}

static bool has_text(const struct hunt *hunt, enum part part, uint32_t slot)
{
	const struct needle *needle = &hunt->needle;
	struct slot_texts texts;
	struct span span;

	if (part != PART_REST) {
		span = hunt_span(hunt, part, slot);
		return needle_in(needle, span.text, span.len);
	}
	if (!reading_slot_texts(hunt->reading, slot, &texts))
		return false;
	for (size_t i = 0; i < REST_TEXTS; i++)
		if (needle_in(needle, texts.rest[i].text, texts.rest[i].len))
			return true;
	return false;
}

/* Leave out those that have all its grams, but not one behind the other. */
static void verify(const struct hunt *hunt, uint32_t chunk, enum part part,
		   uint32_t words[GRAM_WORDS])
{
	for (uint32_t i = 0; i < GRAM_WORDS; i++) {
		for (uint32_t left = words[i]; left; left &= left - 1) {
			uint32_t bit = left & -left;
			uint32_t slot = chunk * GRAM_SLOTS + i * 32 +
					(uint32_t)__builtin_ctz(left);

			if (!has_text(hunt, part, slot))
				words[i] &= ~bit;
		}
	}
}

static bool look_up(struct chain *chain, unsigned count, size_t at)
{
	struct gram gram = {.part = chain->part, .count = count};
	struct posting *posting = &chain->of[count][at];

	memcpy(gram.symbols, chain->hunt->needle.text + at,
	       count * sizeof(uint32_t));
	*posting = reading_gram(chain->hunt->reading, chain->chunk, &gram);
	return posting->bytes;
}

/*
 * False: one of them is nowhere, so the text is not. Those longer than a pair
 * are listed where both their parts are common.
 */
static bool look_up_all(struct chain *chain)
{
	size_t len = chain->hunt->needle.len;

	for (unsigned count = 2; count <= GRAM_MAX && count <= len; count++)
		for (size_t i = 0; i + count <= len; i++) {
			const struct posting *parts = chain->of[count - 1] + i;
			bool listed = count == 2 ||
				      (parts[0].common && parts[1].common);

			if (!listed)
				chain->of[count][i] = (struct posting){0};
			else if (!look_up(chain, count, i))
				return false;
		}
	return true;
}

/* What a longer one says already. */
static bool is_part(const struct chain *chain, unsigned count, size_t i)
{
	const struct posting *longer;

	if (count == GRAM_MAX || count == chain->hunt->needle.len)
		return false;
	longer = chain->of[count + 1];
	return (i + count < chain->hunt->needle.len && longer[i].bytes) ||
	       (i && longer[i - 1].bytes);
}

static void keep_all(const struct chain *chain, uint32_t words[GRAM_WORDS])
{
	const struct posting *rarest = &chain->of[2][0];
	size_t len = chain->hunt->needle.len;

	for (unsigned count = 2; count <= GRAM_MAX && count <= len; count++)
		for (size_t i = 0; i + count <= len; i++) {
			const struct posting *posting = &chain->of[count][i];

			if (posting->bytes && posting->count < rarest->count)
				rarest = posting;
		}
	posting_add(rarest, words);
	for (unsigned count = 2; count <= GRAM_MAX && count <= len; count++)
		for (size_t i = 0; i + count <= len; i++) {
			const struct posting *posting = &chain->of[count][i];

			if (posting->bytes && posting != rarest &&
			    !is_part(chain, count, i))
				posting_keep(posting, words);
		}
}

static void find_part(const struct hunt *hunt, uint32_t chunk, enum part part,
		      uint32_t words[GRAM_WORDS])
{
	const struct needle *needle = &hunt->needle;
	struct chain chain = {.hunt = hunt, .chunk = chunk, .part = part};
	size_t len = needle->len;

	if (len == 1) {
		reading_gram_range(hunt->reading, chunk, part, needle->text[0],
				   0, GRAM_SOUND - 1, words);
		return;
	}
	if (!look_up_all(&chain))
		return;
	keep_all(&chain, words);
	if (len > GRAM_MAX || !chain.of[len][0].bytes)
		verify(hunt, chunk, part, words);
}

static void find_units(struct hunt *hunt, uint32_t chunk)
{
	for (size_t i = 0; i < hunt->unit_count; i++) {
		struct posting posting =
			reading_gram(hunt->reading, chunk, &hunt->units[i]);

		posting_add(&posting, hunt->words[PART_REST]);
	}
}

/* Lines of "role department …". */
static bool names_unit(const struct hunt *hunt, struct span units)
{
	struct gram gram;

	while (span_unit(&units, &gram))
		for (size_t i = 0; i < hunt->unit_count; i++)
			if (memcmp(&gram, &hunt->units[i], sizeof(gram)) == 0)
				return true;
	return false;
}

static bool is_there(const struct needle *needle, struct span span)
{
	size_t from, to;

	return needle_find(needle, span.text, span.len, &from, &to);
}

static void read_slot(struct hunt *hunt, uint32_t slot)
{
	uint32_t word = slot % GRAM_SLOTS / 32, bit = UINT32_C(1) << slot % 32;
	const struct needle *needle = &hunt->needle;
	struct slot_texts texts;

	if (!reading_slot_texts(hunt->reading, slot, &texts))
		return;
	if (is_there(needle, texts.title))
		hunt->words[PART_TITLE][word] |= bit;
	if (is_there(needle, texts.proposers))
		hunt->words[PART_PROPOSERS][word] |= bit;
	if (names_unit(hunt, texts.units))
		hunt->words[PART_REST][word] |= bit;
	for (size_t i = 0; i < REST_TEXTS; i++)
		if (needle_in(needle, texts.rest[i].text, texts.rest[i].len))
			hunt->words[PART_REST][word] |= bit;
}

/* What the index says of them may be old. */
static void read_pending(struct hunt *hunt, uint32_t chunk)
{
	memset(hunt->pending, 0, sizeof(hunt->pending));
	if (!reading_pending(hunt->reading, chunk, hunt->pending))
		return;
	for (uint32_t i = 0; i < GRAM_WORDS; i++) {
		uint32_t left = hunt->pending[i];

		for (int part = 0; part < PART_COUNT; part++)
			hunt->words[part][i] &= ~left;
		for (; left; left &= left - 1)
			read_slot(hunt, chunk * GRAM_SLOTS + i * 32 +
						(uint32_t)__builtin_ctz(left));
	}
}

void hunt_chunk(struct hunt *hunt, uint32_t chunk)
{
	memset(hunt->words, 0, sizeof(hunt->words));
	for (int part = 0; part < PART_COUNT; part++)
		find_part(hunt, chunk, (enum part)part, hunt->words[part]);
	if (hunt->needle.sounds) {
		hunt_sounds(hunt, chunk, PART_TITLE);
		hunt_sounds(hunt, chunk, PART_PROPOSERS);
	}
	find_units(hunt, chunk);
	read_pending(hunt, chunk);
}
