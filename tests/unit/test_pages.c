/* The file page by page: what stands there is believed only as far as it is
 * proved, and damage is told with the table and the proposals it is about. */
#include "store/pages.h"

#include "raw.h"
#include "store/repair.h"

enum { COUNT = 400, HEADER = 16 };

struct file {
	struct reg *reg;
	struct buf bytes;
	struct meta meta;
	uint64_t roots[TABLE_COUNT];
};

static unsigned char *page_of(const struct file *file, uint64_t number)
{
	return (unsigned char *)file->bytes.data + number * PAGE_SIZE;
}

static unsigned table_named(struct slice name)
{
	unsigned table = 0;

	while (table < TABLE_COUNT &&
	       !slice_equal(name, slice_text(table_names[table])))
		table++;
	assert_true(table < TABLE_COUNT);
	return table;
}

static const char *path_of(const struct reg *reg)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/data.mdb", reg->dir);
	return path;
}

/* As it is on the disk now. */
static void file_look(struct file *file)
{
	buf_free(&file->bytes);
	file->bytes = file_read(path_of(file->reg));
	struct meta metas[2] = {meta_of(page_of(file, 0)),
				meta_of(page_of(file, 1))};
	file->meta = metas[metas[1].txn > metas[0].txn];
	const unsigned char *list = page_of(file, file->meta.trees[1].root);
	for (unsigned i = 0; i < page_nodes(list); i++) {
		struct node node = page_node(list, i);

		file->roots[table_named(node.key)] =
			tree_of((const unsigned char *)node.value.text).root;
	}
}

/* Enough for tables of several pages, values with pages of their own, and a
 * free list. */
static struct file file_new(void)
{
	struct file file = {.reg = reg_new()};
	struct reg *reg = file.reg;

	reg_fill(reg, COUNT, "received");
	struct proposal p = reg_get(reg, 9);
	p.body = arena_printf(&reg->arena, "%09000d", 1);
	reg_edit(reg, reg_put(&p, 1));
	reg_edit(reg, reg_status(7, 1, "filed"));
	reg_edit(reg, reg_remove(8, 1));
	reg_check(reg);
	reg_close(reg);
	file_look(&file);
	return file;
}

static void file_free(struct file *file)
{
	buf_free(&file->bytes);
	reg_free(file->reg);
}

/* The first leaf of a table. */
static uint64_t leaf_of(const struct file *file, enum table table)
{
	uint64_t page = file->roots[table];

	while (!page_is_leaf(page_of(file, page)))
		page = page_node(page_of(file, page), 0).child;
	return page;
}

struct hearing {
	const char *words;
	bool heard;
	struct buf all;
	struct check_sums sums;
	uint64_t findings;
};

static void hear(void *arg, const char *sentence)
{
	struct hearing *hearing = arg;

	hearing->heard |= strstr(sentence, hearing->words) != NULL;
	buf_char(&hearing->all, '\n');
	buf_str(&hearing->all, sentence);
}

static struct hearing listen(struct file *file, const char *words)
{
	struct hearing hearing = {.words = words};
	struct reg *reg = file->reg;

	file_write(path_of(reg), file->bytes.data, file->bytes.len);
	reg_open(reg);
	assert_ok(reg, store_check(reg->store, hear, &hearing, &hearing.sums,
				   &hearing.findings, &reg->err));
	reg_close(reg);
	if (!hearing.heard)
		fail_msg("does not say %s but:%s", words,
			 buf_text(&hearing.all));
	return hearing;
}

/* This damage is told so, and all of it can or cannot be repaired. */
static void assert_told(struct file *file, const char *words, bool derived)
{
	struct hearing hearing = listen(file, words);

	if ((hearing.sums.derived == hearing.findings) != derived)
		fail_msg("%d of %d:%s", (int)hearing.sums.derived,
			 (int)hearing.findings, buf_text(&hearing.all));
	buf_free(&hearing.all);
	file_free(file);
}

static void put_number(unsigned char *to, size_t width, uint64_t value)
{
	for (size_t i = 0; i < width; i++)
		to[i] = (unsigned char)(value >> 8 * i);
}

static uint64_t get_number(const unsigned char *from, size_t width)
{
	uint64_t value = 0;

	for (size_t i = 0; i < width; i++)
		value |= (uint64_t)from[i] << 8 * i;
	return value;
}

/* Where an entry stands in its page. */
static unsigned char *node_of(unsigned char *page, unsigned at)
{
	return page + get_number(page + HEADER + 2 * (size_t)at, 2);
}

