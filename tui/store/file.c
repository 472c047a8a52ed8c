#include "store/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/*
 * LMDB trusts data.mdb blindly: a file that was cut off is SIGBUS, a meta page
 * with a flipped bit sends it to pages that are none or makes it take the
 * state before the last commit for the newest. Both meta pages are read here
 * before LMDB maps them. The layout is that of LMDB 0.9 on 64 bits, which its
 * own version number in the page holds fixed.
 */
enum { META_PAGES = 2, META_VERSION = 1, PAGE_META = 0x08, TRIES = 5 };

static const unsigned char magic_bytes[4] = {0xDE, 0xC0, 0xEF, 0xBE};

struct meta {
	uint64_t page;
	uint16_t page_flags;
	unsigned char magic[4];
	uint32_t version, page_size;
	uint64_t map_size, roots[2], last_page, txn;
};

static uint64_t number_at(const unsigned char *page, size_t at, size_t width)
{
	uint64_t value = 0;

	for (size_t i = 0; i < width; i++)
		value |= (uint64_t)page[at + i] << 8 * i;
	return value;
}

static struct meta meta_at(const unsigned char *page)
{
	struct meta meta = {
		.page = number_at(page, 0, 8),
		.page_flags = (uint16_t)number_at(page, 10, 2),
		.version = (uint32_t)number_at(page, 20, 4),
		.map_size = number_at(page, 32, 8),
		.page_size = (uint32_t)number_at(page, 40, 4),
		.roots = {number_at(page, 80, 8), number_at(page, 128, 8)},
		.last_page = number_at(page, 136, 8),
		.txn = number_at(page, 144, 8),
	};

	memcpy(meta.magic, page + 16, sizeof(meta.magic));
	return meta;
}

/* Each transaction writes the page of its parity. */
static bool meta_ours(const struct meta *meta, unsigned place)
{
	return meta->page == place && meta->page_flags == PAGE_META &&
	       !memcmp(meta->magic, magic_bytes, 4) &&
	       meta->version == META_VERSION && meta->page_size == STORE_PAGE &&
	       (meta->txn & 1) == place;
}

/*
 * Of the newest only: after a commit that failed LMDB leaves new roots in the
 * other. A table without pages has the root -1.
 */
static bool roots_inside(const struct meta *meta)
{
	return meta->last_page < meta->map_size / STORE_PAGE &&
	       meta->roots[0] + 1 <= meta->last_page + 1 &&
	       meta->roots[1] + 1 <= meta->last_page + 1;
}

/* NULL, or what is wrong. */
static const char *metas_wrong(const unsigned char *bytes, ssize_t got,
			       off_t size)
{
	struct meta metas[META_PAGES];

	if (got < META_PAGES * STORE_PAGE)
		return "文件不完整";
	for (unsigned i = 0; i < META_PAGES; i++) {
		metas[i] = meta_at(bytes + i * STORE_PAGE);
		if (!meta_ours(&metas[i], i))
			return "文件头已损坏，或不是本程序的提案库";
	}
	const struct meta *newest = &metas[metas[1].txn > metas[0].txn];
	const struct meta *other = &metas[newest == metas];
	if (newest->txn - other->txn != 1)
		return "文件头已损坏，最近一次保存的内容可能丢失";
	if (!roots_inside(newest))
		return "文件头已损坏";
	if ((uint64_t)size / STORE_PAGE < newest->last_page + 1)
		return "文件不完整，后面的部分不见了";
	return NULL;
}

static void wait_a_little(void)
{
	nanosleep(&(struct timespec){.tv_nsec = 20 * 1000 * 1000}, NULL);
}

/* Somebody may be writing a meta page just now: look again. */
static const char *look(int fd)
{
	unsigned char bytes[META_PAGES * STORE_PAGE];
	const char *wrong = NULL;

	for (int i = 0; i < TRIES; i++) {
		struct stat st;
		ssize_t got = pread(fd, bytes, sizeof(bytes), 0);

		if (got < 0 || fstat(fd, &st))
			return err_words(errno);
		wrong = metas_wrong(bytes, got, st.st_size);
		if (!wrong)
			return NULL;
		wait_a_little();
	}
	return wrong;
}

bool file_verify_open(int fd, const char *path, struct err *err)
{
	struct stat st;
	const char *wrong = !fstat(fd, &st) && S_ISREG(st.st_mode)
				    ? look(fd)
				    : "不是普通文件";

	if (wrong)
		return err_set(err, ERR_STORE, "提案库 %s %s，请从备份恢复",
			       path, wrong);
	return true;
}

bool file_verify(const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

	if (fd < 0 && errno == ENOENT)
		return err_set(
			err, ERR_STORE,
			"没有提案库 %s，请检查路径，或先用 proposals init 新建",
			path);
	if (fd < 0)
		return store_failed(err, errno, path);
	bool ok = file_verify_open(fd, path, err);
	close(fd);
	return ok;
}

/* A commit into a file that was moved away would be lost. */
bool file_same(const struct store *store, struct err *err)
{
	struct stat ours, theirs;
	char path[4096];
	int fd;

	if (store->aside)
		return true;
	snprintf(path, sizeof(path), "%s/data.mdb", store->dir);
	mdb_env_get_fd(store->env, &fd);
	if (!fstat(fd, &ours) && !stat(path, &theirs) &&
	    ours.st_dev == theirs.st_dev && ours.st_ino == theirs.st_ino)
		return true;
	return err_set(err, ERR_STORE,
		       "提案库 %s 已被换成另一个文件，请退出后重新登录", path);
}
