#include <stdlib.h>

#include "base/mem.h"
#include "change/items.h"

static int by_key(const void *a, const void *b)
{
	const key *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Items that the store found changed. */
static void mark_conflicts(struct plan *plan, struct committed *found)
{
	qsort(found->conflicts, found->conflict_count, sizeof(key), by_key);
	for (size_t i = 0; i < plan->count; i++) {
		struct plan_item *item = &plan->items[i];

		if (!item_writes(item) ||
		    !bsearch(&item->key, found->conflicts,
			     found->conflict_count, sizeof(key), by_key))
			continue;
		item_rejudge(plan, item, VERDICT_CONFLICT);
	}
}

static bool stands_in_the_way(const struct plan *plan, struct committed *out,
			      struct err *err)
{
	size_t count = plan->verdicts[VERDICT_CONFLICT];

	out->conflicts = mem_array(count, sizeof(key));
	for (size_t i = 0; i < plan->count; i++)
		if (plan->items[i].verdict == VERDICT_CONFLICT)
			out->conflicts[out->conflict_count++] =
				plan->items[i].key;
	return err_set(err, ERR_CONFLICT,
		       "有 %zu 件已被他人修改，需复核；这次什么都没有写入，"
		       "再确认一次则其余 %zu 件继续",
		       count, plan_writes(plan));
}

static bool nothing_left(const struct plan *plan, struct err *err)
{
	struct buf why = {0};

	for (int v = 0; v < VERDICT_COUNT; v++)
		if (plan->verdicts[v])
			buf_printf(&why, "%s%s %zu 件", why.len ? "、" : "：",
				   verdict_label((enum verdict)v),
				   plan->verdicts[v]);
	err_set(err, ERR_REFUSED, "没有可以写入的提案%s", buf_text(&why));
	buf_free(&why);
	return false;
}

/* The history says so when the workflow was overruled. */
static const char *summary_of(struct plan *plan)
{
	size_t forced = plan->verdicts[VERDICT_FORCED];

	return forced ? arena_printf(&plan->arena, "%s（强制 %zu 件）",
				     plan->summary, forced)
		      : plan->summary;
}

static bool write_items(struct plan *plan, struct store *store,
			const struct who *who, const char *note,
			struct committed *out, struct err *err)
{
	struct commit commit = {
		.kind = plan->kind,
		.who = *who,
		.note = note ? note : "",
		.summary = summary_of(plan),
		.undoes = plan->undoes,
		.config = plan->config,
		.progress = plan->progress,
		.edits = mem_array(plan_writes(plan), sizeof(struct edit)),
	};
	bool ok;

	for (size_t i = 0; i < plan->count; i++)
		if (item_writes(&plan->items[i]))
			commit.edits[commit.count++] = plan->items[i].edit;
	ok = store_commit(store, &commit, out, err);
	free(commit.edits);
	return ok;
}

/* Each round leaves at least one more item out, so there is a last one. */
bool plan_commit(struct plan *plan, struct store *store, const struct who *who,
		 const char *note, bool rest, struct committed *out,
		 struct err *err)
{
	for (;;) {
		*out = (struct committed){0};
		if (plan->verdicts[VERDICT_CONFLICT] && !rest)
			return stands_in_the_way(plan, out, err);
		if (plan_writes(plan) == 0)
			return nothing_left(plan, err);
		if (write_items(plan, store, who, note, out, err))
			return true;
		if (err->code != ERR_CONFLICT || !out->conflict_count)
			return false;
		mark_conflicts(plan, out);
		free(out->conflicts);
	}
}
