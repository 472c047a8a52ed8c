/*
 * Every kind of change over every kind of damage that LMDB cannot see: it is
 * refused and nothing is written, or the damage is found as before. And every
 * change into a store that is full at each of its pages.
 */
#include "raw.h"
#include "store/gram.h"

#include "store/compare.h"
#include "store/pages.h"
#include "store/repair.h"
#include "store/replay.h"
#include "store/touched.h"
#include "store/users.h"

enum { ROOT, EDITOR = 1002 };

static struct config *config;
static struct buf base; /* the store's file that all begin with */
static struct reg *reg;
static uint32_t batches; /* in it */

/* -- what is done */

static bool commit(struct edit edit, uint32_t undoes)
{
	struct commit commit = reg_batch(&edit, 1);

	commit.who = (struct who){ROOT, ROOT, "root", ""};
	commit.config = config;
	commit.undoes = undoes;
	return reg_commit(reg, &commit);
}

/* Something in every column. */
static struct proposal *full(uint32_t number)
{
	static const char *names[] = {"王富国"};
	static struct unit unit = {"jxj", ROLE_LEAD, "", DAY_NONE};
	struct proposal *p = reg_proposal(reg, number, "handling");

	p->title = "另一件事";
	p->proposers = (struct strings){names, 1};
	p->units = (struct units){&unit, 1};
	p->category = "industry";
	p->level = "key";
	p->result = "A";
	p->feedback = "satisfied";
	p->merged_into = reg_key(1);
	for (int i = 0; i < DATE_COUNT; i++)
		p->dates[i] = (day)(45000 + i);
	return p;
}

static bool move(void)
{
	return commit(reg_status(2, 1, "closed"), 0);
}

static bool rewrite(void)
{
	return commit(reg_put(full(2), 1), 0);
}

static bool create(void)
{
	return commit(reg_put(full(5000), 0), 0);
}

static bool take_out(void)
{
	return commit(reg_remove(3, 2), 0);
}

/* Over two segments of texts. */
static bool create_many(void)
{
	struct edit edits[40];
	struct commit many = reg_batch(edits, LENGTH(edits));

	for (uint32_t i = 0; i < LENGTH(edits); i++)
		edits[i] = reg_put(full(6000 + i), 0);
	many.who = (struct who){ROOT, ROOT, "root", ""};
	many.config = config;
	return reg_commit(reg, &many);
}

static bool revive(void)
{
	return commit(reg_put(full(4), 0), 0);
}

/* The last batch moved 1. */
static bool take_back(void)
{
	return commit(reg_status(1, 2, ""), batches);
}

static bool give_to(uint32_t uid, enum access access)
{
	const struct who root = {ROOT, ROOT, "root", ""};

	return store_user_set(reg->store, &root, uid, "bob", access, "",
			      &reg->out, &reg->err);
}

static bool give(enum access access)
{
	return give_to(EDITOR, access);
}

static bool give_role(void)
{
	return give(ACCESS_VIEW);
}

static bool take_role(void)
{
	return give(ACCESS_NONE);
}

static bool (*const changes[])(void) = {
	move,   rewrite,   create,    create_many, take_out,
	revive, take_back, give_role, take_role,
};

/* -- where it is done */

static bool can_open(void)
{
	if (!store_open(&reg->store, reg->dir, STORE_READ_WRITE, &reg->err))
		return false;
	reg->store->uid = ROOT;
	reg->store->pending_most = 0; /* all texts are in the index */
	return true;
}

static void open_it(void)
{
	assert_ok(reg, can_open());
}

/* 1 to count in one batch, each of them some other department's. */
static void create_all(uint32_t count)
{
	struct edit *edits = calloc(count, sizeof(*edits));
	struct commit all = reg_batch(edits, count);

	assert_non_null(edits);
	for (uint32_t n = 1; n <= count; n++) {
		struct unit *unit = arena_alloc(&reg->arena, sizeof(*unit));
		struct proposal *p =
			reg_proposal(reg, n, n == 1 ? "" : "received");

		*unit = (struct unit){arena_printf(&reg->arena, "d%03u", n),
				      ROLE_LEAD, "", DAY_NONE};
		if (n > 4)
			p->units = (struct units){unit, 1};
		edits[n - 1] = reg_put(p, 0);
	}
	all.who = (struct who){ROOT, ROOT, "root", ""};
	all.config = config;
	assert_ok(reg, reg_commit(reg, &all));
	free(edits);
}

