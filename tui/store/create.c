#include "store/internal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crash.h"
#include "base/version.h"
#include "store/aside.h"
#include "store/presence.h"
#include "store/room.h"

/*
 * A store is built in a folder of its own inside `dir` and moved into place
 * when it is whole and on disk, so that a crash leaves none or a whole one.
 * What a dead attempt leaves behind is swept by the next that succeeds.
 */
#define ASIDE ".new-"

/* In the order in which they move: the last makes it a store. */
static const char *const files[] = {PRESENCE_FILE, GATE_FILE, "lock.mdb",
				    "data.mdb"};

enum { FILES = sizeof(files) / sizeof(*files), STORE_FILE = FILES - 1 };

struct making {
	const char *dir;
	const char *data; /* a whole store in `dir` that becomes this one */
	char aside[4096]; /* the folder it is built in */
	int dir_fd, aside_fd;
	bool roles;
};

static int write_meta(struct store *store, MDB_txn *txn)
{
	struct format format = {STORE_FORMAT, STORE_PAGE, store->roles,
				slice_text("proposals " VERSION)};
	struct state state = {0};
	struct buf buf = {0};

	for (int i = 0; i < DICT_COUNT; i++)
		state.dicts[i] = 1;
	format_encode(&format, &buf);
	int rc = table_put(store, txn, TABLE_META, place_name("format"), &buf);
	if (!rc) {
		state_encode(&state, &buf);
		rc = table_put(store, txn, TABLE_META, place_name("state"),
			       &buf);
	}
	buf_free(&buf);
	return rc;
}

int create_tables(struct store *store)
{
	MDB_txn *txn;
	int rc = mdb_txn_begin(store->env, NULL, 0, &txn);

	if (rc)
		return rc;
	for (int i = 0; !rc && i < TABLE_COUNT; i++)
		rc = mdb_dbi_open(txn, table_names[i], MDB_CREATE,
				  &store->tables[i]);
	if (!rc)
		rc = write_meta(store, txn);
	if (!rc)
		return mdb_txn_commit(txn);
	mdb_txn_abort(txn);
	return rc;
}

static int page_size_wrong(MDB_env *env)
{
	MDB_stat st;

	mdb_env_stat(env, &st);
	return st.ms_psize != STORE_PAGE;
}

static bool build(const struct making *making, struct err *err)
{
	struct store store = {.roles = making->roles};
	int rc = env_new(&store.env);

	if (!rc)
		rc = room_lock(making->aside);
	if (!rc)
		rc = mdb_env_open(store.env, making->aside, 0, 0660);
	if (!rc && page_size_wrong(store.env)) {
		mdb_env_close(store.env);
		return err_set(err, ERR_STORE,
			       "本机的内存页不是 4096 字节，不能建立提案库");
	}
	if (!rc)
		rc = create_tables(&store);
	if (store.env)
		mdb_env_close(store.env);
	return rc ? store_failed(err, rc, making->dir) : true;
}

/* Whole, on disk, and open to the group whatever the umask is. */
static int settle_file(const struct making *making, const char *name)
{
	int fd = openat(making->aside_fd, name, O_RDWR | O_CREAT | O_CLOEXEC,
			0660);
	struct stat st;

	if (fd < 0)
		return errno;
	int rc = fstat(fd, &st) || fchmod(fd, 0660) ? errno : 0;
	/* lock.mdb is sparse: on a full disk its first use would be SIGBUS. */
	if (!rc && st.st_size)
		rc = posix_fallocate(fd, 0, st.st_size);
	if (!rc && fsync(fd))
		rc = errno;
	close(fd);
	return rc;
}

static int move_file(const struct making *making, const char *name)
{
	return renameat2(making->aside_fd, name, making->dir_fd, name,
			 RENAME_NOREPLACE)
		       ? errno
		       : 0;
}

static int make_gate(const struct making *making)
{
	int fd = openat(making->aside_fd, GATE_FILE,
			O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0660);

	if (fd < 0)
		return errno;
	int rc = ftruncate(fd, GATE_LINE) ? errno : 0;
	close(fd);
	return rc;
}

