#include "store/table.h"

#include <string.h>

#include "store/internal.h"

const char *const table_names[TABLE_COUNT] = {
	"meta",   "dict",    "records", "columns", "texts",
	"events", "batches", "users",   "grams",
};

static void put_be(unsigned char *to, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		to[i] = (unsigned char)(value >> (24 - 8 * i));
}

struct place place_of(uint32_t id)
{
	struct place at = {.len = 4};

	put_be(at.bytes, id);
	return at;
}

struct place place_pair(uint32_t a, uint32_t b)
{
	struct place at = {.len = 8};

	put_be(at.bytes, a);
	put_be(at.bytes + 4, b);
	return at;
}

struct place place_byte(unsigned a, uint32_t b)
{
	struct place at = {.bytes = {(unsigned char)a}, .len = 5};

	put_be(at.bytes + 1, b);
	return at;
}

struct place place_chunk(uint32_t chunk)
{
	struct place at = {.len = 3};

	at.bytes[0] = (unsigned char)(chunk >> 8);
	at.bytes[1] = (unsigned char)chunk;
	return at;
}

struct place place_name(const char *name)
{
	struct place at = {.len = strnlen(name, sizeof(at.bytes))};

	memcpy(at.bytes, name, at.len);
	return at;
}

uint32_t place_id(MDB_val k, size_t at)
{
	const unsigned char *bytes = k.mv_data;
	uint32_t id = 0;

	for (size_t i = at; i < at + 4 && i < k.mv_size; i++)
		id = id << 8 | bytes[i];
	return id;
}

int table_get(const struct store *store, MDB_txn *txn, enum table table,
	      struct place at, struct slice *out)
{
	MDB_val k = {.mv_size = at.len, .mv_data = at.bytes}, v;
	int rc = mdb_get(txn, store->tables[table], &k, &v);

	if (!rc)
		*out = (struct slice){v.mv_data, v.mv_size};
	return rc;
}

int table_put(const struct store *store, MDB_txn *txn, enum table table,
	      struct place at, const struct buf *value)
{
	MDB_val k = {.mv_size = at.len, .mv_data = at.bytes};
	MDB_val v = {.mv_size = value->len, .mv_data = value->data};

	return mdb_put(txn, store->tables[table], &k, &v, 0);
}

int table_del(const struct store *store, MDB_txn *txn, enum table table,
	      struct place at)
{
	MDB_val k = {.mv_size = at.len, .mv_data = at.bytes};

	return mdb_del(txn, store->tables[table], &k, NULL);
}

bool state_load(const struct store *store, MDB_txn *txn, struct state *out,
		struct err *err)
{
	struct slice bytes;
	int rc = table_get(store, txn, TABLE_META, place_name("state"), &bytes);

	if (rc)
		return store_failed(err, rc, store->dir);
	if (!state_decode(bytes, out))
		return store_broken(err, "计数");
	return true;
}
