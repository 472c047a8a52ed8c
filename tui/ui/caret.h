/*
 * Steps of a caret through UTF-8 text, in bytes. Pure.
 */
#ifndef UI_CARET_H
#define UI_CARET_H

#include <stddef.h>

/* Behind the character at `at`; `len` at the end. */
size_t caret_next(const char *text, size_t len, size_t at);

/* Before the character that ends at `at`; 0 at the start. */
size_t caret_previous(const char *text, size_t len, size_t at);

/* The start of the word before `at`, passing over blanks behind it. */
size_t caret_word(const char *text, size_t len, size_t at);

#endif
