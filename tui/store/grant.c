#include "store/users.h"
#include "store/work.h"

static bool refuse_last(struct err *err)
{
	return err_set(err, ERR_REFUSED,
		       "这是最后一位“管理”，不能去掉；请先另设一位，或由 root "
		       "来做");
}

/* Somebody else who may give roles. */
static bool other_admin(const struct work *work, MDB_cursor *cursor,
			uint32_t uid, bool *out, struct err *err)
{
	MDB_val at, value;
	int rc = mdb_cursor_get(cursor, &at, &value, MDB_FIRST);

	for (*out = false; !rc && !*out;
	     rc = mdb_cursor_get(cursor, &at, &value, MDB_NEXT)) {
		enum access access;

		if (!user_find(work->store, work->txn, place_id(at, 0), &access,
			       err))
			return false;
		*out = access == ACCESS_ADMIN && place_id(at, 0) != uid;
	}
	if (rc && rc != MDB_NOTFOUND)
		return store_failed(err, rc, work->store->dir);
	return true;
}

static bool keep_an_admin(const struct work *work, uint32_t uid,
			  struct err *err)
{
	MDB_cursor *cursor;
	bool other = false;
	int rc = mdb_cursor_open(work->txn, work->store->tables[TABLE_USERS],
				 &cursor);

	if (rc)
		return store_failed(err, rc, work->store->dir);
	bool ok = other_admin(work, cursor, uid, &other, err);
	mdb_cursor_close(cursor);
	if (!ok)
		return false;
	return other ? true : refuse_last(err);
}

int grant_put(struct work *work)
{
	const struct grant *grant = work->commit->grant;
	struct place at = place_of(grant->uid);
	const struct user user = {
		.uid = grant->uid,
		.name = grant->name,
		.access = grant->after,
		.since = work->at,
		.batch = work->batch,
	};

	if (grant->after == ACCESS_NONE)
		return table_del(work->store, work->txn, TABLE_USERS, at);
	user_encode(&user, &work->value);
	return table_put(work->store, work->txn, TABLE_USERS, at, &work->value);
}

bool grant_apply(struct work *work, struct err *err)
{
	const struct grant *grant = work->commit->grant;
	enum access now;

	if (!user_find(work->store, work->txn, grant->uid, &now, err))
		return false;
	if (now != grant->before)
		return err_set(err, ERR_CONFLICT,
			       "%s 的权限刚被他人改为“%s”，未保存，请重新查看",
			       grant->name, access_label(now));
	if (now == ACCESS_ADMIN && work->commit->who.uid != 0 &&
	    !keep_an_admin(work, grant->uid, err))
		return false;
	int rc = grant_put(work);
	return rc ? store_failed(err, rc, work->store->dir) : true;
}
