/*
 * The smallest parts of the language of conditions. Each gives the bytes of
 * what stands at `at`, 0 when it is something else. Private to query/.
 */
#ifndef QUERY_LEX_H
#define QUERY_LEX_H

#include "base/buf.h"
#include "query/span.h"

size_t lex_blank(const char *at);
size_t lex_comma(const char *at);
size_t lex_not(const char *at);   /* ! ！ */
size_t lex_quote(const char *at); /* what opens a quotation: " “ ” */

/* = != < <= > >= ≠ ≤ ≥, in full width too; `no` for those with !. */
size_t lex_sign(const char *at, enum compare *compare, bool *no);

/* Up to a blank, a comma, a sign, or the end: the name of a condition. */
size_t lex_name(const char *at);

/* Up to a blank or the end; and no further than a comma. */
size_t lex_bare(const char *at);
size_t lex_item(const char *at);

/*
 * Read what is quoted, or else up to a blank, and move behind it. A quotation
 * that is not closed ends with the text.
 */
void lex_text(const char **at, struct buf *out);

/* The same up to a comma as well. */
void lex_value(const char **at, struct buf *out);

/* Write so that lex_text() reads it again: always in "". */
void lex_quoted(const char *text, size_t len, struct buf *out);

/* As it is where that reads as one value, else in "". */
void lex_spell(const char *text, struct buf *out);

/* What a sign is written as. */
const char *lex_sign_text(enum compare compare, bool no);

#endif
