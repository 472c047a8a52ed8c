#include "raw.h"
#include "store/replay.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

/*
 * A small register with everything in it: 40 proposals in batch 1, of which
 * 7 changed status in 2, 9 its category in 3, 8 was removed in 4, 10 removed
 * and revived in 5 and 6; 7 in batch 8 went back to what 7 had made of it.
 */
enum { COUNT = 40 };

static void fill(struct reg *reg)
{
	struct edit undo = reg_status(7, 3, "filed");
	struct commit commit = reg_batch(&undo, 1);
	const char *names[] = {"张三", "李四"};
	struct unit unit = {"jingxin", ROLE_LEAD, "", DAY_NONE};

	reg_fill(reg, COUNT, "received");
	reg_edit(reg, reg_status(7, 1, "filed"));
	struct proposal p = reg_get(reg, 9);
	p.category = "economy";
	p.body = arena_printf(&reg->arena, "%03000d", 1);
	p.proposers = (struct strings){names, 2};
	p.units = (struct units){&unit, 1};
	p.dates[DATE_DUE] = 45000;
	reg_edit(reg, reg_put(&p, 1));
	reg_edit(reg, reg_remove(8, 1));
	reg_edit(reg, reg_remove(10, 1));
	reg_edit(reg, reg_put(reg_proposal(reg, 10, "filed"), 0));
	reg_edit(reg, reg_status(7, 2, "closed"));
	commit.undoes = 7;
	assert_ok(reg, reg_commit(reg, &commit));
	reg_check(reg);
}

static int setup(void **state)
{
	struct reg *reg = reg_new();

	fill(reg);
	*state = reg;
	return 0;
}

static int teardown(void **state)
{
	reg_free(*state);
	return 0;
}

static void set_record(struct raw *raw, uint32_t number, enum field_id field,
		       const char *text, uint32_t slot)
{
	struct place at = place_of(reg_key(number));
	struct buf buf = raw_get(raw, TABLE_RECORDS, at), out = {0};
	struct record record;

	assert_true(record_decode(reg_key(number), slice_of(&buf), &record));
	record.content.of[field] = slice_text(text);
	record.slot = slot;
	record_encode(reg_key(number), &record, &out);
	raw_put(raw, TABLE_RECORDS, at, out);
	buf_free(&buf);
}

static void set_state(struct raw *raw, int proposals, int removed, int events)
{
	struct place at = place_name("state");
	struct buf buf = raw_get(raw, TABLE_META, at);
	struct state state;

	assert_true(state_decode(slice_of(&buf), &state));
	state.proposals += (uint32_t)proposals;
	state.removed += (uint32_t)removed;
	state.events += (uint64_t)events;
	state_encode(&state, &buf);
	raw_put(raw, TABLE_META, at, buf);
}

static void set_batch(struct raw *raw, uint32_t number, uint32_t undoes,
		      uint32_t undone_by)
{
	struct buf buf = raw_get(raw, TABLE_BATCHES, place_of(number));
	struct arena arena = {0};
	struct stamp stamp;
	struct batch batch;

	assert_true(
		batch_decode(number, slice_of(&buf), &arena, &batch, &stamp));
	batch.undoes = undoes;
	batch.undone_by = undone_by;
	batch_encode(&batch, &stamp, &buf);
	raw_put(raw, TABLE_BATCHES, place_of(number), buf);
	arena_free(&arena);
}

static void set_event(struct raw *raw, uint32_t batch, uint32_t number,
		      uint32_t revision, uint32_t previous, const char *after)
{
	struct place at = place_pair(batch, reg_key(number));
	struct buf buf = raw_get(raw, TABLE_EVENTS, at), out = {0};
	struct entry entry;

	assert_true(
		entry_decode(batch, reg_key(number), slice_of(&buf), &entry));
	entry.revision = revision;
	entry.previous = previous;
	if (after)
		entry.changes[0].after = slice_text(after);
	entry_encode(batch, reg_key(number), &entry, &out);
	raw_put(raw, TABLE_EVENTS, at, out);
	buf_free(&buf);
}

static void set_code(struct raw *raw, enum dict dict, uint32_t id,
		     const char *code)
{
	struct buf buf = {0};

	code_encode(dict, id, code, &buf);
	raw_put(raw, TABLE_DICT, place_byte(dict, id), buf);
}

static void flip_record(struct raw *raw)
{
	raw_flip(raw, TABLE_RECORDS, place_of(reg_key(5)), 12);
}

static void lose_record(struct raw *raw)
{
	raw_del(raw, TABLE_RECORDS, place_of(reg_key(5)));
}