/* 3 with something in every column, 4 removed, 1 moved. */
static void make_base_of(uint32_t people, uint32_t proposals)
{
	char path[96];

	if (access("/dev/shm", W_OK) == 0)
		setenv("TMPDIR", "/dev/shm", 1);
	config = config_at("tests/data/domain.yaml");
	reg = reg_new_dir();
	assert_ok(reg, store_create_with_roles(reg->dir, &reg->err));
	open_it();
	for (uint32_t i = 0; i < people; i++)
		assert_ok(reg, give_to(EDITOR + i, ACCESS_EDIT));
	create_all(proposals);
	assert_ok(reg, commit(reg_put(full(3), 1), 0));
	assert_ok(reg, commit(reg_remove(4, 1), 0));
	assert_ok(reg, commit(reg_status(1, 1, "closed"), 0));
	batches = reg->out.batch;
	assert_int_equal(batches, people + 4);
	reg_close(reg);

	/* Without a free page. */
	struct raw raw = raw_open(reg);
	snprintf(path, sizeof(path), "%s/compact", reg->dir);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_int_equal(mdb_env_copy2(raw.env, path, MDB_CP_COMPACT), 0);
	raw_close(&raw);
	snprintf(path, sizeof(path), "%s/compact/data.mdb", reg->dir);
	base = file_read(path);
	reg_free(reg);
}

static int make_base(void **state)
{
	(void)state;
	make_base_of(1, 4);
	return 0;
}

/* Of tables that have several pages. */
static int make_large_base(void **state)
{
	(void)state;
	make_base_of(150, 900);
	return 0;
}

static int free_base(void **state)
{
	(void)state;
	buf_free(&base);
	config_free(config);
	return 0;
}

/* The base once more, closed. */
static void lay_out(void)
{
	char path[80];

	reg = reg_new_dir();
	snprintf(path, sizeof(path), "%s/data.mdb", reg->dir);
	file_write(path, base.data, base.len);
}

/* -- the damage */

struct spot {
	enum table table;
	struct place at;
	size_t byte; /* which is flipped; SIZE_MAX: all of it is lost */
};

static struct buf plant(const struct spot *spot)
{
	struct raw raw = raw_open(reg);
	struct buf was = raw_get(&raw, spot->table, spot->at);

	if (spot->byte == SIZE_MAX)
		raw_del(&raw, spot->table, spot->at);
	else
		raw_flip(&raw, spot->table, spot->at, spot->byte);
	raw_close(&raw);
	return was;
}

static void mend(const struct spot *spot, struct buf was)
{
	struct raw raw = raw_open(reg);

	raw_put(&raw, spot->table, spot->at, was);
	raw_close(&raw);
}

static void heard(void *arg, const char *sentence)
{
	(void)arg, (void)sentence;
}

static void expect_sound(void)
{
	struct check_sums sums;
	uint64_t count;
	struct reading *reading = reg_begin(reg);

	assert_int_equal(reading_last_batch(reading), batches);
	reading_end(reading);
	assert_ok(reg, store_check(reg->store, reg_print, NULL, &sums, &count,
				   &reg->err));
	assert_int_equal(count, 0);
}

static void expect_found(void)
{
	struct check_sums sums;
	uint64_t count;

	if (store_check(reg->store, heard, NULL, &sums, &count, &reg->err))
		assert_true(count > 0);
	else
		assert_int_equal(reg->err.code, ERR_STORE);
}

