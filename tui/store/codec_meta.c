#include "store/codec_meta.h"

#include <string.h>

#include "store/seal.h"
#include "store/wire.h"

enum { LAYOUT = 1 };

static void put_fields(const struct batch *batch, uint32_t undone_by,
		       const unsigned char operation[16], struct buf *out)
{
	buf_reset(out);
	wire_put_u8(out, LAYOUT);
	wire_put_u8(out, (uint8_t)batch->kind);
	wire_put_u32(out, batch->count);
	wire_put_u64(out, (uint64_t)batch->at);
	wire_put_u32(out, batch->who.uid);
	wire_put_u32(out, batch->who.login_uid);
	wire_put_u32(out, batch->undoes);
	wire_put_u32(out, undone_by);
	buf_add(out, operation, 16);
	wire_put_text(out, slice_text(batch->who.name));
	wire_put_text(out, slice_text(batch->who.from));
	wire_put_text(out, slice_text(batch->note));
	wire_put_text(out, slice_text(batch->summary));
	if (batch->kind != BATCH_USER)
		return;
	wire_put_u32(out, batch->grant.uid);
	wire_put_text(out, slice_text(batch->grant.name));
	wire_put_u8(out, (uint8_t)batch->grant.before);
	wire_put_u8(out, (uint8_t)batch->grant.after);
}

void batch_core(const struct batch *batch, const unsigned char operation[16],
		struct buf *out)
{
	put_fields(batch, 0, operation, out);
}

void batch_encode(const struct batch *batch, const struct stamp *stamp,
		  struct buf *out)
{
	put_fields(batch, batch->undone_by, stamp->operation, out);
	buf_add(out, stamp->chain, sizeof(stamp->chain));
	seal_close(SEAL_BATCH, batch->number, out);
}

static const char *get_text(struct wire *wire, struct arena *arena)
{
	struct slice text = wire_text(wire);

	return arena_str(arena, text.text, text.len);
}

static enum access get_access(struct wire *wire)
{
	uint8_t access = wire_u8(wire);

	wire->bad |= access > ACCESS_ADMIN;
	return wire->bad ? ACCESS_NONE : (enum access)access;
}

static struct grant get_grant(struct wire *wire, struct arena *arena)
{
	struct grant grant;

	grant.uid = wire_u32(wire);
	grant.name = get_text(wire, arena);
	grant.before = get_access(wire);
	grant.after = get_access(wire);
	return grant;
}

bool batch_decode(uint32_t number, struct slice bytes, struct arena *arena,
		  struct batch *out, struct stamp *stamp)
{
	struct slice body;

	if (!seal_open(SEAL_BATCH, number, bytes, &body))
		return false;
	struct wire wire = wire_over(body);
	uint8_t layout = wire_u8(&wire);
	*out = (struct batch){.number = number};
	out->kind = (enum batch_kind)wire_u8(&wire);
	out->count = wire_u32(&wire);
	out->at = (int64_t)wire_u64(&wire);
	out->who.uid = wire_u32(&wire);
	out->who.login_uid = wire_u32(&wire);
	out->undoes = wire_u32(&wire);
	out->undone_by = wire_u32(&wire);
	wire_bytes(&wire, stamp->operation, sizeof(stamp->operation));
	out->who.name = get_text(&wire, arena);
	out->who.from = get_text(&wire, arena);
	out->note = get_text(&wire, arena);
	out->summary = get_text(&wire, arena);
	if (out->kind == BATCH_USER)
		out->grant = get_grant(&wire, arena);
	wire_bytes(&wire, stamp->chain, sizeof(stamp->chain));
	return wire_done(&wire) && layout == LAYOUT &&
	       out->kind >= BATCH_IMPORT && out->kind <= BATCH_USER;
}

void user_encode(const struct user *user, struct buf *out)
{
	buf_reset(out);
	wire_put_u8(out, LAYOUT);
	wire_put_u8(out, (uint8_t)user->access);
	wire_put_u32(out, user->batch);
	wire_put_u64(out, (uint64_t)user->since);
	wire_put_text(out, slice_text(user->name));
	seal_close(SEAL_USER, user->uid, out);
}

bool user_decode(uint32_t uid, struct slice bytes, struct arena *arena,
		 struct user *out)
{
	struct slice body;

	if (!seal_open(SEAL_USER, uid, bytes, &body))
		return false;
	struct wire wire = wire_over(body);
	uint8_t layout = wire_u8(&wire);
	out->uid = uid;
	out->access = get_access(&wire);
	out->batch = wire_u32(&wire);
	out->since = (int64_t)wire_u64(&wire);
	out->name = get_text(&wire, arena);
	return wire_done(&wire) && layout == LAYOUT &&
	       out->access != ACCESS_NONE;
}

void state_encode(const struct state *state, struct buf *out)
{
	buf_reset(out);
	wire_put_u8(out, LAYOUT);
	wire_put_u32(out, state->slots);
	wire_put_u32(out, state->last_batch);
	wire_put_u32(out, state->proposals);
	wire_put_u32(out, state->removed);
	wire_put_u64(out, state->events);
	for (int i = 0; i < DICT_COUNT; i++)
		wire_put_u32(out, state->dicts[i]);
	buf_add(out, state->chain, sizeof(state->chain));
	seal_close(SEAL_STATE, 0, out);
}

bool state_decode(struct slice bytes, struct state *out)
{
	struct slice body;

	if (!seal_open(SEAL_STATE, 0, bytes, &body))
		return false;
	struct wire wire = wire_over(body);
	uint8_t layout = wire_u8(&wire);
	out->slots = wire_u32(&wire);
	out->last_batch = wire_u32(&wire);
	out->proposals = wire_u32(&wire);
	out->removed = wire_u32(&wire);
	out->events = wire_u64(&wire);
	for (int i = 0; i < DICT_COUNT; i++) {
		out->dicts[i] = wire_u32(&wire);
		wire.bad |= !out->dicts[i] || out->dicts[i] > UINT16_MAX + 1u;
	}
	wire_bytes(&wire, out->chain, sizeof(out->chain));
	return wire_done(&wire) && layout == LAYOUT;
}

void format_encode(const struct format *format, struct buf *out)
{
	buf_reset(out);
	wire_put_u32(out, format->version);
	wire_put_u32(out, format->page_size);
	wire_put_u8(out, format->roles);
	wire_put_text(out, format->program);
	seal_close(SEAL_FORMAT, 0, out);
}

bool format_decode(struct slice bytes, struct format *out)
{
	struct slice body;

	if (!seal_open(SEAL_FORMAT, 0, bytes, &body) || body.len < 4)
		return false;
	struct wire wire = wire_over(body);
	uint32_t version = wire_u32(&wire);
	out->version = version;
	out->page_size = wire_u32(&wire);
	uint8_t roles = wire_u8(&wire);
	out->roles = roles != 0;
	wire.bad |= roles > 1;
	out->program = wire_text(&wire);
	if (wire.bad)
		*out = (struct format){.version = version, .program = {"", 0}};
	return !wire.bad || version != STORE_FORMAT;
}

static uint64_t code_id(enum dict dict, uint32_t id)
{
	return (uint64_t)dict << 32 | id;
}

void code_encode(enum dict dict, uint32_t id, const char *code, struct buf *out)
{
	buf_reset(out);
	buf_str(out, code);
	seal_close(SEAL_CODE, code_id(dict, id), out);
}

bool code_decode(enum dict dict, uint32_t id, struct slice bytes,
		 struct slice *code)
{
	return seal_open(SEAL_CODE, code_id(dict, id), bytes, code) &&
	       code->len && !memchr(code->text, 0, code->len);
}
