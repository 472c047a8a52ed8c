/*
 * The file that a user named for an import, opened as that user.
 */
#ifndef EXCHANGE_SOURCE_H
#define EXCHANGE_SOURCE_H

#include "base/progress.h"

/* An archive is a whole register: archive.h. */
enum source_kind { SOURCE_JSON, SOURCE_SHEET, SOURCE_ARCHIVE };

/*
 * Open a file, "-" for standard input, with the group of a set-group-id
 * program dropped. *fd is a regular file at its first byte, close-on-exec
 * and the caller's to close; a pipe is copied into memory first. ERR_USAGE
 * when it is no file, cannot be read, is empty or too large; ERR_REFUSED when
 * who waits for a pipe cancels it.
 */
MUST_USE
bool source_open(const char *path, struct progress *progress, int *fd,
		 enum source_kind *kind, struct err *err);

#endif