static void move_record(struct raw *raw)
{
	raw_copy(raw, TABLE_RECORDS, place_of(reg_key(6)),
		 place_of(reg_key(5)));
}

static void add_record(struct raw *raw)
{
	struct record record = {.slot = 77};
	struct buf buf = {0};

	record_encode(reg_key(99), &record, &buf);
	raw_put(raw, TABLE_RECORDS, place_of(reg_key(99)), buf);
}

static void retitle_record(struct raw *raw)
{
	set_record(raw, 5, FIELD_TITLE, "另一件事", 4);
}

static void rebody_record(struct raw *raw)
{
	set_record(raw, 5, FIELD_BODY, "另一件事", 4);
}

static void age_record(struct raw *raw)
{
	set_record(raw, 9, FIELD_CATEGORY, "", 8);
}

static void break_record(struct raw *raw)
{
	set_record(raw, 5, FIELD_DUE, "2024-02-31", 4);
}

static void share_slot(struct raw *raw)
{
	set_record(raw, 6, FIELD_TITLE, "x", 4);
}

static void change_status(struct raw *raw)
{
	set_column(raw, COLUMN_STATUS, 4, 2);
}

static void change_category(struct raw *raw)
{
	set_column(raw, COLUMN_CATEGORY, 4, 1);
}

static void change_due(struct raw *raw)
{
	set_column(raw, COLUMN_DUE, 8, 45001);
}

static void change_leads(struct raw *raw)
{
	set_column(raw, COLUMN_LEADS, 8, 0);
}

static void change_key(struct raw *raw)
{
	set_column(raw, COLUMN_KEY, 4, reg_key(6));
}

static void change_revision(struct raw *raw)
{
	set_column(raw, COLUMN_REVISION, 4, 2);
}

static void change_batch(struct raw *raw)
{
	set_column(raw, COLUMN_BATCH, 6, 2);
}

static void use_beyond_end(struct raw *raw)
{
	set_column(raw, COLUMN_CATEGORY, COUNT, 1);
}

static void revive_in_column(struct raw *raw)
{
	set_column(raw, COLUMN_SESSION, 7, 1);
}

static void flip_chunk(struct raw *raw)
{
	raw_flip(raw, TABLE_COLUMNS, place_byte(COLUMN_RESULT, 0), 900);
}

static void lose_chunk(struct raw *raw)
{
	raw_del(raw, TABLE_COLUMNS, place_byte(COLUMN_RESULT, 0));
}

/* Right but for the length. */
static void shorten_chunk(struct raw *raw)
{
	struct buf buf =
		raw_get(raw, TABLE_COLUMNS, place_byte(COLUMN_RESULT, 0));

	buf.len -= 8;
	raw_put(raw, TABLE_COLUMNS, place_byte(COLUMN_RESULT, 0), buf);
}

static void swap_chunk(struct raw *raw)
{
	raw_copy(raw, TABLE_COLUMNS, place_byte(COLUMN_RESULT, 0),
		 place_byte(COLUMN_FEEDBACK, 0));
}

static void add_chunk(struct raw *raw)
{
	raw_copy(raw, TABLE_COLUMNS, place_byte(COLUMN_RESULT, 0),
		 place_byte(COLUMN_RESULT, 1));
}

static void flip_texts(struct raw *raw)
{
	raw_flip(raw, TABLE_TEXTS, place_of(0), TEXTS_HEADER + 5);
}

/* So short that it stands among others, where it is not aligned. */
static void shorten_texts(struct raw *raw)
{
	struct buf buf = {0};

	buf_str(&buf, "short\n");
	raw_put(raw, TABLE_TEXTS, place_of(0), buf);
}

static void flip_text_end(struct raw *raw)
{
	raw_flip(raw, TABLE_TEXTS, place_of(0), 8 + 3);
}

static void lose_texts(struct raw *raw)
{
	raw_del(raw, TABLE_TEXTS, place_of(1));
}

static void add_texts(struct raw *raw)
{
	raw_copy(raw, TABLE_TEXTS, place_of(1), place_of(2));
}

static void change_texts(struct raw *raw)
{
	struct buf buf = raw_get(raw, TABLE_TEXTS, place_of(0));

	buf.data[TEXTS_HEADER] ^= 1;
	uint64_t sum = seal_sum(SEAL_TEXTS, 0, buf.data + 8, buf.len - 8);
	memcpy(buf.data, &sum, 8);
	raw_put(raw, TABLE_TEXTS, place_of(0), buf);
}

static void flip_event(struct raw *raw)
{
	raw_flip(raw, TABLE_EVENTS, place_pair(2, reg_key(7)), 14);
}

