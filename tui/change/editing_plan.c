#include <string.h>

#include "change/editing.h"
#include "change/items.h"
#include "change/links.h"

bool editing_read(struct editing *editing, const struct reading *reading,
		  enum field_id id, enum unit_role role, const char *text,
		  struct err *err)
{
	const struct field *field = &fields[id];
	struct proposal next = editing->versions.mine;

	if (!field_read(field, &next, text, role, editing->config,
			&editing->arena, err) ||
	    !links_lead_somewhere(reading, &next, id, err))
		return false;
	editing->versions.mine = next;
	editing->picks[id] = PICK_NONE;
	return true;
}

static bool step_allowed(const struct editing *editing, const char *status,
			 struct err *err)
{
	const char *from = editing->versions.theirs.status;
	struct buf why = {0};

	if (workflow_step(editing->config, from, status, false) !=
	    VERDICT_REFUSED)
		return true;
	workflow_reason(editing->config, from, status, &why);
	err_set(err, ERR_REFUSED, "状态不能这样改：%s", buf_text(&why));
	buf_free(&why);
	return false;
}

bool editing_code(struct editing *editing, enum field_id id, const char *code,
		  struct err *err)
{
	if ((id == FIELD_STATUS && !step_allowed(editing, code, err)) ||
	    !field_set(&fields[id], &editing->versions.mine, code, strlen(code),
		       &editing->arena, err))
		return false;
	editing->picks[id] = PICK_NONE;
	return true;
}

static bool is_gone(const struct editing *editing, const char *label,
		    struct err *err)
{
	const char *name = editing->removed.name;

	return err_set(err, ERR_REFUSED,
		       "%s已被移除（%s 撤销了新增它的批次），不能保存", label,
		       name ? name : "有人");
}

/* 案由、办理结果: what the list of batches says about it. */
static const char *summary_of(const struct editing *editing,
			      struct arena *arena)
{
	struct buf labels = {0};

	for (int id = FIELD_TITLE; id < FIELD_END; id++)
		if (editing_changed(editing, (enum field_id)id))
			buf_printf(&labels, "%s%s", labels.len ? "、" : "",
				   fields[id].label);
	const char *kept = arena_str(arena, buf_text(&labels), labels.len);
	buf_free(&labels);
	return kept;
}

static bool result_of(struct editing *editing, const struct reading *reading,
		      struct proposal *next, struct err *err)
{
	char label[64];

	key_label(editing->key, editing->config->current, label);
	if (editing->gone)
		return is_gone(editing, label, err);
	if (!merge_result(&editing->versions, editing->picks, next))
		return err_set(err, ERR_CONFLICT,
			       "%s有 %zu 项与他人的修改不同，还没有选定", label,
			       editing_conflicts(editing));
	if (!editing_changes(editing))
		return err_set(err, ERR_REFUSED, "%s没有要保存的修改", label);
	return step_allowed(editing, next->status, err) &&
	       (!editing_changed(editing, FIELD_MERGED_INTO) ||
		links_lead_somewhere(reading, next, FIELD_MERGED_INTO, err));
}

/* The plan goes with it. */
static bool is_denied(struct plan *plan, const struct plan_item *item,
		      struct err *err)
{
	struct buf why = {0};

	plan_reason(plan, item, &why);
	err_set(err, ERR_DENIED, "%s", buf_text(&why));
	buf_free(&why);
	plan_free(plan);
	return false;
}

bool plan_edit(struct plan *out, struct editing *editing,
	       const struct reading *reading, struct err *err)
{
	struct proposal *next;
	struct plan_item *item;

	*out = (struct plan){.config = editing->config, .kind = BATCH_EDIT};
	next = arena_alloc(&out->arena, sizeof(*next));
	if (!result_of(editing, reading, next, err)) {
		plan_free(out);
		return false;
	}
	out->summary = summary_of(editing, &out->arena);
	item = item_add(out);
	item->key = editing->key;
	if (!reading_find(reading, item->key, &item->slot))
		item->slot = UINT32_MAX;
	item->revision = editing->versions.theirs.revision;
	item->from = editing->versions.theirs.status;
	item->to = next->status;
	item->edit = (struct edit){
		.key = item->key,
		.kind = EDIT_PUT,
		.revision = item->revision,
		.next = next,
	};
	item_judge(out, item, VERDICT_OK);
	plan_permit(out, reading);
	return plan_writes(out) ? true : is_denied(out, item, err);
}
