#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/audit.h"
#include "store/gram_store.h"
#include "store/posting.h"

/*
 * The index of texts is made again from the records, a chunk at a time, with
 * what it calls common, and compared.
 */
struct chunk_audit {
	struct audit *audit;
	uint32_t chunk;
	struct gram_head head;
	uint32_t stale[GRAM_WORDS];
	struct gram_build build;
	struct gram_entry *fresh; /* owned; by name */
	size_t count, at;
	bool told;
};

static void damaged(struct audit *audit, uint32_t chunk)
{
	audit_derived(audit, "检索索引的第 %u 段已损坏", (unsigned)chunk);
}

/* Symbols of a name as it stands in the store, behind the chunk. */
static bool read_name(MDB_val k, struct gram *out)
{
	const unsigned char *bytes = k.mv_data;
	size_t count;

	if (k.mv_size < 3 + 3 * 2 || (k.mv_size - 3) % 3)
		return false;
	count = (k.mv_size - 3) / 3;
	out->part = (enum part)(bytes[2] / 8);
	out->count = bytes[2] % 8;
	if (count != out->count || count > GRAM_MAX || out->part >= PART_COUNT)
		return false;
	for (size_t i = 0; i < count; i++)
		out->symbols[i] = (uint32_t)bytes[3 + 3 * i] << 16 |
				  (uint32_t)bytes[4 + 3 * i] << 8 |
				  bytes[5 + 3 * i];
	return true;
}

static bool head_fits(const struct audit *audit, uint32_t chunk,
		      struct slice value)
{
	struct gram_head head;

	return gram_head_decode(chunk, value, &head) &&
	       head.indexed <= gram_used(audit->reading->state.slots, chunk);
}

static bool list_fits(MDB_val k, struct slice value)
{
	struct slice name = {k.mv_data, k.mv_size};
	struct posting posting;
	struct gram gram;

	return read_name(k, &gram) && posting_decode(name, value, &posting);
}

static void check_entry(struct audit *audit, MDB_val k, struct slice value)
{
	const unsigned char *bytes = k.mv_data;
	uint32_t chunk;

	if (k.mv_size < 3) {
		audit_derived(audit, "检索索引里有无效的键");
		return;
	}
	chunk = (uint32_t)bytes[0] << 8 | bytes[1];
	if (chunk >= gram_chunks(audit->reading->state.slots))
		audit_derived(audit, "检索索引多出第 %u 段", (unsigned)chunk);
	else if (k.mv_size == 3 ? !head_fits(audit, chunk, value)
				: !list_fits(k, value))
		damaged(audit, chunk);
}

typedef void entry_fn(struct chunk_audit *chunk, const struct gram *gram,
		      const struct posting *posting);

/* False where an entry is damaged, which was told of; LMDB reads them all. */
static bool each_entry(struct chunk_audit *chunk, entry_fn *each)
{
	const struct reading *reading = chunk->audit->reading;
	struct place from = place_chunk(chunk->chunk);
	MDB_val k = {from.len, from.bytes}, value;
	MDB_cursor *cursor;
	bool sound = true;
	int rc = mdb_cursor_open(reading->txn,
				 reading->store->tables[TABLE_GRAMS], &cursor);

	if (rc)
		return false;
	rc = mdb_cursor_get(cursor, &k, &value, MDB_SET_RANGE);
	for (; !rc && memcmp(k.mv_data, from.bytes, 2) == 0 && sound;
	     rc = mdb_cursor_get(cursor, &k, &value, MDB_NEXT)) {
		struct slice name = {k.mv_data, k.mv_size};
		struct slice bytes = {value.mv_data, value.mv_size};
		struct posting posting;
		struct gram gram;

		if (k.mv_size == 3)
			continue;
		sound = read_name(k, &gram) &&
			posting_decode(name, bytes, &posting);
		if (sound)
			each(chunk, &gram, &posting);
	}
	mdb_cursor_close(cursor);
	return sound;
}

static void take_common(struct chunk_audit *chunk, const struct gram *gram,
			const struct posting *posting)
{
	if (posting->common)
		gram_build_common(&chunk->build, gram);
}

static bool is_stale(const struct chunk_audit *chunk, uint32_t at)
{
	return chunk->stale[at / 32] >> at % 32 & 1;
}