static void try_all(const struct spot *spot)
{
	for (size_t i = 0; i < LENGTH(changes); i++) {
		lay_out();
		struct buf was = plant(spot);
		open_it();
		if (changes[i]()) {
			expect_found();
			buf_free(&was);
		} else {
			bool lost = spot->byte == SIZE_MAX;

			if (reg->err.code != ERR_STORE &&
			    (!lost || (reg->err.code != ERR_CONFLICT &&
				       reg->err.code != ERR_NOT_FOUND)))
				fail_msg("%zu: %s", i, reg->err.text);
			reg_close(reg);
			mend(spot, was);
			open_it();
			expect_sound();
		}
		reg_free(reg);
	}
}

static void try_both(enum table table, struct place at, size_t byte)
{
	struct spot flipped = {table, at, byte}, lost = {table, at, SIZE_MAX};

	try_all(&flipped);
	try_all(&lost);
}

/* -- the same for all there is */

static void each_spot(void (*try)(const struct spot *spot))
{
	struct spot spots[64];
	size_t count = 0;

	for (unsigned i = 0; i < COLUMN_COUNT; i++)
		spots[count++] = (struct spot){TABLE_COLUMNS, place_byte(i, 0),
					       CHUNK_HEADER};
	for (unsigned i = 0; i < DICT_COUNT; i++)
		spots[count++] = (struct spot){TABLE_DICT, place_byte(i, 1), 0};
	for (uint32_t n = 1; n <= 4; n++)
		spots[count++] =
			(struct spot){TABLE_RECORDS, place_of(reg_key(n)), 9};
	for (uint32_t n = 1; n <= batches; n++)
		spots[count++] = (struct spot){TABLE_BATCHES, place_of(n), 9};
	spots[count++] = (struct spot){TABLE_TEXTS, place_of(0), 9};
	spots[count++] = (struct spot){TABLE_GRAMS, place_chunk(0), 1};
	spots[count++] = (struct spot){TABLE_USERS, place_of(EDITOR), 9};
	spots[count++] =
		(struct spot){TABLE_EVENTS, place_pair(2, reg_key(1)), 9};
	spots[count++] =
		(struct spot){TABLE_EVENTS, place_pair(5, reg_key(1)), 9};
	spots[count++] = (struct spot){TABLE_META, place_name("state"), 9};
	for (size_t i = 0; i < 2 * count; i++) {
		struct spot spot = spots[i / 2];

		if (i % 2)
			spot.byte = SIZE_MAX;
		lay_out();
		struct buf was = plant(&spot);
		buf_free(&was);
		try(&spot);
		reg_free(reg);
	}
}

/* All is well then, or nothing happened. */
static bool repair(void)
{
	static const char *codes[] = {"received", "handling", "closed"};
	const struct strings statuses = {codes, LENGTH(codes)};
	char path[80];
	struct repaired repaired;

	snprintf(path, sizeof(path), "%s/data.mdb", reg->dir);
	struct buf before = file_read(path);
	bool ok = store_repair(reg->dir, &statuses, heard, NULL, &repaired,
			       &reg->err);
	if (ok) {
		open_it();
		expect_sound();
		reg_close(reg);
	} else {
		struct buf after = file_read(path);

		assert_int_equal(reg->err.code, ERR_STORE);
		assert_int_equal(after.len, before.len);
		assert_memory_equal(after.data, before.data, before.len);
		buf_free(&after);
	}
	buf_free(&before);
	return ok;
}

/* What the others can tell is told; the rest is not made up. */
static void try_repair(const struct spot *spot)
{
	bool told = spot->table != TABLE_RECORDS &&
		    spot->table != TABLE_EVENTS && spot->table != TABLE_BATCHES;

	assert_int_equal(repair(), told);
}

static bool differs(struct store *own, struct store *other)
{
	uint64_t differences;

	if (store_compare(own, other, "那个", heard, NULL, &differences,
			  &reg->err))
		return differences > 0;
	assert_int_equal(reg->err.code, ERR_STORE);
	return true;
}

