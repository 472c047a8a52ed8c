#include "domain/permit.h"
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

/* A store that is made again asks nobody: they were asked the first time. */
static bool is_free(const struct work *work)
{
	return !work->store->roles || work->store->aside;
}

bool authorize_batch(struct work *work, struct err *err)
{
	const struct commit *commit = work->commit;
	const struct store *store = work->store;

	if (!user_find(store, work->txn, store->uid, &work->access, err))
		return false;
	if (is_free(work))
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

	return is_free(work) ||
	       ask(work, own ? ACTION_UNDO : ACTION_UNDO_ANY, PHASE_COUNT, err);
}

bool authorize_edit(const struct work *work, enum action action,
		    const char *from, const char *to, struct err *err)
{
	const struct deed deed = {action, from, to, goes_back(work->commit)};

	return is_free(work) ||
	       permit(work->access, work->commit->config, &deed, err);
}
