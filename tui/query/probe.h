/*
 * A column read here and there, many times: each chunk is looked up once.
 */
#ifndef QUERY_PROBE_H
#define QUERY_PROBE_H

#include "store/columns.h"

struct probe {
	const struct reading *reading;
	enum column column;
	unsigned width;
	const void **chunks; /* owned; NULL where not looked up yet */
};

/* Good until reading_end(). */
void probe_open(struct probe *probe, const struct reading *reading,
		enum column column);
void probe_close(struct probe *probe);

/* What reading_chunk() gives. Here, because loops call it. */
static inline const void *probe_chunk(const struct probe *probe, uint32_t chunk)
{
	if (!probe->chunks[chunk])
		probe->chunks[chunk] =
			reading_chunk(probe->reading, probe->column, chunk);
	return probe->chunks[chunk];
}

/* The value of a slot that is in use. */
static inline uint32_t probe_value(const struct probe *probe, uint32_t slot)
{
	const void *chunk = probe_chunk(probe, slot / CHUNK_SLOTS);
	uint32_t at = slot % CHUNK_SLOTS;

	if (probe->width == 1)
		return ((const uint8_t *)chunk)[at];
	if (probe->width == 2)
		return ((const uint16_t *)chunk)[at];
	return ((const uint32_t *)chunk)[at];
}

#endif
