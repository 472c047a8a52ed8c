/*
 * How a store is: facts for `doctor`, which judges them. They are gathered as
 * far as they go, also of a store that cannot be opened.
 */
#ifndef STORE_HEALTH_H
#define STORE_HEALTH_H

#include <sys/stat.h>

#include "base/arena.h"
#include "store/gate.h"
#include "store/store.h"

struct health_file {
	const char *name;
	struct stat st; /* of the entry itself, not of what a link leads to */
	bool ours;      /* a file that a store has */
};

struct health {
	struct arena arena;
	char library[32]; /* LMDB's version */
	bool library_good;

	/* Of the folder. */
	struct err folder_err; /* code 0: it could be looked at */
	struct stat folder;    /* zero when not */
	struct err disk_err;   /* why its file system is none for a store */
	uint64_t free, size;   /* bytes: on the disk; of data.mdb */
	uint64_t reserve, reserve_most; /* … that it owns behind its end */
	struct health_file *files;      /* by name */
	size_t file_count;

	/* Zero unless the store is open. */
	uint64_t map_size, map_used;         /* bytes */
	unsigned readers_max, readers, dead; /* slots; dead ones are freed */
	uint64_t lag;              /* commits that the oldest reader keeps */
	uint32_t lag_pid;          /* whose it is */
	struct gate_holder writer; /* pid 0: nobody writes */
	uint32_t *people;          /* pids of who has it open */
	size_t people_count;
};

/* `store` is the open store in `dir`, or NULL. */
void health_look(const char *dir, struct store *store, struct health *out);
void health_free(struct health *health);

#endif
