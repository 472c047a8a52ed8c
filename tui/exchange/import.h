/*
 * From rows to a plan: new proposals, changes of existing ones, rows that
 * change nothing, rows that are rejected with the reason.
 */
#ifndef EXCHANGE_IMPORT_H
#define EXCHANGE_IMPORT_H

#include "change/plan.h"
#include "exchange/rows.h"

enum import_verdict {
	IMPORT_NEW,
	IMPORT_CHANGE,
	IMPORT_SAME,
	IMPORT_REJECT,
	IMPORT_VERDICTS
};

struct import_row {
	unsigned line;
	key key; /* KEY_NONE if that is what is wrong */
	enum import_verdict verdict;
	const char *title;  /* as the file has it; clean it to show it */
	const char *reason; /* IMPORT_REJECT: one sentence */
	const char *changes; /* IMPORT_CHANGE: 办理结果：→B；…  in words */
};

struct import {
	struct plan plan; /* BATCH_IMPORT */
	struct import_row *rows;
	size_t count;
	size_t verdicts[IMPORT_VERDICTS];
};

/*
 * The texts stay those of the rows, which must live as long.
 * An empty cell of a sheet leaves a field as it is; JSON null empties it. A
 * new proposal without a status gets `status` (a code), else the
 * configuration's first; `status` never touches an existing one. A status
 * that the workflow forbids, a number twice in the file with other contents,
 * an unknown department, a number or date that is none: rejected. ERR_REFUSED
 * when rows->progress cancels it.
 */
MUST_USE
bool import_plan(struct import *out, const struct rows *rows,
		 const struct config *config, const struct reading *reading,
		 const char *status, struct err *err);
void import_free(struct import *import);

#endif
