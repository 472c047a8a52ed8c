/*
 * A piece of what somebody typed or pasted, short and clean enough to stand
 * inside an error's sentence.
 */
#ifndef DOMAIN_EXCERPT_H
#define DOMAIN_EXCERPT_H

#include <stddef.h>

#define EXCERPT_CHARS 20
#define EXCERPT_SIZE 256

/* The first EXCERPT_CHARS characters, then … if there were more. */
void excerpt(const char *text, size_t len, char out[EXCERPT_SIZE]);

#endif
