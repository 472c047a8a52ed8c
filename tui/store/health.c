#include "store/health.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/process.h"
#include "store/internal.h"
#include "store/presence.h"
#include "store/room.h"

/* Of a folder that holds anything at all, the first ones. */
enum { FILES_MAX = 1000, PEOPLE_MAX = 1024 };

static const char *const own_files[] = {"data.mdb", "lock.mdb", PRESENCE_FILE,
					GATE_FILE};

static bool is_ours(const char *name)
{
	for (size_t i = 0; i < sizeof(own_files) / sizeof(*own_files); i++)
		if (strcmp(name, own_files[i]) == 0)
			return true;
	return false;
}

static int by_name(const void *a, const void *b)
{
	const struct health_file *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static void look_file(int fd, const char *name, struct health *out)
{
	struct health_file *file = &out->files[out->file_count];

	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
	    fstatat(fd, name, &file->st, AT_SYMLINK_NOFOLLOW) != 0)
		return;
	file->name = arena_str(&out->arena, name, strlen(name));
	file->ours = is_ours(name);
	out->file_count++;
	if (strcmp(name, "data.mdb") != 0)
		return;
	out->size = (uint64_t)file->st.st_size;
	room_reserve(&file->st, &out->reserve, &out->reserve_most);
}

static void look_files(int fd, struct health *out)
{
	DIR *dir = fdopendir(fd);
	const struct dirent *entry;

	if (!dir) {
		close(fd);
		return;
	}
	out->files = arena_alloc(&out->arena, FILES_MAX * sizeof(*out->files));
	while (out->file_count < FILES_MAX && (entry = readdir(dir)))
		look_file(fd, entry->d_name, out);
	closedir(dir);
	qsort(out->files, out->file_count, sizeof(*out->files), by_name);
}

static void look_folder(const char *dir, struct health *out)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct statvfs fs;

	if (fd < 0 || fstat(fd, &out->folder) != 0) {
		store_failed(&out->folder_err, errno, dir);
		if (fd >= 0)
			close(fd);
		return;
	}
	(void)disk_local(dir, &out->disk_err);
	if (fstatvfs(fd, &fs) == 0)
		out->free = (uint64_t)fs.f_bavail * fs.f_frsize;
	look_files(fd, out);
}

/* What readers hold, as LMDB tells it: a line each, pid, thread and txn, which
 * is `-` of who reads nothing now. */
struct oldest {
	struct health *out;
	uint64_t txn; /* 0: nobody reads */
};

static int look_reader(const char *line, void *arg)
{
	struct oldest *oldest = arg;
	char *end;
	unsigned long pid = strtoul(line, &end, 10);

	/* The first line is a heading. */
	if (end == line)
		return 0;
	oldest->out->readers++;
	(void)strtoull(end, &end, 16);
	uint64_t txn = strtoull(end, &end, 10);
	if (!txn || (oldest->txn && oldest->txn <= txn))
		return 0;
	oldest->txn = txn;
	oldest->out->lag_pid = (uint32_t)pid;
	return 0;
}

static void look_env(MDB_env *env, struct health *out)
{
	struct oldest oldest = {.out = out};
	MDB_envinfo info;
	int dead = 0;

	(void)mdb_env_info(env, &info);
	(void)mdb_reader_check(env, &dead);
	(void)mdb_reader_list(env, look_reader, &oldest);
	out->dead = (unsigned)dead;
	out->readers_max = info.me_maxreaders;
	out->map_size = info.me_mapsize;
	out->map_used = ((uint64_t)info.me_last_pgno + 1) * STORE_PAGE;
	if (oldest.txn && oldest.txn < info.me_last_txnid)
		out->lag = info.me_last_txnid - oldest.txn;
}

static void look_people(const char *dir, struct health *out)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/lock.mdb", dir);
	out->people =
		arena_alloc(&out->arena, PEOPLE_MAX * sizeof(*out->people));
	out->people_count = process_lockers(path, out->people, PEOPLE_MAX);
	(void)gate_look(dir, &out->writer);
}

static void look_library(struct health *out)
{
	struct err why;
	int version = env_library(out->library);

	out->library_good = env_accept(version, out->library, &why);
}

void health_look(const char *dir, struct store *store, struct health *out)
{
	*out = (struct health){0};
	look_library(out);
	look_folder(dir, out);
	look_people(dir, out);
	if (store && store->env)
		look_env(store->env, out);
}

void health_free(struct health *health)
{
	arena_free(&health->arena);
}
