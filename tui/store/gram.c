#include "store/gram.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/gram_store.h"
#include "store/posting.h"
#include "store/seal.h"
#include "store/wire.h"

uint32_t gram_chunks(uint32_t slots)
{
	return slots / GRAM_SLOTS + (slots % GRAM_SLOTS ? 1 : 0);
}

uint32_t gram_used(uint32_t slots, uint32_t chunk)
{
	uint32_t left = slots - chunk * GRAM_SLOTS;

	return left < GRAM_SLOTS ? left : GRAM_SLOTS;
}

struct place place_gram(uint32_t chunk, struct gram_name name)
{
	struct place at = place_chunk(chunk);

	at.len = 2 + gram_name_bytes(name, at.bytes + 2);
	return at;
}

void gram_head_encode(uint32_t chunk, uint32_t indexed, const uint16_t *stale,
		      uint32_t count, struct buf *out)
{
	buf_reset(out);
	wire_put_u32(out, indexed);
	for (uint32_t i = 0; i < count; i++) {
		wire_put_u8(out, (uint8_t)stale[i]);
		wire_put_u8(out, (uint8_t)(stale[i] >> 8));
	}
	seal_close(SEAL_GRAM, chunk, out);
}

uint32_t gram_stale(const struct gram_head *head, uint32_t i)
{
	const unsigned char *at = head->slots + 2 * (size_t)i;

	return at[0] + ((uint32_t)at[1] << 8);
}

bool gram_head_decode(uint32_t chunk, struct slice bytes, struct gram_head *out)
{
	struct slice body;

	*out = (struct gram_head){0};
	if (!seal_open(SEAL_GRAM, chunk, bytes, &body) || body.len < 4 ||
	    body.len % 2)
		return false;
	struct wire wire = wire_over(body);
	out->indexed = wire_u32(&wire);
	out->slots = (const unsigned char *)wire.at;
	out->stale = (uint32_t)(wire.end - wire.at) / 2;
	for (uint32_t i = 0; i < out->stale; i++)
		if (gram_stale(out, i) >= out->indexed ||
		    (i && gram_stale(out, i) <= gram_stale(out, i - 1)))
			return false;
	return out->indexed <= GRAM_SLOTS;
}

bool gram_head_get(const struct store *store, MDB_txn *txn, uint32_t chunk,
		   struct gram_head *out)
{
	struct slice bytes;
	int rc = table_get(store, txn, TABLE_GRAMS, place_chunk(chunk), &bytes);

	*out = (struct gram_head){0};
	return rc == MDB_NOTFOUND ||
	       (!rc && gram_head_decode(chunk, bytes, out));
}

static void doubt(const struct reading *reading)
{
	struct err why;

	err_set(&why, ERR_STORE,
		"提案库的检索索引已损坏，请报告管理员：proposals check "
		"会指出，proposals check --repair 可以重建");
	sound_doubt(reading, &why);
}

struct posting reading_gram(const struct reading *reading, uint32_t chunk,
			    const struct gram *gram)
{
	struct place at = place_gram(chunk, gram_name(gram));
	struct slice name = {(const char *)at.bytes, at.len}, bytes;
	struct posting out = {0};
	int rc = table_get(reading->store, reading->txn, TABLE_GRAMS, at,
			   &bytes);

	if (rc == MDB_NOTFOUND || (!rc && posting_decode(name, bytes, &out)))
		return out;
	doubt(reading);
	return (struct posting){0};
}

/* Every entry from `at` to `last`, both of one length. */
static void add_range(const struct reading *reading, MDB_cursor *cursor,
		      struct place at, struct place last, uint32_t *words)
{
	MDB_val k = {at.len, at.bytes}, value;
	int rc = mdb_cursor_get(cursor, &k, &value, MDB_SET_RANGE);

	for (; !rc && k.mv_size == last.len &&
	       memcmp(k.mv_data, last.bytes, last.len) <= 0;
	     rc = mdb_cursor_get(cursor, &k, &value, MDB_NEXT)) {
		struct slice name = {k.mv_data, k.mv_size};
		struct slice bytes = {value.mv_data, value.mv_size};
		struct posting posting;

		if (!posting_decode(name, bytes, &posting)) {
			doubt(reading);
			return;
		}
		posting_add(&posting, words);
	}
	if (rc && rc != MDB_NOTFOUND)
		doubt(reading);
}

void reading_gram_range(const struct reading *reading, uint32_t chunk,
			enum part part, uint32_t first, uint32_t low,
			uint32_t high, uint32_t words[GRAM_WORDS])
{
	const struct gram from = {part, {first, low}, 2};
	const struct gram to = {part, {first, high}, 2};
	MDB_cursor *cursor;

	if (mdb_cursor_open(reading->txn, reading->store->tables[TABLE_GRAMS],
			    &cursor)) {
		doubt(reading);
		return;
	}
	add_range(reading, cursor, place_gram(chunk, gram_name(&from)),
		  place_gram(chunk, gram_name(&to)), words);
	mdb_cursor_close(cursor);
}

