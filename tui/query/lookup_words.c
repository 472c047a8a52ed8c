/*
 * What became of a list of numbers, in one line.
 */
#include "query/lookup.h"

/* A line names this many numbers or ranges, then only counts; fewer numbers in
 * a row than RANGE_MIN are named one by one. */
enum { PIECES_MAX = 20, RANGE_MIN = 5 };

/* How many keys from here on follow each other without a gap. */
static size_t run(const key *keys, size_t count)
{
	size_t n = 1;

	while (n < count && keys[n] == keys[0] + n)
		n++;
	return n;
}

static size_t add_run(const key *keys, size_t count, struct buf *out)
{
	size_t n = run(keys, count);

	if (n < RANGE_MIN)
		n = 1;
	buf_printf(out, "%u", key_number(keys[0]));
	if (n > 1)
		buf_printf(out, "—%u", key_number(keys[n - 1]));
	return n;
}

static bool same_session(key a, key b)
{
	return key_session(a) == key_session(b);
}

/* Those of one session; the current one needs no name. */
static size_t add_group(const key *keys, size_t count, session current,
			size_t *pieces, struct buf *out)
{
	bool here = key_session(keys[0]) == current;
	char label[32];
	size_t done = 0;

	session_label(key_session(keys[0]), label);
	if (!here)
		buf_printf(out, "%s第", label);
	do {
		buf_str(out, done ? "、" : "");
		done += add_run(keys + done, count - done, out);
	} while (++*pieces < PIECES_MAX && done < count &&
		 same_session(keys[0], keys[done]));
	buf_str(out, here ? " 号" : "号");
	return done;
}

static void add_keys(const char *what, const key *keys, size_t count,
		     session current, struct buf *out)
{
	size_t done = 0, pieces = 0;

	if (!count)
		return;
	buf_printf(out, "；%s：", what);
	while (done < count && pieces < PIECES_MAX) {
		buf_str(out, done ? "、" : "");
		done += add_group(keys + done, count - done, current, &pieces,
				  out);
	}
	if (done < count)
		buf_printf(out, "等 %zu 个", count);
}

void lookup_words(const struct lookup_list *list, session current,
		  struct buf *out)
{
	buf_printf(out, "找到 %zu 件", list->count);
	add_keys("没有", list->unknown, list->unknown_count, current, out);
	add_keys("重复", list->repeated, list->repeated_count, current, out);
	add_keys("已并案", list->merged, list->merged_count, current, out);
}
