/*
 * The write gate: one writer at a time, as LMDB's own mutex sees to as well;
 * but who waits here waits for a few seconds only, and can be told for whom.
 * For store/ and its tests only.
 */
#ifndef STORE_GATE_H
#define STORE_GATE_H

#include <signal.h>

#include "domain/batch.h"

#define GATE_FILE "write.gate"

/* Whoever has it gets this long, in ms, before the others give up. */
enum { GATE_PATIENCE = 4000 };

/* Bytes of the file. */
enum { GATE_LINE = 128 };

struct gate {
	int fd;           /* -1: not opened yet */
	sigset_t signals; /* of before: nobody is stopped inside */
};

/* Who holds the gate; pid 0: nobody. */
struct gate_holder {
	uint32_t pid, uid;
	int64_t since; /* ms since 1970 */
	char name[64];
	bool stopped; /* by a signal: it will not go on by itself */
};

/*
 * ERR_BUSY names the holder. While it waits, `may_wait` (or NULL) is asked
 * whenever a signal came; false from it gives up, ERR_REFUSED.
 */
MUST_USE
bool gate_enter(struct gate *gate, const char *dir, const struct who *who,
		bool (*may_wait)(void *arg), void *arg, struct err *err);
void gate_leave(struct gate *gate);
void gate_close(struct gate *gate);

/* What stands in the gate's file now. False when it cannot be read. */
bool gate_look(const char *dir, struct gate_holder *out);

#endif
