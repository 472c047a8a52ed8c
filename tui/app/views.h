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

/* views.c */
ACTION(run_views);
ACTION(run_view_open);
ACTION(run_view_save);
ACTION(run_view_rename);
ACTION(run_view_key);
ACTION(run_view_up);
ACTION(run_view_down);
ACTION(run_view_delete);

/* Show the list as a row of the page says. */
struct view_row;
void views_open(struct app *app, const struct view_row *row);

/* The list is as it was left: the view of that name was open, if there still
 * is one. */
void views_go_on(struct app *app, const char *name);

/* The key of a view opens it; false if it is none. */
bool views_key(struct app *app, keycode code);

#endif
