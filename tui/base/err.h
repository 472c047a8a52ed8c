/*
 * The one way functions fail here: they return false and fill a struct err,
 * so calls chain: `return a(..., err) && b(..., err);`.
 *
 * The text is one Chinese sentence for the person at the terminal. It names
 * the thing that is wrong and what to do; it has no prefix and no newline.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF(f, a) __attribute__((format(printf, f, a)))

/* The exit status of a shell command is err_status() of its error. */
enum err_code {
	ERR_NONE,
	ERR_NOT_FOUND, /* 1: a number, batch or match that is not there */
	ERR_USAGE,     /* 2: words or a file that make no sense */
	ERR_CONFIG,    /* 3: proposals.yaml is wrong; file:line:column inside */
	ERR_STORE,    /* 4: the store is missing, damaged, full, or LMDB's no */
	ERR_REFUSED,  /* 5: the workflow forbids it; rows were rejected */
	ERR_CONFLICT, /* 5: somebody changed it meanwhile; nothing written */
	ERR_DENIED,   /* 5: the person's role does not allow it */
	ERR_BUSY,     /* 6: somebody else holds it; try again */
	ERR_INTERNAL, /* 70: a mistake of ours */
};

struct err {
	enum err_code code;
	char text[1024];
};

/*
 * Fill *err and return false. A text too long is cut between characters; the
 * arguments may point into *err.
 */
bool err_set(struct err *err, enum err_code code, const char *fmt, ...)
	PRINTF(3, 4);

/*
 * Put "context：" before a failure that is passing through; returns false.
 * A long context is cut before the failure is.
 */
bool err_in(struct err *err, const char *fmt, ...) PRINTF(2, 3);

/* What a code of <errno.h> means, in a few words: 没有权限. */
const char *err_words(int code);

/* The documented exit status of a code, 0 for ERR_NONE. */
int err_status(enum err_code code);

#endif
