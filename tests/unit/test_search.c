/*
 * What a search finds, by the index and without it: in registers of random
 * texts the same as by comparing each text with what is looked for.
 */
#include "desk.h"

#include <sys/wait.h>

#include "base/fit.h"
#include "base/fold.h"
#include "base/pinyin.h"
#include "query/listing.h"
#include "query/needle.h"
#include "query/search.h"
#include "store/check.h"
#include "store/internal.h"

enum { PROPOSALS = 300, SEARCHES = 150, ROUNDS = 5, LOOKED_UP = 0 };

static uint64_t noise;
static struct desk *desk;

static uint32_t draw(uint32_t limit)
{
	noise = noise * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (uint32_t)(noise >> 33) % limit;
}

/* Few characters, so that everything is common: of three widths, both cases,
 * traditional, with several readings, without any. */
static const char *draw_text(uint32_t most)
{
	static const char *const pieces[] = {
		"重", "庆", "長", "长", "沙", "行", "A", "a",  "Ｂ", "b",
		"，", " ",  "王", "富", "国", "國", "1", "２", "𠮷", "经信",
	};
	struct buf text = {0};

	for (uint32_t i = draw(most) + 1; i; i--)
		buf_str(&text, pieces[draw(LENGTH(pieces))]);
	char *out = arena_str(&desk->arena, buf_text(&text), text.len);
	buf_free(&text);
	return out;
}

static const char **draw_names(size_t count)
{
	const char **names = arena_alloc(&desk->arena, count * sizeof(*names));

	for (size_t i = 0; i < count; i++)
		names[i] = arena_printf(&desk->arena, "王%s三", draw_text(3));
	return names;
}

/* A title begins and ends in what is no blank. */
static void fill(struct proposal *p)
{
	static const char *const units[] = {"jxj", "swj", "jyj", "gaj"};
	size_t names = draw(3);

	p->title = arena_printf(&desk->arena, "关%s议", draw_text(12));
	p->proposers = (struct strings){draw_names(names), names};
	p->body = arena_printf(&desk->arena, "正%s\n%s文", draw_text(30),
			       draw_text(9));
	p->outcome = draw(2) ? arena_printf(&desk->arena, "果%s", draw_text(20))
			     : "";
	p->remarks =
		draw(3) ? ""
			: arena_printf(&desk->arena, "备%s注", draw_text(5));
	p->topic = draw(4) ? "" : "方面一";
	p->units.items = arena_alloc(&desk->arena, sizeof(struct unit));
	p->units.items[0] = (struct unit){units[draw(4)], ROLE_LEAD, "", 0};
	p->units.count = draw(2);
}

/* -- what should be found, from the proposals as they are read */

static bool holds(const char *text, const char *what)
{
	struct buf a = {0}, b = {0};

	fold_text(text, strlen(text), &a);
	fold_text(what, strlen(what), &b);
	bool found = strstr(buf_text(&a), buf_text(&b));
	buf_free(&a);
	buf_free(&b);
	return found;
}

static bool sounds(const char *text, const char *what)
{
	struct pinyin pinyin;
	size_t from, to;

	return pinyin_parse(what, &pinyin) &&
	       pinyin_find(&pinyin, text, strlen(text), &from, &to);
}

static bool names_unit(const struct proposal *p, const char *what)
{
	struct fit fit;

	if (!fit_begin(&fit, what) || !fit.count)
		return false;
	for (size_t i = 0; i < p->units.count; i++) {
		const struct choice *unit =
			config_choice(desk->config, CHOICE_DEPARTMENT,
				      p->units.items[i].department);
		bool named =
			fit_try(&fit, unit->label) || fit_try(&fit, unit->name);

		for (size_t k = 0; k < unit->aliases.count; k++)
			named |= fit_try(&fit, unit->aliases.items[k]) != 0;
		if (named)
			return true;
	}
	return false;
}

static enum where where_in(const struct proposal *p, const char *what)
{
	char number[12];
	bool people = false;