static void lose_event(struct raw *raw)
{
	raw_del(raw, TABLE_EVENTS, place_pair(2, reg_key(7)));
}

static void add_event(struct raw *raw)
{
	struct entry entry = {.kind = EVENT_CREATED, .revision = 1};
	struct buf buf = {0};

	entry_encode(2, reg_key(99), &entry, &buf);
	raw_put(raw, TABLE_EVENTS, place_pair(2, reg_key(99)), buf);
}

static void add_future_event(struct raw *raw)
{
	struct entry entry = {.kind = EVENT_CREATED, .revision = 1};
	struct buf buf = {0};

	entry_encode(2000, reg_key(7), &entry, &buf);
	raw_put(raw, TABLE_EVENTS, place_pair(2000, reg_key(7)), buf);
}

static void rewrite_event(struct raw *raw)
{
	set_event(raw, 2, 7, 2, 1, "forged");
}

static void rewrite_revision(struct raw *raw)
{
	set_event(raw, 2, 7, 3, 1, NULL);
}

static void cut_history(struct raw *raw)
{
	set_event(raw, 2, 7, 2, 0, NULL);
}

static void turn_history_round(struct raw *raw)
{
	set_event(raw, 2, 7, 2, 7, NULL);
}

static void change_digest(struct raw *raw)
{
	struct place at = place_pair(1, reg_key(5));
	struct buf buf = raw_get(raw, TABLE_EVENTS, at), out = {0};
	struct entry entry;

	assert_true(entry_decode(1, reg_key(5), slice_of(&buf), &entry));
	entry.digest[3] ^= 1;
	entry_encode(1, reg_key(5), &entry, &out);
	raw_put(raw, TABLE_EVENTS, at, out);
	buf_free(&buf);
}

static void flip_batch(struct raw *raw)
{
	raw_flip(raw, TABLE_BATCHES, place_of(3), 50);
}

static void lose_batch(struct raw *raw)
{
	raw_del(raw, TABLE_BATCHES, place_of(3));
}

static void lose_last_batch(struct raw *raw)
{
	raw_del(raw, TABLE_BATCHES, place_of(8));
}

static void break_undone_by(struct raw *raw)
{
	set_batch(raw, 7, 0, 0);
}

static void break_undoes(struct raw *raw)
{
	set_batch(raw, 8, 6, 0);
}

static void undo_the_future(struct raw *raw)
{
	set_batch(raw, 7, 0, 900);
}

static void flip_code(struct raw *raw)
{
	raw_flip(raw, TABLE_DICT, place_byte(DICT_STATUS, 2), 1);
}

static void lose_code(struct raw *raw)
{
	raw_del(raw, TABLE_DICT, place_byte(DICT_STATUS, 2));
}

static void swap_codes(struct raw *raw)
{
	set_code(raw, DICT_STATUS, 1, "filed");
	set_code(raw, DICT_STATUS, 2, "received");
}

static void double_code(struct raw *raw)
{
	set_code(raw, DICT_CATEGORY, 1, "economy");
	set_code(raw, DICT_STATUS, 3, "filed");
}

static void add_code(struct raw *raw)
{
	set_code(raw, DICT_STATUS, 9, "more");
}

static void add_dict(struct raw *raw)
{
	set_code(raw, DICT_COUNT, 1, "more");
}

static void miscount_proposals(struct raw *raw)
{
	set_state(raw, 1, -1, 0);
}

static void miscount_sum(struct raw *raw)
{
	set_state(raw, 1, 0, 0);
}

static void miscount_events(struct raw *raw)
{
	set_state(raw, 0, 0, 1);
}

/* What is left to believe: the rest follows from it, or it does not. */
enum remedy { RESTORE, REPAIR };

