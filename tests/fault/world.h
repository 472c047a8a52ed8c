/*
 * Files and folders as they stand on a disk, for crashreplay: what is durable,
 * what is only in the cache, and what a power cut can make of the two.
 *
 * Contents belong to inodes and are durable with the file; a name belongs to
 * its folder and is durable with that. Of what is not, anything may be lost,
 * in any order; a rename happens wholly or not at all.
 */
#ifndef FAULT_WORLD_H
#define FAULT_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "crashlog.h"

enum { INODES_MAX = 256, ENTRIES_MAX = 64, NAME_SIZE = 256, OPS_MAX = 65536 };

struct inode {
	uint64_t number; /* the kernel's; the newest with it is meant */
	bool folder;
	unsigned char *bytes; /* owned */
	size_t size, room;
};

struct entry {
	char path[NAME_SIZE];
	int inode;
};

/* One state of everything. */
struct world {
	struct inode inodes[INODES_MAX];
	int inode_count;
	struct entry entries[ENTRIES_MAX];
	int entry_count;
};

/* A change that is not durable. */
struct op {
	enum crash_type type;
	int inode;       /* written to, or what the name is of */
	int folder;      /* of names: whose sync it needs */
	uint64_t offset; /* WRITE, CUT, GROW */
	size_t length;
	const unsigned char *bytes; /* of the log */
	const char *from, *path;    /* owned by the world they came through */
};

/* How much of an op a state has: of a write, the bytes from .. to. */
struct part {
	bool kept;
	size_t from, to;
};

/* The op that an event is, and what is seen at once: `live` changes. False:
 * it concerns nothing that was recorded. */
bool world_op(struct world *live, const struct crash_event *event,
	      const unsigned char *payload, struct op *op);

/* Do it, or the part of it. */
void world_apply(struct world *world, const struct op *op, struct part part);

int world_find(const struct world *world, const char *path);
int world_inode(const struct world *world, uint64_t number);

/* Inodes that `from` has and `to` not yet, without what is in them. */
void world_learn(struct world *to, const struct world *from);

/* Make `to` equal `from`, for trying things. */
void world_copy(struct world *to, const struct world *from);

/*
 * Write it into a folder; false with a message when that fails. What has no
 * contents that count keeps those it has.
 */
bool world_write(const struct world *world, const char *folder);

#endif
