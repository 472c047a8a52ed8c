#include "store/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "store/pages.h"

/*
 * LMDB trusts data.mdb blindly: a file that was cut off is SIGBUS, a meta page
 * with a flipped bit sends it to pages that are none or makes it take the
 * state before the last commit for the newest. Both meta pages, and the page
 * with the roots of the tables, are read here before LMDB maps them.
 */
enum { META_PAGES = 2, META_VERSION = 1, DEPTH_MAX = 32, TRIES = 5 };

static const unsigned char magic_bytes[4] = {0xDE, 0xC0, 0xEF, 0xBE};
static const unsigned char magic_turned[4] = {0xBE, 0xEF, 0xC0, 0xDE};

#define RESTORE "，请从备份恢复"
#define NOT_OURS "不是本程序的提案库，或文件头已损坏，请检查路径，或从备份恢复"

static bool has_magic(const struct meta *meta)
{
	return !memcmp(meta->magic, magic_bytes, 4);
}

/* LMDB has other headers in other versions and on other machines. */
static bool magic_elsewhere(const unsigned char *page)
{
	for (size_t at = 8; at + 4 <= 2 * PAGE_HEADER; at += 4)
		if (!memcmp(page + at, magic_bytes, 4) ||
		    !memcmp(page + at, magic_turned, 4))
			return true;
	return false;
}

/* Each transaction writes the page of its parity. */
static bool meta_ours(const struct meta *meta, unsigned place)
{
	return meta->page == place && meta->flags == PAGE_META &&
	       has_magic(meta) && meta->version == META_VERSION &&
	       meta->page_size == PAGE_SIZE && (meta->txn & 1) == place;
}

/* One wrong meta page is damage, two in the same way are another file. */
static const char *foreign(const unsigned char *bytes,
			   const struct meta metas[META_PAGES])
{
	if (!has_magic(&metas[0]) && !has_magic(&metas[1]))
		return magic_elsewhere(bytes)
			       ? "由另一版本的 LMDB 写成，请换用相应版本的程序"
			       : NOT_OURS;
	if (metas[0].version == metas[1].version &&
	    metas[0].version != META_VERSION)
		return "由另一版本的 LMDB 写成，请换用相应版本的程序";
	if (has_magic(&metas[0]) && metas[0].page_size > PAGE_SIZE &&
	    !has_magic(&metas[1]))
		return "由另一种机器写成（内存页大小不同），不能在这里打开";
	return "文件头已损坏" RESTORE;
}

static bool root_inside(const struct tree *tree, const struct meta *meta)
{
	return tree->root == NO_ROOT ||
	       (tree->root >= META_PAGES && tree->root <= meta->last_page);
}

/*
 * Of the newest only: after a commit that failed LMDB leaves new roots in the
 * other.
 */
static bool roots_inside(const struct meta *meta)
{
	return meta->last_page < meta->map_size / PAGE_SIZE &&
	       root_inside(&meta->trees[0], meta) &&
	       root_inside(&meta->trees[1], meta);
}

/* NULL, or what is wrong. */
static const char *metas_wrong(const unsigned char *bytes, ssize_t got,
			       off_t size, struct meta *out)
{
	struct meta metas[META_PAGES];

	if (!got)
		return "是空文件" RESTORE;
	if (got < META_PAGES * PAGE_SIZE)
		return got >= 2 * PAGE_HEADER && !magic_elsewhere(bytes)
			       ? NOT_OURS
			       : "文件不完整" RESTORE;
	for (unsigned i = 0; i < META_PAGES; i++)
		metas[i] = meta_of(bytes + i * PAGE_SIZE);
	if (!meta_ours(&metas[0], 0) || !meta_ours(&metas[1], 1))
		return foreign(bytes, metas);
	const struct meta *newest = &metas[metas[1].txn > metas[0].txn];
	const struct meta *other = &metas[newest == metas];
	if (newest->txn - other->txn != 1)
		return "文件头已损坏，最近一次保存的内容可能丢失" RESTORE;
	if (!roots_inside(newest))
		return "文件头已损坏" RESTORE;
	if ((uint64_t)size / PAGE_SIZE < newest->last_page + 1)
		return "文件不完整，后面的部分不见了" RESTORE;
	*out = *newest;
	return NULL;
}

/* The tables are few: their roots stand in one page. */
static bool tables_sound(int fd, const struct meta *meta)
{
	const struct tree *all = &meta->trees[1];
	unsigned char page[PAGE_SIZE];

	if (all->root == NO_ROOT || all->depth != 1 ||
	    pread(fd, page, sizeof(page), (off_t)all->root * PAGE_SIZE) !=
		    sizeof(page) ||
	    !page_sound(page, all->root) || !page_is_leaf(page))
		return false;
	for (unsigned i = 0; i < page_nodes(page); i++) {
		struct node node = page_node(page, i);

		if (!node.is_tree)
			return false;
		struct tree tree =
			tree_of((const unsigned char *)node.value.text);
		if (!root_inside(&tree, meta) || tree.depth > DEPTH_MAX)
			return false;
	}
	return true;
}

static const char *look_once(int fd)
{
	unsigned char bytes[META_PAGES * PAGE_SIZE];
	struct meta newest;
	struct stat st;
	ssize_t got = pread(fd, bytes, sizeof(bytes), 0);

	if (got < 0 || fstat(fd, &st))
		return err_words(errno);
	const char *wrong = metas_wrong(bytes, got, st.st_size, &newest);
	if (!wrong && !tables_sound(fd, &newest))
		wrong = "表的目录已损坏" RESTORE;
	return wrong;
}

static void wait_a_little(void)
{
	nanosleep(&(struct timespec){.tv_nsec = 20 * 1000 * 1000}, NULL);
}

/* Somebody may be writing a meta page just now: look again. */
static const char *look(int fd)
{
	const char *wrong = look_once(fd);

	for (int i = 1; wrong && i < TRIES; i++) {
		wait_a_little();
		wrong = look_once(fd);
	}
	return wrong;
}

bool file_verify_open(int fd, const char *path, struct err *err)
{
	struct stat st;
	const char *wrong = !fstat(fd, &st) && S_ISREG(st.st_mode)
				    ? look(fd)
				    : "不是普通文件，请检查路径";

	if (wrong)
		return err_set(err, ERR_STORE, "提案库 %s %s", path, wrong);
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

/*
 * Whoever copies an older file into this one leaves its number as it is. The
 * lock file knows then of commits that the file has not, and LMDB would take
 * whatever stands where the last one stood.
 */
bool file_newest(const struct store *store, MDB_txn *txn, bool writes,
		 struct err *err)
{
	uint64_t id = mdb_txn_id(txn);
	MDB_envinfo info;

	mdb_env_info(store->env, &info);
	if (writes ? info.me_last_txnid + 1 == id : info.me_last_txnid >= id)
		return true;
	return err_set(err, ERR_STORE,
		       "提案库 %s 在使用中被写成了另一份内容，请所有人退出，"
		       "由管理员从备份恢复",
		       store->dir);
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
	if (fstat(fd, &ours) || stat(path, &theirs))
		return store_failed(err, errno, path);
	if (ours.st_dev == theirs.st_dev && ours.st_ino == theirs.st_ino)
		return true;
	return err_set(err, ERR_STORE,
		       "提案库 %s 已被换成另一个文件，请退出后重新登录", path);
}