static void the_root_of_a_table_is_told_with_the_table(void **state)
{
	static const struct {
		enum table table;
		bool derived;
		const char *words;
	} cases[] = {
		{TABLE_DICT, true, "表 dict 的第"},
		{TABLE_COLUMNS, true, "表 columns 的第"},
		{TABLE_TEXTS, true, "表 texts 的第"},
		{TABLE_RECORDS, false, "表 records 的第"},
		{TABLE_EVENTS, false, "表 events 的第"},
		{TABLE_BATCHES, false, "表 batches 的第"},
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct file file = file_new();

		memset(page_of(&file, file.roots[cases[i].table]), 0,
		       PAGE_SIZE);
		assert_told(&file, cases[i].words, cases[i].derived);
	}
}

static void what_a_page_can_have_wrong(void **state)
{
	(void)state;
	for (int i = 0; i < 9; i++) {
		struct file file = file_new();
		unsigned char *page =
			page_of(&file, leaf_of(&file, TABLE_RECORDS));
		unsigned char *node = node_of(page, 3);

		if (i == 0)
			put_number(page, 8, 99); /* another page's number */
		else if (i == 1)
			put_number(page + 10, 2, PAGE_BRANCH);
		else if (i == 2)
			put_number(page + 12, 2, 6000); /* entries */
		else if (i == 3)
			put_number(page + 14, 2, 6000); /* what is used */
		else if (i == 4)
			put_number(page + HEADER + 6, 2, 4094);
		else if (i == 5)
			put_number(node + 6, 2, 600); /* the key's length */
		else if (i == 6)
			put_number(node, 4, 5000); /* the value's */
		else if (i == 7)
			put_number(node + 4, 2, 0x02); /* a table in a table */
		else
			node[8 + 3] ^= 0xff; /* the key: out of order */
		assert_told(&file, "表 records 的第", false);
	}
}

static void a_leaf_is_told_with_its_proposals(void **state)
{
	struct file file = file_new();
	uint64_t root = file.roots[TABLE_RECORDS];
	char label[64], words[128];

	(void)state;
	assert_false(page_is_leaf(page_of(&file, root)));
	struct node second = page_node(page_of(&file, root), 1);
	MDB_val at = {second.key.len, (void *)(uintptr_t)second.key.text};
	key_label(place_id(at, 0), 0, label);
	snprintf(words, sizeof(words), "涉及%s以前的提案", label);
	struct node first = page_node(page_of(&file, root), 0);
	memset(page_of(&file, first.child), 0, PAGE_SIZE);
	assert_told(&file, words, false);
}

static void a_leaf_is_told_with_its_batches(void **state)
{
	struct file file = file_new();
	uint64_t root = file.roots[TABLE_EVENTS];

	(void)state;
	assert_false(page_is_leaf(page_of(&file, root)));
	struct node last = page_node(page_of(&file, root),
				     page_nodes(page_of(&file, root)) - 1);
	memset(page_of(&file, last.child), 0, PAGE_SIZE);
	assert_told(&file, "涉及批次 1 以后", false);
}

static void a_branch_that_leads_in_a_circle_ends(void **state)
{
	struct file file = file_new();
	uint64_t root = file.roots[TABLE_RECORDS];

	(void)state;
	put_number(node_of(page_of(&file, root), 1), 6, root);
	assert_told(&file, "另有他用", false);
}

static void a_branch_that_leads_out_of_the_file(void **state)
{
	static const struct {
		uint64_t to;
		const char *words;
	} cases[] = {{1000000, "表 columns 的第 1000000 页已损坏"},
		     {1, "表 columns 的第 1 页已损坏"}};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct file file = file_new();
		unsigned char *root = page_of(&file, file.roots[TABLE_COLUMNS]);

		put_number(node_of(root, 1), 6, cases[i].to);
		assert_told(&file, cases[i].words, true);
	}
}

/* Too far for the next one, or just behind the first key that it leads to. */
static void separators_out_of_order(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct file file = file_new();
		unsigned char *page = page_of(&file, file.roots[TABLE_RECORDS]);

		if (i)
			node_of(page, 1)[8 + 3]++;
		else
			node_of(page, 1)[8 + 2] ^= 0x40;
		assert_told(&file, "表 records 的第", false);
	}
}

