/*
 * The index of texts where it is damaged, where it is behind what it is made
 * of, where it cannot be made, and where it has more than one chunk.
 */
#include "desk.h"

#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/progress.h"
#include "base/utf8.h"
#include "query/search.h"
#include "store/check.h"
#include "store/gram_store.h"
#include "store/internal.h"
#include "store/posting.h"
#include "store/seal.h"

enum { FEW = 5 };

static struct desk *desk;
static uint32_t revision; /* of the second proposal, for save_with() */

/* Proposals from a number on, in one batch; all of them are about 件事. */
static void add_some(uint32_t from, uint32_t count)
{
	const struct proposal **all = mem_array(count, sizeof(*all));

	for (uint32_t i = 0; i < count; i++)
		all[i] = desk_new(desk, desk_key(3, from + i), "handling");
	desk_put(desk, 1, all, count);
	free(all);
}

/* Another body; everything else stays as it was made. */
static void write_body(const uint32_t *numbers, size_t count, const char *body)
{
	const struct proposal *all[FEW];

	assert_in_range(count, 1, FEW);
	for (size_t i = 0; i < count; i++) {
		struct proposal *p =
			desk_new(desk, desk_key(3, numbers[i]), "handling");

		p->body = body;
		all[i] = p;
	}
	desk_put(desk, 1, all, count);
}

static int start(void **state)
{
	(void)state;
	desk = desk_open();
	desk->store->pending_most = 0;
	add_some(1, FEW);
	revision = 1;
	return 0;
}

static int stop(void **state)
{
	(void)state;
	desk_close(desk);
	return 0;
}

static size_t found(const char *text, enum where where)
{
	struct hits hits;

	search_text(desk->reading, desk->config, text, &hits);
	size_t count = slotset_size(&hits.in[where]);
	hits_free(&hits);
	return count;
}

static uint32_t pending(uint32_t chunk, uint32_t words[GRAM_WORDS])
{
	memset(words, 0, GRAM_WORDS * sizeof(*words));
	return reading_pending(desk->reading, chunk, words);
}

static bool has(const uint32_t *words, uint32_t slot)
{
	return words[slot / 32] >> slot % 32 & 1;
}

/* -- the check */

static struct buf said;

static void hear(void *arg, const char *sentence)
{
	(void)arg;
	buf_printf(&said, "%s\n", sentence);
}

static uint64_t findings(void)
{
	struct check_sums sums;
	uint64_t count;

	buf_reset(&said);
	OK(store_check(desk->store, hear, NULL, &sums, &count, err));
	assert_int_equal(sums.derived, count);
	return count;
}

static void finds(const char *words)
{
	if (!findings() || !strstr(buf_text(&said), words))
		fail_msg("“%s” does not say %s", buf_text(&said), words);
	buf_free(&said);
}

static void is_sound(void)
{
	if (findings())
		fail_msg("%s", buf_text(&said));
	buf_free(&said);
}

/* -- damage with a right checksum, or without */

/* The value is freed. */
static void put(struct place at, struct buf *value)
{
	MDB_txn *txn;

	assert_int_equal(mdb_txn_begin(desk->store->env, NULL, 0, &txn), 0);
	assert_int_equal(table_put(desk->store, txn, TABLE_GRAMS, at, value),
			 0);
	assert_int_equal(mdb_txn_commit(txn), 0);
	buf_free(value);
}

static void again(void)
{
	stop(NULL);
	start(NULL);
}

static void put_head(const char *bytes, size_t len)
{
	struct buf value = {0};

	buf_add(&value, bytes, len);
	seal_close(SEAL_GRAM, 0, &value);
	put(place_chunk(0), &value);
}

