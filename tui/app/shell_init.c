#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/account.h"
#include "app/actions.h"
#include "app/shell.h"
#include "base/paths.h"
#include "base/privilege.h"
#include "change/plan.h"

/* The folder of the installation is root's, and open to the group only. */
static bool settle_folder(struct err *err)
{
	struct stat st;

	if (mkdir(paths_store, 0700) != 0 && errno != EEXIST)
		return err_set(err, ERR_STORE, "建不了 %s：%s", paths_store,
			       err_words(errno));
	int fd = open(paths_store,
		      O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 && errno == ENOTDIR)
		err_set(err, ERR_STORE,
			"%s 不是目录；它也不能是符号链接，可以把磁盘挂载在这里",
			paths_store);
	else if (fd < 0 || fstat(fd, &st) != 0)
		err_set(err, ERR_STORE, "打不开 %s：%s", paths_store,
			err_words(errno));
	else if (st.st_uid != 0)
		err_set(err, ERR_REFUSED,
			"%s 的属主不是 root，请看过里面的内容再 chown root",
			paths_store);
	/* A change of owner takes modes away, so the mode comes last. */
	else if (fchown(fd, 0, getegid()) != 0 || fchmod(fd, 02770) != 0)
		err_set(err, ERR_STORE, "不能设置 %s 的权限：%s", paths_store,
			err_words(errno));
	if (fd >= 0)
		close(fd);
	return !err->code;
}

static bool check_system(const struct shell *shell, struct err *err)
{
	if (shell->arg_count)
		return err_set(err, ERR_USAGE,
			       "多人共用的提案库总在 %s，不用给出目录",
			       paths_store);
	if (!privilege_given(err))
		return false;
	if (!privilege_held())
		return err_set(err, ERR_REFUSED,
			       "程序没有按多人共用安装，请先 make "
			       "install-system，再由装好的程序建库");
	if (getuid() != 0)
		return err_set(err, ERR_DENIED,
			       "只有 root 能建多人共用的提案库，请用 sudo");
	return true;
}

/* The first 管理; later ones are his to name. */
static bool add_admin(const char *name, uint32_t uid, struct err *err)
{
	struct arena arena = {0};
	struct committed done;
	struct store *store;
	struct who who;

	who_am_i(&who, &arena);
	bool ok = store_open(&store, paths_store, STORE_READ_WRITE, err);
	if (ok) {
		ok = store_user_set(store, &who, uid, name, ACCESS_ADMIN, "",
				    &done, err);
		store_close(store);
	}
	arena_free(&arena);
	return ok;
}

/* The account is looked up first: a slip of the keys makes no store. */
static bool make_system(struct shell *shell, struct err *err)
{
	const char *admin = shell->options.admin, *name = "root";
	struct arena arena = {0};
	uint32_t uid = 0;

	bool ok = (!admin || account_find(admin, &arena, &uid, &name, err)) &&
		  settle_folder(err) &&
		  store_create_with_roles(paths_store, err) &&
		  (!uid || add_admin(name, uid, err));
	if (ok)
		shell_say("已在 %s 建好空的提案库，管理员：%s", paths_store,
			  name);
	arena_free(&arena);
	return ok;
}

bool shell_init(struct shell *shell, struct err *err)
{
	if (shell->options.system)
		return check_system(shell, err) && make_system(shell, err);
	if (shell->options.admin)
		return err_set(
			err, ERR_USAGE,
			"--admin 要和 --system 一起用：单人使用不分角色");
	if (privilege_held())
		return err_set(err, ERR_USAGE,
			       "这里多人共用一个提案库，请用 proposals init "
			       "--system");
	if (shell->arg_count != 1 || !*shell->args[0])
		return err_set(err, ERR_USAGE,
			       "要给出目录，如 proposals init /srv/proposals");
	if (!store_create(shell->args[0], err))
		return false;
	shell_say("已在 %s 建好空的提案库", shell->args[0]);
	return true;
}
