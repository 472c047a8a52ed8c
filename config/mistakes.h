/*
 * What is wrong with a file, gathered in any order and told in the order of
 * the file, so that one run shows everything.
 */
#ifndef CONFIG_MISTAKES_H
#define CONFIG_MISTAKES_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

/* From 1; a column is a character. */
struct place {
	uint32_t line, column;
};

struct mistake {
	struct place at;
	size_t order; /* of two at one place, the first found comes first */
	const char *text;
};

/* Zero-initialise; everything is in `arena`, which the caller frees. */
struct mistakes {
	struct arena *arena;
	struct mistake *items;
	size_t count, room;
	size_t more; /* that are not kept, because nobody would read them */
};

/* Note one: a sentence without the place and without a full stop. */
void mistake_add(struct mistakes *mistakes, struct place at, const char *fmt,
		 ...) PRINTF(3, 4);

/* `text` as it may stand in a sentence: cleaned, and cut when long. */
const char *mistake_quote(struct mistakes *mistakes, const char *text,
			  size_t len);

/* Is there one in these lines? */
bool mistake_between(const struct mistakes *mistakes, uint32_t first,
		     uint32_t last);

/*
 * The text ends at `end`. libyaml puts a line end behind a last line that has
 * none, and what is missing there a line too low.
 */
void mistakes_clamp(struct mistakes *mistakes, struct place end);

/*
 * Add a line `file:line:column: sentence` for each, at most 100, to `out`;
 * the first goes to err as ERR_CONFIG. True when there are none.
 */
MUST_USE
bool mistakes_tell(struct mistakes *mistakes, const char *file, struct buf *out,
		   struct err *err);

#endif
