/*
 * Who is in. Whoever has a store open shares one lock for as long; what needs
 * the store for itself - restore, compact, repair - takes the lock alone.
 * Nobody waits for anybody: who cannot come in is told why.
 *
 * For store/ and its tests only.
 */
#ifndef STORE_PRESENCE_H
#define STORE_PRESENCE_H

#include "base/err.h"

#define PRESENCE_FILE "session.lock"

/*
 * The lock is held until *fd is closed. The file is made where it is missing;
 * it must never be removed while anybody is in.
 *
 * ERR_BUSY: the store is being restored, compacted or repaired.
 */
MUST_USE
bool presence_share(const char *dir, int *fd, struct err *err);

/*
 * ERR_BUSY names who is in, also by programs other than this one that have
 * LMDB's lock.
 */
MUST_USE
bool presence_alone(const char *dir, int *fd, struct err *err);

#endif
