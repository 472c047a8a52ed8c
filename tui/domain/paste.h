/*
 * The words of number.c's grammar: what stands before, behind and between
 * proposal numbers in a letter. Each function moves behind what it takes, and
 * stays where it is when that is not there.
 */
#ifndef DOMAIN_PASTE_H
#define DOMAIN_PASTE_H

#include <stdbool.h>
#include <uchar.h>

#include "base/session.h"

struct paste {
	const char *at, *end;
	session session; /* of numbers that name none */
};

/* The character here and where the next one begins; 0 at the end. */
char32_t paste_peek(const struct paste *paste, const char **next);

/* A blank, newline, comma, bracket or 和: it ends a number. */
bool paste_between(char32_t c);

/* All of those, and words without a meaning of their own: 提案编号： */
void paste_skip(struct paste *paste);

/* Whether a number that ended here is followed by such, or by nothing. */
bool paste_ends(const struct paste *paste);

/* 十四届三次 up to its first number: that of all numbers that follow. */
bool paste_session(struct paste *paste);

/* 14-3-173 up to its number; it also counts for what follows. */
bool paste_prefix(struct paste *paste);

/* 第 # № No. */
void paste_mark(struct paste *paste);

/* 号 and 号提案. A bare 件 is none: 5件 counts proposals. */
bool paste_suffix(struct paste *paste);

/* What joins the ends of a range: a dash, ~, 至, 到. */
bool paste_range(struct paste *paste);

#endif
