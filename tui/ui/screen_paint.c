#include "ui/screen_paint.h"

#include <curses.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/width.h"
#include "ui/tty.h"

/* What a hostile or mistaken window size may cost. */
enum { HEIGHT_MAX = 512, WIDTH_MAX = 1024 };

static const char fallback[] = "xterm-256color";
static const char paste_on[] = "\033[?2004h";
static const char paste_off[] = "\033[?2004l";
/* The lines that scroll: all of them. Puts the cursor into the corner. */
static const char scroll_all[] = "\033[r";

struct paint {
	SCREEN *screen;
	bool ansi;
	int height, width;
	attr_t attrs[STYLE_COUNT];
	short pairs[STYLE_COUNT];
	cchar_t *row;       /* width cells, owned */
	struct cell *given; /* what curses has: height * width, owned */
};

/*
 * Until a first endwin() the library writes once for every move of the
 * cursor, and after it once a frame. What it sends for leaving and entering
 * is of no use to the terminal.
 */
static void gather_writes(void)
{
	int keep = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (keep >= 0 && nowhere >= 0 && dup2(nowhere, STDOUT_FILENO) >= 0) {
		endwin();
		doupdate();
		dup2(keep, STDOUT_FILENO);
	}
	if (keep >= 0)
		close(keep);
	if (nowhere >= 0)
		close(nowhere);
}

/* Chinese needs a UTF-8 locale, whatever the user's login says. */
static void set_locale(void)
{
	static const char *const names[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8",
					    "zh_CN.UTF-8"};

	if (setlocale(LC_CTYPE, "") && !strcmp(nl_langinfo(CODESET), "UTF-8"))
		return;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (setlocale(LC_CTYPE, names[i]))
			return;
}

/* NULL for what the terminal cannot do. */
static char *capability(const char *name)
{
	char *value = tigetstr(name);

	return value == (char *)-1 ? NULL : value;
}

static bool is_ansi(void)
{
	const char *move = capability("cup");

	return move && !strncmp(move, "\033[", 2);
}

static bool no_terminal(struct err *err)
{
	const char *name = getenv("TERM");

	return err_set(err, ERR_USAGE,
		       "终端类型 TERM=%.40s 不能显示界面；请换一个终端，"
		       "或用子命令，如 proposals list、proposals show，"
		       "用法见 proposals help",
		       name ? name : "");
}

/* Asked first: a newterm() that fails leaks. */
bool paint_knows(const char *name)
{
	int error;

	if (!name || !*name)
		return false;
	mem_lend();
	int known = setupterm(name, STDOUT_FILENO, &error);
	mem_lent();
	if (known != OK)
		return false;
	del_curterm(cur_term);
	return true;
}

static SCREEN *new_terminal(const char *name)
{
	mem_lend();
	SCREEN *screen = newterm(name, stdout, stdin);
	mem_lent();
	return screen;
}

static SCREEN *open_terminal(const char **warning)
{
	const char *name = getenv("TERM");
	SCREEN *screen = paint_knows(name) ? new_terminal(name) : NULL;

	*warning = NULL;
	if (screen)
		return screen;
	*warning = "终端类型 TERM 未设置或本机没有，已按 xterm-256color 显示；"
		   "如有乱码，请联系管理员";
	return new_terminal(fallback);
}

/* The string without the pauses that old terminals wanted. */
static void add_plain(struct buf *out, const char *text)
{
	while (text && *text) {
		const char *pause = strstr(text, "$<");
		const char *end = pause ? strchr(pause, '>') : NULL;

		if (!end) {
			buf_str(out, text);
			return;
		}
		buf_add(out, text, (size_t)(pause - text));
		text = end + 1;
	}
}

