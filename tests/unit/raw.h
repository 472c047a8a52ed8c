/*
 * Damage that LMDB cannot see, planted through LMDB.
 */
#ifndef UNIT_RAW_H
#define UNIT_RAW_H

#include "register.h"
#include "store/internal.h"
#include "store/seal.h"

/* The store as LMDB has it, to plant damage that LMDB cannot see. */
struct raw {
	MDB_env *env;
	MDB_txn *txn;
	MDB_dbi tables[TABLE_COUNT];
};

static inline struct raw raw_open(const struct reg *reg)
{
	struct raw raw;

	assert_int_equal(mdb_env_create(&raw.env), 0);
	assert_int_equal(mdb_env_set_maxdbs(raw.env, TABLE_COUNT), 0);
	assert_int_equal(mdb_env_set_mapsize(raw.env, 1 << 30), 0);
	assert_int_equal(mdb_env_open(raw.env, reg->dir, 0, 0600), 0);
	assert_int_equal(mdb_txn_begin(raw.env, NULL, 0, &raw.txn), 0);
	for (int i = 0; i < TABLE_COUNT; i++)
		assert_int_equal(mdb_dbi_open(raw.txn, table_names[i], 0,
					      &raw.tables[i]),
				 0);
	return raw;
}

static inline void raw_close(struct raw *raw)
{
	assert_int_equal(mdb_txn_commit(raw->txn), 0);
	mdb_env_close(raw->env);
}

/* A copy of a value; raw_put() frees it. */
static inline struct buf raw_get(struct raw *raw, enum table table,
				 struct place at)
{
	MDB_val k = {at.len, at.bytes}, v;
	struct buf buf = {0};

	assert_int_equal(mdb_get(raw->txn, raw->tables[table], &k, &v), 0);
	buf_add(&buf, v.mv_data, v.mv_size);
	return buf;
}

static inline void raw_put(struct raw *raw, enum table table, struct place at,
			   struct buf buf)
{
	MDB_val k = {at.len, at.bytes}, v = {buf.len, buf.data};

	assert_int_equal(mdb_put(raw->txn, raw->tables[table], &k, &v, 0), 0);
	buf_free(&buf);
}

static inline void raw_del(struct raw *raw, enum table table, struct place at)
{
	MDB_val k = {at.len, at.bytes};

	assert_int_equal(mdb_del(raw->txn, raw->tables[table], &k, NULL), 0);
}

static inline void raw_flip(struct raw *raw, enum table table, struct place at,
			    size_t byte)
{
	struct buf buf = raw_get(raw, table, at);

	assert_true(byte < buf.len);
	buf.data[byte] ^= 1;
	raw_put(raw, table, at, buf);
}

static inline void raw_copy(struct raw *raw, enum table table,
			    struct place from, struct place to)
{
	raw_put(raw, table, to, raw_get(raw, table, from));
}

static inline struct slice slice_of(const struct buf *buf)
{
	return (struct slice){buf->data, buf->len};
}

/* One value of a column, with a right checksum. */
static inline void set_column(struct raw *raw, enum column column,
			      uint32_t slot, uint32_t value)
{
	struct place at = place_byte(column, 0);
	struct buf buf = raw_get(raw, TABLE_COLUMNS, at);
	unsigned width = column_width(column);

	memcpy(buf.data + CHUNK_HEADER + slot * width, &value, width);
	uint64_t sum = seal_sum(SEAL_CHUNK, (uint64_t)column << 32,
				buf.data + 8, buf.len - 8);
	memcpy(buf.data, &sum, 8);
	raw_put(raw, TABLE_COLUMNS, at, buf);
}

#endif