static const struct {
	const char *name;
	void (*plant)(struct raw *raw);
	enum remedy remedy;
	const char *words;
} damages[] = {
#define DAMAGE(plant, remedy, words) \
	{ \
#plant, plant, remedy, words \
	}
	DAMAGE(flip_record, RESTORE, "十四届三次第5号的记录已损坏"),
	DAMAGE(lose_record, RESTORE, "十四届三次第5号的记录不见了"),
	DAMAGE(move_record, RESTORE, "十四届三次第5号的记录已损坏"),
	DAMAGE(add_record, RESTORE, "第99号的位置 77 不对"),
	DAMAGE(retitle_record, RESTORE, "第5号的历史已损坏"),
	DAMAGE(rebody_record, RESTORE, "第5号的历史已损坏"),
	DAMAGE(age_record, RESTORE, "第9号的历史已损坏"),
	DAMAGE(break_record, RESTORE, "第5号的记录读不出"),
	DAMAGE(share_slot, RESTORE, "第6号的位置 4 不对"),
	DAMAGE(change_status, REPAIR, "第5号的“状态”列与历史不一致"),
	DAMAGE(change_category, REPAIR, "第5号的“类别”列与记录不一致"),
	DAMAGE(change_due, REPAIR, "第9号的“应复日期”列与记录不一致"),
	DAMAGE(change_leads, REPAIR, "第9号的“主办”列与记录不一致"),
	DAMAGE(change_key, REPAIR, "第5号的“编号”列与记录不一致"),
	DAMAGE(change_revision, REPAIR, "第5号的“修订”列与历史不一致"),
	DAMAGE(change_batch, REPAIR, "第7号的“批次”列与历史不一致"),
	DAMAGE(use_beyond_end, REPAIR, "“类别”列的第 0 块不是最新的"),
	DAMAGE(revive_in_column, REPAIR, "第8号的“届次”列与记录不一致"),
	DAMAGE(flip_chunk, REPAIR, "“办理结果”列的第 0 块已损坏"),
	DAMAGE(shorten_chunk, REPAIR, "“办理结果”列的第 0 块已损坏"),
	DAMAGE(lose_chunk, REPAIR, "表 columns 应有 17 项，实有 16 项"),
	DAMAGE(swap_chunk, REPAIR, "“反馈”列的第 0 块已损坏"),
	DAMAGE(add_chunk, REPAIR, "多出“办理结果”列的第 1 块"),
	DAMAGE(flip_texts, REPAIR, "第 0 段检索文本已损坏"),
	DAMAGE(shorten_texts, REPAIR, "第 0 段检索文本已损坏"),
	DAMAGE(flip_text_end, REPAIR, "第 0 段检索文本已损坏"),
	DAMAGE(lose_texts, REPAIR, "表 texts 应有 2 项"),
	DAMAGE(add_texts, REPAIR, "多出第 2 段检索文本"),
	DAMAGE(change_texts, REPAIR, "第1号的检索文本与记录不一致"),
	DAMAGE(flip_event, RESTORE, "第7号在批次 2 的历史已损坏"),
	DAMAGE(lose_event, RESTORE, "批次 2 的历史不完整"),
	DAMAGE(lose_event, RESTORE, "第7号的历史已损坏"),
	DAMAGE(add_event, RESTORE, "批次 2 的历史不完整"),
	DAMAGE(add_future_event, RESTORE, "第7号的历史属于不存在的批次 2000"),
	DAMAGE(rewrite_event, RESTORE, "第7号的历史已损坏"),
	DAMAGE(rewrite_revision, RESTORE, "第7号的历史已损坏"),
	DAMAGE(cut_history, RESTORE, "第7号的历史已损坏"),
	DAMAGE(turn_history_round, RESTORE, "第7号的历史已损坏"),
	DAMAGE(change_digest, RESTORE, "第5号的历史已损坏"),
	DAMAGE(flip_batch, RESTORE, "批次 3 的记录已损坏"),
	DAMAGE(lose_batch, RESTORE, "表 batches 应有 8 项，实有 7 项"),
	DAMAGE(lose_last_batch, RESTORE, "表 batches 应有 8 项，实有 7 项"),
	DAMAGE(break_undone_by, RESTORE, "批次 7 与撤销它的批次 8 不一致"),
	DAMAGE(break_undoes, RESTORE, "批次 6 与撤销它的批次 8 不一致"),
	DAMAGE(undo_the_future, RESTORE, "批次 7 与撤销它的批次 900 不一致"),
	DAMAGE(flip_code, REPAIR, "字典里第 1 种的代码 2 已损坏"),
	DAMAGE(lose_code, REPAIR, "表 dict 应有"),
	DAMAGE(swap_codes, REPAIR, "第5号的“状态”列与历史不一致"),
	DAMAGE(double_code, REPAIR, "字典里的代码“filed”不一致"),
	DAMAGE(add_code, REPAIR, "字典里多出第 1 种的代码 9"),
	DAMAGE(add_dict, REPAIR, "字典里多出第 7 种的代码 1"),
	DAMAGE(miscount_proposals, REPAIR, "应有提案 40 件、已撤销 0 件"),
	DAMAGE(miscount_sum, REPAIR, "提案的总数对不上"),
	DAMAGE(miscount_events, REPAIR, "历史应有 48 条，读到 47 条"),
};

struct hearing {
	const char *words;
	bool heard;
	uint64_t repairs;
	struct buf all;
};

