#include "base/pinyin.h"
#include "base/utf8.h"
#include "store/gram_build.h"

/* The readings of a character, and the letters that they begin with. */
struct sounds {
	uint16_t readings[PINYIN_READINGS];
	size_t count;
	uint32_t letters; /* 1 << letter - 'a' */
};

static struct sounds sounds_of(char32_t cp)
{
	struct sounds sounds = {0};

	sounds.count = pinyin_readings(cp, sounds.readings);
	for (size_t i = 0; i < sounds.count; i++)
		sounds.letters |=
			UINT32_C(1)
			<< (*pinyin_syllable(sounds.readings[i]) - 'a');
	return sounds;
}

static void post_pairs(struct gram_build *build, enum part part, uint16_t slot,
		       const struct sounds run[2])
{
	struct gram gram = {.part = part, .count = 2};

	for (size_t i = 0; i < run[0].count; i++) {
		gram.symbols[0] = GRAM_SOUND + run[0].readings[i];
		gram.symbols[1] = GRAM_SOUND_END;
		if (!run[1].count)
			gram_build_post(build, &gram, slot);
		for (size_t k = 0; k < run[1].count; k++) {
			gram.symbols[1] = GRAM_SOUND + run[1].readings[k];
			gram_build_post(build, &gram, slot);
		}
	}
}

/* Of the lowest that is set. */
static uint32_t letter_symbol(uint32_t letters)
{
	return GRAM_LETTER + (uint32_t)__builtin_ctz(letters);
}

static void post_letters(struct gram_build *build, enum part part,
			 uint16_t slot, const struct sounds run[3])
{
	struct gram gram = {.part = part, .count = 3};

	for (uint32_t a = run[0].letters; a; a &= a - 1)
		for (uint32_t b = run[1].letters; b; b &= b - 1)
			for (uint32_t c = run[2].letters; c; c &= c - 1) {
				gram.symbols[0] = letter_symbol(a);
				gram.symbols[1] = letter_symbol(b);
				gram.symbols[2] = letter_symbol(c);
				gram_build_post(build, &gram, slot);
			}
}

/* Any reading of a character with any of the next. */
void gram_build_sounds(struct gram_build *build, enum part part, uint16_t slot,
		       struct span text)
{
	const char *at = text.text, *end = text.len ? at + text.len : at;
	struct sounds run[3] = {0};

	while (at < end || run[2].count) {
		run[0] = run[1];
		run[1] = run[2];
		run[2] = at < end ? sounds_of(utf8_next_quick(&at, end))
				  : (struct sounds){0};
		post_pairs(build, part, slot, run + 1);
		post_letters(build, part, slot, run);
	}
}

void gram_build_units(struct gram_build *build, uint16_t slot,
		      struct span units)
{
	struct gram gram;

	while (span_unit(&units, &gram))
		gram_build_post(build, &gram, slot);
}