/* The node that leads to proposal 9's long text. */
static unsigned char *long_node(const struct file *file)
{
	unsigned char *page = page_of(file, leaf_of(file, TABLE_RECORDS));

	for (unsigned i = 0; i < page_nodes(page); i++)
		if (page_node(page, i).elsewhere)
			return node_of(page, i);
	fail_msg("no value has pages of its own");
	return NULL;
}

static void pages_of_a_long_text(void **state)
{
	(void)state;
	for (int i = 0; i < 4; i++) {
		struct file file = file_new();
		unsigned char *value = long_node(&file) + 8 + 4;
		uint64_t first = get_number(value, 8);

		if (i == 0)
			put_number(page_of(&file, first) + 12, 4, 1);
		else if (i == 3)
			put_number(page_of(&file, first), 8, first + 1);
		else if (i == 1)
			put_number(page_of(&file, first) + 10, 2, PAGE_LEAF);
		else
			put_number(value, 8, 1000000);
		assert_told(&file, "的提案", false);
	}
}

static void counts_of_a_tree(void **state)
{
	static const struct {
		size_t at;
		const char *words;
	} cases[] = {{6, "表 records 的"},
		     {8, "页数与记录不一致"},
		     {16, "页数与记录不一致"},
		     {24, "页数与记录不一致"},
		     {32, "表 records 应有 401 项，实有 400 项"}};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct file file = file_new();
		unsigned char *list = page_of(&file, file.meta.trees[1].root);
		unsigned at = 0;

		while (table_named(page_node(list, at).key) != TABLE_RECORDS)
			at++;
		struct node node = page_node(list, at);
		unsigned char *tree = node_of(list, at) + 8 + node.key.len;
		put_number(tree + cases[i].at, 2,
			   get_number(tree + cases[i].at, 2) + 1);
		assert_told(&file, cases[i].words, false);
	}
}

/* The first value of the free list. */
static unsigned char *free_value(const struct file *file, size_t *count)
{
	uint64_t root = file->meta.trees[0].root;
	unsigned char *node = node_of(page_of(file, root), 0);
	unsigned char *value = node + 8 + 8;

	*count = get_number(value, 8);
	return value;
}

/* One that is used, in the place of one that is not; they descend. */
static void free_a_used_page(const struct file *file, unsigned char *value,
			     size_t count)
{
	for (size_t i = 1; i <= count; i++) {
		uint64_t above =
			i > 1 ? get_number(value + 8 * (i - 1), 8) : UINT64_MAX;
		uint64_t below =
			i < count ? get_number(value + 8 * (i + 1), 8) : 0;

		for (int table = 0; table < TABLE_COUNT; table++) {
			uint64_t used = file->roots[table];

			if (used >= above || used <= below)
				continue;
			put_number(value + 8 * i, 8, used);
			return;
		}
	}
	fail_msg("no root fits between the free pages");
}

static void the_free_list(void **state)
{
	static const char *const words[] = {
		"另有他用", "空闲页清单 的顺序已损坏",
		"空闲页清单 里有一项已损坏", "空闲页清单 的第 1000000 页"};

	(void)state;
	for (size_t i = 0; i < LENGTH(words); i++) {
		struct file file = file_new();
		size_t count;
		unsigned char *value = free_value(&file, &count);

		assert_true(count > 1);
		if (i == 0)
			free_a_used_page(&file, value, count);
		else if (i == 1)
			memcpy(value + 16, value + 8, 8);
		else if (i == 2)
			put_number(value, 8, 100000);
		else
			put_number(value + 8, 8, 1000000);
		assert_told(&file, words[i], true);
	}
}

/* A page of the free list with this and nothing else in it. */
static void set_free_page(const struct file *file, size_t key_len,
			  const void *value, size_t len)
{
	size_t size = 8 + key_len + len, start = PAGE_SIZE - size - size % 2;
	unsigned char *page = page_of(file, file->meta.trees[0].root);
	unsigned char *node = page + start;

	put_number(page + 12, 2, HEADER + 2);
	put_number(page + 14, 2, start);
	put_number(page + HEADER, 2, start);
	put_number(node, 4, len);
	put_number(node + 4, 2, 0);
	put_number(node + 6, 2, key_len);
	put_number(node + 8, key_len, 3);
	memcpy(node + 8 + key_len, value, len);
}

static void entries_of_the_free_list_of_another_size(void **state)
{
	const uint64_t none[2] = {0};
	struct file file = file_new();

	(void)state;
	set_free_page(&file, 8, none, 4);
	assert_told(&file, "空闲页清单 里有一项已损坏", true);
	file = file_new();
	set_free_page(&file, 4, none, 16);
	assert_told(&file, "空闲页清单 的第", true);
}