	snprintf(number, sizeof(number), "%u", key_number(p->key));
	if (strlen(what) < 9 && holds(number, what) && holds(what, number))
		return WHERE_NUMBER;
	if (holds(p->title, what) || sounds(p->title, what))
		return WHERE_TITLE;
	for (size_t i = 0; i < p->proposers.count; i++)
		people |= holds(p->proposers.items[i], what) ||
			  sounds(p->proposers.items[i], what);
	if (people)
		return WHERE_PROPOSERS;
	return holds(p->body, what) || holds(p->outcome, what) ||
			       holds(p->remarks, what) ||
			       holds(p->topic, what) || names_unit(p, what)
		       ? WHERE_REST
		       : WHERE_COUNT;
}

static enum where where_found(const struct hits *found, uint32_t slot)
{
	int where = 0;

	while (where < WHERE_COUNT && !slotset_has(&found->in[where], slot))
		where++;
	return (enum where)where;
}

static const struct proposal **read_all(void)
{
	uint32_t slots = reading_slots(desk->reading);
	const struct proposal **all =
		arena_alloc(&desk->arena, slots * sizeof(*all));

	for (uint32_t slot = 0; slot < slots; slot++) {
		struct proposal *p = arena_alloc(&desk->arena, sizeof(*p));
		struct err err;

		if (reading_proposal(desk->reading, slot, &desk->arena, p,
				     &err))
			all[slot] = p;
	}
	return all;
}

static void expect(const struct proposal **all, const char *what)
{
	struct hits found;

	search_text(desk->reading, desk->config, what, &found);
	for (uint32_t slot = 0; slot < reading_slots(desk->reading); slot++) {
		enum where want, have = where_found(&found, slot);

		if (!all[slot])
			continue;
		want = where_in(all[slot], what);
		if (have != want)
			fail_msg("“%s” in %u: %d, not %d: %s | %s", what,
				 key_number(all[slot]->key), have, want,
				 all[slot]->title, all[slot]->body);
	}
	hits_free(&found);
}

/* A stretch of something that is there, or nearly. */
static const char *draw_search(const struct proposal **all)
{
	static const char *const others[] = {
		"cq",     "chongqing", "zhongq", "changsha", "cs",     "wfg",
		"wangfu", "wf",        "x",      "hang",     "jxj",    "经信局",
		"经局",   "信委",      "经济",   "商",       "方面一", "17",
		"300",    "ab",        "B",      "，",       "王王",   "國",
		"不在",   "ü",
	};
	const struct proposal *p = NULL;
	const char *text, *from, *to;

	if (draw(4) == 0)
		return others[draw(LENGTH(others))];
	while (!p)
		p = all[draw(reading_slots(desk->reading))];
	text = draw(3) ? draw(2) ? p->body : p->outcome : p->title;
	from = text;
	for (uint32_t i = draw(9); i && *from; i--)
		(void)utf8_next(&from, text + strlen(text));
	to = from;
	for (uint32_t i = draw(8) + 1; i && *to && *to != '\n'; i--)
		(void)utf8_next(&to, text + strlen(text));
	if (to == from || *from == ' ' || to[-1] == ' ' || *from == '\n')
		return draw_text(5);
	return arena_str(&desk->arena, from, (size_t)(to - from));
}

static void search_much(void)
{
	desk_read(desk);
	const struct proposal **all = read_all();
	for (int i = 0; i < SEARCHES; i++)
		expect(all, draw_search(all));
	desk_done(desk);
}

static void ignore(void *arg, const char *sentence)
{
	(void)arg, (void)sentence;
}

static void check(void)
{
	struct check_sums sums;
	uint64_t findings;

	OK(store_check(desk->store, ignore, NULL, &sums, &findings, err));
	assert_int_equal(findings, 0);
}

static void put_all(uint32_t count)
{
	struct proposal *all[PROPOSALS];

	for (uint32_t i = 0; i < count; i++) {
		all[i] = desk_new(desk, desk_key(3, i + 1), "handling");
		fill(all[i]);
	}
	desk_put(desk, 1, (const struct proposal *const *)all, count);
}

