/*
 * A real store in a temporary directory, for the tests of store/ and above.
 */
#ifndef UNIT_REGISTER_H
#define UNIT_REGISTER_H

#include <unistd.h>

#include "fixture.h"
#include "store/check.h"
#include "store/commit.h"
#include "store/store.h"

struct reg {
	char dir[64];
	struct store *store;
	struct arena arena;
	struct err err;
	struct committed out; /* of the last commit */
};

/* Fail with the error's own sentence. */
#define assert_ok(reg, call) \
	do { \
		if (!(call)) \
			fail_msg("%s: %s", #call, (reg)->err.text); \
	} while (0)

#define assert_says(reg, word) \
	do { \
		if (!strstr((reg)->err.text, word)) \
			fail_msg("\"%s\" does not say %s", (reg)->err.text, \
				 word); \
	} while (0)

static inline struct reg *reg_new_dir(void)
{
	struct reg *reg = calloc(1, sizeof(*reg));

	assert_non_null(reg);
	dir_make(reg->dir);
	return reg;
}

static inline void reg_open(struct reg *reg)
{
	assert_ok(reg, store_open(&reg->store, reg->dir, STORE_READ_WRITE,
				  &reg->err));
}

static inline void reg_close(struct reg *reg)
{
	store_close(reg->store);
	reg->store = NULL;
}

static inline struct reg *reg_new(void)
{
	struct reg *reg = reg_new_dir();

	assert_ok(reg, store_create(reg->dir, &reg->err));
	reg_open(reg);
	return reg;
}

static inline void reg_free(struct reg *reg)
{
	reg_close(reg);
	dir_remove(reg->dir);
	arena_free(&reg->arena);
	free(reg->out.conflicts);
	free(reg);
}

static inline key reg_key(uint32_t number)
{
	return key_make(session_make(14, 3), number);
}

/* A proposal of 十四届三次 with a title and a status. */
static inline struct proposal *reg_proposal(struct reg *reg, uint32_t number,
					    const char *status)
{
	struct proposal *p = arena_alloc(&reg->arena, sizeof(*p));

	proposal_init(p, reg_key(number));
	p->title = arena_printf(&reg->arena, "关于第%u件事的建议", number);
	p->status = status;
	return p;
}

static inline struct edit reg_put(const struct proposal *p, uint32_t revision)
{
	return (struct edit){.key = p->key,
			     .kind = EDIT_PUT,
			     .revision = revision,
			     .next = p};
}

static inline struct edit reg_status(uint32_t number, uint32_t revision,
				     const char *status)
{
	return (struct edit){.key = reg_key(number),
			     .kind = EDIT_STATUS,
			     .revision = revision,
			     .status = status};
}

static inline struct edit reg_remove(uint32_t number, uint32_t revision)
{
	return (struct edit){.key = reg_key(number),
			     .kind = EDIT_REMOVE,
			     .revision = revision};
}

static inline struct commit reg_batch(struct edit *edits, size_t count)
{
	return (struct commit){
		.kind = BATCH_EDIT,
		.who = {1000, 1001, "alice", "10.0.0.7 5000 22"},
		.note = "平政协〔2024〕5号",
		.summary = "测试",
		.edits = edits,
		.count = count,
	};
}

static inline bool reg_commit(struct reg *reg, const struct commit *commit)
{
	free(reg->out.conflicts);
	return store_commit(reg->store, commit, &reg->out, &reg->err);
}

static inline bool reg_try(struct reg *reg, struct edit *edits, size_t count)
{
	struct commit commit = reg_batch(edits, count);

	return reg_commit(reg, &commit);
}

static inline void reg_edit(struct reg *reg, struct edit edit)
{
	assert_ok(reg, reg_try(reg, &edit, 1));
}

/* Proposals 1 .. count with a status, in one batch. */
static inline void reg_fill(struct reg *reg, uint32_t count, const char *status)
{
	struct edit *edits = calloc(count, sizeof(*edits));

	assert_non_null(edits);
	for (uint32_t i = 0; i < count; i++)
		edits[i] = reg_put(reg_proposal(reg, i + 1, status), 0);
	assert_ok(reg, reg_try(reg, edits, count));
	free(edits);
}

static inline struct reading *reg_begin(struct reg *reg)
{
	struct reading *reading;

	assert_ok(reg, reading_begin(reg->store, &reading, &reg->err));
	return reading;
}

/* A proposal as it is now; one that must be there. */
static inline struct proposal reg_get(struct reg *reg, uint32_t number)
{
	struct reading *reading = reg_begin(reg);
	struct proposal p;
	uint32_t slot;

	assert_true(reading_find(reading, reg_key(number), &slot));
	assert_ok(reg,
		  reading_proposal(reading, slot, &reg->arena, &p, &reg->err));
	reading_end(reading);
	return p;
}

static inline bool reg_has(struct reg *reg, uint32_t number)
{
	struct reading *reading = reg_begin(reg);
	uint32_t slot;
	bool has = reading_find(reading, reg_key(number), &slot);

	reading_end(reading);
	return has;
}

static inline size_t reg_history(struct reg *reg, uint32_t number,
				 struct event **events)
{
	struct reading *reading = reg_begin(reg);
	size_t count;

	assert_ok(reg, reading_history(reading, reg_key(number), &reg->arena,
				       events, &count, &reg->err));
	reading_end(reading);
	return count;
}

static inline void reg_print(void *arg, const char *sentence)
{
	(void)arg;
	print_error("%s\n", sentence);
}

/* The check has nothing to say. */
static inline void reg_check(struct reg *reg)
{
	struct check_sums sums;
	uint64_t findings;

	assert_ok(reg, store_check(reg->store, reg_print, NULL, &sums,
				   &findings, &reg->err));
	assert_int_equal(findings, 0);
}

#endif
