/*
 * Steps over a NUL-terminated text as people type it: full-width forms mean
 * what their ASCII forms mean (utf8_narrow()). Each step moves *at only when
 * it finds what it looks for.
 */
#ifndef BASE_SCAN_H
#define BASE_SCAN_H

#include <stdbool.h>
#include <uchar.h>

/* The narrowed character at *at, 0 at the end, UTF8_INVALID. Moves on. */
char32_t scan_next(const char **at);

/* The same without moving. */
char32_t scan_peek(const char *at);

/* Pass over blanks, tabs and line ends. */
void scan_blanks(const char **at);

/* Pass over this one character, given in its ASCII form. */
bool scan_char(const char **at, char32_t cp);

/* Pass over these bytes exactly. */
bool scan_word(const char **at, const char *word);

#endif
