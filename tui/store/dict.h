/*
 * Dictionaries in memory: the codes that columns have ids for. For store/
 * only.
 */
#ifndef STORE_DICT_H
#define STORE_DICT_H

#include "store/table.h"

/* Codes of one dictionary; it only grows, so what was read stays right. */
struct dictionary {
	struct arena arena;
	const char **items;  /* in the arena; by id */
	uint32_t count, cap; /* ids that were read, 0 included */
	uint16_t *index;     /* owned; by hash of the code, 0 is free */
	uint32_t index_size; /* a power of two */
	bool damaged;        /* some code of it cannot be read */
};

bool dict_load(struct store *store, MDB_txn *txn, enum dict dict,
	       uint32_t count, struct err *err);
const char *dict_code(const struct dictionary *dict, uint32_t id);
uint32_t dict_find(const struct dictionary *dict, const char *code);
uint32_t dict_add(struct dictionary *dict, const char *code, size_t len);
void dict_cut(struct dictionary *dict, uint32_t count);
void dict_free(struct dictionary *dict);

#endif
