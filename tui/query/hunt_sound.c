#include <string.h>

#include "query/hunt.h"

/*
 * A word in letters is a web of parts, each a range of syllables. Two that
 * follow each other are looked up as pairs; what has all the pairs of a way
 * through the web is read, unless the way has no more than one pair.
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
		      uint32_t low, uint32_t high, uint32_t words[GRAM_WORDS])
{
	for (uint32_t id = first->first; id <= first->last; id++)
		reading_gram_range(web->hunt->reading, web->chunk, web->part,
				   GRAM_SOUND + id, low, high, words);
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

/* Every way on from a part, as far as a set has what came before. */
static void follow(struct web *web, const struct pinyin_part *part,
		   const uint32_t before[GRAM_WORDS], unsigned pairs)
{
	size_t count;
	const struct pinyin_part *next = parts_at(web, part->next, &count);

	for (size_t i = 0; i < count; i++) {
		uint32_t words[GRAM_WORDS] = {0};

		add_pairs(web, part, GRAM_SOUND + next[i].first,
			  GRAM_SOUND + next[i].last, words);
		for (size_t k = 0; before && k < GRAM_WORDS; k++)
			words[k] &= before[k];
		if (is_empty(words))
			continue;
		if (!is_last(web, &next[i]))
			follow(web, &next[i], words, pairs + 1);
		else
			add(pairs ? web->perhaps : web->sure, words);
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
	size_t count;
	const struct pinyin_part *first = parts_at(&web, 0, &count);

	for (size_t i = 0; i < count; i++) {
		if (is_last(&web, &first[i]))
			add_pairs(&web, &first[i], GRAM_SOUND, GRAM_SOUND_END,
				  web.sure);
		else
			follow(&web, &first[i], NULL, 0);
	}
	read_perhaps(&web);
	add(hunt->words[part], web.sure);
}
