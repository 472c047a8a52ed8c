#include "change/plan.h"

#include <stdlib.h>

#include "base/mem.h"
#include "change/items.h"
#include "domain/permit.h"
#include "query/probe.h"

/* The array doubles whenever its count is a power of two. */
struct plan_item *item_add(struct plan *plan)
{
	size_t n = plan->count;
	struct plan_item *item;

	if ((n & (n - 1)) == 0)
		plan->items = mem_resize(plan->items,
					 (n ? 2 * n : 1) * sizeof(*item));
	item = &plan->items[n];
	*item = (struct plan_item){.from = "", .to = "", .what = ""};
	plan->count++;
	return item;
}

void item_judge(struct plan *plan, struct plan_item *item, enum verdict verdict)
{
	item->verdict = verdict;
	plan->verdicts[verdict]++;
}

void item_rejudge(struct plan *plan, struct plan_item *item,
		  enum verdict verdict)
{
	plan->verdicts[item->verdict]--;
	item_judge(plan, item, verdict);
}

bool item_writes(const struct plan_item *item)
{
	return item->verdict == VERDICT_OK || item->verdict == VERDICT_FORCED;
}

size_t plan_writes(const struct plan *plan)
{
	return plan->verdicts[VERDICT_OK] + plan->verdicts[VERDICT_FORCED];
}

void plan_step(const struct plan *plan, const struct plan_item *item,
	       struct buf *out)
{
	const char *from =
		config_label(plan->config, CHOICE_STATUS, item->from);
	const char *to = config_label(plan->config, CHOICE_STATUS, item->to);

	if (item->verdict == VERDICT_GONE)
		return;
	if (item->edit.kind == EDIT_REMOVE)
		buf_str(out, "移除");
	else if (item->edit.kind == EDIT_PUT && !*item->what)
		buf_printf(out, "恢复为 %s", to);
	else if (*item->what)
		buf_str(out, item->what);
	else
		buf_printf(out, "%s → %s", *from ? from : "空",
			   *to ? to : "空");
}

static enum action action_of(const struct plan_item *item)
{
	switch (item->edit.kind) {
	case EDIT_STATUS:
		return ACTION_STATUS;
	case EDIT_REMOVE:
		return ACTION_REMOVE;
	case EDIT_PUT:
		break;
	}
	return item->slot == UINT32_MAX ? ACTION_CREATE : ACTION_EDIT;
}

static bool permit_item(const struct plan *plan, const struct plan_item *item,
			struct err *err)
{
	bool removes = item->edit.kind == EDIT_REMOVE;
	const struct deed deed = {
		.action = action_of(item),
		.from = item->from,
		.to = removes ? NULL : item->to,
		.back = plan->kind == BATCH_UNDO || plan->kind == BATCH_REDO,
	};

	return permit(plan->access, plan->config, &deed, err);
}

void plan_permit(struct plan *plan, const struct reading *reading)
{
	struct err err;

	plan->access = reading_access(reading);
	if (plan->access >= ACCESS_ADMIN)
		return;
	for (size_t i = 0; i < plan->count; i++) {
		struct plan_item *item = &plan->items[i];

		if (item_writes(item) && !permit_item(plan, item, &err))
			item_rejudge(plan, item, VERDICT_DENIED);
	}
}

void plan_reason(const struct plan *plan, const struct plan_item *item,
		 struct buf *out)
{
	struct err err;

	switch (item->verdict) {
	case VERDICT_REFUSED:
		workflow_reason(plan->config, item->from, item->to, out);
		break;
	case VERDICT_DENIED:
		if (!permit_item(plan, item, &err))
			buf_str(out, err.text);
		break;
	case VERDICT_CONFLICT:
		if (plan->undoes)
			buf_printf(out, "批次 %u 之后又被修改", plan->undoes);
		else
			buf_str(out, "预览之后又被修改");
		break;
	case VERDICT_GONE:
		buf_str(out, "提案已被撤销，不再存在");
		break;
	case VERDICT_OK:
	case VERDICT_FORCED:
	case VERDICT_UNCHANGED:
	case VERDICT_COUNT:
		break;
	}
}

/*
 * One that was there is compared, its removal being a change as well; one
 * that was not must still be missing.
 */
static bool moved_on(const struct plan_item *item,
		     const struct reading *reading,
		     const struct probe *revisions)
{
	uint32_t slot;

	if (item->slot == UINT32_MAX)
		return reading_find(reading, item->key, &slot);
	return probe_value(revisions, item->slot) != item->revision;
}

size_t plan_review(struct plan *plan, const struct reading *reading)
{
	struct probe revisions;

	probe_open(&revisions, reading, COLUMN_REVISION);
	for (size_t i = 0; i < plan->count; i++) {
		struct plan_item *item = &plan->items[i];

		if (item->verdict != VERDICT_GONE &&
		    item->verdict != VERDICT_CONFLICT &&
		    moved_on(item, reading, &revisions))
			item_rejudge(plan, item, VERDICT_CONFLICT);
	}
	probe_close(&revisions);
	return plan->verdicts[VERDICT_CONFLICT];
}

void plan_free(struct plan *plan)
{
	free(plan->items);
	arena_free(&plan->arena);
	*plan = (struct plan){0};
}
