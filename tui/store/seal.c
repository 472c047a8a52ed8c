#include "store/seal.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

static uint64_t seed(enum seal seal, uint64_t id)
{
	return id ^ (uint64_t)seal * 0x9E3779B97F4A7C15u;
}

uint64_t seal_sum(enum seal seal, uint64_t id, const void *bytes, size_t len)
{
	return XXH3_64bits_withSeed(bytes, len, seed(seal, id));
}

bool seal_holds(enum seal seal, uint64_t id, const void *bytes, size_t len,
		uint64_t sum)
{
	return sum == seal_sum(seal, id, bytes, len);
}

void seal_close(enum seal seal, uint64_t id, struct buf *out)
{
	uint64_t sum = seal_sum(seal, id, out->data, out->len);
	unsigned char bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)(sum >> 8 * i);
	buf_add(out, bytes, sizeof(bytes));
}

bool seal_open(enum seal seal, uint64_t id, struct slice bytes,
	       struct slice *body)
{
	uint64_t sum = 0;

	if (bytes.len < 8)
		return false;
	body->text = bytes.text;
	body->len = bytes.len - 8;
	for (size_t i = 0; i < 8; i++) {
		unsigned char c = (unsigned char)bytes.text[body->len + i];
		sum |= (uint64_t)c << 8 * i;
	}
	return seal_holds(seal, id, body->text, body->len, sum);
}

uint64_t seal_hash(const char *text, size_t len)
{
	return XXH3_64bits(text, len);
}
