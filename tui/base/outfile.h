/*
 * A file that a person named, to be written. It appears under its name whole
 * and on disk, or not at all; it is for him alone (0600), and never takes the
 * place of what is there. Where the file system can, it has no name before it
 * is finished, so that not even a kill leaves anything behind.
 *
 * All that concerns a person's path is done with the person's own rights.
 */
#ifndef BASE_OUTFILE_H
#define BASE_OUTFILE_H

#include <limits.h>
#include <stddef.h>

#include "base/err.h"

struct outfile {
	int fd; /* write here; -1: not open */
	int dir;
	bool ours;                    /* in a folder of the program's */
	const char *path;             /* borrowed; as it was given */
	const char *name;             /* its last part */
	char temporary[NAME_MAX + 1]; /* the name meanwhile; "": none */
};

/*
 * ERR_REFUSED when there is such a file, a folder or anything; ERR_USAGE when
 * the path leads nowhere; ERR_STORE when the disk does not take it.
 */
MUST_USE
bool outfile_open(struct outfile *out, const char *path, struct err *err);

/*
 * `name` in an open folder; of the program's own, where `ours`: with its
 * rights, and for its group as well.
 */
MUST_USE
bool outfile_open_at(struct outfile *out, int dir, const char *name, bool ours,
		     struct err *err);

/* Bring it to the disk and give it its name; closed either way. */
MUST_USE
bool outfile_keep(struct outfile *out, struct err *err);

/* Nothing was there. Does nothing when it is closed already. */
void outfile_drop(struct outfile *out);

/* Write all of it; ERR_STORE says why not. */
MUST_USE
bool outfile_write(const struct outfile *out, const void *bytes, size_t len,
		   struct err *err);

#endif
