/*
 * Checksums of what the store writes. Pure; for store/ and its tests only.
 */
#ifndef STORE_SEAL_H
#define STORE_SEAL_H

#include <stdint.h>

#include "store/codec.h"

/* Tells tables apart, so that a value of one is damage in another. */
enum seal {
	SEAL_RECORD = 1,
	SEAL_EVENT,
	SEAL_BATCH,
	SEAL_STATE,
	SEAL_FORMAT,
	SEAL_CODE,
	SEAL_CHUNK,
	SEAL_TEXTS,
	SEAL_USER,
	SEAL_GRAM
};

uint64_t seal_sum(enum seal seal, uint64_t id, const void *bytes, size_t len);

/* The one place where a checksum is compared. */
MUST_USE
bool seal_holds(enum seal seal, uint64_t id, const void *bytes, size_t len,
		uint64_t sum);

/* Add the checksum of all that is in `out`. */
void seal_close(enum seal seal, uint64_t id, struct buf *out);

/* True and *body without the checksum, if it is right. */
MUST_USE
bool seal_open(enum seal seal, uint64_t id, struct slice bytes,
	       struct slice *body);

/* For tables in memory. */
uint64_t seal_hash(const char *text, size_t len);

#endif
