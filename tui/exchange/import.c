#include "exchange/import.h"

#include <string.h>

#include "base/mem.h"
#include "exchange/entry.h"

static bool find_status(const struct config *config, const char *status,
			const char **out, struct err *err)
{
	const struct choices *all = &config->choices[CHOICE_STATUS];
	const struct choice *choice =
		status ? config_choice(config, CHOICE_STATUS, status)
		       : all->items;

	if (!choice)
		return err_set(err, ERR_USAGE, "没有“%s”这个状态", status);
	*out = choice->code;
	return true;
}

static bool make_entries(struct entries *entries, struct err *err)
{
	size_t count = entries->rows->count;

	entries->memos = arena_alloc(entries->arena,
				     ROW_FIELD_END * sizeof(*entries->memos));
	entries->items =
		arena_alloc(entries->arena, count * sizeof(*entries->items));
	progress_phase(entries->rows->progress, "检查", "行", count);
	for (size_t i = 0; i < count; i++) {
		if (!progress_step(entries->rows->progress, i + 1))
			return progress_cancelled(err);
		if (!entry_read(entries, i, err))
			return false;
	}
	entries_number(entries);
	return entries_merge(entries, err);
}

static const char *row_title(const struct entries *entries, size_t row)
{
	const struct row *from = &entries->rows->items[row];
	const struct entry *entry = &entries->items[row];

	for (size_t i = 0; i < from->count; i++)
		if (from->cells[i].field == FIELD_TITLE && *from->cells[i].text)
			return from->cells[i].text;
	return entry->next ? entry->next->title : "";
}

static struct plan_item make_item(const struct entry *entry)
{
	uint32_t revision = entry->base ? entry->base->revision : 0;

	return (struct plan_item){
		.key = entry->key,
		.slot = entry->slot,
		.revision = revision,
		.verdict = VERDICT_OK,
		.from = entry->base ? entry->base->status : "",
		.to = entry->next->status,
		.edit = {.key = entry->key,
			 .kind = EDIT_PUT,
			 .revision = revision,
			 .status = "",
			 .next = entry->next},
	};
}

static void add_row(struct import *out, struct entries *entries, size_t row)
{
	const struct entry *entry = &entries->items[row];

	out->rows[row] = (struct import_row){
		.line = entries->rows->items[row].line,
		.key = entry->key,
		.verdict = entry->verdict,
		.title = row_title(entries, row),
		.reason = entry->verdict == IMPORT_REJECT ? entry->reason : "",
		.changes = entry->verdict == IMPORT_CHANGE
				   ? entry_words(entries, entry)
				   : "",
	};
	out->verdicts[entry->verdict]++;
	if (entry->verdict == IMPORT_NEW || entry->verdict == IMPORT_CHANGE)
		out->plan.items[out->plan.count++] = make_item(entry);
}

static void add_rows(struct import *out, struct entries *entries)
{
	size_t count = entries->rows->count;

	out->count = count;
	out->rows = arena_alloc(entries->arena, count * sizeof(*out->rows));
	out->plan.items = mem_array(count + 1, sizeof(*out->plan.items));
	for (size_t i = 0; i < count; i++)
		add_row(out, entries, i);
	out->plan.verdicts[VERDICT_OK] = out->plan.count;
}

bool import_plan(struct import *out, const struct rows *rows,
		 const struct config *config, const struct reading *reading,
		 const char *status, struct err *err)
{
	struct entries entries = {.rows = rows,
				  .config = config,
				  .reading = reading,
				  .arena = &out->plan.arena};

	*out = (struct import){
		.plan = {.config = config, .kind = BATCH_IMPORT}};
	if (!find_status(config, status, &entries.status, err) ||
	    !make_entries(&entries, err)) {
		import_free(out);
		return false;
	}
	out->plan.summary =
		arena_str(&out->plan.arena, rows->source, strlen(rows->source));
	add_rows(out, &entries);
	return true;
}

void import_free(struct import *import)
{
	plan_free(&import->plan);
	*import = (struct import){0};
}
