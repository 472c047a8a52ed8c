#include "store/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#include "base/crash.h"
#include "base/mem.h"
#include "base/privilege.h"
#include "base/utf8.h"
#include "store/presence.h"

#define MAP_SIZE ((size_t)16 << 30)

enum { READERS = 1024, OPEN_TRIES = 5, PATH_LIMIT = 4000 };

struct failure {
	int code;
	const char *text;
};

static const struct failure failures[] = {
	{MDB_MAP_FULL, "提案库已满（上限 16 GiB），请联系管理员"},
	{MDB_READERS_FULL, "同时使用的人太多（上限 1024），请稍后再试"},
	{MDB_INVALID, "文件不是本程序的提案库，或已损坏，请从备份恢复"},
	{MDB_VERSION_MISMATCH, "文件由另一版本的 LMDB 写成，请联系管理员"},
	{MDB_CORRUPTED, "文件已损坏，请从备份恢复"},
	{MDB_PAGE_NOTFOUND, "文件已损坏，请从备份恢复"},
	{MDB_NOTFOUND, "内容不完整，请从备份恢复"},
	{MDB_INCOMPATIBLE, "文件已损坏，请从备份恢复"},
	{MDB_PANIC, "提案库已停止工作，请退出后重新登录"},
	{MDB_TXN_FULL, "一次改得太多，请分几次进行"},
	{ENOSPC, "磁盘已满，请腾出空间后再试"},
	{EDQUOT, "磁盘配额已用完，请腾出空间后再试"},
	{EFBIG, "文件大小受到限制（ulimit -f），请联系管理员"},
	{EACCES, "没有权限，请联系管理员"},
	{EPERM, "没有权限，请联系管理员"},
	{EROFS, "磁盘是只读的，请联系管理员"},
	{EIO, "磁盘读写出错，请停止使用并联系管理员"},
	{ENOENT, "文件不见了，请检查路径"},
	{ELOOP, "不是普通文件，请检查路径"},
	{ENOTDIR, "不是目录，请检查路径"},
	{ENOMEM, "内存不够（要 16 GiB 地址空间，见 ulimit -v）"},
	{EMFILE, "打开的文件太多，请联系管理员"},
	{ENFILE, "打开的文件太多，请联系管理员"},
	{EAGAIN, "提案库正忙，请稍后再试"},
};

bool store_failed(struct err *err, int rc, const char *what)
{
	for (size_t i = 0; i < sizeof(failures) / sizeof(*failures); i++)
		if (failures[i].code == rc)
			return err_set(err, ERR_STORE, "%s：%s", what,
				       failures[i].text);
	if (rc > 0)
		return err_set(err, ERR_STORE, "%s：%s", what, err_words(rc));
	return err_set(err, ERR_STORE, "%s：LMDB 出错（%d），请联系管理员",
		       what, rc);
}

bool store_damaged(struct err *err, key k, const char *what)
{
	char label[64];

	key_label(k, 0, label);
	return err_set(err, ERR_STORE, "%s的%s已损坏，请从备份恢复", label,
		       what);
}

bool store_broken(struct err *err, const char *what)
{
	return err_set(err, ERR_STORE, "提案库的%s已损坏，请从备份恢复", what);
}

/* 0.9.26 to 0.9.31 race on their mutexes; 0.9.70 on is another format. */
static bool refuse_library(struct err *err)
{
	int major, minor, patch;

	mdb_version(&major, &minor, &patch);
	if (major == 0 && minor == 9 && patch < 70 &&
	    !(patch >= 26 && patch <= 31))
		return true;
	return err_set(err, ERR_STORE,
		       "不能使用 LMDB %d.%d.%d，请安装 0.9.24 或 0.9.32 以上的"
		       " 0.9 版",
		       major, minor, patch);
}

bool env_prepare(const char *dir, struct err *err)
{
	privilege_fill_fds();
	if (strlen(dir) > PATH_LIMIT)
		return err_set(err, ERR_STORE, "路径太长：%.*s…",
			       (int)utf8_cut(dir, 100), dir);
	return refuse_library(err);
}