/* False where a record is damaged, which is told of elsewhere. */
static bool make_fresh(struct chunk_audit *chunk)
{
	const struct reading *reading = chunk->audit->reading;
	struct slot_texts texts;
	struct record record;
	struct err why;
	key k;

	for (uint32_t at = 0; at < chunk->head.indexed; at++) {
		if (is_stale(chunk, at))
			continue;
		if (!record_load(reading, chunk->chunk * GRAM_SLOTS + at,
				 &record, &k, &why))
			return false;
		if (record.removed)
			continue;
		texts_of(&record.content, &texts);
		gram_build_add(&chunk->build, (uint16_t)at, &texts);
	}
	chunk->fresh = gram_build_sorted(&chunk->build, &chunk->count);
	return true;
}

/* One proposal is named, where the two first differ. */
static void tell(struct chunk_audit *chunk, const uint32_t words[GRAM_WORDS])
{
	uint32_t at = 0, k;

	chunk->told = true;
	while (at < GRAM_SLOTS - 1 && !(words[at / 32] >> at % 32 & 1))
		at++;
	if (column_value(chunk->audit->reading, COLUMN_KEY,
			 chunk->chunk * GRAM_SLOTS + at, &k))
		audit_derived(chunk->audit, "%s的检索索引与记录不一致",
			      label_of(k).text);
	else
		damaged(chunk->audit, chunk->chunk);
}

static void compare_lists(struct chunk_audit *chunk,
			  const struct posting *posting,
			  const struct gram_entry *fresh)
{
	uint32_t words[GRAM_WORDS] = {0}, differ = 0;

	posting_add(posting, words);
	for (uint32_t i = 0; i < GRAM_WORDS; i++)
		words[i] &= ~chunk->stale[i];
	for (uint32_t i = 0; fresh && i < fresh->count; i++)
		words[fresh->slots[i] / 32] ^= UINT32_C(1)
					       << fresh->slots[i] % 32;
	for (uint32_t i = 0; i < GRAM_WORDS; i++)
		differ |= words[i];
	if (differ)
		tell(chunk, words);
}

static int order(struct gram_name a, struct gram_name b)
{
	if (a.high != b.high)
		return a.high < b.high ? -1 : 1;
	return (a.low > b.low) - (a.low < b.low);
}

/* Both come by name: what is only fresh is missing in the store. */
static void compare_entry(struct chunk_audit *chunk, const struct gram *gram,
			  const struct posting *posting)
{
	const struct posting none = {0};
	struct gram_name name = gram_name(gram);

	while (!chunk->told && chunk->at < chunk->count &&
	       order(chunk->fresh[chunk->at].name, name) < 0)
		compare_lists(chunk, &none, &chunk->fresh[chunk->at++]);
	if (chunk->told)
		return;
	if (chunk->at < chunk->count &&
	    order(chunk->fresh[chunk->at].name, name) == 0)
		compare_lists(chunk, posting, &chunk->fresh[chunk->at++]);
	else
		compare_lists(chunk, posting, NULL);
}

static void audit_chunk(struct audit *audit, uint32_t number)
{
	struct chunk_audit *chunk = mem_new(sizeof(*chunk));
	const struct posting none = {0};

	chunk->audit = audit;
	chunk->chunk = number;
	if (gram_head_get(audit->store, audit->reading->txn, number,
			  &chunk->head) &&
	    chunk->head.indexed <=
		    gram_used(audit->reading->state.slots, number)) {
		for (uint32_t i = 0; i < chunk->head.stale; i++) {
			uint32_t at = gram_stale(&chunk->head, i);

			chunk->stale[at / 32] |= UINT32_C(1) << at % 32;
		}
		if (each_entry(chunk, take_common) && make_fresh(chunk) &&
		    each_entry(chunk, compare_entry))
			while (!chunk->told && chunk->at < chunk->count)
				compare_lists(chunk, &none,
					      &chunk->fresh[chunk->at++]);
	}
	gram_build_free(&chunk->build);
	free(chunk->fresh);
	free(chunk);
}

void audit_grams(struct audit *audit)
{
	uint32_t chunks = gram_chunks(audit->reading->state.slots);

	audit_table(audit, TABLE_GRAMS, 0, check_entry);
	if (!audit_can(audit, BIT(TABLE_GRAMS) | BIT(TABLE_RECORDS) |
				      BIT(TABLE_COLUMNS)))
		return;
	for (uint32_t i = 0; i < chunks; i++)
		audit_chunk(audit, i);
}
