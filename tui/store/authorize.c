#include <string.h>

#include "domain/workflow.h"
#include "store/work.h"

/*
 * Who may write what is decided here, inside the transaction: a role that was
 * taken away counts at the next commit, and no screen can forget to ask.
 */
static bool ask(const struct work *work, enum action action, enum phase phase,
		struct err *err)
{
	return access_may(work->access, action, phase, err);
}

/* Undoing is going back to what was, whatever the workflow says. */
static bool goes_back(const struct commit *commit)
{
	return commit->kind == BATCH_UNDO || commit->kind == BATCH_REDO;
}

static bool may_step(const struct work *work, const char *from, const char *to,
		     enum phase phase, struct err *err)
{
	const struct config *config = work->commit->config;
	bool forced = !goes_back(work->commit) &&
		      workflow_step(config, from, to, false) == VERDICT_REFUSED;

	return ask(work, forced ? ACTION_FORCE : ACTION_STATUS, phase, err);
}

bool authorize_batch(struct work *work, struct err *err)
{
	const struct commit *commit = work->commit;
	const struct store *store = work->store;

	if (!user_find(store, work->txn, store->uid, &work->access, err))
		return false;
	if (!store->roles)
		return true;
	if (commit->who.uid != store->uid || (!commit->config && commit->count))
		return err_set(err, ERR_INTERNAL,
			       "程序错误：没有说明是谁、按哪份配置修改");
	if (commit->grant)
		return ask(work, ACTION_USERS, PHASE_COUNT, err);
	return !goes_back(commit) || ask(work, ACTION_UNDO, PHASE_COUNT, err);
}

bool authorize_undo(const struct work *work, const struct batch *undone,
		    struct err *err)
{
	bool own = undone->who.uid == work->commit->who.uid;

	return !work->store->roles ||
	       ask(work, own ? ACTION_UNDO : ACTION_UNDO_ANY, PHASE_COUNT, err);
}

bool authorize_edit(const struct work *work, enum action action,
		    const char *from, const char *to, struct err *err)
{
	const struct config *config = work->commit->config;

	if (!work->store->roles)
		return true;
	if (action == ACTION_CREATE)
		return ask(work, action, workflow_phase(config, to), err);
	enum phase phase = workflow_phase(config, from);
	if (action != ACTION_STATUS && !ask(work, action, phase, err))
		return false;
	return !to || strcmp(from, to) == 0 ||
	       may_step(work, from, to, phase, err);
}
