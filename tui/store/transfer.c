#include "store/transfer.h"

#include "store/aside.h"

/* Entries of one transaction: its pages are kept in memory. */
enum { PORTION = 20000 };

struct moving {
	const struct transfer *transfer;
	enum table table;
	MDB_cursor *from, *to;
	MDB_txn *txn; /* of the new store */
	transfer_fn *each;
	void *arg;
	bool more;
};

/* What create_tables() put into the new table meta is written over. */
static int put(const struct moving *moving, MDB_val at, MDB_val value)
{
	return mdb_cursor_put(moving->to, &at, &value,
			      moving->table == TABLE_META ? 0 : MDB_APPEND);
}

static bool move_portion(struct moving *moving, unsigned flags, struct err *err)
{
	const char *name = table_names[moving->table];
	MDB_val at, value;
	int rc = mdb_cursor_get(moving->from, &at, &value, flags);

	for (int i = 0; !rc && i < PORTION; i++) {
		struct slice bytes = {value.mv_data, value.mv_size};

		if (moving->each && !moving->each(moving->arg, at, bytes, err))
			return false;
		rc = put(moving, at, value);
		if (rc)
			return store_failed(err, rc, name);
		rc = mdb_cursor_get(moving->from, &at, &value, MDB_NEXT);
	}
	moving->more = !rc;
	return !rc || rc == MDB_NOTFOUND ? true : store_failed(err, rc, name);
}

static bool commit_portion(struct moving *moving, unsigned flags,
			   struct err *err)
{
	const struct store *to = moving->transfer->to;
	int rc = mdb_txn_begin(to->env, NULL, 0, &moving->txn);

	if (!rc)
		rc = mdb_cursor_open(moving->txn, to->tables[moving->table],
				     &moving->to);
	if (rc)
		return store_failed(err, rc, to->dir);
	if (!move_portion(moving, flags, err)) {
		mdb_txn_abort(moving->txn);
		return false;
	}
	rc = mdb_txn_commit(moving->txn);
	return rc ? store_failed(err, rc, to->dir) : true;
}

bool transfer_table(const struct transfer *transfer, enum table table,
		    transfer_fn *each, void *arg, struct err *err)
{
	struct moving moving = {
		.transfer = transfer, .table = table, .each = each, .arg = arg};
	int rc = mdb_cursor_open(transfer->txn, transfer->from->tables[table],
				 &moving.from);

	if (rc)
		return store_failed(err, rc, transfer->from->dir);
	bool ok = commit_portion(&moving, MDB_FIRST, err);
	while (ok && moving.more)
		ok = commit_portion(&moving, MDB_GET_CURRENT, err);
	mdb_cursor_close(moving.from);
	return ok;
}

bool transfer_store(struct store *from, int fd, const char *name,
		    struct err *err)
{
	struct transfer transfer = {.from = from};
	struct store *to;
	int rc = begin_txn(from, MDB_RDONLY, &transfer.txn);

	if (rc)
		return store_failed(err, rc, name);
	bool ok = aside_create(&to, fd, name, from->roles, err);
	transfer.to = to;
	for (unsigned i = 0; ok && i < TABLE_COUNT; i++)
		ok = transfer_table(&transfer, i, NULL, NULL, err);
	mdb_txn_abort(transfer.txn);
	aside_close(to);
	return ok;
}
