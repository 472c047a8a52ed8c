/*
 * The rest of what the store writes: batches, counters, codes, users. The
 * rules are those of codec.h. For store/ and its tests only.
 */
#ifndef STORE_CODEC_META_H
#define STORE_CODEC_META_H

#include "store/codec.h"
#include "store/users.h"

/* What a batch carries besides: the id of the operation, known before it was
 * written, and the link of the chain of hashes that it made. */
enum { CHAIN_SIZE = 32 };
struct stamp {
	unsigned char operation[16], chain[CHAIN_SIZE];
};

void batch_encode(const struct batch *batch, const struct stamp *stamp,
		  struct buf *out);
/* Texts are copied into the arena. */
MUST_USE
bool batch_decode(uint32_t number, struct slice bytes, struct arena *arena,
		  struct batch *out, struct stamp *stamp);

/* What never changes of it. */
void batch_core(const struct batch *batch, const unsigned char operation[16],
		struct buf *out);

/* The counters, in the table meta; changed by every commit. */
struct state {
	uint32_t slots, last_batch;
	uint32_t proposals, removed; /* their sum is slots */
	uint64_t events;
	uint32_t dicts[DICT_COUNT];      /* ids in use, 0 included */
	unsigned char chain[CHAIN_SIZE]; /* of the last batch */
};

void state_encode(const struct state *state, struct buf *out);
MUST_USE
bool state_decode(struct slice bytes, struct state *out);

/* The version that this program reads and writes. */
enum { STORE_FORMAT = 3 };

/* What never changes: which program's, how old, on what pages, and whether
 * roles are in force. */
struct format {
	uint32_t version, page_size;
	bool roles;
	struct slice program;
};

void format_encode(const struct format *format, struct buf *out);

/* Of another version the number is certain, and the rest only if it is laid
 * out as in this one; if not, it is empty. */
MUST_USE
bool format_decode(struct slice bytes, struct format *out);

/* The role of one uid. */
void user_encode(const struct user *user, struct buf *out);
MUST_USE
bool user_decode(uint32_t uid, struct slice bytes, struct arena *arena,
		 struct user *out);

void code_encode(enum dict dict, uint32_t id, const char *code,
		 struct buf *out);
MUST_USE
bool code_decode(enum dict dict, uint32_t id, struct slice bytes,
		 struct slice *code);

#endif