static void change_some(uint32_t limit)
{
	struct edit edits[PROPOSALS];
	size_t count = 0;

	desk_read(desk);
	const struct proposal **all = read_all();
	desk_done(desk);
	for (uint32_t i = 0; i < PROPOSALS && count < limit; i++) {
		struct proposal *next;

		if (!all[i] || draw(3))
			continue;
		next = arena_alloc(&desk->arena, sizeof(*next));
		*next = *all[i];
		fill(next);
		edits[count++] =
			(struct edit){.key = next->key,
				      .kind = draw(9) ? EDIT_PUT : EDIT_REMOVE,
				      .revision = all[i]->revision,
				      .next = next};
	}
	desk_commit(desk, 1, BATCH_EDIT, edits, count);
}

/* With an index that is always new, with one that is mostly old, and none. */
static void finds_what_is_there(void **state)
{
	static const uint32_t most[] = {LOOKED_UP, 90, UINT32_MAX};
	(void)state;

	for (size_t i = 0; i < LENGTH(most); i++) {
		noise = 20240315 + i;
		desk = desk_open();
		desk->store->pending_most = most[i];
		put_all(PROPOSALS);
		search_much();
		for (int round = 0; round < ROUNDS; round++) {
			change_some(draw(40) + 1);
			search_much();
			check();
		}
		desk_close(desk);
	}
}

/* Changes whatever comes; what somebody else was first with is left. */
_Noreturn static void change_on(uint64_t seed)
{
	noise = seed;
	OK(store_open(&desk->store, desk->dir, STORE_READ_WRITE, err));
	desk->store->pending_most = LOOKED_UP;
	for (int i = 0; i < 25; i++) {
		struct edit edits[3];
		struct commit commit = {.kind = BATCH_EDIT,
					.who = {0, 0, "t", ""},
					.note = "",
					.summary = "",
					.edits = edits,
					.config = desk->config};
		struct committed done = {0};
		struct err err;

		desk_read(desk);
		const struct proposal **all = read_all();
		desk_done(desk);
		while (commit.count < LENGTH(edits)) {
			struct proposal *next =
				arena_alloc(&desk->arena, sizeof(*next));

			*next = *all[draw(100) + 100 * commit.count];
			edits[commit.count] = (struct edit){
				.key = next->key,
				.kind = draw(2) ? EDIT_PUT : EDIT_STATUS,
				.revision = next->revision,
				.status = draw(2) ? "handling" : "answered",
				.next = next};
			fill(next);
			commit.count++;
		}
		if (!store_commit(desk->store, &commit, &done, &err) &&
		    err.code != ERR_CONFLICT && err.code != ERR_BUSY)
			_exit(1);
		free(done.conflicts);
	}
	store_close(desk->store);
	_exit(0);
}

/* Three processes, each of which makes the index anew after each change. */
static void finds_what_many_change(void **state)
{
	pid_t pids[3];
	int status;
	(void)state;

	noise = 7;
	desk = desk_open();
	put_all(PROPOSALS);
	store_close(desk->store);
	for (size_t i = 0; i < LENGTH(pids); i++) {
		pids[i] = fork();
		if (!pids[i])
			change_on(i + 1);
	}
	/* At no moment is it wrong about what is not known to be old. */
	OK(store_open(&desk->store, desk->dir, STORE_READ_WRITE, err));
	for (size_t left = LENGTH(pids); left; check())
		while (left && waitpid(-1, &status, WNOHANG) > 0) {
			assert_int_equal(status, 0);
			left--;
		}
	search_much();
	desk_close(desk);
}

/* -- damage */

static uint64_t findings(void)
{
	struct check_sums sums;
	uint64_t count;

	OK(store_check(desk->store, ignore, NULL, &sums, &count, err));
	assert_int_equal(sums.derived, count);
	return count;
}

