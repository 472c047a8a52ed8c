/*
 * What the files of store/ share, and nobody else includes.
 *
 * LMDB's rules, kept everywhere below: data.mdb and lock.mdb are never opened
 * by name while the environment is open (closing them would drop its locks);
 * one environment a process, never used across fork(); no DUPSORT, no nested
 * transactions, no WRITEMAP, no NOSYNC but of a file that is no store yet
 * (aside.h); no pointer from a get lives past the next put.
 */
#ifndef STORE_INTERNAL_H
#define STORE_INTERNAL_H

#include <sys/stat.h>

#include "store/codec.h"
#include "store/commit.h"
#include "store/dict.h"
#include "store/gate.h"
#include "store/sound.h"
#include "store/store.h"
#include "store/table.h"

enum { STORE_PAGE = 4096, STORE_READERS = 1024 };

/* No slot has this number. */
#define NO_SLOT UINT32_MAX

struct reading {
	struct store *store;
	MDB_txn *txn; /* kept between readings, reset */
	bool open;
	enum access access;
	struct state state;
	struct sound sound;
};

struct store {
	MDB_env *env; /* NULL after a failed commit, until it is reopened */
	MDB_dbi tables[TABLE_COUNT];
	enum store_mode mode;
	int presence;          /* shared as long as the store is open; or -1 */
	bool aside;            /* a single file that nobody else has: aside.h */
	bool roles;            /* in force */
	uint32_t uid;          /* whose role it is, by the kernel's word */
	uint32_t saved;        /* the newest batch of this process, or 0 */
	uint32_t pending_most; /* texts that are read and not looked up */
	char *dir;
	struct gate gate;
	struct reading reading;
	struct dictionary dicts[DICT_COUNT];
};

/* failure.c: LMDB's or the system's code as a sentence that starts with `what`. */
bool store_failed(struct err *err, int rc, const char *what);

/* 第N号…已损坏, and what to do about it. */
bool store_damaged(struct err *err, key k, const char *what);
bool store_broken(struct err *err, const char *what);

/* env.c; the first before anything is opened: descriptors, path, library */
bool env_prepare(const char *dir, struct err *err);
int env_library(char words[32]); /* MDB_VERINT() */
bool env_accept(int version, const char *words, struct err *err);
struct store *env_store(const char *dir, enum store_mode mode);
int env_new(MDB_env **out);
int env_close_on_exec(MDB_env *env);
bool env_open_content(struct store *store, struct err *err);
bool env_reopen(struct store *store, struct err *err);
void env_drop(struct store *store);
int begin_txn(struct store *store, unsigned flags, MDB_txn **txn);

/* file.c: what can be known of data.mdb before LMDB trusts it. */
bool file_verify(const char *path, struct err *err);
bool file_verify_open(int fd, const char *path, struct err *err);
bool file_same(const struct store *store, struct err *err);
bool file_newest(const struct store *store, MDB_txn *txn, bool writes,
		 struct err *err);

/* disk.c: locks and mappings are not shared between hosts, so a store is on a
 * disk of this one. disk_shared() names a type of statfs() that is not. */
bool disk_local(const char *dir, struct err *err);
const char *disk_shared(unsigned long magic);

/* users.c */
bool user_find(const struct store *store, MDB_txn *txn, uint32_t uid,
	       enum access *out, struct err *err);

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

#endif
