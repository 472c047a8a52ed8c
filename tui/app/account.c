#include "app/account.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>

#include "base/clean.h"
#include "domain/excerpt.h"

static const char *clean_copy(const char *text, struct arena *arena)
{
	struct buf clean = {0};

	clean_line(&clean, text, strlen(text));
	const char *copy = arena_str(arena, buf_text(&clean), clean.len);
	buf_free(&clean);
	return copy;
}

/* Digits alone are a uid: no account can be called so. */
static bool parse_uid(const char *text, uint32_t *uid)
{
	char *end;

	errno = 0;
	unsigned long value = strtoul(text, &end, 10);
	*uid = (uint32_t)value;
	return *text >= '0' && *text <= '9' && !*end && !errno &&
	       value < UINT32_MAX;
}

const char *account_name(uint32_t uid, struct arena *arena)
{
	/* cppcheck-suppress getpwuidCalled ; there is one thread */
	const struct passwd *account = getpwuid(uid);

	return account ? clean_copy(account->pw_name, arena) : NULL;
}

bool account_find(const char *text, struct arena *arena, uint32_t *uid,
		  const char **name, struct err *err)
{
	const struct passwd *account;
	char word[EXCERPT_SIZE];

	if (parse_uid(text, uid))
		/* cppcheck-suppress getpwuidCalled ; there is one thread */
		account = getpwuid(*uid);
	else
		/* cppcheck-suppress getpwnamCalled ; there is one thread */
		account = getpwnam(text);
	if (!account) {
		excerpt(text, strlen(text), word);
		return err_set(err, ERR_NOT_FOUND,
			       "本机没有“%s”这个帐号，请先用 adduser 建立",
			       word);
	}
	*uid = account->pw_uid;
	*name = clean_copy(account->pw_name, arena);
	return true;
}

const struct user *account_user(const char *text, const struct user *users,
				size_t count)
{
	struct arena arena = {0};
	const struct user *found = NULL;
	const char *name;
	struct err err;
	uint32_t uid;

	/* The account counts; the name of before only when there is none. */
	bool by_uid = account_find(text, &arena, &uid, &name, &err) ||
		      parse_uid(text, &uid);
	for (size_t i = 0; i < count && !found; i++)
		if (by_uid ? users[i].uid == uid
			   : strcmp(users[i].name, text) == 0)
			found = &users[i];
	arena_free(&arena);
	return found;
}
