/*
 * What the harnesses share. A harness is one parser behind libFuzzer's door,
 * and claims about what comes out of it that hold for any bytes: that it does
 * not crash is the least of them.
 */
#ifndef FUZZ_CLAIMS_H
#define FUZZ_CLAIMS_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"

/* libFuzzer calls these. */
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program, as a crash does, when the claim is not true. */
#define HOLDS(claim) \
	((claim) ? (void)0 : claim_broken(#claim, __FILE__, __LINE__))
_Noreturn void claim_broken(const char *claim, const char *file, int line);

/* One line of valid UTF-8 that a terminal takes for nothing else. */
void claim_clean_line(const char *text, size_t len);

/* One line of valid UTF-8 without controls: what a field may hold. */
void claim_plain_line(const char *text, size_t len);

/* What is clean, and says something in Chinese. */
void claim_sentence(const char *text);

/* A failure of this kind that says something. */
void claim_error(const struct err *err, enum err_code code);

/*
 * A copy that ends where the bytes end, so that the sanitizer sees a reader
 * that goes one further; with a NUL, and no other, in text_copy(). free() it.
 */
char *bytes_copy(const uint8_t *data, size_t size);
char *text_copy(const uint8_t *data, size_t size);

/* A file in memory with these bytes, at its first; the same one each time. */
int file_of(const void *data, size_t size);

#endif
