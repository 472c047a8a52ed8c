#include <stdlib.h>
#include <string.h>

#include "app/account.h"
#include "app/actions.h"
#include "app/shell.h"
#include "base/clean.h"
#include "base/clock.h"
#include "change/plan.h"
#include "domain/excerpt.h"
#include "exchange/json.h"

/* What one `user …` is about. */
struct errand {
	struct arena arena;
	struct user *users; /* all there are */
	size_t count;
	const struct user *user; /* the one that is named, or NULL */
	uint32_t uid;
	const char *name;
	enum access access; /* that it will have */
};

/* A role is asked for before the words are judged: a stranger learns none. */
static bool read_users(struct shell *shell, enum action action,
		       struct errand *errand, struct err *err)
{
	bool ok = shell_open(shell, err) &&
		  reading_begin(shell->store, &shell->reading, err) &&
		  access_may(reading_access(shell->reading), action,
			     PHASE_COUNT, err) &&
		  reading_users(shell->reading, &errand->arena, &errand->users,
				&errand->count, err);

	if (shell->reading)
		reading_end(shell->reading);
	shell->reading = NULL;
	return ok;
}

static void add_row(const struct user *user, const char *account,
		    struct buf *out)
{
	struct buf text = {0};
	char when[17];

	clock_format(user->since, when);
	buf_printf(&text, "%s  %s  uid %u  自 %s  批次 %u", user->name,
		   access_label(user->access), (unsigned)user->uid, when,
		   (unsigned)user->batch);
	if (!account)
		buf_str(&text, "  （本机已没有这个帐号）");
	else if (strcmp(account, user->name) != 0)
		buf_printf(&text, "  （现在的帐号名是 %s）", account);
	clean_line(out, buf_text(&text), text.len);
	buf_char(out, '\n');
	buf_free(&text);
}

static bool list_users(struct shell *shell, struct errand *errand,
		       struct err *err)
{
	if (!read_users(shell, ACTION_READ, errand, err))
		return false;
	for (size_t i = 0; i < errand->count; i++) {
		const struct user *user = &errand->users[i];
		const char *account = account_name(user->uid, &errand->arena);

		if (shell->options.json)
			json_user(user, account, &shell->out);
		else
			add_row(user, account, &shell->out);
	}
	if (errand->count)
		return true;
	if (!store_has_roles(shell->store))
		return err_set(err, ERR_NOT_FOUND,
			       "这个提案库不分角色：能打开它的人什么都能做");
	return err_set(err, ERR_NOT_FOUND,
		       "还没有用户，只有 root 能用；"
		       "请 proposals user add 帐号 管理");
}

/* Commit, and say what became of it. */
static bool set_role(struct shell *shell, const struct errand *errand,
		     struct err *err)
{
	struct arena arena = {0};
	struct committed done;
	struct who who;

	who_am_i(&who, &arena);
	bool ok = store_user_set(
		shell->store, &who, errand->uid, errand->name, errand->access,
		shell->options.note ? shell->options.note : "", &done, err);
	if (ok && !done.batch)
		shell_say("%s 已经是“%s”，什么都不用改", errand->name,
			  access_label(errand->access));
	else if (ok && errand->access == ACCESS_NONE)
		shell_say("已保存：批次 %u，%s 不再是用户", done.batch,
			  errand->name);
	else if (ok)
		shell_say("已保存：批次 %u，%s（uid %u）现在是“%s”", done.batch,
			  errand->name, (unsigned)errand->uid,
			  access_label(errand->access));
	arena_free(&arena);
	return ok;
}

static bool parse_role(const char *text, enum access *out, struct err *err)
{
	char word[EXCERPT_SIZE];

	if (access_parse(text, out))
		return true;
	excerpt(text, strlen(text), word);
	return err_set(err, ERR_USAGE,
		       "没有“%s”这个角色，可用：查看 viewer、编辑 editor、"
		       "管理 admin",
		       word);
}

/* Who is named must be a user already. */
static bool find_user(const char *text, struct errand *errand, struct err *err)
{
	char word[EXCERPT_SIZE];

	errand->user = account_user(text, errand->users, errand->count);
	if (!errand->user) {
		excerpt(text, strlen(text), word);
		return err_set(err, ERR_NOT_FOUND,
			       "“%s”还不是用户，见 proposals user list；"
			       "添加用 user add",
			       word);
	}
	errand->uid = errand->user->uid;
	errand->name = errand->user->name;
	return true;
}

static bool add_user(struct shell *shell, struct errand *errand,
		     struct err *err)
{
	if (!read_users(shell, ACTION_USERS, errand, err) ||
	    !parse_role(shell->args[2], &errand->access, err) ||
	    !account_find(shell->args[1], &errand->arena, &errand->uid,
			  &errand->name, err))
		return false;
	errand->user =
		account_user(shell->args[1], errand->users, errand->count);
	if (errand->user && errand->user->access != errand->access)
		return err_set(
			err, ERR_REFUSED, "%s 已经是“%s”，要改请用 user role",
			errand->name, access_label(errand->user->access));
	return set_role(shell, errand, err);
}

static bool change_role(struct shell *shell, struct errand *errand,
			struct err *err)
{
	return read_users(shell, ACTION_USERS, errand, err) &&
	       parse_role(shell->args[2], &errand->access, err) &&
	       find_user(shell->args[1], errand, err) &&
	       set_role(shell, errand, err);
}

static bool remove_user(struct shell *shell, struct errand *errand,
			struct err *err)
{
	errand->access = ACCESS_NONE;
	return read_users(shell, ACTION_USERS, errand, err) &&
	       find_user(shell->args[1], errand, err) &&
	       set_role(shell, errand, err);
}

/* clang-format off */
static const struct verb {
	const char *name;
	int args; /* with the verb */
	bool writes;
	bool (*run)(struct shell *shell, struct errand *errand, struct err *err);
} verbs[] = {
	{"list",   1, false, list_users},
	{"add",    3, true,  add_user},
	{"role",   3, true,  change_role},
	{"remove", 2, true,  remove_user},
};
/* clang-format on */

static const struct verb *find_verb(const struct shell *shell)
{
	const char *name = shell->arg_count ? shell->args[0] : "list";

	for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++)
		if (strcmp(name, verbs[i].name) == 0 &&
		    (!shell->arg_count || shell->arg_count == verbs[i].args))
			return &verbs[i];
	return NULL;
}

bool shell_user(struct shell *shell, struct err *err)
{
	const struct verb *verb = find_verb(shell);
	struct errand errand = {0};

	if (!verb)
		return err_set(err, ERR_USAGE,
			       "用法：user list，user add 帐号 角色，"
			       "user role 帐号 角色，user remove 帐号");
	if (verb->writes && shell->options.read_only)
		return err_set(err, ERR_REFUSED, "现在是只读方式，不能 user %s",
			       verb->name);
	shell->writes = verb->writes;
	bool ok = verb->run(shell, &errand, err);
	arena_free(&errand.arena);
	return ok;
}
