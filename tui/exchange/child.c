#include "exchange/child.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/paths.h"
#include "base/privilege.h"

#define PROGRAM "proposals-sheet"

/* In a folder `below` the one of this program, or of `up` ones above it. */
static bool find_beside(int up, const char *below, char path[PATH_MAX])
{
	char self[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (len <= 0)
		return false;
	self[len] = '\0';
	for (int i = 0; i <= up; i++) {
		char *slash = strrchr(self, '/');

		if (!slash)
			return false;
		*slash = '\0';
	}
	int used = snprintf(path, PATH_MAX, "%s/%s" PROGRAM, self, below);
	return used < PATH_MAX && access(path, X_OK) == 0;
}

/*
 * In the tree, where unit tests stand one folder below the programs; where it
 * was installed, also after DESTDIR has been moved; and where it should be.
 * With the group held only there: a link to the program may stand anywhere.
 */
static void find_program(char path[PATH_MAX])
{
	if (privilege_held() ||
	    (!find_beside(0, "", path) && !find_beside(1, "", path) &&
	     !find_beside(1, "libexec/proposals/", path)))
		snprintf(path, PATH_MAX, "%s", paths_sheet);
}

static int set_up(posix_spawn_file_actions_t *files, posix_spawnattr_t *attr,
		  int in, int out)
{
	sigset_t none, all;

	sigemptyset(&none);
	sigfillset(&all);

	int rc = posix_spawnattr_setflags(attr, POSIX_SPAWN_RESETIDS |
							POSIX_SPAWN_SETSIGMASK |
							POSIX_SPAWN_SETSIGDEF);
	if (!rc)
		rc = posix_spawnattr_setsigmask(attr, &none);
	if (!rc)
		rc = posix_spawnattr_setsigdefault(attr, &all);
	if (!rc)
		rc = posix_spawn_file_actions_adddup2(files, in, 0);
	if (!rc)
		rc = posix_spawn_file_actions_adddup2(files, out, 1);
	if (!rc)
		rc = posix_spawn_file_actions_addopen(files, 2, "/dev/null",
						      O_WRONLY, 0);
	return rc ? rc : posix_spawn_file_actions_addclosefrom_np(files, 3);
}

static int spawn(const char *path, int in, int out, pid_t *pid)
{
	char name[] = PROGRAM, locale[] = "LC_ALL=C.UTF-8";
	char *argv[] = {name, NULL}, *env[] = {locale, NULL};
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;

	int rc = posix_spawn_file_actions_init(&files);
	if (rc)
		return rc;
	rc = posix_spawnattr_init(&attr);
	if (!rc) {
		rc = set_up(&files, &attr, in, out);
		if (!rc)
			rc = posix_spawn(pid, path, &files, &attr, argv, env);
		posix_spawnattr_destroy(&attr);
	}
	posix_spawn_file_actions_destroy(&files);
	return rc;
}

bool child_start(struct child *child, int in, struct err *err)
{
	char path[PATH_MAX];
	int ends[2];

	find_program(path);
	if (pipe2(ends, O_CLOEXEC) != 0)
		return err_set(err, ERR_INTERNAL, "开不了管道：%s",
			       err_words(errno));

	int rc = spawn(path, in, ends[1], &child->pid);
	close(ends[1]);
	child->out = ends[0];
	if (rc == 0)
		return true;
	close(ends[0]);
	return err_set(err, ERR_INTERNAL,
		       "读表格的程序 %s 启动不了（%s），请重新安装；"
		       "JSON Lines 文件不受影响",
		       path, err_words(rc));
}

bool child_end(struct child *child, struct err *err)
{
	int status = 0;
	pid_t done;

	close(child->out);
	while ((done = waitpid(child->pid, &status, 0)) < 0 && errno == EINTR)
		continue;
	if (done == child->pid && WIFEXITED(status) &&
	    (WEXITSTATUS(status) == 0 ||
	     WEXITSTATUS(status) == err_status(ERR_USAGE)))
		return true;
	if (done == child->pid && WIFSIGNALED(status))
		return err_set(err, ERR_INTERNAL,
			       "读表格的程序被信号 %d 终止，没有导入任何内容",
			       WTERMSIG(status));
	return err_set(err, ERR_INTERNAL,
		       "读表格的程序异常结束（状态 %d），没有导入任何内容",
		       WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}
