/*
 * Installed for many people (2755 root:proposals) the program has one thing
 * that the person who runs it has not: the group that may open the store.
 * Whatever the person names is opened without it, and what he could arrange
 * before the start - environment, descriptors, limits - is not relied upon.
 *
 * In an ordinary installation there is nothing to drop, and every call here
 * does what its name says with the person's own rights.
 */
#ifndef BASE_PRIVILEGE_H
#define BASE_PRIVILEGE_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"

/*
 * The program's file gave this process a group that the person has not. False
 * where the kernel did not: nosuid, no_new_privs, a debugger; and after
 * privilege_drop().
 */
bool privilege_held(void);

/* The kernel did not, though the mode of the program's file says so:
 * ERR_STORE, and what may be the reason. */
MUST_USE
bool privilege_given(struct err *err);

/*
 * The first thing in main(): descriptors 0 to 2 are open, files are made for
 * the group only, and a write that cannot be made is an error and no signal.
 * With the group held, also: an environment of only what a terminal and a
 * language need, no core file, no debugger. ERR_USAGE without a program name.
 */
MUST_USE
bool privilege_start(int argc, struct err *err);

/* Descriptors 0 to 2 are open, if only on /dev/null: a store that was opened
 * as one of them would be overwritten by a message. */
void privilege_fill_fds(void);

/*
 * From here to privilege_raise() only the person's own rights count: for a
 * file that he named. False with errno, and then nothing may be opened; raise
 * keeps errno. Pairs do not nest.
 */
MUST_USE
bool privilege_lower(void);
void privilege_raise(void);

/* The group is given up for good: for work that needs no store. */
MUST_USE
bool privilege_drop(struct err *err);

/* open() of a file that the person named, between the two; O_CLOEXEC and
 * O_NOCTTY are added. -1 with errno. */
int open_as_user(const char *path, int flags, mode_t mode);

#endif