static void hear(void *arg, const char *sentence)
{
	struct hearing *hearing = arg;
	bool repair = strstr(sentence, "--repair");

	hearing->heard |= strstr(sentence, hearing->words) != NULL;
	hearing->repairs += repair;
	buf_char(&hearing->all, '\n');
	buf_str(&hearing->all, sentence);
	/* Each says what to do. */
	assert_true(repair != (strstr(sentence, "备份") != NULL));
}

static void a_sound_register_has_no_findings(void **state)
{
	struct reg *reg = *state;
	struct check_sums sums;
	uint64_t findings;

	assert_ok(reg, store_check(reg->store, reg_print, NULL, &sums,
				   &findings, &reg->err));
	assert_int_equal(findings, 0);
	assert_int_equal(sums.derived, 0);
	assert_int_equal(sums.proposals, COUNT - 1);
	assert_int_equal(sums.removed, 1);
	assert_int_equal(sums.batches, 8);
	assert_int_equal(sums.events, COUNT + 7);
}

static void every_kind_of_damage_is_named(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(damages); i++) {
		struct reg *reg = reg_new();
		struct hearing hearing = {.words = damages[i].words};
		struct check_sums sums;
		uint64_t findings;

		fill(reg);
		reg_close(reg);
		struct raw raw = raw_open(reg);
		damages[i].plant(&raw);
		raw_close(&raw);
		reg_open(reg);
		assert_ok(reg, store_check(reg->store, hear, &hearing, &sums,
					   &findings, &reg->err));
		if (!hearing.heard)
			fail_msg("%s does not say %s but:%s", damages[i].name,
				 damages[i].words, buf_text(&hearing.all));
		if ((sums.derived == findings) != (damages[i].remedy == REPAIR))
			fail_msg("%s: %d of %d can be repaired:%s",
				 damages[i].name, (int)sums.derived,
				 (int)findings, buf_text(&hearing.all));
		assert_int_equal(sums.derived, hearing.repairs);
		buf_free(&hearing.all);
		reg_free(reg);
	}
}

static void counters_that_are_damaged_are_told_at_once(void **state)
{
	struct reg *reg = *state;

	reg_close(reg);
	struct raw raw = raw_open(reg);
	raw_flip(&raw, TABLE_META, place_name("state"), 3);
	raw_close(&raw);
	assert_false(
		store_open(&reg->store, reg->dir, STORE_READ_WRITE, &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, "计数已损坏");
}

/* Damage gets no new, right checksum by a change beside it. */
static void no_commit_over_damage(void **state)
{
	static const struct {
		void (*plant)(struct raw *raw);
		struct edit edit;
	} cases[] = {
		{flip_record, {.kind = EDIT_STATUS, .revision = 1}},
		{flip_record, {.kind = EDIT_REMOVE, .revision = 1}},
		{change_key, {.kind = EDIT_STATUS, .revision = 1}},
	};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct reg *reg = reg_new();
		struct edit edit = cases[i].edit;

		fill(reg);
		reg_close(reg);
		struct raw raw = raw_open(reg);
		cases[i].plant(&raw);
		raw_close(&raw);
		reg_open(reg);
		edit.key = reg_key(5);
		edit.status = "closed";
		assert_false(reg_try(reg, &edit, 1));
		assert_int_equal(reg->err.code, ERR_STORE);
		assert_says(reg, "第5号");
		reg_free(reg);
	}
}

static void no_commit_over_a_damaged_column(void **state)
{
	struct reg *reg = *state;

	reg_close(reg);
	struct raw raw = raw_open(reg);
	raw_flip(&raw, TABLE_COLUMNS, place_byte(COLUMN_STATUS, 0), 900);
	raw_close(&raw);
	reg_open(reg);
	struct edit edit = reg_status(5, 1, "closed");
	assert_false(reg_try(reg, &edit, 1));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, "第5号");
	edit = reg_put(reg_proposal(reg, 41, ""), 0);
	assert_false(reg_try(reg, &edit, 1));
	assert_int_equal(reg->err.code, ERR_STORE);
}

static void no_commit_over_damaged_texts(void **state)
{
	struct reg *reg = *state;
	struct edit edit = reg_put(reg_proposal(reg, 41, ""), 0);

	reg_close(reg);
	struct raw raw = raw_open(reg);
	raw_flip(&raw, TABLE_TEXTS, place_of(1), 1000);
	raw_close(&raw);
	reg_open(reg);
	assert_false(reg_try(reg, &edit, 1));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, "检索文本");
}

