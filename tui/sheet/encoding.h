/*
 * Which characters the bytes of a foreign text stand for. A byte order mark
 * decides; else it is UTF-8 when all of it is valid and it is pure ASCII or
 * holds a character of three bytes; else GB18030, then CP936.
 */
#ifndef SHEET_ENCODING_H
#define SHEET_ENCODING_H

#include <iconv.h>
#include <stddef.h>

#include "base/err.h"

enum encoding {
	ENCODING_UTF8,
	ENCODING_GB18030,
	ENCODING_CP936,
	ENCODING_UTF16LE,
	ENCODING_UTF16BE,
	ENCODING_COUNT
};

/* As iconv and the user call it: GB18030. */
const char *encoding_name(enum encoding encoding);

/*
 * Find it; *mark gets the length of the byte order mark. ERR_USAGE when the
 * bytes are no text, and *line is the first line that is not.
 */
MUST_USE
bool encoding_find(const char *bytes, size_t len, enum encoding *out,
		   size_t *mark, unsigned *line, struct err *err);

/* Gives a text piece by piece as UTF-8, never cutting a character. */
struct decoder {
	enum encoding encoding;
	iconv_t converter; /* not for UTF-8 */
	const char *at;    /* borrowed; what is still to do */
	size_t left;
	bool broken; /* stopped at bytes that are no character */
	char out[1 << 16];
};

MUST_USE
bool decoder_open(struct decoder *decoder, enum encoding encoding,
		  const char *bytes, size_t len, struct err *err);

/* False at the end, or when `broken`. The piece lives until the next call. */
bool decoder_next(struct decoder *decoder, const char **piece, size_t *len);
void decoder_close(struct decoder *decoder);

#endif
