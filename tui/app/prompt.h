/*
 * The one line that is typed: a number, a search, a command, a note. It
 * stands above the hint bar, and acts while one types.
 */
#ifndef APP_PROMPT_H
#define APP_PROMPT_H

#include "app/app.h"

/* What a prompt does with its text. NULL members do nothing. */
struct prompt_ops {
	const char *label;
	const char *hint; /* what the hint bar says meanwhile */
	void (*changed)(struct app *app);
	bool (*accept)(struct app *app, struct err *err);
	void (*cancel)(struct app *app);
	/* Behind the text: what it means so far. */
	void (*tell)(struct app *app, struct buf *out);
	/* Keys of its own; false: the line may have it. */
	bool (*key)(struct app *app, keycode code);
	/* What stands above the line, if anything. */
	void (*above)(struct app *app, struct rect area);
	bool lets_through; /* a key it does not know closes it and acts */
};

/* Begin to type, with `text` typed already. */
void prompt_open(struct app *app, const struct prompt_ops *ops,
		 const char *text);

void prompt_number(struct app *app, const char *text);
void prompt_numbers(struct app *app);
void prompt_search(struct app *app, keycode first);
void prompt_palette(struct app *app);
void prompt_note(struct app *app);

/* False: not for the prompt, which has closed itself, keeping its effect. */
bool prompt_key(struct app *app, keycode key);
void prompt_paste(struct app *app, const char *text);

/* Paste without a prompt: numbers become marks, other text a search. */
MUST_USE
bool prompt_pasted_list(struct app *app, const char *text, struct err *err);

/* Draw it on row y; the palette's list stands in `above`. */
void prompt_draw(struct app *app, int y, struct rect above);
void prompt_free(struct app *app);

#endif
