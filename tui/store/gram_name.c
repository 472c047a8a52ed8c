#include <string.h>

#include "domain/field.h"
#include "store/gram_build.h"
#include "store/seal.h"

struct gram gram_unit(const char *code)
{
	uint64_t hash = seal_hash(code, strlen(code));

	return (struct gram){
		.part = PART_REST,
		.symbols = {GRAM_UNIT | (uint32_t)(hash & 0xfffff),
			    GRAM_UNIT | (uint32_t)(hash >> 20 & 0xfffff)},
		.count = 2,
	};
}

bool span_unit(struct span *units, struct gram *out)
{
	char code[FIELD_ITEM_MAX + 1];

	if (!units->len)
		return false;
	const char *at = units->text, *end = at + units->len;
	const char *stop = memchr(at, '\n', units->len);
	stop = stop ? stop : end;
	const char *from = memchr(at, ' ', (size_t)(stop - at));
	from = from ? from + 1 : stop;
	const char *to = memchr(from, ' ', (size_t)(stop - from));
	size_t len = (size_t)((to ? to : stop) - from);

	len = len < sizeof(code) ? len : sizeof(code) - 1;
	memcpy(code, from, len);
	code[len] = '\0';
	*out = gram_unit(code);
	units->text = stop < end ? stop + 1 : end;
	units->len = (size_t)(end - units->text);
	return true;
}

struct gram_name gram_name(const struct gram *gram)
{
	const uint32_t *symbols = gram->symbols;
	struct gram_name name = {
		.high = (uint64_t)(gram->part * 8 + gram->count) << 48 |
			(uint64_t)symbols[0] << 24 | symbols[1],
	};

	for (unsigned i = 2; i < gram->count; i++)
		name.low |= (uint64_t)symbols[i] << 21 * (4 - i);
	return name;
}

size_t gram_name_bytes(struct gram_name name, unsigned char *out)
{
	unsigned count = (unsigned)(name.high >> 48) & 7;
	size_t len = 0;

	for (unsigned shift = 56; shift; shift -= 8)
		out[len++] = (unsigned char)(name.high >> (shift - 8));
	for (unsigned i = 2; i < count; i++) {
		uint64_t symbol = name.low >> 21 * (4 - i) & 0x1fffff;

		for (unsigned shift = 24; shift; shift -= 8)
			out[len++] = (unsigned char)(symbol >> (shift - 8));
	}
	return len;
}
