/*
 * Another file becomes the store: built and checked aside, without a name,
 * while nobody is in; then one rename. For store/ only.
 */
#ifndef STORE_SWAP_H
#define STORE_SWAP_H

#include "base/outfile.h"
#include "store/copy.h"

struct swap {
	const char *dir;
	const char *name; /* of what comes, for sentences; first `dir` */
	int dir_fd, lock;
	bool fresh;          /* there is no store yet */
	bool made;           /* the folder is ours, to take away again */
	int old;             /* data.mdb for reading; -1 when fresh */
	struct outfile file; /* the new one: write to file.fd */
};

/*
 * Nobody else is in from here on. Without a store: ERR_STORE, or a folder for
 * one where `make`. ERR_BUSY, ERR_DENIED without the role.
 */
MUST_USE
bool swap_begin(struct swap *swap, const char *dir, bool make, struct err *err);

/*
 * Check the new file and put it in the old one's place, which is kept where
 * `keep` is true.
 */
MUST_USE
bool swap_finish(struct swap *swap, bool keep, finding_fn *tell, void *arg,
		 struct swapped *out, struct err *err);

/* Always, behind a begin; what was not finished was never there. */
void swap_end(struct swap *swap);

#endif
