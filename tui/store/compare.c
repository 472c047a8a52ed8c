#include "store/compare.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/privilege.h"
#include "store/aside.h"
#include "store/history.h"

/* One table of both, side by side. */
struct side {
	const struct reading *reading;
	MDB_cursor *cursor;
	MDB_val at, value;
	int rc;
};

struct compare {
	struct side own, other;
	const char *name;
	finding_fn *tell;
	void *arg;
	uint64_t differences;
};

PRINTF(2, 3)
static void differ(struct compare *compare, const char *fmt, ...)
{
	struct err sentence;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(sentence.text, sizeof(sentence.text), fmt, ap);
	va_end(ap);
	compare->differences++;
	compare->tell(compare->arg, sentence.text);
}

struct words {
	char text[128];
};

static struct words label(key k)
{
	struct words words;

	key_label(k, 0, words.text);
	return words;
}

/* What an entry of a table is about: 第4号, 批次 3, 用户 1001. */
static struct words entry_words(enum table table, MDB_val at)
{
	struct words words;

	if (table == TABLE_RECORDS)
		words = label(place_id(at, 0));
	else if (table == TABLE_BATCHES)
		snprintf(words.text, sizeof(words.text), "批次 %u",
			 (unsigned)place_id(at, 0));
	else if (table == TABLE_USERS)
		snprintf(words.text, sizeof(words.text), "用户 %u",
			 (unsigned)place_id(at, 0));
	else
		snprintf(words.text, sizeof(words.text),
			 "%.64s在批次 %u 的历史", label(place_id(at, 4)).text,
			 (unsigned)place_id(at, 0));
	return words;
}

static void advance(struct side *side, MDB_cursor_op op)
{
	MDB_val before = side->at;

	side->rc = mdb_cursor_get(side->cursor, &side->at, &side->value, op);
	/* A damaged tree may lead in a circle. */
	if (!side->rc && op == MDB_NEXT && before.mv_size == side->at.mv_size &&
	    memcmp(before.mv_data, side->at.mv_data, before.mv_size) >= 0)
		side->rc = MDB_CORRUPTED;
}

/* Below zero: the entry at hand is only in the own one. */
static int order(const struct compare *compare)
{
	const struct side *own = &compare->own, *other = &compare->other;
	size_t len = own->at.mv_size < other->at.mv_size ? own->at.mv_size
							 : other->at.mv_size;

	if (own->rc || other->rc)
		return (own->rc != 0) - (other->rc != 0);
	int order = memcmp(own->at.mv_data, other->at.mv_data, len);
	return order ? order
		     : (own->at.mv_size > other->at.mv_size) -
			       (own->at.mv_size < other->at.mv_size);
}

static struct slice value_of(const struct side *side)
{
	return (struct slice){side->value.mv_data, side->value.mv_size};
}

/* 案由、主办, or where there are no such: 记录. */
static void name_fields(const struct compare *compare, key k, struct buf *out)
{
	struct record own, other;

	if (record_decode(k, value_of(&compare->own), &own) &&
	    record_decode(k, value_of(&compare->other), &other) &&
	    own.removed == other.removed)
		for (unsigned id = 1; id < FIELD_END; id++)
			if (!slice_equal(own.content.of[id],
					 other.content.of[id]))
				buf_printf(out, "%s%s", out->len ? "、" : "",
					   fields[id].label);
	if (!out->len)
		buf_str(out, "记录");
}

/* What stands beside the record. */
static void name_columns(const struct present *own, const struct present *other,
			 struct buf *out)
{
	const struct {
		const char *label;
		bool same;
	} columns[] = {
		{"状态", slice_equal(own->status, other->status)},
		{"修订", own->revision == other->revision},
		{"批次", own->batch == other->batch},
	};

	for (size_t i = 0; i < sizeof(columns) / sizeof(*columns); i++)
		if (!columns[i].same)
			buf_printf(out, "%s%s", out->len ? "、" : "",
				   columns[i].label);
}

static bool load(const struct side *side, struct present *out, struct err *err)
{
	uint32_t slot;
	bool removed;

	return record_head(place_id(side->at, 0), value_of(side), &slot,
			   &removed) &&
	       present_load(side->reading, slot, out, err);
}

static void compare_proposal(struct compare *compare)
{
	key k = place_id(compare->own.at, 0);
	struct present own, other;
	struct buf what = {0};
	struct err err;

	if (!slice_equal(value_of(&compare->own), value_of(&compare->other)))
		name_fields(compare, k, &what);
	if (load(&compare->own, &own, &err) &&
	    load(&compare->other, &other, &err))
		name_columns(&own, &other, &what);
	else if (!what.len)
		buf_str(&what, "读不出的内容");
	if (what.len)
		differ(compare, "%s：%s不同", label(k).text, buf_text(&what));
	buf_free(&what);
}

