/*
 * Columns: one small number for each slot, side by side, so that a filter
 * reads a few MB in order and no record.
 */
#ifndef STORE_COLUMNS_H
#define STORE_COLUMNS_H

#include <stdint.h>

#include "store/store.h"

/* The values are stored. Width in bytes behind the name. */
enum column {
	COLUMN_SESSION,  /* 1: dict id; 0: no proposal in this slot */
	COLUMN_STATUS,   /* 1: dict id; 0: empty, here and below */
	COLUMN_CATEGORY, /* 1 */
	COLUMN_LEVEL,    /* 1 */
	COLUMN_RESULT,   /* 1 */
	COLUMN_FEEDBACK, /* 1 */
	COLUMN_LEADS,    /* 2: dict id of the departments that answer */
	COLUMN_RECEIVED, /* 2: day, DAY_NONE; in the order of date_field */
	COLUMN_FILED,    /* 2 */
	COLUMN_ASSIGNED, /* 2 */
	COLUMN_DUE,      /* 2: as given, not as computed */
	COLUMN_REPLIED,  /* 2 */
	COLUMN_CLOSED,   /* 2 */
	COLUMN_KEY,      /* 4 */
	COLUMN_MERGED,   /* 4: key of the main proposal, or KEY_NONE */
	COLUMN_REVISION, /* 4 */
	COLUMN_BATCH,    /* 4: the last that changed it; they rise with time */
	COLUMN_COUNT
};

/*
 * Slots of one chunk. A chunk of a 4-byte column is one page of LMDB, and one
 * of a 1-byte column a quarter: a change of 226 proposals far apart writes
 * hundreds of pages, not thousands.
 */
#define CHUNK_SLOTS 992u

unsigned column_width(enum column column);

/* 状态, 修订: for a sentence about a column. */
const char *column_label(enum column column);

/*
 * Columns, texts, codes and "not there" have no way to fail: what is damaged
 * reads as nothing. False, with the sentence, if that happened in this version
 * of the store: ask before counts, lists or an absence are believed, and
 * before anything is written.
 */
MUST_USE
bool reading_sound(const struct reading *reading, struct err *err);

/*
 * Before a person is told that these are not there: reading_sound() is false
 * after this if one is, and only its record cannot be found. Keys ascend.
 */
void reading_prove_absent(const struct reading *reading, const key *keys,
			  size_t count);

/*
 * The values of slots chunk*CHUNK_SLOTS .. +CHUNK_SLOTS-1, aligned for their
 * width, zero past the last slot; until reading_end(). Never NULL.
 */
const void *reading_chunk(const struct reading *reading, enum column column,
			  uint32_t chunk);

/* One value; for few slots. */
uint32_t reading_value(const struct reading *reading, enum column column,
		       uint32_t slot);

/*
 * Dictionaries turn codes into ids for columns. They only grow, so an id
 * once seen stays. Ids are 1 .. count-1; id 0 is "".
 */
enum dict {
	DICT_SESSION, /* "14-3" */
	DICT_STATUS,
	DICT_CATEGORY,
	DICT_LEVEL,
	DICT_RESULT,
	DICT_FEEDBACK,
	DICT_LEADS, /* department codes with role lead or separate, by '\n' */
	DICT_COUNT
};

/* A copy as of this reading; until the next reading_begin(). */
struct strings reading_dict(const struct reading *reading, enum dict dict);

/*
 * Searchable text, 32 slots in one value: for each slot its title, '\n', its
 * proposers joined by '\n', '\n'. `ends` has TEXT_SLOTS offsets, each behind
 * the last byte of its slot; a slot without a proposal is empty.
 */
#define TEXT_SLOTS 32u
struct texts {
	const char *bytes; /* not NUL-terminated */
	const uint32_t *ends;
};
struct texts reading_texts(const struct reading *reading, uint32_t segment);

#endif