static void a_free_list_cannot_be_so_high(void **state)
{
	static const uint64_t depths[] = {0, 200};

	(void)state;
	for (size_t i = 0; i < LENGTH(depths); i++) {
		struct file file = file_new();
		unsigned char *meta = page_of(&file, file.meta.txn & 1);

		put_number(meta + 40 + 6, 2, depths[i]);
		assert_told(&file, "空闲页清单 的层数不对", true);
	}
}

/* By somebody with LMDB's own tools. */
static void a_table_too_many_is_told(void **state)
{
	struct reg *reg = reg_new();
	struct check_sums sums;
	struct hearing hearing = {.words = "表的目录 里多出一项"};
	MDB_env *env;
	MDB_txn *txn;
	MDB_dbi more;

	(void)state;
	reg_close(reg);
	assert_int_equal(mdb_env_create(&env), 0);
	assert_int_equal(mdb_env_set_maxdbs(env, 1), 0);
	assert_int_equal(mdb_env_open(env, reg->dir, 0, 0600), 0);
	assert_int_equal(mdb_txn_begin(env, NULL, 0, &txn), 0);
	assert_int_equal(mdb_dbi_open(txn, "more", MDB_CREATE, &more), 0);
	assert_int_equal(mdb_txn_commit(txn), 0);
	mdb_env_close(env);
	reg_open(reg);
	assert_ok(reg, store_check(reg->store, hear, &hearing, &sums,
				   &hearing.findings, &reg->err));
	if (!hearing.heard)
		fail_msg("%s", buf_text(&hearing.all));
	buf_free(&hearing.all);
	reg_free(reg);
}

/* Its size is that of a table's numbers, and now it says that it is one. */
static void a_table_in_a_table_is_told(void **state)
{
	struct reg *reg = reg_new();
	struct file file = {.reg = reg};
	struct buf value = {0};
	struct hearing hearing;
	size_t at;

	(void)state;
	reg_close(reg);
	struct raw raw = raw_open(reg);
	buf_printf(&value, "%048d", 7);
	raw_put(&raw, TABLE_DICT, place_byte(0, 0x01020304), value);
	raw_close(&raw);
	file.bytes = file_read(path_of(reg));
	for (at = 0; memcmp(file.bytes.data + at,
			    "\0\1\2\3\4"
			    "000",
			    8);
	     at++)
		;
	put_number((unsigned char *)file.bytes.data + at - 4, 2, 0x02);
	hearing = listen(&file, "表 dict 的第");
	assert_int_equal(hearing.findings, hearing.sums.derived);
	buf_free(&hearing.all);
	file_free(&file);
}

/* Neither the record nor the column that would know its number. */
static void a_lost_record_has_no_number_without_its_column(void **state)
{
	struct file file = file_new();
	struct raw raw = raw_open(file.reg);

	(void)state;
	raw_del(&raw, TABLE_RECORDS, place_of(reg_key(5)));
	raw_close(&raw);
	file_look(&file);
	memset(page_of(&file, file.roots[TABLE_COLUMNS]), 0, PAGE_SIZE);
	assert_told(&file, "位置 4 的提案不见了", false);
}

static void a_page_that_nobody_has_is_told(void **state)
{
	struct file file = file_new();
	size_t count;
	unsigned char *value = free_value(&file, &count);

	(void)state;
	put_number(value, 8, count - 1);
	assert_told(&file, "有 1 页既没有用上，也不在空闲页清单里", true);
}

/* The tables whose pages are damaged are not asked, all others are. */
static void the_rest_is_checked_all_the_same(void **state)
{
	struct file file = file_new();
	struct hearing hearing;

	(void)state;
	memset(page_of(&file, file.roots[TABLE_COLUMNS]), 0, PAGE_SIZE);
	memset(page_of(&file, file.roots[TABLE_TEXTS]), 0, PAGE_SIZE);
	hearing = listen(&file, "表 texts 的第");
	assert_int_equal(hearing.findings, 2);
	assert_int_equal(hearing.sums.proposals, COUNT - 1);
	assert_int_equal(hearing.sums.removed, 1);
	assert_int_equal(hearing.sums.events, COUNT + 3);
	assert_int_equal(hearing.sums.batches, 4);
	buf_free(&hearing.all);
	file_free(&file);
}

