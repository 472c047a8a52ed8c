/*
 * The editor's text as rows on a screen. Private to ui/editor.c.
 */
#ifndef UI_EDITOR_ROWS_H
#define UI_EDITOR_ROWS_H

#include "ui/editor.h"

/* Up, Down, PgUp, PgDn, Home, End, by the rows that were drawn. */
bool rows_key(struct editor *editor, keycode key);

#endif
