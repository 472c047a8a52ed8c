#include "app/prompt.h"

#include "base/width.h"

void prompt_open(struct app *app, const struct prompt_ops *ops,
		 const char *text)
{
	app->prompt = ops;
	app->line_before = app->model.filter;
	app->line_place = model_place(&app->model);
	edit_set(&app->line, text);
	if (ops->changed)
		ops->changed(app);
}

static void accept(struct app *app)
{
	const struct prompt_ops *ops = app->prompt;
	struct err err = {0};

	app->prompt = NULL;
	if (!ops->accept(app, &err))
		app_say(app, STYLE_ALERT, "%s", err.text);
}

static void cancel(struct app *app)
{
	const struct prompt_ops *ops = app->prompt;

	app->prompt = NULL;
	if (ops->cancel)
		ops->cancel(app);
}

bool prompt_key(struct app *app, keycode code)
{
	if (app->prompt->key && app->prompt->key(app, code))
		return true;
	if (code == KEYCODE_ENTER) {
		accept(app);
	} else if (code == KEYCODE_ESC || code == KEYCODE_CTRL_C) {
		cancel(app);
	} else if (code == KEYCODE_BACKSPACE && app->line.len == 0) {
		cancel(app);
	} else if (edit_key(&app->line, code)) {
		if (app->prompt->changed)
			app->prompt->changed(app);
	} else if (app->prompt->lets_through) {
		app->prompt = NULL;
		return false;
	}
	return true;
}

void prompt_paste(struct app *app, const char *text)
{
	edit_paste(&app->line, text);
	if (app->prompt->changed)
		app->prompt->changed(app);
}

void prompt_draw(struct app *app, int y, struct rect above)
{
	struct canvas *canvas = app->canvas;
	struct buf tell = {0};
	int x, width = canvas->width;

	if (app->prompt->above)
		app->prompt->above(app, above);
	canvas_fill(canvas, y, 0, width, STYLE_NORMAL, ' ');
	x = canvas_printf(canvas, y, 0, width, STYLE_BOLD, "%s：",
			  app->prompt->label);
	if (app->prompt->tell)
		app->prompt->tell(app, &tell);
	int room = width - x, typed = edit_cells(&app->line) + 1;
	if (tell.len && typed < room / 2)
		canvas_text_cut(canvas, y, x + typed + 2, room - typed - 2,
				STYLE_NORMAL, buf_text(&tell));
	edit_draw(&app->line, canvas, y, x,
		  tell.len && typed < room / 2 ? typed + 1 : room);
	if (*app->message && y > 0)
		canvas_text_cut(canvas, y - 1, 0, width, app->message_style,
				app->message);
	buf_free(&tell);
}

void prompt_free(struct app *app)
{
	menu_free(&app->palette);
	arena_free(&app->hints);
	app->prompt = NULL;
}