/* Such a chunk is not believed: its texts are read. */
static void a_head_that_no_writer_writes_is_found(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
	} heads[] = {
		{"\5\0\0", 3},           /* no number */
		{"\5\0\0\0\1", 5},       /* half a slot */
		{"\5\0\0\0\5\0", 6},     /* one that is not indexed */
		{"\5\0\0\0\2\0\2\0", 8}, /* one twice */
		{"\5\0\0\0\3\0\1\0", 8}, /* not ascending */
		{"\6\0\0\0", 4},         /* more than there are */
		{"\x41\xff\0\0", 4},     /* more than a chunk has */
	};
	uint32_t words[GRAM_WORDS];
	struct err why;
	(void)state;

	for (size_t i = 0; i < LENGTH(heads); i++) {
		put_head(heads[i].bytes, heads[i].len);
		finds("检索索引的第 0 段已损坏");
		desk_read(desk);
		assert_int_equal(pending(0, words), FEW);
		assert_false(reading_sound(desk->reading, &why));
		assert_non_null(strstr(why.text, "检索索引已损坏"));
		assert_int_equal(found("件事", WHERE_TITLE), FEW);
		desk_done(desk);
		again();
	}
}

static struct place place_at(const char *bytes, size_t len)
{
	struct place at = {.len = len};

	memcpy(at.bytes, bytes, len);
	return at;
}

static void a_name_that_no_writer_writes_is_found(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *words;
	} names[] = {
		{"\0\0", 2, "检索索引里有无效的键"},
		{"\0\x09\0", 3, "检索索引多出第 9 段"},
		{"\0\0\x02\0N", 5, "第 0 段已损坏"},
		{"\0\0\x01\0NN", 6, "第 0 段已损坏"},
		{"\0\0\x02\0NN\0NNN", 10, "第 0 段已损坏"},
		/* Three symbols, it says. */
		{"\0\0\x03\0NN\0NN", 9, "第 0 段已损坏"},
		{"\0\0\x06\0NN\0NN\0NN\0NN\0NN\0NN", 21, "第 0 段已损坏"},
		/* In a fourth part. */
		{"\0\0\x1a\0NN\0NN", 9, "第 0 段已损坏"},
	};
	const uint16_t slot = 1;
	(void)state;

	for (size_t i = 0; i < LENGTH(names); i++) {
		struct slice name = {names[i].bytes, names[i].len};
		struct buf value = {0};

		posting_encode(name, &slot, 1, false, &value);
		put(place_at(name.text, name.len), &value);
		finds(names[i].words);
		again();
	}
}

static struct place place_pair_of(uint32_t first, uint32_t second)
{
	const struct gram gram = {PART_TITLE, {first, second}, 2};

	return place_gram(0, gram_name(&gram));
}

/* A list, with what makes its checksum right. */
static void put_list(struct place at, const char *bytes, size_t len)
{
	struct buf value = {0};
	uint64_t sum =
		seal_sum(SEAL_GRAM, seal_hash((const char *)at.bytes, at.len),
			 bytes, len);

	buf_add(&value, bytes, len);
	for (unsigned shift = 0; shift < 32; shift += 8)
		buf_char(&value, (char)(sum >> shift));
	put(at, &value);
}

/* It is read as far as it makes sense, and no bit lands elsewhere. */
static void a_list_that_no_writer_writes_is_found(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		uint32_t slots; /* that are read */
	} lists[] = {
		{"\0\4\0\1\0\2", 6, 1},           /* half a number */
		{"\0\1\0\2\0\xff\xff", 7, 1},     /* one beyond the chunk */
		{"\1\1\0\3\xff\xff\x7f", 7, 1},   /* … by a large step */
		{"\1\1\0\3\x80\x80\x80\0", 8, 1}, /* a step without an end */
		{"\1\1\0\3\x80", 5, 1},           /* … that is cut off */
		{"\2\4\0\1\0\2\0", 7, 2},         /* too few bits */
		{"\7\1\0\2\0\3\0", 7, 2},         /* of no kind */
	};
	const struct gram gram = {PART_TITLE, {U'件', U'事'}, 2};
	(void)state;

	for (size_t i = 0; i < LENGTH(lists); i++) {
		uint32_t words[GRAM_WORDS] = {0}, slots = 0;
		struct posting posting;

		put_list(place_pair_of(U'件', U'事'), lists[i].bytes,
			 lists[i].len);
		finds("号的检索索引与记录不一致");
		desk_read(desk);
		posting = reading_gram(desk->reading, 0, &gram);
		posting_add(&posting, words);
		for (size_t k = 0; k < GRAM_WORDS; k++)
			slots += (uint32_t)__builtin_popcount(words[k]);
		if (slots != lists[i].slots)
			fail_msg("%zu: %u", i, slots);
		desk_done(desk);
		again();
	}
}

