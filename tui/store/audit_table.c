#include <string.h>

#include "store/audit.h"

static void nothing(struct audit *audit, MDB_val k, struct slice value)
{
	(void)audit;
	(void)k;
	(void)value;
}

void audit_meta(struct audit *audit)
{
	const struct state *state = &audit->reading->state;

	/* Its two values were decoded when the store and reading began. */
	audit_table(audit, TABLE_META, 0, nothing);
	if ((uint64_t)state->proposals + state->removed != state->slots)
		audit_derived(audit, "提案的总数对不上");
}

static uint64_t entries(const struct audit *audit, enum table table)
{
	MDB_stat st = {0};

	if (mdb_stat(audit->reading->txn, audit->store->tables[table], &st))
		return 0;
	return st.ms_entries;
}

static void expect(struct audit *audit, enum table table, uint64_t count)
{
	uint64_t have = entries(audit, table);

	if (audit_can(audit, BIT(table)) && have != count)
		audit_found_in(audit, table, "表 %s 应有 %llu 项，实有 %llu 项",
			       table_names[table], (unsigned long long)count,
			       (unsigned long long)have);
}

static void check_code(struct audit *audit, MDB_val k, struct slice value)
{
	unsigned dict = *(const unsigned char *)k.mv_data;
	uint32_t id = place_id(k, 1);
	struct slice code;

	if (dict >= DICT_COUNT || !id ||
	    id >= audit->reading->state.dicts[dict]) {
		audit_derived(audit, "字典里多出第 %u 种的代码 %u", dict,
			      (unsigned)id);
		return;
	}
	if (!code_decode(dict, id, value, &code)) {
		audit_derived(audit, "字典里第 %u 种的代码 %u 已损坏", dict,
			      (unsigned)id);
		return;
	}
	const char *known = dict_code(&audit->store->dicts[dict], id);
	if (!known || !slice_equal(slice_text(known), code) ||
	    dict_find(&audit->store->dicts[dict], known) != id)
		audit_derived(audit, "字典里的代码“%.*s”不一致",
			      code.len > 100 ? 100 : (int)code.len, code.text);
}

static void gather_statuses(struct audit *audit)
{
	const struct dictionary *dict = &audit->store->dicts[DICT_STATUS];

	for (uint32_t id = 0; id < dict->count; id++)
		if (dict_code(dict, id))
			audit_status(audit, slice_text(dict_code(dict, id)));
}

void audit_dicts(struct audit *audit)
{
	uint64_t codes = 0;
	struct err err;

	if (!audit_can(audit, BIT(TABLE_DICT)))
		return;
	for (unsigned i = 0; i < DICT_COUNT; i++) {
		uint32_t count = audit->reading->state.dicts[i];

		codes += count - 1;
		if (!dict_load(audit->store, audit->reading->txn, i, count,
			       &err))
			audit_derived(audit, "%s", err.text);
	}
	gather_statuses(audit);
	audit_table(audit, TABLE_DICT, 5, check_code);
	expect(audit, TABLE_DICT, codes);
}

static bool zero_from(struct slice bytes, size_t at)
{
	for (; at < bytes.len; at++)
		if (bytes.text[at])
			return false;
	return true;
}

static void check_chunk(struct audit *audit, MDB_val k, struct slice value)
{
	unsigned column = *(const unsigned char *)k.mv_data;
	uint32_t chunk = place_id(k, 1);
	uint32_t slots = audit->reading->state.slots;
	uint32_t used = 0;

	if (column >= COLUMN_COUNT || (uint64_t)chunk * CHUNK_SLOTS >= slots) {
		audit_derived(audit, "多出“%s”列的第 %u 块",
			      column < COLUMN_COUNT ? column_label(column)
						    : "?",
			      (unsigned)chunk);
		return;
	}
	if (!chunk_intact(column, chunk, value)) {
		audit_derived(audit, "“%s”列的第 %u 块已损坏",
			      column_label(column), (unsigned)chunk);
		return;
	}
	memcpy(&used, value.text + 8, sizeof(used));
	if (used != chunk_used(slots, chunk) ||
	    !zero_from(value,
		       CHUNK_HEADER + (size_t)used * column_width(column)))
		audit_derived(audit, "“%s”列的第 %u 块不是最新的",
			      column_label(column), (unsigned)chunk);
}

void audit_columns(struct audit *audit)
{
	uint64_t slots = audit->reading->state.slots;

	audit_table(audit, TABLE_COLUMNS, 5, check_chunk);
	expect(audit, TABLE_COLUMNS,
	       COLUMN_COUNT * ((slots + CHUNK_SLOTS - 1) / CHUNK_SLOTS));
}

