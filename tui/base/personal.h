/*
 * A small file of the person who runs the program, in his home: how he likes
 * to work, nothing of the register. Everything is done with his own rights,
 * so that a link there leads him nowhere that he could not go himself.
 */
#ifndef BASE_PERSONAL_H
#define BASE_PERSONAL_H

#include <stddef.h>

#include "base/buf.h"

#define PERSONAL_SIZE_MAX ((size_t)1 << 20)

enum personal_kind {
	PERSONAL_SETTINGS, /* $XDG_CONFIG_HOME, ~/.config */
	PERSONAL_STATE     /* $XDG_STATE_HOME, ~/.local/state */
};

/*
 * Make the path of a file in the program's folder there. With the group of an
 * installation held the home is the account's, without it the environment's.
 * ERR_USAGE when there is no home.
 */
MUST_USE
bool personal_path(enum personal_kind kind, const char *name, struct buf *path,
		   struct err *err);

/* Add what is in it; nothing when there is no such file. ERR_STORE. */
MUST_USE
bool personal_read(const char *path, struct buf *out, struct err *err);

/*
 * Put this in its place: the old or the new one is there, whatever happens to
 * the program, and with `durable` to the power as well. Makes the folders.
 * ERR_STORE.
 */
MUST_USE
bool personal_replace(const char *path, const struct buf *text, bool durable,
		      struct err *err);

/*
 * Nobody else changes files in the folder of `path` until personal_unlock(),
 * where the file system knows such a lock; makes the folders. ERR_BUSY after
 * a second, ERR_STORE.
 */
MUST_USE
bool personal_lock(const char *path, int *lock, struct err *err);
void personal_unlock(int lock);

#endif
