/*
 * One row of a file as the proposal that it would make: the steps behind
 * import_plan().
 */
#ifndef EXCHANGE_ENTRY_H
#define EXCHANGE_ENTRY_H

#include "exchange/import.h"

struct entry {
	key key; /* KEY_NONE if the row says none */
	enum import_verdict verdict;
	const char *reason;          /* IMPORT_REJECT */
	const struct proposal *base; /* as it is stored, NULL for a new one */
	struct proposal *next;       /* NULL when rejected early */
	uint32_t slot;               /* of base */
};

/* A cell of choices or units that came before, and what it made of an empty
 * field: many rows say the same. */
enum { MEMOS = 256 };
struct memo {
	const char *text; /* NULL: none yet */
	bool canonical;
	const char *code;
	struct units units;
};

/* What all entries of one import share. */
struct entries {
	const struct rows *rows;
	const struct config *config;
	const struct reading *reading;
	struct arena *arena;
	const char *status;          /* of new proposals */
	struct memo (*memos)[MEMOS]; /* by column and text */
	const char *session_text; /* the last one that was read, and what … */
	session session;          /* … it means */
	struct entry *items;      /* one for each row */
	struct numbered {
		key key;
		uint32_t holder; /* first of a number: its row + 1, or 0 */
	} * index;               /* by key; rows without one stand first */
};

/* The text is cleaned and copied. */
PRINTF(3, 4)
void entry_reject(struct entries *entries, struct entry *entry, const char *fmt,
		  ...);

/* Fill one from its row. False only when the store cannot be read. */
MUST_USE
bool entry_read(struct entries *entries, size_t row, struct err *err);

/* Put what a cell says into entry->next; false with the reason. */
MUST_USE
bool entry_cell(const struct entries *entries, const struct entry *entry,
		const struct row_cell *cell, struct err *err);

/* Let one row hold each number: the others say the same or are rejected. */
void entries_number(struct entries *entries);

/* The entry that holds a number, or NULL. */
struct entry *entries_holder(const struct entries *entries, key k);

/* Reject what would lead a merged proposal back to itself. */
MUST_USE
bool entries_merge(struct entries *entries, struct err *err);

/* In words: 办理结果：空 → B；落实情况：已改（312字）. In the arena. */
const char *entry_words(const struct entries *entries,
			const struct entry *entry);

/* The same in every field. */
bool entry_equal(const struct proposal *a, const struct proposal *b);

#endif