/* Whatever is wrong with the index is found, and nothing else is blamed. */
static void damage_is_found(void **state)
{
	enum { STEP = 97, BYTES = 1 };
	size_t tried = 0;
	(void)state;

	desk = desk_open();
	desk->store->pending_most = LOOKED_UP;
	put_all(40);
	for (bool more = true; more; tried++) {
		MDB_val k, v;
		MDB_txn *txn;
		MDB_cursor *cursor;
		const struct store *store = desk->store;

		/* Another entry each time, another of its bytes. */
		assert_int_equal(mdb_txn_begin(store->env, NULL, 0, &txn), 0);
		assert_int_equal(mdb_cursor_open(txn,
						 store->tables[TABLE_GRAMS],
						 &cursor),
				 0);
		int rc = mdb_cursor_get(cursor, &k, &v, MDB_FIRST);
		for (size_t i = 0; !rc && i < tried * STEP; i++)
			rc = mdb_cursor_get(cursor, &k, &v, MDB_NEXT);
		more = !rc;
		if (more && tried % 4 == 3) {
			assert_int_equal(mdb_cursor_del(cursor, 0), 0);
		} else if (more) {
			struct buf name = {0}, value = {0};

			buf_add(&name, k.mv_data, k.mv_size);
			buf_add(&value, v.mv_data, v.mv_size);
			value.data[tried % value.len] ^= 4;
			k = (MDB_val){name.len, name.data};
			v = (MDB_val){value.len, value.data};
			assert_int_equal(mdb_cursor_put(cursor, &k, &v, 0), 0);
			buf_free(&name);
			buf_free(&value);
		}
		mdb_cursor_close(cursor);
		assert_int_equal(mdb_txn_commit(txn), 0);
		if (!more)
			break;
		assert_true(findings() > 0);
		/* Made anew as a whole. */
		assert_int_equal(mdb_txn_begin(store->env, NULL, 0, &txn), 0);
		assert_int_equal(mdb_drop(txn, store->tables[TABLE_GRAMS], 0),
				 0);
		assert_int_equal(mdb_txn_commit(txn), 0);
		assert_int_equal(findings(), 0);
		change_some(1);
		assert_int_equal(findings(), 0);
	}
	assert_true(tried > 10);
	desk_close(desk);
}

/* What an index says that is sound but another's is found as well. */
static void an_index_of_other_texts_is_found(void **state)
{
	struct place at = {.len = 3};
	MDB_val k = {at.len, at.bytes}, v;
	char head[64];
	MDB_txn *txn;
	(void)state;

	desk = desk_open();
	desk->store->pending_most = LOOKED_UP;
	put_all(40);
	const struct store *store = desk->store;
	assert_int_equal(mdb_txn_begin(store->env, NULL, MDB_RDONLY, &txn), 0);
	assert_int_equal(mdb_get(txn, store->tables[TABLE_GRAMS], &k, &v), 0);
	assert_in_range(v.mv_size, 1, sizeof(head));
	memcpy(head, v.mv_data, v.mv_size);
	size_t len = v.mv_size;
	mdb_txn_abort(txn);
	desk->store->pending_most = UINT32_MAX;
	change_some(10);
	assert_int_equal(findings(), 0);
	/* None of them is known to have changed. */
	v = (MDB_val){len, head};
	assert_int_equal(mdb_txn_begin(store->env, NULL, 0, &txn), 0);
	assert_int_equal(mdb_put(txn, store->tables[TABLE_GRAMS], &k, &v, 0),
			 0);
	assert_int_equal(mdb_txn_commit(txn), 0);
	assert_true(findings() > 0);
	desk_close(desk);
}

/* In a history, whatever is written there. */
static void finds_departments(void **state)
{
	static const struct {
		const char *text;
		bool found;
	} cases[] = {
		{"经信局", true}, {"经信委", true},  {"经济和", true},
		{"信息化", true}, {"经局", true},    {"jxj", true},
		{"jingji", true}, {"教育局", false}, {"局经", false},
	};
	struct unit unit = {"jxj", ROLE_JOINT, "", DAY_NONE};
	struct proposal *p;
	(void)state;

	desk = desk_open();
	p = desk_new(desk, desk_key(3, 1), "handling");
	p->units = (struct units){&unit, 1};
	desk_put(desk, 1, (const struct proposal *const *)&p, 1);
	desk_read(desk);
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct hits found;

		search_text(desk->reading, desk->config, cases[i].text, &found);
		if (slotset_has(&found.in[WHERE_REST], 0) != cases[i].found)
			fail_msg("%s", cases[i].text);
		hits_free(&found);
	}
	desk_done(desk);
	desk_close(desk);
}

