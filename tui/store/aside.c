#include "store/aside.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "store/internal.h"
#include "store/room.h"

enum { ROOT = 0 };

/* By its descriptor, so that it is this file and no other of its name. */
static int open_env(struct store *store, int fd, unsigned flags)
{
	char path[40];
	int rc = env_new(&store->env);

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (!rc)
		rc = mdb_env_open(store->env, path,
				  flags | MDB_NOSUBDIR | MDB_NOLOCK, 0600);
	return rc ? rc : env_close_on_exec(store->env);
}

static struct store *new_store(const char *name, enum store_mode mode)
{
	struct store *store = env_store(name, mode);

	store->aside = true;
	store->uid = ROOT;
	return store;
}

bool aside_open(struct store **out, int fd, const char *name, struct err *err)
{
	*out = NULL;
	if (!env_prepare(name, err) || !file_verify_open(fd, name, err))
		return false;
	struct store *store = new_store(name, STORE_READ_ONLY);
	int rc = open_env(store, fd, MDB_RDONLY);
	if (rc ? store_failed(err, rc, name) : env_open_content(store, err)) {
		*out = store;
		return true;
	}
	store_close(store);
	return false;
}

bool aside_create(struct store **out, int fd, const char *name, bool roles,
		  struct err *err)
{
	struct store *store = new_store(name, STORE_READ_WRITE);

	*out = NULL;
	store->roles = roles;
	int rc = open_env(store, fd, MDB_NOSYNC);
	if (!rc)
		rc = create_tables(store);
	if (!rc) {
		*out = store;
		return true;
	}
	store_close(store);
	return store_failed(err, rc, name);
}

void aside_close(struct store *store)
{
	if (store && store->env)
		room_make(store);
	store_close(store);
}

static bool check(struct store *store, finding_fn *tell, void *arg,
		  struct copy *out, uint64_t *findings, struct err *err)
{
	struct reading *reading;

	if (!store_check(store, tell, arg, &out->sums, findings, err) ||
	    !reading_begin(store, &reading, err))
		return false;
	memcpy(out->head, reading_chain(reading), sizeof(out->head));
	reading_end(reading);
	return true;
}

bool aside_check(int fd, const char *name, finding_fn *tell, void *arg,
		 struct copy *out, struct err *err)
{
	uint64_t findings = 0;
	struct store *store;
	struct stat st;

	if (!aside_open(&store, fd, name, err))
		return false;
	bool ok = check(store, tell, arg, out, &findings, err);
	out->roles = store->roles;
	store_close(store);
	if (ok && findings)
		return err_set(err, ERR_STORE, "%s 有 %llu 处问题", name,
			       (unsigned long long)findings);
	out->bytes = fstat(fd, &st) ? 0 : (uint64_t)st.st_size;
	return ok;
}
