/*
 * Sets of slots as bytes: up to GRAM_SLOTS numbers of 16 bits that ascend, in
 * whichever way is shorter. Pure; for store/ and its tests only.
 *
 * A value: kind u8, count - 1 u16, payload, the low half of its checksum u32,
 * seeded with its name.
 */
#ifndef STORE_POSTING_H
#define STORE_POSTING_H

#include "store/codec.h"
#include "store/gram.h"

void posting_encode(struct slice name, const uint16_t *slots, uint32_t count,
		    bool common, struct buf *out);

/* Any bytes may be given. */
MUST_USE
bool posting_decode(struct slice name, struct slice bytes, struct posting *out);

#endif
