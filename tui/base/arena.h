/*
 * Memory that is freed all at once. A snapshot (a config, a detail, an
 * import) lives in one arena; nothing inside it has its own free.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

#include "base/err.h"

struct arena_block;

struct arena {
	struct arena_block *head; /* owned; newest first */
};

/* Zeroed, aligned for any type. Never NULL: out of memory ends the program. */
void *arena_alloc(struct arena *arena, size_t size);

/* Copy `len` bytes and a terminating NUL. */
char *arena_str(struct arena *arena, const char *text, size_t len);

/* Format into the arena. */
char *arena_printf(struct arena *arena, const char *fmt, ...) PRINTF(2, 3);

/* Free everything; the arena is empty and can be used again. */
void arena_free(struct arena *arena);

#endif
