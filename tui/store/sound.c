#include "store/sound.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/internal.h"

/* A reading is const to who reads; what is known of it grows. */
static struct sound *own(const struct reading *reading)
{
	return &reading->store->reading.sound;
}

static size_t chunks_of(const struct reading *reading)
{
	return reading->state.slots / CHUNK_SLOTS + 1;
}

void sound_begin(struct reading *reading)
{
	struct sound *sound = &reading->sound;
	size_t bits = sound_texts(reading, reading->state.slots / TEXT_SLOTS);
	size_t size = bits / 8 + 1;
	uint64_t version = mdb_txn_id(reading->txn);

	if (sound->version == version)
		return;
	sound->doubt.code = ERR_NONE;
	if (size > sound->size) {
		sound->size = 2 * size;
		sound->proved = mem_resize(sound->proved, sound->size);
	}
	memset(sound->proved, 0, size);
	sound->version = version;
}

void sound_free(struct sound *sound)
{
	free(sound->proved);
	*sound = (struct sound){0};
}

void sound_doubt(const struct reading *reading, const struct err *why)
{
	struct err *doubt = &own(reading)->doubt;

	if (doubt->code == ERR_NONE)
		*doubt = *why;
}

bool reading_sound(const struct reading *reading, struct err *err)
{
	if (reading->sound.doubt.code == ERR_NONE)
		return true;
	*err = reading->sound.doubt;
	return false;
}

size_t sound_chunk(const struct reading *reading, enum column column,
		   uint32_t chunk)
{
	return column * chunks_of(reading) + chunk;
}

size_t sound_texts(const struct reading *reading, uint32_t segment)
{
	return COLUMN_COUNT * chunks_of(reading) + segment;
}

bool sound_proved(const struct reading *reading, size_t bit)
{
	return reading->sound.proved[bit / 8] >> bit % 8 & 1;
}

void sound_prove(const struct reading *reading, size_t bit)
{
	own(reading)->proved[bit / 8] |= (unsigned char)(1u << bit % 8);
}
