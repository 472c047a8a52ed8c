#include "exchange/lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

enum { CAP_MIN = 1 << 16, BLOCK = 1 << 20 };

void lines_begin(struct lines *lines, int fd, size_t max, struct arena *arena)
{
	*lines = (struct lines){.fd = fd, .max = max, .arena = arena};
}

/* What is there of a line moves on, those before it stay. */
static void next_block(struct lines *lines)
{
	size_t rest = lines->len - lines->at;
	size_t cap = rest < BLOCK / 2 ? BLOCK : 2 * rest;
	char *block = arena_alloc(lines->arena, cap + 1);

	if (rest)
		memcpy(block, lines->data + lines->at, rest);
	lines->data = block;
	lines->cap = cap;
	lines->len = rest;
	lines->at = 0;
}

/* Room behind what is there, by moving it to the front, then by growing. */
static void make_room(struct lines *lines)
{
	if (lines->arena) {
		if (lines->len == lines->cap)
			next_block(lines);
		return;
	}
	if (lines->at > 0) {
		memmove(lines->data, lines->data + lines->at,
			lines->len - lines->at);
		lines->len -= lines->at;
		lines->at = 0;
	}
	if (lines->len == lines->cap) {
		lines->cap = lines->cap ? lines->cap * 2 : CAP_MIN;
		lines->data = mem_resize(lines->data, lines->cap);
	}
}

static void fill(struct lines *lines)
{
	make_room(lines);

	ssize_t got = read(lines->fd, lines->data + lines->len,
			   lines->cap - lines->len);
	if (got < 0 && errno == EINTR)
		return;
	if (got < 0)
		lines->failed = errno;
	if (got <= 0)
		lines->ended = true;
	else
		lines->len += (size_t)got;
}

static char *find_end(const struct lines *lines, size_t from)
{
	size_t start = lines->at + from;

	return start < lines->len
		       ? memchr(lines->data + start, '\n', lines->len - start)
		       : NULL;
}

/* Throw away what is left of a line that is too long. */
static void skip_rest(struct lines *lines)
{
	char *end;

	while (!(end = find_end(lines, 0)) && !lines->ended) {
		lines->len = lines->at;
		fill(lines);
	}
	lines->at = end ? (size_t)(end - lines->data) + 1 : lines->len;
}

static bool take(struct lines *lines, size_t len, size_t end, struct line *out)
{
	out->text = lines->data + lines->at;
	out->len = len;
	if (len > 0 && out->text[len - 1] == '\r')
		out->len--;
	out->cut = false;
	lines->at += len + end;
	return true;
}

bool lines_next(struct lines *lines, struct line *out)
{
	size_t seen = 0;
	char *end;

	while (!(end = find_end(lines, seen)) && !lines->ended) {
		seen = lines->len - lines->at;
		if (seen > lines->max)
			break;
		fill(lines);
	}

	size_t len = end ? (size_t)(end - lines->data) - lines->at
			 : lines->len - lines->at;
	if (lines->failed || (!end && len == 0))
		return false;
	out->number = ++lines->number;
	if (len <= lines->max)
		return take(lines, len, end != NULL, out);
	skip_rest(lines);
	out->text = lines->data;
	out->len = 0;
	out->cut = true;
	return !lines->failed;
}

void lines_end(struct lines *lines)
{
	if (!lines->arena)
		free(lines->data);
	lines->data = NULL;
}