/* Whoever searches is told, and only the check can say what is missing. */
static void a_damaged_list_leaves_a_doubt(void **state)
{
	const struct gram gram = {PART_TITLE, {U'件', U'事'}, 2};
	uint32_t words[GRAM_WORDS] = {0};
	struct err why;
	(void)state;

	for (int shorter = 0; shorter < 2; shorter++) {
		struct buf value = {0};

		buf_add(&value, "\0\0\0\1\0!!!!", shorter ? 6 : 9);
		put(place_pair_of(U'件', U'事'), &value);
		finds("第 0 段已损坏");
		desk_read(desk);
		struct posting none = reading_gram(desk->reading, 0, &gram);
		assert_null(none.bytes);
		assert_false(reading_sound(desk->reading, &why));
		desk_done(desk);
		desk_read(desk);
		reading_gram_range(desk->reading, 0, PART_TITLE, U'件', 0,
				   GRAM_SOUND, words);
		assert_false(reading_sound(desk->reading, &why));
		assert_non_null(strstr(why.text, "检索索引已损坏"));
		desk_done(desk);
		again();
	}
}

static void a_list_of_nobody_is_found(void **state)
{
	(void)state;

	/* The last slot of a chunk, which has no proposal. */
	put_list(place_pair_of(U'中', U'文'), "\0\0\0\x3f\xff", 5);
	finds("检索索引的第 0 段已损坏");
}

static void a_lost_list_is_found_wherever_it_stood(void **state)
{
	static const MDB_cursor_op ends[] = {MDB_FIRST, MDB_LAST};
	(void)state;

	for (size_t i = 0; i < LENGTH(ends); i++) {
		MDB_cursor *cursor;
		MDB_txn *txn;
		MDB_val k, v;

		assert_int_equal(mdb_txn_begin(desk->store->env, NULL, 0, &txn),
				 0);
		assert_int_equal(
			mdb_cursor_open(txn, desk->store->tables[TABLE_GRAMS],
					&cursor),
			0);
		assert_int_equal(mdb_cursor_get(cursor, &k, &v, ends[i]), 0);
		/* The first is the head. */
		if (ends[i] == MDB_FIRST)
			assert_int_equal(
				mdb_cursor_get(cursor, &k, &v, MDB_NEXT), 0);
		assert_int_equal(mdb_cursor_del(cursor, 0), 0);
		mdb_cursor_close(cursor);
		assert_int_equal(mdb_txn_commit(txn), 0);
		finds("的检索索引与记录不一致");
		again();
	}
}

/* -- behind what it is made of */

static void what_changed_is_pending_once(void **state)
{
	static const uint32_t second[] = {2}, both[] = {2, 6};
	uint32_t words[GRAM_WORDS];
	(void)state;

	desk->store->pending_most = UINT32_MAX;
	for (int i = 0; i < 2; i++) {
		write_body(second, 1, i ? "再改" : "改");
		desk_read(desk);
		assert_int_equal(pending(0, words), 1);
		assert_true(has(words, 1));
		desk_done(desk);
	}
	/* What is new stands behind the index, also when it changes. */
	add_some(6, 1);
	write_body(both, 2, "三改");
	desk_read(desk);
	assert_int_equal(pending(0, words), 2);
	assert_true(has(words, 1) && has(words, 5));
	assert_int_equal(found("三改", WHERE_REST), 2);
	assert_int_equal(found("再改", WHERE_REST), 0);
	OK(reading_sound(desk->reading, err));
	desk_done(desk);
	is_sound();
}

