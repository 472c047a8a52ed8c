#include "store/gram_store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/crash.h"
#include "base/mem.h"
#include "base/privilege.h"
#include "base/utf8.h"
#include "store/presence.h"
#include "store/room.h"
#include "store/watch.h"

#define MAP_SIZE ((size_t)16 << 30)

enum { OPEN_TRIES = 5, PATH_LIMIT = 4000, OPEN_SECONDS = 20 };

int env_library(char words[32])
{
	int major, minor, patch;

	mdb_version(&major, &minor, &patch);
	snprintf(words, 32, "%d.%d.%d", major, minor, patch);
	return MDB_VERINT(major, minor, patch);
}

/* 0.9.26 to 0.9.31 race on their mutexes; 0.9.70 on is another format. */
bool env_accept(int version, const char *words, struct err *err)
{
	if ((version >= MDB_VERINT(0, 9, 0) &&
	     version < MDB_VERINT(0, 9, 26)) ||
	    (version > MDB_VERINT(0, 9, 31) && version < MDB_VERINT(0, 9, 70)))
		return true;
	return err_set(err, ERR_STORE,
		       "不能使用 LMDB %s，请安装 0.9.24 或 0.9.32 以上的"
		       " 0.9 版",
		       words);
}

bool env_prepare(const char *dir, struct err *err)
{
	char words[32];
	int version = env_library(words);

	privilege_fill_fds();
	if (strlen(dir) > PATH_LIMIT)
		return err_set(err, ERR_STORE, "路径太长：%.*s…",
			       (int)utf8_cut(dir, 100), dir);
	return env_accept(version, words, err);
}

/* LMDB found a page that cannot be. */
static void on_assert(MDB_env *env, const char *what)
{
	(void)env;
	(void)what;
	crash_leave();
}

int env_new(MDB_env **out)
{
	int rc = mdb_env_create(out);

	if (rc) {
		*out = NULL;
		return rc;
	}
	/* None of these can fail before it is open. */
	mdb_env_set_assert(*out, on_assert);
	mdb_env_set_maxdbs(*out, TABLE_COUNT);
	mdb_env_set_maxreaders(*out, STORE_READERS);
	return mdb_env_set_mapsize(*out, MAP_SIZE);
}

/*
 * Many opening and closing at once can meet half a lock file. Without
 * read-ahead a cold start reads the pages that it needs, a proposal in 8 ms
 * where it took 50; scans of columns are a little slower once.
 */
static int open_patiently(MDB_env **env, const char *dir, unsigned flags)
{
	int rc = EAGAIN;

	for (int i = 0; i < OPEN_TRIES; i++) {
		rc = env_new(env);
		/* A lost lock.mdb is made anew, for the group as well. */
		mode_t mask = umask(007);
		if (!rc)
			rc = mdb_env_open(*env, dir, flags | MDB_NORDAHEAD,
					  0660);
		umask(mask);
		if (rc != MDB_INVALID && rc != EAGAIN)
			break;
		mdb_env_close(*env);
		*env = NULL;
		nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
	}
	return rc;
}

int env_close_on_exec(MDB_env *env)
{
	int fd;

	mdb_env_get_fd(env, &fd);
	return fcntl(fd, F_SETFD, FD_CLOEXEC) ? errno : 0;
}

/* Retry what others leave behind: a larger map, slots of dead readers. */
int begin_txn(struct store *store, unsigned flags, MDB_txn **txn)
{
	int dead;
	int rc = mdb_txn_begin(store->env, NULL, flags, txn);

	if (rc == MDB_MAP_RESIZED && !mdb_env_set_mapsize(store->env, 0))
		rc = mdb_txn_begin(store->env, NULL, flags, txn);
	if (rc == MDB_READERS_FULL) {
		mdb_reader_check(store->env, &dead);
		rc = mdb_txn_begin(store->env, NULL, flags, txn);
	}
	if (rc)
		*txn = NULL;
	return rc;
}

static bool refuse_format(const struct store *store,
			  const struct format *format, struct err *err)
{
	int len = (int)(format->program.len & 63);

	return err_set(err, ERR_STORE,
		       "提案库 %s 是第 %u 版格式%s%.*s%s，本程序只认第 %d 版，"
		       "请换用相应版本的程序",
		       store->dir, (unsigned)format->version,
		       len ? "（由 " : "", len, format->program.text,
		       len ? " 建立）" : "", STORE_FORMAT);
}

