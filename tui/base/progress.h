/*
 * How far a long work has come, for whoever waits for it and may not want to
 * wait any longer. What works reports phases and steps; what shows it, a line
 * of the shell or of the screen, decides how often that is worth a look.
 */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

struct progress {
	/* Set by who shows it. False: no more; nothing may have changed. */
	bool (*tell)(struct progress *progress);
	void *arg;

	/* Filled by progress_phase() and progress_at(). */
	const char *phase; /* 读取, 检查, 写入, … */
	const char *unit;  /* what is counted: 行, 件, MB */
	uint64_t done, total;
	int64_t began, phase_began, shown; /* clock_ticks(), 0: not yet */
	bool cancelled;
	bool final; /* this phase goes on to its end, whatever is wanted */
};

/* The phase in which another program is waited for, known by its address. */
extern const char progress_waiting[];

/* `total` steps begin, 0: nobody knows how many. NULL for the progress
 * everywhere: nobody waits. */
void progress_phase(struct progress *progress, const char *phase,
		    const char *unit, uint64_t total);

/* The same for what cannot be taken back: nothing stops it. */
void progress_final(struct progress *progress, const char *phase,
		    const char *unit, uint64_t total);

/*
 * So many of them are done. False: stop, leave everything as it was, and fail
 * with progress_cancelled(). Once false it stays false.
 */
bool progress_at(struct progress *progress, uint64_t done);

/* The same every so many steps, for loops: cheap enough for each round. */
static inline bool progress_step(struct progress *progress, uint64_t done)
{
	return done % 1024 || progress_at(progress, done);
}

/* ERR_REFUSED: 已取消，未保存. */
bool progress_cancelled(struct err *err);

/*
 * For tell(): worth drawing now? Not before half a second has passed, and
 * then at most five times a second.
 */
bool progress_due(struct progress *progress);

/* Add 写入 120000/1000000 件 12%，约剩 8 秒. */
void progress_text(const struct progress *progress, struct buf *out);

#endif
