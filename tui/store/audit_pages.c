#include <string.h>

#include "store/audit.h"

/*
 * Every page of the file belongs to a table or to the free list; what is
 * missing has leaked, what is too many is used twice.
 */
enum { FREE_TABLE = 0, MAIN_TABLE = 1, META_PAGES = 2 };

static size_t pages_of(MDB_txn *txn, MDB_dbi dbi)
{
	MDB_stat st = {0};

	if (mdb_stat(txn, dbi, &st))
		return 0;
	return st.ms_branch_pages + st.ms_leaf_pages + st.ms_overflow_pages;
}

/* A value of the free list is a count and so many page numbers. */
static size_t free_pages(MDB_txn *txn)
{
	MDB_cursor *cursor;
	MDB_val k, value;
	size_t pages = 0;

	if (mdb_cursor_open(txn, FREE_TABLE, &cursor))
		return 0;
	while (!mdb_cursor_get(cursor, &k, &value, MDB_NEXT)) {
		size_t count = 0;

		if (value.mv_size >= sizeof(count))
			memcpy(&count, value.mv_data, sizeof(count));
		pages += count;
	}
	mdb_cursor_close(cursor);
	return pages;
}

void audit_pages(struct audit *audit)
{
	MDB_txn *txn = audit->reading->txn;
	size_t pages = META_PAGES + pages_of(txn, FREE_TABLE) +
		       pages_of(txn, MAIN_TABLE) + free_pages(txn);
	MDB_envinfo info;

	for (int i = 0; i < TABLE_COUNT; i++)
		pages += pages_of(txn, audit->store->tables[i]);
	/* Somebody else's commit may have come in between: then the number
	 * of the last page is not that of this reading. */
	(void)mdb_env_info(audit->store->env, &info);
	if (info.me_last_txnid != mdb_txn_id(txn))
		return;
	if (pages != info.me_last_pgno + 1)
		audit_found(audit, "文件应有 %zu 页，实有 %zu 页",
			    info.me_last_pgno + 1, pages);
}
