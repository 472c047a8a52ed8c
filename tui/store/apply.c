#include <string.h>

#include "domain/field_keep.h"
#include "store/gram_store.h"

/* What a proposal was before the edit. */
struct past {
	uint32_t revision, batch; /* 0 for one that never was */
	bool alive;
	struct content content; /* in work->old; with the status */
};

static bool load_past(struct work *work, key k, uint32_t slot,
		      struct past *past, struct err *err)
{
	struct record record;
	struct slice bytes;
	uint32_t status;

	memset(past, 0, sizeof(*past));
	if (slot == NO_SLOT)
		return true;
	int rc = table_get(work->store, work->txn, TABLE_RECORDS, place_of(k),
			   &bytes);
	if (rc)
		return store_failed(err, rc, work->store->dir);
	/* A copy: the map moves with the first put. */
	buf_reset(&work->old);
	buf_add(&work->old, bytes.text, bytes.len);
	bytes.text = work->old.data;
	if (!record_decode(k, bytes, &record))
		return store_damaged(err, k, "记录");
	past->alive = !record.removed;
	past->content = record.content;
	if (!draft_get(work, COLUMN_REVISION, slot, &past->revision, err) ||
	    !draft_get(work, COLUMN_BATCH, slot, &past->batch, err) ||
	    !draft_get(work, COLUMN_STATUS, slot, &status, err) ||
	    !dict_load(work->store, work->txn, DICT_STATUS,
		       work->state.dicts[DICT_STATUS], err))
		return false;
	const char *code = dict_code(&work->store->dicts[DICT_STATUS], status);
	if (!code)
		return store_damaged(err, k, "状态");
	past->content.of[FIELD_STATUS] = slice_text(code);
	return true;
}

static bool put_event(struct work *work, key k, const struct entry *entry,
		      struct err *err)
{
	struct place at = place_pair(work->batch, k);
	MDB_val to = {.mv_size = at.len, .mv_data = at.bytes};

	entry_encode(work->batch, k, entry, &work->event);
	MDB_val value = {work->event.len, work->event.data};
	int rc = mdb_cursor_put(work->events, &to, &value, MDB_APPEND);
	if (rc)
		return store_failed(err, rc, work->store->dir);
	chain_event(&work->chain, k,
		    (struct slice){work->event.data, work->event.len});
	work->state.events++;
	return true;
}

static bool put_record(struct work *work, key k, const struct record *record,
		       struct err *err)
{
	struct place at = place_of(k);
	MDB_val to = {.mv_size = at.len, .mv_data = at.bytes};
	unsigned flags = k > work->last_key ? MDB_APPEND : 0;

	record_encode(k, record, &work->record);
	MDB_val value = {work->record.len, work->record.data};
	int rc = mdb_cursor_put(work->records, &to, &value, flags);
	if (rc)
		return store_failed(err, rc, work->store->dir);
	if (k > work->last_key)
		work->last_key = k;
	return true;
}

/* What changes with every event. */
static bool put_stamp(struct work *work, uint32_t slot, uint32_t revision,
		      struct err *err)
{
	return draft_set(work, COLUMN_REVISION, slot, revision, err) &&
	       draft_set(work, COLUMN_BATCH, slot, work->batch, err);
}

/* A column is written only where it differs: its chunk may stay as it is. */
static bool put_column(struct work *work, enum column column, uint32_t slot,
		       uint32_t value, struct err *err)
{
	uint32_t old;

	if (!draft_get(work, column, slot, &old, err))
		return false;
	if (old == value && slot < work->before.slots)
		return true;
	return draft_set(work, column, slot, value, err);
}

static bool put_columns(struct work *work, uint32_t slot,
			const struct proposal *p, bool alive, struct err *err)
{
	for (unsigned dict = 0; dict < DICT_COUNT; dict++) {
		const char *code = alive ? dict_text(dict, p, &work->text) : "";
		uint32_t id;

		if (!draft_code(work, dict, code, &id, err) ||
		    !put_column(work, dict_column(dict), slot, id, err))
			return false;
	}
	for (unsigned date = 0; date < DATE_COUNT; date++)
		if (!put_column(work, COLUMN_RECEIVED + date, slot,
				alive ? p->dates[date] : DAY_NONE, err))
			return false;
	return put_column(work, COLUMN_KEY, slot, p->key, err) &&
	       put_column(work, COLUMN_MERGED, slot,
			  alive ? p->merged_into : KEY_NONE, err);
}

