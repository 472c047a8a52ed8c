/*
 * Space on the disk, before and after a commit. For store/ and its tests only.
 */
#ifndef STORE_ROOM_H
#define STORE_ROOM_H

#include "store/internal.h"

struct stat;

/* ERR_STORE when there is not enough for this. */
bool room_for(const struct store *store, const struct commit *commit,
	      struct err *err);

/* After a commit: what the next ones need. */
void room_make(const struct store *store);

/*
 * Before LMDB writes its lock file through a mapping, which on a full disk is
 * SIGBUS: 0, ENOSPC or EDQUOT. What else is wrong LMDB will tell. Nobody in
 * this process may have the store open.
 */
int room_lock(const char *dir);

/* Bytes put by behind the end of data.mdb, and how many there should be. */
void room_reserve(const struct stat *st, uint64_t *have, uint64_t *most);

/* LMDB calls a write that came out short EIO, whatever cut it. */
int room_why(const struct store *store, int rc);

#endif
