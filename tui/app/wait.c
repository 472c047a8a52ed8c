#include "app/app.h"
#include "base/clock.h"

/* What takes less than this is not worth a word. */
enum { PATIENCE = 500 /* ms */, SECOND = 1000 };

/* Keys that were typed for what comes next are thrown away: it may not come. */
static bool is_cancelled(struct app *app)
{
	keycode code = screen_key(app->screen, 0);

	for (; code != KEYCODE_NONE; code = screen_key(app->screen, 0)) {
		if (code == KEYCODE_ESC || code == KEYCODE_CTRL_C ||
		    code == KEYCODE_CLOSED)
			return true;
		if (code == KEYCODE_SUSPEND)
			app->suspend = true;
	}
	return false;
}

bool app_wait(struct app *app, int64_t since)
{
	int64_t waited = clock_ticks() - since;
	struct buf words = {0};

	if (waited < PATIENCE)
		return true;
	if (is_cancelled(app))
		return false;
	if (!screen_ready(app->screen))
		return true;
	store_writer(app->store, &words);
	app_say(app, STYLE_WARN, "%s，已等 %lld 秒，按 Esc 不等了",
		buf_text(&words), (long long)(waited / SECOND));
	buf_free(&words);
	app_draw_message(app);
	screen_show(app->screen, app->canvas, false);
	return true;
}
