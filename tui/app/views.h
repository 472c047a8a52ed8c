/*
 * Saved views: in the shell, and the page of them at the screen.
 */
#ifndef APP_VIEWS_H
#define APP_VIEWS_H

#include "app/actions.h"
#include "app/shell.h"
#include "query/views.h"

/* shell_view.c */
SHELL(shell_views);
SHELL(shell_view);

/* The view of --view, if one is named, and the conditions from `first` on. */
MUST_USE
bool shell_look(struct shell *shell, int first, struct look *out,
		struct err *err);

#endif
