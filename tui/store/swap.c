#include "store/swap.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/crash.h"
#include "base/privilege.h"
#include "store/aside.h"
#include "store/internal.h"
#include "store/presence.h"

#define DATA "data.mdb"
#define NEW "data.mdb.new"
#define KEPT "data.mdb.replaced-"

enum { TRIES = 100 };

/*
 * What is in the new file is believed, its roles and its history too, so it is
 * root's to put there; or whoever's the store is, where there are no roles. In
 * a folder that only the program can enter there are.
 */
static bool authorize(struct swap *swap, struct err *err)
{
	enum access access = privilege_held() ? ACCESS_ADMIN : ACCESS_ROOT;
	struct reading *reading;
	struct store *store;
	struct err why;

	if (!getuid())
		return true;
	if (!swap->fresh && aside_open(&store, swap->old, swap->dir, &why)) {
		store->uid = getuid();
		if (reading_begin(store, &reading, &why)) {
			access = reading_access(reading);
			reading_end(reading);
		}
		store_close(store);
	}
	return access_may(access, ACTION_MAINTAIN, PHASE_COUNT, err);
}

/* What is left of one that was killed: a name too many for the store itself,
 * or a new one that never came to be it. */
static void sweep(const struct swap *swap)
{
	int fd = openat(swap->dir_fd, ".", O_RDONLY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;
	struct stat data, st;

	unlinkat(swap->dir_fd, NEW, 0);
	if (swap->fresh || fstat(swap->old, &data))
		data.st_ino = 0;
	while (dir && (entry = readdir(dir)))
		if (!strncmp(entry->d_name, KEPT, strlen(KEPT)) &&
		    !fstatat(swap->dir_fd, entry->d_name, &st,
			     AT_SYMLINK_NOFOLLOW) &&
		    st.st_ino == data.st_ino)
			unlinkat(swap->dir_fd, entry->d_name, 0);
	if (dir)
		closedir(dir);
}

static bool refuse_missing(const struct swap *swap, struct err *err)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/" DATA, swap->dir);
	store_failed(err, ENOENT, path);
	(void)!file_verify(path, err); /* it knows better why */
	return false;
}

static bool open_old(struct swap *swap, bool make, struct err *err)
{
	swap->old = openat(swap->dir_fd, DATA,
			   O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	swap->fresh = swap->old < 0 && errno == ENOENT && make;
	if (swap->old < 0 && !swap->fresh)
		return refuse_missing(swap, err);
	return true;
}

static bool begin(struct swap *swap, bool make, struct err *err)
{
	if (!env_prepare(swap->dir, err) ||
	    (make && !create_folder(swap->dir, err)))
		return false;
	swap->dir_fd = open(swap->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (swap->dir_fd < 0)
		return refuse_missing(swap, err);
	if (!disk_local(swap->dir, err) || !open_old(swap, make, err))
		return false;
	/* Nobody can be in where nothing is. */
	if (!swap->fresh && !presence_alone(swap->dir, &swap->lock, err))
		return false;
	if (!authorize(swap, err))
		return false;
	sweep(swap);
	return outfile_open_at(&swap->file, swap->dir_fd, NEW, true, err);
}

bool swap_begin(struct swap *swap, const char *dir, bool make, struct err *err)
{
	*swap = (struct swap){
		.dir = dir,
		.name = dir,
		.made = make && access(dir, F_OK),
		.dir_fd = -1,
		.lock = -1,
		.old = -1,
		.file = {.fd = -1, .dir = -1},
	};
	if (begin(swap, make, err))
		return true;
	swap_end(swap);
	return false;
}

/* data.mdb.replaced-2024-11-20-093000, or with -2 behind it. */
static int keep_old(const struct swap *swap, char name[48])
{
	char when[18];

	clock_stamp(clock_now(), when);
	for (int i = 1; i <= TRIES; i++) {
		snprintf(name, 48, i > 1 ? KEPT "%s-%d" : KEPT "%s", when, i);
		if (!linkat(swap->dir_fd, DATA, swap->dir_fd, name, 0))
			return 0;
		if (errno != EEXIST)
			break;
	}
	name[0] = '\0';
	return errno;
}

/* It needs no room to grow any more. */
static void free_reserve(const struct swap *swap, const char *name)
{
	int fd = openat(swap->dir_fd, name, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat st;

	if (fd < 0)
		return;
	if (!fstat(fd, &st))
		(void)!ftruncate(fd, st.st_size);
	close(fd);
}

static bool replace(struct swap *swap, bool keep, struct swapped *out,
		    struct err *err)
{
	int rc = keep ? keep_old(swap, out->kept) : 0;

	if (!rc && renameat(swap->dir_fd, NEW, swap->dir_fd, DATA)) {
		rc = errno;
		if (keep)
			unlinkat(swap->dir_fd, out->kept, 0);
	}
	if (rc)
		return store_failed(err, rc, swap->dir);
	crash_note("新的文件已经换上");
	if (fsync(swap->dir_fd))
		return err_set(err, ERR_STORE,
			       "新的文件已经换上，但磁盘出错（%s），断电后可能"
			       "又是原来的，请联系管理员",
			       err_words(errno));
	if (keep)
		free_reserve(swap, out->kept);
	return true;
}

/* Without roles nobody could come in: see authorize(). */
static bool fits(const struct swap *swap, const struct copy *copy,
		 struct err *err)
{
	if (copy->roles || !privilege_held())
		return true;
	return err_set(err, ERR_REFUSED,
		       "%s 没有启用角色，不能换给多人共用的提案库：请在原来的"
		       "地方 export，再由 root 在这里 import",
		       swap->name);
}

bool swap_finish(struct swap *swap, bool keep, finding_fn *tell, void *arg,
		 struct swapped *out, struct err *err)
{
	struct stat st;

	*out = (struct swapped){0};
	if (!aside_check(swap->file.fd, swap->name, tell, arg, &out->now,
			 err) ||
	    !fits(swap, &out->now, err))
		return false;
	if (!swap->fresh && !fstat(swap->old, &st))
		out->before = (uint64_t)st.st_size;
	if (!outfile_keep(&swap->file, err))
		return false;
	bool ok = swap->fresh ? create_from(swap->dir, NEW, err)
			      : replace(swap, keep, out, err);
	if (!ok)
		unlinkat(swap->dir_fd, NEW, 0);
	swap->made &= !ok;
	return ok;
}

void swap_end(struct swap *swap)
{
	outfile_drop(&swap->file);
	if (swap->old >= 0)
		close(swap->old);
	if (swap->lock >= 0)
		close(swap->lock);
	if (swap->dir_fd >= 0)
		close(swap->dir_fd);
	if (swap->made)
		rmdir(swap->dir);
}

int store_open_kept(const char *dir, const char *name)
{
	char path[4096];

	if (strncmp(name, KEPT, strlen(KEPT)) != 0 || strchr(name, '/'))
		return -1;
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
}
