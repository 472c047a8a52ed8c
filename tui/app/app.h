/*
 * The interactive program: pages on a stack, one prompt, one message, and the
 * loop that turns keys into commands and draws everything after them.
 */
#ifndef APP_APP_H
#define APP_APP_H

#include "app/command.h"
#include "app/page.h"
#include "base/progress.h"
#include "config/own.h"
#include "query/complete.h"
#include "ui/screen.h"

enum focus { FOCUS_LIST, FOCUS_DETAIL, FOCUS_BAND };

struct prompt_ops;
struct last;

/* Up to CONFIRM_BY_KEY proposals y confirms, above that the count is typed;
 * under DETAIL_ROWS of screen the detail is a page of its own. */
enum { PAGES_MAX = 8, CONFIRM_BY_KEY = 20, DETAIL_ROWS = 24 };

struct app {
	struct config *config;
	struct store *store;
	struct screen *screen;
	struct canvas *canvas;
	struct model model;
	struct arena arena; /* lives as long as the program */
	struct who who;
	struct buf own; /* uint32_t: the batches made here, u undoes at once */

	struct last *last;          /* where it ended the last time; borrowed */
	const char *dir;            /* of the store */
	struct err unsaved;         /* where it was left could not be written */
	struct own_views own_views; /* as they were last looked at */

	struct page *pages[PAGES_MAX]; /* [0] is PAGE_MAIN */
	size_t depth;
	struct page *form; /* the one that is PAGE_EDIT, or NULL */
	enum focus focus;
	long band_value;           /* under the band's cursor; -1: 全部 */
	struct filter band_before; /* what Esc goes back to, from the band … */
	struct place place_before; /* … and from the filter page */
	uint32_t detail;           /* slot that the detail pane shows */
	struct scroll detail_scroll;

	const struct prompt_ops *prompt; /* NULL: no prompt */
	struct edit_line line;
	struct filter line_before; /* what Esc goes back to */
	struct filter line_base;   /* what the line adds its conditions to */
	struct place line_place;
	struct menu palette; /* commands, or completions */
	struct completions completions;
	struct arena hints; /* … and their texts */
	bool completing;    /* one of them is being chosen */

	char message[1024];
	enum style message_style;
	bool deaf; /* throw keys away until the next frame is on screen */
	bool asked_quit, quit, suspend;
	struct err fatal; /* why it ends, when the register cannot be read */
};

/* Open the interface on an open store; returns when the person leaves. */
MUST_USE
bool app_run(struct app *app, struct err *err);

/* One line about what happened, until the next key. */
void app_say(struct app *app, enum style style, const char *fmt, ...)
	PRINTF(3, 4);

/* Handle one key; draw everything on the canvas. Both with a reading open. */
void app_key(struct app *app, keycode key);
void app_draw(struct app *app);

/* The message alone, on what was drawn last; no reading is needed. */
void app_draw_message(struct app *app);

/* After half a second say how far it is, or for whom it waits. False when the
 * person does not want to. */
bool app_wait(struct app *app, struct progress *progress);

/* Run a command by the table, with its refusals; errors become messages. */
void app_command(struct app *app, const struct command *command,
		 const char *arg);

/* Whether the command would be refused from the start. */
bool app_may(const struct app *app, const struct command *command);

/* A new reading, everything shown anew; if that fails the program ends. */
void app_reload(struct app *app);

/* The proposal a command is about: the cursor's, or the opened one. */
uint32_t app_slot(const struct app *app);

#endif
