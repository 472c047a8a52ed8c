#include "store/audit.h"
#include "store/history.h"

/* Proposals: record, columns, text and history must say the same. */

static bool mark_seen(struct audit *audit, uint32_t slot)
{
	unsigned char *byte = &audit->seen[slot / 8];
	unsigned char bit = (unsigned char)(1u << slot % 8);
	bool first = !(*byte & bit);

	*byte |= bit;
	return first;
}

static void expect_column(struct audit *audit, key k, enum column column,
			  uint32_t slot, uint32_t value)
{
	bool by_history = column == COLUMN_STATUS ||
			  column == COLUMN_REVISION || column == COLUMN_BATCH;
	uint32_t have;

	/* A damaged chunk was told of once, as a chunk. */
	if (column_value(audit->reading, column, slot, &have) && have != value)
		audit_derived(audit, "%s的“%s”列与%s不一致", label_of(k).text,
			      column_label(column),
			      by_history ? "历史" : "记录");
}

static void check_codes(struct audit *audit, const struct proposal *p,
			uint32_t slot, bool removed)
{
	if (!audit_can(audit, BIT(TABLE_DICT)))
		return;
	for (unsigned dict = 0; dict < DICT_COUNT; dict++) {
		const char *code =
			removed ? "" : dict_text(dict, p, &audit->text);
		uint32_t id = dict_find(&audit->store->dicts[dict], code);

		expect_column(audit, p->key, dict_column(dict), slot, id);
	}
}

static void check_columns(struct audit *audit, const struct proposal *p,
			  uint32_t slot, bool removed)
{
	if (!audit_can(audit, BIT(TABLE_COLUMNS)))
		return;
	check_codes(audit, p, slot, removed);
	for (unsigned date = 0; date < DATE_COUNT; date++)
		expect_column(audit, p->key, COLUMN_RECEIVED + date, slot,
			      p->dates[date]);
	expect_column(audit, p->key, COLUMN_KEY, slot, p->key);
	expect_column(audit, p->key, COLUMN_MERGED, slot,
		      removed ? KEY_NONE : p->merged_into);
	expect_column(audit, p->key, COLUMN_REVISION, slot, p->revision);
	expect_column(audit, p->key, COLUMN_BATCH, slot, p->batch);
}

static void check_text(struct audit *audit, key k, uint32_t slot,
		       const struct record *record)
{
	uint32_t at = slot % TEXT_SLOTS;

	if (!audit_can(audit, BIT(TABLE_TEXTS)))
		return;
	struct texts texts = reading_texts(audit->reading, slot / TEXT_SLOTS);
	uint32_t start = at ? texts.ends[at - 1] : 0;
	struct slice have = {texts.bytes + start, texts.ends[at] - start};

	buf_reset(&audit->text);
	if (!record->removed)
		text_of(&record->content, &audit->text);
	struct slice want = {buf_text(&audit->text), audit->text.len};
	/* A damaged segment was told of once, as a segment. */
	if (texts.ends[TEXT_SLOTS - 1] && !slice_equal(have, want))
		audit_derived(audit, "%s的检索文本与记录不一致",
			      label_of(k).text);
}

static bool count_step(void *arg, const struct step *step, struct err *err)
{
	struct audit *audit = arg;

	(void)step;
	(void)err;
	audit->told_events++;
	return true;
}

/*
 * How it became what it is, by the record and the events alone. What the
 * columns have to say follows: status, revision, batch.
 */
static bool check_history(struct audit *audit, key k,
			  const struct record *record, struct present *out)
{
	struct newest newest = audit->newest[record->slot];
	struct err err;

	*out = (struct present){.key = k,
				.record = *record,
				.revision = newest.revision,
				.batch = newest.batch};
	if (history_rebuild(audit->reading, out, &audit->statuses, count_step,
			    audit, &err))
		return true;
	audit_found(audit, "%s", err.text);
	return false;
}

/* The record, its history, and all that follows from the two. */
static void check_content(struct audit *audit, key k,
			  const struct record *record)
{
	struct arena arena = {0};
	struct present present;
	struct proposal p;
	struct err err;

	if (!content_proposal(&record->content, k, &arena, &p, &err)) {
		audit_found(audit, "%s的记录读不出：%s", label_of(k).text,
			    err.text);
	} else if (audit_can(audit, BIT(TABLE_EVENTS)) &&
		   check_history(audit, k, record, &present)) {
		p.status = arena_str(&arena, present.status.text,
				     present.status.len);
		p.revision = present.revision;
		p.batch = present.batch;
		check_columns(audit, &p, record->slot, record->removed);
		check_text(audit, k, record->slot, record);
	}
	arena_free(&arena);
}

static void check_record(struct audit *audit, MDB_val at, struct slice value)
{
	key k = place_id(at, 0);
	struct record record;

	if (!record_decode(k, value, &record)) {
		audit_found(audit, "%s的记录已损坏", label_of(k).text);
		return;
	}
	if (record.slot >= audit->reading->state.slots ||
	    !mark_seen(audit, record.slot)) {
		audit_found(audit, "%s的位置 %u 不对", label_of(k).text,
			    (unsigned)record.slot);
		return;
	}
	if (record.removed)
		audit->sums->removed++;
	else
		audit->sums->proposals++;
	check_content(audit, k, &record);
}

/* Slots whose record was not read; their key may still be known. */
static void check_slots(struct audit *audit)
{
	for (uint32_t slot = 0; slot < audit->reading->state.slots; slot++) {
		uint32_t k = 0;

		if (audit->seen[slot / 8] >> slot % 8 & 1)
			continue;
		if (audit_can(audit, BIT(TABLE_COLUMNS)) &&
		    column_value(audit->reading, COLUMN_KEY, slot, &k))
			audit_found(audit, "%s的记录不见了", label_of(k).text);
		else
			audit_found(audit, "位置 %u 的提案不见了",
				    (unsigned)slot);
	}
}

void audit_proposals(struct audit *audit)
{
	const struct state *state = &audit->reading->state;

	if (!audit_can(audit, BIT(TABLE_RECORDS)))
		return;
	audit_table(audit, TABLE_RECORDS, 4, check_record);
	check_slots(audit);
	if (audit->sums->proposals != state->proposals ||
	    audit->sums->removed != state->removed)
		audit_derived(audit,
			      "应有提案 %u 件、已撤销 %u 件，读到 %llu 件和"
			      " %llu 件",
			      (unsigned)state->proposals,
			      (unsigned)state->removed,
			      (unsigned long long)audit->sums->proposals,
			      (unsigned long long)audit->sums->removed);
	if (audit_can(audit, BIT(TABLE_EVENTS)) &&
	    audit->told_events != audit->sums->events)
		audit_found(audit, "历史共 %llu 条，能接上的只有 %llu 条",
			    (unsigned long long)audit->sums->events,
			    (unsigned long long)audit->told_events);
}
