#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/audit.h"

/*
 * Every page of the file is a meta page, in one table once, or in the free
 * list. Read without LMDB, and page by page only what leads on: a value's own
 * pages are proved by its checksum.
 */
enum { META_PAGES = 2, DEPTH_MAX = 32 };

/* The trees that are no table of ours. */
enum { TABLE_LIST = TABLE_COUNT, FREE_LIST };

struct walk {
	struct audit *audit;
	int fd;
	unsigned char *used; /* owned; a bit a page */
	unsigned tree;       /* which one it is: a table, or one of those */
	unsigned depth;      /* of its leaves */
	bool broken;
	struct tree have; /* what was counted */
	unsigned char last[512];
	size_t last_len; /* the last key that was read */
};

/* The keys of a page: from `low` on, before `high`; NULL is no limit. */
struct range {
	struct slice low, high;
};

static int file_of(const struct audit *audit)
{
	int fd;

	mdb_env_get_fd(audit->store->env, &fd);
	return fd;
}

bool audit_begin(struct audit *audit)
{
	unsigned char bytes[META_PAGES * PAGE_SIZE];
	uint64_t txn = mdb_txn_id(audit->reading->txn);

	if (pread(file_of(audit), bytes, sizeof(bytes), 0) != sizeof(bytes))
		return false;
	audit->meta = meta_of(bytes + (txn & 1) * PAGE_SIZE);
	return audit->meta.txn == txn;
}

static const char *tree_name(const struct walk *walk)
{
	if (walk->tree < TABLE_COUNT)
		return table_names[walk->tree];
	return walk->tree == TABLE_LIST ? "表的目录" : "空闲页清单";
}

static MDB_val val_of(struct slice text)
{
	return (MDB_val){text.len, (void *)(uintptr_t)text.text};
}

/* "，涉及…": which proposals or batches a page of this table has. */
static void range_words(const struct walk *walk, const struct range *range,
			struct buf *out)
{
	uint32_t low = place_id(val_of(range->low), 0);
	uint32_t high = place_id(val_of(range->high), 0);

	if (walk->tree == TABLE_RECORDS) {
		buf_printf(out, "，涉及%s%s%s%s%s的提案",
			   range->low.len ? label_of(low).text : "",
			   range->low.len ? "起" : "",
			   range->low.len && range->high.len ? "、" : "",
			   range->high.len ? label_of(high).text : "",
			   range->high.len ? "以前" : "");
	} else if (walk->tree == TABLE_EVENTS || walk->tree == TABLE_BATCHES) {
		buf_printf(out, "，涉及批次 %u ", (unsigned)low);
		if (range->high.len)
			buf_printf(out, "至 %u", (unsigned)high);
		else
			buf_str(out, "以后");
	}
}

__attribute__((format(printf, 2, 3))) static void found(struct walk *walk,
							const char *fmt, ...)
{
	struct err sentence;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(sentence.text, sizeof(sentence.text), fmt, ap);
	va_end(ap);
	if (walk->tree < TABLE_COUNT)
		audit_found_in(walk->audit, (enum table)walk->tree, "表 %s %s",
			       tree_name(walk), sentence.text);
	else if (walk->tree == FREE_LIST)
		audit_derived(walk->audit, "%s %s", tree_name(walk),
			      sentence.text);
	else
		audit_found(walk->audit, "%s %s", tree_name(walk),
			    sentence.text);
	walk->broken = true;
}

static void found_page(struct walk *walk, uint64_t page,
		       const struct range *range)
{
	struct buf words = {0};

	range_words(walk, range, &words);
	found(walk, "的第 %llu 页已损坏%s", (unsigned long long)page,
	      buf_text(&words));
	buf_free(&words);
}

/* Each page once. */
static bool take_page(struct walk *walk, uint64_t page,
		      const struct range *range)
{
	if (page < META_PAGES || page > walk->audit->meta.last_page) {
		found_page(walk, page, range);
		return false;
	}
	unsigned char bit = (unsigned char)(1u << page % 8);
	bool twice = walk->used[page / 8] & bit;

	walk->used[page / 8] |= bit;
	if (twice)
		found(walk, "的第 %llu 页另有他用", (unsigned long long)page);
	return !twice;
}

