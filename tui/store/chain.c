#include "store/chain.h"

#include <string.h>

static void add_number(struct sha256_ctx *hash, uint32_t number)
{
	unsigned char bytes[4];

	for (int i = 0; i < 4; i++)
		bytes[i] = (unsigned char)(number >> 8 * i);
	sha256_update(hash, sizeof(bytes), bytes);
}

static void add_bytes(struct sha256_ctx *hash, const void *bytes, size_t len)
{
	add_number(hash, (uint32_t)len);
	sha256_update(hash, len, bytes);
}

static void restart(struct chain *chain)
{
	sha256_init(&chain->hash);
	sha256_update(&chain->hash, sizeof(chain->last), chain->last);
}

void chain_begin(struct chain *chain, const unsigned char last[CHAIN_SIZE])
{
	memcpy(chain->last, last, sizeof(chain->last));
	restart(chain);
}

void chain_event(struct chain *chain, key k, struct slice bytes)
{
	add_number(&chain->hash, k);
	add_bytes(&chain->hash, bytes.text, bytes.len);
}

void chain_batch(struct chain *chain, const struct batch *batch,
		 const unsigned char operation[16], struct buf *scratch)
{
	batch_core(batch, operation, scratch);
	add_number(&chain->hash, batch->number);
	add_bytes(&chain->hash, scratch->data, scratch->len);
	sha256_digest(&chain->hash, sizeof(chain->last), chain->last);
	restart(chain);
}

void chain_digest(uint32_t id, const void *bytes, size_t len,
		  unsigned char digest[16])
{
	struct sha256_ctx hash;

	sha256_init(&hash);
	add_number(&hash, id);
	sha256_update(&hash, len, bytes);
	sha256_digest(&hash, 16, digest);
}