/* -- where it cannot be made */

static struct rlimit unlimited;

/* From when the index is begun, nothing more can be written. */
static bool stop_growing(struct progress *progress)
{
	struct rlimit small = unlimited;

	if (strcmp(progress->phase, "已保存，正在建检索索引") != 0)
		return true;
	small.rlim_cur = STORE_PAGE;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	return true;
}

static bool save_with(struct progress *progress, const char *body)
{
	struct proposal *p = desk_new(desk, desk_key(3, 2), "handling");
	struct edit edit = {.key = p->key,
			    .kind = EDIT_PUT,
			    .revision = revision++,
			    .next = p};
	struct commit commit = {.kind = BATCH_EDIT,
				.who = {1, 1, "somebody", ""},
				.note = "",
				.summary = "测试",
				.edits = &edit,
				.count = 1,
				.config = desk->config,
				.progress = progress};
	struct committed done = {0};

	p->body = body;
	OK(store_commit(desk->store, &commit, &done, err));
	free(done.conflicts);
	return done.batch > 0;
}

/* It is saved all the same, and found by reading; the next one makes it. */
static void stays_pending(const char *body)
{
	uint32_t words[GRAM_WORDS];

	desk_read(desk);
	assert_int_equal(pending(0, words), 1);
	assert_int_equal(found(body, WHERE_REST), 1);
	OK(reading_sound(desk->reading, err));
	desk_done(desk);
	is_sound();
}

static void nothing_stays_pending(const char *body)
{
	uint32_t words[GRAM_WORDS];

	desk_read(desk);
	assert_int_equal(pending(0, words), 0);
	assert_int_equal(found(body, WHERE_REST), 1);
	desk_done(desk);
	is_sound();
}

static void a_disk_that_takes_no_index_takes_nothing_back(void **state)
{
	struct progress progress = {.tell = stop_growing};
	(void)state;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &unlimited), 0);
	void (*was)(int) = signal(SIGXFSZ, SIG_IGN);
	bool saved = save_with(&progress, "乌篷船");
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &unlimited), 0);
	signal(SIGXFSZ, was);
	assert_true(saved);
	stays_pending("乌篷船");
	assert_true(save_with(NULL, "乌篷"));
	nothing_stays_pending("乌篷");
}

static void flip(enum table table, struct place at)
{
	struct slice bytes;
	struct buf value = {0};
	MDB_txn *txn;

	assert_int_equal(mdb_txn_begin(desk->store->env, NULL, 0, &txn), 0);
	assert_int_equal(table_get(desk->store, txn, table, at, &bytes), 0);
	buf_add(&value, bytes.text, bytes.len);
	value.data[value.len - 1] ^= 1;
	assert_int_equal(table_put(desk->store, txn, table, at, &value), 0);
	assert_int_equal(mdb_txn_commit(txn), 0);
	buf_free(&value);
}

static void lose(enum table table, struct place at)
{
	MDB_txn *txn;

	assert_int_equal(mdb_txn_begin(desk->store->env, NULL, 0, &txn), 0);
	assert_int_equal(table_del(desk->store, txn, table, at), 0);
	assert_int_equal(mdb_txn_commit(txn), 0);
}

/* Far from what is changed, so that the change itself is made. */
static void what_is_damaged_elsewhere_is_not_indexed(void **state)
{
	static void (*const damage[])(enum table, struct place) = {flip, lose};
	static const uint32_t last[] = {CHUNK_SLOTS + 1};
	uint32_t words[GRAM_WORDS];
	(void)state;

	for (size_t i = 0; i < LENGTH(damage); i++) {
		add_some(FEW + 1, CHUNK_SLOTS + 1 - FEW);
		damage[i](TABLE_COLUMNS, place_byte(COLUMN_KEY, 0));
		write_body(last, 1, "乌篷船");
		desk_read(desk);
		assert_int_equal(pending(0, words), 1);
		assert_int_equal(found("乌篷船", WHERE_REST), 1);
		desk_done(desk);
		again();
	}
}

