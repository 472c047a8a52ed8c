#include "base/pinyin.h"

#include <string.h>

#include "base/characters.h"
#include "base/fold.h"
#include "base/utf8.h"

/* Syllables in a row; empty when last is 0. */
struct range {
	uint16_t first, last;
};

const char *pinyin_syllable(unsigned id)
{
	return id && id <= pinyin_syllable_count ? pinyin_syllables[id] : NULL;
}

static inline uint16_t cell_of(char32_t cp)
{
	const struct character_pair *pair;

	if (cp < 64 * CHARACTER_PAGES)
		return pinyin_rows[pinyin_pages[cp / 64]][cp % 64];
	pair = character_find(pinyin_far, pinyin_far_count, cp);
	return pair ? (uint16_t)pair->to : 0;
}

/* The readings of a cell, a 0 at the end; of one reading, `room` holds it. */
static inline const uint16_t *readings(uint16_t cell, uint16_t room[2])
{
	if (cell > pinyin_syllable_count)
		return pinyin_several + cell - pinyin_syllable_count - 1;
	room[0] = cell;
	room[1] = 0;
	return room;
}

size_t pinyin_readings(char32_t cp, uint16_t out[PINYIN_READINGS])
{
	uint16_t room[2];
	const uint16_t *ids = readings(cell_of(cp), room);
	size_t count = 0;

	for (; ids[count]; count++)
		out[count] = ids[count];
	return count;
}

/* A word while it is divided. */
struct word {
	char letters[PINYIN_LETTERS];
	size_t count;
	uint64_t cuts; /* bit n: an apostrophe before letter n */
};

static bool begins(const char *syllable, const char *letters, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		bool same = syllable[i] == letters[i];

		if (!same && !(syllable[i] == 'v' && letters[i] == 'u'))
			return false;
	}
	return true;
}

/* The syllables that begin like these letters, or are no more than them. */
static struct range find_syllables(const char *letters, size_t len, bool whole)
{
	struct range range = {0, 0};

	for (uint16_t id = 1; id <= pinyin_syllable_count; id++) {
		const char *syllable = pinyin_syllables[id];

		if (!begins(syllable, letters, len) || (whole && syllable[len]))
			continue;
		if (!range.last)
			range.first = id;
		range.last = id;
	}
	return range;
}

/* What the letters from `at` on, `len` of them, may stand for. */
static struct range find_part(const struct word *word, size_t at, size_t len)
{
	const char *letters = word->letters + at;
	bool initial = len == 1 || (len == 2 && letters[1] == 'h');
	bool typing = at + len == word->count && !(word->cuts >> word->count);

	return find_syllables(letters, len, !initial && !typing);
}

static bool is_cut(const struct word *word, size_t at, size_t len)
{
	uint64_t inside = (((uint64_t)1 << (len - 1)) - 1) << (at + 1);

	return word->cuts & inside;
}

static void divide_at(const struct word *word, size_t at, struct pinyin *out)
{
	for (size_t len = 1; len <= PINYIN_PARTS; len++) {
		size_t next = at + len;
		struct range range;

		if (next > word->count || is_cut(word, at, len))
			return;
		if (next < word->count && !out->part_count[next])
			continue;
		range = find_part(word, at, len);
		if (range.last)
			out->parts[at][out->part_count[at]++] =
				(struct pinyin_part){range.first, range.last,
						     (uint8_t)next};
	}
}

/* jü, qü, xü and yü are written ju, qu, xu and yu, but some type a v. */
static char written(const struct word *word, char32_t cp)
{
	bool v = cp == U'v' || cp == U'ü';

	if (v && word->count && strchr("jqxy", word->letters[word->count - 1]))
		return 'u';
	return v ? 'v' : (char)cp;
}

static bool read_word(const char *text, struct word *word)
{
	const char *end = text + strlen(text);

	while (text < end) {
		char32_t cp = fold_next(&text, end);

		if (cp == U'\'') {
			word->cuts |= (uint64_t)1 << word->count;
			continue;
		}
		if (!(cp >= U'a' && cp <= U'z') && cp != U'ü')
			return false;
		if (word->count == PINYIN_LETTERS)
			return false;
		word->letters[word->count] = written(word, cp);
		word->count++;
	}
	return word->count;
}

bool pinyin_parse(const char *letters, struct pinyin *out)
{
	struct word word = {.count = 0};

	if (!read_word(letters, &word))
		return false;
	out->count = word.count;
	memset(out->part_count, 0, sizeof(out->part_count));
	for (size_t at = word.count; at > 0; at--)
		divide_at(&word, at - 1, out);
	return out->part_count[0];
}

static bool sounds(const uint16_t *ids, const struct pinyin_part *part)
{
	for (; *ids; ids++) {
		if (*ids >= part->first && *ids <= part->last)
			return true;
	}
	return false;
}

/* `at` has a bit for each letter that this character may begin at. */
static uint64_t step(const struct pinyin *pinyin, uint64_t at, uint16_t cell)
{
	uint16_t room[2];
	const uint16_t *ids = readings(cell, room);
	uint64_t next = 0;

	for (size_t letter = 0; at; letter++, at >>= 1) {
		const struct pinyin_part *part = pinyin->parts[letter];

		if (!(at & 1))
			continue;
		for (size_t n = pinyin->part_count[letter]; n; n--, part++) {
			if (sounds(ids, part))
				next |= (uint64_t)1 << part->next;
		}
	}
	return next;
}

/* The end of the longest that begins at `at`; NULL if it sounds different. */
static const char *follow(const struct pinyin *pinyin, const char *at,
			  const char *end)
{
	const char *stop = NULL;
	uint64_t letters = 1;

	while (at < end && letters) {
		char32_t cp = utf8_next_quick(&at, end);

		letters = step(pinyin, letters, cell_of(cp));
		if (letters >> pinyin->count)
			stop = at;
		letters &= ~((uint64_t)1 << pinyin->count);
	}
	return stop;
}

/* Whether a character may be the first: quick, since most are not. */
static inline bool may_begin(const struct range *first, uint16_t cell)
{
	if (cell > pinyin_syllable_count)
		return true;
	return cell >= first->first && cell <= first->last;
}

/* All that begin with the first letter lie in a row, so their parts do. */
static struct range first_syllables(const struct pinyin *pinyin)
{
	struct range range = {UINT16_MAX, 0};

	for (size_t n = 0; n < pinyin->part_count[0]; n++) {
		const struct pinyin_part *part = &pinyin->parts[0][n];

		if (part->first < range.first)
			range.first = part->first;
		if (part->last > range.last)
			range.last = part->last;
	}
	return range;
}

bool pinyin_find(const struct pinyin *pinyin, const char *text, size_t len,
		 size_t *from, size_t *to)
{
	struct range first = first_syllables(pinyin);
	const char *end = text + len;

	for (const char *at = text; at < end;) {
		const char *start = at;
		const char *stop;

		if (!may_begin(&first, cell_of(utf8_next_quick(&at, end))))
			continue;
		stop = follow(pinyin, start, end);
		if (!stop)
			continue;
		*from = (size_t)(start - text);
		*to = (size_t)(stop - text);
		return true;
	}
	return false;
}
