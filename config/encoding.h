/*
 * The bytes of a file as clean UTF-8, or the sentence that tells an office
 * clerk how to save it again.
 */
#ifndef CONFIG_ENCODING_H
#define CONFIG_ENCODING_H

#include <stddef.h>

#include "config/mistakes.h"

struct span {
	const char *text; /* not NUL-terminated */
	size_t len;
};

/* Bytes a configuration may have. */
#define ENCODING_SIZE_MAX ((size_t)1 << 20)

/*
 * Decode `file`. What is not UTF-8, or no text at all (NUL, control
 * characters, the line ends that no editor shows) becomes a mistake each and
 * a blank or the right character in *out, so that the rest can be checked
 * too; places stay as they are. False when there is nothing to check: too
 * large, UTF-16. *out points into `file` or into the mistakes' arena.
 */
MUST_USE
bool encoding_decode(struct span file, struct span *out,
		     struct mistakes *mistakes);

/* Behind the last character. */
struct place encoding_end(struct span text);

#endif
