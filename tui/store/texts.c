#include "store/internal.h"

#include <string.h>

#include "store/seal.h"
#include "store/wire.h"

/*
 * A segment: checksum u64, 32 ends u32, the bytes. It is never shorter than
 * TEXTS_MIN, so that LMDB gives it pages of its own, where it is aligned.
 */
static const uint32_t no_ends[TEXT_SLOTS];

static uint32_t end_at(const char *ends, uint32_t at)
{
	uint32_t end;

	memcpy(&end, ends + at * sizeof(end), sizeof(end));
	return end;
}

/* No end may lead out of the value, whatever the disk did to it. */
static bool ends_sound(struct slice bytes)
{
	uint32_t last = 0;

	if (bytes.len < TEXTS_MIN)
		return false;
	for (uint32_t i = 0; i < TEXT_SLOTS; i++) {
		uint32_t end = end_at(bytes.text + 8, i);

		if (end < last)
			return false;
		last = end;
	}
	return last <= bytes.len - TEXTS_HEADER;
}

bool texts_intact(uint32_t segment, struct slice bytes)
{
	if (!ends_sound(bytes))
		return false;
	struct wire wire = wire_over(bytes);
	uint64_t sum = wire_u64(&wire);

	return seal_holds(SEAL_TEXTS, segment, wire.at,
			  (size_t)(wire.end - wire.at), sum);
}

static bool texts_load(const struct reading *reading, uint32_t segment,
		       struct slice *bytes)
{
	size_t bit = sound_texts(reading, segment);

	if (table_get(reading->store, reading->txn, TABLE_TEXTS,
		      place_of(segment), bytes) ||
	    (uintptr_t)bytes->text % sizeof(uint32_t))
		return false;
	if (!sound_proved(reading, bit)) {
		if (!texts_intact(segment, *bytes))
			return false;
		sound_prove(reading, bit);
	}
	return true;
}

struct texts reading_texts(const struct reading *reading, uint32_t segment)
{
	bool used = (uint64_t)segment * TEXT_SLOTS < reading->state.slots;
	struct slice bytes;
	struct err why;

	if (used && texts_load(reading, segment, &bytes))
		return (struct texts){bytes.text + TEXTS_HEADER,
				      (const void *)(bytes.text + 8)};
	if (used) {
		err_set(&why, ERR_STORE,
			"提案库的检索文本已损坏，请报告管理员：proposals check "
			"会指出，proposals check --repair 可以重建");
		sound_doubt(reading, &why);
	}
	return (struct texts){"", no_ends};
}

void text_of(const struct content *content, struct buf *out)
{
	const struct slice *title = &content->of[FIELD_TITLE];
	const struct slice *proposers = &content->of[FIELD_PROPOSERS];

	buf_reset(out);
	buf_add(out, title->text, title->len);
	buf_char(out, '\n');
	buf_add(out, proposers->text, proposers->len);
	buf_char(out, '\n');
}
