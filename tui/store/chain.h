/*
 * SHA-256 of what the store keeps: the chain that ties every batch, with all
 * its events, to those before it, so that what was written once cannot be
 * changed, left out or put in between without every later link being wrong.
 * For store/ and its tests only.
 */
#ifndef STORE_CHAIN_H
#define STORE_CHAIN_H

#include <nettle/sha2.h>

#include "store/codec_meta.h"

struct chain {
	struct sha256_ctx hash;
	unsigned char last[CHAIN_SIZE]; /* the newest link */
};

/* Go on from a link; all zeros before the first batch. */
void chain_begin(struct chain *chain, const unsigned char last[CHAIN_SIZE]);

/* One event of the next batch, in the order of their keys. */
void chain_event(struct chain *chain, key k, struct slice bytes);

/* The batch itself, which makes the new link: chain->last. That it was undone
 * later does not count. */
void chain_batch(struct chain *chain, const struct batch *batch,
		 const unsigned char operation[16], struct buf *scratch);

/* Half of SHA-256, of `bytes` under a number. */
void chain_digest(uint32_t id, const void *bytes, size_t len,
		  unsigned char digest[16]);

#endif