/* How to leave the terminal, at any moment and without curses. */
static void set_farewell(const struct paint *paint)
{
	struct buf bytes = {0};

	if (paint->ansi) {
		buf_str(&bytes, paste_off);
		buf_str(&bytes, scroll_all);
	}
	add_plain(&bytes, capability("sgr0"));
	if (capability("rmcup")) {
		add_plain(&bytes, capability("rmcup"));
	} else { /* the shell goes on below what we drew */
		add_plain(&bytes, tiparm(capability("cup"), HEIGHT_MAX, 0));
		buf_str(&bytes, "\r\n");
	}
	tty_set_farewell(buf_text(&bytes), bytes.len);
	buf_free(&bytes);
}

static const struct look {
	attr_t attrs; /* with colours */
	short colour;
	attr_t plain; /* without */
} looks[STYLE_COUNT] = {
	[STYLE_BOLD] = {A_BOLD, 0, A_BOLD},
	[STYLE_DIM] = {A_DIM, 0, A_DIM},
	[STYLE_REVERSE] = {A_REVERSE, 0, A_REVERSE},
	[STYLE_WARN] = {A_NORMAL, COLOR_YELLOW, A_UNDERLINE},
	[STYLE_ALERT] = {A_BOLD, COLOR_RED, A_BOLD | A_UNDERLINE},
	[STYLE_GOOD] = {A_NORMAL, COLOR_GREEN, A_NORMAL},
	[STYLE_HIT] = {A_UNDERLINE, COLOR_CYAN, A_REVERSE},
	[STYLE_RED] = {A_NORMAL, COLOR_RED, A_NORMAL},
	[STYLE_GREEN] = {A_NORMAL, COLOR_GREEN, A_NORMAL},
	[STYLE_YELLOW] = {A_NORMAL, COLOR_YELLOW, A_NORMAL},
	[STYLE_BLUE] = {A_NORMAL, COLOR_BLUE, A_NORMAL},
	[STYLE_MAGENTA] = {A_NORMAL, COLOR_MAGENTA, A_NORMAL},
	[STYLE_CYAN] = {A_NORMAL, COLOR_CYAN, A_NORMAL},
};

/* Without the terminal's own background blanks would differ: no colours. */
static bool start_colours(void)
{
	const char *refused = getenv("NO_COLOR");

	if ((refused && *refused) || !has_colors())
		return false;
	return start_color() == OK && use_default_colors() == OK;
}

/* Pairs are numbered like the colours. */
static void start_styles(struct paint *paint)
{
	bool coloured = start_colours();

	for (short i = COLOR_RED; coloured && i <= COLOR_CYAN; i++)
		init_pair(i, i, -1);
	for (int i = 0; i < STYLE_COUNT; i++) {
		paint->attrs[i] = coloured ? looks[i].attrs : looks[i].plain;
		paint->pairs[i] = coloured ? looks[i].colour : 0;
	}
}

static int at_most(int value, int limit)
{
	return value < limit ? value : limit;
}

void paint_resize(struct paint *paint, int height, int width)
{
	paint->height = at_most(height, HEIGHT_MAX);
	paint->width = at_most(width, WIDTH_MAX);
	if (paint->height != LINES || paint->width != COLS)
		resize_term(paint->height, paint->width);
	free(paint->row);
	free(paint->given);
	paint->row = mem_array((size_t)paint->width, sizeof(*paint->row));
	paint->given = mem_array((size_t)paint->height,
				 (size_t)paint->width * sizeof(struct cell));
	/* A frame that was under way has set those of the old size. */
	if (paint->ansi)
		tty_add(scroll_all, strlen(scroll_all));
	tty_flush();
	clearok(curscr, TRUE);
}

bool paint_start(struct paint **out, const char **warning, struct err *err)
{
	struct paint *paint = mem_new(sizeof(*paint));
	int height, width;

	set_locale();
	paint->screen = open_terminal(warning);
	if (!paint->screen || !capability("cup")) {
		paint_stop(paint);
		return no_terminal(err);
	}
	paint->ansi = is_ansi();
	raw();
	noecho();
	nonl();
	typeahead(-1);
	curs_set(1);
	gather_writes();
	start_styles(paint);
	set_farewell(paint);
	if (!tty_size(&height, &width)) {
		height = LINES;
		width = COLS;
	}
	paint_resize(paint, height, width);
	if (paint->ansi)
		tty_add(paste_on, strlen(paste_on));
	*out = paint;
	return true;
}