/* From both sides, beside one that is sound. */
static bool compare(void)
{
	struct reg *damaged = reg;
	struct store *store;
	bool there = store_open(&damaged->store, damaged->dir, STORE_READ_WRITE,
				&damaged->err);
	bool differ = true;

	if (!there)
		return true;
	damaged->store->uid = ROOT;
	store = damaged->store;
	lay_out();
	open_it();
	differ = differs(reg->store, store);
	assert_int_equal(differs(store, reg->store), differ);
	reg_free(reg);
	reg = damaged;
	return differ;
}

/* The columns that only serve lists play no part. */
static void try_compare(const struct spot *spot)
{
	bool part = spot->table == TABLE_RECORDS ||
		    spot->table == TABLE_EVENTS ||
		    spot->table == TABLE_BATCHES || spot->table == TABLE_USERS;

	if (part)
		assert_true(compare());
	else
		(void)compare();
}

/* -- the claims */

static void look_at_all(struct reading *reading, struct buf *said);

/* Whoever reads all of it is told, unless it does not open at all. */
static void try_reading(const struct spot *spot)
{
	struct buf said = {0};

	if (!store_open(&reg->store, reg->dir, STORE_READ_WRITE, &reg->err)) {
		assert_int_equal(spot->table, TABLE_META);
		return;
	}
	reg->store->uid = ROOT;
	struct reading *reading = reg_begin(reg);
	look_at_all(reading, &said);
	reading_end(reading);
	/* A role that is gone is missed by the check alone, and texts that no
	 * index knows are read. */
	assert_int_equal(said.len == 0, (spot->table == TABLE_USERS ||
					 spot->table == TABLE_GRAMS) &&
						spot->byte == SIZE_MAX);
	buf_free(&said);
}

static void all_damage_is_told_to_who_reads(void **state)
{
	(void)state;
	each_spot(try_reading);
}

static void what_can_be_told_is_repaired_and_nothing_else(void **state)
{
	(void)state;
	each_spot(try_repair);
}

static void a_damaged_store_is_not_like_a_sound_one(void **state)
{
	(void)state;
	each_spot(try_compare);
}

static void nothing_is_changed_over_a_damaged_column(void **state)
{
	(void)state;
	for (unsigned column = 0; column < COLUMN_COUNT; column++)
		try_both(TABLE_COLUMNS, place_byte(column, 0), CHUNK_HEADER);
}

static void nothing_is_changed_over_damaged_texts(void **state)
{
	(void)state;
	try_both(TABLE_TEXTS, place_of(0), 9);
}

static void nothing_is_changed_over_a_damaged_code(void **state)
{
	(void)state;
	for (unsigned dict = 0; dict < DICT_COUNT; dict++)
		try_both(TABLE_DICT, place_byte(dict, 1), 0);
}

static void nothing_is_changed_over_a_damaged_record(void **state)
{
	(void)state;
	for (uint32_t n = 2; n <= 4; n++)
		try_both(TABLE_RECORDS, place_of(reg_key(n)), 9);
}

static void nothing_is_taken_back_over_a_damaged_batch(void **state)
{
	(void)state;
	try_both(TABLE_BATCHES, place_of(5), 9);
}

static void nobody_is_given_a_role_over_a_damaged_one(void **state)
{
	(void)state;
	try_both(TABLE_USERS, place_of(EDITOR), 9);
}

/*
 * What LMDB knows of a table stands behind the table's name, as struct MDB_db
 * of mdb.c: six numbers of eight bytes, of which the fifth counts the entries
 * and the last is the root page.
 */
enum { ENTRIES = 4, ROOT_PAGE = 5, BEYOND = 1 << 30 };

static const unsigned char *page_of(uint64_t number)
{
	return (const unsigned char *)base.data + number * PAGE_SIZE;
}

/* Where in the base the numbers of a table begin. */
static size_t numbers_of(enum table table)
{
	struct meta metas[] = {meta_of(page_of(0)), meta_of(page_of(1))};
	const struct meta *newest = &metas[metas[1].txn > metas[0].txn];
	const unsigned char *list = page_of(newest->trees[1].root);
	unsigned at = 0;

	while (!slice_equal(page_node(list, at).key,
			    slice_text(table_names[table])))
		at++;
	return (size_t)(page_node(list, at).value.text - base.data);
}

