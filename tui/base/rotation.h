/*
 * Copies of something in one folder, named by the day: the newest of each of
 * so many days stay, and the first of each of so many months; see rotation.c.
 * Nothing goes before the new one is whole and on the disk, and nothing that
 * has another name ever.
 */
#ifndef BASE_ROTATION_H
#define BASE_ROTATION_H

#include "base/outfile.h"

struct rotation {
	int dir;             /* locked: one at a time */
	const char *path;    /* borrowed; of the folder */
	char name[32];       /* daily-2024-11-20-023000.mdb */
	struct outfile file; /* the new copy: write to file.fd */
};

/*
 * ERR_USAGE when there is no such folder: it is never made, since what should
 * be mounted there may not be. ERR_BUSY while another works in it,
 * and in the second of the last.
 */
MUST_USE
bool rotation_begin(struct rotation *rotation, const char *path,
		    struct err *err);

/* Keep the new copy, and take away what it makes too old: *removed. */
MUST_USE
bool rotation_finish(struct rotation *rotation, unsigned *removed,
		     struct err *err);

/* The name of the newest, "" for none; false with errno when nobody may
 * look. */
bool rotation_newest(const char *path, char name[32]);

/* Always, behind a begin. */
void rotation_end(struct rotation *rotation);

#endif
