/*
 * What the files of store/ share, and nobody else includes.
 *
 * LMDB's rules, kept everywhere below: data.mdb and lock.mdb are never opened
 * by name while the environment is open (closing them would drop its locks);
 * one environment a process, never used across fork(); no DUPSORT, no nested
 * transactions, no WRITEMAP, no NOSYNC; no pointer from a get lives past the
 * next put.
 */
#ifndef STORE_INTERNAL_H
#define STORE_INTERNAL_H

#include "store/codec.h"
#include "store/commit.h"
#include "store/store.h"
#include "store/table.h"

enum { STORE_FORMAT = 1, STORE_PAGE = 4096 };

/* Codes of one dictionary; it only grows, so what was read stays right. */
struct dictionary {
	struct arena arena;
	const char **items;  /* in the arena; by id */
	uint32_t count, cap; /* ids that were read, 0 included */
	uint16_t *index;     /* owned; by hash of the code, 0 is free */
	uint32_t index_size; /* a power of two */
};

struct reading {
	struct store *store;
	MDB_txn *txn; /* kept between readings, reset */
	bool open;
	struct state state;
	/* Chunk + 1 of each column that this reading has verified last. */
	uint32_t verified[COLUMN_COUNT];
};

struct store {
	MDB_env *env; /* NULL after a failed commit, until it is reopened */
	MDB_dbi tables[TABLE_COUNT];
	enum store_mode mode;
	int presence; /* shared as long as the store is open; or -1 */
	char *dir;
	struct reading reading;
	struct dictionary dicts[DICT_COUNT];
};

/* LMDB's or the system's code as a sentence that starts with `what`. */
bool store_failed(struct err *err, int rc, const char *what);

/* 第N号…已损坏, and what to do about it. */
bool store_damaged(struct err *err, key k, const char *what);
bool store_broken(struct err *err, const char *what);

/* env.c; the first before anything is opened: descriptors, path, library */
bool env_prepare(const char *dir, struct err *err);
bool refuse_file_system(const char *dir, struct err *err);
int env_new(MDB_env **out);
bool env_reopen(struct store *store, struct err *err);
void env_drop(struct store *store);
int begin_txn(struct store *store, unsigned flags, MDB_txn **txn);

/* file.c: what can be known of data.mdb before LMDB trusts it. */
bool file_verify(const char *path, struct err *err);
bool file_same(const struct store *store, struct err *err);
void file_make_room(const struct store *store);
int file_why(const struct store *store, int rc);

/* dict.c */
bool dict_load(struct store *store, MDB_txn *txn, enum dict dict,
	       uint32_t count, struct err *err);
const char *dict_code(const struct dictionary *dict, uint32_t id);
uint32_t dict_find(const struct dictionary *dict, const char *code);
uint32_t dict_add(struct dictionary *dict, const char *code, size_t len);
void dict_cut(struct dictionary *dict, uint32_t count);
void dict_free(struct dictionary *dict);

/* The slot that the column of keys has for a proposal, removed or not. */
bool column_find_key(const struct reading *reading, key k, uint32_t *slot);

/* reading.c: removed ones are found as well. */
enum found { FOUND_NOT, FOUND_DAMAGED, FOUND_YES };
enum found record_find(const struct store *store, MDB_txn *txn, key k,
		       struct slice *bytes, uint32_t *slot, bool *removed);
bool record_load(const struct reading *reading, uint32_t slot,
		 struct record *out, key *k, struct err *err);

/* columns.c: header, then values. Verified, or false. */
#define CHUNK_HEADER 16u
size_t chunk_size(enum column column);
uint32_t chunk_used(uint32_t slots, uint32_t chunk);
bool chunk_intact(enum column column, uint32_t chunk, struct slice bytes);
uint32_t chunk_value(const void *values, enum column column, uint32_t at);
bool column_value(const struct reading *reading, enum column column,
		  uint32_t slot, uint32_t *out);

/* What stands in the columns that follow from the record and the status. The
 * code may point into `scratch`. */
enum column dict_column(enum dict dict);
const char *dict_text(enum dict dict, const struct proposal *p,
		      struct buf *scratch);

/* texts.c */
enum { TEXTS_HEADER = 8 + TEXT_SLOTS * 4, TEXTS_MIN = 2040 };
bool texts_intact(uint32_t segment, struct slice bytes);
void text_of(const struct content *content, struct buf *out);

/* history.c: one event after the other, newest first, each proved against
 * what the proposal is now. `content` is what it was after the event. */
struct step {
	key key;
	uint32_t batch;
	const struct entry *entry;
	const struct content *content;
};
typedef bool step_fn(void *arg, const struct step *step, struct err *err);
bool history_walk(const struct reading *reading, uint32_t slot, step_fn *each,
		  void *arg, struct err *err);

#endif
