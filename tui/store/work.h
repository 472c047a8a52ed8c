/*
 * A commit while it is being made, or made again by replay and repair. For
 * those who make it only.
 */
#ifndef STORE_WORK_H
#define STORE_WORK_H

#include "store/chain.h"
#include "store/internal.h"

/* Chunks of columns that are being changed; copies, written at the end. */
struct draft {
	unsigned char *bytes; /* owned; header and values, NULL not loaded */
	bool dirty;
};

/* The segment of texts that is being changed. */
struct text_draft {
	uint32_t segment; /* + 1; 0 none */
	bool dirty;
	uint32_t ends[TEXT_SLOTS];
	struct buf bytes, spare;
};

struct work {
	struct store *store;
	const struct commit *commit;
	struct committed *out;
	MDB_txn *txn;
	bool wrote; /* there is a batch to commit */
	MDB_cursor *records, *events;
	struct state before, state;
	key last_key;    /* the highest there is, for appending */
	uint32_t *slots; /* owned; of each edit, NO_SLOT for none */
	uint32_t chunk_count;
	struct draft *drafts[COLUMN_COUNT]; /* owned; chunk_count of each */
	struct text_draft texts;
	uint32_t *stale; /* owned; slots whose texts are no longer as indexed */
	size_t stale_count, stale_cap;
	uint32_t batch; /* the number it will have */
	int64_t at;
	enum access access; /* of who commits */
	unsigned char operation[16];
	struct chain chain;
	/* Scratch: canonical texts, the record before, what is written. */
	struct buf memory, old, record, event, value, text;
};

/* work.c: the transaction, for at most so many new proposals. */
bool work_begin(struct work *work, size_t most, struct err *err);
void work_free(struct work *work);

/* draft.c: read and change columns and texts within the transaction. */
bool draft_get(struct work *work, enum column column, uint32_t slot,
	       uint32_t *out, struct err *err);
bool draft_set(struct work *work, enum column column, uint32_t slot,
	       uint32_t value, struct err *err);
bool draft_text(struct work *work, uint32_t slot, const struct buf *text,
		struct err *err);
bool draft_code(struct work *work, enum dict dict, const char *code,
		uint32_t *id, struct err *err);
bool draft_flush(struct work *work, struct err *err);
void draft_free(struct work *work);

/* apply.c: what one edit does; *changed when it does anything. */
bool apply_edit(struct work *work, const struct edit *edit, uint32_t slot,
		bool *changed, struct err *err);

/* apply.c: columns and text of a record, last changed by work->batch. */
bool apply_derived(struct work *work, const struct record *record,
		   const struct proposal *p, uint32_t revision,
		   struct err *err);

/* authorize.c: may whoever commits do this? ERR_DENIED with the reason. Of an
 * edit: the status before, "" for none, and after, NULL if that stays. */
bool authorize_batch(struct work *work, struct err *err);
bool authorize_undo(const struct work *work, const struct batch *undone,
		    struct err *err);
bool authorize_edit(const struct work *work, enum action action,
		    const char *from, const char *to, struct err *err);

/* finish.c: the batch itself and the counters; then all of it on the disk. */
bool finish_batch(struct work *work, struct err *err);
bool finish_state(struct work *work, struct err *err);
bool finish_commit(struct work *work, struct err *err);
void finish_nothing(struct work *work);

/* grant.c: what a batch of BATCH_USER does. */
bool grant_apply(struct work *work, struct err *err);
int grant_put(struct work *work); /* whatever it was before */

#endif
