#include "ui/tty.h"

#include <errno.h>
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
	{SIGPIPE, SIG_IGN}, {SIGTSTP, SIG_IGN},
};

enum { SIGNALS = sizeof(signals) / sizeof(*signals) };

static volatile sig_atomic_t closed, resized, resumed;

static struct {
	volatile sig_atomic_t taken;
	struct termios before, raw;
	struct sigaction handlers[SIGNALS]; /* of before */
	char farewell[128];
	size_t farewell_len;
	struct buf out;
} tty;

static void on_flag(int number)
{
	if (number == SIGWINCH)
		resized = 1;
	else if (number == SIGCONT)
		resumed = 1;
	else
		closed = 1;
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
	struct pollfd room = {.fd = OUT, .events = POLLOUT};
	int saved = errno;

	if (!tty.taken || !is_ours())
		return;
	tty.taken = 0;
	if (poll(&room, 1, FAREWELL_WAIT) == 1 && room.revents == POLLOUT &&
	    write(OUT, tty.farewell, tty.farewell_len) < 0)
		closed = 1;
	tcsetattr(IN, TCSANOW, &tty.before);
	errno = saved;
}

static void take_signals(void)
{
	closed = resized = resumed = 0;
	for (int i = 0; i < SIGNALS; i++) {
		struct sigaction action = {.sa_handler = signals[i].handler};

		sigemptyset(&action.sa_mask);
		sigaction(signals[i].number, &action, &tty.handlers[i]);
	}
}

static void give_signals_back(void)
{
	for (int i = 0; i < SIGNALS; i++)
		sigaction(signals[i].number, &tty.handlers[i], NULL);
}

static void make_raw(void)
{
	tty.raw = tty.before;
	cfmakeraw(&tty.raw);
	tty.raw.c_cc[VMIN] = 1;
	tty.raw.c_cc[VTIME] = 0;
}

bool tty_open(struct err *err)
{
	if (!isatty(IN) || !isatty(OUT) || tcgetattr(IN, &tty.before))
		return err_set(err, ERR_USAGE,
			       "标准输入和输出要是终端；在脚本中请用子命令，"
			       "如 proposals list、proposals show，"
			       "用法见 proposals help");
	make_raw();
	tty.farewell_len = 0;
	tty.taken = 1;
	take_signals();
	crash_set_restore(restore);
	return true;
}

void tty_raw(void)
{
	tcsetattr(IN, TCSANOW, &tty.raw);
}

void tty_close(void)
{
	restore();
	crash_set_restore(NULL);
	give_signals_back();
	buf_free(&tty.out);
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
			closed = 1;
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
	if (take(&resumed) && is_ours()) {
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
		closed = 1;
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
		closed = 1;
	return 0;
}
