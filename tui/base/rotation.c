#include "base/rotation.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/privilege.h"

/* Copies whose names are equal for `same` bytes are of one day, or month. */
struct shelf {
	const char *shape; /* # is a digit, ? anything */
	size_t same;
	size_t most; /* days, or months, that stay */
};

static const struct shelf daily = {"daily-####-##-##-######.mdb", 16, 14};
static const struct shelf monthly = {"monthly-####-##.mdb", 15, 12};

/* What a copy that was killed leaves where no file can be without a name: it
 * is the only one at work in this folder. See outfile.c. */
static const struct shelf dead[] = {
	{".daily-####-##-##-######.mdb.????????", 0, 0},
	{".monthly-####-##.mdb.????????", 0, 0},
};

struct names {
	char **items; /* owned */
	size_t count;
};

static bool failed(const struct rotation *rotation, int why, struct err *err)
{
	return err_set(err, ERR_STORE, "备份目录 %s：%s", rotation->path,
		       err_words(why));
}

static int open_locked(struct rotation *rotation)
{
	rotation->dir = open_as_user(rotation->path, O_RDONLY | O_DIRECTORY, 0);
	if (rotation->dir < 0)
		return errno;
	return flock(rotation->dir, LOCK_EX | LOCK_NB) ? errno : 0;
}

static void name_it(struct rotation *rotation)
{
	char when[18];

	clock_stamp(clock_now(), when);
	snprintf(rotation->name, sizeof(rotation->name), "daily-%s.mdb", when);
}

bool rotation_begin(struct rotation *rotation, const char *path,
		    struct err *err)
{
	*rotation = (struct rotation){
		.dir = -1, .path = path, .file = {.fd = -1, .dir = -1}};
	int rc = open_locked(rotation);
	bool ok = false;

	if (rc == EWOULDBLOCK)
		err_set(err, ERR_BUSY, "另一个程序正在往 %s 里备份，请稍后再试",
			path);
	else if (rc) {
		err_set(err, ERR_USAGE, "%s",
			rc == ENOENT ? "没有这个目录" : err_words(rc));
		err_in(err, "打不开备份目录 %s", path);
	} else {
		name_it(rotation);
		ok = outfile_open_at(&rotation->file, rotation->dir,
				     rotation->name, false, err);
		if (!ok && err->code == ERR_REFUSED)
			err_set(err, ERR_BUSY,
				"%s 里刚刚备份过，过一秒再来就可以", path);
	}
	if (!ok)
		rotation_end(rotation);
	return ok;
}

static bool fits(const char *name, const char *shape)
{
	for (; *name && *shape; name++, shape++)
		if (*shape == '#'   ? *name < '0' || *name > '9'
		    : *shape == '?' ? false
				    : *name != *shape)
			return false;
	return !*name && !*shape;
}

static int newest_first(const void *a, const void *b)
{
	return -strcmp(*(char *const *)a, *(char *const *)b);
}

static void add_name(struct names *names, const char *name)
{
	size_t len = strlen(name) + 1;

	names->items = mem_resize(names->items,
				  (names->count + 1) * sizeof(*names->items));
	names->items[names->count] = mem_new(len);
	memcpy(names->items[names->count++], name, len);
}

static int list(const struct rotation *rotation, const struct shelf *shelf,
		struct names *out)
{
	int fd = openat(rotation->dir, ".", O_RDONLY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;
	struct stat st;

	if (!dir)
		return errno;
	while ((entry = readdir(dir)))
		if (fits(entry->d_name, shelf->shape) &&
		    !fstatat(rotation->dir, entry->d_name, &st,
			     AT_SYMLINK_NOFOLLOW) &&
		    S_ISREG(st.st_mode))
			add_name(out, entry->d_name);
	closedir(dir);
	if (out->count)
		qsort(out->items, out->count, sizeof(*out->items),
		      newest_first);
	return 0;
}

/* The new one stays whatever the clock says of the others. */
static int remove_old(const struct rotation *rotation,
		      const struct shelf *shelf, const struct names *names,
		      unsigned *removed)
{
	size_t periods = 0;

	for (size_t i = 0; i < names->count; i++) {
		const char *name = names->items[i];

		periods += !i ||
			   strncmp(name, names->items[i - 1], shelf->same) != 0;
		if (periods <= shelf->most || !strcmp(name, rotation->name))
			continue;
		if (unlinkat(rotation->dir, name, 0))
			return errno;
		++*removed;
	}
	return 0;
}

static void free_names(struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->items[i]);
	free(names->items);
}

static int clear(const struct rotation *rotation, const struct shelf *shelf,
		 unsigned *removed)
{
	struct names names = {0};
	int rc = list(rotation, shelf, &names);

	if (!rc)
		rc = remove_old(rotation, shelf, &names, removed);
	free_names(&names);
	return rc;
}

bool rotation_newest(const char *path, char name[32])
{
	struct rotation look = {
		.dir = open_as_user(path, O_RDONLY | O_DIRECTORY, 0)};
	struct names names = {0};

	name[0] = '\0';
	if (look.dir < 0)
		return false;
	bool ok = !list(&look, &daily, &names);
	if (names.count)
		snprintf(name, 32, "%s", names.items[0]);
	free_names(&names);
	close(look.dir);
	return ok;
}

static int copy_bytes(int from, int to)
{
	ssize_t done;

	do
		done = copy_file_range(from, NULL, to, NULL, 1 << 30, 0);
	while (done > 0);
	return done < 0 ? errno : 0;
}

/* Where a file can have no second name. */
static bool copy_monthly(const struct rotation *rotation, const char *name,
			 struct err *err)
{
	struct outfile copy;

	if (!outfile_open_at(&copy, rotation->dir, name, false, err))
		return false;
	int from = openat(rotation->dir, rotation->name,
			  O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	int rc = from < 0 ? errno : copy_bytes(from, copy.fd);
	if (from >= 0)
		close(from);
	if (!rc)
		return outfile_keep(&copy, err);
	outfile_drop(&copy);
	return failed(rotation, rc, err);
}

/* The first of a month is the month's as well. */
static bool keep_monthly(const struct rotation *rotation, struct err *err)
{
	char name[32];

	snprintf(name, sizeof(name), "monthly-%.7s.mdb", rotation->name + 6);
	if (!privilege_lower())
		return failed(rotation, errno, err);
	int rc = linkat(rotation->dir, rotation->name, rotation->dir, name, 0)
			 ? errno
			 : 0;
	privilege_raise();
	return !rc || rc == EEXIST || copy_monthly(rotation, name, err);
}

bool rotation_finish(struct rotation *rotation, unsigned *removed,
		     struct err *err)
{
	*removed = 0;
	if (!outfile_keep(&rotation->file, err) || !keep_monthly(rotation, err))
		return false;
	if (!privilege_lower())
		return failed(rotation, errno, err);
	int rc = clear(rotation, &daily, removed);
	if (!rc)
		rc = clear(rotation, &monthly, removed);
	for (size_t i = 0; !rc && i < sizeof(dead) / sizeof(*dead); i++)
		rc = clear(rotation, &dead[i], removed);
	if (!rc && fsync(rotation->dir) && errno != EINVAL)
		rc = errno;
	privilege_raise();
	return !rc || failed(rotation, rc, err);
}

void rotation_end(struct rotation *rotation)
{
	outfile_drop(&rotation->file);
	if (rotation->dir >= 0)
		close(rotation->dir);
	rotation->dir = -1;
}
