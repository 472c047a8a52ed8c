/*
 * The tables of the store and how they are addressed. The one place that
 * includes LMDB; for store/ and its tests only.
 */
#ifndef STORE_TABLE_H
#define STORE_TABLE_H

#include <lmdb.h>

#include "store/codec_meta.h"
#include "store/store.h"

/* The order of table_names. */
enum table {
	TABLE_META,    /* "format", "state" */
	TABLE_DICT,    /* dict u8, id u32 -> code */
	TABLE_RECORDS, /* key u32 -> slot, fields */
	TABLE_COLUMNS, /* column u8, chunk u32 -> values */
	TABLE_TEXTS,   /* segment u32 -> 32 searchable texts */
	TABLE_EVENTS,  /* batch u32, key u32 -> what it did */
	TABLE_BATCHES, /* number u32 -> who, when, why */
	TABLE_USERS,   /* uid u32 -> role */
	TABLE_GRAMS,   /* chunk u16, name -> slots; gram.h */
	TABLE_COUNT
};

extern const char *const table_names[TABLE_COUNT];

/* In a set of tables. */
#define BIT(table) (1u << (table))

/* Keys, big-endian so that LMDB's order of bytes is that of numbers. */
struct place {
	unsigned char bytes[24];
	size_t len;
};
struct place place_of(uint32_t id);              /* records, texts, batches */
struct place place_pair(uint32_t a, uint32_t b); /* events */
struct place place_byte(unsigned a, uint32_t b); /* dict, columns */
struct place place_chunk(uint32_t chunk);        /* grams */
struct place place_name(const char *name);       /* meta */
uint32_t place_id(MDB_val k, size_t at);

/* 0, MDB_NOTFOUND, or LMDB's error. */
int table_get(const struct store *store, MDB_txn *txn, enum table table,
	      struct place at, struct slice *out);
int table_put(const struct store *store, MDB_txn *txn, enum table table,
	      struct place at, const struct buf *value);

int table_del(const struct store *store, MDB_txn *txn, enum table table,
	      struct place at);

bool state_load(const struct store *store, MDB_txn *txn, struct state *out,
		struct err *err);

#endif
