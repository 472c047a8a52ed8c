/*
 * The index of one chunk while it is made in memory, from the texts of its
 * slots in ascending order. For store/ and its tests only.
 *
 * Which grams are common, so that longer ones are listed, is found from a
 * sample first: it is written down with them, so a sample will do.
 */
#ifndef STORE_GRAM_BUILD_H
#define STORE_GRAM_BUILD_H

#include "base/buf.h"
#include "store/codec.h"
#include "store/gram.h"

/* part * 8 + symbols, and the symbols: two of 24 bits, three of 21, the first
 * ones highest, so that the order of names is that of the symbols. */
struct gram_name {
	uint64_t high, low;
};
struct gram_name gram_name(const struct gram *gram);

/* Kind and symbols as bytes, behind those of the chunk. */
enum { GRAM_NAME_MAX = 1 + 3 * GRAM_MAX };
size_t gram_name_bytes(struct gram_name name, unsigned char *out);

struct gram_list;

struct gram_build {
	struct gram_list *lists; /* owned; in the order they came up */
	size_t count, cap;
	uint32_t *index; /* owned; by hash, number of the list + 1 */
	size_t mask;
	uint16_t *pool; /* owned; the slots of all lists */
	size_t pool_len, pool_cap;
	/* Scratch, owned: the symbols of a text, and the gram at each. */
	uint32_t *symbols, *ids;
	uint64_t *codes;
	size_t length, room;
};

void gram_build_free(struct gram_build *build);

void gram_build_add(struct gram_build *build, uint16_t slot,
		    const struct slot_texts *texts);

/* One gram of a slot; gram_sounds.c: all that it sounds like, its units. */
void gram_build_post(struct gram_build *build, const struct gram *gram,
		     uint16_t slot);
void gram_build_sounds(struct gram_build *build, enum part part, uint16_t slot,
		       struct span text);
void gram_build_units(struct gram_build *build, uint16_t slot,
		      struct span units);

/* Those of so many symbols that more than `least` slots hold are common; and
 * all lists are empty again. */
void gram_build_mark(struct gram_build *build, unsigned symbols,
		     uint32_t least);

/* One is common, whatever was sampled. */
void gram_build_common(struct gram_build *build, const struct gram *gram);

/* A list that is not empty. */
struct gram_entry {
	struct gram_name name;
	const uint16_t *slots; /* the builder's, until it grows */
	uint32_t count;
	bool common;
};

/* All of them, by name; free() it. */
struct gram_entry *gram_build_sorted(const struct gram_build *build,
				     size_t *count);

#endif