/* A search must not follow an end that leads out of the value. */
static void damaged_ends_lead_nowhere(void **state)
{
	struct reg *reg = *state;

	for (size_t at = 0; at < TEXT_SLOTS; at++) {
		reg_close(reg);
		struct raw raw = raw_open(reg);
		raw_flip(&raw, TABLE_TEXTS, place_of(0), 8 + at * 4 + 3);
		raw_close(&raw);
		reg_open(reg);
		struct reading *r = reg_begin(reg);
		assert_int_equal(reading_texts(r, 0).ends[TEXT_SLOTS - 1], 0);
		assert_true(reading_texts(r, 1).ends[TEXT_SLOTS - 1] > 0);
		reading_end(r);
		reg_close(reg);
		raw = raw_open(reg);
		raw_flip(&raw, TABLE_TEXTS, place_of(0), 8 + at * 4 + 3);
		raw_close(&raw);
		reg_open(reg);
	}
	reg_check(reg);
}

static void a_record_of_another_slot_is_refused(void **state)
{
	struct reg *reg = *state;
	struct proposal p;

	reg_close(reg);
	struct raw raw = raw_open(reg);
	share_slot(&raw);
	raw_close(&raw);
	reg_open(reg);
	struct reading *r = reg_begin(reg);
	assert_false(reading_proposal(r, 5, &reg->arena, &p, &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	reading_end(r);
}

static bool nod(void *arg, const struct event *event, struct err *err)
{
	(void)arg, (void)event, (void)err;
	return true;
}

/* 8 was removed in batch 4; what it was then is right but for a date. */
static void what_cannot_be_read_of_a_removed_one_is_told(void **state)
{
	struct reg *reg = *state;
	struct place at = place_pair(4, reg_key(8));
	struct buf out = {0};
	struct entry entry;
	struct event *events;
	size_t count;

	reg_close(reg);
	struct raw raw = raw_open(reg);
	struct buf buf = raw_get(&raw, TABLE_EVENTS, at);
	assert_true(entry_decode(4, reg_key(8), slice_of(&buf), &entry));
	entry.removed.of[FIELD_DUE] = slice_text("2024-02-31");
	entry_encode(4, reg_key(8), &entry, &out);
	buf_free(&buf);
	raw_put(&raw, TABLE_EVENTS, at, out);
	raw_close(&raw);
	reg_open(reg);
	struct reading *reading = reg_begin(reg);
	assert_false(reading_history(reading, reg_key(8), &reg->arena, &events,
				     &count, &reg->err));
	assert_says(reg, "第8号的历史已损坏");
	assert_false(reading_events(reading, 4, nod, NULL, &reg->err));
	assert_says(reg, "第8号的历史已损坏");
	reading_end(reading);
}

/* In batch 2 nothing happened to 5, which has a sound history without it. */
static void a_creation_that_its_history_does_not_know_is_told(void **state)
{
	struct reg *reg = *state;
	struct entry entry = {.kind = EVENT_CREATED, .revision = 1};
	struct buf buf = {0};

	reg_close(reg);
	struct raw raw = raw_open(reg);
	entry_encode(2, reg_key(5), &entry, &buf);
	raw_put(&raw, TABLE_EVENTS, place_pair(2, reg_key(5)), buf);
	raw_close(&raw);
	reg_open(reg);
	struct reading *reading = reg_begin(reg);
	assert_false(past_events(reading, 2, nod, NULL, &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, "第5号的历史已损坏");
	reading_end(reading);
}

/* Pages that no table and no free list knows of. */
static void a_lost_page_is_told(void **state)
{
	struct reg *reg = *state;
	struct hearing hearing = {.words = "页"};
	struct check_sums sums;
	uint64_t findings;
	char path[512];

	reg_close(reg);
	snprintf(path, sizeof(path), "%s/data.mdb", reg->dir);
	int fd = open(path, O_RDWR | O_CLOEXEC);
	for (off_t at = 136; at < 8192; at += 4096) {
		uint64_t last;

		assert_int_equal(pread(fd, &last, 8, at), 8);
		last++;
		assert_int_equal(pwrite(fd, &last, 8, at), 8);
	}
	close(fd);
	reg_open(reg);
	assert_ok(reg, store_check(reg->store, hear, &hearing, &sums, &findings,
				   &reg->err));
	assert_int_equal(findings, 1);
	assert_true(hearing.heard);
	buf_free(&hearing.all);
}

/* A damaged record is not "no such proposal". */
static void a_damaged_record_is_still_found(void **state)
{
	struct reg *reg = *state;
	struct proposal p;
	uint32_t slot;

	reg_close(reg);
	struct raw raw = raw_open(reg);
	raw_flip(&raw, TABLE_RECORDS, place_of(reg_key(5)), 2);
	raw_close(&raw);
	reg_open(reg);
	struct reading *r = reg_begin(reg);
	assert_true(reading_find(r, reg_key(5), &slot));
	assert_int_equal(slot, 4);
	assert_true(reading_next(r, reg_key(5), &slot));
	assert_int_equal(slot, 4);
	assert_false(reading_proposal(r, slot, &reg->arena, &p, &reg->err));
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, "第5号");
	struct event *events;
	size_t count;
	assert_false(reading_history(r, reg_key(5), &reg->arena, &events,
				     &count, &reg->err));
	assert_says(reg, "第5号");
	reading_end(r);
}

/* Everything that can be read of one register, item by item. */
struct print {
	char *items[3 * COUNT + 1];
	bool told; /* by an error on the way */
};

static void print_event(struct buf *out, const struct event *event)
{
	buf_printf(out, "%u %u %u %d %d\n", event->key, event->batch,
		   event->revision, (int)event->kind, event->removed != NULL);
	for (size_t i = 0; i < event->field_count; i++)
		buf_printf(out, "%d %s>%s\n", (int)event->fields[i].field,
			   event->fields[i].before, event->fields[i].after);
	for (unsigned id = 1; event->removed && id < FIELD_END; id++)
		field_canonical(&fields[id], event->removed, out);
}

static bool print_next(void *arg, const struct event *event, struct err *err)
{
	(void)err;
	print_event(arg, event);
	return true;
}

static bool print_proposal(const struct reading *r, uint32_t slot,
			   struct arena *arena, struct buf *out,
			   struct err *err)
{
	struct proposal p;

	if (!reading_proposal(r, slot, arena, &p, err)) {
		buf_printf(out, "none");
		return err->code == ERR_NOT_FOUND;
	}
	for (unsigned id = 1; id < FIELD_END; id++)
		field_canonical(&fields[id], &p, out);
	buf_printf(out, "%u %u %u %lld %s", p.key, p.revision, p.batch,
		   (long long)p.changed_at, p.changed_by);
	return true;
}

static bool print_history(const struct reading *r, uint32_t slot,
			  struct arena *arena, struct buf *out, struct err *err)
{
	struct event *events;
	size_t count;

	if (!reading_history(r, reg_key(slot + 1), arena, &events, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		print_event(out, &events[i]);
	return true;
}

static bool print_batch(const struct reading *r, uint32_t number,
			struct arena *arena, struct buf *out, struct err *err)
{
	struct batch b;

	if (number > 8)
		return true;
	if (!reading_batch(r, number, arena, &b, err) ||
	    !reading_events(r, number, print_next, out, err))
		return false;
	buf_printf(out, "%d %lld %s %s %s %u %u %u", (int)b.kind,
		   (long long)b.at, b.who.name, b.note, b.summary, b.count,
		   b.undoes, b.undone_by);
	return true;
}

typedef bool print_fn(const struct reading *r, uint32_t i, struct arena *arena,
		      struct buf *out, struct err *err);

static void print_all(const struct reading *r, struct print *print)
{
	static print_fn *const each[] = {print_proposal, print_history,
					 print_batch};

	for (size_t i = 0; i < 3 * COUNT; i++) {
		struct arena arena = {0};
		struct buf buf = {0};
		struct err err;

		if (each[i % 3](r, (uint32_t)(i / 3) + (i % 3 == 2), &arena,
				&buf, &err)) {
			print->items[i] = strdup(buf_text(&buf));
		} else {
			/* Whatever is wrong, there are words for it. */
			if (err.code != ERR_STORE && err.code != ERR_NOT_FOUND)
				abort();
			print->told = true;
		}
		buf_free(&buf);
		arena_free(&arena);
	}
}

static void print_free(struct print *print)
{
	for (size_t i = 0; i < 3 * COUNT; i++)
		free(print->items[i]);
}

/* A sanitizer ends a child that crashes with 1. */
enum { SAME = 10, TOLD, WRONG, CHILD_BROKEN };

static void count_only(void *arg, const char *sentence)
{
	(void)arg;
	(void)sentence;
}

/* In a child: what a user gets of a file with this damage. */
static int look_at(struct reg *reg, const struct print *good)
{
	struct print print = {0};
	struct reading *reading;
	struct check_sums sums;
	uint64_t findings;
	struct err err;

	static const int signals[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE};

	/* cmocka would go on with the test in the child. */
	for (size_t i = 0; i < 4; i++)
		signal(signals[i], SIG_DFL);
	alarm(20);
	if (!store_open(&reg->store, reg->dir, STORE_READ_ONLY, &err) ||
	    !reading_begin(reg->store, &reading, &err))
		return err.code == ERR_STORE ? TOLD : CHILD_BROKEN;
	print_all(reading, &print);
	reading_end(reading);
	for (size_t i = 0; i < 3 * COUNT; i++)
		if (print.items[i] && strcmp(print.items[i], good->items[i]))
			return WRONG;
	if (!store_check(reg->store, count_only, NULL, &sums, &findings, &err))
		return TOLD;
	return print.told || findings ? TOLD : SAME;
}

/* Which bytes of the file are ours: values, wherever they stand. */
static unsigned char *find_values(const struct reg *reg, const char *file,
				  size_t size)
{
	struct raw raw = raw_open(reg);
	unsigned char *ours = calloc(size, 1);

	assert_non_null(ours);
	for (int table = 0; table < TABLE_COUNT; table++) {
		MDB_cursor *cursor;
		MDB_val k, v;

		assert_int_equal(
			mdb_cursor_open(raw.txn, raw.tables[table], &cursor),
			0);
		while (!mdb_cursor_get(cursor, &k, &v, MDB_NEXT)) {
			const char *at =
				memmem(file, size, v.mv_data, v.mv_size);
			for (; at;
			     at = memmem(at + 1, (size_t)(file + size - at - 1),
					 v.mv_data, v.mv_size))
				memset(ours + (at - file), 1, v.mv_size);
		}
		mdb_cursor_close(cursor);
	}
	mdb_txn_abort(raw.txn);
	mdb_env_close(raw.env);
	return ours;
}

static void flip_on_disk(int fd, off_t at, unsigned char mask)
{
	unsigned char byte;

	assert_int_equal(pread(fd, &byte, 1, at), 1);
	byte ^= mask;
	assert_int_equal(pwrite(fd, &byte, 1, at), 1);
}

/*
 * A bit anywhere: what is read is right, or there is a sentence. Where it
 * stands in LMDB's own pages, LMDB may crash; nothing may pass as right.
 */
static void no_flipped_bit_passes_in_silence(void **state)
{
	/* The file ends in pages that are not used yet. */
	enum { STEP = 173, SPARE = 16 };
	struct reg *reg = *state;
	struct print good = {0};
	struct stat st;
	unsigned told = 0, crashed = 0, in_values = 0;
	char path[512];

	struct reading *reading = reg_begin(reg);
	print_all(reading, &good);
	reading_end(reading);
	assert_false(good.told);
	reg_close(reg);
	snprintf(path, sizeof(path), "%s/data.mdb", reg->dir);
	int fd = open(path, O_RDWR | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(fstat(fd, &st), 0);
	size_t size = (size_t)st.st_size - SPARE * 4096;
	char *file = malloc(size);
	assert_non_null(file);
	assert_int_equal(pread(fd, file, size, 0), size);
	unsigned char *ours = find_values(reg, file, size);
	for (size_t at = 0, n = 0; at < size; at += STEP, n++) {
		int status;

		flip_on_disk(fd, (off_t)at, (unsigned char)(1u << n % 8));
		pid_t pid = fork();
		if (!pid) {
			setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
			close(STDERR_FILENO);
			_exit(look_at(reg, &good));
		}
		assert_int_equal(waitpid(pid, &status, 0), pid);
		flip_on_disk(fd, (off_t)at, (unsigned char)(1u << n % 8));
		int code = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
		in_values += ours[at];
		told += code == TOLD;
		crashed += code == 1;
		if (code != SAME && code != TOLD && (code != 1 || ours[at]))
			fail_msg("byte %zu of page %zu: status %x", at % 4096,
				 at / 4096, (unsigned)status);
	}
	assert_true(in_values > 100 && told > 100);
	print_message("%u told, %u crashed in LMDB's own pages\n", told,
		      crashed);
	close(fd);
	free(file);
	free(ours);
	print_free(&good);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_sound_register_has_no_findings),
		cmocka_unit_test(every_kind_of_damage_is_named),
		TEST(counters_that_are_damaged_are_told_at_once),
		cmocka_unit_test(no_commit_over_damage),
		TEST(no_commit_over_a_damaged_column),
		TEST(no_commit_over_damaged_texts),
		TEST(damaged_ends_lead_nowhere),
		TEST(a_record_of_another_slot_is_refused),
		TEST(what_cannot_be_read_of_a_removed_one_is_told),
		TEST(a_creation_that_its_history_does_not_know_is_told),
		TEST(a_lost_page_is_told),
		TEST(a_damaged_record_is_still_found),
		TEST(no_flipped_bit_passes_in_silence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
