/*
 * One line of an archive as what it says. For exchange/ only.
 */
#ifndef EXCHANGE_ARCHIVE_LINE_H
#define EXCHANGE_ARCHIVE_LINE_H

#include <jansson.h>

#include "exchange/archive.h"

/* What is read of it lives in the arena and in the object. */
struct archive_line {
	const json_t *object;
	struct arena arena;
	struct err *err;
};

struct archive_head {
	bool roles;
	json_int_t batches, events;
	unsigned char head[HEAD_SIZE];
};

/* ERR_USAGE names the member that is missing or wrong. */
MUST_USE
bool archive_line_head(struct archive_line *in, struct archive_head *out);
MUST_USE
bool archive_line_batch(struct archive_line *in, struct batch *out,
			unsigned char operation[OPERATION_SIZE]);
MUST_USE
bool archive_line_event(struct archive_line *in, struct event *out);

#endif