/* The base with other bytes in one place, closed. */
static void lay_out_with(size_t at, const void *bytes, size_t len)
{
	struct buf file = {0};
	char path[80];

	lay_out();
	buf_add(&file, base.data, base.len);
	memcpy(file.data + at, bytes, len);
	snprintf(path, sizeof(path), "%s/data.mdb", reg->dir);
	file_write(path, file.data, file.len);
	buf_free(&file);
}

static struct buf file_read_data(const struct reg *of)
{
	char path[80];

	snprintf(path, sizeof(path), "%s/data.mdb", of->dir);
	return file_read(path);
}

static void set_number(enum table table, size_t which, uint64_t number)
{
	lay_out_with(numbers_of(table) + 8 * which, &number, 8);
}

/*
 * The first two entries of a table in the other's place: behind the head of a
 * page, of 16 bytes, stand the places of its entries in it. False if there
 * are not two, or more than a page of them.
 */
static bool swap_entries(enum table table)
{
	uint64_t root, entries;
	uint16_t flags, places[2];

	memcpy(&root, base.data + numbers_of(table) + 8 * ROOT_PAGE, 8);
	memcpy(&entries, base.data + numbers_of(table) + 8 * ENTRIES, 8);
	if (entries < 2)
		return false;
	const char *page = base.data + root * STORE_PAGE;
	memcpy(&flags, page + 10, 2);
	if (flags != 2) /* a leaf */
		return false;
	memcpy(&places[1], page + 16, 2);
	memcpy(&places[0], page + 18, 2);
	lay_out_with(root * STORE_PAGE + 16, places, sizeof(places));
	return true;
}

static bool nod(void *arg, const struct event *event, struct err *err)
{
	(void)arg, (void)event, (void)err;
	return true;
}

/* Every list of the index that begins with a character. */
static void look_at_grams(const struct reading *reading)
{
	const struct gram gram = {PART_TITLE, {U'件', U'事'}, 2};
	uint32_t words[GRAM_WORDS] = {0};

	reading_pending(reading, 0, words);
	reading_gram(reading, 0, &gram);
	for (int part = 0; part < PART_COUNT; part++)
		for (uint32_t first = 0x4e00; first < 0xa000; first++)
			reading_gram_range(reading, 0, (enum part)part, first,
					   0, GRAM_SOUND, words);
}

static void pass(void *arg, key k)
{
	(void)arg, (void)k;
}

/* A sentence about it, "" if nothing is wrong. */
static void look_at_all(struct reading *reading, struct buf *said)
{
	struct slot_texts texts;
	struct proposal p;
	struct batch batch;
	struct event *events;
	struct user *users;
	size_t count;
	uint32_t slot;
	struct err why = {0};
	bool ok = true;

	for (uint32_t n = 1; n <= batches; n++)
		ok &= reading_batch(reading, n, &reg->arena, &batch, &why);
	ok &= reading_users(reading, &reg->arena, &users, &count, &why);
	for (key at = reg_key(1); reading_next(reading, at, &slot); at++)
		at = reading_value(reading, COLUMN_KEY, slot);
	for (slot = 0; slot < 3; slot++) {
		ok &= reading_proposal(reading, slot, &reg->arena, &p, &why);
		reading_slot_texts(reading, slot, &texts);
	}
	for (uint32_t n = 1; n <= 4; n++)
		ok &= reading_history(reading, reg_key(n), &reg->arena, &events,
				      &count, &why);
	reading_texts(reading, 0);
	look_at_grams(reading);
	for (unsigned i = 0; i < DICT_COUNT; i++)
		reading_dict(reading, i);
	for (unsigned i = 0; i < COLUMN_COUNT; i++)
		reading_value(reading, i, 0);
	for (uint32_t n = 1; n <= batches; n++) {
		unsigned char id[OPERATION_SIZE];

		reading_touched(reading, n, pass, NULL);
		ok &= reading_events(reading, n, nod, NULL, &why);
		ok &= past_batch(reading, n, &reg->arena, &batch, id, &why);
		ok &= past_events(reading, n, nod, NULL, &why);
	}
	if (!ok || !reading_sound(reading, &why))
		buf_str(said, why.text);
}

