/*
 * A check while it runs. For check.c and audit*.c only.
 */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include "store/check.h"
#include "store/internal.h"

struct audit {
	struct store *store;
	const struct reading *reading;
	finding_fn *tell;
	void *arg;
	struct check_sums *sums;
	uint64_t findings;
	uint64_t told_events; /* reached through the proposals' histories */
	unsigned char *seen;  /* owned; a bit for each slot with a record */
	struct buf text, line;
};

/* One finding; what to do about it is added. */
void audit_found(struct audit *audit, const char *fmt, ...) PRINTF(2, 3);

/* 第N号 */
struct label {
	char text[64];
};
struct label label_of(key k);

/* Every entry of a table, as long as keys ascend and LMDB gives them. */
typedef void audit_fn(struct audit *audit, MDB_val k, struct slice value);
void audit_table(struct audit *audit, enum table table, size_t key_len,
		 audit_fn *each);

/* audit_table.c */
void audit_meta(struct audit *audit);
void audit_dicts(struct audit *audit);
void audit_columns(struct audit *audit);
void audit_texts(struct audit *audit);
void audit_batches(struct audit *audit);
void audit_events(struct audit *audit);

/* audit_chain.c: every batch and event, linked to those before; and the roles
 * that follow from the batches. */
void audit_chain(struct audit *audit);

/* audit_proposals.c */
void audit_proposals(struct audit *audit);

/* audit_pages.c */
void audit_pages(struct audit *audit);

#endif
