/*
 * The index of texts: for each gram, which proposals of a chunk hold it. A
 * gram is two neighbouring symbols; up to five where each part stands in so
 * many proposals that what two of them have in common says little. Symbols
 * are folded code points (base/fold.h), '\n' where a text ends, and in titles
 * and names what a character sounds like. Departments stand for themselves,
 * by a hash of their code.
 *
 * A chunk is made anew as a whole, when enough of its texts have changed; a
 * text that is newer than the index of its chunk is pending, and is read.
 */
#ifndef STORE_GRAM_H
#define STORE_GRAM_H

#include "store/columns.h"

/* Slots of one chunk: as bits they fill two pages of LMDB and no third. */
#define GRAM_SLOTS 65344u
#define GRAM_WORDS (GRAM_SLOTS / 32)

/* Where in a proposal. */
enum part { PART_TITLE, PART_PROPOSERS, PART_REST, PART_COUNT };

enum { GRAM_MAX = 5 };

/* Symbols beyond the code points: syllables, first letters of three in a row
 * (with three symbols), and halves of a hash. */
#define GRAM_SOUND 0x110000u /* + id of base/pinyin.h; alone: no more sounds */
#define GRAM_LETTER 0x118000u
#define GRAM_SOUND_END 0x11ffffu
#define GRAM_UNIT 0x200000u

struct gram {
	enum part part;
	uint32_t symbols[GRAM_MAX];
	unsigned count; /* of symbols: 2 .. GRAM_MAX */
};

/* The gram of a department's code; in PART_REST. */
struct gram gram_unit(const char *code);

/* A set of slots of one chunk: bit slot % 32 of word slot / 32. */
struct posting {
	const unsigned char *bytes; /* NULL: nothing holds it */
	size_t len;
	uint32_t count; /* slots; 0 with no bytes */
	bool common;    /* longer grams that it is part of are listed too */
};

/*
 * What is damaged reads as nothing and leaves a doubt, of which
 * reading_sound() tells; see columns.h.
 */
struct posting reading_gram(const struct reading *reading, uint32_t chunk,
			    const struct gram *gram);

/* Add those that hold `first` and behind it one of the symbols low..high. */
void reading_gram_range(const struct reading *reading, uint32_t chunk,
			enum part part, uint32_t first, uint32_t low,
			uint32_t high, uint32_t words[GRAM_WORDS]);

/* Add a set to another, or keep what both have. */
void posting_add(const struct posting *posting, uint32_t words[GRAM_WORDS]);
void posting_keep(const struct posting *posting, uint32_t words[GRAM_WORDS]);

/*
 * Add the slots whose texts the index does not know, or knows as they were:
 * how many. What it says of them is to be passed over.
 */
uint32_t reading_pending(const struct reading *reading, uint32_t chunk,
			 uint32_t words[GRAM_WORDS]);

/* All texts of one slot, from its record; the units as lines of "role
 * department …". Not NUL-terminated, dead after reading_end(). */
struct span {
	const char *text;
	size_t len;
};
enum { REST_TEXTS = 6 };
struct slot_texts {
	struct span title, proposers, rest[REST_TEXTS], units;
};

/* The gram of the next department in the units, which become the rest. */
bool span_unit(struct span *units, struct gram *out);

/* False if there is none; a damaged one leaves a doubt. */
bool reading_slot_texts(const struct reading *reading, uint32_t slot,
			struct slot_texts *out);

#endif
