/*
 * How many cells the terminal gives a character. Unicode leaves the width of
 * “ ” — … · ① open ("ambiguous"; see width_table.h), so the terminal is asked
 * once, at start, and the answer is kept here.
 *
 * This setting and the visible wcwidth() that reads it are global, as hardly
 * anything else is (crash_set_restore()): ncursesw calls wcwidth() behind our back,
 * and the two must agree. It must stay visible to the linker: see Makefile.
 */
#ifndef BASE_WIDTH_H
#define BASE_WIDTH_H

#include <stddef.h>
#include <uchar.h>

/* 1 (the default) or 2 cells for each ambiguous character. */
void width_set_ambiguous(int cells);
int width_ambiguous(void);

/*
 * 1 or 2 for what can be drawn, 0 for combining marks and most of what is
 * invisible, -1 for controls and what is no character. wcwidth() gives the
 * same, but for the NUL, which is 0 there.
 */
int width_char(char32_t cp);

/* Cells of a NUL-terminated text that went through clean_line(). */
int width_text(const char *text);

/*
 * Bytes of `text` that fit into `cells`, never cutting a wide character;
 * *used (may be NULL) gets the cells they take.
 */
size_t width_fit(const char *text, int cells, int *used);

#endif
