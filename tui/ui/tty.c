#include "ui/tty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/crash.h"

enum {
	IN = STDIN_FILENO,
	OUT = STDOUT_FILENO,
	FAREWELL_WAIT = 100, /* ms for a terminal that takes nothing */
};

static void on_flag(int number);

/* What signals do while the terminal is ours. */
static const struct watched {
	int number;
	void (*handler)(int);
} signals[] = {
	{SIGHUP, on_flag},  {SIGTERM, on_flag},  {SIGINT, on_flag},
	{SIGQUIT, on_flag}, {SIGWINCH, on_flag}, {SIGCONT, on_flag},
	{SIGPIPE, SIG_IGN}, {SIGTSTP, on_flag},
};

enum { SIGNALS = sizeof(signals) / sizeof(*signals) };

/* `closed` is the signal that did it. */
static volatile sig_atomic_t closed, resized, resumed, suspend;

static struct {
	volatile sig_atomic_t taken;
	bool can_suspend;
	int line, nowhere; /* the terminal; what takes all that is written */
	struct termios before, raw;
	struct sigaction handlers[SIGNALS]; /* of before */
	char farewell[128];
	size_t farewell_len;
	struct buf out;
} tty;

/*
 * Curses writes again and again to a terminal that takes nothing, whatever
 * signal comes: what it still has to say goes nowhere.
 */
static void close_line(int number)
{
	int saved = errno;

	closed = number;
	dup2(tty.nowhere, OUT);
	errno = saved;
}

static void on_flag(int number)
{
	if (number == SIGWINCH)
		resized = 1;
	else if (number == SIGCONT)
		resumed = 1;
	else if (number == SIGTSTP)
		suspend = 1;
	else
		close_line(number);
}

/* In the background the terminal is the shell's, and its modes as well. */
static bool is_ours(void)
{
	pid_t group = tcgetpgrp(IN);

	return group < 0 || group == getpgrp();
}

/* Async-signal-safe. */
static void restore(void)
{
	struct pollfd room = {.fd = tty.line, .events = POLLOUT};
	int saved = errno;

	if (!tty.taken || !is_ours())
		return;
	tty.taken = 0;
	if (poll(&room, 1, FAREWELL_WAIT) == 1 && room.revents == POLLOUT &&
	    write(tty.line, tty.farewell, tty.farewell_len) < 0)
		closed = SIGHUP;
	tcsetattr(IN, TCSANOW, &tty.before);
	errno = saved;
}

static void take_signals(void)
{
	closed = resized = resumed = suspend = 0;
	for (int i = 0; i < SIGNALS; i++) {
		struct sigaction action = {.sa_handler = signals[i].handler};

		sigemptyset(&action.sa_mask);
		if (signals[i].number == SIGTSTP && !tty.can_suspend)
			action.sa_handler = SIG_IGN;
		sigaction(signals[i].number, &action, &tty.handlers[i]);
	}
}

static void give_signals_back(void)
{
	for (int i = 0; i < SIGNALS; i++)
		sigaction(signals[i].number, &tty.handlers[i], NULL);
}

/*
 * Stop the process group, as the terminal's driver does: make, or a script,
 * that waits for us as well. False when nobody could make it go on, so that
 * the kernel did not let it stop.
 */
static bool stop_group(int number)
{
	struct sigaction normal = {.sa_handler = SIG_DFL}, ours;

	resumed = 0;
	sigaction(number, &normal, &ours);
	kill(0, number);
	sigaction(number, &ours, NULL);
	return resumed;
}

/* False when that cannot be any more, or when we are to end. */
static bool come_to_foreground(void)
{
	while (!is_ours())
		if (closed || !stop_group(SIGTTIN))
			return false;
	return true;
}

/*
 * A shell that minds its jobs gives each of them a group of its own, and makes
 * it go on. Who began the session has nobody to do that: sshd's command, a
 * login shell's place, a window of tmux. Nor has who was told to ignore it.
 */
static void look_who_started(void)
{
	struct sigaction action;

	tty.can_suspend = getpgrp() != getsid(0) &&
			  !sigaction(SIGTSTP, NULL, &action) &&
			  action.sa_handler != SIG_IGN;
}

static void make_raw(void)
{
	tty.raw = tty.before;
	cfmakeraw(&tty.raw);
	tty.raw.c_cc[VMIN] = 1;
	tty.raw.c_cc[VTIME] = 0;
}

static bool open_lines(struct err *err)
{
	tty.line = fcntl(OUT, F_DUPFD_CLOEXEC, OUT + 1);
	tty.nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (tty.line >= 0 && tty.nowhere >= 0)
		return true;
	return err_set(err, ERR_USAGE, "打不开终端：%s", err_words(errno));
}

