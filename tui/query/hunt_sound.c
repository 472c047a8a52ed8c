#include <string.h>

#include "query/hunt.h"

/*
 * A word in letters is a web of parts, each a range of syllables. Parts that
 * follow each other are looked up, two as syllables, three by the letters they
 * begin with; what has all of a way through the web is read, unless the way is
 * so short that it was looked up as a whole.
 */
struct web {
	struct hunt *hunt;
	uint32_t chunk;
	enum part part;
	uint32_t sure[GRAM_WORDS], perhaps[GRAM_WORDS];
};

static const struct pinyin_part *parts_at(const struct web *web, size_t at,
					  size_t *count)
{
	const struct pinyin *pinyin = &web->hunt->needle.pinyin;

	*count = pinyin->part_count[at];
	return pinyin->parts[at];
}

static bool is_last(const struct web *web, const struct pinyin_part *part)
{
	return part->next == web->hunt->needle.pinyin.count;
}

static void add_pairs(const struct web *web, const struct pinyin_part *first,
		      const struct pinyin_part *second,
		      uint32_t words[GRAM_WORDS])
{
	for (uint32_t id = first->first; id <= first->last; id++)
		reading_gram_range(web->hunt->reading, web->chunk, web->part,
				   GRAM_SOUND + id, GRAM_SOUND + second->first,
				   GRAM_SOUND + second->last, words);
}

static char letter_of(const struct pinyin_part *part)
{
	return *pinyin_syllable(part->first);
}

/* Any syllable that begins with its letter will do. */
static bool is_letter(const struct pinyin_part *part)
{
	const char *before = pinyin_syllable(part->first - 1u);
	const char *behind = pinyin_syllable(part->last + 1u);

	return (!before || *before != letter_of(part)) &&
	       (!behind || *behind != letter_of(part));
}

static bool is_empty(const uint32_t words[GRAM_WORDS])
{
	uint32_t any = 0;

	for (size_t i = 0; i < GRAM_WORDS; i++)
		any |= words[i];
	return !any;
}

static void add(uint32_t to[GRAM_WORDS], const uint32_t from[GRAM_WORDS])
{
	for (size_t i = 0; i < GRAM_WORDS; i++)
		to[i] |= from[i];
}

static void keep(uint32_t words[GRAM_WORDS], const uint32_t other[GRAM_WORDS])
{
	for (size_t i = 0; i < GRAM_WORDS; i++)
		words[i] &= other[i];
}

/* Parts of one way, of which each is behind the one before. */
struct way {
	const struct pinyin_part *before, *part, *next;
	bool letters;    /* all of it so far is letters */
	unsigned length; /* parts, with the next one */
};

/*
 * What has the last parts of a way: by the letters of three, and by the pair
 * where the letters do not say it all.
 */
static void look_up(const struct web *web, const struct way *way,
		    uint32_t words[GRAM_WORDS])
{
	uint32_t pairs[GRAM_WORDS] = {0};

	if (way->before) {
		struct gram gram = {
			.part = web->part,
			.count = 3,
			.symbols = {
				GRAM_LETTER +
					(uint32_t)(letter_of(way->before) -
						   'a'),
				GRAM_LETTER +
					(uint32_t)(letter_of(way->part) - 'a'),
				GRAM_LETTER + (uint32_t)(letter_of(way->next) -
							 'a')}};
		struct posting posting =
			reading_gram(web->hunt->reading, web->chunk, &gram);

		posting_keep(&posting, words);
	}
	if ((way->before || !is_last(web, way->next)) && is_letter(way->part) &&
	    is_letter(way->next))
		return;
	add_pairs(web, way->part, way->next, pairs);
	keep(words, pairs);
}

/* Every way on from a part, as far as a set has what came before. */
static void follow(struct web *web, const struct way *so_far,
		   const uint32_t before[GRAM_WORDS])
{
	size_t count;
	const struct pinyin_part *next =
		parts_at(web, so_far->part->next, &count);

	for (size_t i = 0; i < count; i++) {
		struct way way = *so_far;
		uint32_t words[GRAM_WORDS];

		way.next = &next[i];
		way.letters = way.letters && is_letter(&next[i]);
		way.length++;
		memcpy(words, before, sizeof(words));
		look_up(web, &way, words);
		if (is_empty(words))
			continue;
		if (is_last(web, &next[i])) {
			bool exact = way.length == 2 ||
				     (way.length == 3 && way.letters);

			add(exact ? web->sure : web->perhaps, words);
			continue;
		}
		way.before = way.part;
		way.part = way.next;
		follow(web, &way, words);
	}
}

static void read_perhaps(struct web *web)
{
	const struct pinyin *pinyin = &web->hunt->needle.pinyin;

	for (uint32_t i = 0; i < GRAM_WORDS; i++) {
		uint32_t left = web->perhaps[i] & ~web->sure[i];

		for (; left; left &= left - 1) {
			uint32_t slot = web->chunk * GRAM_SLOTS + i * 32 +
					(uint32_t)__builtin_ctz(left);
			struct span span =
				hunt_span(web->hunt, web->part, slot);
			size_t from, to;

			if (pinyin_find(pinyin, span.text, span.len, &from,
					&to))
				web->sure[i] |= left & -left;
		}
	}
}

void hunt_sounds(struct hunt *hunt, uint32_t chunk, enum part part)
{
	struct web web = {.hunt = hunt, .chunk = chunk, .part = part};
	uint32_t everything[GRAM_WORDS];
	size_t count;
	const struct pinyin_part *first = parts_at(&web, 0, &count);

	memset(everything, 0xff, sizeof(everything));
	for (size_t i = 0; i < count; i++) {
		struct way way = {.part = &first[i],
				  .letters = is_letter(&first[i]),
				  .length = 1};

		if (!is_last(&web, &first[i])) {
			follow(&web, &way, everything);
			continue;
		}
		for (uint32_t id = first[i].first; id <= first[i].last; id++)
			reading_gram_range(hunt->reading, chunk, part,
					   GRAM_SOUND + id, GRAM_SOUND,
					   GRAM_SOUND_END, web.sure);
	}
	read_perhaps(&web);
	add(hunt->words[part], web.sure);
}
