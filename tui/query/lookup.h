/*
 * From numbers as people type them to proposals.
 */
#ifndef QUERY_LOOKUP_H
#define QUERY_LOOKUP_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "store/store.h"

/* One typed number, as far as it is typed. */
struct lookup {
	key key; /* what was asked; KEY_NONE: not a number (yet) */
	bool found;
	uint32_t slot;    /* of the main proposal when it was merged */
	key merged_into;  /* KEY_NONE, or where it leads; chains followed */
	key elsewhere[8]; /* the same number in other sessions, newest first */
	size_t elsewhere_count;
};

void lookup_one(const struct reading *reading, const char *text,
		session current, struct lookup *out);

/* A pasted or typed list. */
struct lookup_list {
	uint32_t *slots; /* found, each once, merged ones themselves */
	size_t count;
	key *unknown;
	size_t unknown_count;
	key *merged; /* found, but answered under another */
	size_t merged_count;
	key *repeated;
	size_t repeated_count;
};

/* Everything in `arena`. A range takes what is there, and names no gaps but
 * those of ranges of at most 1000. */
MUST_USE
bool lookup_list(const struct reading *reading, const char *text,
		 session current, struct arena *arena, struct lookup_list *out,
		 struct err *err);

/* Add: 找到 5 件；没有：162、163、164、165 号；重复：4 号；已并案：… */
void lookup_words(const struct lookup_list *list, session current,
		  struct buf *out);

#endif
