/*
 * The bytes that the store writes, and nothing else: no LMDB, no files.
 * Integers are little-endian, lengths are LEB128, and every value ends in
 * the XXH3 of itself, seeded with its key, so that a value which stands in
 * the wrong place is as wrong as one with a flipped bit. What the decoders
 * give points into what they were given. They take any bytes and answer
 * false to all that the encoders would not have written.
 *
 * For store/ and its tests only.
 */
#ifndef STORE_CODEC_H
#define STORE_CODEC_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "domain/batch.h"
#include "domain/field.h"
#include "store/columns.h"

/* Bytes of somebody else, not NUL-terminated. */
struct slice {
	const char *text;
	size_t len;
};

/* A proposal as its canonical texts; an empty field has len 0. */
struct content {
	struct slice of[FIELD_END];
};

/* Use `memory` until it is reset; it must be empty. */
void content_from(struct content *out, const struct proposal *p,
		  struct buf *memory);

/* Copies into the arena. */
MUST_USE
bool content_proposal(const struct content *content, key k, struct arena *arena,
		      struct proposal *out, struct err *err);

bool slice_equal(struct slice a, struct slice b);
struct slice slice_text(const char *text);

/* 128 bits of a whole content: what a creation remembers. */
void content_digest(const struct content *content, key k, struct buf *scratch,
		    unsigned char digest[16]);

/* The record of a proposal: all but its status. */
struct record {
	bool removed;
	uint32_t slot;
	struct content content;
};

void record_encode(key k, const struct record *record, struct buf *out);
MUST_USE
bool record_decode(key k, struct slice bytes, struct record *out);

/* The checksum is right; only the head is read. */
MUST_USE
bool record_head(key k, struct slice bytes, uint32_t *slot, bool *removed);

struct change {
	enum field_id field;
	struct slice before, after;
};

struct entry {
	enum event_kind kind;
	uint32_t revision;
	uint32_t previous; /* batch of the event before it, 0 for the first */
	struct change changes[FIELD_END]; /* EVENT_CHANGED */
	size_t count;
	unsigned char digest[16]; /* EVENT_CREATED */
	struct content removed;   /* EVENT_REMOVED: with its status */
};

void entry_encode(uint32_t batch, key k, const struct entry *entry,
		  struct buf *out);
MUST_USE
bool entry_decode(uint32_t batch, key k, struct slice bytes, struct entry *out);

#endif
