/*
 * The log between crashrec, which writes it, and crashreplay. A sequence of
 * struct crash_event, each followed by `length` bytes. Paths are relative to
 * the recorded folder.
 */
#ifndef FAULT_CRASHLOG_H
#define FAULT_CRASHLOG_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define CRASH_MAGIC 0x43524153u

enum crash_type {
	CRASH_ROOT = 1, /* the recorded folder itself; not a change */
	CRASH_KNOWN,  /* a file that was there is opened; its size is offset */
	CRASH_CREATE, /* path: a new, empty file */
	CRASH_NAMELESS, /* a new, empty file without a name */
	CRASH_LINK,     /* path: one more name for a file */
	CRASH_FOLDER,   /* path: a new folder */
	CRASH_MOVE,     /* from path, NUL, to path; what stood there is gone */
	CRASH_REMOVE,   /* path: a file or a folder */
	CRASH_WRITE,    /* the bytes */
	CRASH_CUT,      /* the size becomes offset */
	CRASH_GROW,     /* the size becomes at least offset */
	CRASH_SYNC,     /* of a file, or of a folder's entries */
	CRASH_ACK,      /* the bytes: what was called saved */
};

struct crash_event {
	uint32_t magic, type;
	uint64_t inode, offset, length;
};

/*
 * Files of which only that they are there counts: LMDB makes the contents of
 * its lock file anew when nobody holds it, and the others are locks of the
 * kernel's, with a line for people.
 */
static inline bool crash_no_contents(const char *path)
{
	static const char *const names[] = {"lock.mdb", "write.gate",
					    "session.lock"};
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

#endif
