#include "store/gate.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "store/internal.h"

/*
 * The file holds one line about its last holder: pid, uid, since when, name.
 * It is for people, and nothing hangs on it: the lock is the kernel's. It is
 * written over in place, never made longer or shorter, so that it adds nothing
 * to what a commit has to bring to the disk.
 */
enum { NAME_SIZE = 64, TICK = 100 };

static void on_tick(int number)
{
	(void)number;
}

/* The name is the last word of the line, and may be anything. */
static bool parse(char *line, struct gate_holder *out)
{
	char *at = line;
	uint64_t numbers[3];

	for (int i = 0; i < 3; i++) {
		char *end;

		errno = 0;
		numbers[i] = strtoull(at, &end, 10);
		if (end == at || *end != ' ' || errno)
			return false;
		at = end + 1;
	}
	size_t len = strcspn(at, "\n");
	while (len && at[len - 1] == ' ')
		len--;
	at[len < NAME_SIZE ? len : NAME_SIZE - 1] = '\0';
	*out = (struct gate_holder){
		.pid = (uint32_t)numbers[0],
		.uid = (uint32_t)numbers[1],
		.since = (int64_t)numbers[2],
	};
	snprintf(out->name, sizeof(out->name), "%s", at);
	return true;
}

/* The third word of /proc/PID/stat, behind a name in parentheses. */
static bool is_stopped(uint32_t pid)
{
	char path[32], text[512] = "";
	int fd;

	snprintf(path, sizeof(path), "/proc/%u/stat", (unsigned)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	(void)!read(fd, text, sizeof(text) - 1);
	close(fd);
	const char *name_end = strrchr(text, ')');
	return name_end &&
	       (!strncmp(name_end, ") T", 3) || !strncmp(name_end, ") t", 3));
}

static bool look(int fd, struct gate_holder *out)
{
	char line[GATE_LINE + 1];
	ssize_t got = pread(fd, line, GATE_LINE, 0);

	*out = (struct gate_holder){0};
	if (got < 0)
		return false;
	line[got] = '\0';
	if (got && parse(line, out) && out->pid)
		out->stopped = is_stopped(out->pid);
	return true;
}

static struct flock lock_of(int type)
{
	return (struct flock){.l_type = (short)type, .l_whence = SEEK_SET};
}

bool gate_look(const char *dir, struct gate_holder *out)
{
	char path[4096];
	struct flock lock = lock_of(F_WRLCK);

	snprintf(path, sizeof(path), "%s/" GATE_FILE, dir);
	int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return false;
	bool ok = !fcntl(fd, F_OFD_GETLK, &lock) && look(fd, out);
	if (ok && lock.l_type == F_UNLCK)
		*out = (struct gate_holder){0};
	close(fd);
	return ok;
}

/* Whose turn it is; true when that is known. */
static bool add_holder(const struct gate_holder *holder, struct buf *out)
{
	char when[17];

	if (!holder->pid) {
		buf_str(out, "另一个程序正在写入");
		return false;
	}
	clock_format(holder->since, when);
	buf_printf(out, "%s（进程 %u）自 %s 起正在写入%s", holder->name,
		   (unsigned)holder->pid, when,
		   holder->stopped ? "，但它已被暂停" : "");
	return true;
}

void store_writer(const struct store *store, struct buf *out)
{
	struct gate_holder holder = {0};

	if (store->gate.fd >= 0)
		(void)look(store->gate.fd, &holder);
	add_holder(&holder, out);
}

static bool refuse_busy(const struct gate *gate, struct err *err)
{
	struct gate_holder holder;
	struct buf words = {0};

	(void)look(gate->fd, &holder);
	bool known = add_holder(&holder, &words);
	err_set(err, ERR_BUSY, "未保存：%s，请稍后再试%s", buf_text(&words),
		known ? "，或请管理员查看这个进程" : "");
	buf_free(&words);
	return false;
}

static void tell_holder(const struct gate *gate, const struct who *who)
{
	char line[GATE_LINE];
	size_t name = strlen(who->name);

	if (name >= NAME_SIZE)
		name = utf8_cut(who->name, NAME_SIZE - 1);
	int len = snprintf(line, sizeof(line), "%u %u %lld %.*s",
			   (unsigned)getpid(), (unsigned)who->uid,
			   (long long)clock_now(), (int)name, who->name);
	memset(line + len, ' ', sizeof(line) - (size_t)len);
	line[sizeof(line) - 1] = '\n';
	/* Without it the others only know that it is somebody. */
	(void)!pwrite(gate->fd, line, sizeof(line), 0);
}

/*
 * Ticks, not one bell: one that rings before the wait begins would be missed.
 */
static int start_ticks(timer_t *timer, struct sigaction *before)
{
	const struct sigaction action = {.sa_handler = on_tick};
	struct sigevent event = {.sigev_notify = SIGEV_SIGNAL,
				 .sigev_signo = SIGRTMIN};
	const struct timespec tick = {.tv_nsec = TICK * 1000000L};
	const struct itimerspec ticks = {tick, tick};

	sigaction(SIGRTMIN, &action, before);
	if (timer_create(CLOCK_MONOTONIC, &event, timer)) {
		int rc = errno;

		sigaction(SIGRTMIN, before, NULL);
		return rc;
	}
	(void)timer_settime(*timer, 0, &ticks, NULL);
	return 0;
}

static void stop_ticks(timer_t timer, const struct sigaction *before)
{
	timer_delete(timer);
	sigaction(SIGRTMIN, before, NULL);
}

/* 0, EINTR when may_wait() had enough, ETIMEDOUT, or the system's error. */
static int wait_for_it(const struct gate *gate, bool (*may_wait)(void *arg),
		       void *arg)
{
	int64_t end = clock_ticks() + GATE_PATIENCE;
	struct sigaction before;
	timer_t timer;
	int rc = start_ticks(&timer, &before);

	if (rc)
		return rc;
	for (;;) {
		struct flock lock = lock_of(F_WRLCK);

		rc = fcntl(gate->fd, F_OFD_SETLKW, &lock) ? errno : 0;
		if (rc != EINTR || (may_wait && !may_wait(arg)))
			break;
		if (clock_ticks() >= end) {
			rc = ETIMEDOUT;
			break;
		}
	}
	stop_ticks(timer, &before);
	return rc;
}

static int open_gate(struct gate *gate, const char *dir)
{
	char path[4096];
	mode_t mask = umask(007);

	snprintf(path, sizeof(path), "%s/" GATE_FILE, dir);
	gate->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0660);
	int rc = gate->fd < 0 ? errno : 0;
	umask(mask);
	return rc;
}

