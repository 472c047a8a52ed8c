#include "store/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/audit.h"

#define RESTORE "请报告管理员，从备份恢复"
#define REPAIR "请报告管理员，proposals check --repair 可以重建"

/* The advice is left out where the sentence has it, being a failure's own. */
PRINTF(3, 0)
static void found(struct audit *audit, const char *advice, const char *fmt,
		  va_list ap)
{
	struct err sentence;

	vsnprintf(sentence.text, sizeof(sentence.text), fmt, ap);
	buf_reset(&audit->line);
	buf_str(&audit->line, sentence.text);
	if (!strstr(buf_text(&audit->line), "备份"))
		buf_printf(&audit->line, "，%s", advice);
	audit->findings++;
	audit->tell(audit->arg, buf_text(&audit->line));
}

void audit_found(struct audit *audit, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	found(audit, RESTORE, fmt, ap);
	va_end(ap);
}

void audit_derived(struct audit *audit, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	found(audit, REPAIR, fmt, ap);
	va_end(ap);
	audit->sums->derived++;
}

static bool is_derived(enum table table)
{
	return table != TABLE_RECORDS && table != TABLE_EVENTS &&
	       table != TABLE_BATCHES && table != TABLE_META;
}

void audit_found_in(struct audit *audit, enum table table, const char *fmt, ...)
{
	bool derived = is_derived(table);
	va_list ap;

	va_start(ap, fmt);
	found(audit, derived ? REPAIR : RESTORE, fmt, ap);
	va_end(ap);
	audit->sums->derived += derived;
}

bool audit_can(const struct audit *audit, unsigned tables)
{
	return !(audit->sums->broken & tables);
}

struct label label_of(key k)
{
	struct label label = {0};

	key_label(k, 0, label.text);
	return label;
}

bool audit_ascends(MDB_val before, MDB_val k)
{
	size_t len = before.mv_size < k.mv_size ? before.mv_size : k.mv_size;
	int order = memcmp(before.mv_data, k.mv_data, len);

	return order < 0 || (!order && before.mv_size < k.mv_size);
}

/* How many entries there were. */
static uint64_t walk(struct audit *audit, MDB_cursor *cursor, enum table table,
		     size_t key_len, audit_fn *each)
{
	MDB_val before = {0, NULL}, k, value;
	uint64_t count = 0;
	int rc = mdb_cursor_get(cursor, &k, &value, MDB_FIRST);

	for (; !rc; rc = mdb_cursor_get(cursor, &k, &value, MDB_NEXT)) {
		/* A damaged tree may lead in a circle. */
		if (count && !audit_ascends(before, k)) {
			audit_found_in(audit, table, "表 %s 的顺序已损坏",
				       table_names[table]);
			return count;
		}
		before = k;
		count++;
		if (key_len && k.mv_size != key_len)
			audit_found_in(audit, table, "表 %s 里有无效的键",
				       table_names[table]);
		else
			each(audit, k,
			     (struct slice){value.mv_data, value.mv_size});
	}
	if (rc != MDB_NOTFOUND)
		audit_found_in(audit, table, "表 %s 的结构已损坏",
			       table_names[table]);
	return count;
}

void audit_table(struct audit *audit, enum table table, size_t key_len,
		 audit_fn *each)
{
	MDB_txn *txn = audit->reading->txn;
	MDB_dbi dbi = audit->store->tables[table];
	MDB_cursor *cursor;
	MDB_stat st;

	if (!audit_can(audit, BIT(table)))
		return;
	if (mdb_stat(txn, dbi, &st) || mdb_cursor_open(txn, dbi, &cursor)) {
		audit_found_in(audit, table, "表 %s 打不开",
			       table_names[table]);
		return;
	}
	uint64_t count = walk(audit, cursor, table, key_len, each);
	mdb_cursor_close(cursor);
	if (count != st.ms_entries)
		audit_found_in(audit, table,
			       "表 %s 应有 %zu 项，只读到 %llu 项",
			       table_names[table], st.ms_entries,
			       (unsigned long long)count);
}

static void audit_all(struct audit *audit)
{
	audit_pages(audit);
	audit_meta(audit);
	audit_dicts(audit);
	audit_columns(audit);
	audit_texts(audit);
	audit_batches(audit);
	audit_events(audit);
	audit_chain(audit);
	audit_proposals(audit);
	audit_grams(audit);
}

/* A version whose meta page can still be read. */
static bool begin(struct audit *audit, struct err *err)
{
	enum { TRIES = 20 };
	struct reading *reading;

	for (int i = 0; i < TRIES; i++) {
		if (!reading_begin(audit->store, &reading, err))
			return false;
		audit->reading = reading;
		if (audit_begin(audit))
			return true;
		reading_end(reading);
	}
	return err_set(err, ERR_BUSY, "正在写入的人太多，没有核对，请稍后再试");
}

bool store_check(struct store *store, finding_fn *tell, void *arg,
		 struct check_sums *sums, uint64_t *findings, struct err *err)
{
	struct audit audit = {
		.store = store, .tell = tell, .arg = arg, .sums = sums};

	memset(sums, 0, sizeof(*sums));
	*findings = 0;
	if (!begin(&audit, err))
		return false;
	uint32_t slots = audit.reading->state.slots;
	audit.statuses.items = audit.status_items;
	audit.seen = mem_new(slots / 8 + 1);
	audit.newest = mem_array(slots + 1u, sizeof(*audit.newest));
	audit_all(&audit);
	reading_end(&store->reading);
	free(audit.seen);
	free(audit.newest);
	arena_free(&audit.arena);
	buf_free(&audit.text);
	buf_free(&audit.line);
	*findings = audit.findings;
	return true;
}
