/*
 * A check while it runs. For check.c and audit*.c only.
 */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include "store/check.h"
#include "store/internal.h"
#include "store/pages.h"

enum { STATUSES_MAX = 512 };

/* The newest event of a proposal; batch 0: none was read. */
struct newest {
	uint32_t batch, revision;
};

struct audit {
	struct store *store;
	const struct reading *reading;
	finding_fn *tell;
	void *arg;
	struct check_sums *sums;
	struct meta meta; /* of this reading's version */
	uint64_t findings;
	uint64_t told_events;  /* reached through the proposals' histories */
	unsigned char *seen;   /* owned; a bit for each slot with a record */
	struct newest *newest; /* owned; by slot */
	/* What a status can have been: of the dictionary and of the events. */
	struct strings statuses;
	const char *status_items[STATUSES_MAX];
	struct arena arena;
	struct buf text, line;
};

/*
 * One finding; what to do about it is added. Records, events and batches come
 * from a backup only, all else follows from them.
 */
void audit_found(struct audit *audit, const char *fmt, ...) PRINTF(2, 3);
void audit_derived(struct audit *audit, const char *fmt, ...) PRINTF(2, 3);
/* Whichever it is of this table. */
void audit_found_in(struct audit *audit, enum table table, const char *fmt, ...)
	PRINTF(3, 4);

/* All of these tables can be asked: bits. */
bool audit_can(const struct audit *audit, unsigned tables);

/* 第N号 */
struct label {
	char text[64];
};
struct label label_of(key k);

/* Every entry of a table, as long as keys ascend and LMDB gives them. */
typedef void audit_fn(struct audit *audit, MDB_val k, struct slice value);
void audit_table(struct audit *audit, enum table table, size_t key_len,
		 audit_fn *each);

/* k stands behind the other, in LMDB's order. */
bool audit_ascends(MDB_val before, MDB_val k);

/*
 * audit_pages.c: the pages of the version that is read, without LMDB; the
 * tables that LMDB should not be asked for. The first is false when others
 * have written so much meanwhile that its meta page is gone.
 */
bool audit_begin(struct audit *audit);
void audit_pages(struct audit *audit);

/* audit_table.c */
void audit_meta(struct audit *audit);
void audit_dicts(struct audit *audit);
void audit_columns(struct audit *audit);
void audit_texts(struct audit *audit);
void audit_batches(struct audit *audit);
void audit_events(struct audit *audit);

/* One more that a status can have been; each once. */
void audit_status(struct audit *audit, struct slice code);

/* audit_chain.c: every batch and event, linked to those before; and the roles
 * that follow from the batches. */
void audit_chain(struct audit *audit);

/* audit_grams.c */
void audit_grams(struct audit *audit);

/* audit_proposals.c */
void audit_proposals(struct audit *audit);

#endif