void paint_stop(struct paint *paint)
{
	if (paint->screen)
		delscreen(paint->screen);
	free(paint->row);
	free(paint->given);
	free(paint);
}

bool paint_answers(const struct paint *paint)
{
	return paint->ansi;
}

void paint_size(const struct paint *paint, int *height, int *width)
{
	*height = paint->height;
	*width = paint->width;
}

/* A cell whose width curses sees otherwise than the canvas is left blank. */
static int put_cell(struct paint *paint, int count, const struct cell *cell,
		    int cells)
{
	wchar_t text[] = {(wchar_t)cell->cp, 0};
	enum style style = cell->style < STYLE_COUNT ? cell->style : 0;

	if (width_char(cell->cp) != cells) {
		*text = L' ';
		if (cells == 2)
			count = put_cell(paint, count,
					 &(struct cell){' ', cell->style}, 1);
	}
	setcchar(&paint->row[count], text, paint->attrs[style],
		 paint->pairs[style], NULL);
	return count + 1;
}

/* The canvas in the size of the screen. */
static struct canvas *fit(const struct paint *paint,
			  const struct canvas *canvas)
{
	struct canvas *out = canvas_new(paint->height, paint->width);
	int width = at_most(canvas->width, paint->width);

	for (int y = 0; y < at_most(canvas->height, paint->height); y++)
		memcpy(out->cells + (size_t)y * (size_t)out->width,
		       canvas->cells + (size_t)y * (size_t)canvas->width,
		       (size_t)width * sizeof(struct cell));
	canvas_cursor(out, canvas->cursor_y, canvas->cursor_x);
	return out;
}

static void give_row(struct paint *paint, int y, const struct cell *cells)
{
	int count = 0;

	for (int x = 0; x < paint->width;) {
		bool wide = x + 1 < paint->width && !cells[x + 1].cp;

		count = put_cell(paint, count, &cells[x], wide ? 2 : 1);
		x += wide ? 2 : 1;
	}
	mvadd_wchnstr(y, 0, paint->row, count);
}

static int count_changed(const struct cell *given, const struct cell *cells,
			 int width)
{
	int changed = 0;

	for (int x = 0; x < width; x++)
		changed += given[x].cp != cells[x].cp ||
			   given[x].style != cells[x].style;
	return changed;
}

/* Curses compares as well, but giving it a row costs more than comparing. */
static int show_row(struct paint *paint, int y, const struct cell *cells)
{
	size_t size = (size_t)paint->width;
	struct cell *given = paint->given + (size_t)y * size;
	int changed = count_changed(given, cells, paint->width);

	if (changed) {
		memcpy(given, cells, size * sizeof(*given));
		give_row(paint, y, cells);
	}
	return changed;
}

int paint_show(struct paint *paint, const struct canvas *canvas)
{
	struct canvas *fitting = NULL;
	int changed = 0;

	if (canvas->width != paint->width || canvas->height != paint->height)
		canvas = fitting = fit(paint, canvas);
	for (int y = 0; y < paint->height; y++)
		changed += show_row(paint, y,
				    canvas->cells +
					    (size_t)y * (size_t)canvas->width);
	move(canvas->cursor_y, canvas->cursor_x);
	wnoutrefresh(stdscr);
	doupdate();
	canvas_free(fitting);
	return changed;
}

void paint_redraw(struct paint *paint)
{
	memset(paint->given, 0,
	       (size_t)paint->height * (size_t)paint->width *
		       sizeof(*paint->given));
	clearok(curscr, TRUE);
}

void paint_enter(struct paint *paint)
{
	struct buf bytes = {0};

	add_plain(&bytes, capability("smcup"));
	if (paint->ansi)
		buf_str(&bytes, paste_on);
	tty_add(buf_text(&bytes), bytes.len);
	tty_flush();
	buf_free(&bytes);
	clearok(curscr, TRUE);
}
