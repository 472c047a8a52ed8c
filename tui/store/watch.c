#include "store/watch.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/time.h>

#include "base/crash.h"
#include "store/internal.h"

/* Reading 4 MiB takes some 0.01 s, and so do a thousand edits. */
enum { LEAST = 10, PAGES_A_SECOND = 1024, EDITS_A_SECOND = 1000 };

static volatile sig_atomic_t left; /* 0: nobody is watched */
static bool ticking;

static void on_tick(int number)
{
	(void)number;
	if (left > 0 && !--left)
		crash_leave();
}

/* It ticks only while the program itself computes: not when it waits. */
static void start_ticking(void)
{
	const struct itimerval each = {{1, 0}, {1, 0}};
	struct sigaction action = {.sa_handler = on_tick,
				   .sa_flags = SA_RESTART | SA_ONSTACK};

	sigemptyset(&action.sa_mask);
	(void)sigaction(SIGVTALRM, &action, NULL);
	(void)setitimer(ITIMER_VIRTUAL, &each, NULL);
	ticking = true;
}

void watch_begin(unsigned seconds)
{
	left = (sig_atomic_t)seconds;
	if (!ticking)
		start_ticking();
}

void watch_end(void)
{
	left = 0;
}

unsigned watch_budget(const struct store *store, size_t edits)
{
	MDB_envinfo info = {0};

	/* If it fails the budget is the smallest. */
	(void)mdb_env_info(store->env, &info);
	return LEAST + (unsigned)(info.me_last_pgno / PAGES_A_SECOND) +
	       (unsigned)(edits / EDITS_A_SECOND);
}
