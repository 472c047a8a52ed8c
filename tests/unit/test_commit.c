#include "register.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "base/progress.h"
#include "store/columns.h"

static int setup(void **state)
{
	*state = reg_new();
	return 0;
}

/* Whatever a test did, what it leaves is sound. */
static int teardown(void **state)
{
	struct reg *reg = *state;

	if (reg->store)
		reg_check(reg);
	reg_free(reg);
	return 0;
}

static const char *proposers[] = {"张三", "民建界别", "李四"};
static struct unit units[] = {
	{"jingxin", ROLE_LEAD, "signed", 45000},
	{"jiaoyu", ROLE_JOINT, "", DAY_NONE},
	{"shangwu", ROLE_SEPARATE, "", DAY_NONE},
};

/* Every field has something in it. */
static struct proposal *full_proposal(struct reg *reg, uint32_t number)
{
	static key related[] = {14u << 25 | 3u << 20 | 1};
	struct proposal *p = reg_proposal(reg, number, "filed");

	p->body = "第一段\n\n第三段";
	p->proposers = (struct strings){proposers, 3};
	p->category = "economy";
	p->level = "key";
	p->topic = "一";
	p->units = (struct units){units, 3};
	for (int i = 0; i < DATE_COUNT; i++)
		p->dates[i] = (day)(45000 + i);
	p->result = "A";
	p->outcome = "已落实\n并已公布";
	p->feedback = "satisfied";
	p->led_by = "王五";
	p->supervised_by = "赵六";
	p->merged_into = reg_key(1);
	related[0] = reg_key(2);
	p->related = (struct keys){related, 1};
	p->remarks = "备注";
	return p;
}

static void assert_same(const struct proposal *a, const struct proposal *b)
{
	for (unsigned id = 1; id < FIELD_END; id++)
		if (!field_equal(&fields[id], a, b))
			fail_msg("%s differs", fields[id].label);
}

static uint32_t slot_of(struct reg *reg, uint32_t number)
{
	struct reading *reading = reg_begin(reg);
	uint32_t slot = UINT32_MAX;

	assert_true(reading_find(reading, reg_key(number), &slot));
	reading_end(reading);
	return slot;
}

static struct batch batch_of(struct reg *reg, uint32_t number)
{
	struct reading *reading = reg_begin(reg);
	struct batch batch;

	assert_ok(reg, reading_batch(reading, number, &reg->arena, &batch,
				     &reg->err));
	reading_end(reading);
	return batch;
}

static void keeps_every_field(void **state)
{
	struct reg *reg = *state;
	struct proposal *p = full_proposal(reg, 173);

	reg_edit(reg, reg_put(p, 0));
	assert_int_equal(reg->out.batch, 1);
	assert_int_equal(reg->out.changed, 1);
	struct proposal now = reg_get(reg, 173);
	assert_same(p, &now);
	assert_int_equal(now.key, reg_key(173));
	assert_int_equal(now.revision, 1);
	assert_int_equal(now.batch, 1);
	assert_string_equal(now.changed_by, "alice");
	assert_true(now.changed_at == batch_of(reg, 1).at);
	reg_close(reg);
	reg_open(reg);
	now = reg_get(reg, 173);
	assert_same(p, &now);
}

static void a_batch_says_who_and_why(void **state)
{
	struct reg *reg = *state;

	reg_fill(reg, 3, "filed");
	struct batch batch = batch_of(reg, 1);
	assert_int_equal(batch.number, 1);
	assert_int_equal(batch.kind, BATCH_EDIT);
	assert_int_equal(batch.count, 3);
	assert_int_equal(batch.who.uid, 1000);
	assert_int_equal(batch.who.login_uid, 1001);
	assert_string_equal(batch.who.name, "alice");
	assert_string_equal(batch.who.from, "10.0.0.7 5000 22");
	assert_string_equal(batch.note, "平政协〔2024〕5号");
	assert_string_equal(batch.summary, "测试");
	assert_true(batch.at > 1700000000000);
	struct reading *reading = reg_begin(reg);
	assert_int_equal(reading_last_batch(reading), 1);
	assert_false(reading_batch(reading, 2, &reg->arena, &batch, &reg->err));
	assert_int_equal(reg->err.code, ERR_NOT_FOUND);
	assert_false(reading_batch(reading, 0, &reg->arena, &batch, &reg->err));
	assert_int_equal(reg->err.code, ERR_NOT_FOUND);
	reading_end(reading);
}