/* A text that cannot be read back must not get in. */
static bool refuse_unreadable(const struct content *content, key k,
			      struct err *err)
{
	struct err why;
	size_t bytes = 0;
	char label[64];

	for (unsigned id = 1; id < FIELD_END; id++) {
		struct slice text = content->of[id];

		if (text.len > fields[id].max) {
			key_label(k, 0, label);
			return err_set(err, ERR_REFUSED,
				       "%s的“%s”太长（上限 %zu 字节）", label,
				       fields[id].label, fields[id].max);
		}
		bytes += text.len;
	}
	bool ok = true;
	for (unsigned id = 1; ok && id < FIELD_END; id++)
		ok = !content->of[id].len ||
		     field_check(&fields[id], content->of[id].text,
				 content->of[id].len, &why);
	if (ok && proposal_size_fits(bytes, &why))
		return true;
	key_label(k, 0, label);
	return err_set(err, ERR_REFUSED, "%s不能保存：%s", label, why.text);
}

/* False when nothing differs. */
static bool compare(const struct content *before, const struct content *after,
		    struct entry *entry)
{
	entry->kind = EVENT_CHANGED;
	entry->count = 0;
	for (unsigned id = 1; id < FIELD_END; id++)
		if (!slice_equal(before->of[id], after->of[id]))
			entry->changes[entry->count++] =
				(struct change){(enum field_id)id,
						before->of[id], after->of[id]};
	return entry->count;
}

static bool same_field(const struct past *past, const struct content *content,
		       enum field_id field)
{
	return past->alive &&
	       slice_equal(past->content.of[field], content->of[field]);
}

static bool only_status(const struct entry *entry)
{
	return entry->kind == EVENT_CHANGED && entry->count == 1 &&
	       entry->changes[0].field == FIELD_STATUS;
}

static bool authorize_put(struct work *work, const struct past *past,
			  const char *to, const struct entry *entry,
			  struct err *err)
{
	struct slice status = past->content.of[FIELD_STATUS];

	if (entry->kind == EVENT_CREATED)
		return authorize_edit(work, ACTION_CREATE, "", to, err);
	buf_reset(&work->text);
	buf_add(&work->text, status.text, status.len);
	return authorize_edit(work,
			      only_status(entry) ? ACTION_STATUS : ACTION_EDIT,
			      buf_text(&work->text), to, err);
}

static bool put_text(struct work *work, uint32_t slot, const struct past *past,
		     const struct content *content, struct err *err)
{
	if (same_field(past, content, FIELD_TITLE) &&
	    same_field(past, content, FIELD_PROPOSERS))
		return true;
	text_of(content, &work->text);
	return draft_text(work, slot, &work->text, err);
}

static uint32_t birth(struct work *work, uint32_t slot)
{
	work->state.proposals++;
	if (slot == NO_SLOT)
		return work->state.slots++;
	work->state.removed--;
	return slot;
}

static bool apply_put(struct work *work, const struct edit *edit, uint32_t slot,
		      bool *changed, struct err *err)
{
	struct content content;
	struct entry entry;
	struct past past;
	key k = edit->key;

	buf_reset(&work->memory);
	content_from(&content, edit->next, &work->memory);
	if (!refuse_unreadable(&content, k, err) ||
	    !load_past(work, k, slot, &past, err))
		return false;
	*changed = !past.alive || compare(&past.content, &content, &entry);
	if (!*changed)
		return true;
	if (!past.alive) {
		entry.kind = EVENT_CREATED;
		content_digest(&content, k, &work->value, entry.digest);
		slot = birth(work, slot);
	}
	if (!authorize_put(work, &past, edit->next->status, &entry, err))
		return false;
	entry.revision = past.revision + 1;
	entry.previous = past.batch;

	struct record record = {.slot = slot, .content = content};
	gram_note(work, slot, &past.content, &content);
	return put_event(work, k, &entry, err) &&
	       (only_status(&entry) || put_record(work, k, &record, err)) &&
	       put_columns(work, slot, edit->next, true, err) &&
	       put_text(work, slot, &past, &content, err) &&
	       put_stamp(work, slot, entry.revision, err);
}

