/*
 * The line in which conditions and texts are typed: it filters and completes
 * while one types (query/language.h). What prompts of it are made of.
 */
#ifndef APP_SEARCH_H
#define APP_SEARCH_H

#include "app/prompt.h"

/* The prompt's parts: see struct prompt_ops. */
void search_changed(struct app *app);
bool search_accept(struct app *app, struct err *err);
void search_cancel(struct app *app);
void search_tell(struct app *app, struct buf *out);
bool search_key(struct app *app, keycode code);
void search_above(struct app *app, struct rect area);

/* No completions any more. */
void search_close(struct app *app);

/* Everything that is asked, to be edited. */
MUST_USE
bool prompt_conditions(struct app *app, struct err *err);

#endif
