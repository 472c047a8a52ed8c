#include "base/crash.h"

#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { STACK_SIZE = 1 << 16, NOTE_SIZE = 128, WORDS_WAIT = 100 /* ms */ };

static const int deadly[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
static const char words[] = "proposals: 程序意外中断，提案库文件可能已损坏；";
static const char advice[] = "；请运行 proposals check 检查，或从备份恢复。\n";

static void (*volatile restore_terminal)(void);
static volatile sig_atomic_t leaving;
static char stack[STACK_SIZE]; /* for a crash that used up the other one */

/* One is read by a handler while the other is written. */
static char notes[2][NOTE_SIZE];
static const char *volatile noted = "没有保存任何修改";

void crash_set_restore(void (*restore)(void))
{
	restore_terminal = restore;
}

void crash_restore(void)
{
	void (*restore)(void) = restore_terminal;

	restore_terminal = NULL;
	if (restore)
		restore();
}

void crash_note(const char *fmt, ...)
{
	char *next = notes[noted == notes[0]];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(next, NOTE_SIZE, fmt, ap);
	va_end(ap);
	noted = next;
}

const char *crash_noted(void)
{
	return noted;
}

/* A terminal that takes nothing must not keep us. */
static void say(const char *text)
{
	struct pollfd room = {.fd = STDERR_FILENO, .events = POLLOUT};

	if (poll(&room, 1, WORDS_WAIT) == 1)
		(void)!write(STDERR_FILENO, text, strlen(text));
}

static void say_words(void)
{
	say(words);
	say(noted);
	say(advice);
}

_Noreturn void crash_leave(void)
{
	/* What failed may fail again on the way out. */
	if (!leaving++) {
		crash_restore();
		say_words();
	}
	_exit(err_status(ERR_INTERNAL));
}

static void on_signal(int number)
{
	(void)number;
	crash_leave();
}

static void use_own_stack(void)
{
	stack_t own = {.ss_sp = stack, .ss_size = sizeof(stack)}, old;

	if (!sigaltstack(NULL, &old) && old.ss_flags & SS_DISABLE)
		sigaltstack(&own, NULL);
}

static void catch_one(int number)
{
	struct sigaction ours = {.sa_handler = on_signal,
				 .sa_flags = SA_ONSTACK | SA_NODEFER};
	struct sigaction old;

	sigemptyset(&ours.sa_mask);
	/* Ignoring does not stop a fault, nor does a mask: both kill. */
	if (!sigaction(number, NULL, &old) &&
	    (old.sa_flags & SA_SIGINFO ||
	     (old.sa_handler != SIG_DFL && old.sa_handler != SIG_IGN)))
		return;
	sigaction(number, &ours, NULL);
}

void crash_catch(void)
{
	sigset_t all;

	use_own_stack();
	sigemptyset(&all);
	for (size_t i = 0; i < sizeof(deadly) / sizeof(*deadly); i++) {
		catch_one(deadly[i]);
		sigaddset(&all, deadly[i]);
	}
	sigprocmask(SIG_UNBLOCK, &all, NULL);
}
