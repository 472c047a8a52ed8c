/*
 * The register on disk: proposals, their history and the batches that made
 * it. The only layer that knows LMDB.
 *
 * Reading is between reading_begin() and reading_end(); every pointer that a
 * reading gives is dead after reading_end(), what it copied into an arena is
 * not. Never wait for a key inside. Writing is store_commit(): one call, one
 * transaction, on disk when it returns true.
 *
 * A proposal has a dense slot number, given at its birth and never reused.
 * What lists filter, count and sort by stands in columns indexed by slot.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "domain/batch.h"
#include "domain/proposal.h"

struct store;
struct reading;

enum store_mode { STORE_READ_ONLY, STORE_READ_WRITE };

struct who;

/*
 * Make an empty store in `dir`, which may exist but must not hold one:
 * built aside, synced, renamed. ERR_REFUSED if there is one already.
 */
MUST_USE
bool store_create(const char *dir, struct err *err);

/* The same, with roles in force: nobody but root may do anything yet. */
MUST_USE
bool store_create_with_roles(const char *dir, struct err *err);

/* Open what store_create() made. A missing store is ERR_STORE, never made. */
MUST_USE
bool store_open(struct store **out, const char *dir, enum store_mode mode,
		struct err *err);
void store_close(struct store *store);

/* Roles are in force; if not, whoever can open it may do everything. */
bool store_has_roles(const struct store *store);

/*
 * One consistent view. Only one at a time. ERR_DENIED for somebody without a
 * role, ERR_STORE when the file was replaced since it was opened.
 */
MUST_USE
bool reading_begin(struct store *store, struct reading **out, struct err *err);
void reading_end(struct reading *reading);

/* What this process' person may do; everything in a store without roles. */
enum access reading_access(const struct reading *reading);

/* The uid that this is about. */
uint32_t reading_uid(const struct reading *reading);

/* The newest link of the chain of hashes; 32 bytes, zeros at the beginning. */
const unsigned char *reading_chain(const struct reading *reading);

/* Grows with every commit of anybody. */
uint64_t reading_version(const struct reading *reading);

/* Slots in use are 0 .. count-1; those of removed proposals stay. */
uint32_t reading_slots(const struct reading *reading);

/* False when there is no such proposal: normal, not an error. */
bool reading_find(const struct reading *reading, key k, uint32_t *slot);

/* The whole proposal, copied into the arena. ERR_STORE if it is damaged. */
MUST_USE
bool reading_proposal(const struct reading *reading, uint32_t slot,
		      struct arena *arena, struct proposal *out,
		      struct err *err);

/* The slot of the first proposal with key >= k in key order; false at end. */
bool reading_next(const struct reading *reading, key k, uint32_t *slot);

/* 0 when there is none yet. */
uint32_t reading_last_batch(const struct reading *reading);

/* ERR_NOT_FOUND when there is no such batch. */
MUST_USE
bool reading_batch(const struct reading *reading, uint32_t number,
		   struct arena *arena, struct batch *out, struct err *err);

/* The batch with this operation id among the newest; 0 when not written. */
uint32_t reading_operation(const struct reading *reading,
			   const unsigned char id[16]);

/*
 * Newest first; each event is proved against what the proposal is now. An
 * EVENT_CREATED has the fields that were filled then, from "". An unknown
 * proposal has no history, a removed one has.
 */
MUST_USE
bool reading_history(const struct reading *reading, key k, struct arena *arena,
		     struct event **out, size_t *count, struct err *err);

/*
 * What a batch did, in key order; creations without their fields. The event's
 * memory is the callback's only until it returns; false from it stops with its
 * error.
 */
typedef bool event_fn(void *arg, const struct event *event, struct err *err);
MUST_USE
bool reading_events(const struct reading *reading, uint32_t batch,
		    event_fn *each, void *arg, struct err *err);

#endif
