#include "store/wire.h"

#include <string.h>

struct wire wire_over(struct slice bytes)
{
	return (struct wire){bytes.text, bytes.text + bytes.len, false};
}

/* The next `len` bytes, or NULL and bad. */
static const char *take(struct wire *wire, size_t len)
{
	const char *start = wire->at;

	if (wire->bad || (size_t)(wire->end - wire->at) < len) {
		wire->bad = true;
		return NULL;
	}
	wire->at += len;
	return start;
}

static uint64_t take_number(struct wire *wire, unsigned width)
{
	const char *start = take(wire, width);
	uint64_t value = 0;

	for (unsigned i = 0; start && i < width; i++)
		value |= (uint64_t)(unsigned char)start[i] << 8 * i;
	return value;
}

uint8_t wire_u8(struct wire *wire)
{
	return (uint8_t)take_number(wire, 1);
}

uint32_t wire_u32(struct wire *wire)
{
	return (uint32_t)take_number(wire, 4);
}

uint64_t wire_u64(struct wire *wire)
{
	return take_number(wire, 8);
}

void wire_bytes(struct wire *wire, void *out, size_t len)
{
	const char *start = take(wire, len);

	if (start)
		memcpy(out, start, len);
	else
		memset(out, 0, len);
}

static uint32_t take_length(struct wire *wire)
{
	uint64_t value = 0;

	for (unsigned shift = 0; shift < 35; shift += 7) {
		uint8_t byte = wire_u8(wire);

		value |= (uint64_t)(byte & 0x7f) << shift;
		if (byte & 0x80)
			continue;
		/* One length has one spelling. */
		if ((shift && !byte) || value > UINT32_MAX)
			break;
		return (uint32_t)value;
	}
	wire->bad = true;
	return 0;
}

struct slice wire_text(struct wire *wire)
{
	uint32_t len = take_length(wire);
	const char *start = take(wire, len);

	if (start && memchr(start, 0, len))
		wire->bad = true;
	return wire->bad ? (struct slice){"", 0} : (struct slice){start, len};
}

bool wire_done(const struct wire *wire)
{
	return !wire->bad && wire->at == wire->end;
}

static void put_number(struct buf *out, uint64_t value, unsigned width)
{
	char bytes[8];

	for (unsigned i = 0; i < width; i++)
		bytes[i] = (char)(unsigned char)(value >> 8 * i);
	buf_add(out, bytes, width);
}

void wire_put_u8(struct buf *out, uint8_t value)
{
	put_number(out, value, 1);
}

void wire_put_u32(struct buf *out, uint32_t value)
{
	put_number(out, value, 4);
}

void wire_put_u64(struct buf *out, uint64_t value)
{
	put_number(out, value, 8);
}

void wire_put_text(struct buf *out, struct slice text)
{
	size_t left = text.len;

	for (; left > 0x7f; left >>= 7)
		wire_put_u8(out, (uint8_t)(left | 0x80));
	wire_put_u8(out, (uint8_t)left);
	buf_add(out, text.text, text.len);
}
