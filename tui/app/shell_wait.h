/*
 * Something of the shell that may take long: on a terminal one line of
 * standard error says how far it is, and SIGINT cancels it.
 */
#ifndef APP_SHELL_WAIT_H
#define APP_SHELL_WAIT_H

#include <signal.h>

#include "base/progress.h"

struct shell_wait {
	struct progress progress;
	struct sigaction before;
	bool terminal;
	int cells; /* of the line that stands there */
};

struct progress *shell_wait_begin(struct shell_wait *wait);
void shell_wait_end(struct shell_wait *wait);

#endif
