/*
 * What has no way to fail, and may be damaged: columns, texts, codes, and that
 * something is not there. It reads as nothing and leaves a doubt, of which
 * reading_sound() tells. For store/ only.
 */
#ifndef STORE_SOUND_H
#define STORE_SOUND_H

#include "store/columns.h"

/*
 * A bit for each chunk of a column and each segment of texts whose checksum
 * was right. Pages do not change while a version is read, so once is enough.
 */
struct sound {
	struct err doubt;
	unsigned char *proved; /* owned */
	size_t size;
	uint64_t version;
};

/* At the beginning of each reading. */
void sound_begin(struct reading *reading);
void sound_free(struct sound *sound);

/* The first counts. */
void sound_doubt(const struct reading *reading, const struct err *why);

/* A bit of `proved`. */
size_t sound_chunk(const struct reading *reading, enum column column,
		   uint32_t chunk);
size_t sound_texts(const struct reading *reading, uint32_t segment);
bool sound_proved(const struct reading *reading, size_t bit);
void sound_prove(const struct reading *reading, size_t bit);

#endif