static void columns_follow_the_record(void **state)
{
	static const day days[] = {45000, 45001, 45002, 45003, 45004, 45005};
	struct reg *reg = *state;
	struct proposal *p = full_proposal(reg, 9);

	reg_edit(reg, reg_put(reg_proposal(reg, 8, ""), 0));
	reg_edit(reg, reg_put(p, 0));
	uint32_t slot = slot_of(reg, 9);
	assert_int_equal(slot, 1);
	struct reading *r = reg_begin(reg);
	const struct {
		enum dict dict;
		enum column column;
		const char *code;
	} codes[] = {
		{DICT_SESSION, COLUMN_SESSION, "14-3"},
		{DICT_STATUS, COLUMN_STATUS, "filed"},
		{DICT_CATEGORY, COLUMN_CATEGORY, "economy"},
		{DICT_LEVEL, COLUMN_LEVEL, "key"},
		{DICT_RESULT, COLUMN_RESULT, "A"},
		{DICT_FEEDBACK, COLUMN_FEEDBACK, "satisfied"},
		{DICT_LEADS, COLUMN_LEADS, "jingxin\nshangwu"},
	};
	for (size_t i = 0; i < 7; i++) {
		struct strings dict = reading_dict(r, codes[i].dict);
		uint32_t id = reading_value(r, codes[i].column, slot);

		assert_true(id > 0 && id < dict.count);
		assert_string_equal(dict.items[id], codes[i].code);
	}
	for (unsigned i = 0; i < DATE_COUNT; i++)
		assert_int_equal(reading_value(r, COLUMN_RECEIVED + i, slot),
				 days[i]);
	assert_int_equal(reading_value(r, COLUMN_KEY, slot), p->key);
	assert_int_equal(reading_value(r, COLUMN_REVISION, slot), 1);
	assert_int_equal(reading_value(r, COLUMN_BATCH, slot), 2);
	assert_int_equal(reading_value(r, COLUMN_STATUS, 0), 0);
	assert_int_equal(reading_value(r, COLUMN_LEADS, 0), 0);
	assert_int_equal(reading_value(r, COLUMN_KEY, 2), 0);
	for (unsigned column = 0; column < COLUMN_COUNT; column++)
		assert_int_equal((uintptr_t)reading_chunk(r, column, 0) %
					 column_width(column),
				 0);
	reading_end(r);
}

static void assert_text(const struct reading *reading, uint32_t slot,
			const char *want)
{
	struct texts texts = reading_texts(reading, slot / TEXT_SLOTS);
	uint32_t at = slot % TEXT_SLOTS;
	uint32_t start = at ? texts.ends[at - 1] : 0;

	assert_int_equal((uintptr_t)texts.ends % 4, 0);
	assert_int_equal(texts.ends[at] - start, strlen(want));
	assert_memory_equal(texts.bytes + start, want, strlen(want));
}

static void texts_follow_titles_and_proposers(void **state)
{
	struct reg *reg = *state;
	char title[3000];

	reg_fill(reg, 70, "filed");
	struct proposal p = reg_get(reg, 34);
	memset(title, 'x', sizeof(title));
	title[900] = 0;
	p.title = title;
	p.proposers = (struct strings){proposers, 2};
	reg_edit(reg, reg_put(&p, 1));
	struct reading *r = reg_begin(reg);
	char want[3100];
	snprintf(want, sizeof(want), "%s\n张三\n民建界别\n", title);
	assert_text(r, 33, want);
	assert_text(r, 32, "关于第33件事的建议\n\n");
	assert_text(r, 34, "关于第35件事的建议\n\n");
	assert_text(r, 63, "关于第64件事的建议\n\n");
	assert_text(r, 64, "关于第65件事的建议\n\n");
	assert_text(r, 69, "关于第70件事的建议\n\n");
	assert_text(r, 70, "");
	reading_end(r);
	p.title = "短";
	p.proposers.count = 0;
	reg_edit(reg, reg_put(&p, 2));
	r = reg_begin(reg);
	assert_text(r, 33, "短\n\n");
	assert_text(r, 34, "关于第35件事的建议\n\n");
	reading_end(r);
}

