#include "store/users.h"

#include <stdio.h>
#include <string.h>

#include "store/internal.h"

enum { ROOT = 0 };

bool user_find(const struct store *store, MDB_txn *txn, uint32_t uid,
	       enum access *out, struct err *err)
{
	struct arena arena = {0};
	struct slice bytes;
	struct user user;

	*out = ACCESS_ROOT;
	if (!store->roles || uid == ROOT)
		return true;
	*out = ACCESS_NONE;
	int rc = table_get(store, txn, TABLE_USERS, place_of(uid), &bytes);
	if (rc == MDB_NOTFOUND)
		return true;
	if (rc)
		return store_failed(err, rc, store->dir);
	bool ok = user_decode(uid, bytes, &arena, &user);
	arena_free(&arena);
	if (!ok)
		return store_broken(err, "用户表");
	*out = user.access;
	return true;
}

static bool decode(const struct reading *reading, MDB_val at, MDB_val value,
		   struct arena *arena, struct user *out, struct err *err)
{
	struct slice bytes = {value.mv_data, value.mv_size};

	(void)reading;
	if (!user_decode(place_id(at, 0), bytes, arena, out))
		return store_broken(err, "用户表");
	return true;
}

static bool gather(const struct reading *reading, MDB_cursor *cursor,
		   struct arena *arena, struct user *users, size_t most,
		   size_t *count, struct err *err)
{
	MDB_val at, value;
	int rc = mdb_cursor_get(cursor, &at, &value, MDB_FIRST);

	for (*count = 0; !rc && *count < most; ++*count) {
		if (!decode(reading, at, value, arena, &users[*count], err))
			return false;
		rc = mdb_cursor_get(cursor, &at, &value, MDB_NEXT);
	}
	if (rc == MDB_NOTFOUND)
		return true;
	return rc ? store_failed(err, rc, reading->store->dir)
		  : store_broken(err, "用户表");
}

bool reading_users(const struct reading *reading, struct arena *arena,
		   struct user **out, size_t *count, struct err *err)
{
	MDB_dbi dbi = reading->store->tables[TABLE_USERS];
	MDB_cursor *cursor;
	MDB_stat st;
	int rc = mdb_stat(reading->txn, dbi, &st);

	*count = 0;
	if (!rc)
		rc = mdb_cursor_open(reading->txn, dbi, &cursor);
	if (rc)
		return store_failed(err, rc, reading->store->dir);
	*out = arena_alloc(arena, (st.ms_entries + 1) * sizeof(**out));
	bool ok =
		gather(reading, cursor, arena, *out, st.ms_entries, count, err);
	mdb_cursor_close(cursor);
	return ok;
}

static bool known(struct store *store, uint32_t uid, enum access *out,
		  struct err *err)
{
	struct reading *reading;

	if (!reading_begin(store, &reading, err))
		return false;
	bool ok = user_find(store, reading->txn, uid, out, err);
	reading_end(reading);
	return ok;
}

static void summarize(const struct grant *grant, char *out, size_t size)
{
	snprintf(out, size, "%s（uid %u）：%s → %s", grant->name,
		 (unsigned)grant->uid, access_label(grant->before),
		 access_label(grant->after));
}

bool store_user_set(struct store *store, const struct who *who, uint32_t uid,
		    const char *name, enum access access, const char *note,
		    struct committed *out, struct err *err)
{
	struct grant grant = {.uid = uid, .name = name, .after = access};
	struct commit commit = {
		.kind = BATCH_USER,
		.who = *who,
		.note = note,
		.grant = &grant,
	};
	char summary[400];

	*out = (struct committed){0};
	if (!store->roles)
		return err_set(err, ERR_REFUSED,
			       "这个提案库没有启用权限（要用 proposals init "
			       "--system 建立），不能管理用户");
	if (access > ACCESS_ADMIN)
		return err_set(err, ERR_INTERNAL, "程序错误：没有这个角色");
	if (uid == ROOT)
		return err_set(err, ERR_REFUSED,
			       "root 总是“管理”，不用也不能另给权限");
	if (!known(store, uid, &grant.before, err))
		return false;
	if (grant.before == access)
		return true;
	summarize(&grant, summary, sizeof(summary));
	commit.summary = summary;
	return store_commit(store, &commit, out, err);
}
