#include "domain/proposal.h"

#include "base/buf.h"
#include "domain/field_part.h"

static const struct {
	const char *name, *label;
} roles[ROLE_COUNT] = {
	[ROLE_LEAD] = {"lead", "主办"},
	[ROLE_JOINT] = {"joint", "会办"},
	[ROLE_SEPARATE] = {"separate", "分办"},
};

const char *role_name(enum unit_role role)
{
	return roles[role].name;
}

const char *role_label(enum unit_role role)
{
	return roles[role].label;
}

void proposal_init(struct proposal *p, key k)
{
	*p = (struct proposal){
		.key = k,
		.title = "",
		.body = "",
		.category = "",
		.level = "",
		.topic = "",
		.status = "",
		.result = "",
		.outcome = "",
		.feedback = "",
		.led_by = "",
		.supervised_by = "",
		.remarks = "",
		.changed_by = "",
	};
}

bool proposal_size_fits(size_t bytes, struct err *err)
{
	return bytes <= PROPOSAL_BYTES_MAX ||
	       err_set(err, ERR_USAGE,
		       "全部内容太长：有 %zu 字节，一件提案最多 %u 字节", bytes,
		       PROPOSAL_BYTES_MAX);
}

bool proposal_fits(const struct proposal *p, struct err *err)
{
	size_t len = 0;

	for (int id = 1; id < FIELD_END; id++)
		len += field_size(&fields[id], p);
	return proposal_size_fits(len, err);
}

void proposal_units(const struct proposal *p, const struct config *config,
		    enum unit_role role, struct buf *out)
{
	const char *comma = "";

	for (size_t i = 0; i < p->units.count; i++) {
		const struct unit *unit = &p->units.items[i];

		if (unit->role != role)
			continue;
		buf_str(out, comma);
		buf_str(out, config_label(config, CHOICE_DEPARTMENT,
					  unit->department));
		comma = "、";
	}
}

void proposal_answering(const struct proposal *p, const struct config *config,
			struct buf *out)
{
	size_t before = out->len;

	proposal_units(p, config, ROLE_LEAD, out);
	if (out->len == before)
		proposal_units(p, config, ROLE_SEPARATE, out);
}
