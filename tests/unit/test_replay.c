/*
 * A history, given batch by batch: the same store comes of it, and nothing of
 * one that contradicts itself anywhere.
 */
#include "register.h"

#include "store/compare.h"
#include "store/internal.h"
#include "store/replay.h"
#include "store/users.h"

enum { ROOT, ALICE = 1001, EVENTS_MAX = 32 };

/* Batch 1 gives a role, 2 makes 1 to 3, 3 changes 2, 4 removes 3, 5 takes 4
 * back, 6 moves 1. */
enum { ROLE = 1, MADE, CHANGED, REMOVED, BACK, MOVED, LAST = MOVED };

static struct reg *source, *target;

/* All that was read, so that a test can change it. */
static struct batch batches[LAST + 1];
static unsigned char operations[LAST + 1][OPERATION_SIZE];
static struct event events[EVENTS_MAX];
static size_t event_count;
static unsigned char head[HEAD_SIZE];

/* -- the scene */

static void commit(struct edit *edits, size_t count, uint32_t undoes)
{
	static const struct config none;
	struct commit commit = reg_batch(edits, count);

	commit.who = (struct who){ROOT, ROOT, "root", ""};
	commit.config = &none;
	commit.undoes = undoes;
	assert_ok(source, reg_commit(source, &commit));
}

static void fill(void)
{
	const struct who root = {ROOT, ROOT, "root", ""};
	struct edit edits[3];

	assert_ok(source,
		  store_user_set(source->store, &root, ALICE, "alice",
				 ACCESS_EDIT, "", &source->out, &source->err));
	for (uint32_t n = 1; n <= 3; n++)
		edits[n - 1] = reg_put(reg_proposal(source, n, "received"), 0);
	commit(edits, 3, 0);
	struct proposal p = reg_get(source, 2);
	p.topic = "二";
	edits[0] = reg_put(&p, 1);
	commit(edits, 1, 0);
	p = reg_get(source, 3);
	edits[0] = reg_remove(3, 1);
	commit(edits, 1, 0);
	edits[0] = reg_put(&p, 0);
	commit(edits, 1, REMOVED);
	edits[0] = reg_status(1, 1, "filed");
	commit(edits, 1, 0);
}

/* A copy that outlives the call. */
static bool keep(void *arg, const struct event *event, struct err *err)
{
	struct arena *arena = &source->arena;
	struct event *own = &events[event_count++];
	struct event_field *changes =
		arena_alloc(arena, (event->field_count + 1) * sizeof(*changes));

	(void)arg, (void)err;
	assert_true(event_count < EVENTS_MAX);
	*own = *event;
	for (size_t i = 0; i < event->field_count; i++)
		changes[i] = (struct event_field){
			event->fields[i].field,
			arena_printf(arena, "%s", event->fields[i].before),
			arena_printf(arena, "%s", event->fields[i].after)};
	own->fields = changes;
	return true;
}

static void read_all(void)
{
	struct reading *reading = reg_begin(source);

	event_count = 0;
	for (uint32_t n = 1; n <= LAST; n++) {
		assert_ok(source,
			  past_batch(reading, n, &source->arena, &batches[n],
				     operations[n], &source->err));
		assert_ok(source,
			  past_events(reading, n, keep, NULL, &source->err));
	}
	memcpy(head, reading_chain(reading), sizeof(head));
	reading_end(reading);
}

static struct reg *new_reg(void)
{
	struct reg *reg = reg_new_dir();

	assert_ok(reg, store_create_with_roles(reg->dir, &reg->err));
	return reg;
}

static int start(void **state)
{
	(void)state;
	source = new_reg();
	reg_open(source);
	source->store->uid = ROOT;
	fill();
	read_all();
	target = new_reg();
	return 0;
}

static int stop(void **state)
{
	(void)state;
	reg_free(source);
	reg_free(target);
	return 0;
}

static void hear(void *arg, const char *sentence)
{
	(void)arg;
	print_error("%s\n", sentence);
}

static bool replay_all(struct replay *replay)
{
	struct swapped swapped;
	size_t at = 0;

	for (uint32_t n = 1; n <= LAST; n++) {
		if (!replay_batch(replay, &batches[n], operations[n],
				  &target->err))
			return false;
		/* They belong to the batch that they were read with. */
		for (; at < event_count && (n == LAST || events[at].batch <= n);
		     at++)
			if (!replay_event(replay, &events[at], &target->err))
				return false;
	}
	return replay_finish(replay, head, hear, NULL, &swapped, &target->err);
}

static bool replay(void)
{
	struct replay *replay;

	assert_ok(target,
		  replay_begin(&replay, target->dir, true, &target->err));
	bool ok = replay_all(replay);
	replay_end(replay);
	return ok;
}

