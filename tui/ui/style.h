/*
 * What a piece of text means; ui/screen.c turns it into attributes, so that
 * a terminal without colours still shows the difference.
 */
#ifndef UI_STYLE_H
#define UI_STYLE_H

enum style {
	STYLE_NORMAL,
	STYLE_BOLD,    /* numbers, labels */
	STYLE_DIM,     /* zero counts, separators */
	STYLE_REVERSE, /* bars, the chosen value */
	STYLE_WARN,    /* 临期, questions */
	STYLE_ALERT,   /* 逾期, failures */
	STYLE_GOOD,    /* solved */
	STYLE_HIT,     /* what was searched */
	STYLE_RED,     /* the configuration's colours, in enum colour's order */
	STYLE_GREEN,
	STYLE_YELLOW,
	STYLE_BLUE,
	STYLE_MAGENTA,
	STYLE_CYAN,
	STYLE_COUNT
};

#endif