/* Locks and mappings are not kept between hosts. */
bool refuse_file_system(const char *dir, struct err *err)
{
	struct statfs fs;

	if (statfs(dir, &fs))
		return store_failed(err, errno, dir);
	switch ((unsigned long)fs.f_type & 0xFFFFFFFFu) {
	case NFS_SUPER_MAGIC:
	case SMB_SUPER_MAGIC:
	case CIFS_SUPER_MAGIC:
	case SMB2_SUPER_MAGIC:
	case FUSE_SUPER_MAGIC:
	case V9FS_MAGIC:
		return err_set(err, ERR_STORE,
			       "%s 在网络文件系统上，提案库只能放在本机磁盘上",
			       dir);
	default:
		return true;
	}
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
	rc = mdb_env_set_assert(*out, on_assert);
	if (!rc)
		rc = mdb_env_set_maxdbs(*out, TABLE_COUNT);
	if (!rc)
		rc = mdb_env_set_maxreaders(*out, READERS);
	if (!rc)
		rc = mdb_env_set_mapsize(*out, MAP_SIZE);
	return rc;
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

static int close_on_exec(MDB_env *env)
{
	int fd;
	int rc = mdb_env_get_fd(env, &fd);

	return rc ? rc : fcntl(fd, F_SETFD, FD_CLOEXEC) ? errno : 0;
}

/* Retry what others leave behind: a larger map, slots of dead readers. */
int begin_txn(struct store *store, unsigned flags, MDB_txn **txn)
{
	int dead;
	int rc = mdb_txn_begin(store->env, NULL, flags, txn);

	if (rc == MDB_MAP_RESIZED && !mdb_env_set_mapsize(store->env, 0))
		rc = mdb_txn_begin(store->env, NULL, flags, txn);
	if (rc == MDB_READERS_FULL && !mdb_reader_check(store->env, &dead))
		rc = mdb_txn_begin(store->env, NULL, flags, txn);
	if (rc)
		*txn = NULL;
	return rc;
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
	return err_set(err, ERR_STORE,
		       "提案库 %s 是第 %u 版格式（由 %.*s 建立），本程序只认第"
		       " %d 版，请换用相应版本的程序",
		       store->dir, (unsigned)format.version,
		       (int)(format.program.len & 63), format.program.text,
		       STORE_FORMAT);
}

static int open_tables(struct store *store, MDB_txn *txn)
{
	int rc = 0;

	for (int i = 0; !rc && i < TABLE_COUNT; i++)
		rc = mdb_dbi_open(txn, table_names[i], 0, &store->tables[i]);
	return rc;
}

static bool open_content(struct store *store, struct err *err)
{
	struct state state;
	MDB_txn *txn;
	int rc = begin_txn(store, MDB_RDONLY, &txn);

	if (rc)
		return store_failed(err, rc, store->dir);
	rc = open_tables(store, txn);
	bool ok = rc ? store_failed(err, rc, store->dir)
		     : verify_format(store, txn, err) &&
				  state_load(store, txn, &state, err);
	/* A commit keeps the handles that the transaction opened. */
	if (!ok)
		mdb_txn_abort(txn);
	else if ((rc = mdb_txn_commit(txn)))
		return store_failed(err, rc, store->dir);
	return ok;
}

bool env_reopen(struct store *store, struct err *err)
{
	unsigned flags = store->mode == STORE_READ_ONLY ? MDB_RDONLY : 0;
	char path[4096];
	int dead;

	if (store->env)
		return true;
	snprintf(path, sizeof(path), "%s/data.mdb", store->dir);
	if (!file_verify(path, err) || !refuse_file_system(store->dir, err) ||
	    (store->presence < 0 &&
	     !presence_share(store->dir, &store->presence, err)))
		return false;
	int rc = open_patiently(&store->env, store->dir, flags);
	if (!rc)
		rc = close_on_exec(store->env);
	if (!rc)
		rc = mdb_reader_check(store->env, &dead);
	bool ok = rc ? store_failed(err, rc, store->dir)
		     : open_content(store, err);
	if (!ok)
		env_drop(store);
	return ok;
}

void env_drop(struct store *store)
{
	if (store->reading.txn)
		mdb_txn_abort(store->reading.txn);
	store->reading.txn = NULL;
	if (store->env)
		mdb_env_close(store->env);
	store->env = NULL;
}

bool store_open(struct store **out, const char *dir, enum store_mode mode,
		struct err *err)
{
	if (!env_prepare(dir, err))
		return false;
	struct store *store = mem_new(sizeof(*store));
	store->mode = mode;
	store->presence = -1;
	store->uid = getuid();
	store->gate.fd = -1;
	store->reading.store = store;
	store->dir = mem_new(strlen(dir) + 1);
	memcpy(store->dir, dir, strlen(dir));
	*out = store;
	if (env_reopen(store, err))
		return true;
	store_close(store);
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