uint32_t reading_pending(const struct reading *reading, uint32_t chunk,
			 uint32_t words[GRAM_WORDS])
{
	uint32_t used = gram_used(reading->state.slots, chunk);
	struct gram_head head;

	/* Nothing is known then, so everything is read. */
	if (!gram_head_get(reading->store, reading->txn, chunk, &head) ||
	    head.indexed > used) {
		doubt(reading);
		head = (struct gram_head){0};
	}
	for (uint32_t i = 0; i < head.stale; i++) {
		uint32_t slot = gram_stale(&head, i);

		words[slot / 32] |= UINT32_C(1) << slot % 32;
	}
	for (uint32_t slot = head.indexed; slot < used; slot++)
		words[slot / 32] |= UINT32_C(1) << slot % 32;
	return head.stale + used - head.indexed;
}

static const enum field_id rest_fields[REST_TEXTS] = {
	FIELD_BODY,  FIELD_OUTCOME, FIELD_REMARKS,
	FIELD_TOPIC, FIELD_LED_BY,  FIELD_SUPERVISED_BY,
};

static struct span span_of(const struct content *content, enum field_id field)
{
	return (struct span){content->of[field].text, content->of[field].len};
}

void texts_of(const struct content *content, struct slot_texts *out)
{
	out->title = span_of(content, FIELD_TITLE);
	out->proposers = span_of(content, FIELD_PROPOSERS);
	out->units = span_of(content, FIELD_UNITS);
	for (size_t i = 0; i < REST_TEXTS; i++)
		out->rest[i] = span_of(content, rest_fields[i]);
}

bool reading_slot_texts(const struct reading *reading, uint32_t slot,
			struct slot_texts *out)
{
	struct record record;
	struct err why;
	key k;

	if (!record_load(reading, slot, &record, &k, &why)) {
		sound_doubt(reading, &why);
		return false;
	}
	if (!record.removed)
		texts_of(&record.content, out);
	return !record.removed;
}

static bool same_texts(const struct content *a, const struct content *b)
{
	for (size_t i = 0; i < REST_TEXTS; i++)
		if (!slice_equal(a->of[rest_fields[i]], b->of[rest_fields[i]]))
			return false;
	return slice_equal(a->of[FIELD_TITLE], b->of[FIELD_TITLE]) &&
	       slice_equal(a->of[FIELD_PROPOSERS], b->of[FIELD_PROPOSERS]) &&
	       slice_equal(a->of[FIELD_UNITS], b->of[FIELD_UNITS]);
}

void gram_note(struct work *work, uint32_t slot, const struct content *before,
	       const struct content *after)
{
	/* New slots stand behind what is indexed. */
	if (slot >= work->before.slots || same_texts(before, after))
		return;
	if (work->stale_count == work->stale_cap) {
		work->stale_cap = work->stale_cap ? 2 * work->stale_cap : 64;
		work->stale = mem_resize(work->stale,
					 work->stale_cap * sizeof(uint32_t));
	}
	work->stale[work->stale_count++] = slot;
}

static int by_slot(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Those that were stale and those that become it; each set has one once. */
static uint32_t merge(const struct gram_head *head, const uint32_t *slots,
		      size_t count, uint16_t *out)
{
	uint32_t i = 0, merged = 0;
	size_t k = 0;

	while (i < head->stale || k < count) {
		uint32_t a = i < head->stale ? gram_stale(head, i) : GRAM_SLOTS;
		uint32_t b = k < count ? slots[k] % GRAM_SLOTS : GRAM_SLOTS;
		uint32_t slot = a < b ? a : b;

		i += a == slot;
		k += b == slot;
		if (slot < head->indexed)
			out[merged++] = (uint16_t)slot;
	}
	return merged;
}

static bool flush_chunk(struct work *work, uint32_t chunk,
			const uint32_t *slots, size_t count, struct err *err)
{
	struct gram_head head;

	if (!gram_head_get(work->store, work->txn, chunk, &head))
		return store_broken(err, "检索索引");
	if (!head.indexed)
		return true;
	uint16_t *stale = mem_array(head.stale + count, sizeof(*stale));
	uint32_t merged = merge(&head, slots, count, stale);
	int rc = 0;
	if (merged > head.stale) {
		gram_head_encode(chunk, head.indexed, stale, merged,
				 &work->value);
		rc = table_put(work->store, work->txn, TABLE_GRAMS,
			       place_chunk(chunk), &work->value);
	}
	free(stale);
	return rc ? store_failed(err, rc, work->store->dir) : true;
}

bool gram_flush(struct work *work, struct err *err)
{
	const uint32_t *slots = work->stale;
	size_t count = work->stale_count, end;

	if (count)
		qsort(work->stale, count, sizeof(*slots), by_slot);
	for (size_t at = 0; at < count; at = end) {
		uint32_t chunk = slots[at] / GRAM_SLOTS;

		for (end = at; end < count && slots[end] / GRAM_SLOTS == chunk;)
			end++;
		if (!flush_chunk(work, chunk, slots + at, end - at, err))
			return false;
	}
	work->stale_count = 0;
	return true;
}
