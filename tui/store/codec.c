#include "store/codec.h"

#include <string.h>

#include "store/chain.h"
#include "store/seal.h"
#include "store/wire.h"

enum { LAYOUT = 1, FLAG_REMOVED = 1, STATUS_OUT = FIELD_STATUS };

bool slice_equal(struct slice a, struct slice b)
{
	return a.len == b.len && (!a.len || !memcmp(a.text, b.text, a.len));
}

struct slice slice_text(const char *text)
{
	return (struct slice){text, strlen(text)};
}

void content_from(struct content *out, const struct proposal *p,
		  struct buf *memory)
{
	size_t ends[FIELD_END] = {0};

	for (unsigned id = 1; id < FIELD_END; id++) {
		field_canonical(&fields[id], p, memory);
		ends[id] = memory->len;
	}
	/* Only now: the memory moves while it grows. */
	const char *text = buf_text(memory);
	out->of[0] = (struct slice){text, 0};
	for (unsigned id = 1; id < FIELD_END; id++)
		out->of[id] = (struct slice){text + ends[id - 1],
					     ends[id] - ends[id - 1]};
}

bool content_proposal(const struct content *content, key k, struct arena *arena,
		      struct proposal *out, struct err *err)
{
	proposal_init(out, k);
	for (unsigned id = 1; id < FIELD_END; id++) {
		struct slice text = content->of[id];

		if (text.len && !field_set(&fields[id], out, text.text,
					   text.len, arena, err))
			return false;
	}
	return true;
}

static void put_content(struct buf *out, const struct content *content,
			unsigned without)
{
	for (unsigned id = 1; id < FIELD_END; id++) {
		struct slice text = content->of[id];

		if (!text.len || id == without)
			continue;
		wire_put_u8(out, (uint8_t)id);
		wire_put_text(out, text);
	}
}

/* Ids ascend, no text is empty, and none holds a NUL. */
static void get_content(struct wire *wire, struct content *content,
			unsigned without)
{
	unsigned last = 0;

	memset(content, 0, sizeof(*content));
	while (wire->at < wire->end) {
		unsigned id = wire_u8(wire);
		struct slice text = wire_text(wire);

		if (id <= last || id >= FIELD_END || id == without ||
		    !text.len) {
			wire->bad = true;
			return;
		}
		content->of[id] = text;
		last = id;
	}
}

void content_digest(const struct content *content, key k, struct buf *scratch,
		    unsigned char digest[16])
{
	buf_reset(scratch);
	put_content(scratch, content, 0);
	chain_digest(k, scratch->data, scratch->len, digest);
}

void record_encode(key k, const struct record *record, struct buf *out)
{
	buf_reset(out);
	wire_put_u8(out, LAYOUT);
	wire_put_u8(out, record->removed ? FLAG_REMOVED : 0);
	wire_put_u32(out, record->slot);
	if (!record->removed)
		put_content(out, &record->content, STATUS_OUT);
	seal_close(SEAL_RECORD, k, out);
}

/* Everything before the fields; the rest of `wire` is they. */
static bool open_record(key k, struct slice bytes, struct wire *wire,
			uint32_t *slot, bool *removed)
{
	struct slice body;

	if (!seal_open(SEAL_RECORD, k, bytes, &body))
		return false;
	*wire = wire_over(body);
	uint8_t layout = wire_u8(wire);
	uint8_t flags = wire_u8(wire);
	*slot = wire_u32(wire);
	*removed = flags & FLAG_REMOVED;
	return !wire->bad && layout == LAYOUT && flags <= FLAG_REMOVED &&
	       (!*removed || wire->at == wire->end);
}

bool record_head(key k, struct slice bytes, uint32_t *slot, bool *removed)
{
	struct wire wire;

	return open_record(k, bytes, &wire, slot, removed);
}

bool record_decode(key k, struct slice bytes, struct record *out)
{
	struct wire wire;

	if (!open_record(k, bytes, &wire, &out->slot, &out->removed))
		return false;
	get_content(&wire, &out->content, STATUS_OUT);
	return !wire.bad;
}

static uint64_t event_id(uint32_t batch, key k)
{
	return (uint64_t)batch << 32 | k;
}

static void put_changes(struct buf *out, const struct entry *entry)
{
	for (size_t i = 0; i < entry->count; i++) {
		wire_put_u8(out, (uint8_t)entry->changes[i].field);
		wire_put_text(out, entry->changes[i].before);
		wire_put_text(out, entry->changes[i].after);
	}
}

void entry_encode(uint32_t batch, key k, const struct entry *entry,
		  struct buf *out)
{
	buf_reset(out);
	wire_put_u8(out, LAYOUT);
	wire_put_u8(out, (uint8_t)entry->kind);
	wire_put_u32(out, entry->revision);
	wire_put_u32(out, entry->previous);
	if (entry->kind == EVENT_CREATED)
		buf_add(out, entry->digest, sizeof(entry->digest));
	else if (entry->kind == EVENT_CHANGED)
		put_changes(out, entry);
	else
		put_content(out, &entry->removed, 0);
	seal_close(SEAL_EVENT, event_id(batch, k), out);
}

static void get_changes(struct wire *wire, struct entry *out)
{
	unsigned last = 0;

	while (!wire->bad && wire->at < wire->end) {
		unsigned id = wire_u8(wire);
		struct slice before = wire_text(wire);
		struct slice after = wire_text(wire);

		if (id <= last || id >= FIELD_END ||
		    slice_equal(before, after)) {
			wire->bad = true;
			return;
		}
		out->changes[out->count++] =
			(struct change){(enum field_id)id, before, after};
		last = id;
	}
	wire->bad |= out->count == 0;
}

static bool get_details(struct wire *wire, struct entry *out)
{
	switch (out->kind) {
	case EVENT_CREATED:
		wire_bytes(wire, out->digest, sizeof(out->digest));
		break;
	case EVENT_CHANGED:
		get_changes(wire, out);
		break;
	case EVENT_REMOVED:
		get_content(wire, &out->removed, 0);
		break;
	default:
		return false;
	}
	return wire_done(wire);
}

bool entry_decode(uint32_t batch, key k, struct slice bytes, struct entry *out)
{
	struct slice body;

	if (!seal_open(SEAL_EVENT, event_id(batch, k), bytes, &body))
		return false;
	struct wire wire = wire_over(body);
	uint8_t layout = wire_u8(&wire);
	out->kind = (enum event_kind)wire_u8(&wire);
	out->revision = wire_u32(&wire);
	out->previous = wire_u32(&wire);
	out->count = 0;
	return layout == LAYOUT && get_details(&wire, out);
}