static void history_is_newest_first(void **state)
{
	struct reg *reg = *state;
	struct event *events;

	reg_edit(reg, reg_put(reg_proposal(reg, 5, "received"), 0));
	reg_edit(reg, reg_status(5, 1, "filed"));
	struct proposal p = reg_get(reg, 5);
	p.remarks = "急";
	p.status = "";
	reg_edit(reg, reg_put(&p, 2));
	assert_int_equal(reg_history(reg, 5, &events), 3);
	assert_int_equal(events[0].batch, 3);
	assert_int_equal(events[0].revision, 3);
	assert_int_equal(events[0].kind, EVENT_CHANGED);
	assert_int_equal(events[0].field_count, 2);
	assert_int_equal(events[0].fields[0].field, FIELD_STATUS);
	assert_string_equal(events[0].fields[0].before, "filed");
	assert_string_equal(events[0].fields[0].after, "");
	assert_int_equal(events[0].fields[1].field, FIELD_REMARKS);
	assert_string_equal(events[0].fields[1].before, "");
	assert_string_equal(events[0].fields[1].after, "急");
	assert_int_equal(events[1].batch, 2);
	assert_string_equal(events[1].fields[0].before, "received");
	assert_string_equal(events[1].fields[0].after, "filed");
	/* A creation shows what there was then, not what there is now. */
	assert_int_equal(events[2].kind, EVENT_CREATED);
	assert_int_equal(events[2].revision, 1);
	assert_int_equal(events[2].field_count, 2);
	assert_int_equal(events[2].fields[0].field, FIELD_TITLE);
	assert_string_equal(events[2].fields[0].after, "关于第5件事的建议");
	assert_string_equal(events[2].fields[1].before, "");
	assert_string_equal(events[2].fields[1].after, "received");
	assert_int_equal(reg_history(reg, 6, &events), 0);
}

static void every_conflict_is_named_and_nothing_written(void **state)
{
	struct reg *reg = *state;

	reg_fill(reg, 6, "received");
	reg_edit(reg, reg_status(2, 1, "filed"));
	reg_edit(reg, reg_status(5, 1, "filed"));
	struct edit edits[] = {
		reg_status(5, 1, "closed"),
		reg_status(1, 1, "closed"),
		reg_status(2, 1, "closed"),
		reg_status(9, 1, "closed"),
		reg_put(reg_proposal(reg, 3, "closed"), 0),
		reg_put(reg_proposal(reg, 10, "closed"), 4),
	};
	assert_false(reg_try(reg, edits, 6));
	assert_int_equal(reg->err.code, ERR_CONFLICT);
	assert_int_equal(reg->out.batch, 0);
	assert_int_equal(reg->out.changed, 0);
	assert_int_equal(reg->out.conflict_count, 5);
	static const uint32_t numbers[] = {2, 3, 5, 9, 10};
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(reg->out.conflicts[i], reg_key(numbers[i]));
	assert_string_equal(reg_get(reg, 1).status, "received");
	assert_int_equal(reg_get(reg, 1).revision, 1);
	assert_false(reg_has(reg, 10));
}