static void check_texts(struct audit *audit, MDB_val k, struct slice value)
{
	uint32_t segment = place_id(k, 0);

	if ((uint64_t)segment * TEXT_SLOTS >= audit->reading->state.slots)
		audit_derived(audit, "多出第 %u 段检索文本", (unsigned)segment);
	else if (!texts_intact(segment, value))
		audit_derived(audit, "第 %u 段检索文本已损坏",
			      (unsigned)segment);
}

void audit_texts(struct audit *audit)
{
	uint64_t slots = audit->reading->state.slots;

	audit_table(audit, TABLE_TEXTS, 4, check_texts);
	expect(audit, TABLE_TEXTS, (slots + TEXT_SLOTS - 1) / TEXT_SLOTS);
}

/* Statuses are few: a dictionary has room for 255. */
void audit_status(struct audit *audit, struct slice code)
{
	struct strings *all = &audit->statuses;

	for (size_t i = 0; i < all->count; i++)
		if (slice_equal(slice_text(all->items[i]), code))
			return;
	if (all->count == STATUSES_MAX)
		return;
	audit->status_items[all->count++] =
		arena_str(&audit->arena, code.text, code.len);
}

static bool nod(void *arg, const struct event *event, struct err *err)
{
	(void)arg;
	(void)event;
	(void)err;
	return true;
}

/* A batch that takes back, and the one that was, name each other. */
static void check_link(struct audit *audit, uint32_t older, uint32_t newer,
		       bool from_older)
{
	uint32_t other = from_older ? newer : older;
	struct arena arena = {0};
	struct batch batch;
	struct err err;

	bool ok =
		older < newer &&
		reading_batch(audit->reading, other, &arena, &batch, &err) &&
		(from_older ? batch.undoes == older : batch.undone_by == newer);
	arena_free(&arena);
	if (!ok)
		audit_found(audit, "批次 %u 与撤销它的批次 %u 不一致",
			    (unsigned)older, (unsigned)newer);
}

static void check_batch(struct audit *audit, MDB_val k, struct slice value)
{
	uint32_t number = place_id(k, 0);
	struct arena arena = {0};
	struct stamp stamp;
	struct batch batch;
	struct err err;

	if (!batch_decode(number, value, &arena, &batch, &stamp)) {
		audit_found(audit, "批次 %u 的记录已损坏", (unsigned)number);
	} else {
		audit->sums->batches++;
		if (audit_can(audit, BIT(TABLE_EVENTS)) &&
		    !reading_events(audit->reading, number, nod, NULL, &err))
			audit_found(audit, "%s", err.text);
		if (batch.undoes)
			check_link(audit, batch.undoes, number, false);
		if (batch.undone_by)
			check_link(audit, number, batch.undone_by, true);
	}
	arena_free(&arena);
}

void audit_batches(struct audit *audit)
{
	audit_table(audit, TABLE_BATCHES, 4, check_batch);
	expect(audit, TABLE_BATCHES, audit->reading->state.last_batch);
}

static void gather_status(struct audit *audit, const struct entry *entry)
{
	for (size_t i = 0; i < entry->count; i++) {
		if (entry->changes[i].field != FIELD_STATUS)
			continue;
		audit_status(audit, entry->changes[i].before);
		audit_status(audit, entry->changes[i].after);
	}
}

/* Batches ascend: the last that comes is the newest. */
static void note_newest(struct audit *audit, key of, uint32_t batch,
			const struct entry *entry)
{
	const struct reading *reading = audit->reading;
	struct slice bytes;
	uint32_t slot;
	bool removed;

	if (audit_can(audit, BIT(TABLE_RECORDS)) &&
	    record_find(reading->store, reading->txn, of, &bytes, &slot,
			&removed) == FOUND_YES &&
	    slot < reading->state.slots)
		audit->newest[slot] = (struct newest){batch, entry->revision};
}

/* What it says is proved by the history of its proposal. */
static void check_event(struct audit *audit, MDB_val k, struct slice value)
{
	uint32_t batch = place_id(k, 0);
	key of = place_id(k, 4);
	struct entry entry;

	audit->sums->events++;
	if (!batch || batch > audit->reading->state.last_batch) {
		audit_found(audit, "%s的历史属于不存在的批次 %u",
			    label_of(of).text, (unsigned)batch);
	} else if (!entry_decode(batch, of, value, &entry)) {
		audit_found(audit, "%s在批次 %u 的历史已损坏",
			    label_of(of).text, (unsigned)batch);
	} else {
		gather_status(audit, &entry);
		note_newest(audit, of, batch, &entry);
	}
}

void audit_events(struct audit *audit)
{
	audit_table(audit, TABLE_EVENTS, 8, check_event);
	if (audit_can(audit, BIT(TABLE_EVENTS)) &&
	    audit->sums->events != audit->reading->state.events)
		audit_derived(audit, "历史应有 %llu 条，读到 %llu 条",
			      (unsigned long long)audit->reading->state.events,
			      (unsigned long long)audit->sums->events);
}