static bool apply_status(struct work *work, const struct edit *edit,
			 uint32_t slot, bool *changed, struct err *err)
{
	struct dictionary *codes = &work->store->dicts[DICT_STATUS];
	struct content content = {0};
	struct entry entry = {.kind = EVENT_CHANGED, .count = 1};
	uint32_t from, to;

	content.of[FIELD_STATUS] = slice_text(edit->status);
	if (!refuse_unreadable(&content, edit->key, err) ||
	    !draft_get(work, COLUMN_STATUS, slot, &from, err) ||
	    !draft_get(work, COLUMN_REVISION, slot, &entry.revision, err) ||
	    !draft_get(work, COLUMN_BATCH, slot, &entry.previous, err) ||
	    !draft_code(work, DICT_STATUS, edit->status, &to, err))
		return false;
	*changed = from != to;
	if (!*changed)
		return true;
	const char *before = dict_code(codes, from);
	if (!before)
		return store_damaged(err, edit->key, "状态");
	if (!authorize_edit(work, ACTION_STATUS, before, edit->status, err))
		return false;
	entry.revision++;
	entry.changes[0] = (struct change){FIELD_STATUS, slice_text(before),
					   content.of[FIELD_STATUS]};
	return put_event(work, edit->key, &entry, err) &&
	       draft_set(work, COLUMN_STATUS, slot, to, err) &&
	       put_stamp(work, slot, entry.revision, err);
}

static bool apply_remove(struct work *work, const struct edit *edit,
			 uint32_t slot, bool *changed, struct err *err)
{
	struct record tombstone = {.removed = true, .slot = slot};
	struct entry entry = {.kind = EVENT_REMOVED};
	const struct proposal nobody = {.key = edit->key};
	struct past past;

	if (!load_past(work, edit->key, slot, &past, err))
		return false;
	buf_reset(&work->text);
	buf_add(&work->text, past.content.of[FIELD_STATUS].text,
		past.content.of[FIELD_STATUS].len);
	if (!authorize_edit(work, ACTION_REMOVE, buf_text(&work->text), NULL,
			    err))
		return false;
	entry.revision = past.revision + 1;
	entry.previous = past.batch;
	entry.removed = past.content;
	work->state.proposals--;
	work->state.removed++;
	*changed = true;
	buf_reset(&work->text);
	gram_note(work, slot, &past.content, &tombstone.content);
	return put_event(work, edit->key, &entry, err) &&
	       put_record(work, edit->key, &tombstone, err) &&
	       put_columns(work, slot, &nobody, false, err) &&
	       draft_text(work, slot, &work->text, err) &&
	       put_stamp(work, slot, entry.revision, err);
}

bool apply_derived(struct work *work, const struct record *record,
		   const struct proposal *p, uint32_t revision, struct err *err)
{
	bool alive = !record->removed;

	if (!put_columns(work, record->slot, p, alive, err))
		return false;
	buf_reset(&work->text);
	if (alive)
		text_of(&record->content, &work->text);
	return draft_text(work, record->slot, &work->text, err) &&
	       put_stamp(work, record->slot, revision, err);
}

bool apply_edit(struct work *work, const struct edit *edit, uint32_t slot,
		bool *changed, struct err *err)
{
	switch (edit->kind) {
	case EDIT_STATUS:
		return apply_status(work, edit, slot, changed, err);
	case EDIT_PUT:
		return apply_put(work, edit, slot, changed, err);
	case EDIT_REMOVE:
		return apply_remove(work, edit, slot, changed, err);
	}
	return err_set(err, ERR_INTERNAL, "程序错误：未知的修改种类");
}
