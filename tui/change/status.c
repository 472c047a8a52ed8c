#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "change/items.h"
#include "query/probe.h"

/* What becomes of all proposals that have one status now. */
struct step {
	const char *from; /* in the plan's arena; NULL: not seen yet */
	enum verdict verdict;
	bool written;
};

struct stepping {
	struct plan *plan;
	struct strings dict;
	const char *to;
	bool force;
	struct probe keys, sessions, statuses, revisions;
	uint32_t slots;
	uint8_t *seen; /* a bit for each slot */
	struct step steps[UINT8_MAX + 1];
};

static struct step *step_of(struct stepping *all, uint32_t id)
{
	struct step *step = &all->steps[id];
	const char *from;

	if (step->from)
		return step;
	from = id < all->dict.count ? all->dict.items[id] : "";
	step->from = arena_str(&all->plan->arena, from, strlen(from));
	step->verdict = workflow_step(all->plan->config, step->from, all->to,
				      all->force);
	return step;
}

static bool there(const struct stepping *all, uint32_t slot)
{
	return slot < all->slots && probe_value(&all->sessions, slot) != 0;
}

static void add_gone(struct stepping *all, uint32_t slot)
{
	struct plan_item *item = item_add(all->plan);

	item->slot = slot;
	if (slot < all->slots)
		item->key = probe_value(&all->keys, slot);
	item->to = all->to;
	item_judge(all->plan, item, VERDICT_GONE);
}

static void add_step(struct stepping *all, uint32_t slot)
{
	struct step *step = step_of(all, probe_value(&all->statuses, slot));
	struct plan_item *item = item_add(all->plan);

	item->key = probe_value(&all->keys, slot);
	item->slot = slot;
	item->revision = probe_value(&all->revisions, slot);
	item->from = step->from;
	item->to = all->to;
	item->edit = (struct edit){
		.key = item->key,
		.kind = EDIT_STATUS,
		.revision = item->revision,
		.status = all->to,
	};
	item_judge(all->plan, item, step->verdict);
	step->written |= item_writes(item);
}

static void add_slot(struct stepping *all, uint32_t slot)
{
	if (!there(all, slot)) {
		add_gone(all, slot);
		return;
	}
	if (all->seen[slot / 8] >> slot % 8 & 1)
		return;
	all->seen[slot / 8] |= (uint8_t)(1u << slot % 8);
	add_step(all, slot);
}

/* Of what will be written; if nothing will, of what was asked. */
static void summarize(struct stepping *all)
{
	struct plan *plan = all->plan;
	bool writes = plan_writes(plan) != 0;
	const char *label = "";
	size_t count = 0;

	for (size_t id = 0; id < sizeof(all->steps) / sizeof(*all->steps);
	     id++) {
		const struct step *step = &all->steps[id];

		if (!step->from || (writes && !step->written))
			continue;
		label = *step->from ? config_label(plan->config, CHOICE_STATUS,
						   step->from)
				    : "未填";
		count++;
	}
	const char *to = config_label(plan->config, CHOICE_STATUS, all->to);
	plan->summary = count > 1 ? arena_printf(&plan->arena,
						 "%zu 种状态 → %s", count, to)
				  : arena_printf(&plan->arena, "%s%s→ %s",
						 label, count ? " " : "", to);
}

static void step_all(struct plan *plan, const struct reading *reading,
		     const uint32_t *slots, size_t count, const char *to,
		     bool force)
{
	struct stepping all = {
		.plan = plan,
		.dict = reading_dict(reading, DICT_STATUS),
		.to = to,
		.force = force,
		.slots = reading_slots(reading),
	};

	all.seen = mem_array((size_t)all.slots / 8 + 1, 1);
	probe_open(&all.keys, reading, COLUMN_KEY);
	probe_open(&all.sessions, reading, COLUMN_SESSION);
	probe_open(&all.statuses, reading, COLUMN_STATUS);
	probe_open(&all.revisions, reading, COLUMN_REVISION);
	for (size_t i = 0; i < count; i++)
		add_slot(&all, slots[i]);
	summarize(&all);
	probe_close(&all.keys);
	probe_close(&all.sessions);
	probe_close(&all.statuses);
	probe_close(&all.revisions);
	free(all.seen);
}

static bool no_status(const struct config *config, const char *status,
		      struct err *err)
{
	const struct choices *choices = &config->choices[CHOICE_STATUS];
	struct buf all = {0};

	for (size_t i = 0; i < choices->count; i++)
		buf_printf(&all, "%s%s（%s）", i ? "、" : "",
			   choices->items[i].code, choices->items[i].label);
	err_set(err, ERR_USAGE, "没有“%s”这个状态，可选：%s", status,
		buf_text(&all));
	buf_free(&all);
	return false;
}

bool plan_status(struct plan *out, const struct config *config,
		 const struct reading *reading, const uint32_t *slots,
		 size_t count, const char *status, bool force, struct err *err)
{
	const struct choice *to = config_choice(config, CHOICE_STATUS, status);

	*out = (struct plan){.config = config, .kind = BATCH_STATUS};
	if (!to)
		return no_status(config, status, err);
	step_all(out, reading, slots, count, to->code, force);
	plan_permit(out, reading);
	return true;
}
