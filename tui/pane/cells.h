/*
 * The cells of a listed proposal, in one table: what stands in a column, how
 * wide it may be, and which give way where there is no room for all. On the
 * screen and in the shell.
 */
#ifndef PANE_CELLS_H
#define PANE_CELLS_H

#include "config/config.h"
#include "domain/workflow.h"
#include "query/widths.h"
#include "ui/style.h"

/* What the cells of a row are made from. */
struct row {
	const struct config *config;
	const struct proposal *p;
	day today;
	bool one_session; /* numbers go without it */
};

struct cell_info {
	enum style (*make)(const struct row *row, struct buf *out);
	/* The most cells; on a screen of less than WIDE_SCREEN columns. */
	int most, narrow;
	int gives_way; /* the greatest first; 0: never */
	/* Its widest in a listing; NULL: as wide as `most`. */
	int (*widest)(const struct widths *widths, bool one_session);
};

enum { WIDE_SCREEN = 100 };

extern const struct cell_info cell_infos[LIST_COLUMNS];

/* 编号 */
const char *cell_title(enum list_column column);

/*
 * How wide a column has to be for all of a listing, its title included, on a
 * screen of so many columns. The title of proposals takes what is left: 0.
 */
int cell_width(enum list_column column, const struct widths *widths,
	       bool one_session, int screen);

#endif