static void compare_entry(struct compare *compare, enum table table)
{
	if (table == TABLE_RECORDS)
		compare_proposal(compare);
	else if (!slice_equal(value_of(&compare->own),
			      value_of(&compare->other)))
		differ(compare, "%s不同",
		       entry_words(table, compare->own.at).text);
}

static void step(struct compare *compare, enum table table)
{
	int which = order(compare);

	if (which < 0)
		differ(compare, "%s：%s里没有",
		       entry_words(table, compare->own.at).text, compare->name);
	else if (which > 0)
		differ(compare, "%s：只有%s里有",
		       entry_words(table, compare->other.at).text,
		       compare->name);
	else
		compare_entry(compare, table);
	if (which <= 0)
		advance(&compare->own, MDB_NEXT);
	if (which >= 0)
		advance(&compare->other, MDB_NEXT);
}

static bool open_side(struct side *side, enum table table, struct err *err)
{
	int rc = mdb_cursor_open(side->reading->txn,
				 side->reading->store->tables[table],
				 &side->cursor);

	if (rc)
		return store_failed(err, rc, side->reading->store->dir);
	advance(side, MDB_FIRST);
	return true;
}

static bool end_side(struct side *side, struct err *err)
{
	mdb_cursor_close(side->cursor);
	if (side->rc != MDB_NOTFOUND)
		return store_failed(err, side->rc, side->reading->store->dir);
	return true;
}

static bool compare_table(struct compare *compare, enum table table,
			  struct err *err)
{
	if (!open_side(&compare->own, table, err) ||
	    !open_side(&compare->other, table, err))
		return false;
	while (!compare->own.rc || !compare->other.rc)
		step(compare, table);
	bool ok = end_side(&compare->own, err);
	return end_side(&compare->other, err) && ok;
}

static bool compare_all(struct compare *compare, struct err *err)
{
	static const enum table tables[] = {TABLE_RECORDS, TABLE_EVENTS,
					    TABLE_BATCHES, TABLE_USERS};
	const struct reading *own = compare->own.reading;
	const struct reading *other = compare->other.reading;

	if (own->store->roles != other->store->roles)
		differ(compare, "一个启用了权限，另一个没有");
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		if (!compare_table(compare, tables[i], err))
			return false;
	if (memcmp(own->state.chain, other->state.chain, CHAIN_SIZE) != 0)
		differ(compare, "历史校验值不同");
	return true;
}

bool store_compare(struct store *own, struct store *other, const char *name,
		   finding_fn *tell, void *arg, uint64_t *differences,
		   struct err *err)
{
	struct compare compare = {.name = name, .tell = tell, .arg = arg};
	struct reading *mine, *theirs;

	*differences = 0;
	if (!reading_begin(own, &mine, err))
		return false;
	bool ok = reading_begin(other, &theirs, err);
	if (ok) {
		compare.own.reading = mine;
		compare.other.reading = theirs;
		ok = compare_all(&compare, err);
		reading_end(theirs);
	}
	reading_end(mine);
	*differences = compare.differences;
	return ok;
}

static bool may_compare(struct store *own, struct err *err)
{
	struct reading *reading;

	if (!reading_begin(own, &reading, err))
		return false;
	bool ok = access_may(reading_access(reading), ACTION_BACKUP,
			     PHASE_COUNT, err);
	reading_end(reading);
	return ok;
}

static bool same_file(const struct store *own, const struct stat *st)
{
	struct stat ours;
	int fd;

	mdb_env_get_fd(own->env, &fd);
	return !fstat(fd, &ours) && ours.st_dev == st->st_dev &&
	       ours.st_ino == st->st_ino;
}

/* LMDB must not have one file open twice. */
static bool refuse_itself(const char *path, struct err *err)
{
	return err_set(err, ERR_USAGE, "%s 就是这个提案库自己", path);
}

static bool open_folder(struct store **out, const struct store *own,
			const char *path, struct err *err)
{
	char data[4096];
	struct stat st;

	if (!privilege_lower())
		return store_failed(err, errno, path);
	snprintf(data, sizeof(data), "%s/data.mdb", path);
	bool ok = stat(data, &st) || !same_file(own, &st)
			  ? store_open(out, path, STORE_READ_ONLY, err)
			  : refuse_itself(path, err);
	privilege_raise();
	return ok;
}

bool store_open_other(struct store **out, struct store *own, const char *path,
		      struct err *err)
{
	struct stat st;

	*out = NULL;
	if (!may_compare(own, err))
		return false;
	int fd = open_as_user(path, O_RDONLY | O_NONBLOCK, 0);
	if (fd < 0 || fstat(fd, &st)) {
		err_set(err, ERR_USAGE, "%s", err_words(errno));
		return err_in(err, "打不开 %s", path);
	}
	bool ok = S_ISDIR(st.st_mode)   ? open_folder(out, own, path, err)
		  : same_file(own, &st) ? refuse_itself(path, err)
					: aside_open(out, fd, path, err);
	close(fd);
	return ok;
}
