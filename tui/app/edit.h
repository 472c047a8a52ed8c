/*
 * One proposal being edited: its form, the field that is being typed, the
 * page of conflicts, and the preview above them all share what the form's
 * page owns.
 */
#ifndef APP_EDIT_H
#define APP_EDIT_H

#include "app/app.h"

/* What the form that is open edits; NULL. */
struct editing *editing_of(const struct app *app);

/* Somebody has committed: see what became of the proposal. */
void edit_look(struct app *app);

/*
 * The confirmed plan was stale and wrote nothing: on to the conflicts, or to
 * a new preview. Always false, with the reason.
 */
bool edit_again(struct app *app, struct err *err);

/* False: leaving the top page would lose work, and the person was asked. */
bool edit_may_leave(struct app *app);

/* Leaving the program would lose work. */
bool edit_unsaved(struct app *app);

/* In PAGE_FIELD. False: not for the text. */
bool field_key(struct app *app, keycode key);
void field_paste(struct app *app, const char *text, bool cut);
const char *field_hint(const struct page *page);

/* Draw the page into the area, and add to its title. */
void edit_draw_page(struct app *app, struct page *page, struct rect area,
		    char *title, size_t size);

#endif