static int lock_gate(const struct gate *gate, bool (*may_wait)(void *arg),
		     void *arg)
{
	struct flock lock = lock_of(F_WRLCK);

	if (!fcntl(gate->fd, F_OFD_SETLK, &lock))
		return 0;
	if (errno != EAGAIN)
		return errno;
	return wait_for_it(gate, may_wait, arg);
}

bool gate_enter(struct gate *gate, const char *dir, const struct who *who,
		bool (*may_wait)(void *arg), void *arg, struct err *err)
{
	sigset_t stops;
	int rc = gate->fd < 0 ? open_gate(gate, dir) : 0;

	if (rc) {
		store_failed(err, rc, dir);
		return err_in(err, "未保存：打不开 " GATE_FILE);
	}
	rc = lock_gate(gate, may_wait, arg);
	if (rc == ETIMEDOUT)
		return refuse_busy(gate, err);
	if (rc == EINTR)
		return err_set(err, ERR_REFUSED, "未保存：已取消");
	if (rc)
		return store_failed(err, rc, "未保存");
	sigemptyset(&stops);
	sigaddset(&stops, SIGTSTP);
	sigprocmask(SIG_BLOCK, &stops, &gate->signals);
	tell_holder(gate, who);
	return true;
}

void gate_leave(struct gate *gate)
{
	struct flock lock = lock_of(F_UNLCK);

	fcntl(gate->fd, F_OFD_SETLK, &lock);
	sigprocmask(SIG_SETMASK, &gate->signals, NULL);
}

void gate_close(struct gate *gate)
{
	if (gate->fd >= 0)
		close(gate->fd);
	gate->fd = -1;
}