static bool verify_format(struct store *store, MDB_txn *txn, struct err *err)
{
	struct slice bytes;
	struct format format;
	int rc =
		table_get(store, txn, TABLE_META, place_name("format"), &bytes);

	if (rc)
		return store_failed(err, rc, store->dir);
	if (!format_decode(bytes, &format))
		return store_broken(err, "格式说明");
	store->roles = format.roles;
	if (format.version == STORE_FORMAT && format.page_size == STORE_PAGE)
		return true;
	return refuse_format(store, &format, err);
}

static bool open_table(struct store *store, MDB_txn *txn, enum table table,
		       struct err *err)
{
	int rc =
		mdb_dbi_open(txn, table_names[table], 0, &store->tables[table]);

	return rc ? store_failed(err, rc, store->dir) : true;
}

/* The one in which every version of the program says which it is. */
static bool open_meta(struct store *store, MDB_txn *txn, struct err *err)
{
	int rc = mdb_dbi_open(txn, table_names[TABLE_META], 0,
			      &store->tables[TABLE_META]);

	if (rc == MDB_NOTFOUND)
		rc = MDB_INVALID;
	return rc ? store_failed(err, rc, store->dir) : true;
}

/* Another version may have other tables. */
static bool open_tables(struct store *store, MDB_txn *txn, struct err *err)
{
	bool ok = open_meta(store, txn, err) && verify_format(store, txn, err);

	for (int i = 0; ok && i < TABLE_COUNT; i++)
		ok = open_table(store, txn, (enum table)i, err);
	return ok;
}

bool env_open_content(struct store *store, struct err *err)
{
	struct state state;
	MDB_txn *txn;
	int rc = begin_txn(store, MDB_RDONLY, &txn);

	if (rc)
		return store_failed(err, rc, store->dir);
	bool ok = open_tables(store, txn, err) &&
		  (store->aside || state_load(store, txn, &state, err));
	/* A commit keeps the handles that the transaction opened; of one that
	 * only reads it cannot fail. */
	if (ok)
		(void)mdb_txn_commit(txn);
	else
		mdb_txn_abort(txn);
	return ok;
}

bool env_reopen(struct store *store, struct err *err)
{
	unsigned flags = store->mode == STORE_READ_ONLY ? MDB_RDONLY : 0;
	char path[4096];
	int dead;

	if (store->env)
		return true;
	if (store->aside)
		return store_failed(err, MDB_PANIC, store->dir);
	snprintf(path, sizeof(path), "%s/data.mdb", store->dir);
	if (!file_verify(path, err) || !disk_local(store->dir, err) ||
	    (store->presence < 0 &&
	     !presence_share(store->dir, &store->presence, err)))
		return false;
	watch_begin(OPEN_SECONDS);
	int rc = room_lock(store->dir);
	if (!rc)
		rc = open_patiently(&store->env, store->dir, flags);
	if (!rc)
		rc = env_close_on_exec(store->env);
	if (!rc)
		rc = mdb_reader_check(store->env, &dead);
	bool ok = rc ? store_failed(err, rc, store->dir)
		     : env_open_content(store, err);
	watch_end();
	if (!ok)
		env_drop(store);
	return ok;
}

void env_drop(struct store *store)
{
	if (store->reading.txn)
		mdb_txn_abort(store->reading.txn);
	store->reading.txn = NULL;
	sound_free(&store->reading.sound);
	if (store->env)
		mdb_env_close(store->env);
	store->env = NULL;
}

struct store *env_store(const char *dir, enum store_mode mode)
{
	struct store *store = mem_new(sizeof(*store));

	store->mode = mode;
	store->presence = -1;
	store->uid = getuid();
	store->pending_most = GRAM_PENDING_MOST;
	store->gate.fd = -1;
	store->reading.store = store;
	store->dir = mem_new(strlen(dir) + 1);
	memcpy(store->dir, dir, strlen(dir));
	return store;
}

bool store_open(struct store **out, const char *dir, enum store_mode mode,
		struct err *err)
{
	if (!env_prepare(dir, err))
		return false;
	*out = env_store(dir, mode);
	if (env_reopen(*out, err))
		return true;
	store_close(*out);
	*out = NULL;
	return false;
}

bool store_has_roles(const struct store *store)
{
	return store->roles;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	env_drop(store);
	if (store->presence >= 0)
		close(store->presence);
	gate_close(&store->gate);
	for (int i = 0; i < DICT_COUNT; i++)
		dict_free(&store->dicts[i]);
	free(store->dir);
	free(store);
}