static void expect_told(void)
{
	struct reading *reading;
	struct buf said = {0};

	if (!reading_begin(reg->store, &reading, &reg->err)) {
		assert_int_equal(reg->err.code, ERR_STORE);
		return;
	}
	look_at_all(reading, &said);
	reading_end(reading);
	assert_true(said.len > 0);
	buf_free(&said);
	expect_found();
}

/* Keys that no entry of the table can have. */
static void a_key_of_another_length_is_told(void **state)
{
	static const enum table tables[] = {TABLE_RECORDS, TABLE_EVENTS,
					    TABLE_BATCHES};
	const struct place places[] = {place_of(reg_key(2)),
				       place_pair(2, reg_key(2)), place_of(2)};
	(void)state;

	for (size_t i = 0; i < LENGTH(tables); i++)
		for (size_t longer = 0; longer < 2; longer++) {
			struct place odd = places[i];

			odd.len = longer ? odd.len + 1 : odd.len - 1;
			odd.len = odd.len > 8 ? 5 : odd.len;
			lay_out();
			struct raw raw = raw_open(reg);
			raw_copy(&raw, tables[i], places[i], odd);
			raw_close(&raw);
			assert_false(repair());
			open_it();
			expect_found();
			reg_close(reg);
			assert_true(compare());
			reg_free(reg);
		}
}

/* As a tree that leads in circles gives them. */
static void entries_in_the_wrong_order_are_told(void **state)
{
	size_t tried = 0;
	(void)state;

	for (enum table table = 0; table < TABLE_COUNT; table++) {
		if (!swap_entries(table))
			continue;
		tried++;
		if (can_open()) {
			struct reading *reading;

			expect_found();
			if (reading_begin(reg->store, &reading, &reg->err)) {
				struct buf said = {0};

				look_at_all(reading, &said);
				reading_end(reading);
				buf_free(&said);
			}
			reg_close(reg);
			(void)repair();
			reg_free(reg);
			assert_true(swap_entries(table));
			if (table == TABLE_RECORDS || table == TABLE_EVENTS ||
			    table == TABLE_BATCHES)
				assert_true(compare());
		}
		reg_free(reg);
	}
	assert_in_range(tried, 4, TABLE_COUNT);
}

static void a_table_that_leads_nowhere_is_told(void **state)
{
	(void)state;

	for (enum table table = 0; table < TABLE_COUNT; table++) {
		set_number(table, ROOT_PAGE, BEYOND);
		if (can_open()) {
			reg->store->uid = EDITOR;
			expect_told();
			reg->store->uid = ROOT;
			expect_told();
		} else {
			assert_int_equal(reg->err.code, ERR_STORE);
		}
		reg_free(reg);
		for (size_t i = 0; i < LENGTH(changes); i++) {
			set_number(table, ROOT_PAGE, BEYOND);
			if (!can_open()) {
				reg_free(reg);
				continue;
			}
			if (changes[i]())
				expect_told();
			else
				assert_int_equal(reg->err.code, ERR_STORE);
			reg_free(reg);
		}
	}
}

/* Of a store that does not open there is no copy either. */
static bool back_up(void)
{
	struct copy copy;
	FILE *file = tmpfile();
	bool ok = can_open() && store_copy(reg->store, fileno(file), "备份",
					   heard, NULL, &copy, &reg->err);

	fclose(file);
	if (!ok)
		assert_int_equal(reg->err.code, ERR_STORE);
	return ok;
}

static void of_a_table_that_leads_nowhere_there_is_no_backup(void **state)
{
	(void)state;

	for (enum table table = 0; table < TABLE_COUNT; table++) {
		set_number(table, ROOT_PAGE, BEYOND);
		assert_false(back_up());
		reg_free(reg);
	}
	lay_out();
	assert_true(back_up());
	reg_free(reg);
}

