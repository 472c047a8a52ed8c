/*
 * A store in a single file that nobody else has open, named or not: a copy
 * while it is checked, a new store while it is built. Locks, roles, gate and
 * the folder around it play no part; who may do this was asked before.
 *
 * For store/ only.
 */
#ifndef STORE_ASIDE_H
#define STORE_ASIDE_H

#include "store/copy.h"

/*
 * Open what is in `fd`, which stays the caller's; `name` is for sentences.
 * Nothing of the file is believed before it was looked at.
 */
MUST_USE
bool aside_open(struct store **out, int fd, const char *name, struct err *err);

/* A new, empty store in an empty file, to be written. Nothing is synced: the
 * file is not the store before it was brought to the disk as a whole. */
MUST_USE
bool aside_create(struct store **out, int fd, const char *name, bool roles,
		  struct err *err);

/* Close one that was written. */
void aside_close(struct store *store);

/* Read all of it: ERR_STORE with how much is wrong, told one by one. */
MUST_USE
bool aside_check(int fd, const char *name, finding_fn *tell, void *arg,
		 struct copy *out, struct err *err);

/* copy.c: the compacted content of an open store, on the disk. */
MUST_USE
bool copy_write(struct store *store, int fd, const char *name, struct err *err);

/* create.c: the tables of a new store, in its open environment. */
int create_tables(struct store *store);

/* create.c: as store_create() makes them, the second with the file `data` of
 * the folder, which moves. */
MUST_USE
bool create_folder(const char *dir, struct err *err);
MUST_USE
bool create_from(const char *dir, const char *data, struct err *err);

#endif
