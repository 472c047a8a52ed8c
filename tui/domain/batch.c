#include "domain/batch.h"

static const struct {
	const char *name, *label;
} kinds[] = {
	{"unknown", "未知"}, /* a value that a later release stored */
	[BATCH_IMPORT] = {"import", "导入"},
	[BATCH_STATUS] = {"status", "改状态"},
	[BATCH_EDIT] = {"edit", "修改"},
	[BATCH_UNDO] = {"undo", "撤销"},
	[BATCH_REDO] = {"redo", "重做"},
	[BATCH_USER] = {"user", "改用户"},
};

static size_t row(enum batch_kind kind)
{
	size_t i = (size_t)kind;

	return i < sizeof(kinds) / sizeof(*kinds) ? i : 0;
}

const char *batch_kind_name(enum batch_kind kind)
{
	return kinds[row(kind)].name;
}

const char *batch_kind_label(enum batch_kind kind)
{
	return kinds[row(kind)].label;
}

const char *event_kind_name(enum event_kind kind)
{
	switch (kind) {
	case EVENT_CREATED:
		return "created";
	case EVENT_CHANGED:
		return "changed";
	case EVENT_REMOVED:
		return "removed";
	}
	return "";
}