static void a_table_that_leads_nowhere_is_repaired_or_left(void **state)
{
	(void)state;

	for (enum table table = 0; table < TABLE_COUNT; table++) {
		set_number(table, ROOT_PAGE, BEYOND);
		(void)repair();
		reg_free(reg);
		set_number(table, ROOT_PAGE, BEYOND);
		if (table == TABLE_RECORDS || table == TABLE_EVENTS ||
		    table == TABLE_BATCHES || table == TABLE_USERS)
			assert_true(compare());
		reg_free(reg);
	}
}

static void a_table_that_has_more_than_it_says_is_told(void **state)
{
	struct user *users;
	size_t count;
	(void)state;

	for (enum table table = 0; table < TABLE_COUNT; table++) {
		set_number(table, ENTRIES, 0);
		open_it();
		expect_found();
		struct reading *reading = reg_begin(reg);
		assert_int_equal(reading_users(reading, &reg->arena, &users,
					       &count, &reg->err),
				 table != TABLE_USERS);
		reading_end(reading);
		reg_free(reg);
	}
}

/*
 * A page above others has the numbers of those: another number for the first
 * or the second of them. False where a table has no such page.
 */
static bool set_child(enum table table, size_t which)
{
	const unsigned char beyond[6] = {0, 0, 0, 0x40};
	uint64_t root;
	uint16_t flags, place;

	memcpy(&root, base.data + numbers_of(table) + 8 * ROOT_PAGE, 8);
	if (root == UINT64_MAX)
		return false;
	memcpy(&flags, base.data + root * STORE_PAGE + 10, 2);
	if (flags != 1)
		return false;
	memcpy(&place, base.data + root * STORE_PAGE + 16 + 2 * which, 2);
	lay_out_with(root * STORE_PAGE + place, beyond, sizeof(beyond));
	return true;
}

static void try_change(enum table table, size_t which, bool (*change)(void))
{
	set_child(table, which);
	if (can_open()) {
		if (change())
			expect_found();
		else if (reg->err.code != ERR_STORE)
			fail_msg("%s: %s", table_names[table], reg->err.text);
	}
	reg_free(reg);
}

/* The first batch stands in the page that is not there. */
static void no_old_batch_is_taken_back_where_batches_break_off(void **state)
{
	(void)state;
	assert_true(set_child(TABLE_BATCHES, 0));
	open_it();
	assert_false(commit(reg_status(1, 2, ""), 1));
	assert_int_equal(reg->err.code, ERR_STORE);
	reg_free(reg);
}

