#include "store/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/audit.h"

void audit_found(struct audit *audit, const char *fmt, ...)
{
	struct err sentence;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(sentence.text, sizeof(sentence.text), fmt, ap);
	va_end(ap);
	buf_reset(&audit->line);
	buf_str(&audit->line, sentence.text);
	if (!strstr(buf_text(&audit->line), "备份"))
		buf_str(&audit->line, "，请报告管理员，从备份恢复");
	audit->findings++;
	audit->tell(audit->arg, buf_text(&audit->line));
}

struct label label_of(key k)
{
	struct label label = {0};

	key_label(k, 0, label.text);
	return label;
}

static bool ascends(MDB_val before, MDB_val k)
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
		if (count && !ascends(before, k)) {
			audit_found(audit, "表 %s 的顺序已损坏",
				    table_names[table]);
			return count;
		}
		before = k;
		count++;
		if (key_len && k.mv_size != key_len)
			audit_found(audit, "表 %s 里有无效的键",
				    table_names[table]);
		else
			each(audit, k,
			     (struct slice){value.mv_data, value.mv_size});
	}
	if (rc != MDB_NOTFOUND)
		audit_found(audit, "表 %s 的结构已损坏", table_names[table]);
	return count;
}

void audit_table(struct audit *audit, enum table table, size_t key_len,
		 audit_fn *each)
{
	MDB_txn *txn = audit->reading->txn;
	MDB_dbi dbi = audit->store->tables[table];
	MDB_cursor *cursor;
	MDB_stat st;

	if (mdb_stat(txn, dbi, &st) || mdb_cursor_open(txn, dbi, &cursor)) {
		audit_found(audit, "表 %s 打不开", table_names[table]);
		return;
	}
	uint64_t count = walk(audit, cursor, table, key_len, each);
	mdb_cursor_close(cursor);
	if (count != st.ms_entries)
		audit_found(audit, "表 %s 应有 %zu 项，只读到 %llu 项",
			    table_names[table], st.ms_entries,
			    (unsigned long long)count);
}

bool store_check(struct store *store, finding_fn *tell, void *arg,
		 struct check_sums *sums, uint64_t *findings, struct err *err)
{
	struct audit audit = {
		.store = store, .tell = tell, .arg = arg, .sums = sums};
	struct reading *reading;

	memset(sums, 0, sizeof(*sums));
	*findings = 0;
	if (!reading_begin(store, &reading, err))
		return false;
	audit.reading = reading;
	audit.seen = mem_new(reading->state.slots / 8 + 1);
	audit_pages(&audit);
	audit_meta(&audit);
	audit_dicts(&audit);
	audit_columns(&audit);
	audit_texts(&audit);
	audit_batches(&audit);
	audit_events(&audit);
	audit_chain(&audit);
	audit_proposals(&audit);
	reading_end(reading);
	free(audit.seen);
	buf_free(&audit.text);
	buf_free(&audit.line);
	*findings = audit.findings;
	return true;
}
