/*
 * A batch before it is one: what would happen to each proposal, who stands
 * in the way, and then the one commit. A plan remembers the revisions it was
 * made from, so what somebody else changes meanwhile is never overwritten.
 */
#ifndef CHANGE_PLAN_H
#define CHANGE_PLAN_H

#include "base/arena.h"
#include "domain/workflow.h"
#include "store/commit.h"

struct plan_item {
	key key;
	uint32_t slot;     /* UINT32_MAX for a proposal that is not there yet */
	uint32_t revision; /* that the plan saw; 0 not there */
	enum verdict verdict;
	const char *from; /* plan_status(), plan_undo(): status before; or "" */
	const char *to;   /* … and after */
	const char *what; /* fields that go back, when not only the status */
	struct edit edit; /* what VERDICT_OK and _FORCED will write */
};

struct plan {
	struct arena arena;
	const struct config *config;
	enum access access; /* of who made it, as it was then */
	enum batch_kind kind;
	uint32_t undoes;
	const char *summary; /* 办理中 → 已答复; for the batch record */
	struct plan_item *items; /* owned, in the order they were given */
	size_t count;
	size_t verdicts[VERDICT_COUNT];
	struct progress *progress; /* as in struct commit */
};

/* How many would be written. */
size_t plan_writes(const struct plan *plan);

/* What happens to an item: 办理中 → 已答复, 移除, 案由：甲 → 乙. */
void plan_step(const struct plan *plan, const struct plan_item *item,
	       struct buf *out);

/* Why an item is refused, denied, a conflict or gone, in a few words; "" otherwise. */
void plan_reason(const struct plan *plan, const struct plan_item *item,
		 struct buf *out);

/* Status of these slots. ERR_USAGE for a status that is not configured. */
MUST_USE
bool plan_status(struct plan *out, const struct config *config,
		 const struct reading *reading, const uint32_t *slots,
		 size_t count, const char *status, bool force, struct err *err);

/*
 * Take a batch back. Proposals changed since are VERDICT_CONFLICT and will
 * be left; a change that was taken back itself does not count. ERR_NOT_FOUND
 * without such a batch, ERR_REFUSED when it is undone. Taking back an undo is
 * redo.
 */
MUST_USE
bool plan_undo(struct plan *out, const struct config *config,
	       const struct reading *reading, uint32_t batch, struct err *err);

/*
 * Look again, after a conflict or another's commit: items whose proposal
 * moved on become VERDICT_CONFLICT. How many are that now, all told.
 */
size_t plan_review(struct plan *plan, const struct reading *reading);

/*
 * Write the items that are OK or FORCED. With conflicts, in the plan or found
 * now, nothing is written and ERR_CONFLICT names how many, unless `rest`:
 * then the others go on. ERR_REFUSED when nothing is left to write.
 */
MUST_USE
bool plan_commit(struct plan *plan, struct store *store, const struct who *who,
		 const char *note, bool rest, struct committed *out,
		 struct err *err);

void plan_free(struct plan *plan);

/* 0 when there is none. This user's newest batch that undo would take. */
uint32_t undo_candidate(const struct reading *reading, uint32_t uid);

/*
 * This user's newest undo that redo would take back: only while no other
 * batch of his came after it.
 */
uint32_t redo_candidate(const struct reading *reading, uint32_t uid);

/* Who runs this process. Texts live in the arena. */
void who_am_i(struct who *who, struct arena *arena);

#endif
