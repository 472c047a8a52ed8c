#include "base/privilege.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * By how the string begins. SSH_CONNECTION is what the line claims, and is
 * stored as no more than that.
 */
static const char *const kept[] = {
	"TERM=",      "LANG=",           "LC_", "TZ=", "NO_COLOR=",
	"COLORTERM=", "SSH_CONNECTION=",
};

bool privilege_held(void)
{
	gid_t real, effective, saved;

	return getresgid(&real, &effective, &saved) == 0 && saved != real;
}

bool privilege_given(struct err *err)
{
	struct stat st;

	return stat("/proc/self/exe", &st) || !(st.st_mode & S_ISGID) ||
	       st.st_gid == getegid() ||
	       err_set(err, ERR_STORE,
		       "程序没有得到程序组（nosuid、no_new_privs 或调试器），"
		       "打不开多人共用的提案库，见 proposals doctor");
}

/*
 * Only for reading: what is written there fails, as it would have done with
 * no descriptor at all.
 */
void privilege_fill_fds(void)
{
	int fd = open("/dev/null", O_RDONLY);

	while (fd >= 0 && fd <= 2)
		fd = open("/dev/null", O_RDONLY);
	if (fd > 2)
		close(fd);
}

static bool is_kept(const char *variable)
{
	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++) {
		if (strncmp(variable, kept[i], strlen(kept[i])) == 0)
			return true;
	}
	return false;
}

/* The strings stay where they are, only the list is shorter. */
static void clear_environment(void)
{
	char **to = environ;

	for (char **from = environ; from && *from; from++)
		if (is_kept(*from))
			*to++ = *from;
	if (to)
		*to = NULL;
}

/* What the kernel does for a set-group-id program already, said again. */
static void hide_memory(void)
{
	const struct rlimit none = {0, 0};

	(void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	(void)setrlimit(RLIMIT_CORE, &none);
}

bool privilege_start(int argc, struct err *err)
{
	privilege_fill_fds();
	umask(007);
	signal(SIGXFSZ, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	if (privilege_held()) {
		clear_environment();
		hide_memory();
	}
	return argc >= 1 ||
	       err_set(err, ERR_USAGE, "启动程序的方式不对：没有程序名");
}

bool privilege_lower(void)
{
	return setegid(getgid()) == 0;
}

/* If it fails the store stays closed to this process, which is safe. */
void privilege_raise(void)
{
	int why = errno;
	gid_t real, effective, saved;

	if (getresgid(&real, &effective, &saved) == 0)
		(void)!setegid(saved);
	errno = why;
}

bool privilege_drop(struct err *err)
{
	gid_t own = getgid();

	return setresgid(own, own, own) == 0 ||
	       err_set(err, ERR_INTERNAL, "放不下程序组的权限：%s",
		       err_words(errno));
}

int open_as_user(const char *path, int flags, mode_t mode)
{
	if (!privilege_lower())
		return -1;
	int fd = open(path, flags | O_CLOEXEC | O_NOCTTY, mode);
	privilege_raise();
	return fd;
}