/* Nothing is made upon a head that cannot be right. */
static void an_index_of_more_than_there_is_is_left(void **state)
{
	uint32_t words[GRAM_WORDS];
	struct err why;
	(void)state;

	put_head("\x40\0\0\0", 4);
	assert_true(save_with(NULL, "乌篷船"));
	desk_read(desk);
	assert_int_equal(pending(0, words), FEW);
	assert_false(reading_sound(desk->reading, &why));
	assert_int_equal(found("乌篷船", WHERE_REST), 1);
	desk_done(desk);
	finds("第 0 段已损坏");
}

/* It belongs to no chunk, and ends the one before it. */
static void a_name_without_a_chunk_is_in_nobodys_way(void **state)
{
	struct buf value = {0};
	(void)state;

	buf_str(&value, "x");
	put(place_at("\1", 1), &value);
	assert_true(save_with(NULL, "乌篷船"));
	assert_int_equal(findings(), 1);
	assert_non_null(strstr(buf_text(&said), "检索索引里有无效的键"));
	buf_free(&said);
	lose(TABLE_GRAMS, place_at("\1", 1));
	nothing_stays_pending("乌篷船");
}

static void a_long_text_is_indexed_to_its_end(void **state)
{
	struct buf body = {0};
	(void)state;

	for (uint32_t i = 0; i < 3000; i++) {
		char bytes[4];
		size_t len = (size_t)utf8_put(0x4e00 + i, bytes);

		buf_add(&body, bytes, len);
	}
	buf_str(&body, "乌篷船");
	assert_true(save_with(NULL, buf_text(&body)));
	nothing_stays_pending("乌篷船");
	buf_free(&body);
}

/* Without a thread it takes longer. */
static void what_gets_no_thread_makes_it_itself(void **state)
{
	pthread_attr_t usual, endless;
	(void)state;

	assert_int_equal(pthread_getattr_default_np(&usual), 0);
	assert_int_equal(pthread_attr_init(&endless), 0);
	assert_int_equal(pthread_attr_setstacksize(&endless, (size_t)1 << 50),
			 0);
	assert_int_equal(pthread_setattr_default_np(&endless), 0);
	bool saved = save_with(NULL, "乌篷船");
	assert_int_equal(pthread_setattr_default_np(&usual), 0);
	pthread_attr_destroy(&usual);
	pthread_attr_destroy(&endless);
	assert_true(saved);
	nothing_stays_pending("乌篷船");
}

/* As long as it has the store open, there is one slot for all readers. */
static void leave_one_slot(int told, int wake)
{
	MDB_env *env;
	char byte;

	if (mdb_env_create(&env) || mdb_env_set_maxreaders(env, 1) ||
	    mdb_env_open(env, desk->dir, 0, 0660) || write(told, "x", 1) != 1 ||
	    read(wake, &byte, 1) != 0)
		_exit(1);
	_exit(0);
}

static void open_again(void)
{
	OK(store_open(&desk->store, desk->dir, STORE_READ_WRITE, err));
	desk->store->pending_most = 0;
}

static void where_no_reader_has_room_it_waits(void **state)
{
	int told[2], wake[2], status;
	char path[96], byte;
	(void)state;

	store_close(desk->store);
	snprintf(path, sizeof(path), "%s/lock.mdb", desk->dir);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(pipe(told), 0);
	assert_int_equal(pipe(wake), 0);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		close(wake[1]);
		leave_one_slot(told[1], wake[0]);
	}
	close(told[1]);
	close(wake[0]);
	assert_int_equal(read(told[0], &byte, 1), 1);
	open_again();
	/* That one is ours; the threads would need another. */
	assert_true(save_with(NULL, "乌篷船"));
	stays_pending("乌篷船");
	store_close(desk->store);
	close(told[0]);
	close(wake[1]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	open_again();
	assert_true(save_with(NULL, "乌篷"));
	nothing_stays_pending("乌篷");
}

