/*
 * The one way to change the register: a batch of edits, all or nothing, with
 * its history, in one transaction.
 */
#ifndef STORE_COMMIT_H
#define STORE_COMMIT_H

#include "store/store.h"

enum edit_kind {
	EDIT_STATUS, /* only the status: needs no record, fast for many */
	EDIT_PUT,    /* all fields as in `next`; a new proposal if none is */
	EDIT_REMOVE, /* undo of a creation; the number stays known */
};

struct edit {
	key key;
	enum edit_kind kind;
	uint32_t revision;           /* as it was seen; 0: it was not there */
	const char *status;          /* EDIT_STATUS */
	const struct proposal *next; /* EDIT_PUT */
};

struct config;
struct progress;

struct commit {
	enum batch_kind kind;
	struct who who;
	const char *note, *summary;
	uint32_t undoes;    /* the batch taken back, or 0 */
	struct edit *edits; /* any order, each proposal once; gets sorted */
	size_t count;
	const struct config
		*config;           /* phases and steps, where there are roles */
	const struct grant *grant; /* BATCH_USER, which has no edits */
	/* Told of the edits done, and, ten times a second and without a total,
	 * while another writer is waited for. What it cancels is not written:
	 * ERR_REFUSED. NULL: nobody waits. */
	struct progress *progress;
};

struct committed {
	uint32_t batch; /* its number, 0 if nothing was written */
	size_t changed; /* edits that changed something */
	key *conflicts; /* ERR_CONFLICT: whose revision moved; free() it */
	size_t conflict_count;
};

/*
 * Write, or write nothing; no reading may be open. Edits that change nothing
 * are passed over; if all do, there is no batch and batch stays 0.
 * ERR_CONFLICT when any revision is not the one that was seen, ERR_DENIED when
 * the role of `who` does not allow it, ERR_BUSY when another writer does not
 * finish. When the commit itself fails the store is reopened and the operation
 * looked up, so true means saved and false means not saved, always.
 */
MUST_USE
bool store_commit(struct store *store, const struct commit *commit,
		  struct committed *out, struct err *err);

/* Who is waited for: …（进程 …）自 … 起正在写入. While store_commit() waits. */
void store_writer(const struct store *store, struct buf *out);

#endif