static void finds_notes(void **state)
{
	struct edit edit;
	struct hits found;
	struct committed done = {0};
	(void)state;

	desk = desk_open();
	desk_add(desk, desk_key(3, 1), "handling");
	desk_add(desk, desk_key(3, 2), "handling");
	edit = (struct edit){.key = desk_key(3, 2),
			     .kind = EDIT_STATUS,
			     .revision = 1,
			     .status = "answered"};
	struct commit commit = {.kind = BATCH_EDIT,
				.who = {0, 0, "t", ""},
				.note = "平政协〔2024〕5号",
				.summary = "",
				.edits = &edit,
				.count = 1,
				.config = desk->config};
	OK(store_commit(desk->store, &commit, &done, err));
	desk_read(desk);
	search_text(desk->reading, desk->config, "〔2024〕5", &found);
	assert_int_equal(slotset_size(&found.in[WHERE_REST]), 1);
	assert_true(slotset_has(&found.in[WHERE_REST], 1));
	assert_int_equal(slotset_size(&found.in[WHERE_TITLE]), 0);
	hits_free(&found);
	desk_done(desk);
	desk_close(desk);
}

/* The number that was typed, then titles, then who proposed, then the rest. */
static void the_best_place_comes_first(void **state)
{
	static const uint32_t want[] = {173, 2, 9, 4, 8, 1, 7};
	struct catalog catalog = {0};
	struct filter filter = {.text = "173"};
	struct listing listing = {0};
	struct proposal *all[10];
	(void)state;

	desk = desk_open();
	for (uint32_t i = 0; i < LENGTH(all); i++)
		all[i] = desk_new(desk, desk_key(3, i ? i : 173), "handling");
	all[1]->body = "见173号";
	all[7]->remarks = "173";
	all[2]->title = all[9]->title = "关于173路公交的建议";
	all[4]->proposers = all[8]->proposers =
		(struct strings){(const char *[]){"王173"}, 1};
	desk_put(desk, 1, (const struct proposal *const *)all, LENGTH(all));
	desk_read(desk);
	catalog_update(&catalog, desk->config, desk->reading);
	struct query query = {.reading = desk->reading,
			      .catalog = &catalog,
			      .filter = &filter};
	listing_run(&query, &listing, NULL);
	assert_int_equal(listing.count, LENGTH(want));
	for (size_t i = 0; i < LENGTH(want); i++)
		assert_int_equal(
			key_number(reading_value(desk->reading, COLUMN_KEY,
						 listing.slots[i])),
			want[i]);
	/* What has to be there and what may not be. */
	snprintf(filter.text, sizeof(filter.text), "173 公交");
	listing_run(&query, &listing, NULL);
	assert_int_equal(listing.count, 2);
	snprintf(filter.no_text, sizeof(filter.no_text), "公交");
	listing_run(&query, &listing, NULL);
	assert_int_equal(listing.count, 0);
	*filter.text = '\0';
	listing_run(&query, &listing, NULL);
	assert_int_equal(listing.count, LENGTH(all) - 2);
	listing_free(&listing);
	catalog_free(&catalog);
	desk_done(desk);
	desk_close(desk);
}

static void nothing_is_looked_for(void **state)
{
	struct hits found;
	struct buf much = {0};
	(void)state;

	desk = desk_open();
	desk_add(desk, desk_key(3, 1), "handling");
	for (int i = 0; i <= NEEDLE_MAX; i++)
		buf_str(&much, "事");
	desk_read(desk);
	search_text(desk->reading, desk->config, "", &found);
	assert_int_equal(slotset_size(&found.in[WHERE_REST]), 0);
	hits_free(&found);
	search_text(desk->reading, desk->config, buf_text(&much), &found);
	assert_int_equal(slotset_size(&found.in[WHERE_REST]), 0);
	hits_free(&found);
	buf_free(&much);
	desk_done(desk);
	desk_close(desk);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_what_is_there),
		cmocka_unit_test(finds_what_many_change),
		cmocka_unit_test(damage_is_found),
		cmocka_unit_test(an_index_of_other_texts_is_found),
		cmocka_unit_test(finds_departments),
		cmocka_unit_test(finds_notes),
		cmocka_unit_test(the_best_place_comes_first),
		cmocka_unit_test(nothing_is_looked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