/* What is seen, what is there, and whether the edit goes through. */
static void only_what_was_seen_is_changed(void **state)
{
	static const struct {
		enum edit_kind kind;
		uint32_t number, revision;
		bool ok;
	} cases[] = {
		/* 1 is there with revision 2, 2 is removed, 3 never was. */
		{EDIT_STATUS, 1, 2, true},  {EDIT_STATUS, 1, 1, false},
		{EDIT_STATUS, 1, 0, false}, {EDIT_STATUS, 1, 3, false},
		{EDIT_PUT, 1, 2, true},     {EDIT_PUT, 1, 1, false},
		{EDIT_PUT, 1, 0, false},    {EDIT_REMOVE, 1, 2, true},
		{EDIT_REMOVE, 1, 0, false}, {EDIT_REMOVE, 1, 1, false},
		{EDIT_STATUS, 2, 2, false}, {EDIT_STATUS, 2, 0, false},
		{EDIT_PUT, 2, 0, true},     {EDIT_PUT, 2, 2, false},
		{EDIT_REMOVE, 2, 2, false}, {EDIT_REMOVE, 2, 0, false},
		{EDIT_STATUS, 3, 0, false}, {EDIT_STATUS, 3, 1, false},
		{EDIT_PUT, 3, 0, true},     {EDIT_PUT, 3, 1, false},
		{EDIT_REMOVE, 3, 0, false}, {EDIT_REMOVE, 3, 1, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct reg *reg = reg_new();
		reg_fill(reg, 2, "received");
		reg_edit(reg, reg_status(1, 1, "filed"));
		reg_edit(reg, reg_remove(2, 1));
		struct proposal *p =
			reg_proposal(reg, cases[i].number, "closed");
		struct edit edit = {.key = p->key,
				    .kind = cases[i].kind,
				    .revision = cases[i].revision,
				    .status = "closed",
				    .next = p};
		if (reg_try(reg, &edit, 1) != cases[i].ok)
			fail_msg("case %zu", i);
		if (!cases[i].ok)
			assert_int_equal(reg->err.code, ERR_CONFLICT);
		reg_check(reg);
		reg_free(reg);
	}
}

static void edits_that_change_nothing_are_passed_over(void **state)
{
	struct reg *reg = *state;

	reg_fill(reg, 3, "filed");
	struct reading *r = reg_begin(reg);
	uint64_t version = reading_version(r);
	reading_end(r);
	struct proposal same = reg_get(reg, 2);
	struct edit edits[] = {reg_status(1, 1, "filed"), reg_put(&same, 1)};
	assert_ok(reg, reg_try(reg, edits, 2));
	assert_int_equal(reg->out.batch, 0);
	assert_int_equal(reg->out.changed, 0);
	assert_ok(reg, reg_try(reg, edits, 0));
	assert_int_equal(reg->out.batch, 0);
	r = reg_begin(reg);
	assert_int_equal(reading_version(r), version);
	assert_int_equal(reading_last_batch(r), 1);
	reading_end(r);
	struct edit mixed[] = {reg_status(1, 1, "filed"),
			       reg_status(3, 1, "closed")};
	assert_ok(reg, reg_try(reg, mixed, 2));
	assert_int_equal(reg->out.batch, 2);
	assert_int_equal(reg->out.changed, 1);
	assert_int_equal(batch_of(reg, 2).count, 1);
	assert_int_equal(reg_get(reg, 1).revision, 1);
}

static void a_removed_proposal_can_come_back(void **state)
{
	struct reg *reg = *state;
	struct proposal *p = full_proposal(reg, 2);
	struct event *events;
	uint32_t slot;

	reg_fill(reg, 1, "filed");
	reg_edit(reg, reg_put(p, 0));
	uint32_t before = slot_of(reg, 2);
	reg_edit(reg, reg_status(2, 1, "closed"));
	reg_edit(reg, reg_remove(2, 2));
	assert_false(reg_has(reg, 2));
	struct reading *r = reg_begin(reg);
	assert_true(reading_next(r, 0, &slot));
	assert_false(reading_next(r, reg_key(2), &slot));
	assert_int_equal(reading_slots(r), 2);
	assert_int_equal(reading_value(r, COLUMN_SESSION, before), 0);
	assert_int_equal(reading_value(r, COLUMN_STATUS, before), 0);
	assert_int_equal(reading_value(r, COLUMN_DUE, before), 0);
	assert_int_equal(reading_value(r, COLUMN_KEY, before), reg_key(2));
	assert_text(r, before, "");
	assert_false(reading_proposal(r, before, &reg->arena, p, &reg->err));
	assert_int_equal(reg->err.code, ERR_NOT_FOUND);
	reading_end(r);
	p = full_proposal(reg, 2);
	assert_int_equal(reg_history(reg, 2, &events), 3);
	assert_int_equal(events[0].kind, EVENT_REMOVED);
	assert_non_null(events[0].removed);
	assert_string_equal(events[0].removed->status, "closed");
	struct proposal was = *events[0].removed;
	was.status = "filed";
	assert_same(&was, p);
	reg_check(reg);

	reg_edit(reg, reg_put(p, 0));
	assert_int_equal(slot_of(reg, 2), before);
	assert_int_equal(reg_get(reg, 2).revision, 4);
	assert_int_equal(reg_history(reg, 2, &events), 4);
	assert_int_equal(events[0].kind, EVENT_CREATED);
	assert_int_equal(events[3].kind, EVENT_CREATED);
	reg_edit(reg, reg_status(2, 4, "handling"));
	assert_int_equal(reg_history(reg, 2, &events), 5);
}

static bool collect(void *arg, const struct event *event, struct err *err)
{
	uint32_t **to = arg;

	(void)err;
	*(*to)++ = key_number(event->key);
	return true;
}

static bool stop(void *arg, const struct event *event, struct err *err)
{
	(void)arg;
	(void)event;
	return err_set(err, ERR_REFUSED, "genug");
}

static void a_batch_gives_its_events_in_key_order(void **state)
{
	struct reg *reg = *state;
	uint32_t numbers[4], *to = numbers;
	struct edit edits[] = {
		reg_put(reg_proposal(reg, 300, ""), 0),
		reg_put(reg_proposal(reg, 4, ""), 0),
		reg_put(reg_proposal(reg, 70, ""), 0),
	};

	assert_ok(reg, reg_try(reg, edits, 3));
	reg_edit(reg, reg_status(4, 1, "filed"));
	struct reading *r = reg_begin(reg);
	assert_ok(reg, reading_events(r, 1, collect, &to, &reg->err));
	assert_int_equal(to - numbers, 3);
	assert_int_equal(numbers[0], 4);
	assert_int_equal(numbers[1], 70);
	assert_int_equal(numbers[2], 300);
	assert_false(reading_events(r, 1, stop, NULL, &reg->err));
	assert_string_equal(reg->err.text, "genug");
	assert_false(reading_events(r, 3, collect, &to, &reg->err));
	assert_int_equal(reg->err.code, ERR_NOT_FOUND);
	uint32_t slot;
	assert_true(reading_next(r, reg_key(5), &slot));
	assert_int_equal(reading_value(r, COLUMN_KEY, slot), reg_key(70));
	assert_true(reading_next(r, reg_key(300), &slot));
	assert_false(reading_next(r, reg_key(301), &slot));
	reading_end(r);
}

static void an_undone_batch_names_its_undo(void **state)
{
	struct reg *reg = *state;
	struct edit edit = reg_status(1, 2, "received");
	struct commit undo = reg_batch(&edit, 1);

	reg_fill(reg, 1, "received");
	reg_edit(reg, reg_status(1, 1, "filed"));
	undo.kind = BATCH_UNDO;
	undo.undoes = 2;
	assert_ok(reg, reg_commit(reg, &undo));
	assert_int_equal(batch_of(reg, 2).undone_by, 3);
	assert_int_equal(batch_of(reg, 3).undoes, 2);
	edit = reg_status(1, 3, "filed");
	assert_false(reg_commit(reg, &undo));
	assert_int_equal(reg->err.code, ERR_REFUSED);
	undo.undoes = 77;
	assert_false(reg_commit(reg, &undo));
	assert_int_equal(reg->err.code, ERR_NOT_FOUND);
	assert_string_equal(reg_get(reg, 1).status, "received");
}

static bool say_no(struct progress *progress)
{
	return progress->done < 2000;
}

static void a_cancelled_batch_leaves_nothing(void **state)
{
	struct reg *reg = *state;
	struct edit *edits = calloc(3000, sizeof(*edits));
	struct progress progress = {.tell = say_no};

	assert_non_null(edits);
	for (uint32_t i = 0; i < 3000; i++)
		edits[i] = reg_put(reg_proposal(reg, i + 1, "never"), 0);
	struct commit commit = reg_batch(edits, 3000);
	commit.progress = &progress;
	assert_false(reg_commit(reg, &commit));
	assert_int_equal(reg->err.code, ERR_REFUSED);
	assert_true(progress.done >= 2000);
	assert_int_equal(progress.total, 3000);
	assert_false(reg_has(reg, 1));
	/* Nor in the dictionaries in memory: the id is free again. */
	reg_fill(reg, 1, "filed");
	struct reading *r = reg_begin(reg);
	struct strings codes = reading_dict(r, DICT_STATUS);
	assert_int_equal(codes.count, 2);
	assert_string_equal(codes.items[1], "filed");
	reading_end(r);
	reg_close(reg);
	reg_open(reg);
	assert_string_equal(reg_get(reg, 1).status, "filed");
	free(edits);
}

static void a_conflict_leaves_no_code_either(void **state)
{
	struct reg *reg = *state;

	reg_fill(reg, 2, "filed");
	struct edit edits[] = {reg_status(1, 1, "a"), reg_status(2, 9, "b")};
	assert_false(reg_try(reg, edits, 2));
	reg_edit(reg, reg_status(1, 1, "c"));
	struct reading *r = reg_begin(reg);
	assert_int_equal(reading_dict(r, DICT_STATUS).count, 3);
	assert_string_equal(reading_dict(r, DICT_STATUS).items[2], "c");
	reading_end(r);
}

static void a_dictionary_has_room_for_255_codes(void **state)
{
	struct reg *reg = *state;
	struct edit edits[256];

	for (uint32_t i = 0; i < 256; i++) {
		char *code = arena_printf(&reg->arena, "s%u", i);
		edits[i] = reg_put(reg_proposal(reg, i + 1, code), 0);
	}
	assert_false(reg_try(reg, edits, 256));
	assert_int_equal(reg->err.code, ERR_REFUSED);
	assert_says(reg, "s255");
	assert_ok(reg, reg_try(reg, edits, 255));
	assert_string_equal(reg_get(reg, 255).status, "s254");
}

static void refuses_what_could_not_be_read_back(void **state)
{
	struct reg *reg = *state;
	struct proposal *p = reg_proposal(reg, 1, "filed");
	struct edit edit = reg_put(p, 0);

	p->title = "两\n行";
	assert_false(reg_try(reg, &edit, 1));
	assert_int_equal(reg->err.code, ERR_REFUSED);
	assert_says(reg, "第1号");
	p->title = "好";
	char *body = arena_alloc(&reg->arena, fields[FIELD_BODY].max + 2);
	memset(body, 'x', fields[FIELD_BODY].max + 1);
	p->body = body;
	assert_false(reg_try(reg, &edit, 1));
	assert_says(reg, "太长");
	body[fields[FIELD_BODY].max] = 0;
	assert_ok(reg, reg_try(reg, &edit, 1));
	assert_string_equal(reg_get(reg, 1).body, body);
	edit = reg_status(1, 1, "two words");
	assert_false(reg_try(reg, &edit, 1));
	assert_int_equal(reg->err.code, ERR_REFUSED);
}

static void refuses_a_list_that_makes_no_sense(void **state)
{
	struct reg *reg = *state;
	struct edit twice[] = {reg_put(reg_proposal(reg, 1, ""), 0),
			       reg_put(reg_proposal(reg, 1, ""), 0)};
	struct edit nobody = {.kind = EDIT_STATUS, .status = ""};
	struct edit other = reg_put(reg_proposal(reg, 1, ""), 0);

	assert_false(reg_try(reg, twice, 2));
	assert_int_equal(reg->err.code, ERR_INTERNAL);
	assert_false(reg_try(reg, &nobody, 1));
	assert_int_equal(reg->err.code, ERR_INTERNAL);
	other.key = reg_key(2);
	assert_false(reg_try(reg, &other, 1));
	assert_int_equal(reg->err.code, ERR_INTERNAL);
}

/* Slots, chunks and segments past their first. */
static void many_proposals_are_kept_apart(void **state)
{
	enum { COUNT = 9000 };
	struct reg *reg = *state;
	struct edit *edits = calloc(COUNT, sizeof(*edits));
	uint32_t count = 0, slot;

	assert_non_null(edits);
	reg_fill(reg, COUNT, "received");
	for (uint32_t i = 0; i < COUNT; i += 3)
		edits[count++] = reg_status(i + 1, 1, "filed");
	assert_ok(reg, reg_try(reg, edits, count));
	struct reading *r = reg_begin(reg);
	assert_int_equal(reading_slots(r), COUNT);
	for (uint32_t i = 0; i < COUNT; i++) {
		struct proposal p;
		struct arena arena = {0};

		assert_true(reading_find(r, reg_key(i + 1), &slot));
		assert_int_equal(slot, i);
		assert_ok(reg,
			  reading_proposal(r, slot, &arena, &p, &reg->err));
		assert_int_equal(p.key, reg_key(i + 1));
		assert_string_equal(p.status, i % 3 ? "received" : "filed");
		assert_int_equal(p.revision, i % 3 ? 1 : 2);
		arena_free(&arena);
	}
	reading_end(r);
	free(edits);
}

static void sessions_stand_in_their_order(void **state)
{
	struct reg *reg = *state;
	struct proposal early, late;
	uint32_t slot;

	reg_fill(reg, 1, "filed");
	proposal_init(&early, key_make(session_make(2, 1), NUMBER_MAX));
	proposal_init(&late, key_make(session_make(99, 31), NUMBER_MAX));
	struct edit edits[] = {reg_put(&late, 0), reg_put(&early, 0)};
	assert_ok(reg, reg_try(reg, edits, 2));
	struct reading *r = reg_begin(reg);
	assert_true(reading_next(r, 0, &slot));
	assert_int_equal(reading_value(r, COLUMN_KEY, slot), early.key);
	assert_true(reading_next(r, early.key + 1, &slot));
	assert_int_equal(reading_value(r, COLUMN_KEY, slot), reg_key(1));
	assert_true(reading_next(r, reg_key(2), &slot));
	assert_int_equal(reading_value(r, COLUMN_KEY, slot), late.key);
	assert_false(reading_next(r, late.key + 1, &slot));
	reading_end(r);
}

static void run_child(struct reg *reg, void (*work)(struct reg *reg, int fd),
		      pid_t *pid, int *from)
{
	int ends[2];

	assert_null(reg->store);
	assert_int_equal(pipe(ends), 0);
	*pid = fork();
	if (!*pid) {
		close(ends[0]);
		work(reg, ends[1]);
		_exit(0);
	}
	close(ends[1]);
	*from = ends[0];
}

static void commit_once(struct reg *reg, int fd)
{
	struct edit edit = reg_status(1, 1, "another");

	if (!store_open(&reg->store, reg->dir, STORE_READ_WRITE, &reg->err) ||
	    !reg_try(reg, &edit, 1))
		_exit(1);
	store_close(reg->store);
	(void)!write(fd, "x", 1);
}

static void wait_go_and_commit(struct reg *reg, int fd)
{
	char go;

	/* The other end of the pipe is a file that the parent makes. */
	(void)fd;
	int in = open(arena_printf(&reg->arena, "%s/go", reg->dir), O_RDONLY);
	if (read(in, &go, 1) != 1)
		_exit(2);
	commit_once(reg, fd);
}

/* One view does not move while another commits; the next one has it all. */
static void a_reader_sees_the_commits_of_another(void **state)
{
	struct reg *reg = *state;
	int from, status;
	char done;
	pid_t pid;

	reg_fill(reg, 2, "filed");
	reg_close(reg);
	char *go = arena_printf(&reg->arena, "%s/go", reg->dir);
	assert_int_equal(mkfifo(go, 0600), 0);
	run_child(reg, wait_go_and_commit, &pid, &from);
	reg_open(reg);
	struct reading *r = reg_begin(reg);
	uint64_t version = reading_version(r);
	int out = open(go, O_WRONLY);
	assert_int_equal(write(out, "g", 1), 1);
	assert_int_equal(read(from, &done, 1), 1);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(reading_value(r, COLUMN_REVISION, 0), 1);
	assert_int_equal(reading_version(r), version);
	reading_end(r);
	assert_string_equal(reg_get(reg, 1).status, "another");
	struct edit edit = reg_status(1, 1, "mine");
	assert_false(reg_try(reg, &edit, 1));
	assert_int_equal(reg->err.code, ERR_CONFLICT);
	close(out);
	close(from);
}

static void commit_for_ever(struct reg *reg, int fd)
{
	static const char *const codes[] = {"even", "odd"};

	if (!store_open(&reg->store, reg->dir, STORE_READ_WRITE, &reg->err))
		_exit(1);
	uint32_t revision = reg_get(reg, 1).revision;
	for (;; revision++) {
		struct edit edits[40];

		for (uint32_t i = 0; i < 40; i++)
			edits[i] = reg_status(i + 1, revision,
					      codes[(revision + 1) % 2]);
		if (!reg_try(reg, edits, 40))
			_exit(1);
		uint32_t next = revision + 1;
		if (write(fd, &next, sizeof(next)) != sizeof(next))
			_exit(0);
	}
}

static void a_killed_writer_loses_nothing_it_was_told(void **state)
{
	struct reg *reg = *state;

	reg_fill(reg, 40, "odd");
	for (int round = 0; round < 50; round++) {
		uint32_t told = 0, next;
		pid_t pid;
		int from;

		reg_close(reg);
		run_child(reg, commit_for_ever, &pid, &from);
		/* Killed at whatever it does after some acknowledgements. */
		for (int i = 0; i <= round % 5; i++)
			assert_int_equal(read(from, &told, sizeof(told)),
					 sizeof(told));
		assert_int_equal(kill(pid, SIGKILL), 0);
		assert_int_equal(waitpid(pid, NULL, 0), pid);
		while (read(from, &next, sizeof(next)) == sizeof(next))
			told = next;
		close(from);
		reg_open(reg);
		uint32_t revision = reg_get(reg, 1).revision;
		assert_true(revision == told || revision == told + 1);
		for (uint32_t i = 2; i <= 40; i++)
			assert_int_equal(reg_get(reg, i).revision, revision);
		reg_check(reg);
	}
}

enum { WRITERS = 4, ROUNDS = 25 };

/* Everybody raises the same counter; who was too late looks again. */
static void count_up(struct reg *reg, int fd)
{
	if (!store_open(&reg->store, reg->dir, STORE_READ_WRITE, &reg->err))
		_exit(1);
	for (int done = 0; done < ROUNDS;) {
		struct proposal p = reg_get(reg, 1);

		p.remarks = arena_printf(&reg->arena, "%u", p.revision);
		struct edit edit = reg_put(&p, p.revision);
		if (reg_try(reg, &edit, 1))
			done++;
		else if (reg->err.code != ERR_CONFLICT)
			_exit(1);
	}
	store_close(reg->store);
	(void)!write(fd, "x", 1);
}

static void writers_lose_no_update_of_each_other(void **state)
{
	struct reg *reg = *state;
	int from[WRITERS], status;
	pid_t pids[WRITERS];

	reg_fill(reg, 1, "filed");
	reg_close(reg);
	for (int i = 0; i < WRITERS; i++)
		run_child(reg, count_up, &pids[i], &from[i]);
	for (int i = 0; i < WRITERS; i++) {
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_int_equal(status, 0);
		close(from[i]);
	}
	reg_open(reg);
	assert_string_equal(reg_get(reg, 1).remarks, "100");
	assert_int_equal(reg_get(reg, 1).revision, 101);
}

static char *long_text(struct reg *reg, size_t len)
{
	char *text = arena_alloc(&reg->arena, len + 1);

	memset(text, 'x', len);
	return text;
}

/* The file may not grow: LMDB's commit fails half-way. */
static void a_commit_that_fails_is_not_saved(void **state)
{
	struct reg *reg = *state;
	struct rlimit old, small;
	struct stat st;
	char path[512];

	reg_fill(reg, 10, "filed");
	snprintf(path, sizeof(path), "%s/data.mdb", reg->dir);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	small.rlim_cur = (rlim_t)st.st_size + (1 << 20);
	void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	struct edit edits[30];
	char *body = long_text(reg, 100000);
	for (uint32_t i = 0; i < LENGTH(edits); i++) {
		struct proposal *p = reg_proposal(reg, i + 11, "new");

		p->body = body;
		edits[i] = reg_put(p, 0);
	}
	bool ok = reg_try(reg, edits, LENGTH(edits));
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	signal(SIGXFSZ, handler);
	assert_false(ok);
	assert_int_equal(reg->err.code, ERR_STORE);
	assert_says(reg, "未保存");
	assert_int_equal(reg->out.changed, 0);
	/* The store goes on, without a trace of it. */
	reg_check(reg);
	assert_false(reg_has(reg, 11));
	struct reading *r = reg_begin(reg);
	assert_int_equal(reading_dict(r, DICT_STATUS).count, 2);
	reading_end(r);
	assert_ok(reg, reg_try(reg, edits, LENGTH(edits)));
	assert_true(reg_has(reg, 40));
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(keeps_every_field),
		TEST(a_batch_says_who_and_why),
		TEST(columns_follow_the_record),
		TEST(texts_follow_titles_and_proposers),
		TEST(history_is_newest_first),
		TEST(every_conflict_is_named_and_nothing_written),
		cmocka_unit_test(only_what_was_seen_is_changed),
		TEST(edits_that_change_nothing_are_passed_over),
		TEST(a_removed_proposal_can_come_back),
		TEST(a_batch_gives_its_events_in_key_order),
		TEST(an_undone_batch_names_its_undo),
		TEST(a_cancelled_batch_leaves_nothing),
		TEST(a_conflict_leaves_no_code_either),
		TEST(a_dictionary_has_room_for_255_codes),
		TEST(refuses_what_could_not_be_read_back),
		TEST(refuses_a_list_that_makes_no_sense),
		TEST(many_proposals_are_kept_apart),
		TEST(sessions_stand_in_their_order),
		TEST(a_reader_sees_the_commits_of_another),
		TEST(writers_lose_no_update_of_each_other),
		TEST(a_killed_writer_loses_nothing_it_was_told),
		TEST(a_commit_that_fails_is_not_saved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
