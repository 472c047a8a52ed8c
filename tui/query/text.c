/*
 * The filter's text in titles and proposers: a scan of the texts, which is
 * quick enough without an index for some 100,000 proposals.
 */
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "query/sieve.h"

static char small(char c)
{
	unsigned char upper = (unsigned char)(c - 'A') < 26;

	return (char)(c | upper << 5);
}

/* In blocks without a branch, so that they become vector instructions. */
static void lower(char *restrict out, const char *restrict text, size_t len)
{
	enum { BLOCK = 64 };
	size_t i = 0;

	for (; i + BLOCK <= len; i += BLOCK)
		for (size_t k = 0; k < BLOCK; k++)
			out[i + k] = small(text[i + k]);
	for (; i < len; i++)
		out[i] = small(text[i]);
}

/* What was typed full-width may stand in the text in either way. */
static size_t narrow(const char *text, char out[FILTER_TEXT])
{
	const char *at = text, *end = text + strlen(text);
	size_t len = 0;

	while (at < end) {
		const char *from = at;
		char32_t cp = utf8_narrow(utf8_next(&at, end));

		if (cp == UTF8_INVALID)
			out[len++] = *from;
		else
			len += utf8_put(cp, out + len);
	}
	return len;
}

void sieve_texts_open(struct sieve *sieve)
{
	const struct filter *filter = sieve->query->filter;
	const char *at[2] = {filter->text, filter->no_text};
	char text[FILTER_TEXT];

	/* Each has a byte at least, and a blank behind it. */
	if (*filter->text || *filter->no_text)
		sieve->needles =
			mem_array(FILTER_TEXT, sizeof(*sieve->needles));
	for (int no = 0; no < 2; no++) {
		while (filter_text_next(&at[no], text)) {
			struct needles *needles =
				&sieve->needles[sieve->needle_count++];

			needles_set(needles, text);
			needles->no = no;
		}
	}
}

void needles_set(struct needles *needles, const char *text)
{
	char narrowed[FILTER_TEXT];
	size_t len = strlen(text), narrow_len = narrow(text, narrowed);

	needles->count = 1;
	needles->lens[0] = len;
	lower(needles->texts[0], text, len);
	/* What is narrowed becomes shorter. */
	if (narrow_len != len) {
		needles->count = 2;
		needles->lens[1] = narrow_len;
		lower(needles->texts[1], narrowed, narrow_len);
	}
	for (size_t n = 0; n < needles->count; n++)
		for (size_t i = 0; i < needles->lens[n]; i++)
			needles->fold |= needles->texts[n][i] >= 'a' &&
					 needles->texts[n][i] <= 'z';
}

/* Which of the 32 slots hold it; what runs into the next one does not count. */
static uint32_t find(const char *bytes, const uint32_t *ends,
		     const char *needle, size_t len)
{
	uint32_t found = 0, at = 0;

	for (size_t slot = 0; slot < TEXT_SLOTS; slot++) {
		const char *hit;

		if (at >= ends[slot])
			continue;
		hit = memmem(bytes + at, ends[TEXT_SLOTS - 1] - at, needle,
			     len);
		if (!hit)
			break;
		uint32_t start = (uint32_t)(hit - bytes);
		while (slot < TEXT_SLOTS - 1 && ends[slot] <= start)
			slot++;
		if (start + len <= ends[slot])
			found |= UINT32_C(1) << slot;
		at = ends[slot];
	}
	return found;
}

static struct texts folded(struct sieve *sieve, struct texts texts)
{
	size_t size = texts.ends[TEXT_SLOTS - 1];

	if (size > sieve->folded_size) {
		sieve->folded_size = 2 * size;
		sieve->folded = mem_resize(sieve->folded, 2 * size);
	}
	lower(sieve->folded, texts.bytes, size);
	texts.bytes = sieve->folded;
	return texts;
}

static uint32_t find_one(const struct needles *needles,
			 const struct texts *texts)
{
	uint32_t found = 0;

	for (size_t n = 0; n < needles->count; n++)
		found |= find(texts->bytes, texts->ends, needles->texts[n],
			      needles->lens[n]);
	return needles->no ? ~found : found;
}

static uint32_t find_all(struct sieve *sieve, uint32_t segment)
{
	struct texts plain = reading_texts(sieve->query->reading, segment);
	struct texts small = {0};
	uint32_t found = UINT32_MAX;

	for (size_t i = 0; found && i < sieve->needle_count; i++) {
		const struct needles *needles = &sieve->needles[i];

		if (needles->fold && !small.bytes)
			small = folded(sieve, plain);
		found &= find_one(needles, needles->fold ? &small : &plain);
	}
	return found;
}

/* No row of the segment could be brought in by the text. */
static bool hopeless(const struct sieve *sieve, const uint8_t *fails)
{
	int hope = 0;

	for (size_t i = 0; i < TEXT_SLOTS; i++)
		hope |= (fails[i] & (fails[i] - 1)) == 0 &&
			!(fails[i] & sieve->hard);
	return !hope;
}

void sieve_text(struct sieve *sieve, size_t chunk)
{
	size_t segments = CHUNK_SLOTS / TEXT_SLOTS;

	for (size_t s = 0; s < segments; s++) {
		uint8_t *fails = sieve->fails + s * TEXT_SLOTS;
		uint32_t found;

		if (hopeless(sieve, fails))
			continue;
		found = find_all(sieve, (uint32_t)(chunk * segments + s));
		for (size_t i = 0; i < TEXT_SLOTS; i++)
			if (!(found >> i & 1))
				fails[i] = FAILS_ALL;
	}
}
