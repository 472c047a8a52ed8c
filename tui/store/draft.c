#include "store/gram_store.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "domain/excerpt.h"
#include "store/seal.h"

/*
 * A chunk is copied and verified when it is first touched: what the disk
 * damaged is refused here, and never gets a new, right checksum.
 */
static bool load_chunk(struct work *work, enum column column, uint32_t chunk,
		       struct err *err)
{
	struct draft *draft = &work->drafts[column][chunk];
	struct slice bytes = {NULL, 0};
	int rc = table_get(work->store, work->txn, TABLE_COLUMNS,
			   place_byte(column, chunk), &bytes);
	bool fresh =
		rc == MDB_NOTFOUND && !chunk_used(work->before.slots, chunk);

	if (rc && rc != MDB_NOTFOUND)
		return store_failed(err, rc, work->store->dir);
	if (!fresh && (rc || !chunk_intact(column, chunk, bytes)))
		return store_broken(err, "列");
	draft->bytes = mem_new(chunk_size(column));
	if (!fresh)
		memcpy(draft->bytes, bytes.text, bytes.len);
	return true;
}

static bool touch_chunk(struct work *work, enum column column, uint32_t slot,
			void **values, struct err *err)
{
	uint32_t chunk = slot / CHUNK_SLOTS;

	if (!work->drafts[column])
		work->drafts[column] =
			mem_array(work->chunk_count, sizeof(struct draft));
	struct draft *draft = &work->drafts[column][chunk];
	if (!draft->bytes && !load_chunk(work, column, chunk, err))
		return false;
	*values = draft->bytes + CHUNK_HEADER;
	return true;
}

bool draft_get(struct work *work, enum column column, uint32_t slot,
	       uint32_t *out, struct err *err)
{
	void *values;

	if (!touch_chunk(work, column, slot, &values, err))
		return false;
	*out = chunk_value(values, column, slot % CHUNK_SLOTS);
	return true;
}

bool draft_set(struct work *work, enum column column, uint32_t slot,
	       uint32_t value, struct err *err)
{
	uint32_t at = slot % CHUNK_SLOTS;
	void *values;

	if (!touch_chunk(work, column, slot, &values, err))
		return false;
	if (column_width(column) == 1)
		((uint8_t *)values)[at] = (uint8_t)value;
	else if (column_width(column) == 2)
		((uint16_t *)values)[at] = (uint16_t)value;
	else
		((uint32_t *)values)[at] = value;
	work->drafts[column][slot / CHUNK_SLOTS].dirty = true;
	return true;
}

static bool flush_chunk(struct work *work, enum column column, uint32_t chunk,
			struct err *err)
{
	unsigned char *bytes = work->drafts[column][chunk].bytes;
	uint32_t used = chunk_used(work->state.slots, chunk);
	struct buf value = {.data = (char *)bytes, .len = chunk_size(column)};

	memcpy(bytes + 8, &used, sizeof(used));
	uint64_t sum = seal_sum(SEAL_CHUNK, (uint64_t)column << 32 | chunk,
				bytes + 8, value.len - 8);
	memcpy(bytes, &sum, sizeof(sum));
	int rc = table_put(work->store, work->txn, TABLE_COLUMNS,
			   place_byte(column, chunk), &value);
	return rc ? store_failed(err, rc, work->store->dir) : true;
}

static bool flush_texts(struct work *work, struct err *err)
{
	struct text_draft *texts = &work->texts;
	uint32_t segment = texts->segment - 1;
	size_t len = TEXTS_HEADER + texts->bytes.len;
	static const char padding[TEXTS_MIN];

	if (!texts->dirty)
		return true;
	buf_reset(&work->value);
	buf_add(&work->value, padding, 8);
	buf_add(&work->value, texts->ends, sizeof(texts->ends));
	buf_add(&work->value, texts->bytes.data, texts->bytes.len);
	if (len < TEXTS_MIN)
		buf_add(&work->value, padding, TEXTS_MIN - len);
	uint64_t sum = seal_sum(SEAL_TEXTS, segment, work->value.data + 8,
				work->value.len - 8);
	memcpy(work->value.data, &sum, sizeof(sum));
	texts->dirty = false;
	int rc = table_put(work->store, work->txn, TABLE_TEXTS,
			   place_of(segment), &work->value);
	return rc ? store_failed(err, rc, work->store->dir) : true;
}