static struct event *first_of(uint32_t batch)
{
	size_t i = 0;

	while (events[i].batch != batch)
		i++;
	return &events[i];
}

static struct event_field *first_field(struct event *event)
{
	struct event_field *copy =
		arena_alloc(&source->arena, event->field_count * sizeof(*copy));

	memcpy(copy, event->fields, event->field_count * sizeof(*copy));
	event->fields = copy;
	return copy;
}

static void drop(struct event *event)
{
	size_t at = (size_t)(event - events);

	memmove(event, event + 1, (--event_count - at) * sizeof(*event));
}

static void double_it(struct event *event)
{
	size_t at = (size_t)(event - events);

	memmove(event + 1, event, (event_count++ - at) * sizeof(*event));
}

/* -- the claims */

static void an_equal_store_comes_of_it(void **state)
{
	uint64_t differences;
	(void)state;

	assert_ok(target, replay());
	reg_open(target);
	target->store->uid = ROOT;
	assert_ok(target,
		  store_compare(source->store, target->store, "那个", hear,
				NULL, &differences, &target->err));
	assert_int_equal(differences, 0);
	reg_check(target);
}

/* Refused, in these words, and the store in its place is empty as before. */
static void refused(const char *words)
{
	assert_false(replay());
	assert_int_equal(target->err.code, ERR_USAGE);
	if (!strstr(target->err.text, words))
		fail_msg("“%s” is not in: %s", words, target->err.text);
	reg_open(target);
	target->store->uid = ROOT;
	struct reading *reading = reg_begin(target);
	assert_int_equal(reading_last_batch(reading), 0);
	reading_end(reading);
	reg_close(target);
	read_all();
}

static void batches_follow_each_other(void **state)
{
	(void)state;
	batches[MADE].number = 7;
	refused("不是下一个");
	batches[MADE].count = UINT32_MAX;
	refused("的件数太大");
	batches[MADE].count--;
	refused("的历史多于它的批次所说的件数");
	batches[MADE].count++;
	refused("的历史不完整");
	batches[REMOVED].undone_by = 0;
	refused("与它撤销的批次对不上");
	batches[BACK].undoes = 0;
	refused("有 1 个批次说被撤销过");
	batches[BACK].undoes = BACK;
	refused("与它撤销的批次对不上");
	batches[ROLE].grant.before = ACCESS_VIEW;
	refused("刚被他人改为");
	batches[MOVED].count = 0;
	event_count--;
	refused("什么都没有改");
	head[0] ^= 1;
	refused("历史校验值对不上");
	batches[MOVED].note = "改过的附注";
	refused("历史校验值对不上");
}

static void events_follow_each_other(void **state)
{
	(void)state;
	first_of(MOVED)->batch++;
	refused("的历史不在它的批次之后");
	double_it(first_of(MADE));
	refused("的历史次序不对，或有重复");
	first_of(MADE)->key = reg_key(0) | 0xFFFFF;
	refused("的历史次序不对，或有重复");
	drop(first_of(MOVED));
	refused("的历史不完整");
	first_of(CHANGED)->kind = EVENT_CREATED;
	refused("已经有了，不能再新增");
	first_of(MADE)->kind = EVENT_CHANGED;
	refused("不存在，不能修改或移除");
	first_of(CHANGED)->revision++;
	refused("的修订号与之前的历史对不上");
	first_of(REMOVED)->key = reg_key(9);
	refused("不存在，不能修改或移除");
}

static void fields_follow_from_what_they_were(void **state)
{
	(void)state;
	first_field(first_of(CHANGED))->before = "一";
	refused("的原值与之前的历史对不上");
	first_field(first_of(CHANGED))->after = "";
	refused("什么都没有改");
	first_field(first_of(CHANGED))->after = "一\n二";
	refused("的写法不对");
	first_field(first_of(MOVED))->before = "filed";
	refused("的原值与之前的历史对不上");
}

static void only_an_empty_store_is_filled(void **state)
{
	struct replay *replay;
	(void)state;

	reg_close(source);
	assert_false(replay_begin(&replay, source->dir, true, &source->err));
	assert_int_equal(source->err.code, ERR_REFUSED);
	assert_null(replay);
	replay_end(NULL);
	assert_false(replay_begin(&replay, "/nowhere", true, &source->err));
	assert_int_equal(source->err.code, ERR_STORE);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, start, stop)
	static const struct CMUnitTest tests[] = {
		TEST(an_equal_store_comes_of_it),
		TEST(batches_follow_each_other),
		TEST(events_follow_each_other),
		TEST(fields_follow_from_what_they_were),
		TEST(only_an_empty_store_is_filled),
	};
	return cmocka_run_group_tests_name("replay", tests, NULL, NULL);
}
