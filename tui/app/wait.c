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

/* Who is waited for, or how far it is. */
static void say_progress(struct app *app, const struct progress *progress)
{
	struct buf words = {0};

	if (progress->phase != progress_waiting) {
		progress_text(progress, &words);
		app_say(app, STYLE_WARN, "%s%s", buf_text(&words),
			progress->final ? "" : "，按 Esc 停止");
	} else {
		store_writer(app->store, &words);
		app_say(app, STYLE_WARN, "%s，已等 %lld 秒，按 Esc 不等了",
			buf_text(&words),
			(long long)(clock_ticks() - progress->began) / SECOND);
	}
	buf_free(&words);
}

bool app_wait(struct app *app, struct progress *progress)
{
	if (clock_ticks() - progress->began < PATIENCE)
		return true;
	if (is_cancelled(app))
		return false;
	if (!screen_ready(app->screen) || !progress_due(progress))
		return true;
	say_progress(app, progress);
	app_draw_message(app);
	screen_show(app->screen, app->canvas, false);
	return true;
}
