/*
 * Who may use the register, and how: roles keyed by the kernel's uid. They are
 * in force in a store that was made with roles; in any other, whoever can open
 * it may do everything. root is 管理 by nature and needs no entry.
 */
#ifndef STORE_USERS_H
#define STORE_USERS_H

#include "domain/batch.h"
#include "store/store.h"

struct user {
	uint32_t uid;
	const char *name; /* the account's, when the role was given */
	enum access access;
	int64_t since;  /* ms since 1970 */
	uint32_t batch; /* that gave it */
};

struct committed;

/* By uid; texts live in the arena. */
MUST_USE
bool reading_users(const struct reading *reading, struct arena *arena,
		   struct user **out, size_t *count, struct err *err);

/*
 * Give a uid a role, or take it away with ACCESS_NONE: a batch of its own in
 * the history, which cannot be undone but by another. ERR_DENIED unless `who`
 * is 管理; ERR_REFUSED when it would leave no 管理 and `who` is not root, and
 * in a store without roles. Nothing is written, out->batch 0, when the role
 * is that already.
 */
MUST_USE
bool store_user_set(struct store *store, const struct who *who, uint32_t uid,
		    const char *name, enum access access, const char *note,
		    struct committed *out, struct err *err);

#endif
