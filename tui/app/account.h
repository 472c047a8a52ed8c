/*
 * Accounts of the system, and those that have a role here.
 */
#ifndef APP_ACCOUNT_H
#define APP_ACCOUNT_H

#include "store/users.h"

/*
 * The account that a name or a uid means. ERR_NOT_FOUND when the system has
 * none. The name lives in the arena, cleaned.
 */
MUST_USE
bool account_find(const char *text, struct arena *arena, uint32_t *uid,
		  const char **name, struct err *err);

/* The user that a name or a uid means, also one whose account is gone; NULL. */
const struct user *account_user(const char *text, const struct user *users,
				size_t count);

/* The name of a uid's account, cleaned, in the arena; NULL: there is none. */
const char *account_name(uint32_t uid, struct arena *arena);

#endif