static bool load_texts(struct work *work, uint32_t segment, struct err *err)
{
	struct text_draft *texts = &work->texts;
	struct slice bytes;
	int rc = table_get(work->store, work->txn, TABLE_TEXTS,
			   place_of(segment), &bytes);
	bool fresh = rc == MDB_NOTFOUND &&
		     segment * TEXT_SLOTS >= work->before.slots;

	if (rc && rc != MDB_NOTFOUND)
		return store_failed(err, rc, work->store->dir);
	if (!fresh && (rc || !texts_intact(segment, bytes)))
		return store_broken(err, "检索文本");
	buf_reset(&texts->bytes);
	memset(texts->ends, 0, sizeof(texts->ends));
	if (!fresh) {
		memcpy(texts->ends, bytes.text + 8, sizeof(texts->ends));
		buf_add(&texts->bytes, bytes.text + TEXTS_HEADER,
			texts->ends[TEXT_SLOTS - 1]);
	}
	texts->segment = segment + 1;
	return true;
}

/* The text of one slot replaced; those behind it move. */
static void splice(struct text_draft *texts, uint32_t at,
		   const struct buf *text)
{
	uint32_t start = at ? texts->ends[at - 1] : 0;
	uint32_t end = texts->ends[at];
	size_t total = texts->bytes.len;

	buf_reset(&texts->spare);
	buf_add(&texts->spare, buf_text(&texts->bytes), start);
	buf_add(&texts->spare, buf_text(text), text->len);
	buf_add(&texts->spare, buf_text(&texts->bytes) + end, total - end);
	for (; at < TEXT_SLOTS; at++)
		texts->ends[at] =
			texts->ends[at] - (end - start) + (uint32_t)text->len;
	struct buf old = texts->bytes;
	texts->bytes = texts->spare;
	texts->spare = old;
	texts->dirty = true;
}

bool draft_text(struct work *work, uint32_t slot, const struct buf *text,
		struct err *err)
{
	uint32_t segment = slot / TEXT_SLOTS;

	if (work->texts.segment != segment + 1 &&
	    !(flush_texts(work, err) && load_texts(work, segment, err)))
		return false;
	splice(&work->texts, slot % TEXT_SLOTS, text);
	return true;
}

bool draft_code(struct work *work, enum dict dict, const char *code,
		uint32_t *id, struct err *err)
{
	struct store *store = work->store;
	struct dictionary *to = &store->dicts[dict];
	uint32_t *count = &work->state.dicts[dict];
	char word[EXCERPT_SIZE];

	if (!dict_load(store, work->txn, dict, *count, err))
		return false;
	*id = dict_find(to, code);
	if (*id || !*code)
		return true;
	if (*count >> 8 * column_width(dict_column(dict))) {
		excerpt(code, strlen(code), word);
		return err_set(err, ERR_REFUSED,
			       "提案库里不同的代码太多，放不下“%s”", word);
	}
	code_encode(dict, *count, code, &work->value);
	int rc = table_put(store, work->txn, TABLE_DICT,
			   place_byte(dict, *count), &work->value);
	if (rc)
		return store_failed(err, rc, store->dir);
	*id = dict_add(to, code, strlen(code));
	*count = *id + 1;
	return true;
}

bool draft_flush(struct work *work, struct err *err)
{
	for (unsigned column = 0; column < COLUMN_COUNT; column++) {
		const struct draft *drafts = work->drafts[column];

		for (uint32_t i = 0; drafts && i < work->chunk_count; i++)
			if (drafts[i].dirty &&
			    !flush_chunk(work, column, i, err))
				return false;
	}
	return flush_texts(work, err) && gram_flush(work, err);
}

void draft_free(struct work *work)
{
	for (unsigned column = 0; column < COLUMN_COUNT; column++) {
		struct draft *drafts = work->drafts[column];

		for (uint32_t i = 0; drafts && i < work->chunk_count; i++)
			free(drafts[i].bytes);
		free(drafts);
	}
	buf_free(&work->texts.bytes);
	buf_free(&work->texts.spare);
	free(work->stale);
	work->stale = NULL;
	work->stale_count = work->stale_cap = 0;
}