static bool repair(struct file *file)
{
	const char *codes[] = {"received"};
	const struct strings statuses = {codes, 1};
	struct hearing hearing = {.words = ""};
	struct reg *reg = file->reg;
	struct repaired done;

	file_write(path_of(reg), file->bytes.data, file->bytes.len);
	bool ok = store_repair(reg->dir, &statuses, hear, &hearing, &done,
			       &reg->err);
	assert_true(done.findings > 0);
	buf_free(&hearing.all);
	return ok;
}

static void what_follows_is_made_anew_whatever_its_pages_are(void **state)
{
	static const enum table tables[] = {TABLE_DICT, TABLE_COLUMNS,
					    TABLE_TEXTS};
	struct file file = file_new();
	size_t count;

	(void)state;
	for (size_t i = 0; i < LENGTH(tables); i++)
		memset(page_of(&file, file.roots[tables[i]]), 0xff, PAGE_SIZE);
	put_number(free_value(&file, &count), 8, 100000);
	assert_ok(file.reg, repair(&file));
	reg_open(file.reg);
	reg_check(file.reg);
	assert_string_equal(reg_get(file.reg, 7).status, "filed");
	assert_string_equal(reg_get(file.reg, 9).status, "received");
	file_free(&file);
}

static void what_the_rest_follows_from_is_not(void **state)
{
	static const enum table tables[] = {TABLE_RECORDS, TABLE_EVENTS,
					    TABLE_BATCHES};

	(void)state;
	for (size_t i = 0; i < LENGTH(tables); i++) {
		struct file file = file_new();

		memset(page_of(&file, file.roots[tables[i]]), 0, PAGE_SIZE);
		assert_false(repair(&file));
		assert_int_equal(file.reg->err.code, ERR_STORE);
		assert_says(file.reg, "从备份恢复");
		file_free(&file);
	}
}

