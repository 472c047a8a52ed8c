/*
 * The store as a whole: copied while others work, put back, made smaller.
 */
#ifndef STORE_COPY_H
#define STORE_COPY_H

#include "store/check.h"

/* What a copy holds. */
struct copy {
	struct check_sums sums;
	uint64_t bytes;
	bool roles;
	unsigned char head[32]; /* the newest link of the chain of hashes */
};

/*
 * Write the store as it is at this moment to `fd`, compacted, and read all of
 * the copy again: true means that the whole check found nothing in it and
 * that it is on the disk. Others go on reading and writing; nobody is waited
 * for, and no reading may be open. `name` is for sentences. ERR_DENIED without
 * the role.
 */
MUST_USE
bool store_copy(struct store *store, int fd, const char *name, finding_fn *tell,
		void *arg, struct copy *out, struct err *err);

/* Where the store that was replaced is kept, in the same folder. */
struct swapped {
	struct copy now;
	uint64_t before; /* bytes; 0: there was none */
	char kept[48];   /* "": nowhere */
};

/*
 * The store in `dir` becomes what is in `fd`, after a whole check of a copy
 * of it; the old one is kept beside it under a name with the time. Where
 * there is none, as store_create() would have made it. At no moment is there
 * no store or half of one.
 *
 * ERR_BUSY names who is in; ERR_DENIED without the role; ERR_STORE when there
 * is anything wrong with the file; ERR_REFUSED when many share this one and
 * that one has no roles. Then nothing was changed.
 */
MUST_USE
bool store_restore(const char *dir, int fd, const char *name, finding_fn *tell,
		   void *arg, struct swapped *out, struct err *err);

/* One that store_restore() or repair kept, opened for store_restore(); -1. */
int store_open_kept(const char *dir, const char *name);

/* The same content without what deleted and changed things left behind;
 * nothing is kept of the old file. Errors as above. */
MUST_USE
bool store_compact(const char *dir, finding_fn *tell, void *arg,
		   struct swapped *out, struct err *err);

#endif
