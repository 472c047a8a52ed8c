/*
 * Chinese by how it sounds, without tones: 经信局 by jingxinju, jxj, jxju or
 * jingxj. Every reading of a character counts (重庆: zhongqing, chongqing),
 * also those of names only (六安: luan), and of what the character folds to
 * (see base/fold.h). Beyond U+FFFF only characters in use today are known.
 */
#ifndef BASE_PINYIN_H
#define BASE_PINYIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uchar.h>

enum {
	PINYIN_READINGS = 6, /* of a character, at most */
	PINYIN_LETTERS = 63, /* of a word, at most */
	PINYIN_PARTS = 6,    /* of a word, that begin at the same letter */
};

/*
 * Syllables have numbers from 1 on, so ordered that all that begin alike are
 * in a row. ü is written v; what is typed as u may be meant as ü, so lv is
 * right behind lu. NULL if there is none of that number.
 */
const char *pinyin_syllable(unsigned id);

/* How many readings `cp` has, in order; 0 for what is no Chinese. */
size_t pinyin_readings(char32_t cp, uint16_t out[PINYIN_READINGS]);

/* Letters that stand for one character, of any of these syllables. */
struct pinyin_part {
	uint16_t first, last; /* syllables */
	uint8_t next;         /* the letter that the next part begins at */
};

/*
 * A word in letters and every way to divide it into parts. A part is a
 * syllable, an initial (a letter, zh, ch or sh), or, at the end, where one
 * may be typing still, the beginning of a syllable. No part is kept from
 * which no way leads to the end.
 */
struct pinyin {
	size_t count; /* letters */
	struct pinyin_part parts[PINYIN_LETTERS][PINYIN_PARTS];
	uint8_t part_count[PINYIN_LETTERS];
};

/*
 * Either case and full width; ü, v or u for ü; an apostrophe divides (xi'an).
 * False when it is not pinyin: anything else in it, nothing, too much, or
 * letters that cannot be divided (usb).
 */
bool pinyin_parse(const char *letters, struct pinyin *out);

/*
 * The first stretch of `text` that sounds like that, a character for each
 * part and nothing between them, and from where it begins the longest (zh: all
 * of 再会). From and to are bytes of `text`, which may have any bytes in it.
 */
bool pinyin_find(const struct pinyin *pinyin, const char *text, size_t len,
		 size_t *from, size_t *to);

#endif
