#include <grp.h>
#include <langinfo.h>
#include <locale.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "app/account.h"
#include "app/doctor.h"
#include "change/plan.h"
#include "ui/screen.h"

enum {
	STARTUPS_MIN = 60, /* logins at the same moment, at half past eight */
	ROWS = 24,
	COLUMNS = 80,
	GROUPS_MOST = 1024 /* of one account */
};

enum outcome look_login(struct doctor *doctor)
{
	struct who who;

	if (!doctor->many)
		return OUTCOME_NONE;
	who_am_i(&who, &doctor->arena);
	if (who.login_uid == UINT32_MAX)
		return doctor_bad(
			doctor,
			"请在 /etc/pam.d/sshd 加 session required "
			"pam_loginuid.so；没有经过登录的（定时任务）不用管",
			"内核不知道这次是谁登录的，历史里只有 uid");
	return doctor_good(doctor, "内核记得登录者 uid %u",
			   (unsigned)who.login_uid);
}

enum outcome look_admins(struct doctor *doctor)
{
	size_t admins = 0;

	if (!doctor->users)
		return OUTCOME_NONE;
	for (size_t i = 0; i < doctor->user_count; i++)
		admins += doctor->users[i].access == ACCESS_ADMIN;
	if (!doctor->shell->store || !store_has_roles(doctor->shell->store))
		return OUTCOME_NONE;
	if (!admins)
		return doctor_bad(doctor,
				  "请 root 运行 proposals user add 帐号 管理",
				  "除 root 外没有“管理”");
	return doctor_good(doctor, "用户 %zu 位，其中“管理” %zu 位",
			   doctor->user_count, admins);
}

/* A uid that was given to somebody else brings its role along. */
enum outcome look_accounts(struct doctor *doctor)
{
	for (size_t i = 0; i < doctor->user_count; i++) {
		const struct user *user = &doctor->users[i];
		const char *name = account_name(user->uid, &doctor->arena);

		if (!name)
			return doctor_bad(
				doctor,
				"不再用请 proposals user remove；以后得到这个 "
				"uid 的人会得到他的角色",
				"%s（uid %u）在本机已没有帐号", user->name,
				(unsigned)user->uid);
		if (strcmp(name, user->name) != 0)
			return doctor_bad(
				doctor,
				"若是换了人，请 proposals user remove 后重加",
				"uid %u 加入时叫 %s，现在叫 %s",
				(unsigned)user->uid, user->name, name);
	}
	return doctor->user_count ? doctor_good(doctor, "都在，名字没有变")
				  : OUTCOME_NONE;
}

/* Reads a file of the person's before it does what sshd asks of it. */
static bool reads_files(const char *shell)
{
	static const char *const shells[] = {"bash", "zsh",  "fish",
					     "csh",  "tcsh", "ksh"};
	const char *slash = strrchr(shell, '/');
	const char *name = slash ? slash + 1 : shell;

	for (size_t i = 0; i < sizeof(shells) / sizeof(*shells); i++)
		if (strcmp(name, shells[i]) == 0)
			return true;
	return false;
}

/* Not where it is known that the fixed command is for others. */
static bool is_forced(const struct sshd *sshd, const struct passwd *account)
{
	gid_t groups[GROUPS_MOST];
	int count = GROUPS_MOST;

	if (!*sshd->group)
		return true;
	/* cppcheck-suppress getgrnamCalled ; there is one thread */
	const struct group *group = getgrnam(sshd->group);
	if (!group)
		return false;
	if (getgrouplist(account->pw_name, account->pw_gid, groups, &count) < 0)
		return true;
	while (count > 0)
		if (groups[--count] == group->gr_gid)
			return true;
	return false;
}

enum outcome look_shells(struct doctor *doctor)
{
	const char *first = NULL;
	size_t count = 0;

	if (!doctor->sshd.forced || !doctor->user_count)
		return OUTCOME_NONE;
	for (size_t i = 0; i < doctor->user_count; i++) {
		/* cppcheck-suppress getpwuidCalled ; there is one thread */
		const struct passwd *account = getpwuid(doctor->users[i].uid);

		if (!account || !reads_files(account->pw_shell) ||
		    !is_forced(&doctor->sshd, account))
			continue;
		first = first ? first : doctor->users[i].name;
		count++;
	}
	if (!count)
		return doctor_good(doctor, "固定命令之前不读个人文件");
	return doctor_bad(doctor, "请 usermod -s /bin/sh 帐号；角色不受影响",
			  "%s%s的登录外壳会先读个人文件（~/.bashrc），"
			  "再运行固定命令",
			  first, count > 1 ? " 等几位" : "");
}

