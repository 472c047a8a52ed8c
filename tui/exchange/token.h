/*
 * JSON as it stands in a line, token by token: for readers that take only what
 * is plain, and leave the rest to jansson. What is taken is UTF-8 only where
 * the line is. Each of these is false where something else stands, also where
 * JSON would allow it.
 */
#ifndef EXCHANGE_TOKEN_H
#define EXCHANGE_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

struct tokens {
	char *at, *end;
};

/* A string between its quotes, or the digits of a number. */
struct token {
	char *start;
	size_t len;
	bool escaped;
};

/* Past blanks and tabs. */
void token_skip(struct tokens *tokens);

/* This character, blanks before it allowed. */
bool token_take(struct tokens *tokens, char c);

/* With every escape of one letter, but without \u. */
bool token_string(struct tokens *tokens, struct token *out);

/* Digits that fit into a number and nothing else; and null. */
bool token_whole(struct tokens *tokens, struct token *out);
bool token_null(struct tokens *tokens);

bool token_same(struct token text, const char *word);

/* Make it a NUL-terminated text where it stands, over what stood behind it. */
void token_end(struct token text);

#endif
