#include "query/late.h"

#include "domain/workflow.h"
#include "query/probe.h"

enum { STATUSES = 256 };

struct lateness_probe {
	const struct query *query;
	bool owed[STATUSES]; /* by dict id */
	struct probe status, due, from;
};

static void open_probes(struct lateness_probe *late, const struct query *query)
{
	const struct config *config = query->catalog->config;
	struct strings dict = reading_dict(query->reading, DICT_STATUS);

	*late = (struct lateness_probe){.query = query};
	for (size_t id = 1; id < dict.count && id < STATUSES; id++)
		late->owed[id] = phase_awaits_reply(
			workflow_phase(config, dict.items[id]));
	probe_open(&late->status, query->reading, COLUMN_STATUS);
	probe_open(&late->due, query->reading, COLUMN_DUE);
	probe_open(&late->from, query->reading,
		   (enum column)(COLUMN_RECEIVED + (int)config->reply.from));
}

static void close_probes(struct lateness_probe *late)
{
	probe_close(&late->status);
	probe_close(&late->due);
	probe_close(&late->from);
}

static bool is_overdue(struct lateness_probe *late, uint32_t slot)
{
	const struct deadline_rule *rule = &late->query->catalog->config->reply;
	day dates[DATE_COUNT] = {0};

	if (!late->owed[probe_value(&late->status, slot)])
		return false;
	dates[rule->from] = (day)probe_value(&late->from, slot);
	dates[DATE_DUE] = (day)probe_value(&late->due, slot);
	day due = deadline_due(rule, dates);
	return due != DAY_NONE && due < late->query->today;
}

long late_next(const struct query *query, const struct listing *listing,
	       size_t row, int by)
{
	size_t count = listing->count, at = row;
	struct lateness_probe late;
	long found = -1;

	open_probes(&late, query);
	for (size_t i = 1; i < count && found < 0; i++) {
		at = by > 0 ? (at + 1) % count : (at + count - 1) % count;
		if (is_overdue(&late, listing->slots[at]))
			found = (long)at;
	}
	close_probes(&late);
	return found;
}