/* What sshd says matters only where many come in. */
static bool asks_sshd(const struct doctor *doctor)
{
	return doctor->many && doctor->sshd.found;
}

enum outcome look_forced(struct doctor *doctor)
{
	if (!asks_sshd(doctor))
		return OUTCOME_NONE;
	if (doctor->sshd.forced)
		return doctor_good(doctor, "登录后直接进入本程序");
	return doctor_bad(doctor,
			  "可用安装在 share/doc/proposals 的 proposals.conf，"
			  "放进 /etc/ssh/sshd_config.d/",
			  "没有为本程序设置 ForceCommand；角色不受影响");
}

enum outcome look_forwarding(struct doctor *doctor)
{
	if (!asks_sshd(doctor) || !doctor->sshd.forced)
		return OUTCOME_NONE;
	if (doctor->sshd.no_forwarding)
		return doctor_good(doctor, "已关闭");
	return doctor_bad(doctor, "请加 DisableForwarding yes",
			  "能从这台服务器转发端口到别处");
}

enum outcome look_user_files(struct doctor *doctor)
{
	const struct sshd *sshd = &doctor->sshd;

	if (!asks_sshd(doctor) || !sshd->forced)
		return OUTCOME_NONE;
	if (!sshd->no_user_rc)
		return doctor_bad(doctor, "请加 PermitUserRC no",
				  "固定命令之前会运行 ~/.ssh/rc");
	if (!sshd->no_environment)
		return doctor_bad(doctor, "请改成 PermitUserEnvironment no",
				  "固定命令之前会读 ~/.ssh/environment");
	return doctor_good(doctor, "不读 ~/.ssh/rc 和 ~/.ssh/environment");
}

enum outcome look_alive(struct doctor *doctor)
{
	const struct sshd *sshd = &doctor->sshd;

	if (!asks_sshd(doctor))
		return OUTCOME_NONE;
	if (!sshd->alive_interval || !sshd->alive_count)
		return doctor_bad(doctor,
				  "请加 ClientAliveInterval 60、"
				  "ClientAliveCountMax 3",
				  "断了线的会话不会结束");
	return doctor_good(doctor, "断线 %d 秒后结束会话",
			   sshd->alive_interval * sshd->alive_count);
}

enum outcome look_startups(struct doctor *doctor)
{
	if (!asks_sshd(doctor))
		return OUTCOME_NONE;
	if (doctor->sshd.startups < STARTUPS_MIN)
		return doctor_bad(doctor, "请加 MaxStartups 100:30:300",
				  "%d 人同时登录时，后来的会被拒绝",
				  doctor->sshd.startups);
	return doctor_good(doctor, "%d 人", doctor->sshd.startups);
}

/* The interface has UTF-8 anyway: it falls back to C.UTF-8. */
enum outcome look_locale(struct doctor *doctor)
{
	const char *set = setlocale(LC_CTYPE, "");
	bool utf8 = set && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	enum outcome outcome =
		utf8 ? doctor_good(doctor, "%s", set)
		     : doctor_bad(doctor, "显示不受影响；可设 LANG=C.UTF-8",
				  "LANG、LC_CTYPE 不是 UTF-8，或本机没有");

	setlocale(LC_CTYPE, "C");
	return outcome;
}

enum outcome look_terminal(struct doctor *doctor)
{
	const char *name = getenv("TERM");
	struct winsize size = {0};

	if (!isatty(STDOUT_FILENO))
		return OUTCOME_NONE;
	if (!name || !screen_knows(name))
		return doctor_bad(doctor,
				  "请把终端类型设为 xterm-256color；"
				  "罕见的类型在 ncurses-term 包里",
				  "终端类型 TERM=%s 本机没有",
				  name ? name : "");
	(void)ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
	if (size.ws_col < COLUMNS || size.ws_row < ROWS)
		return doctor_bad(doctor, "窗口放大到 80x24 以上更好用",
				  "%s，%ux%u", name, size.ws_col, size.ws_row);
	return doctor_good(doctor, "%s，%ux%u", name, size.ws_col, size.ws_row);
}
