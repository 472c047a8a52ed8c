#include "app/shell_wait.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/width.h"

/* Of a terminal that does not say; and what it shows of Ctrl-C. */
enum { COLUMNS = 80, ECHOED = 2 };

/* A signal handler takes no argument. */
static volatile sig_atomic_t interrupted;

static void on_interrupt(int number)
{
	(void)number;
	interrupted = 1;
}

/* Over what stood there; never as wide as the line, which would begin another
 * one. */
static void rewrite(struct shell_wait *wait, const char *text)
{
	struct winsize size = {0};
	int cells, rest;

	(void)ioctl(STDERR_FILENO, TIOCGWINSZ, &size);
	int room = (size.ws_col ? size.ws_col : COLUMNS) - 1;
	size_t len = width_fit(text, room, &cells);
	rest = wait->cells + ECHOED - cells;
	if (rest > room - cells)
		rest = room - cells;
	if (rest < 0)
		rest = 0;
	fprintf(stderr, "\r%.*s%*s", (int)len, text, rest, "");
	if (!*text)
		fputc('\r', stderr);
	wait->cells = cells;
}

static bool tell(struct progress *progress)
{
	struct shell_wait *wait = progress->arg;
	struct buf text = {0};

	if (interrupted && !progress->final)
		return false;
	if (wait->terminal && progress_due(progress)) {
		progress_text(progress, &text);
		if (!progress->final)
			buf_str(&text, "（Ctrl-C 停止）");
		rewrite(wait, buf_text(&text));
		buf_free(&text);
	}
	return true;
}

struct progress *shell_wait_begin(struct shell_wait *wait)
{
	const struct sigaction action = {.sa_handler = on_interrupt};

	*wait = (struct shell_wait){.progress = {.tell = tell, .arg = wait},
				    .terminal = isatty(STDERR_FILENO)};
	interrupted = 0;
	sigaction(SIGINT, NULL, &wait->before);
	/* What runs behind a script's back is not to be stopped by its keys. */
	if (wait->before.sa_handler != SIG_IGN)
		sigaction(SIGINT, &action, NULL);
	return &wait->progress;
}

void shell_wait_end(struct shell_wait *wait)
{
	sigaction(SIGINT, &wait->before, NULL);
	if (wait->cells)
		rewrite(wait, "");
}
