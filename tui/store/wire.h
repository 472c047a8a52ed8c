/*
 * Numbers and texts as bytes, one after the other. Pure; for store/ only.
 * A reader that runs out of bytes, or meets what no writer wrote, stays
 * `bad` and gives zeros from then on, so one look at the end is enough.
 */
#ifndef STORE_WIRE_H
#define STORE_WIRE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "store/codec.h"

struct wire {
	const char *at, *end;
	bool bad;
};

struct wire wire_over(struct slice bytes);
uint8_t wire_u8(struct wire *wire);
uint32_t wire_u32(struct wire *wire);
uint64_t wire_u64(struct wire *wire);
void wire_bytes(struct wire *wire, void *out, size_t len);

/* A length and so many bytes, none of them NUL. */
struct slice wire_text(struct wire *wire);

/* Nothing was bad and nothing is left. */
bool wire_done(const struct wire *wire);

void wire_put_u8(struct buf *out, uint8_t value);
void wire_put_u32(struct buf *out, uint32_t value);
void wire_put_u64(struct buf *out, uint64_t value);
void wire_put_text(struct buf *out, struct slice text);

#endif
