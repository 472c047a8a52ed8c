#include "store/copy.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/aside.h"
#include "store/internal.h"
#include "store/swap.h"
#include "store/transfer.h"

static bool may_copy(struct store *store, struct err *err)
{
	struct reading *reading;

	if (!reading_begin(store, &reading, err))
		return false;
	bool ok = access_may(reading_access(reading), ACTION_BACKUP,
			     PHASE_COUNT, err);
	reading_end(reading);
	return ok;
}

/*
 * The compacting form: the other one waits for the writers' mutex, and a
 * writer that was stopped would stop every backup. It refuses a file of which
 * pages are lost, though nothing is wrong with the others: then the entries
 * are copied one by one.
 */
bool copy_write(struct store *store, int fd, const char *name, struct err *err)
{
	int rc = mdb_env_copyfd2(store->env, fd, MDB_CP_COMPACT);

	if (rc == MDB_INCOMPATIBLE) {
		rc = ftruncate(fd, 0) ? errno : 0;
		if (!rc && !transfer_store(store, fd, name, err))
			return false;
	}
	if (!rc && fsync(fd))
		rc = errno;
	return rc ? store_failed(err, rc, name) : true;
}

bool store_copy(struct store *store, int fd, const char *name, finding_fn *tell,
		void *arg, struct copy *out, struct err *err)
{
	return may_copy(store, err) && copy_write(store, fd, name, err) &&
	       aside_check(fd, name, tell, arg, out, err);
}

/* Its bytes, as far as it goes: the check will tell whether that is all. */
static bool take(const struct swap *swap, int fd, struct err *err)
{
	static char bytes[1 << 20];
	off_t at = 0;

	for (;;) {
		ssize_t got = pread(fd, bytes, sizeof(bytes), at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return store_failed(err, errno, swap->name);
		if (got == 0)
			return true;
		if (!outfile_write(&swap->file, bytes, (size_t)got, err))
			return false;
		at += got;
	}
}

static bool refuse_itself(const struct swap *swap, int fd, struct err *err)
{
	struct stat old, given;

	if (swap->fresh || fstat(swap->old, &old) || fstat(fd, &given) ||
	    old.st_dev != given.st_dev || old.st_ino != given.st_ino)
		return true;
	return err_set(err, ERR_USAGE, "%s 就是正在使用的提案库", swap->name);
}

bool store_restore(const char *dir, int fd, const char *name, finding_fn *tell,
		   void *arg, struct swapped *out, struct err *err)
{
	struct swap swap;

	if (!file_verify_open(fd, name, err) ||
	    !swap_begin(&swap, dir, true, err))
		return false;
	swap.name = name;
	bool ok = refuse_itself(&swap, fd, err) && take(&swap, fd, err) &&
		  swap_finish(&swap, true, tell, arg, out, err);
	swap_end(&swap);
	return ok;
}

bool store_compact(const char *dir, finding_fn *tell, void *arg,
		   struct swapped *out, struct err *err)
{
	struct store *old = NULL;
	struct swap swap;

	if (!swap_begin(&swap, dir, false, err))
		return false;
	bool ok = aside_open(&old, swap.old, dir, err) &&
		  copy_write(old, swap.file.fd, dir, err);
	store_close(old);
	ok = ok && swap_finish(&swap, false, tell, arg, out, err);
	swap_end(&swap);
	return ok;
}