static bool read_page(const struct walk *walk, uint64_t page,
		      unsigned char *bytes, size_t size)
{
	return pread(walk->fd, bytes, size, (off_t)page * PAGE_SIZE) ==
	       (ssize_t)size;
}

/* The pages of a long value. */
static bool take_run(struct walk *walk, const struct node *node,
		     const struct range *range)
{
	uint64_t pages = (PAGE_HEADER + (uint64_t)node->size + PAGE_SIZE - 1) /
			 PAGE_SIZE;
	unsigned char head[PAGE_HEADER];

	for (uint64_t i = 0; i < pages; i++)
		if (!take_page(walk, node->child + i, range))
			return false;
	walk->have.overflows += pages;
	if (read_page(walk, node->child, head, sizeof(head)) &&
	    page_run(head, node->child) == pages)
		return true;
	found_page(walk, node->child, range);
	return false;
}

static void walk_tree(struct walk *walk, unsigned tree,
		      const struct tree *wanted);

static void take_table(struct walk *walk, const struct node *node)
{
	struct walk inner = *walk;
	unsigned table = 0;

	while (table < TABLE_COUNT &&
	       !slice_equal(node->key, slice_text(table_names[table])))
		table++;
	if (table == TABLE_COUNT || !node->is_tree) {
		found(walk, "里多出一项");
		return;
	}
	struct tree wanted = tree_of((const unsigned char *)node->value.text);
	walk_tree(&inner, table, &wanted);
}

/* Numbers of pages, behind their count; they descend. */
static void take_free(struct walk *walk, const unsigned char *bytes,
		      size_t size)
{
	uint64_t count = 0, before = UINT64_MAX, page;

	if (size >= sizeof(count))
		memcpy(&count, bytes, sizeof(count));
	if (size < sizeof(count) || count > size / sizeof(page) - 1) {
		found(walk, "里有一项已损坏");
		return;
	}
	for (uint64_t i = 1; i <= count; i++) {
		memcpy(&page, bytes + i * sizeof(page), sizeof(page));
		if (page >= before) {
			found(walk, "的顺序已损坏");
			return;
		}
		before = page;
		if (!take_page(walk, page, &(struct range){0}))
			return;
	}
}

static void take_free_node(struct walk *walk, const struct node *node)
{
	const unsigned char *value = (const unsigned char *)node->value.text;

	if (!node->elsewhere) {
		take_free(walk, value, node->value.len);
		return;
	}
	unsigned char *bytes = mem_new(node->size);
	off_t at = (off_t)node->child * PAGE_SIZE + PAGE_HEADER;
	if (pread(walk->fd, bytes, node->size, at) == (ssize_t)node->size)
		take_free(walk, bytes, node->size);
	else
		found(walk, "里有一项已损坏");
	free(bytes);
}

/* The free list's keys are numbers of transactions, as they stand in memory. */
static int compare(const struct walk *walk, struct slice a, struct slice b)
{
	uint64_t x = 0, y = 0;

	if (walk->tree == FREE_LIST && a.len == 8 && b.len == 8) {
		memcpy(&x, a.text, 8);
		memcpy(&y, b.text, 8);
		return (x > y) - (x < y);
	}
	if (audit_ascends(val_of(a), val_of(b)))
		return -1;
	return audit_ascends(val_of(b), val_of(a)) ? 1 : 0;
}

/* Behind the last key, and in the range that the page above gives. */
static bool in_order(struct walk *walk, struct slice k,
		     const struct range *range)
{
	struct slice last = {(char *)walk->last, walk->last_len};
	bool right = (!last.len || compare(walk, last, k) < 0) &&
		     (!range->low.len || compare(walk, range->low, k) <= 0) &&
		     (!range->high.len || compare(walk, k, range->high) < 0) &&
		     (walk->tree != FREE_LIST || k.len == 8);

	memcpy(walk->last, k.text, k.len);
	walk->last_len = k.len;
	return right;
}

