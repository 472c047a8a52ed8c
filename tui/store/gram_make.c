#include "store/gram_make.h"

#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "base/mem.h"
#include "base/progress.h"
#include "store/gram_store.h"

enum { SAMPLE = 2048, COMMON_PERCENT = 3, LEAST = 3, LOOK_NS = 50000000 };

/* Records by slot, of one version of the store. */
struct source {
	const struct store *store;
	MDB_txn *txn;
	const uint32_t *keys; /* of the chunk of columns that was read last */
	uint32_t chunk;       /* … and its number + 1 */
};

static bool find_key(struct source *source, uint32_t slot, key *out)
{
	uint32_t chunk = slot / CHUNK_SLOTS;
	struct slice bytes;

	if (source->chunk != chunk + 1) {
		if (table_get(source->store, source->txn, TABLE_COLUMNS,
			      place_byte(COLUMN_KEY, chunk), &bytes) ||
		    !chunk_intact(COLUMN_KEY, chunk, bytes))
			return false;
		source->keys = (const void *)(bytes.text + CHUNK_HEADER);
		source->chunk = chunk + 1;
	}
	*out = source->keys[slot % CHUNK_SLOTS];
	return true;
}

static bool add_slot(struct gram_make *make, struct source *source, uint32_t at)
{
	uint32_t slot = make->chunk * GRAM_SLOTS + at;
	struct slot_texts texts;
	struct record record;
	struct slice bytes;
	key k;

	if (!find_key(source, slot, &k) ||
	    table_get(source->store, source->txn, TABLE_RECORDS, place_of(k),
		      &bytes) ||
	    !record_decode(k, bytes, &record) || record.slot != slot)
		return false;
	if (record.removed)
		return true;
	texts_of(&record.content, &texts);
	gram_build_add(&make->build, (uint16_t)at, &texts);
	return true;
}

static bool add_slots(struct gram_make *make, struct source *source,
		      uint32_t step, bool counted)
{
	for (uint32_t at = 0; at < make->indexed; at += step) {
		if (!add_slot(make, source, at))
			return false;
		if (counted)
			atomic_fetch_add(make->done, 1);
	}
	return true;
}

/* Again and again: longer grams are common only where their parts are. */
static bool sample(struct gram_make *make, struct source *source)
{
	uint32_t step = make->indexed > SAMPLE ? make->indexed / SAMPLE : 1;
	uint32_t least = make->indexed / step * COMMON_PERCENT / 100;

	for (unsigned symbols = 2; symbols < GRAM_MAX; symbols++) {
		if (!add_slots(make, source, step, false))
			return false;
		gram_build_mark(&make->build, symbols,
				least > LEAST ? least : LEAST);
	}
	return true;
}

bool gram_revisions(const struct store *store, MDB_txn *txn, uint32_t chunk,
		    uint32_t count, uint32_t *out)
{
	const uint32_t *values = NULL;
	uint32_t loaded = UINT32_MAX;
	struct slice bytes;

	for (uint32_t at = 0; at < count; at++) {
		uint32_t slot = chunk * GRAM_SLOTS + at;
		uint32_t number = slot / CHUNK_SLOTS;

		if (number != loaded) {
			if (table_get(store, txn, TABLE_COLUMNS,
				      place_byte(COLUMN_REVISION, number),
				      &bytes) ||
			    !chunk_intact(COLUMN_REVISION, number, bytes))
				return false;
			values = (const void *)(bytes.text + CHUNK_HEADER);
			loaded = number;
		}
		out[at] = values[slot % CHUNK_SLOTS];
	}
	return true;
}

void gram_make_free(struct gram_make *make)
{
	gram_build_free(&make->build);
	free(make->revisions);
	make->revisions = NULL;
}

static void *run(void *arg)
{
	struct gram_make *make = arg;
	struct source source = {.store = make->store};

	if (mdb_txn_begin(make->store->env, NULL, MDB_RDONLY, &source.txn))
		return NULL;
	make->revisions = mem_array(GRAM_SLOTS, sizeof(uint32_t));
	make->ok = gram_revisions(make->store, source.txn, make->chunk,
				  make->indexed, make->revisions) &&
		   sample(make, &source) && add_slots(make, &source, 1, true);
	mdb_txn_abort(source.txn);
	return NULL;
}

/* Signals are for those who expect them. */
static void start(struct gram_make *make)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	make->threaded = !pthread_create(&make->thread, NULL, run, make);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static bool is_over(const struct gram_make *make)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += LOOK_NS;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	return !pthread_timedjoin_np(make->thread, NULL, &until);
}

void gram_make_all(struct gram_make *makes, size_t count,
		   struct progress *progress)
{
	uint64_t before = progress ? progress->done : 0;
	atomic_uint done = 0;

	for (size_t i = 0; i < count; i++) {
		makes[i].done = &done;
		start(&makes[i]);
	}
	for (size_t i = 0; i < count; i++) {
		if (!makes[i].threaded)
			run(&makes[i]);
		/* What it is made of is saved: there is no way back. */
		while (makes[i].threaded && !is_over(&makes[i]))
			(void)progress_at(progress, before + done);
	}
	(void)progress_at(progress, before + done);
}
