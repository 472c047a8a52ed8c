/*
 * A commit while it is being made. For commit.c, apply.c and draft.c only.
 */
#ifndef STORE_WORK_H
#define STORE_WORK_H

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
	MDB_cursor *records, *events;
	struct state before, state;
	key last_key;    /* the highest there is, for appending */
	uint32_t *slots; /* owned; of each edit, NO_SLOT for none */
	uint32_t chunk_count;
	struct draft *drafts[COLUMN_COUNT]; /* owned; chunk_count of each */
	struct text_draft texts;
	uint32_t batch; /* the number it will have */
	int64_t at;
	unsigned char operation[16];
	/* Scratch: canonical texts, the record before, what is written. */
	struct buf memory, old, record, event, value, text;
};

#define NO_SLOT UINT32_MAX

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

#endif
