#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { BLOCK_MIN = 4096, BLOCK_MAX = 256 * 1024 };

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	alignas(max_align_t) unsigned char data[];
};

static size_t round_up(size_t size)
{
	const size_t step = alignof(max_align_t);

	if (size > SIZE_MAX - sizeof(struct arena_block) - step)
		mem_die();
	return (size + step - 1) / step * step;
}

static struct arena_block *block_new(size_t size, struct arena_block *next)
{
	struct arena_block *block = mem_new(sizeof(*block) + size);

	block->size = size;
	block->next = next;
	return block;
}

static bool fits(const struct arena *arena, size_t size)
{
	const struct arena_block *head = arena->head;

	return head && size <= head->size - head->used;
}

/* Of the next shared block: twice the last one, within bounds. */
static size_t next_size(const struct arena *arena)
{
	size_t last = arena->head ? arena->head->size : 0;

	if (last < BLOCK_MIN)
		return BLOCK_MIN;
	return last < BLOCK_MAX ? last * 2 : BLOCK_MAX;
}

/* Behind the head, so that what is left of the head goes on being used. */
static void *alloc_alone(struct arena *arena, size_t size)
{
	struct arena_block *block = block_new(size, arena->head->next);

	block->used = size;
	arena->head->next = block;
	return block->data;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	size = round_up(size);
	if (!fits(arena, size)) {
		size_t room = next_size(arena);

		if (!arena->head || size <= room / 4)
			arena->head = block_new(room, arena->head);
		if (!fits(arena, size))
			return alloc_alone(arena, size);
	}

	void *start = arena->head->data + arena->head->used;
	arena->head->used += size;
	return start;
}

char *arena_str(struct arena *arena, const char *text, size_t len)
{
	if (len == SIZE_MAX)
		mem_die();
	char *copy = arena_alloc(arena, len + 1);

	if (len)
		memcpy(copy, text, len);
	return copy;
}

char *arena_printf(struct arena *arena, const char *fmt, ...)
{
	va_list ap, again;

	va_start(ap, fmt);
	va_copy(again, ap);
	int len = vsnprintf(NULL, 0, fmt, ap);
	size_t size = len < 0 ? 1 : (size_t)len + 1;
	char *text = arena_alloc(arena, size);
	vsnprintf(text, size, fmt, again);
	va_end(again);
	va_end(ap);
	return text;
}

void arena_free(struct arena *arena)
{
	while (arena->head) {
		struct arena_block *next = arena->head->next;

		free(arena->head);
		arena->head = next;
	}
}
