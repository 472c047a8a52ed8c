#include "ui/screen.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/width.h"
#include "ui/screen_paint.h"
#include "ui/tty.h"

enum {
	READ_SIZE = 4096,

	/* Milliseconds for an answer: of a terminal that never gave one … */
	ANSWER_WAIT = 500,
	/* … and of one that did: then it is the line that is slow. */
	SLOW_WAIT = 2000,
	MISSES_MAX = 2,

	/* A line that took a quarter of a screen within QUICK ms is quick: only
	 * each QUIET_MAX-th frame is asked about. */
	QUICK = 40,
	QUIET_MAX = 8,

	PROBE_ROW = 2,
	PROBE_CELLS = 8,
};

static const char question[] = "\033[5n";

/*
 * Characters of every class that Unicode leaves the width of open. In the
 * second row: an answer about the first could be F3 with Shift. Whatever the
 * terminal does with them, the first frame paints over it.
 */
static const char probe[] = "\033[2H“—…·①─█±\033[6n";

struct screen {
	struct paint *paint;
	struct key_parser parser;
	unsigned char input[READ_SIZE];
	size_t input_at, input_len;
	int64_t input_time;
	bool closed;
	bool probing;

	/* Frames that wait for an answer. */
	unsigned asked, misses;
	bool answers;   /* the terminal has answered before */
	bool answered;  /* since the last frame */
	bool quick;     /* the line is */
	bool large;     /* the frame that was asked about was */
	unsigned quiet; /* frames since the last question */
	int64_t asked_at;
};

static void start_width(struct screen *screen, enum ambiguous ambiguous)
{
	int height, width;

	width_set_ambiguous(ambiguous == AMBIGUOUS_WIDE ? 2 : 1);
	paint_size(screen->paint, &height, &width);
	if (ambiguous != AMBIGUOUS_AUTO || !paint_answers(screen->paint) ||
	    height < PROBE_ROW || width <= 2 * PROBE_CELLS)
		return;
	tty_add(probe, strlen(probe));
	screen->probing = true;
}

bool screen_start(struct screen **out, enum ambiguous ambiguous,
		  const char **warning, struct err *err)
{
	struct screen *screen;

	*warning = NULL;
	if (!tty_open(err))
		return false;
	screen = mem_new(sizeof(*screen));
	if (!paint_start(&screen->paint, warning, err)) {
		tty_close();
		free(screen);
		return false;
	}
	tty_raw();
	start_width(screen, ambiguous);
	tty_flush();
	*out = screen;
	return true;
}

static int answer_left(const struct screen *screen)
{
	int64_t wait = screen->answers ? SLOW_WAIT : ANSWER_WAIT;
	int64_t left = screen->asked_at + wait - clock_ticks();

	return left > 0 ? (int)left : 0;
}

bool screen_ready(const struct screen *screen)
{
	return !screen->asked || !answer_left(screen);
}

/* An answer that comes after us would be typed into the user's shell. */
static void await_answers(struct screen *screen)
{
	int64_t until = clock_ticks() + ANSWER_WAIT;

	while (!screen->closed && screen->misses < MISSES_MAX &&
	       !screen_ready(screen) && clock_ticks() < until)
		screen_key(screen, answer_left(screen));
}

bool screen_knows(const char *term)
{
	return paint_knows(term);
}

void screen_stop(struct screen *screen)
{
	await_answers(screen);
	paint_stop(screen->paint);
	tty_close();
	key_parser_free(&screen->parser);
	free(screen);
}

bool screen_can_suspend(const struct screen *screen)
{
	(void)screen;
	return tty_can_suspend();
}

/* What has been read behind the key that asked for it was for the shell. */
void screen_suspend(struct screen *screen)
{
	await_answers(screen);
	screen->input_at = screen->input_len;
	key_timeout(&screen->parser);
	tty_suspend();
}

int screen_closed_by(const struct screen *screen)
{
	(void)screen;
	return tty_closed_by();
}

void screen_size(const struct screen *screen, int *height, int *width)
{
	paint_size(screen->paint, height, width);
}

/* The last question was not answered in time. */
static void count_miss(struct screen *screen)
{
	if (!screen->asked || answer_left(screen))
		return;
	screen->misses++;
	if (screen->answered) /* an earlier one was: that answer got lost */
		screen->asked = 0;
}

