#include "store/posting.h"

#include <string.h>

#include "store/seal.h"
#include "store/wire.h"

enum kind { KIND_ARRAY, KIND_DELTAS, KIND_BITS, KIND_COMMON = 0x80 };

enum { HEADER = 3, SUM = 4, BITS = GRAM_SLOTS / 8 };

static uint32_t sum_of(struct slice name, const void *bytes, size_t len)
{
	return (uint32_t)seal_sum(SEAL_GRAM, seal_hash(name.text, name.len),
				  bytes, len);
}

static void put_u16(struct buf *out, uint32_t value)
{
	unsigned char bytes[2] = {(unsigned char)value,
				  (unsigned char)(value >> 8)};

	buf_add(out, bytes, sizeof(bytes));
}

static size_t deltas_size(const uint16_t *slots, uint32_t count)
{
	uint32_t last = 0;
	size_t size = 0;

	for (uint32_t i = 0; i < count; i++) {
		uint32_t delta = slots[i] - last;

		size += delta < 0x80 ? 1 : delta < 0x4000 ? 2 : 3;
		last = slots[i];
	}
	return size;
}

static void put_deltas(struct buf *out, const uint16_t *slots, uint32_t count)
{
	uint32_t last = 0;

	for (uint32_t i = 0; i < count; i++) {
		uint32_t delta = slots[i] - last;
		char bytes[3];
		size_t len = 0;

		for (; delta >= 0x80; delta >>= 7)
			bytes[len++] = (char)(delta | 0x80);
		bytes[len++] = (char)delta;
		buf_add(out, bytes, len);
		last = slots[i];
	}
}

static void put_bits(struct buf *out, const uint16_t *slots, uint32_t count)
{
	unsigned char bits[BITS] = {0};

	for (uint32_t i = 0; i < count; i++)
		bits[slots[i] / 8] |= (unsigned char)(1u << slots[i] % 8);
	buf_add(out, bits, sizeof(bits));
}

void posting_encode(struct slice name, const uint16_t *slots, uint32_t count,
		    bool common, struct buf *out)
{
	size_t size = deltas_size(slots, count);
	enum kind kind = size < 2 * (size_t)count ? KIND_DELTAS : KIND_ARRAY;

	if (kind == KIND_ARRAY)
		size = 2 * (size_t)count;
	if (size > BITS)
		kind = KIND_BITS;
	buf_reset(out);
	wire_put_u8(out, (uint8_t)(kind | (common ? KIND_COMMON : 0)));
	put_u16(out, count - 1);
	if (kind == KIND_BITS)
		put_bits(out, slots, count);
	else if (kind == KIND_DELTAS)
		put_deltas(out, slots, count);
	else
		for (uint32_t i = 0; i < count; i++)
			put_u16(out, slots[i]);
	wire_put_u32(out, sum_of(name, out->data, out->len));
}

bool posting_decode(struct slice name, struct slice bytes, struct posting *out)
{
	*out = (struct posting){0};
	if (bytes.len < HEADER + SUM)
		return false;
	struct slice end = {bytes.text + bytes.len - SUM, SUM};
	struct wire wire = wire_over(end);
	if (wire_u32(&wire) != sum_of(name, bytes.text, bytes.len - SUM))
		return false;
	out->bytes = (const unsigned char *)bytes.text;
	out->len = bytes.len - SUM;
	out->count = 1u + out->bytes[1] + ((uint32_t)out->bytes[2] << 8);
	out->common = out->bytes[0] & KIND_COMMON;
	return true;
}

/* The next of it, GRAM_SLOTS at the end and where no writer wrote it. */
struct walk {
	const unsigned char *at, *end;
	enum kind kind;
	uint32_t last;
};

static struct walk walk_over(const struct posting *posting)
{
	return (struct walk){
		.at = posting->bytes + HEADER,
		.end = posting->bytes + posting->len,
		.kind = (enum kind)(posting->bytes[0] & ~KIND_COMMON),
	};
}

static uint32_t next_delta(struct walk *walk)
{
	uint32_t delta = 0;

	for (unsigned shift = 0; shift < 21 && walk->at < walk->end;
	     shift += 7) {
		uint32_t byte = *walk->at++;

		delta |= (byte & 0x7f) << shift;
		if (byte < 0x80) {
			walk->last += delta;
			return walk->last < GRAM_SLOTS ? walk->last
						       : GRAM_SLOTS;
		}
	}
	return GRAM_SLOTS;
}

static uint32_t walk_next(struct walk *walk)
{
	if (walk->kind == KIND_DELTAS)
		return next_delta(walk);
	if (walk->end - walk->at < 2)
		return GRAM_SLOTS;
	uint32_t slot = walk->at[0] + ((uint32_t)walk->at[1] << 8);
	walk->at += 2;
	return slot;
}

static bool is_bits(const struct posting *posting)
{
	return (posting->bytes[0] & ~KIND_COMMON) == KIND_BITS &&
	       posting->len == HEADER + BITS;
}

/* Words of the machine are little-endian, as the store is. */
static uint32_t word_at(const struct posting *posting, size_t i)
{
	uint32_t word;

	memcpy(&word, posting->bytes + HEADER + 4 * i, sizeof(word));
	return word;
}

void posting_add(const struct posting *posting, uint32_t words[GRAM_WORDS])
{
	uint32_t slot;

	if (!posting->bytes)
		return;
	if (is_bits(posting)) {
		for (size_t i = 0; i < GRAM_WORDS; i++)
			words[i] |= word_at(posting, i);
		return;
	}
	struct walk walk = walk_over(posting);
	while ((slot = walk_next(&walk)) < GRAM_SLOTS)
		words[slot / 32] |= UINT32_C(1) << slot % 32;
}

void posting_keep(const struct posting *posting, uint32_t words[GRAM_WORDS])
{
	uint32_t mine[GRAM_WORDS] = {0};

	posting_add(posting, mine);
	for (size_t i = 0; i < GRAM_WORDS; i++)
		words[i] &= mine[i];
}
