#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "app/doctor.h"
#include "base/paths.h"
#include "base/privilege.h"
#include "base/version.h"

/* Of many accounts the first few are named, and not all are looked at. */
enum { NAMED = 8, ACCOUNTS_MAX = 100000, MODES = 07777 };

enum outcome look_version(struct doctor *doctor)
{
	const struct health *health = &doctor->health;

	if (!health->library_good)
		return doctor_bad(doctor,
				  "请安装 0.9.24 或 0.9.32 以上的 0.9 版",
				  "LMDB %s 不能使用", health->library);
	return doctor_good(doctor, "proposals " VERSION "，LMDB %s",
			   health->library);
}

/* Whoever can write the program has the group as well. */
static bool is_rigid(const struct stat *st, unsigned mode)
{
	return st->st_uid == 0 && (st->st_mode & MODES) == mode;
}

enum outcome look_program(struct doctor *doctor)
{
	const struct stat *st = &doctor->program_stat;
	/* cppcheck-suppress getgrnamCalled ; there is one thread */
	const struct group *group = getgrnam(paths_group);

	if (!doctor->many)
		return doctor_good(doctor, "%s，一个人用的普通安装",
				   doctor->program);
	if (is_rigid(st, 02755) && group && group->gr_gid == st->st_gid)
		return doctor_good(doctor, "%s，2755 root:%s", doctor->program,
				   paths_group);
	return doctor_bad(doctor, "请重新 make install-system",
			  "%s 的属主、组或权限（%o）不对，应是 2755 root:%s",
			  doctor->program, st->st_mode & MODES, paths_group);
}

enum outcome look_roles(struct doctor *doctor)
{
	const struct store *store = doctor->shell->store;

	if (doctor->store_err.code || !store)
		return OUTCOME_NONE;
	if (store_has_roles(store) && privilege_held())
		return doctor_good(doctor, "生效：每次查看和修改都按角色");
	if (store_has_roles(store))
		return doctor_bad(doctor, "请由安装好的程序打开",
				  "这个库按角色使用，但现在的程序没有程序组："
				  "能直接打开文件的人不受角色限制");
	return doctor_good(doctor,
			   "不生效：能打开数据文件的人什么都能做；一个人用没有"
			   "关系，多人共用请用 make install-system");
}

enum outcome look_nosuid(struct doctor *doctor)
{
	struct statvfs fs;

	if (!doctor->many || statvfs(doctor->program, &fs) != 0)
		return OUTCOME_NONE;
	if (fs.f_flag & ST_NOSUID)
		return doctor_bad(doctor,
				  "请装到没有 nosuid 的文件系统，或重新挂载",
				  "%s 所在的文件系统以 nosuid 挂载，"
				  "程序得不到程序组",
				  doctor->program);
	return doctor_good(doctor, "没有 nosuid");
}

enum outcome look_no_new_privs(struct doctor *doctor)
{
	if (!doctor->many)
		return OUTCOME_NONE;
	if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1)
		return doctor_bad(doctor,
				  "请从普通的登录会话运行，或去掉服务里的 "
				  "NoNewPrivileges",
				  "本次运行设了 no_new_privs，"
				  "程序得不到程序组");
	return doctor_good(doctor, "没有 no_new_privs");
}

enum outcome look_group(struct doctor *doctor)
{
	if (!doctor->many)
		return OUTCOME_NONE;
	if (privilege_held())
		return doctor_good(doctor, "已得到程序组 %s", paths_group);
	if (getgid() == doctor->program_stat.st_gid)
		return doctor_bad(doctor,
				  "请换成普通的主组：usermod -g users 帐号",
				  "您的主组就是程序组，不经程序也能改写数据");
	return doctor_bad(doctor, "请看上面的挂载选项和权限限制",
			  "没有得到程序组 %s，打不开提案库", paths_group);
}

static void add_name(struct buf *out, size_t *count, const char *name)
{
	if (*count < NAMED)
		buf_printf(out, "%s%s", *count ? "、" : "", name);
	++*count;
}

/* In the list of the group, or with it as the first group of the account. */
static size_t find_members(const struct group *group, struct buf *names)
{
	const struct passwd *account;
	size_t count = 0;

	for (char **name = group->gr_mem; *name; name++)
		add_name(names, &count, *name);
	setpwent();
	/* cppcheck-suppress getpwentCalled ; there is one thread */
	for (int i = 0; i < ACCOUNTS_MAX && (account = getpwent()); i++)
		if (account->pw_gid == group->gr_gid)
			add_name(names, &count, account->pw_name);
	endpwent();
	return count;
}

enum outcome look_members(struct doctor *doctor)
{
	/* cppcheck-suppress getgrnamCalled ; there is one thread */
	const struct group *group = getgrnam(paths_group);
	struct buf names = {0};
	enum outcome outcome;

	if (!doctor->many || !group)
		return OUTCOME_NONE;
	size_t count = find_members(group, &names);
	if (count)
		outcome =
			doctor_bad(doctor,
				   "请移出：gpasswd -d 帐号 程序组；"
				   "他们不经程序就能改写数据",
				   "%s 组里有 %zu 人：%s%s", paths_group, count,
				   buf_text(&names), count > NAMED ? "等" : "");
	else
		outcome = doctor_good(doctor, "%s 组里没有人", paths_group);
	buf_free(&names);
	return outcome;
}

enum outcome look_sheet(struct doctor *doctor)
{
	struct stat st;

	if (!doctor->many)
		return OUTCOME_NONE;
	if (stat(paths_sheet, &st) != 0)
		return doctor_bad(doctor, "请重新 make install-system",
				  "%s：%s，不能导入表格", paths_sheet,
				  err_words(errno));
	if (!is_rigid(&st, 0755))
		return doctor_bad(doctor, "请 chown root:root、chmod 755",
				  "%s 的属主或权限（%o）不对", paths_sheet,
				  st.st_mode & MODES);
	return doctor_good(doctor, "%s", paths_sheet);
}
