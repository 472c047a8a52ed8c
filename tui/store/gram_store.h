/*
 * The index of texts as it stands in the store, and when a chunk of it is
 * made anew. For store/ and its tests only.
 */
#ifndef STORE_GRAM_STORE_H
#define STORE_GRAM_STORE_H

#include "store/gram_build.h"
#include "store/work.h"

/* Where the grams of a chunk begin, and one of them. */
struct place place_gram(uint32_t chunk, struct gram_name name);

/* How far a chunk is indexed: the head of its entries. A chunk without one is
 * not indexed at all. */
struct gram_head {
	uint32_t indexed; /* its first slots, that many */
	uint32_t stale;   /* … but for those: ascending, unaligned u16 */
	const unsigned char *slots;
};
uint32_t gram_stale(const struct gram_head *head, uint32_t i);
void gram_head_encode(uint32_t chunk, uint32_t indexed, const uint16_t *stale,
		      uint32_t count, struct buf *out);
MUST_USE
bool gram_head_decode(uint32_t chunk, struct slice bytes,
		      struct gram_head *out);

/* False when it is damaged. */
MUST_USE
bool gram_head_get(const struct store *store, MDB_txn *txn, uint32_t chunk,
		   struct gram_head *out);

uint32_t gram_chunks(uint32_t slots);
uint32_t gram_used(uint32_t slots, uint32_t chunk);

/* The texts in a record. */
void texts_of(const struct content *content, struct slot_texts *out);

/* Its texts differ from what they were: note it, to be written at the end. */
void gram_note(struct work *work, uint32_t slot, const struct content *before,
	       const struct content *after);
bool gram_flush(struct work *work, struct err *err);

/* Texts that are pending at most, then half as many: some 3 ms to read. */
enum { GRAM_PENDING_MOST = 1024 };

/*
 * After a commit, in transactions of its own: when more texts are pending than
 * can be read while somebody types, the chunks with most of them are made
 * anew. The gate is taken only to write one, so the caller may not have it.
 * What fails is left pending, which is slower and as right. Progress is told
 * of and cannot be stopped; or NULL. `who` is not asked of a store aside.
 */
struct progress;
struct who;
void gram_settle(struct store *store, const struct who *who,
		 struct progress *progress);

#endif