static void assert_refused(const struct file *file, size_t size,
			   const char *words)
{
	struct reg *reg = file->reg;

	file_write(path_of(reg), file->bytes.data, size);
	assert_false(
		store_open(&reg->store, reg->dir, STORE_READ_ONLY, &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, words);
}

static void a_damaged_list_of_tables_is_not_opened(void **state)
{
	struct file file = file_new();
	unsigned char *list = page_of(&file, file.meta.trees[1].root);
	unsigned char kept[PAGE_SIZE];

	(void)state;
	memcpy(kept, list, PAGE_SIZE);
	for (int i = 0; i < 4; i++) {
		struct node node = page_node(kept, 0);
		unsigned char *tree = node_of(list, 0) + 8 + node.key.len;

		if (i == 0)
			memset(list, 0, PAGE_SIZE);
		else if (i == 1)
			put_number(tree + 40, 8, 1000000); /* root */
		else if (i == 2)
			put_number(tree + 6, 2, 200); /* depth */
		else
			put_number(node_of(list, 0) + 4, 2, 0);
		assert_refused(&file, file.bytes.len, "表的目录已损坏");
		memcpy(list, kept, PAGE_SIZE);
	}
	file_free(&file);
}

/* What the newest head says of the list of tables. */
static void a_head_that_leads_to_no_list_is_not_opened(void **state)
{
	enum { DEPTH = 88 + 6, ROOT = 88 + 40 };
	struct file file = file_new();
	unsigned char *meta = page_of(&file, file.meta.txn & 1);
	uint64_t root = file.meta.trees[1].root;
	unsigned char *branch = page_of(&file, file.roots[TABLE_RECORDS]);

	(void)state;
	put_number(meta + ROOT, 8, 1);
	assert_refused(&file, file.bytes.len, "文件头已损坏");
	put_number(meta + ROOT, 8, NO_ROOT);
	assert_refused(&file, file.bytes.len, "表的目录已损坏");
	assert_false(page_is_leaf(branch));
	put_number(meta + ROOT, 8, file.roots[TABLE_RECORDS]);
	assert_refused(&file, file.bytes.len, "表的目录已损坏");
	put_number(meta + ROOT, 8, root);
	put_number(meta + DEPTH, 2, 2);
	assert_refused(&file, file.bytes.len, "表的目录已损坏");
	file_free(&file);
}

static void files_of_others_are_named(void **state)
{
	struct file file = file_new();
	unsigned char *first = page_of(&file, 0);
	unsigned char *second = page_of(&file, 1);
	char text[9000];

	(void)state;
	assert_refused(&file, 0, "空文件");
	assert_refused(&file, 100, "不完整");
	/* The next version's headers are longer. */
	memmove(first + 24, first + 16, 200);
	memmove(second + 24, second + 16, 200);
	memset(first + 16, 0, 8);
	memset(second + 16, 0, 8);
	assert_refused(&file, file.bytes.len, "另一版本的 LMDB");
	/* Of a machine that writes numbers the other way round. */
	memcpy(first + 24, "\xBE\xEF\xC0\xDE", 4);
	assert_refused(&file, file.bytes.len, "另一版本的 LMDB");
	memcpy(first + 24, "\xDE\xC0\xEF\xBE", 4);
	memmove(first + 16, first + 24, 200);
	memmove(second + 16, second + 24, 200);
	put_number(first + 20, 4, 999);
	assert_refused(&file, file.bytes.len, "文件头已损坏");
	put_number(second + 20, 4, 999);
	assert_refused(&file, file.bytes.len, "另一版本的 LMDB");
	put_number(first + 20, 4, 1);
	put_number(second + 20, 4, 1);
	put_number(first + 40, 4, 16384);
	memset(second, 0, PAGE_SIZE);
	assert_refused(&file, file.bytes.len, "另一种机器");
	memset(text, 'x', sizeof(text));
	memcpy(file.bytes.data, text, sizeof(text));
	assert_refused(&file, sizeof(text), "不是本程序的提案库");
	assert_refused(&file, 40, "不是本程序的提案库");
	file_free(&file);
}

/* Whatever stands in a page, nothing outside of it is read: AddressSanitizer
 * watches the buffer, which is as long as the page. */
static void no_bytes_lead_out_of_a_page(void **state)
{
	enum { ROUNDS = 200000 };
	struct file file = file_new();
	unsigned char *page = malloc(PAGE_SIZE);
	uint64_t random = 88172645463325252u, leaf, sound = 0;

	(void)state;
	assert_non_null(page);
	leaf = leaf_of(&file, TABLE_RECORDS);
	for (int i = 0; i < ROUNDS; i++) {
		memcpy(page, page_of(&file, leaf), PAGE_SIZE);
		for (int n = 0; n < 1 + i % 4; n++) {
			random ^= random << 13;
			random ^= random >> 7;
			random ^= random << 17;
			/* The header and the entries' places, above all. */
			page[(random >> 8) % (i % 2 ? 64 : PAGE_SIZE)] =
				(unsigned char)random;
		}
		if (!page_sound(page, leaf))
			continue;
		sound++;
		for (unsigned at = 0; at < page_nodes(page); at++) {
			struct node node = page_node(page, at);
			const unsigned char *end = page + PAGE_SIZE;

			assert_true((const unsigned char *)node.key.text +
					    node.key.len <=
				    end);
			assert_true((const unsigned char *)node.value.text +
					    node.value.len <=
				    end);
		}
	}
	assert_true(sound > ROUNDS / 100 && sound < ROUNDS / 2);
	free(page);
	file_free(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_root_of_a_table_is_told_with_the_table),
		cmocka_unit_test(what_a_page_can_have_wrong),
		cmocka_unit_test(a_leaf_is_told_with_its_proposals),
		cmocka_unit_test(a_leaf_is_told_with_its_batches),
		cmocka_unit_test(a_branch_that_leads_in_a_circle_ends),
		cmocka_unit_test(a_branch_that_leads_out_of_the_file),
		cmocka_unit_test(separators_out_of_order),
		cmocka_unit_test(pages_of_a_long_text),
		cmocka_unit_test(counts_of_a_tree),
		cmocka_unit_test(the_free_list),
		cmocka_unit_test(entries_of_the_free_list_of_another_size),
		cmocka_unit_test(a_free_list_cannot_be_so_high),
		cmocka_unit_test(a_table_too_many_is_told),
		cmocka_unit_test(a_table_in_a_table_is_told),
		cmocka_unit_test(
			a_lost_record_has_no_number_without_its_column),
		cmocka_unit_test(a_page_that_nobody_has_is_told),
		cmocka_unit_test(the_rest_is_checked_all_the_same),
		cmocka_unit_test(
			what_follows_is_made_anew_whatever_its_pages_are),
		cmocka_unit_test(what_the_rest_follows_from_is_not),
		cmocka_unit_test(a_damaged_list_of_tables_is_not_opened),
		cmocka_unit_test(a_head_that_leads_to_no_list_is_not_opened),
		cmocka_unit_test(files_of_others_are_named),
		cmocka_unit_test(no_bytes_lead_out_of_a_page),
	};

	return cmocka_run_group_tests_name("pages", tests, NULL, NULL);
}
