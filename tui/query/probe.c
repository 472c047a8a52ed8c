#include "query/probe.h"

#include <stdlib.h>

#include "base/mem.h"

void probe_open(struct probe *probe, const struct reading *reading,
		enum column column)
{
	size_t chunks = reading_slots(reading) / CHUNK_SLOTS + 1;

	*probe = (struct probe){
		.reading = reading,
		.column = column,
		.width = column_width(column),
		.chunks = mem_array(chunks, sizeof(*probe->chunks)),
	};
}

void probe_close(struct probe *probe)
{
	free(probe->chunks);
}