static bool take_leaf(struct walk *walk, const unsigned char *page,
		      const struct range *range)
{
	for (unsigned i = 0; i < page_nodes(page); i++) {
		struct node node = page_node(page, i);

		if (!in_order(walk, node.key, range))
			return false;
		walk->have.entries++;
		if (node.elsewhere && !take_run(walk, &node, range))
			continue;
		if (walk->tree == TABLE_LIST)
			take_table(walk, &node);
		else if (walk->tree == FREE_LIST)
			take_free_node(walk, &node);
		else if (node.is_tree)
			return false;
	}
	return true;
}

static void walk_page(struct walk *walk, uint64_t number, unsigned depth,
		      const struct range *range);

static bool take_branch(struct walk *walk, const unsigned char *page,
			unsigned depth, const struct range *range)
{
	unsigned count = page_nodes(page);

	for (unsigned i = 0; i < count; i++) {
		struct node node = page_node(page, i);
		struct range inner = {i ? node.key : range->low, range->high};

		if (i + 1 < count)
			inner.high = page_node(page, i + 1).key;
		if (inner.low.len && inner.high.len &&
		    compare(walk, inner.low, inner.high) >= 0)
			return false;
		walk_page(walk, node.child, depth + 1, &inner);
	}
	return count > 1;
}

static void walk_page(struct walk *walk, uint64_t number, unsigned depth,
		      const struct range *range)
{
	unsigned char page[PAGE_SIZE];
	bool leaf = depth == walk->depth;

	if (!take_page(walk, number, range))
		return;
	if (!read_page(walk, number, page, sizeof(page)) ||
	    !page_sound(page, number) || page_is_leaf(page) != leaf ||
	    !(leaf ? take_leaf(walk, page, range)
		   : take_branch(walk, page, depth, range)))
		found_page(walk, number, range);
	else if (leaf)
		walk->have.leaves++;
	else
		walk->have.branches++;
}

static void compare_counts(struct walk *walk, const struct tree *wanted)
{
	const struct tree *have = &walk->have;

	if (have->entries != wanted->entries)
		found(walk, "应有 %llu 项，实有 %llu 项",
		      (unsigned long long)wanted->entries,
		      (unsigned long long)have->entries);
	else if (have->leaves != wanted->leaves ||
		 have->branches != wanted->branches ||
		 have->overflows != wanted->overflows)
		found(walk, "的页数与记录不一致");
}

static void walk_tree(struct walk *walk, unsigned tree,
		      const struct tree *wanted)
{
	walk->tree = tree;
	walk->depth = wanted->depth;
	walk->have = (struct tree){0};
	walk->last_len = 0;
	walk->broken = false;
	if (wanted->root != NO_ROOT &&
	    (!wanted->depth || wanted->depth > DEPTH_MAX))
		found(walk, "的层数不对");
	else if (wanted->root != NO_ROOT)
		walk_page(walk, wanted->root, 1, &(struct range){0});
	if (!walk->broken)
		compare_counts(walk, wanted);
	if (walk->broken && tree < TABLE_COUNT)
		walk->audit->sums->broken |= BIT(tree);
	if (walk->broken && tree == TABLE_LIST)
		walk->audit->sums->broken = ~0u;
}

/* Pages that no table and no free list has: they are lost, and no more. */
static void count_lost(struct walk *walk)
{
	uint64_t lost = 0;

	for (uint64_t page = META_PAGES; page <= walk->audit->meta.last_page;
	     page++)
		lost += !(walk->used[page / 8] >> page % 8 & 1);
	if (lost)
		audit_derived(walk->audit,
			      "有 %llu 页既没有用上，也不在空闲页清单里",
			      (unsigned long long)lost);
}

void audit_pages(struct audit *audit)
{
	struct walk walk = {.audit = audit, .fd = file_of(audit)};

	walk.used = mem_new(audit->meta.last_page / 8 + 1);
	walk_tree(&walk, TABLE_LIST, &audit->meta.trees[1]);
	bool whole = !audit->sums->broken;
	walk_tree(&walk, FREE_LIST, &audit->meta.trees[0]);
	if (whole && !walk.broken)
		count_lost(&walk);
	free(walk.used);
}