static void ask(struct screen *screen, int changed)
{
	int height, width;

	tty_add(question, strlen(question));
	tty_flush();
	paint_size(screen->paint, &height, &width);
	screen->large = changed > height * width / 4;
	screen->asked++;
	screen->asked_at = clock_ticks();
	screen->answered = false;
	screen->quiet = 0;
}

void screen_show(struct screen *screen, const struct canvas *canvas, bool sure)
{
	if (screen->closed)
		return;
	count_miss(screen);
	int changed = paint_show(screen->paint, canvas);
	if (!changed || !paint_answers(screen->paint) ||
	    screen->misses >= MISSES_MAX)
		return;
	if (sure || !screen->quick || ++screen->quiet >= QUIET_MAX)
		ask(screen, changed);
}

void screen_redraw(struct screen *screen)
{
	paint_redraw(screen->paint);
}

/* A late answer counts as well: the line is slow, but somebody is there. */
static keycode take_answer(struct screen *screen)
{
	if (screen->asked)
		screen->asked--;
	screen->misses = 0;
	screen->answers = screen->answered = true;
	bool late = clock_ticks() - screen->asked_at > QUICK;
	if (screen->large || late)
		screen->quick = !late;
	return KEYCODE_NONE;
}

/* Past the widest that can be it is not UTF-8 that the terminal shows. */
static keycode take_cursor(struct screen *screen)
{
	int cells = screen->parser.column - 1;

	if (!screen->probing || screen->parser.row != PROBE_ROW)
		return KEYCODE_NONE;
	screen->probing = false;
	if (cells <= PROBE_CELLS || cells > 2 * PROBE_CELLS)
		return KEYCODE_NONE;
	width_set_ambiguous(2);
	paint_redraw(screen->paint);
	return KEYCODE_RESIZE;
}

/* What the terminal says to the program is no key. */
static keycode take_key(struct screen *screen, keycode key)
{
	if (key == KEYCODE_ACK)
		return take_answer(screen);
	if (key == KEYCODE_CURSOR)
		return take_cursor(screen);
	return key;
}

/* The next key among the bytes that have been read. */
static keycode next_key(struct screen *screen)
{
	keycode key = KEYCODE_NONE;

	while (key == KEYCODE_NONE && screen->input_at < screen->input_len)
		key = take_key(screen,
			       key_feed(&screen->parser,
					screen->input[screen->input_at++]));
	return key;
}

static keycode take_event(struct screen *screen, enum tty_event event)
{
	int height, width;

	switch (event) {
	case TTY_CLOSED:
		screen->closed = true;
		return KEYCODE_CLOSED;
	case TTY_INPUT:
		screen->input_time = clock_ticks();
		screen->input_at = 0;
		screen->input_len = tty_read(screen->input, READ_SIZE);
		return next_key(screen);
	case TTY_SUSPEND:
		return KEYCODE_SUSPEND;
	case TTY_RESUMED:
		paint_enter(screen->paint);
		screen->asked = 0;
		break;
	case TTY_RESIZED:
		break;
	case TTY_NOTHING:
	default:
		return KEYCODE_NONE;
	}
	if (tty_size(&height, &width))
		paint_resize(screen->paint, height, width);
	return KEYCODE_RESIZE;
}

/* Until a sequence that began is taken for what has come; -1: none has. */
static int rest_left(const struct screen *screen)
{
	int rest = key_pending(&screen->parser);
	int64_t left = screen->input_time + rest - clock_ticks();

	if (!rest)
		return -1;
	return left > 0 ? (int)left : 0;
}

/* The shorter wait of two; -1 is for ever. */
static int sooner(int ms, int other)
{
	if (ms < 0 || other < 0)
		return ms < 0 ? other : ms;
	return ms < other ? ms : other;
}

keycode screen_key(struct screen *screen, int ms)
{
	keycode key = next_key(screen);

	if (screen->closed)
		return KEYCODE_CLOSED;
	if (key != KEYCODE_NONE)
		return key;
	ms = sooner(ms, rest_left(screen));
	if (!screen_ready(screen))
		ms = sooner(ms, answer_left(screen));
	enum tty_event event = tty_wait(ms);
	if (event == TTY_NOTHING && !rest_left(screen))
		return take_key(screen, key_timeout(&screen->parser));
	return take_event(screen, event);
}

const char *screen_paste(const struct screen *screen, bool *cut)
{
	*cut = screen->parser.paste_cut;
	return buf_text(&screen->parser.paste);
}