/* Whether there is another one cannot be told. */
static void no_administrator_leaves_where_users_break_off(void **state)
{
	const struct who admin = {EDITOR, EDITOR, "bob", ""};
	struct buf kept = base;
	(void)state;

	lay_out();
	open_it();
	assert_ok(reg, give(ACCESS_ADMIN));
	assert_ok(reg, give_to(EDITOR + 149, ACCESS_ADMIN));
	reg_close(reg);
	base = file_read_data(reg);
	reg_free(reg);
	assert_true(set_child(TABLE_USERS, 1));
	open_it();
	reg->store->uid = EDITOR;
	assert_false(store_user_set(reg->store, &admin, EDITOR, "bob",
				    ACCESS_VIEW, "", &reg->out, &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	reg_free(reg);
	buf_free(&base);
	base = kept;
}

/* Whatever comes upon it says so; what does not need it goes on. */
static void a_table_that_breaks_off_is_told(void **state)
{
	size_t tried = 0;
	(void)state;

	for (size_t i = 0; i < 2 * TABLE_COUNT; i++) {
		enum table table = (enum table)(i / 2);
		bool part = table == TABLE_RECORDS || table == TABLE_EVENTS ||
			    table == TABLE_BATCHES || table == TABLE_USERS;

		if (!set_child(table, i % 2))
			continue;
		tried++;
		open_it();
		reg->store->uid = EDITOR;
		expect_told();
		reg->store->uid = ROOT;
		expect_told();
		reg_free(reg);
		for (size_t n = 0; n < LENGTH(changes); n++)
			try_change(table, i % 2, changes[n]);
		set_child(table, i % 2);
		(void)repair();
		reg_free(reg);
		set_child(table, i % 2);
		assert_false(back_up());
		reg_free(reg);
		set_child(table, i % 2);
		if (part)
			assert_true(compare());
		reg_free(reg);
	}
	assert_in_range(tried, 8, 2 * TABLE_COUNT);
}

/* No page more than it has, then one, then two, until it goes. */
static void a_full_store_is_told_at_whatever_page(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(changes); i++) {
		size_t tries = 0;
		MDB_envinfo info;

		lay_out();
		open_it();
		reading_end(reg_begin(reg));
		do {
			MDB_env *env = reg->store->env;
			size_t pages;

			assert_int_equal(mdb_env_info(env, &info), 0);
			pages = info.me_last_pgno + 1 + tries++;
			assert_int_equal(
				mdb_env_set_mapsize(env, pages * STORE_PAGE),
				0);
			if (changes[i]())
				break;
			assert_int_equal(reg->err.code, ERR_STORE);
			assert_says(reg, "已满");
			expect_sound();
		} while (tries < 1000);
		assert_in_range(tries, 2, 100);
		reg_free(reg);
	}
}

static uint32_t pending(void)
{
	uint32_t words[GRAM_WORDS] = {0};
	struct reading *reading = reg_begin(reg);
	uint32_t count = reading_pending(reading, 0, words);

	reading_end(reading);
	return count;
}

/* The same, but a change that has room is made, whether its index has or not:
 * until that has, too. */
static void what_the_index_has_no_room_for_is_pending(void **state)
{
	size_t more = 0;
	uint32_t left;
	bool ok;
	(void)state;

	do {
		MDB_envinfo info;

		lay_out();
		open_it();
		assert_int_equal(pending(), 0);
		assert_int_equal(mdb_env_info(reg->store->env, &info), 0);
		assert_int_equal(
			mdb_env_set_mapsize(reg->store->env,
					    (info.me_last_pgno + 1 + more++) *
						    STORE_PAGE),
			0);
		ok = take_out();
		left = pending();
		assert_in_range(left, 0, ok);
		batches += ok;
		expect_sound();
		batches -= ok;
		reg_free(reg);
	} while ((!ok || left) && more < 1000);
	assert_in_range(more, 2, 300);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_damage_is_told_to_who_reads),
		cmocka_unit_test(what_can_be_told_is_repaired_and_nothing_else),
		cmocka_unit_test(a_damaged_store_is_not_like_a_sound_one),
		cmocka_unit_test(nothing_is_changed_over_a_damaged_column),
		cmocka_unit_test(nothing_is_changed_over_damaged_texts),
		cmocka_unit_test(nothing_is_changed_over_a_damaged_code),
		cmocka_unit_test(nothing_is_changed_over_a_damaged_record),
		cmocka_unit_test(nothing_is_taken_back_over_a_damaged_batch),
		cmocka_unit_test(nobody_is_given_a_role_over_a_damaged_one),
		cmocka_unit_test(a_key_of_another_length_is_told),
		cmocka_unit_test(entries_in_the_wrong_order_are_told),
		cmocka_unit_test(a_table_that_leads_nowhere_is_told),
		cmocka_unit_test(
			of_a_table_that_leads_nowhere_there_is_no_backup),
		cmocka_unit_test(
			a_table_that_leads_nowhere_is_repaired_or_left),
		cmocka_unit_test(a_table_that_has_more_than_it_says_is_told),
		cmocka_unit_test(a_full_store_is_told_at_whatever_page),
	};
	static const struct CMUnitTest large[] = {
		cmocka_unit_test(a_table_that_breaks_off_is_told),
		cmocka_unit_test(what_the_index_has_no_room_for_is_pending),
		cmocka_unit_test(
			no_old_batch_is_taken_back_where_batches_break_off),
		cmocka_unit_test(no_administrator_leaves_where_users_break_off),
	};

	return cmocka_run_group_tests_name("rot", tests, make_base, free_base) +
	       cmocka_run_group_tests_name("rot of many", large,
					   make_large_base, free_base);
}
