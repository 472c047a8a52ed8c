#include "store/columns.h"

#include <stdalign.h>

#include "store/internal.h"
#include "store/seal.h"
#include "store/wire.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
	       "columns are stored as they stand in memory");

static const uint8_t widths[COLUMN_COUNT] = {
	[COLUMN_SESSION] = 1,  [COLUMN_STATUS] = 1,   [COLUMN_CATEGORY] = 1,
	[COLUMN_LEVEL] = 1,    [COLUMN_RESULT] = 1,   [COLUMN_FEEDBACK] = 1,
	[COLUMN_LEADS] = 2,    [COLUMN_RECEIVED] = 2, [COLUMN_FILED] = 2,
	[COLUMN_ASSIGNED] = 2, [COLUMN_DUE] = 2,      [COLUMN_REPLIED] = 2,
	[COLUMN_CLOSED] = 2,   [COLUMN_KEY] = 4,      [COLUMN_MERGED] = 4,
	[COLUMN_REVISION] = 4, [COLUMN_BATCH] = 4,
};

/* What a chunk reads as that is not there. */
static const alignas(64) unsigned char nothing[CHUNK_SLOTS * 4];

unsigned column_width(enum column column)
{
	return widths[column];
}

const char *column_label(enum column column)
{
	static const char *const labels[COLUMN_COUNT] = {
		[COLUMN_SESSION] = "届次",    [COLUMN_STATUS] = "状态",
		[COLUMN_CATEGORY] = "类别",   [COLUMN_LEVEL] = "级别",
		[COLUMN_RESULT] = "办理结果", [COLUMN_FEEDBACK] = "反馈",
		[COLUMN_LEADS] = "主办",      [COLUMN_RECEIVED] = "收到日期",
		[COLUMN_FILED] = "立案日期",  [COLUMN_ASSIGNED] = "交办日期",
		[COLUMN_DUE] = "应复日期",    [COLUMN_REPLIED] = "答复日期",
		[COLUMN_CLOSED] = "办结日期", [COLUMN_KEY] = "编号",
		[COLUMN_MERGED] = "并案",     [COLUMN_REVISION] = "修订",
		[COLUMN_BATCH] = "批次",
	};

	return labels[column];
}

/* A value of ALONE bytes gets pages of its own, where it stands aligned. */
size_t chunk_size(enum column column)
{
	enum { ALONE = 2040 };
	size_t size = CHUNK_HEADER + (size_t)widths[column] * CHUNK_SLOTS;

	return widths[column] > 1 && size < ALONE ? ALONE : size;
}

uint32_t chunk_used(uint32_t slots, uint32_t chunk)
{
	uint32_t first = chunk * CHUNK_SLOTS;

	if (slots <= first)
		return 0;
	return slots - first < CHUNK_SLOTS ? slots - first : CHUNK_SLOTS;
}

bool chunk_intact(enum column column, uint32_t chunk, struct slice bytes)
{
	if (bytes.len != chunk_size(column))
		return false;
	struct wire wire = wire_over(bytes);
	uint64_t sum = wire_u64(&wire);

	return seal_holds(SEAL_CHUNK, (uint64_t)column << 32 | chunk, wire.at,
			  (size_t)(wire.end - wire.at), sum);
}

uint32_t chunk_value(const void *values, enum column column, uint32_t at)
{
	switch (widths[column]) {
	case 1:
		return ((const uint8_t *)values)[at];
	case 2:
		return ((const uint16_t *)values)[at];
	default:
		return ((const uint32_t *)values)[at];
	}
}

/* Its values, or NULL. */
static const void *chunk_load(const struct reading *reading, enum column column,
			      uint32_t chunk)
{
	size_t bit = sound_chunk(reading, column, chunk);
	struct slice bytes;

	if ((uint64_t)chunk * CHUNK_SLOTS >= reading->state.slots ||
	    table_get(reading->store, reading->txn, TABLE_COLUMNS,
		      place_byte(column, chunk), &bytes))
		return NULL;
	if (!sound_proved(reading, bit)) {
		if (!chunk_intact(column, chunk, bytes))
			return NULL;
		sound_prove(reading, bit);
	}
	return bytes.text + CHUNK_HEADER;
}

static void doubt_chunk(const struct reading *reading, enum column column)
{
	struct err why;

	err_set(&why, ERR_STORE,
		"提案库的“%s”列已损坏，请报告管理员：proposals check 会指出，"
		"proposals check --repair 可以重建",
		column_label(column));
	sound_doubt(reading, &why);
}

const void *reading_chunk(const struct reading *reading, enum column column,
			  uint32_t chunk)
{
	const void *values = chunk_load(reading, column, chunk);

	if (values)
		return values;
	if ((uint64_t)chunk * CHUNK_SLOTS < reading->state.slots)
		doubt_chunk(reading, column);
	return nothing;
}

uint32_t reading_value(const struct reading *reading, enum column column,
		       uint32_t slot)
{
	const void *values = reading_chunk(reading, column, slot / CHUNK_SLOTS);

	return chunk_value(values, column, slot % CHUNK_SLOTS);
}

bool column_value(const struct reading *reading, enum column column,
		  uint32_t slot, uint32_t *out)
{
	const void *values = chunk_load(reading, column, slot / CHUNK_SLOTS);

	if (values)
		*out = chunk_value(values, column, slot % CHUNK_SLOTS);
	return values;
}

enum column dict_column(enum dict dict)
{
	static const enum column columns[DICT_COUNT] = {
		[DICT_SESSION] = COLUMN_SESSION,
		[DICT_STATUS] = COLUMN_STATUS,
		[DICT_CATEGORY] = COLUMN_CATEGORY,
		[DICT_LEVEL] = COLUMN_LEVEL,
		[DICT_RESULT] = COLUMN_RESULT,
		[DICT_FEEDBACK] = COLUMN_FEEDBACK,
		[DICT_LEADS] = COLUMN_LEADS,
	};

	return columns[dict];
}

static const char *session_code(key k, struct buf *scratch)
{
	char text[8];

	session_format(key_session(k), text);
	buf_reset(scratch);
	buf_str(scratch, text);
	return buf_text(scratch);
}

static const char *leads_code(const struct units *units, struct buf *scratch)
{
	buf_reset(scratch);
	for (size_t i = 0; i < units->count; i++) {
		if (units->items[i].role == ROLE_JOINT)
			continue;
		if (scratch->len)
			buf_char(scratch, '\n');
		buf_str(scratch, units->items[i].department);
	}
	return buf_text(scratch);
}

const char *dict_text(enum dict dict, const struct proposal *p,
		      struct buf *scratch)
{
	const char *const codes[DICT_COUNT] = {
		[DICT_STATUS] = p->status,     [DICT_CATEGORY] = p->category,
		[DICT_LEVEL] = p->level,       [DICT_RESULT] = p->result,
		[DICT_FEEDBACK] = p->feedback,
	};

	if (dict == DICT_SESSION)
		return session_code(p->key, scratch);
	if (dict == DICT_LEADS)
		return leads_code(&p->units, scratch);
	return codes[dict];
}
