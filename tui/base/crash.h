/*
 * The way out when nothing can go on: give the terminal back, say one
 * sentence, leave with 70. A page of the store that is damaged can send
 * LMDB anywhere, so this is a documented exit and not a death by a signal.
 *
 * Signal handlers take no argument, so what is to be put back is kept here.
 */
#ifndef BASE_CRASH_H
#define BASE_CRASH_H

#include "base/err.h"

/*
 * What gives the terminal back, NULL for nothing. It runs before mem_die()
 * speaks and in signal handlers: only what is async-signal-safe.
 */
void crash_set_restore(void (*restore)(void));

/* Do it now; the second time does nothing. */
void crash_restore(void);

/*
 * What is on the disk, in words that every way out says, mem_die()'s too:
 * nothing was saved, until something else is noted.
 */
void crash_note(const char *fmt, ...) PRINTF(1, 2);
const char *crash_noted(void);

/*
 * From here on SIGSEGV, SIGBUS, SIGFPE, SIGILL and SIGABRT end the program by
 * crash_leave(), on a stack of their own. A handler that stands already, as
 * AddressSanitizer's, is left alone. For programs that open the store.
 */
void crash_catch(void);

/* The way out itself; async-signal-safe. */
_Noreturn void crash_leave(void);

#endif