/* -- several chunks */

static void a_chunk_ends_and_the_next_begins(void **state)
{
	enum { BEYOND = 70, ALL = GRAM_SLOTS + BEYOND };
	static const uint32_t sides[] = {GRAM_SLOTS, GRAM_SLOTS + 1},
			      other[] = {GRAM_SLOTS + 2};
	uint32_t words[GRAM_WORDS];
	(void)state;

	add_some(FEW + 1, ALL - FEW);
	desk->store->pending_most = UINT32_MAX;
	write_body(sides, 2, "乌篷船");
	desk_read(desk);
	assert_int_equal(pending(0, words), 1);
	assert_true(has(words, GRAM_SLOTS - 1));
	assert_int_equal(pending(1, words), 1);
	assert_true(has(words, 0));
	assert_int_equal(found("乌篷", WHERE_REST), 2);
	assert_int_equal(found("件事", WHERE_TITLE), ALL);
	desk_done(desk);
	is_sound();
	/* Each chunk is made anew up to where the other begins. */
	desk->store->pending_most = 0;
	write_body(other, 1, "乌篷");
	desk_read(desk);
	assert_int_equal(pending(0, words), 0);
	assert_int_equal(pending(1, words), 0);
	assert_int_equal(found("乌篷", WHERE_REST), 3);
	assert_int_equal(found("篷船", WHERE_REST), 2);
	OK(reading_sound(desk->reading, err));
	desk_done(desk);
	is_sound();
	/* What no sample saw may be damaged as well. */
	flip(TABLE_RECORDS, place_of(desk_key(3, 2)));
	write_body(sides, 1, "船");
	desk_read(desk);
	assert_int_equal(pending(0, words), 1);
	desk_done(desk);
}

/* -- departments */

static void a_line_of_units_names_a_department(void **state)
{
	struct buf line = {0}, code = {0};

	/* Longer than one can be. */
	for (unsigned i = 0; i < FIELD_ITEM_MAX; i++)
		buf_char(&code, 'x');
	buf_printf(&line, "lead %sxxx", buf_text(&code));
	const struct {
		const char *line, *code;
	} lines[] = {
		{"lead jxj", "jxj"},
		{"lead jxj 2024-01-02 文号", "jxj"},
		{"lead ", ""},
		{"lead", ""},
		{buf_text(&line), buf_text(&code)},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(lines); i++) {
		struct span units = {lines[i].line, strlen(lines[i].line)};
		struct gram want = gram_unit(lines[i].code), have;

		assert_true(span_unit(&units, &have));
		assert_memory_equal(have.symbols, want.symbols,
				    sizeof(want.symbols));
		assert_false(span_unit(&units, &have));
	}
	buf_free(&line);
	buf_free(&code);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_head_that_no_writer_writes_is_found),
		TEST(a_name_that_no_writer_writes_is_found),
		TEST(a_list_that_no_writer_writes_is_found),
		TEST(a_damaged_list_leaves_a_doubt),
		TEST(a_list_of_nobody_is_found),
		TEST(a_lost_list_is_found_wherever_it_stood),
		TEST(what_changed_is_pending_once),
		TEST(a_disk_that_takes_no_index_takes_nothing_back),
		TEST(what_is_damaged_elsewhere_is_not_indexed),
		TEST(an_index_of_more_than_there_is_is_left),
		TEST(a_name_without_a_chunk_is_in_nobodys_way),
		TEST(a_long_text_is_indexed_to_its_end),
		TEST(what_gets_no_thread_makes_it_itself),
		TEST(where_no_reader_has_room_it_waits),
		TEST(a_chunk_ends_and_the_next_begins),
		cmocka_unit_test(a_line_of_units_names_a_department),
	};

	return cmocka_run_group_tests_name("grams", tests, NULL, NULL);
}
