/*
 * Tables of characters, made at build time by characters.py. Only for
 * base/fold and base/pinyin.
 *
 * A character below U+10000 has a cell in one of the rows that are different
 * from each other; the rest that have one are pairs, sorted.
 */
#ifndef BASE_CHARACTERS_H
#define BASE_CHARACTERS_H

#include <stddef.h>
#include <stdint.h>

enum { CHARACTER_PAGES = 0x10000 / 64 };

struct character_pair {
	uint32_t from, to;
};

/* A cell is what to add, modulo 2^16; or look among the pairs. */
enum { FOLD_FAR = 0x8000 };

extern const uint16_t fold_pages[CHARACTER_PAGES];
extern const uint16_t fold_rows[][64];
extern const struct character_pair fold_far[];
extern const size_t fold_far_count;

/*
 * A cell is 0, a syllable, or pinyin_syllable_count + 1 + where in `several`
 * its syllables begin; a 0 ends them.
 */
enum { PINYIN_SYLLABLE_MAX = 6 };

extern const char pinyin_syllables[][PINYIN_SYLLABLE_MAX + 1];
extern const size_t pinyin_syllable_count;
extern const uint16_t pinyin_several[];
extern const uint16_t pinyin_pages[CHARACTER_PAGES];
extern const uint16_t pinyin_rows[][64];
extern const struct character_pair pinyin_far[];
extern const size_t pinyin_far_count;

/* The pair of `cp`; NULL if it has none. */
const struct character_pair *character_find(const struct character_pair *pairs,
					    size_t count, uint32_t cp);

#endif