static int move_into_place(const struct making *making)
{
	int rc = make_gate(making);

	if (!rc && making->data &&
	    renameat(making->dir_fd, making->data, making->aside_fd,
		     "data.mdb"))
		rc = errno;
	for (int i = 0; !rc && i < FILES; i++)
		rc = settle_file(making, files[i]);
	for (int i = 0; !rc && i < FILES; i++) {
		rc = move_file(making, files[i]);
		/* Locks without a store are a leftover, and as good. */
		if (rc == EEXIST && i != STORE_FILE)
			rc = 0;
	}
	if (!rc && fsync(making->dir_fd))
		rc = errno;
	return rc;
}

static bool refuse_existing(const char *dir, struct err *err)
{
	return err_set(err, ERR_REFUSED, "%s 里已经有提案库，没有改动它", dir);
}

static bool has_store(const struct making *making)
{
	return !faccessat(making->dir_fd, "data.mdb", F_OK,
			  AT_SYMLINK_NOFOLLOW);
}

static void remove_aside(int dir_fd, const char *name)
{
	int fd = openat(dir_fd, name,
			O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return;
	for (int i = 0; i < FILES; i++)
		unlinkat(fd, files[i], 0);
	close(fd);
	unlinkat(dir_fd, name, AT_REMOVEDIR);
}

static void sweep_leftovers(const struct making *making)
{
	int fd = openat(making->dir_fd, ".", O_RDONLY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;

	while (dir && (entry = readdir(dir)))
		if (!strncmp(entry->d_name, ASIDE, strlen(ASIDE)))
			remove_aside(making->dir_fd, entry->d_name);
	if (dir)
		closedir(dir);
}

static bool make(struct making *making, struct err *err)
{
	if (has_store(making))
		return refuse_existing(making->dir, err);
	snprintf(making->aside, sizeof(making->aside), "%s/" ASIDE "XXXXXX",
		 making->dir);
	if (!mkdtemp(making->aside))
		return store_failed(err, errno, making->dir);
	making->aside_fd =
		open(making->aside, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = making->aside_fd >= 0 ? build(making, err)
					: store_failed(err, errno, making->dir);
	int rc = ok ? move_into_place(making) : 0;
	if (rc == EEXIST)
		ok = refuse_existing(making->dir, err);
	else if (rc)
		ok = store_failed(err, rc, making->dir);
	if (making->aside_fd >= 0)
		close(making->aside_fd);
	if (ok) {
		crash_note("提案库已建好");
		sweep_leftovers(making);
	} else {
		remove_aside(making->dir_fd, strrchr(making->aside, '/') + 1);
	}
	/* Somebody was faster, and swept ours away. */
	if (!ok && (!rc || rc == ENOENT) && has_store(making))
		return refuse_existing(making->dir, err);
	return ok;
}

/* The entry of a new folder has to reach the disk as well. */
static int sync_parent(int dir_fd)
{
	int fd = openat(dir_fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = fd < 0 || fsync(fd) ? errno : 0;

	if (fd >= 0)
		close(fd);
	return rc;
}

static int make_folder(const char *dir)
{
	if (mkdir(dir, 0770))
		return errno == EEXIST ? 0 : errno;
	return chmod(dir, 02770) ? errno : 0;
}

bool create_folder(const char *dir, struct err *err)
{
	int rc = make_folder(dir);

	return rc ? store_failed(err, rc, dir) : true;
}

static bool create(struct making *making, struct err *err)
{
	const char *dir = making->dir;

	if (!env_prepare(dir, err) || !create_folder(dir, err))
		return false;
	making->dir_fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = making->dir_fd < 0 ? errno : sync_parent(making->dir_fd);
	bool ok = rc ? store_failed(err, rc, dir)
		     : disk_local(dir, err) && make(making, err);
	if (making->dir_fd >= 0)
		close(making->dir_fd);
	return ok;
}

bool store_create(const char *dir, struct err *err)
{
	struct making making = {.dir = dir, .aside_fd = -1};

	return create(&making, err);
}

bool store_create_with_roles(const char *dir, struct err *err)
{
	struct making making = {.dir = dir, .aside_fd = -1, .roles = true};

	return create(&making, err);
}

bool create_from(const char *dir, const char *data, struct err *err)
{
	struct making making = {.dir = dir, .data = data, .aside_fd = -1};

	return create(&making, err);
}