static void close_lines(void)
{
	if (tty.line >= 0) {
		dup2(tty.line, OUT);
		close(tty.line);
	}
	if (tty.nowhere >= 0)
		close(tty.nowhere);
}

bool tty_open(struct err *err)
{
	if (!isatty(IN) || !isatty(OUT))
		return err_set(err, ERR_USAGE,
			       "标准输入和输出要是终端；在脚本中请用子命令，"
			       "如 proposals list、proposals show，"
			       "用法见 proposals help");
	if (!open_lines(err)) {
		close_lines();
		return false;
	}
	look_who_started();
	take_signals();
	if (!come_to_foreground() || tcgetattr(IN, &tty.before)) {
		give_signals_back();
		close_lines();
		return err_set(err, ERR_USAGE,
			       "程序在后台，用不了终端；请在前台打开");
	}
	make_raw();
	tty.farewell_len = 0;
	tty.taken = 1;
	crash_set_restore(restore);
	return true;
}

void tty_raw(void)
{
	tty.taken = 1;
	while (tcsetattr(IN, TCSANOW, &tty.raw) && errno == EINTR)
		continue;
}

void tty_close(void)
{
	restore();
	crash_set_restore(NULL);
	give_signals_back();
	close_lines();
	buf_free(&tty.out);
}

bool tty_can_suspend(void)
{
	return tty.can_suspend;
}

void tty_suspend(void)
{
	restore();
	if (is_ours())
		stop_group(SIGTSTP);
	if (!come_to_foreground() && !closed)
		closed = SIGHUP;
	suspend = 0;
	resumed = 1;
}

int tty_closed_by(void)
{
	return closed;
}

void tty_set_farewell(const char *bytes, size_t len)
{
	if (len > sizeof(tty.farewell))
		len = 0;
	memcpy(tty.farewell, bytes, len);
	tty.farewell_len = len;
}

bool tty_size(int *height, int *width)
{
	struct winsize size;

	if (ioctl(OUT, TIOCGWINSZ, &size) || !size.ws_row || !size.ws_col)
		return false;
	*height = size.ws_row;
	*width = size.ws_col;
	return true;
}

void tty_add(const char *bytes, size_t len)
{
	buf_add(&tty.out, bytes, len);
}

/* Whether it makes sense to try the rest again. */
static bool may_go_on(void)
{
	struct pollfd room = {.fd = OUT, .events = POLLOUT};

	if (errno == EAGAIN)
		return poll(&room, 1, -1) == 1 || errno == EINTR;
	return errno == EINTR;
}

void tty_flush(void)
{
	const char *at = buf_text(&tty.out);
	size_t left = tty.out.len;

	while (left && !closed) {
		ssize_t sent = write(OUT, at, left);

		if (sent >= 0) {
			at += sent;
			left -= (size_t)sent;
		} else if (!may_go_on()) {
			closed = SIGHUP;
		}
	}
	buf_reset(&tty.out);
}

static bool take(volatile sig_atomic_t *flag)
{
	bool set = *flag;

	*flag = 0;
	return set;
}

static enum tty_event signalled(void)
{
	if (closed)
		return TTY_CLOSED;
	if (take(&suspend))
		return TTY_SUSPEND;
	if (take(&resumed)) {
		if (!is_ours())
			return TTY_SUSPEND;
		tty_raw();
		return TTY_RESUMED;
	}
	return take(&resized) ? TTY_RESIZED : TTY_NOTHING;
}

static enum tty_event poll_input(int ms, const sigset_t *mask)
{
	struct timespec wait = {ms / 1000, ms % 1000 * 1000000L};
	struct pollfd in = {.fd = IN, .events = POLLIN};
	int ready = ppoll(&in, 1, ms < 0 ? NULL : &wait, mask);

	if (ready < 0 && errno == EINTR)
		return signalled();
	if (ready > 0 && in.revents == POLLIN)
		return TTY_INPUT;
	if (ready)
		closed = SIGHUP;
	return ready ? TTY_CLOSED : TTY_NOTHING;
}

/* Signals come only while we wait: none is lost between looking and waiting. */
enum tty_event tty_wait(int ms)
{
	sigset_t ours, before;
	enum tty_event event;

	sigemptyset(&ours);
	for (int i = 0; i < SIGNALS; i++)
		if (signals[i].handler == on_flag)
			sigaddset(&ours, signals[i].number);
	sigprocmask(SIG_BLOCK, &ours, &before);
	event = signalled();
	if (event == TTY_NOTHING)
		event = poll_input(ms, &before);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return event;
}

size_t tty_read(unsigned char *out, size_t size)
{
	ssize_t got = read(IN, out, size);

	if (got > 0)
		return (size_t)got;
	if (got == 0 || (errno != EINTR && errno != EAGAIN))
		closed = SIGHUP;
	return 0;
}
